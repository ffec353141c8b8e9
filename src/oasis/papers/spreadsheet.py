"""Writes a printable .xlsx: A3 on its side, so that two dozen columns stay legible; head repeated, every cell harmless text."""

from collections.abc import Sequence
from dataclasses import dataclass
from io import BytesIO
from math import ceil

import xlsxwriter
from xlsxwriter.format import Format
from xlsxwriter.worksheet import Worksheet

from oasis.papers.marking import footer_of
from oasis.papers.plaintext import breadth, plain

_LINE = 15.0
_SHEET_NAME = "花名册"
_WIDEST = 12.5  # a phone number stays on one line, longer texts wrap
_NUMBER = 21.0  # a number is never broken


@dataclass(frozen=True)
class Column:
    """A column; columns with the same group stand under one common head."""

    head: str
    group: str = ""


@dataclass(frozen=True)
class Roster:
    """A sheet of rows with a title, and lines to sign."""

    title: str
    above: tuple[str, ...]
    columns: tuple[Column, ...]
    rows: Sequence[tuple[str, ...]]
    below: tuple[str, ...] = ()
    mark: str = ""


def roster_xlsx(roster: Roster) -> bytes:
    """Write the roster; cells are strings, so nothing in them is ever run as a formula."""
    file = BytesIO()
    book = xlsxwriter.Workbook(file, {"in_memory": True, "strings_to_formulas": False, "strings_to_urls": False})
    book.set_properties({"title": plain(roster.title)})
    sheet = book.add_worksheet(_SHEET_NAME)
    _page(sheet, len(roster.columns), roster.mark)
    last = len(roster.columns) - 1
    sheet.merge_range(0, 0, 0, last, plain(roster.title), book.add_format(_look(size=18, font="黑体", border=0)))
    sheet.set_row(0, 32)
    above = "\u3000\u3000\u3000".join(plain(entry) for entry in roster.above)
    sheet.merge_range(1, 0, 1, last, above, book.add_format(_look(border=0, align="left")))
    _heads(sheet, roster.columns, book.add_format(_look(bold=True)))
    cell = book.add_format(_look())
    widths = [_width(roster, across) for across in range(len(roster.columns))]
    for down, row in enumerate(roster.rows, start=4):
        sheet.set_row(down, _LINE * max(_lines(value, width) for value, width in zip(row, widths, strict=True)))
        for across, value in enumerate(row):
            sheet.write_string(down, across, plain(value), cell)
    below = "\u3000\u3000\u3000\u3000".join(plain(entry) for entry in roster.below)
    end = 4 + len(roster.rows)
    sheet.merge_range(end, 0, end, last, below, book.add_format(_look(border=0, align="left")))
    for across, width in enumerate(widths):
        sheet.set_column(across, across, width)
    book.close()
    return file.getvalue()


def _page(sheet: Worksheet, columns: int, mark: str) -> None:
    sheet.set_paper(8)
    sheet.set_landscape()
    sheet.set_margins(left=0.4, right=0.4, top=0.6, bottom=0.6)
    sheet.fit_to_pages(1, 0)
    sheet.repeat_rows(0, 3)
    sheet.freeze_panes(4, min(4, columns))
    sheet.set_footer(footer_of(mark))
    sheet.center_horizontally()


def _heads(sheet: Worksheet, columns: tuple[Column, ...], look: Format) -> None:
    """Write a head of two rows; columns of one group share the upper one."""
    start = 0
    while start < len(columns):
        group = columns[start].group
        end = start
        while group and end + 1 < len(columns) and columns[end + 1].group == group:
            end += 1
        if not group:
            sheet.merge_range(2, start, 3, start, columns[start].head, look)
        else:
            if end > start:
                sheet.merge_range(2, start, 2, end, group, look)
            else:
                sheet.write_string(2, start, group, look)
            for across in range(start, end + 1):
                sheet.write_string(3, across, columns[across].head, look)
        start = end + 1


def _width(roster: Roster, across: int) -> float:
    cells = [plain(row[across]) for row in roster.rows]
    longest = max(map(breadth, cells), default=0.0)
    most = _NUMBER if all(cell.isascii() for cell in cells) else _WIDEST
    return min(max(longest, min(breadth(roster.columns[across].head), 3.0), 1.5) * 2 + 1.5, most)


def _lines(value: str, width: float) -> int:
    """Count the lines a text takes in its column; programs do not all make room by themselves."""
    return max(1, ceil(breadth(plain(value)) * 2 / (width - 1)))


def _look(
    *, size: int = 10, font: str = "宋体", border: int = 1, align: str = "center", bold: bool = False
) -> dict[str, object]:
    return {
        "font_name": font,
        "font_size": size,
        "border": border,
        "align": align,
        "bold": bold,
        "valign": "vcenter",
        "text_wrap": True,
        "num_format": "@",
        "quote_prefix": True,  # a cell that begins with = + - @ stays a text, also when it is typed over
    }
