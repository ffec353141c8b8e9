"""Spreadsheets handed back: the rows still to be mended with their reasons, and blank rosters to fill in."""

import io
from collections.abc import Iterable
from typing import Any

import xlsxwriter

from oasis.intake.models import Batch, Row
from oasis.intake.queries import rows_of
from oasis.intake.reading import unpacked
from oasis.intake.sheets import Sheet
from oasis.people import trail
from oasis.people.roles import Need
from oasis.people.scope import Scope

REASON = "导入问题"
UNTICKED = "核对时没有勾选，这一行没有导入。"
HARMLESS = {"in_memory": True, "strings_to_formulas": False, "strings_to_urls": False, "strings_to_numbers": False}


def hand_back(scope: Scope, batch: Batch) -> bytes:
    """Give the refused rows to be taken out of the house, which goes on the trail."""
    data = refused_rows(scope, batch)
    trail.note(scope, "export.refused", school=batch.school_id, subject=str(batch.pk))
    return data


def refused_rows(scope: Scope, batch: Batch) -> bytes:
    """Give the rows that did not go in, or without ID number, as they stood in the file, each with its reason."""
    out = io.BytesIO()
    with xlsxwriter.Workbook(out, HARMLESS) as book:
        wide = book.add_format({"text_wrap": True, "valign": "top"})
        text = book.add_format({"num_format": "@", "valign": "top", "quote_prefix": True})
        bold = book.add_format({"bold": True, "bottom": 1, "text_wrap": True, "quote_prefix": True})
        for layout in batch.layouts:
            reasons = refused_of(scope, batch, layout["at"])
            if not reasons:
                continue
            sheet = book.add_worksheet(sheet_name(layout["sheet"], book.worksheets()))
            columns = [(column["at"], column["head"]) for column in layout["columns"]]
            heads = [REASON, *(head for _at, head in columns)]
            klass = named_klass(layout["klass"]) if "klass" not in {c["field"] for c in layout["columns"]} else ""
            if klass:
                heads.append("班级")
            write(sheet, 0, heads, bold)
            sheet.set_column(0, 0, 60, wide)
            sheet.set_column(1, len(columns), 16, text)
            sheet.freeze_panes(1, 2)
            for at, (line, cells) in enumerate(lines(scope, batch, layout["at"], reasons.keys()), 1):
                row = [reasons[line], *(cells[column] if column < len(cells) else "" for column, _head in columns)]
                write(sheet, at, [*row, klass] if klass else row, text)
        if not book.worksheets():
            book.add_worksheet("没有问题")
    return out.getvalue()


def named_klass(klass: list[int | None] | None) -> str:
    """Write a class read from a title or the name of a sheet, so that the mended file still says it."""
    if not klass:
        return ""
    grade, entry, number = klass
    start = f"{entry}级" if entry else f"{grade}年级"
    return f"{start}{number}班" if number else start


def write(sheet: Any, at: int, cells: Iterable[str], form: Any) -> None:
    """Write cells as text: what begins with = stays a text and never becomes a formula."""
    for column, cell in enumerate(cells):
        sheet.write_string(at, column, cell, form)


def sheet_name(name: str, others: list[Any]) -> str:
    """Give a name Excel accepts, once in the book."""
    bare = "".join(" " if sign in "[]:*?/\\'" else sign for sign in name)[:24] or "名册"
    return bare if all(bare != other.get_name() for other in others) else f"{bare} {len(others) + 1}"


def refused_of(scope: Scope, batch: Batch, sheet: int) -> dict[int, str]:
    """Give the reasons of the rows of a sheet that are still to be mended, by line."""
    rows = rows_of(scope, batch, state="unfinished").filter(sheet=sheet)
    out = Row.State.LEFT
    return {
        line: "\n".join(filter(None, (UNTICKED if skip or state == out else "", said)))
        for line, state, skip, said in rows.values_list("line", "state", "skip", "said")
    }


def lines(scope: Scope, batch: Batch, sheet: int, wanted: Iterable[int]) -> Iterable[tuple[int, list[str]]]:
    """Find the cells of these lines in the pages that were kept."""
    left = set(wanted)
    for page in batch.pages.within(scope, Need.IMPORT).filter(sheet=sheet).order_by("number").iterator(chunk_size=1):
        for line in unpacked(bytes(page.body)):
            if line.number in left:
                yield line.number, line.cells


def blank(sheet: Sheet) -> bytes:
    """Give an empty roster of a kind, its columns ready as text so that Excel keeps every digit."""
    out = io.BytesIO()
    with xlsxwriter.Workbook(out, HARMLESS) as book:
        page = book.add_worksheet("名册")
        bold = book.add_format(
            {"bold": True, "bg_color": "#E3EFE9", "border": 1, "align": "center", "quote_prefix": True}
        )
        text = book.add_format({"num_format": "@", "quote_prefix": True})
        heads = [heading.group + heading.words for heading in sheet.headings]
        page.set_column(0, len(heads) - 1, 14, text)
        write(page, 0, heads, bold)
        page.freeze_panes(1, 0)
    return out.getvalue()
