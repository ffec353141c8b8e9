"""Writes an official document as .docx."""

from io import BytesIO

import docx
from docx.document import Document
from docx.enum.text import WD_ALIGN_PARAGRAPH, WD_COLOR_INDEX
from docx.oxml.ns import qn
from docx.shared import Pt
from docx.text.paragraph import Paragraph

from oasis.papers.official import layout, styles, tables
from oasis.papers.official.numbering import heading_number, official_date
from oasis.papers.official.shape import OfficialText, Part, Table
from oasis.papers.plaintext import breadth, plain
from oasis.papers.wording import cut_at_gaps

_CHARACTER = Pt(15.75)


def docx_bytes(text: OfficialText) -> bytes:
    """Lay the text out after GB/T 9704-2012 and give the file."""
    document = docx.Document()
    layout.lay_out(document)
    document.core_properties.title = plain(text.title)
    document.core_properties.author = plain(text.signature)
    document.add_paragraph("\n".join(plain(line) for line in text.title.splitlines()), style="Title")
    _line(document)
    if text.addressee:
        tables.flush(document.add_paragraph(f"{plain(text.addressee)}："))
    _paragraphs(document, text.foreword)
    _parts(document, text.parts, level=1)
    _paragraphs(document, text.closing)
    _hold(document.paragraphs[-1])
    _list_attachments(document, text.attachments)
    _sign(document, text)
    for place, table in enumerate(text.attachments, start=1):
        mark = "附件" if len(text.attachments) == 1 else f"附件{place}"
        _attach(document, mark, table)
    file = BytesIO()
    document.save(file)
    return file.getvalue()


def _parts(document: Document, parts: tuple[Part, ...], level: int) -> None:
    for place, part in enumerate(parts, start=1):
        document.add_paragraph(heading_number(level, place) + plain(part.heading), style=f"Heading {level}")
        _paragraphs(document, part.paragraphs)
        _parts(document, part.parts, level + 1)


def _paragraphs(document: Document, texts: tuple[str, ...]) -> None:
    for text in texts:
        paragraph = document.add_paragraph()
        for piece, marked in cut_at_gaps(plain(text)):
            run = paragraph.add_run(piece)
            if marked:
                run.font.highlight_color = WD_COLOR_INDEX.YELLOW


def _list_attachments(document: Document, attachments: tuple[Table, ...]) -> None:
    if not attachments:
        return
    _line(document)
    for place, table in enumerate(attachments, start=1):
        front = "附件：" if place == 1 else "\u3000\u3000\u3000"
        number = "" if len(attachments) == 1 else f"{place}. "
        paragraph = _hold(document.add_paragraph(f"{front}{number}{plain(table.title)}"))
        paragraph.alignment = WD_ALIGN_PARAGRAPH.LEFT
        _hang(paragraph, 2, 2 + breadth(f"{front}{number}"))


def _sign(document: Document, text: OfficialText) -> None:
    """Date four characters in from the right, the name centred above it, as with a seal."""
    if not text.signature and text.signed_on is None:
        return
    _line(document)
    _line(document)
    day = official_date(text.signed_on) if text.signed_on else ""
    name = plain(text.signature)
    for line, inset in ((name, 4 + (breadth(day) - breadth(name)) / 2), (day, 4.0)):
        paragraph = tables.flush(document.add_paragraph(line))
        paragraph.alignment = WD_ALIGN_PARAGRAPH.RIGHT
        paragraph.paragraph_format.right_indent = Pt(max(inset, 0) * _CHARACTER.pt)
        paragraph.paragraph_format.keep_with_next = line is name


def _attach(document: Document, mark: str, table: Table) -> None:
    section = layout.new_page(document, landscape=tables.is_wide(table))
    paragraph = tables.flush(document.add_paragraph())
    tables.styled_run(paragraph, mark, font=styles.HEITI, size=16)
    document.add_paragraph(plain(table.title), style="Title").paragraph_format.space_after = Pt(8)
    _beside(document, table.above)
    tables.add_table(document, table, layout.type_width(section))
    _beside(document, table.below)


def _beside(document: Document, entries: tuple[str, ...]) -> None:
    """Write who fills and signs, on one line above or below the table."""
    if not entries:
        return
    paragraph = document.add_paragraph()
    tables.in_table(paragraph, 12)
    paragraph.paragraph_format.space_before = paragraph.paragraph_format.space_after = Pt(6)
    tables.styled_run(
        paragraph, "\u3000\u3000\u3000".join(plain(entry) for entry in entries), font=styles.FANGSONG, size=12
    )


def _line(document: Document) -> None:
    _hold(document.add_paragraph())


def _hold(paragraph: Paragraph) -> Paragraph:
    """Keep the end of the text and the signature on one page."""
    paragraph.paragraph_format.keep_with_next = True
    return paragraph


def _hang(paragraph: Paragraph, first: float, rest: float) -> None:
    """Indent the first line so many characters, and the lines after it so many: a long name goes on under its beginning."""
    form = paragraph.paragraph_format
    form.left_indent, form.first_line_indent = Pt(rest * _CHARACTER.pt), Pt((first - rest) * _CHARACTER.pt)
    indent = paragraph._p.get_or_add_pPr().find(qn("w:ind"))
    indent.set(qn("w:leftChars"), str(round(rest * 100)))
    indent.set(qn("w:hangingChars"), str(round((rest - first) * 100)))
