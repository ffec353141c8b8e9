"""Ugly forms as bureaus send them, made for the tests: the registration form of 2016, a roster, a census table."""

import io
from typing import Any

import docx
import openpyxl
from openpyxl.styles import Border, Side

Row = list[tuple[str, int]]
THIN = Side(style="thin")
BOXED = Border(THIN, THIN, THIN, THIN)


def registration(*, also: Row | None = None, label: str = "姓  名") -> bytes:
    """The civil-affairs form (domain.md 2.1): merged cells, parents at the side, boxes to tick, a family list, signatures."""
    rows: list[Row] = [
        [(label, 1), ("", 1), ("性别", 1), ("□男 □女", 1), ("民族", 1), ("", 1)],
        [("出生年月", 1), ("", 1), ("公民身份证号码", 2), ("", 2)],
        [("现居住地", 1), ("", 5)],
        [("身体情况", 1), ("□健康 □残疾 □患病", 2), ("是否学校寄宿", 1), ("□是 □否", 2)],
        [("父亲", 1), ("姓名", 1), ("", 1), ("身份证号", 1), ("", 2)],
        [("", 1), ("当前务工地点", 1), ("", 1), ("联系电话", 1), ("", 2)],
        [("母亲", 1), ("姓名", 1), ("", 1), ("联系电话", 1), ("", 2)],
        [("委托监护人姓名", 1), ("", 1), ("与被监护人关系", 1), ("", 1), ("联系电话", 1), ("", 1)],
        [("家庭成员", 6)],
        [("称谓", 1), ("姓名", 1), ("年龄", 1), ("工作单位", 2), ("联系电话", 1)],
        *[[("", 1), ("", 1), ("", 1), ("", 2), ("", 1)] for _ in range(3)],
        [("鞋码", 1), ("", 1), ("帮扶教师", 1), ("", 1), ("班主任", 1), ("", 1)],
        [("监护人签字", 1), ("", 2), ("学校意见", 1), ("", 2)],
    ]
    if also:
        rows.insert(3, also)
    document = docx.Document()
    document.add_heading("农村留守儿童基本情况登记表")
    document.add_paragraph("填报单位（盖章）：______________      填报日期：    年   月   日")
    table = _table(document, rows)
    at = 5 if also else 4
    table.cell(at, 0).merge(table.cell(at + 1, 0))
    return _bytes(document)


def _table(document: Any, rows: list[Row]) -> Any:
    table = document.add_table(len(rows), 6, style="Table Grid")
    for n, row in enumerate(rows):
        column = 0
        for text, span in row:
            cell = table.cell(n, column)
            cell = cell.merge(table.cell(n, column + span - 1)) if span > 1 else cell
            cell.text = text
            column += span
    return table


def roster_book(rows: int = 2) -> bytes:
    """A roster with a merged title, two rows of headings, numbered blank rows, and a row of sums that stays at the foot."""
    book = openpyxl.Workbook()
    sheet = book.active
    sheet.title = "花名册"
    sheet.merge_cells("A1:K1")
    sheet["A1"] = "××县留守儿童花名册"
    sheet.merge_cells("A2:K2")
    sheet["A2"] = "填报单位：            填报时间：   年   月   日"
    upper = ["序号", "姓名", "性别", "身份证号", "是否寄宿", "父亲", None, "母亲", None, "监护人", None]
    lower = [None] * 5 + ["姓名", "务工地", "姓名", "电话", "姓名", "电话"]
    for column, (over, under) in enumerate(zip(upper, lower, strict=True), start=1):
        sheet.cell(3, column, over)
        sheet.cell(4, column, under)
    for span in ("A3:A4", "B3:B4", "C3:C4", "D3:D4", "E3:E4", "F3:G3", "H3:I3", "J3:K3"):
        sheet.merge_cells(span)
    last = 4 + rows
    for row in range(3, last + 2):
        for column in range(1, 12):
            sheet.cell(row, column).border = BOXED
    for row in range(5, last + 1):
        sheet.cell(row, 1).value = row - 4
    sheet.cell(last + 1, 1).value = "合计"
    sheet.cell(last + 1, 2).value = f"=COUNTA(B5:B{last})"
    sheet.cell(last + 2, 1).value = "填表人：        审核人：        单位负责人（签字）："
    sheet.merge_cells(start_row=last + 2, end_row=last + 2, start_column=1, end_column=11)
    sheet.row_dimensions[last + 2].height = 28
    return _bytes(book)


def census_book() -> bytes:
    """A table of figures by grade, with sums the form counts itself, and single figures below."""
    book = openpyxl.Workbook()
    sheet = book.active
    sheet.merge_cells("A1:F1")
    sheet["A1"] = "农村留守儿童摸底统计表"
    sheet.merge_cells("A2:F2")
    sheet["A2"] = "填报单位：        填表人："
    for column, head in enumerate(("年级", "学生总数", "留守儿童总数", "男", "女", "寄宿"), start=1):
        sheet.cell(3, column, head)
    for row, grade in enumerate(("一年级", "三年级", "合计"), start=4):
        sheet.cell(row, 1, grade)
    for row in range(3, 8):
        for column in range(1, 7):
            sheet.cell(row, column).border = BOXED
    for column in "BCDEF":
        sheet[f"{column}6"] = f"=SUM({column}4:{column}5)"
    sheet["A7"], sheet["C7"] = "家访人次", "谈心次数"
    sheet["E7"] = "校车数"
    return _bytes(book)


def plain_book(*cells: tuple[str, str]) -> bytes:
    """A small form: labels and what stands beside them."""
    book = openpyxl.Workbook()
    sheet = book.active
    for row, (label, text) in enumerate(cells, start=1):
        sheet.cell(row, 1, label).border = BOXED
        sheet.cell(row, 2, text or None).border = BOXED
    return _bytes(book)


def _bytes(made: Any) -> bytes:
    out = io.BytesIO()
    made.save(out)
    return out.getvalue()
