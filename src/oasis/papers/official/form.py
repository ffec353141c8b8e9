"""Forms of labelled cells, one page a child, with lines to sign."""

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

_GRID = 12
_SIZE = 10.5
_MARGIN = Mm(20)


@dataclass(frozen=True)
class Entry:
    """A label and what belongs beside it; widths in twelfths of the page. No label: a heading across."""

    label: str
    value: str = ""
    label_width: int = 2
    value_width: int = 2


@dataclass(frozen=True)
class FormPage:
    """One filled form."""

    title: str
    above: tuple[str, ...]
    rows: tuple[tuple[Entry, ...], ...]
    below: tuple[str, ...]


def forms_docx(title: str, pages: Sequence[FormPage]) -> bytes:
    """Write the forms, each beginning on a page of its own."""
    document = docx.Document()
    layout.lay_out(document)
    document.core_properties.title = plain(title)
    section = document.sections[0]
    section.top_margin = section.bottom_margin = section.left_margin = section.right_margin = _MARGIN
    section.footer_distance = Mm(10)
    for place, page in enumerate(pages):
        _write(document, page, breaks=place > 0)
    file = BytesIO()
    document.save(file)
    return file.getvalue()


def _write(document: Document, page: FormPage, *, breaks: bool) -> None:
    heading = document.add_paragraph(plain(page.title), style="Title")
    heading.paragraph_format.page_break_before = breaks
    heading.runs[0].font.size = Pt(18)
    _line(document, page.above)
    add_grid(document, page.rows)
    _line(document, page.below)


def add_grid(document: Document, rows: tuple[tuple[Entry, ...], ...]) -> None:
    """Write rows of labelled cells over the width of the last section."""
    width = layout.type_width(document.sections[-1])
    grid = document.add_table(rows=0, cols=_GRID)
    tables.frame(grid, [width // _GRID] * _GRID)
    unit = int(Emu(width // _GRID).twips)
    for row in rows:
        grid._tbl.append(parse_xml(_row_xml(row, unit)))


def _line(document: Document, entries: tuple[str, ...]) -> None:
    paragraph = document.add_paragraph()
    tables.in_table(paragraph, _SIZE)
    paragraph.alignment = WD_ALIGN_PARAGRAPH.LEFT
    paragraph.paragraph_format.space_before = Pt(6)
    text = "\u3000\u3000".join(plain(entry) for entry in entries)
    tables.styled_run(paragraph, text, font=styles.FANGSONG, size=_SIZE)


def _row_xml(row: tuple[Entry, ...], unit: int) -> str:
    cells = []
    for entry in row:
        if entry.label:
            cells.append(_cell_xml(entry.label, entry.label_width, unit, font=styles.HEITI))
        cells.append(_cell_xml(entry.value, entry.value_width, unit, left=entry.value_width > 4))
    height = '<w:trPr><w:cantSplit/><w:trHeight w:val="460" w:hRule="atLeast"/></w:trPr>'
    return f"<w:tr {nsdecls('w')}>{height}{''.join(cells)}</w:tr>"


def _cell_xml(text: str, span: int, unit: int, *, font: str = styles.FANGSONG, left: bool = False) -> str:
    size = int(_SIZE * 2)
    return f"""<w:tc><w:tcPr><w:tcW w:w="{unit * span}" w:type="dxa"/><w:gridSpan w:val="{span}"/>
        <w:vAlign w:val="center"/></w:tcPr>
        <w:p><w:pPr><w:spacing w:before="30" w:after="30" w:line="280" w:lineRule="exact"/>
        <w:ind w:firstLine="0" w:firstLineChars="0"/><w:jc w:val="{"left" if left else "center"}"/></w:pPr>
        <w:r><w:rPr>{styles.fonts_xml(font)}<w:sz w:val="{size}"/><w:szCs w:val="{size}"/></w:rPr>
        <w:t xml:space="preserve">{escape(plain(text))}</w:t></w:r></w:p></w:tc>"""
