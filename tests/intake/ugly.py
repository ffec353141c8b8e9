"""Spreadsheets as schools have them, built while the tests run."""

import io
import zipfile
from collections.abc import Sequence
from typing import Any

import openpyxl
import xlsxwriter
import xlwt

Rows = Sequence[Sequence[Any]]


def xlsx(*sheets: tuple[str, Rows], merges: Sequence[str] = (), hidden: Sequence[str] = ()) -> bytes:
    """Build a workbook; merges apply to the first sheet."""
    book = openpyxl.Workbook()
    book.remove(book.active)
    for name, rows in sheets:
        sheet = book.create_sheet(name)
        for row in rows:
            sheet.append(list(row))
        if name in hidden:
            sheet.sheet_state = "hidden"
    for merge in merges:
        book.worksheets[0].merge_cells(merge)
    out = io.BytesIO()
    book.save(out)
    return out.getvalue()


def xls(name: str, rows: Rows) -> bytes:
    book = xlwt.Workbook()
    sheet = book.add_sheet(name)
    dated = xlwt.easyxf(num_format_str="yyyy-mm-dd")
    for at, row in enumerate(rows):
        for column, cell in enumerate(row):
            if hasattr(cell, "year"):
                sheet.write(at, column, cell, dated)
            else:
                sheet.write(at, column, cell)
    out = io.BytesIO()
    book.save(out)
    return out.getvalue()


def csv(rows: Rows, encoding: str = "utf-8") -> bytes:
    return "\r\n".join(",".join(str(cell) for cell in row) for row in rows).encode(encoding)


def since_1904(rows: Rows) -> bytes:
    out = io.BytesIO()
    with xlsxwriter.Workbook(out, {"in_memory": True, "date_1904": True}) as book:
        sheet = book.add_worksheet("一班")
        for at, row in enumerate(rows):
            sheet.write_row(at, 0, row)
    return out.getvalue()


def bomb(size: int = 60_000_000, parts: int = 30) -> bytes:
    """Build a zip of a few kilobytes that unpacks to gigabytes."""
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED, compresslevel=9) as archive:
        archive.writestr("[Content_Types].xml", "<Types/>")
        archive.writestr("xl/workbook.xml", "<workbook/>")
        for part in range(parts):
            archive.writestr(f"xl/worksheets/sheet{part}.xml", b"0" * (size if part == 0 else 1000))
    return out.getvalue()


def with_macro(data: bytes) -> bytes:
    """Add a macro part to a workbook, as .xlsm has one."""
    out = io.BytesIO(data)
    with zipfile.ZipFile(out, "a") as archive:
        archive.writestr("xl/vbaProject.bin", b"\xd0\xcf\x11\xe0macro")
    return out.getvalue()


def ole(stream: str) -> bytes:
    """Give the start of an OLE file that holds a stream of this name."""
    return b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + b"\x00" * 504 + stream.encode("utf-16-le") + b"\x00" * 512
