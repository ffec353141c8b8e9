"""Official documents keep the grid, the numbers and every character."""

import zipfile
from datetime import date
from io import BytesIO

import docx
import pytest
from docx.enum.text import WD_COLOR_INDEX
from docx.oxml.ns import qn

from oasis.papers.official.numbering import chinese, heading_number, official_date
from oasis.papers.official.shape import OfficialText, Part, Table
from oasis.papers.official.writing import docx_bytes
from oasis.papers.plaintext import file_name, plain

ODD = "张<b>&三\x00\x0b\ud800" + '"' + "末"


def opened(text: OfficialText) -> "docx.document.Document":
    return docx.Document(BytesIO(docx_bytes(text)))


def sample(**change: object) -> OfficialText:
    table = Table("统计表", ("班级", "人数"), ((ODD, "3"), ("二班", "4")))
    values: dict[str, object] = {
        "title": "青山小学工作总结",
        "foreword": (f"前言{ODD}",),
        "parts": (
            Part("基本情况", ("一段",)),
            Part("主要做法", (), (Part("谈心", ("待补【待补：例子】。",)), Part("家访"))),
        ),
        "signature": "青山小学",
        "signed_on": date(2026, 1, 8),
        "attachments": (table,),
    }
    return OfficialText(**{**values, **change})  # type: ignore[arg-type]


@pytest.mark.parametrize(("number", "written"), [(1, "一"), (10, "十"), (11, "十一"), (20, "二十"), (99, "九十九")])
def test_chinese_numerals(number: int, written: str) -> None:
    assert chinese(number) == written


def test_levels_have_their_own_numbers() -> None:
    assert [heading_number(level, 2) for level in (1, 2, 3, 4)] == ["二、", "（二）", "2.", "（2）"]


def test_dates_have_no_leading_noughts() -> None:
    assert official_date(date(2026, 1, 8)) == "2026年1月8日"


def test_what_is_to_be_filled_or_checked_is_marked_yellow_and_nothing_else() -> None:
    text = "家访【待核对：有2处变了（3现为4）】12人次【待补充获奖】【说明】"
    (paragraph,) = (p for p in opened(sample(foreword=(text,))).paragraphs if p.text == text)
    marked = [run.text for run in paragraph.runs if run.font.highlight_color == WD_COLOR_INDEX.YELLOW]
    assert marked == ["【待核对：有2处变了（3现为4）】", "【待补充获奖】"]


def test_headings_are_numbered_by_place() -> None:
    headings = [p.text for p in opened(sample()).paragraphs if p.style.name.startswith("Heading")]
    assert headings == ["一、基本情况", "二、主要做法", "（一）谈心", "（二）家访"]


def test_odd_characters_neither_break_nor_cut_the_document() -> None:
    document = opened(sample())
    whole = "\n".join(p.text for p in document.paragraphs)
    assert "前言" + plain(ODD) in whole
    assert whole.endswith("统计表")
    assert [cell.text for cell in document.tables[0].column_cells(0)] == ["班级", plain(ODD), "二班"]
    assert plain(ODD) == '张<b>&三"末'


def test_the_page_holds_22_lines_of_28_characters() -> None:
    document = opened(sample())
    section = document.sections[0]
    millimetres = [
        round(side.mm)
        for side in (section.top_margin, section.bottom_margin, section.left_margin, section.right_margin)
    ]
    assert millimetres == [37, 35, 28, 26]
    body = document.styles["Normal"].element.find(qn("w:pPr")).find(qn("w:spacing"))
    assert body.get(qn("w:lineRule")) == "exact"
    assert 22 * int(body.get(qn("w:line"))) / 20 * 25.4 / 72 <= 225
    assert 28 * (16 - 0.25) * 25.4 / 72 <= 156


def test_fonts_are_named_for_chinese_text() -> None:
    styles = docx.Document(BytesIO(docx_bytes(sample()))).styles
    fonts = {
        name: styles[name].element.find(qn("w:rPr")).find(qn("w:rFonts")).get(qn("w:eastAsia"))
        for name in ("Normal", "Title", "Heading 1", "Heading 2")
    }
    assert fonts == {
        "Normal": "仿宋_GB2312",
        "Title": "方正小标宋简体",
        "Heading 1": "黑体",
        "Heading 2": "楷体_GB2312",
    }


def test_page_numbers_stand_right_on_odd_and_left_on_even_pages() -> None:
    document = opened(sample())
    assert document.settings.odd_and_even_pages_header_footer
    section = document.sections[0]
    assert section.footer.paragraphs[0].alignment == 2
    assert section.even_page_footer.paragraphs[0].alignment == 0


def test_a_wide_table_lies_on_its_side_and_repeats_its_head() -> None:
    wide = Table("宽表", tuple(f"第{n}项内容" for n in range(16)), (tuple("一二三四五六七八九十" for _ in range(16)),))
    document = opened(sample(attachments=(wide,)))
    assert document.sections[1].page_width > document.sections[1].page_height
    assert document.tables[0].rows[0]._tr.trPr.find(qn("w:tblHeader")) is not None


def test_the_file_is_a_whole_zip_with_named_substitutes() -> None:
    with zipfile.ZipFile(BytesIO(docx_bytes(sample()))) as file:
        assert file.testzip() is None
        assert "仿宋" in file.read("word/fontTable.xml").decode()


def test_file_names_never_show_the_word() -> None:
    assert (
        file_name("2025—2026学年度第一学期", "关爱留守儿童工作总结", ending="docx")
        == "2025—2026学年度第一学期关爱工作总结.docx"
    )
    assert file_name("a/b\\c:*?", ending="xlsx") == "abc.xlsx"
    assert file_name("..", ending="pdf") == "文书.pdf"
