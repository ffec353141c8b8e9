"""Reads and fills an Excel form in place. Runs in the process apart; imports nothing of the house but its neighbours."""

import io
import re
import unicodedata
from collections.abc import Mapping
from copy import copy
from datetime import date, datetime
from math import ceil
from typing import Any

import openpyxl
from openpyxl.cell.cell import MergedCell
from openpyxl.utils import get_column_letter

from oasis.papers.bureau.blanks import blanks_in, written
from oasis.papers.bureau.excel_rows import make_room
from oasis.papers.bureau.places import address
from oasis.papers.footers import PAGES

CHARS = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\ufffe\uffff]")
MOST_CELLS = 40_000
WIDTH, HEIGHT = 8.43, 15.0  # of a column and a row of which nothing is said


class TooHeavy(Exception):
    """The sheet is far larger than any form."""


def read(data: bytes) -> dict[str, Any]:
    """Give the visible sheets as plain values."""
    book = openpyxl.load_workbook(io.BytesIO(data), keep_links=False)
    remarks = []
    if any(getattr(sheet, "_charts", None) or getattr(sheet, "_images", None) for sheet in book.worksheets):
        remarks.append("pictures")
    return {"tables": [_sheet(sheet) for sheet in _shown(book)], "paragraphs": [], "order": [], "remarks": remarks}


def _shown(book: Any) -> list[Any]:
    return [sheet for sheet in book.worksheets if sheet.sheet_state == "visible"]


def _sheet(sheet: Any) -> dict[str, Any]:
    if len(sheet._cells) > MOST_CELLS:
        raise TooHeavy
    spans = {
        (one.min_row, one.min_col): (one.max_row - one.min_row + 1, one.max_col - one.min_col + 1)
        for one in sheet.merged_cells.ranges
    }
    cells = []
    for (row, column), cell in sorted(sheet._cells.items()):
        if isinstance(cell, MergedCell):
            continue
        down, across = spans.get((row, column), (1, 1))
        framed = _framed(cell) or (row, column) in spans
        text = _text(cell)
        if text or framed:
            cells.append([row - 1, column - 1, down, across, text, framed])
    rows = max((cell[0] + cell[2] for cell in cells), default=0)
    width = max((cell[1] + cell[3] for cell in cells), default=0)
    if rows * width > MOST_CELLS:
        raise TooHeavy
    return {"name": sheet.title, "rows": rows, "columns": width, "cells": cells}


def _framed(cell: Any) -> bool:
    border = cell.border
    return bool(border and any(side and side.style for side in (border.left, border.right, border.top, border.bottom)))


def _text(cell: Any) -> str:
    value = cell.value
    if value is None:
        return ""
    if cell.data_type == "f":
        return "=" + str(getattr(value, "text", value)).lstrip("=")
    if isinstance(value, datetime | date):
        return value.strftime("%Y-%m-%d")
    if isinstance(value, float) and value.is_integer():
        return str(int(value))
    return str(value)


def fill(data: bytes, job: Mapping[str, Any]) -> bytes:
    """Fill one copy: values by address, then the rows of a list, then the mark at the foot."""
    book = openpyxl.load_workbook(io.BytesIO(data), keep_links=False)
    sheets = _shown(book)
    for key, value in sorted(job["values"].items(), reverse=True):
        spot = address(key)
        cell = sheets[spot.table].cell(spot.row + 1, spot.column + 1)
        told = text_with(str(cell.value), spot.within, str(value)) if spot.within >= 0 else value
        _write(sheets[spot.table], cell, told)
    for body in job.get("bodies", ()):
        _list(sheets[body["table"]], body)
    for sheet in sheets:
        if job.get("mark"):
            sheet.oddFooter.left.text, sheet.oddFooter.left.size = job["mark"].replace("&", "&&"), 8
            if not sheet.oddFooter.center.text:
                sheet.oddFooter.center.text = PAGES.removeprefix("&C")
    out = io.BytesIO()
    book.save(out)
    return out.getvalue()


def text_with(text: str, within: int, value: str) -> str:
    """Give a text with its n-th blank filled."""
    blank = blanks_in(text)[within]
    return text[: blank.start] + written(text, blank, value) + text[blank.end :]


def _list(sheet: Any, body: Mapping[str, Any]) -> None:
    """Fill the rows of a list; rows that are wanting are made like the last one, and what stands below moves down."""
    first, last, rows = body["first"] + 1, body["last"] + 1, body["rows"]
    make_room(sheet, last, len(rows) - (last - first + 1))
    for at, values in enumerate(rows):
        for column, value in values.items():
            _write(sheet, sheet.cell(first + at, int(column) + 1), value)


def _write(sheet: Any, cell: Any, value: Any) -> None:
    """Write a number as a number and everything else as text: what begins with = never becomes a formula."""
    if isinstance(value, int):
        cell.value = value
        return
    cell.value = CHARS.sub("", value)
    cell.data_type = "s"
    cell.number_format = "@"
    if value[:1] in "=+-@":
        cell.quotePrefix = True
    _fit(sheet, cell, value)


def _fit(sheet: Any, cell: Any, value: str) -> None:
    """Let long words wrap, and the row grow where it must; a single long word that cannot wrap is set smaller."""
    span = next((one for one in sheet.merged_cells.ranges if cell.coordinate in one), None)
    columns = range(span.min_col, span.max_col + 1) if span else range(cell.column, cell.column + 1)
    rows = range(span.min_row, span.max_row + 1) if span else range(cell.row, cell.row + 1)
    width = sum(sheet.column_dimensions[get_column_letter(_grouped(sheet, n))].width or WIDTH for n in columns)
    size = (cell.font.sz or 11) / 11
    lines = sum(max(1, ceil(_breadth(part) * size / max(width - 1, 1))) for part in value.split("\n"))
    if lines <= 1:
        return
    made = copy(cell.alignment)
    if value.isascii() and "\n" not in value:  # a number or a phone stays on one line
        made.shrink_to_fit, made.wrap_text = True, False
        cell.alignment = made
        return
    made.wrap_text, made.shrink_to_fit = True, False
    cell.alignment = made
    high = sum(sheet.row_dimensions[row].height or HEIGHT for row in rows)
    needed = lines * 13.5 * size + 2
    if needed > high:
        last = rows[-1]
        sheet.row_dimensions[last].height = (sheet.row_dimensions[last].height or HEIGHT) + needed - high


def _grouped(sheet: Any, column: int) -> int:
    """Give the column whose width counts: neighbours of one width are kept as one entry."""
    for one in sheet.column_dimensions.values():
        if one.min and one.max and one.min <= column <= one.max:
            return int(one.min)
    return column


def _breadth(text: str) -> float:
    return sum(2.0 if unicodedata.east_asian_width(sign) in "WFA" else 1.0 for sign in text)
