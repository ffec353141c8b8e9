"""Paper, grid and page numbers of GB/T 9704-2012."""

from docx.document import Document
from docx.enum.section import WD_ORIENT, WD_SECTION
from docx.enum.text import WD_ALIGN_PARAGRAPH
from docx.oxml import OxmlElement, parse_xml
from docx.oxml.ns import nsdecls, qn
from docx.oxml.xmlchemy import BaseOxmlElement
from docx.section import Section
from docx.shared import Emu, Mm, Pt
from docx.text.paragraph import Paragraph

from oasis.papers.official import styles


def lay_out(document: Document) -> None:
    """Give a fresh document its styles, page and page numbers."""
    styles.set_styles(document)
    document.settings.odd_and_even_pages_header_footer = True
    _settings(document)
    section = document.sections[0]
    set_page(section)
    page_number(section.footer.paragraphs[0], WD_ALIGN_PARAGRAPH.RIGHT)
    page_number(section.even_page_footer.paragraphs[0], WD_ALIGN_PARAGRAPH.LEFT)


def set_page(section: Section, *, landscape: bool = False) -> None:
    """Set A4 with the type area of 156 x 225 mm; lying, the binding edge stays at the top margin."""
    top, bottom, left, right = Mm(37), Mm(35), Mm(28), Mm(26)
    section.page_width, section.page_height = Mm(210), Mm(297)
    if landscape:
        section.orientation = WD_ORIENT.LANDSCAPE
        section.page_width, section.page_height = Mm(297), Mm(210)
        top, bottom, left, right = left, right, bottom, top
    section.top_margin, section.bottom_margin = top, bottom
    section.left_margin, section.right_margin = left, right
    # The number stands 7 mm below the type area; its own line is 5.6 mm high.
    section.footer_distance = Emu(bottom - Mm(7) - Pt(16))
    section.header_distance = Mm(15)
    _grid(section)


def new_page(document: Document, *, landscape: bool = False) -> Section:
    """Begin a section on a new page; the page numbers run on."""
    section: Section = document.add_section(WD_SECTION.NEW_PAGE)
    section.orientation = WD_ORIENT.PORTRAIT
    set_page(section, landscape=landscape)
    return section


def type_width(section: Section) -> int:
    """Width between the margins, in EMU."""
    return int(section.page_width or 0) - int(section.left_margin or 0) - int(section.right_margin or 0)


def page_number(paragraph: Paragraph, side: WD_ALIGN_PARAGRAPH) -> None:
    """Write `— 1 —`, one character in from the outer edge."""
    paragraph.alignment = side
    if side == WD_ALIGN_PARAGRAPH.RIGHT:
        paragraph.paragraph_format.right_indent = Pt(14)
    else:
        paragraph.paragraph_format.left_indent = Pt(14)
    paragraph.add_run("— ")
    field = parse_xml(f'<w:fldSimple {nsdecls("w")} w:instr=" PAGE "><w:r><w:t>1</w:t></w:r></w:fldSimple>')
    paragraph._p.append(field)
    paragraph.add_run(" —")


def _grid(section: Section) -> None:
    properties = section._sectPr
    for old in properties.findall(qn("w:docGrid")):
        properties.remove(old)
    grid: BaseOxmlElement = OxmlElement("w:docGrid")
    grid.set(qn("w:type"), "lines")
    grid.set(qn("w:linePitch"), str(styles.LINE_TWIPS))
    properties.append(grid)


def _settings(document: Document) -> None:
    control = parse_xml(f'<w:characterSpacingControl {nsdecls("w")} w:val="compressPunctuation"/>')
    settings = document.settings.element
    for old in settings.findall(qn("w:characterSpacingControl")):
        settings.replace(old, control)
        return
    settings.append(control)
