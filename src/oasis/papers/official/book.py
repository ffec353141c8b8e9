"""A small book of A5 pages as .docx: a cover, chapters of short lines, tables and boxes to write in."""

from collections.abc import Sequence
from dataclasses import dataclass
from io import BytesIO

import docx
from docx.document import Document
from docx.enum.text import WD_ALIGN_PARAGRAPH
from docx.shared import Mm, Pt
from docx.text.paragraph import Paragraph

from oasis.papers.official import layout, styles, tables
from oasis.papers.plaintext import plain

_WIDTH, _HEIGHT, _MARGIN = Mm(148), Mm(210), Mm(15)
_ROOM = _WIDTH - 2 * _MARGIN
_SIZE = 11.0


@dataclass(frozen=True)
class Chapter:
    """A heading with lines, a table (head and rows), or room to write and to paste in, `box` in millimetres."""

    title: str
    lines: tuple[str, ...] = ()
    head: tuple[str, ...] = ()
    rows: tuple[tuple[str, ...], ...] = ()
    box: int = 0


@dataclass(frozen=True)
class Book:
    """One child's book."""

    title: str
    cover: tuple[str, ...]
    chapters: tuple[Chapter, ...]


def books_docx(title: str, books: Sequence[Book]) -> bytes:
    """Write the books one after another, each beginning with its cover on a page of its own."""
    document = docx.Document()
    layout.lay_out(document)
    document.core_properties.title = plain(title)
    section = document.sections[0]
    section.page_width, section.page_height = _WIDTH, _HEIGHT
    section.top_margin = section.bottom_margin = section.left_margin = section.right_margin = _MARGIN
    section.footer_distance = Mm(7)
    for place, book in enumerate(books):
        _cover(document, book, breaks=place > 0)
        for number, chapter in enumerate(book.chapters):
            _chapter(document, chapter, breaks=number == 0)
    file = BytesIO()
    document.save(file)
    return file.getvalue()


def _cover(document: Document, book: Book, *, breaks: bool) -> None:
    heading = document.add_paragraph(plain(book.title), style="Title")
    heading.paragraph_format.page_break_before = breaks
    heading.paragraph_format.space_before, heading.paragraph_format.space_after = Mm(55), Mm(30)
    heading.paragraph_format.line_spacing = Pt(36)
    for line in book.cover:
        _line(document, line, size=14).alignment = WD_ALIGN_PARAGRAPH.CENTER


def _line(document: Document, text: str, *, size: float = _SIZE, font: str = styles.FANGSONG) -> Paragraph:
    paragraph = document.add_paragraph()
    tables.in_table(paragraph, size)
    tables.styled_run(paragraph, plain(text), font=font, size=size)
    return paragraph


def _chapter(document: Document, chapter: Chapter, *, breaks: bool) -> None:
    heading = _line(document, chapter.title, size=14, font=styles.HEITI)
    heading.paragraph_format.page_break_before = breaks
    heading.paragraph_format.space_before, heading.paragraph_format.keep_with_next = Mm(5), True
    for line in chapter.lines:
        _line(document, line)
    if chapter.rows:
        grid = document.add_table(rows=0, cols=len(chapter.head))
        tables.frame(grid, [int(_ROOM / len(chapter.head))] * len(chapter.head))
        for at, row in enumerate((chapter.head, *chapter.rows)):
            tables.add_row(grid, row, size=10, font=styles.HEITI if at == 0 else styles.FANGSONG)
    if chapter.box:
        grid = document.add_table(rows=0, cols=1)
        tables.frame(grid, [int(_ROOM)])
        tables.add_row(grid, ("",), size=10).height = Mm(chapter.box)
