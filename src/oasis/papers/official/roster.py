"""A roster as .docx: A4 on its side, the head repeated on every page, several facts of one person under one another."""

from collections.abc import Sequence
from dataclasses import dataclass
from io import BytesIO
from xml.sax.saxutils import escape

import docx
from docx.document import Document
from docx.enum.text import WD_ALIGN_PARAGRAPH
from docx.oxml import parse_xml
from docx.oxml.ns import nsdecls
from docx.shared import Emu, Mm, Pt

from oasis.papers.official import layout, styles, tables
from oasis.papers.plaintext import plain

_SIZE = 9.0
_SIDE, _TOP = Mm(14), Mm(18)

Lines = tuple[str, ...]


@dataclass(frozen=True)
class Stack:
    """A column of the page: its head, line by line, and its width in characters."""

    head: Lines
    width: float


def roster_docx(
    title: str, above: Sequence[str], stacks: Sequence[Stack], rows: Sequence[Sequence[Lines]], below: Sequence[str]
) -> bytes:
    """Write the roster; each cell is one or more lines."""
    document = docx.Document()
    layout.lay_out(document)
    document.core_properties.title = plain(title)
    section = document.sections[0]
    layout.set_page(section, landscape=True)
    section.left_margin = section.right_margin = _SIDE
    section.top_margin = section.bottom_margin = _TOP
    section.footer_distance = Mm(8)
    heading = document.add_paragraph(plain(title), style="Title")
    heading.runs[0].font.size = Pt(18)
    _line(document, above)
    width = layout.type_width(section)
    whole = sum(stack.width for stack in stacks)
    widths = [int(width * stack.width / whole) for stack in stacks]
    grid = document.add_table(rows=0, cols=len(stacks))
    tables.frame(grid, widths)
    units = [int(Emu(one).twips) for one in widths]
    grid._tbl.append(parse_xml(_row_xml([stack.head for stack in stacks], units, styles.HEITI, head=True)))
    for row in rows:
        grid._tbl.append(parse_xml(_row_xml(row, units, styles.FANGSONG)))
    _line(document, below)
    file = BytesIO()
    document.save(file)
    return file.getvalue()


def _line(document: Document, entries: Sequence[str]) -> None:
    paragraph = document.add_paragraph()
    tables.in_table(paragraph, 10.5)
    paragraph.alignment = WD_ALIGN_PARAGRAPH.LEFT
    text = "\u3000\u3000\u3000".join(plain(entry) for entry in entries)
    tables.styled_run(paragraph, text, font=styles.FANGSONG, size=10.5)


def _row_xml(row: Sequence[Lines], units: Sequence[int], font: str, *, head: bool = False) -> str:
    cells = "".join(_cell_xml(lines, unit, font) for lines, unit in zip(row, units, strict=True))
    mark = "<w:tblHeader/>" if head else ""
    return f"<w:tr {nsdecls('w')}><w:trPr><w:cantSplit/>{mark}</w:trPr>{cells}</w:tr>"


def _cell_xml(lines: Lines, unit: int, font: str) -> str:
    size = int(_SIZE * 2)
    shown = [plain(line) for line in lines if plain(line)] or [""]
    text = "<w:br/>".join(f'<w:t xml:space="preserve">{escape(line)}</w:t>' for line in shown)
    return f"""<w:tc><w:tcPr><w:tcW w:w="{unit}" w:type="dxa"/><w:vAlign w:val="center"/></w:tcPr>
        <w:p><w:pPr><w:spacing w:before="20" w:after="20" w:line="250" w:lineRule="exact"/>
        <w:ind w:firstLine="0" w:firstLineChars="0"/><w:jc w:val="center"/></w:pPr>
        <w:r><w:rPr>{styles.fonts_xml(font)}<w:sz w:val="{size}"/><w:szCs w:val="{size}"/></w:rPr>{text}</w:r></w:p></w:tc>"""
