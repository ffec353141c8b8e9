"""Rosters and forms hold every character and run nothing."""

from io import BytesIO

import docx
import openpyxl

from oasis.papers.official.form import Entry, FormPage, forms_docx
from oasis.papers.spreadsheet import Column, Roster, roster_xlsx

COLUMNS = (Column("序号"), Column("姓名"), Column("姓名", "父亲"), Column("电话", "父亲"), Column("备注"))


def sheet(rows: list[tuple[str, ...]]) -> openpyxl.worksheet.worksheet.Worksheet:
    data = roster_xlsx(Roster("花名册", ("学校：青山小学",), COLUMNS, rows, ("填表人：",)))
    return openpyxl.load_workbook(BytesIO(data)).active


def test_a_formula_in_a_name_stays_a_text() -> None:
    cells = sheet([("1", "=HYPERLINK(1)", "@x", "+86", "-1\x00")])[5]
    assert [cell.value for cell in cells] == ["1", "=HYPERLINK(1)", "@x", "+86", "-1"]
    assert {cell.data_type for cell in cells} == {"s"}


def test_columns_of_a_group_share_their_upper_head() -> None:
    page = sheet([])
    assert [cell.value for cell in page[3]] == ["序号", "姓名", "父亲", None, "备注"]
    assert [cell.value for cell in page[4]][2:4] == ["姓名", "电话"]


def test_the_roster_prints_lying_with_its_head_on_every_page() -> None:
    page = sheet([("1", "林", "林", "1", "")] * 80)
    assert page.page_setup.orientation == "landscape"
    assert page.page_setup.paperSize == 9
    assert page.print_title_rows == "$1:$4"


def test_each_form_begins_on_its_own_page_and_keeps_odd_names() -> None:
    rows = ((Entry("姓名", "张<&>三\x0b"), Entry("性别", "男")), (Entry("", "家庭", 0, 12),))
    page = FormPage("登记表", ("填报单位：青山小学",), rows, ("监护人签字：",))
    document = docx.Document(BytesIO(forms_docx("登记表", [page, page])))
    assert [p.paragraph_format.page_break_before for p in document.paragraphs if p.style.name == "Title"] == [
        False,
        True,
    ]
    assert len(document.tables) == 2
    assert "张<&>三" in [node.text for node in document.tables[0]._tbl.iter() if node.tag.endswith("}t")]
