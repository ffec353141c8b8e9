"""The small program that opens a spreadsheet in a process of its own; what breaks here cannot hurt the server.

It reads the file from standard input and writes one line of JSON, then the pages the line announces. A page is up to
2,000 rows, all cells as text, empty rows left out, each row led by its number in the sheet. It imports nothing of the
house, so that it starts at once and needs little memory.
"""

import csv
import datetime
import io
import json
import re
import sys
import zipfile
import zlib
from collections.abc import Iterable, Iterator
from typing import Any

import python_calamine as calamine

PAGE = 2_000
MOST_COLUMNS = 300
MOST_MERGES = 20_000
LOOK_FOR_FORMULAS = 8_000_000
CELL, ROW = "\x1f", "\x1e"
BREAKS = str.maketrans({CELL: " ", ROW: " ", "\x00": None})
EXACT = 10**15
CHANGED = re.compile(rb"<dcterms:modified[^>]*>([0-9T:Z.+-]{10,35})<")


class Unreadable(Exception):
    """The file cannot be used; the message is the code of the reason."""


def as_text(value: Any) -> str:
    """Give a cell as a person sees it; numbers past 15 digits keep their E, for Excel has rounded them."""
    if isinstance(value, bool):
        return "是" if value else "否"
    if isinstance(value, (int, float)):
        whole = value == value // 1
        return f"{value:.14E}" if abs(value) >= EXACT else str(int(value)) if whole else repr(value)
    if isinstance(value, datetime.datetime) and value.time() == datetime.time():
        return value.date().isoformat()
    return value.isoformat() if isinstance(value, (datetime.date, datetime.time)) else str(value)


def packed(cells: list[str]) -> str:
    """Join the cells of a row, whatever signs they hold."""
    row = CELL.join(cells)
    if row.count(CELL) != len(cells) - 1 or ROW in row or "\x00" in row:
        row = CELL.join(cell.translate(BREAKS) for cell in cells)
    return row


def pages(rows: Iterable[tuple[int, list[str]]]) -> Iterator[tuple[bytes, int]]:
    """Yield compressed pages and how many rows each holds."""
    held: list[str] = []
    for number, cells in rows:
        held.append(packed([str(number), *cells]))
        if len(held) == PAGE:
            yield zlib.compress(ROW.join(held).encode("utf-8", "replace"), 1), len(held)
            held = []
    if held:
        yield zlib.compress(ROW.join(held).encode("utf-8", "replace"), 1), len(held)


def sheet_rows(sheet: Any, most: int) -> Iterator[tuple[int, list[str]]]:
    """Give the filled rows of a sheet with their numbers."""
    left = [""] * (sheet.start[1] if sheet.start else 0)
    kept = 0
    for number, row in enumerate(sheet.iter_rows(), 1):
        if not any(row):
            continue
        cells = left + [cell if type(cell) is str else as_text(cell) for cell in row[:MOST_COLUMNS]]
        if any(map(str.strip, cells)):
            kept += 1
            if kept > most:
                raise Unreadable("too-many-rows")
            yield number, cells


def text_rows(text: str, most: int) -> Iterator[tuple[int, list[str]]]:
    """Give the filled rows of a text table with their numbers."""
    head = text[:20_000]
    delimiter = max(",\t;|", key=head.count)
    reader = csv.reader(io.StringIO(text, newline=""), delimiter=delimiter)
    kept = 0
    while True:
        try:
            row = next(reader)
        except StopIteration:
            return
        except csv.Error as error:
            raise Unreadable("not-a-table") from error
        if any(map(str.strip, row)):
            kept += 1
            if kept > most:
                raise Unreadable("too-many-rows")
            yield reader.line_num, row[:MOST_COLUMNS]


def decoded(data: bytes) -> str:
    """Read Chinese text in the encodings Excel writes; a file cut inside a character loses only that character."""
    if data[:2] in (b"\xff\xfe", b"\xfe\xff"):
        return data.decode("utf-16", "ignore")
    for encoding in ("utf-8-sig", "gb18030"):
        try:
            return data.decode(encoding)
        except UnicodeDecodeError as error:
            if error.start >= len(data) - 4:
                return data.decode(encoding, "ignore")
    raise Unreadable("not-a-table")


def zip_remarks(data: bytes) -> Iterator[str]:
    """Find macros, formulas, the 1904 calendar and the last change of a workbook."""
    with zipfile.ZipFile(io.BytesIO(data)) as archive:
        names = archive.namelist()
        if any(name.lower().endswith("vbaproject.bin") for name in names):
            yield "macros"
        if "xl/workbook.xml" in names and re.search(
            rb'date1904="(1|true)"', archive.open("xl/workbook.xml").read(200_000)
        ):
            yield "1904"
        if "docProps/core.xml" in names and (changed := CHANGED.search(archive.open("docProps/core.xml").read(20_000))):
            yield "changed " + changed[1].decode("ascii", "replace")
        sheets = [name for name in names if re.fullmatch(r"xl/worksheets/[^/]+\.xml", name)]
        if any(has_formula(archive, name) for name in sheets):
            yield "formulas"


def has_formula(archive: zipfile.ZipFile, name: str) -> bool:
    """Look for a formula in the first megabytes of a sheet: enough to say so, cheap for the large ones."""
    with archive.open(name) as part:
        return re.search(rb"<f[ >]", part.read(LOOK_FOR_FORMULAS)) is not None


def book(data: bytes, most: int) -> tuple[list[dict[str, Any]], list[bytes], list[str]]:
    """Read a workbook."""
    remarks = list(zip_remarks(data)) if data[:2] == b"PK" else []
    if data[:2] != b"PK" and "_VBA_PROJECT".encode("utf-16-le") in data:
        remarks.append("macros")
    sheets: list[dict[str, Any]] = []
    bodies: list[bytes] = []
    with calamine.CalamineWorkbook.from_filelike(io.BytesIO(data)) as workbook:
        for index, meta in enumerate(workbook.sheets_metadata):
            if meta.typ != calamine.SheetTypeEnum.WorkSheet:
                continue
            sheet = workbook.get_sheet_by_index(index)
            merges = [[*first, *last] for first, last in (sheet.merged_cell_ranges or [])[:MOST_MERGES]]
            made = list(pages(sheet_rows(sheet, most)))
            del sheet
            hidden = meta.visible != calamine.SheetVisibleEnum.Visible
            sheets.append({"name": meta.name, "hidden": hidden, "merges": merges, **sizes(made)})
            bodies += [body for body, _rows in made]
    return sheets, bodies, remarks


def sizes(made: list[tuple[bytes, int]]) -> dict[str, list[int]]:
    """Give the sizes of pages, so that the reader can cut them apart."""
    return {"pages": [len(body) for body, _rows in made], "rows": [rows for _body, rows in made]}


def table(data: bytes, most: int) -> tuple[list[dict[str, Any]], list[bytes], list[str]]:
    """Read a text table as one sheet."""
    made = list(pages(text_rows(decoded(data), most)))
    sheet = {"name": "", "hidden": False, "merges": [], **sizes(made)}
    return [sheet], [body for body, _rows in made], []


def cap(memory: int, seconds: int) -> None:
    """Let the system stop this process before it hurts the others; Windows has no such limits."""
    try:
        import resource
    except ImportError:
        return
    resource.setrlimit(resource.RLIMIT_AS, (memory, memory))
    resource.setrlimit(resource.RLIMIT_CPU, (seconds, seconds))


def reason(error: Exception) -> str:
    """Give the code of why a file could not be read."""
    if isinstance(error, calamine.PasswordError):
        return "password"
    if isinstance(error, MemoryError):
        return "too-heavy"
    return str(error) if isinstance(error, Unreadable) else "damaged"


def main() -> None:
    """Read one file from standard input and answer on standard output."""
    shape, most, memory, seconds = sys.argv[1], *map(int, sys.argv[2:5])
    csv.field_size_limit(1_000_000)
    cap(memory, seconds)
    data = sys.stdin.buffer.read()
    try:
        sheets, bodies, remarks = table(data, most) if shape == "text" else book(data, most)
    except Exception as error:  # whatever it was, it is told to the parent by code
        json.dump({"refused": reason(error)}, sys.stdout)
        return
    out = sys.stdout.buffer
    out.write(json.dumps({"sheets": sheets, "remarks": remarks}).encode() + b"\n")
    for body in bodies:
        out.write(body)


if __name__ == "__main__":
    main()
