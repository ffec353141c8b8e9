"""The line at the foot of every page: who took a file out, and when. Imports nothing of the house."""

from typing import Any

from docx.enum.text import WD_ALIGN_PARAGRAPH
from docx.shared import Pt, RGBColor

PAGES = "&C第 &P 页，共 &N 页"


def docx_footer(document: Any, mark: str) -> None:
    """Write the mark into the footer of every page of a Word file."""
    even = document.settings.odd_and_even_pages_header_footer
    for n, section in enumerate(document.sections):
        kinds = [section.footer, *([section.even_page_footer] if even else [])]
        kinds += [section.first_page_footer] if section.different_first_page_header_footer else []
        for footer in kinds:
            if footer.is_linked_to_previous and n:
                continue
            line = footer.add_paragraph()
            line.alignment = WD_ALIGN_PARAGRAPH.LEFT
            run = line.add_run(mark)
            run.font.size, run.font.color.rgb = Pt(8), RGBColor(0x66, 0x66, 0x66)
