"""Rosters and forms hold every character and run nothing."""

from io import BytesIO

import docx
import openpyxl

from oasis.papers.formbook import forms_xlsx
from oasis.papers.official.form import Entry, FormPage, forms_docx
from oasis.papers.official.roster import Stack, roster_docx
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
    assert page.page_setup.paperSize == 8  # A3: on A4 the two dozen columns would be unreadable
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


def test_a_form_as_a_workbook_has_a_sheet_a_child_and_runs_nothing() -> None:
    rows = ((Entry("姓名", "=1+1"), Entry("性别", "男"), Entry("民族", "汉族")), (Entry("备注", "长" * 90, 2, 10),))
    page = FormPage("登记表", ("填报单位：青山小学",), rows, ("签字：",))
    book = openpyxl.load_workbook(BytesIO(forms_xlsx("登记表", [("林/晓", page), ("杨帆", page)])))
    assert book.sheetnames == ["1 林 晓", "2 杨帆"]
    sheet = book.worksheets[0]
    assert (sheet["C3"].value, sheet["C3"].data_type) == ("=1+1", "s")
    assert (sheet.page_setup.orientation, sheet.page_setup.fitToHeight, sheet.page_setup.paperSize) == (
        "portrait",
        None,
        9,
    )
    assert sheet.row_dimensions[4].height > sheet.row_dimensions[3].height


def test_the_roster_as_a_document_lies_and_repeats_its_head() -> None:
    stacks = [Stack(("姓名",), 4), Stack(("父亲", "电话"), 7)]
    rows = [(("林<晓>",), ("林国平", "", "19900000001"))] * 60
    document = docx.Document(BytesIO(roster_docx("花名册", ["共60人"], stacks, rows, ["填表人："])))
    section = document.sections[0]
    assert section.page_width > section.page_height
    head = document.tables[0].rows[0]._tr.xml
    assert "tblHeader" in head
    assert "tblHeader" not in document.tables[0].rows[1]._tr.xml
    assert document.tables[0].rows[1].cells[1].text == "林国平\n19900000001"
