"""Writes sections as .docx: A4, black and white, narrow margins as forms have them."""

from collections.abc import Sequence
from io import BytesIO

import docx
from docx.document import Document
from docx.enum.text import WD_ALIGN_PARAGRAPH
from docx.oxml import OxmlElement
from docx.shared import Emu, Mm, Pt
from docx.text.paragraph import Paragraph

from oasis.papers.official import layout, styles, tables
from oasis.papers.official.form import add_grid
from oasis.papers.plaintext import plain
from oasis.papers.sheets.shape import Block, Contents, Cut, Grid, Line, Listing, Para, Section, Side, Title

_MARGIN = Mm(20)
_LIST, _TEXT, _SMALL = 10.0, 12.0, 10.5
_SIDES = {"left": WD_ALIGN_PARAGRAPH.LEFT, "center": WD_ALIGN_PARAGRAPH.CENTER, "right": WD_ALIGN_PARAGRAPH.RIGHT}


def sheets_docx(title: str, sections: Sequence[Section]) -> bytes:
    """Write the sections, each beginning on a page of its own."""
    document = docx.Document()
    layout.lay_out(document)
    document.core_properties.title = plain(title)
    wide = sections[0].wide if sections else False
    layout.set_page(document.sections[0], landscape=wide)
    _margins(document)
    for place, section in enumerate(sections):
        if section.wide != wide:
            layout.new_page(document, landscape=section.wide)
            _margins(document)
        start = len(document.paragraphs)
        for block in section.blocks:
            _write(document, block)
        if place and section.wide == wide:
            document.paragraphs[start].paragraph_format.page_break_before = True
        wide = section.wide
    file = BytesIO()
    document.save(file)
    return file.getvalue()


def _margins(document: Document) -> None:
    section = document.sections[-1]
    section.top_margin = section.bottom_margin = section.left_margin = section.right_margin = _MARGIN
    section.footer_distance = Mm(10)


def _write(document: Document, block: Block) -> None:
    match block:
        case Title():
            heading = document.add_paragraph(plain(block.text), style="Title")
            heading.runs[0].font.size = Pt(block.size)
        case Line():
            _text(document, "\u3000\u3000".join(plain(text) for text in block.texts), size=_SMALL, above=6)
        case Para():
            _para(document, block)
        case Grid():
            add_grid(document, block.rows)
        case Listing():
            _listing(document, block)
        case Contents():
            rows = tuple((words, remark) for words, _code, remark in block.lines)
            _listing(document, Listing(("材料", "说明"), rows, (3, 5)))
        case Cut():
            _text(document, f"✂{'—' * 14} {plain(block.text)} {'—' * 14}", size=9, side="center", above=8)


def _para(document: Document, block: Para) -> None:
    paragraph = _text(document, plain(block.text), size=_TEXT, side=block.side)
    if block.strong:
        paragraph.runs[0].font.bold = True
    if block.indent and block.side == "left":
        paragraph.paragraph_format.first_line_indent = Pt(2 * _TEXT)


def _text(document: Document, text: str, *, size: float, side: Side = "left", above: float = 2) -> Paragraph:
    paragraph = document.add_paragraph()
    tables.in_table(paragraph, size)
    paragraph.alignment = _SIDES[side]
    paragraph.paragraph_format.space_before = Pt(above)
    tables.styled_run(paragraph, text, font=styles.FANGSONG, size=size)
    return paragraph


def _listing(document: Document, block: Listing) -> None:
    """Write the table over the full width; a column is as wide as its share."""
    width = layout.type_width(document.sections[-1])
    shares = block.widths or (1.0,) * len(block.columns)
    grid = document.add_table(rows=0, cols=len(block.columns))
    tables.frame(grid, [int(Emu(int(width * share / sum(shares)))) for share in shares])
    head = tables.add_row(grid, block.columns, size=_LIST, font=styles.HEITI)
    head._tr.get_or_add_trPr().append(OxmlElement("w:tblHeader"))
    for row in block.rows:
        tables.add_row(grid, row, size=_LIST)
