"""Reads and fills a Word form in place. Runs in the process apart; imports nothing of the house but its neighbours."""

import copy
import io
import re
from collections.abc import Iterator, Mapping
from typing import Any

import docx
from docx.oxml import OxmlElement
from docx.oxml.ns import qn
from docx.text.paragraph import Paragraph

from oasis.papers.bureau.blanks import blanks_in, written
from oasis.papers.bureau.places import address
from oasis.papers.footers import docx_footer

RULE = qn("w:trHeight")
CHARS = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\ufffe\uffff]")
Cells = dict[tuple[int, int], Any]


def read(data: bytes) -> dict[str, Any]:
    """Give paragraphs and tables as plain values."""
    document = docx.Document(io.BytesIO(data))
    tables = [_table(table) for table in document.tables]
    order: list[list[Any]] = []
    paragraphs, at = [], 0
    for block in document.element.body.iterchildren():
        if block.tag == qn("w:p"):
            text = Paragraph(block, document).text
            paragraphs.append(text)
            order.append(["p", len(paragraphs) - 1])
        elif block.tag == qn("w:tbl"):
            order.append(["t", at])
            at += 1
    nested = any(cell.tables for table in document.tables for row in table.rows for cell in row.cells)
    remarks = ["nested"] if nested else []
    if document.element.body.findall(f".//{qn('w:sdt')}"):
        remarks.append("controls")
    return {"tables": tables, "paragraphs": paragraphs, "order": order, "remarks": remarks}


def _table(table: Any) -> dict[str, Any]:
    cells = []
    starts = _starts(table)
    for (row, column), tc in starts.items():
        down = 1
        while _continues(table, row + down, column):
            down += 1
        cells.append([row, column, down, tc.grid_span, _text(tc), True])
    width = max((cell[1] + cell[3] for cell in cells), default=0)
    return {"name": "", "rows": len(table.rows), "columns": width, "cells": cells}


def _walk(row: Any) -> Iterator[tuple[int, Any]]:
    column = row.grid_cols_before
    for tc in row._tr.tc_lst:
        yield column, tc
        column += tc.grid_span


def _starts(table: Any) -> Cells:
    return {(r, c): tc for r, row in enumerate(table.rows) for c, tc in _walk(row) if tc.vMerge != "continue"}


def _continues(table: Any, row: int, column: int) -> bool:
    rows = table.rows
    return row < len(rows) and any(c == column and tc.vMerge == "continue" for c, tc in _walk(rows[row]))


def _text(tc: Any) -> str:
    return "\n".join(Paragraph(p, None).text for p in tc.p_lst)  # type: ignore[arg-type]


def fill(data: bytes, job: Mapping[str, Any]) -> bytes:
    """Fill one copy: values by address, then the rows of a list, then the mark at the foot."""
    document = docx.Document(io.BytesIO(data))
    tables = [(table, _starts(table)) for table in document.tables]
    paragraphs = [p for p in document.element.body.iterchildren() if p.tag == qn("w:p")]
    for key, value in sorted(
        job["values"].items(), reverse=True
    ):  # from the end, so that earlier blanks stay where they are
        spot = address(key)
        if spot.paragraph >= 0:
            _write_within([paragraphs[spot.paragraph]], spot.within, value)
            continue
        table, cells = tables[spot.table]
        tc = cells[spot.row, spot.column]
        _loosen(table.rows[spot.row]._tr)
        if spot.within >= 0:
            _write_within(tc.p_lst, spot.within, value)
        else:
            _write(tc, value, _pattern(cells, spot.row, spot.column))
    for body in job.get("bodies", ()):
        _list(tables[body["table"]], body)
    if job.get("mark"):
        docx_footer(document, job["mark"])
    out = io.BytesIO()
    document.save(out)
    return out.getvalue()


def _list(found: tuple[Any, Cells], body: Mapping[str, Any]) -> None:
    """Fill the rows of a list; rows that are wanting are copies of the last one."""
    table, cells = found
    first, last, rows = body["first"], body["last"], body["rows"]
    trs = [row._tr for row in table.rows]
    patterns = {column: _pattern(cells, first, column) for (row, column) in cells if row == first}
    model = copy.deepcopy(trs[last])
    while len(rows) > last - first + 1:
        trs[last].addnext(copy.deepcopy(model))
        last += 1
        trs.insert(last, trs[last - 1].getnext())
    for at, values in enumerate(rows):
        tr = trs[first + at]
        _loosen(tr)
        columns = {}
        column = 0
        for tc in tr.tc_lst:
            columns[column] = tc
            column += tc.grid_span
        for place, value in values.items():
            if int(place) in columns:
                _write(columns[int(place)], value, patterns.get(int(place)))


def _loosen(tr: Any) -> None:
    """Let a row grow with its words: a height that must not change would cut them."""
    for height in tr.iter(RULE):
        if height.get(qn("w:hRule")) == "exact":
            height.set(qn("w:hRule"), "atLeast")


def _pattern(cells: Cells, row: int, column: int) -> Any:
    """Give the letters to write in where the blank has none of its own: those of the nearest words at the left or above."""
    for place in [*((row, c) for c in range(column, -1, -1)), *((r, column) for r in range(row - 1, -1, -1))]:
        tc = cells.get(place)
        if tc is not None and (found := next(tc.iter(qn("w:r")), None)) is not None:
            letters = found.find(qn("w:rPr"))
            return _unbolded(letters)
    return None


def _unbolded(letters: Any) -> Any:
    if letters is None:
        return None
    plain = copy.deepcopy(letters)
    for tag in ("w:b", "w:bCs"):
        for found in plain.findall(qn(tag)):
            plain.remove(found)
    return plain


def _words(value: str | int | float) -> str:
    """Give what is put in as words: counts come as numbers, which Word has not."""
    return CHARS.sub("", str(value))


def _write(tc: Any, value: str | int | float, pattern: Any) -> None:
    """Put words into a blank cell, in the letters it was made with."""
    paragraph = Paragraph(tc.p_lst[0], None)  # type: ignore[arg-type]
    for other in tc.p_lst:
        for run in other.findall(qn("w:r"))[0 if other is not tc.p_lst[0] else 1 :]:
            other.remove(run)
    runs = paragraph.runs
    run = runs[0] if runs else paragraph.add_run()
    if not runs:
        mark = paragraph._p.find(f"{qn('w:pPr')}/{qn('w:rPr')}")
        letters = mark if mark is not None and len(mark) else pattern
        if letters is not None:
            run._r.insert(0, _letters(letters))
    run.text = _words(value)


def _letters(found: Any) -> Any:
    made = OxmlElement("w:rPr")
    for one in found:
        if one.tag in (qn("w:ins"), qn("w:del"), qn("w:rPrChange")):
            continue
        made.append(copy.deepcopy(one))
    return made


def _write_within(paragraphs: Any, within: int, value: str | int | float) -> None:
    """Put words into the n-th blank of a text; runs keep their letters."""
    text = "\n".join(Paragraph(p, None).text for p in paragraphs)  # type: ignore[arg-type]
    blank = blanks_in(text)[within]
    new = _words(written(text, blank, str(value)))
    before = 0
    for p in paragraphs:
        paragraph = Paragraph(p, None)  # type: ignore[arg-type]
        length = len(paragraph.text)
        if before <= blank.start <= before + length:
            _splice(paragraph, blank.start - before, blank.end - before, new)
            return
        before += length + 1


def _splice(paragraph: Paragraph, start: int, end: int, new: str) -> None:
    """Replace a stretch of a paragraph's words: the run that holds its beginning takes the new ones."""
    at, left = 0, new
    runs = paragraph.runs
    for n, run in enumerate(runs):
        text = run.text
        low, high = max(start - at, 0), min(end - at, len(text))
        begins = start - at <= len(text) and (start - at < len(text) or n == len(runs) - 1 or start == end)
        if left and at <= start and begins:
            run.text = text[:low] + left + text[max(high, low) :]
            left = ""
        elif low < high:
            run.text = text[:low] + text[high:]
        at += len(text)
    if left:
        paragraph.add_run(left)
