"""Tables of an official document: thin lines, head repeated, nothing cut."""

from docx.document import Document
from docx.enum.table import WD_ALIGN_VERTICAL
from docx.enum.text import WD_ALIGN_PARAGRAPH
from docx.oxml import OxmlElement, parse_xml
from docx.oxml.ns import nsdecls, qn
from docx.shared import Emu, Mm, Pt
from docx.table import Table as WordTable
from docx.table import _Cell, _Row
from docx.text.paragraph import Paragraph

from oasis.papers.official import styles
from oasis.papers.official.shape import Table
from oasis.papers.plaintext import breadth, plain

_PORTRAIT = Mm(156)
_SIZES = (12.0, 10.5, 9.0)
_PADDING = 8.0
_WIDEST = 14.0


def is_wide(table: Table) -> bool:
    """Tell whether the table needs a page on its side."""
    wanted = sum(_wishes(table)) * _SIZES[1] + _PADDING * len(table.columns)
    return wanted > float(_PORTRAIT.pt)


def add_table(document: Document, table: Table, width: int) -> WordTable:
    """Write the table over the full width, in the largest size that fits."""
    wishes = _wishes(table)
    size = next((one for one in _SIZES if sum(wishes) * one + _PADDING * len(wishes) <= Emu(width).pt), _SIZES[-1])
    grid: WordTable = document.add_table(rows=0, cols=len(table.columns))
    frame(grid, [int(width * wish / sum(wishes)) for wish in wishes])
    head = add_row(grid, table.columns, size=size, font=styles.HEITI)
    head._tr.get_or_add_trPr().append(OxmlElement("w:tblHeader"))
    for row in table.rows:
        add_row(grid, row, size=size)
    return grid


def frame(grid: WordTable, widths: list[int]) -> None:
    """Draw thin lines and fix the widths of the columns."""
    grid.autofit = False
    properties = grid._tbl.tblPr
    sides = "".join(
        f'<w:{side} w:val="single" w:sz="4" w:space="0" w:color="000000"/>'
        for side in ("top", "left", "bottom", "right", "insideH", "insideV")
    )
    layout_mark = properties.find(qn("w:tblLayout"))
    layout_mark.addprevious(parse_xml(f"<w:tblBorders {nsdecls('w')}>{sides}</w:tblBorders>"))
    layout_mark.addnext(
        parse_xml(
            f"<w:tblCellMar {nsdecls('w')}>"
            '<w:left w:w="60" w:type="dxa"/><w:right w:w="60" w:type="dxa"/></w:tblCellMar>'
        )
    )
    for column, width in zip(grid.columns, widths, strict=True):
        column.width = Emu(width)


def add_row(grid: WordTable, values: tuple[str, ...], *, size: float, font: str = styles.FANGSONG) -> _Row:
    """Add a row that stays on one page."""
    row: _Row = grid.add_row()  # type: ignore[no-untyped-call]
    row._tr.get_or_add_trPr().append(OxmlElement("w:cantSplit"))
    for cell, column, value in zip(row.cells, grid.columns, values, strict=True):
        cell.width = column.width
        write_cell(cell, value, size=size, font=font)
    return row


def write_cell(cell: _Cell, text: str, *, size: float, font: str = styles.FANGSONG, left: bool = False) -> None:
    """Write a cell: middle, centred unless told, free to wrap."""
    paragraph = cell.paragraphs[0]
    in_table(paragraph, size)
    paragraph.alignment = WD_ALIGN_PARAGRAPH.LEFT if left else WD_ALIGN_PARAGRAPH.CENTER
    cell.vertical_alignment = WD_ALIGN_VERTICAL.CENTER
    styled_run(paragraph, plain(text), font=font, size=size)


def in_table(paragraph: Paragraph, size: float) -> None:
    """Loosen the line of the text so that a cell grows with what it holds."""
    form = paragraph.paragraph_format
    form.line_spacing = Pt(size * 1.45)
    form.space_before = form.space_after = Pt(2)
    flush(paragraph)


def flush(paragraph: Paragraph) -> Paragraph:
    """Take the indent of the first line away."""
    paragraph.paragraph_format.first_line_indent = Pt(0)
    indent = paragraph._p.get_or_add_pPr().find(qn("w:ind"))
    indent.set(qn("w:firstLineChars"), "0")
    return paragraph


def styled_run(paragraph: Paragraph, text: str, *, font: str, size: float) -> None:
    """Add a run in a font and size of its own."""
    run = paragraph.add_run(text)
    run.font.size = Pt(size)
    properties = run._r.get_or_add_rPr()
    for old in properties.findall(qn("w:rFonts")):
        properties.remove(old)
    properties.insert(0, parse_xml(styles.fonts_xml(font)))


def _wishes(table: Table) -> list[float]:
    """Width each column would like, in characters; long texts wrap at a limit."""
    wishes = []
    for place, head in enumerate(table.columns):
        cells = [breadth(plain(row[place])) for row in table.rows]
        wishes.append(max(2.5, min(breadth(head), 6.0), min(max(cells, default=0.0), _WIDEST)))
    return wishes
