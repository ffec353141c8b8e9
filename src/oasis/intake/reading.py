"""The bytes of a roster in, sheets of rows of text out; a file that is no roster is refused in plain words."""

import json
import sys
import zlib
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import date, datetime
from itertools import islice
from pathlib import Path

from oasis.kit.dates import CHINA
from oasis.kit.refused import Refused
from oasis.kit.strangers import OLE, Unfit, old_office, parts_of, run_apart

LARGEST = 50 * 1024 * 1024
MOST_ROWS = 200_000
MEMORY = 2 * 1024**3
SECONDS = 180
CHILD = Path(__file__).with_name("unpacking.py")

SAVE_AS = "请用 Excel 或 WPS 打开它，另存为“Excel 工作簿（.xlsx）”后再导入。"
REASONS = {
    "empty": "这个文件是空的，没有任何内容。请检查是不是选错了文件。",
    "too-large": "文件超过 {limit} MB，花名册通常只有几百 KB。请删去图片和无关的工作表，或分成几个文件后再导入。",
    "password": "这个表格设了打开密码，无法读取。请用 Excel 或 WPS 打开，取消密码后保存，再导入。",
    "damaged": "这个表格文件已损坏或没有传完整。请重新从原处复制一份；如果能用 Excel 打开，" + SAVE_AS[1:],
    "bomb": "这个压缩表格展开后大得异常，为安全起见没有打开。请把需要的内容复制到新表格里再导入。",
    "too-heavy": "这个表格太大（常见原因是很远的单元格里还有内容）。请把需要的行和列复制到新表格里再导入。",
    "too-many-rows": "表格的行数太多（上限 {rows} 行）。请按学校或年级分成几个文件后再导入。",
    "not-a-table": "这个文件不是表格。请选择 .xlsx、.xls 或 .csv 格式的花名册。",
    "word": "这是 Word 文档，不是表格。请把其中的表格复制到 Excel 里，保存为 .xlsx 后再导入。",
    "slides": "这是演示文稿，不是表格。请选择 .xlsx、.xls 或 .csv 格式的花名册。",
    "pdf": "这是 PDF 文件，不是表格。请找到原来的 Excel 花名册再导入。",
    "picture": "这是一张图片，不是表格。请找到原来的 Excel 花名册再导入。",
    "archive": "这是压缩包，不是表格。请先解压，再导入里面的花名册。",
    "web": "这个文件其实是网页格式的表格（系统导出的 .xls 常是这样）。" + SAVE_AS,
    "no-rows": "表格里没有内容。请检查花名册是不是在别的文件里。",
}
MAGIC = (
    (b"%PDF", "pdf"),
    (b"\x89PNG", "picture"),
    (b"\xff\xd8\xff", "picture"),
    (b"GIF8", "picture"),
    (b"BM", "picture"),
    (b"II*\x00", "picture"),
    (b"Rar!", "archive"),
    (b"7z\xbc\xaf", "archive"),
    (b"\x1f\x8b", "archive"),
)
REMARKS = {
    "macros": "文件里有宏，没有运行，只取了单元格里的内容。",
    "formulas": "文件里有公式，取的是 Excel 上次保存时算好的结果。",
}


@dataclass(frozen=True, slots=True)
class Line:
    """A row of a sheet: its number as Excel shows it, and its cells as text."""

    number: int
    cells: list[str]


@dataclass(frozen=True, slots=True)
class SheetOfRows:
    """A sheet: its name, whether it is hidden, its merged cells, its rows in compressed pages."""

    name: str
    hidden: bool
    merges: tuple[tuple[int, int, int, int], ...]
    pages: tuple[bytes, ...]
    rows: int

    def lines(self) -> Iterator[Line]:
        """Give all rows in order."""
        for page in self.pages:
            yield from unpacked(page)

    def first(self, count: int) -> list[Line]:
        """Give the first rows."""
        return list(islice(self.lines(), count))


@dataclass(frozen=True, slots=True)
class Book:
    """A file read: its sheets, and what is to be remarked about it."""

    sheets: tuple[SheetOfRows, ...]
    remarks: tuple[str, ...]
    changed_on: date | None = None  # when it was last saved, as far as the file says

    @property
    def rows(self) -> int:
        """Count the rows of all sheets."""
        return sum(sheet.rows for sheet in self.sheets)


def unpacked(page: bytes) -> Iterator[Line]:
    """Give the rows of a compressed page."""
    for row in zlib.decompress(page).decode("utf-8").split("\x1e"):
        number, *cells = row.split("\x1f")
        yield Line(int(number), cells)


def packed(lines: Iterable[Line]) -> bytes:
    """Write rows as a compressed page again, as `unpacked` reads them."""
    rows = ("\x1f".join((str(line.number), *line.cells)) for line in lines)
    return zlib.compress("\x1e".join(rows).encode("utf-8"))


def read(data: bytes, *, largest: int = LARGEST, most_rows: int = MOST_ROWS) -> Book:
    """Open a roster in a guarded process and give its sheets; raise Refused with what to do instead."""
    if len(data) > largest:
        raise refused("too-large", limit=largest // 1024 // 1024)
    shape = shape_of(data)
    command = [sys.executable, "-I", str(CHILD), shape, str(most_rows), str(MEMORY), str(SECONDS)]
    try:
        answer = run_apart(command, data, SECONDS)
    except Unfit as unfit:
        raise refused(str(unfit)) from unfit
    head, _, body = answer.partition(b"\n")
    told = json.loads(head)
    if "refused" in told:
        raise refused(told["refused"], rows=most_rows)
    remarks = tuple(remark for remark in told["remarks"] if not remark.startswith("changed "))
    book = Book(tuple(sheets(told["sheets"], body)), remarks, changed_on(told["remarks"]))
    if not book.rows:
        raise refused("no-rows")
    return book


def changed_on(remarks: list[str]) -> date | None:
    """Give the day in China on which the file says that it was last saved."""
    said = next((remark.partition(" ")[2] for remark in remarks if remark.startswith("changed ")), "")
    try:
        moment = datetime.fromisoformat(said)
    except ValueError:
        return None
    return moment.astimezone(CHINA).date() if moment.tzinfo else moment.date()


def sheets(told: list[dict[str, list[int]]], body: bytes) -> Iterator[SheetOfRows]:
    """Cut the answer of the reading process into sheets."""
    at = 0
    for sheet in told:
        pages = []
        for size in sheet["pages"]:
            pages.append(body[at : at + size])
            at += size
        merges = tuple((m[0], m[1], m[2], m[3]) for m in sheet["merges"])  # type: ignore[index]
        yield SheetOfRows(str(sheet["name"]), bool(sheet["hidden"]), merges, tuple(pages), sum(sheet["rows"]))


def refused(code: str, **values: object) -> Refused:
    """Make the refusal for a reason."""
    return Refused(f"roster-{code}", REASONS.get(code, REASONS["damaged"]).format(**values))


def shape_of(data: bytes) -> str:
    """Tell what a file is by its content, never by its name: book or text, or refused."""
    if not data.strip():
        raise refused("empty")
    for magic, code in MAGIC:
        if data.startswith(magic):
            raise refused(code)
    if data.startswith(OLE):
        return ole_shape(data)
    if data.startswith(b"PK"):
        return zip_shape(data)
    return text_shape(data)


def ole_shape(data: bytes) -> str:
    """Tell what an old Office file is by the names inside it."""
    found = old_office(data) or "not-a-table"
    if found != "book":
        raise refused(found)
    return found


def zip_shape(data: bytes) -> str:
    """Judge a zip by its directory before anything in it is opened."""
    try:
        return kind_of_zip(parts_of(data))
    except Unfit as unfit:
        raise refused(str(unfit)) from unfit


def kind_of_zip(names: set[str]) -> str:
    """Tell a spreadsheet from other zips by its folders."""
    folders = {name.split("/")[0] for name in names}
    if "xl" in folders or ("content.xml" in names and "mimetype" in names):
        return "book"
    if "word" in folders:
        raise refused("word")
    if "ppt" in folders:
        raise refused("slides")
    raise refused("archive")


def text_shape(data: bytes) -> str:
    """Tell a text table from web pages and binary files."""
    head = data[:4096].lstrip(b"\xef\xbb\xbf \r\n\t").lower()
    if head.startswith((b"<html", b"<!doctype", b"<table", b"<?xml", b"<meta", b"<head", b"<style")):
        raise refused("web")
    if data[:2] in (b"\xff\xfe", b"\xfe\xff"):
        return "text"
    control = sum(byte < 32 and byte not in b"\t\r\n\f\x1a" for byte in data[:65536])
    if b"\x00" in data[:65536] or control > 4:
        raise refused("not-a-table")
    return "text"
