"""Writes the statistics as one .xlsx: a sheet a table, A4 on its side, with the lines to fill and sign."""

from collections.abc import Sequence
from dataclasses import dataclass
from io import BytesIO
from math import ceil

import xlsxwriter
from xlsxwriter.workbook import Workbook
from xlsxwriter.worksheet import Worksheet

from oasis.papers.marking import footer_of
from oasis.papers.outside import Shown, shown
from oasis.papers.plaintext import breadth, plain
from oasis.papers.statistics import Sheet

GAP = "\u3000" * 3
NARROW = 6


@dataclass(frozen=True)
class Head:
    """What stands above and below every table."""

    unit: str
    period: str
    counted: str
    filled: str
    filler: str
    mark: str = ""


def statbook(head: Head, sheets: Sequence[Sheet], notes: Sequence[str], *, veil: str = "") -> bytes:
    """Write the sheets and a last one with the notes; `veil` explains hidden numbers and asks to hide them."""
    file = BytesIO()
    book = xlsxwriter.Workbook(file, {"in_memory": True, "strings_to_formulas": False, "strings_to_urls": False})
    book.set_properties({"title": plain(f"{head.unit}统计表")})
    for sheet, rows in zip(sheets, shown(sheets, veil=bool(veil)), strict=True):
        _table(book, sheet, rows, head, "" if sheet.open else veil)
    _notes(book, notes, head.mark)
    book.close()
    return file.getvalue()


def _table(book: Workbook, sheet: Sheet, rows: Shown, head: Head, veil: str) -> None:
    page, last = book.add_worksheet(sheet.name[:31]), len(sheet.heads)
    _setup(page, head.mark)
    _across(book, page, 0, last, f"{head.period}留守儿童{sheet.title}", size=18, font="黑体")
    page.set_row(0, 32)
    above = (f"填报单位（盖章）：{head.unit}", f"统计日：{head.counted}", f"填报日期：{head.filled}", "单位：人、人次")
    _across(book, page, 1, last, GAP.join(above), align="left")
    bold, name = (book.add_format(_look(**look)) for look in ({"bold": True}, {"align": "left"}))
    total = book.add_format(_look(bold=True, text=False))
    cell = book.add_format(_look(text=False))
    for across, label in enumerate((sheet.corner, *sheet.heads)):
        page.write_string(2, across, plain(label), bold)
    # room for the title
    wide = max(6.5, min(11.0 if last > NARROW else 27.0, 80 / last if last <= NARROW else 110 / last))
    page.set_row(2, 17 * max([2, *(ceil(breadth(label) / (wide / 2 - 0.5)) for label in sheet.heads)]))
    for down, (label, row) in enumerate(zip(sheet.names, rows, strict=True), start=3):
        page.write_string(down, 0, plain(label), bold if label == "合计" else name)
        for across, value in enumerate(row, start=1):
            if isinstance(value, int):
                page.write_number(down, across, value, total if label == "合计" else cell)
            else:
                page.write_string(down, across, value or "—", cell)
    end = 3 + len(sheet.rows)
    _across(book, page, end, last, (GAP * 2).join((f"填表人：{head.filler}", "审核人：", "单位负责人：")), align="left")
    page.set_row(end, 28)
    if veil:
        _across(book, page, end + 1, last, veil, align="left")
    page.set_column(0, 0, max(14, min(30, 2 * max(breadth(label) for label in sheet.names) + 2)))
    page.set_column(1, last, wide)


def _notes(book: Workbook, notes: Sequence[str], mark: str) -> None:
    page = book.add_worksheet("核对")
    _setup(page, mark)
    page.set_column(0, 0, 120)
    page.write_string(0, 0, "勾稽关系核对", book.add_format(_look(size=16, font="黑体", border=0)))
    look = book.add_format(_look(align="left", border=0))
    for down, line in enumerate(notes or ("各表勾稽关系核对无误。",), start=1):
        page.write_string(down, 0, plain(line), look)


def _setup(page: Worksheet, mark: str) -> None:
    page.set_paper(9)
    page.set_landscape()
    page.set_default_row(19)
    page.set_margins(left=0.5, right=0.5, top=0.7, bottom=0.7)
    page.fit_to_pages(1, 0)
    page.repeat_rows(0, 2)
    page.freeze_panes(3, 1)
    page.set_footer(footer_of(mark))
    page.center_horizontally()


def _across(
    book: Workbook, page: Worksheet, row: int, last: int, text: str, *, size: int = 11, font: str = "宋体",
    align: str = "center",
) -> None:  # fmt: skip
    page.merge_range(row, 0, row, last, text, book.add_format(_look(size=size, font=font, border=0, align=align)))


def _look(
    *,
    size: int = 11,
    font: str = "宋体",
    border: int = 1,
    align: str = "center",
    bold: bool = False,
    text: bool = True,
) -> dict[str, object]:
    return {
        "font_name": font, "font_size": size, "border": border, "align": align, "bold": bold, "valign": "vcenter",
        "text_wrap": True, "quote_prefix": text,
    }  # fmt: skip
