"""Writes filled forms as .xlsx: one sheet a child, A4 upright, each on one page, every cell harmless text."""

import re
from collections.abc import Sequence
from io import BytesIO
from math import ceil

import xlsxwriter
from xlsxwriter.format import Format
from xlsxwriter.workbook import Workbook
from xlsxwriter.worksheet import Worksheet

from oasis.papers.marking import footer_of
from oasis.papers.official.form import Entry, FormPage
from oasis.papers.plaintext import breadth, plain

_GRID = 12
_WIDTH = 7.3  # of one of twelve columns: together the page between margins of 15 mm
_LINE = 15.0
_UNFIT = re.compile(r"[\[\]:*?/\\']")


def forms_xlsx(title: str, pages: Sequence[tuple[str, FormPage]], mark: str = "") -> bytes:
    """Write the forms, each with the words on its tab; `mark` stands at the foot of every page."""
    file = BytesIO()
    book = xlsxwriter.Workbook(file, {"in_memory": True, "strings_to_formulas": False, "strings_to_urls": False})
    book.set_properties({"title": plain(title)})
    looks = _looks(book)
    for number, (name, page) in enumerate(pages, start=1):
        sheet = book.add_worksheet(f"{number} {_UNFIT.sub(' ', plain(name))}"[:31])
        _page(sheet)
        sheet.set_footer(footer_of(mark))
        _write(sheet, page, looks)
    book.close()
    return file.getvalue()


def _looks(book: Workbook) -> dict[str, Format]:
    base = {"font_name": "宋体", "font_size": 10.5, "valign": "vcenter", "text_wrap": True, "num_format": "@"}
    return {
        "title": book.add_format({**base, "font_name": "黑体", "font_size": 18, "align": "center"}),
        "line": book.add_format({**base, "align": "left"}),
        "label": book.add_format({**base, "font_name": "黑体", "border": 1, "align": "center"}),
        "value": book.add_format({**base, "border": 1, "align": "center"}),
        "long": book.add_format({**base, "border": 1, "align": "left", "indent": 1}),
    }


def _page(sheet: Worksheet) -> None:
    sheet.set_paper(9)
    sheet.set_portrait()
    sheet.set_margins(left=0.6, right=0.6, top=0.6, bottom=0.6)
    sheet.fit_to_pages(1, 1)
    sheet.center_horizontally()
    sheet.hide_gridlines(2)
    sheet.set_column(0, _GRID - 1, _WIDTH)


def _write(sheet: Worksheet, page: FormPage, looks: dict[str, Format]) -> None:
    sheet.merge_range(0, 0, 0, _GRID - 1, plain(page.title), looks["title"])
    sheet.set_row(0, 34)
    _line(sheet, 1, page.above, looks["line"])
    for down, row in enumerate(page.rows, start=2):
        across = 0
        for entry in row:
            if entry.label:
                across = _cell(sheet, down, across, entry.label, entry.label_width, looks["label"])
            look = looks["long" if entry.value_width > 4 else "value"]
            across = _cell(sheet, down, across, entry.value, entry.value_width, look)
        sheet.set_row(down, max(27.0, _LINE * max(_lines(entry) for entry in row) + 6))
    _line(sheet, len(page.rows) + 2, page.below, looks["line"])


def _line(sheet: Worksheet, down: int, entries: Sequence[str], look: Format) -> None:
    sheet.merge_range(down, 0, down, _GRID - 1, "\u3000\u3000".join(plain(entry) for entry in entries), look)
    sheet.set_row(down, 26)


def _cell(sheet: Worksheet, down: int, across: int, text: str, span: int, look: Format) -> int:
    """Write a text over some columns; give the column after them."""
    if span > 1:
        sheet.merge_range(down, across, down, across + span - 1, plain(text), look)
    else:
        sheet.write_string(down, across, plain(text), look)
    return across + span


def _lines(entry: Entry) -> int:
    """Count the lines the longer of label and value takes."""
    return max(
        ceil(breadth(plain(text)) * 2 / (_WIDTH * span - 1)) if text else 1
        for text, span in ((entry.label, max(entry.label_width, 1)), (entry.value, entry.value_width))
    )
