"""The demo's forms from the county: a registration form in use, and a roster of which one column is still to be decided."""

import io
from dataclasses import replace
from typing import Any

import docx
import openpyxl
from docx.enum.text import WD_ALIGN_PARAGRAPH
from openpyxl.styles import Alignment, Border, Font, Side
from openpyxl.worksheet.properties import PageSetupProperties

from oasis.config.demo.sheets import Stage
from oasis.kit.dates import now
from oasis.papers.bureau import excel_file, word_file
from oasis.papers.bureau.guessing import guess
from oasis.papers.bureau.ties import HAND, OPEN, packed, ties_of
from oasis.papers.models import Template, TemplateFile

Row = tuple[tuple[str, int], ...]
FORM: tuple[Row, ...] = (
    (("姓  名", 1), ("", 1), ("性  别", 1), ("□男 □女", 1), ("民  族", 1), ("", 1)),
    (("出生年月", 1), ("", 1), ("身份证号码", 1), ("", 3)),
    (("学  籍  号", 1), ("", 2), ("年级班级", 1), ("", 2)),
    (("家庭住址", 1), ("", 5)),
    (("是否寄宿", 1), ("□是 □否", 2), ("留守类型", 1), ("□一方外出 □双方外出", 2)),
    (("父亲姓名", 1), ("", 1), ("务工地点", 1), ("", 1), ("联系电话", 1), ("", 1)),
    (("母亲姓名", 1), ("", 1), ("务工地点", 1), ("", 1), ("联系电话", 1), ("", 1)),
    (("监护人姓名", 1), ("", 1), ("与儿童关系", 1), ("", 1), ("联系电话", 1), ("", 1)),
    (("困境类别", 1), ("", 2), ("健康状况", 1), ("", 2)),
    (("帮扶教师", 1), ("", 2), ("本学期家访次数", 1), ("", 2)),
    (("监护人签字", 1), ("", 2), ("学校意见", 1), ("", 2)),
)
HEADS = ("序号", "姓名", "性别", "身份证号", "年级班级", "家庭住址", "监护人姓名", "联系电话", "是否寄宿", "校服尺码")
THIN = Side(style="thin")


def tell(stage: Stage) -> None:
    """Draw them."""
    _keep(stage, "县教育局儿童登记表", "docx", _form(), used=True)
    _keep(stage, "镇民政办名册", "xlsx", _roster(), used=False)


def _keep(stage: Stage, title: str, ending: str, data: bytes, *, used: bool) -> None:
    admin = stage.staff["administrator"][0]
    hand: Any = {"docx": word_file, "xlsx": excel_file}[ending]
    told = hand.read(data)
    kind, spots, bodies = guess(told)
    ties = [replace(tie, what=HAND) if used and tie.what == OPEN else tie for tie in ties_of(spots)]
    row = Template(school=stage.school, title=title, kind=kind, made_by=admin)
    state = TemplateFile.State.USED if used else TemplateFile.State.DRAFT
    stage.rows.add(row)
    stage.rows.add(
        TemplateFile(
            template=row,
            school=stage.school,
            ending=ending,
            state=state,
            data=data,
            layout=told,
            ties=packed(ties, bodies),
            tried_at=now() if used else None,
            by=admin,
        )
    )


def _form() -> bytes:
    document = docx.Document()
    title = document.add_paragraph("青河县关爱儿童登记表")
    title.alignment = WD_ALIGN_PARAGRAPH.CENTER
    title.runs[0].font.bold = True
    document.add_paragraph("填报单位（盖章）：__________________    填报日期：    年   月   日")
    table = document.add_table(len(FORM), 6, style="Table Grid")
    for n, row in enumerate(FORM):
        column = 0
        for text, span in row:
            cell = table.cell(n, column)
            cell = cell.merge(table.cell(n, column + span - 1)) if span > 1 else cell
            cell.text = text
            column += span
    document.add_paragraph("填表人：              审核人：              单位负责人：")
    return _bytes(document)


def _roster() -> bytes:
    book = openpyxl.Workbook()
    sheet = book.active
    sheet.title = "名册"
    sheet.merge_cells("A1:J1")
    sheet["A1"], sheet["A1"].font, sheet["A1"].alignment = (
        "柳溪镇儿童名册",
        Font(size=16, bold=True),
        Alignment("center"),
    )
    sheet.merge_cells("A2:J2")
    sheet["A2"] = "填报单位：                    填报日期：    年   月   日"
    for column, head in enumerate(HEADS, start=1):
        sheet.cell(3, column, head).font = Font(bold=True)
    for row in range(3, 15):
        for column in range(1, len(HEADS) + 1):
            sheet.cell(row, column).border = Border(THIN, THIN, THIN, THIN)
    for row in range(4, 14):
        sheet.cell(row, 1, row - 3)
    sheet["A14"], sheet["B14"] = "合计", "=COUNTA(B4:B13)"
    sheet["A15"] = "填表人：            审核人：            单位负责人（签字）："
    sheet.merge_cells("A15:J15")
    sheet.page_setup.orientation, sheet.page_setup.paperSize, sheet.page_setup.fitToHeight = "landscape", 9, 0
    sheet.sheet_properties.pageSetUpPr = PageSetupProperties(fitToPage=True)
    for letter, width in zip("ABCDEFGHIJ", (6, 10, 6, 22, 14, 30, 12, 15, 10, 10), strict=True):
        sheet.column_dimensions[letter].width = width
    return _bytes(book)


def _bytes(made: Any) -> bytes:
    out = io.BytesIO()
    made.save(out)
    return out.getvalue()
