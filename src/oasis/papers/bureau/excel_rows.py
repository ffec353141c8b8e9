"""Makes room in an Excel sheet: rows put in below a list, with everything under it moved down. Imports nothing of the house."""

import re
from copy import copy
from typing import Any

from openpyxl.formula.tokenizer import Tokenizer
from openpyxl.formula.translate import Translator
from openpyxl.worksheet.cell_range import CellRange, MultiCellRange

REF = re.compile(r"(\$?[A-Z]{1,3}\$?)(\d+)(?::(\$?[A-Z]{1,3}\$?)(\d+))?")


def make_room(sheet: Any, last: int, more: int) -> None:
    """Put `more` rows after row `last`, made like it; merges, heights, formulas and the print area follow."""
    if more <= 0:
        return
    merged = [CellRange(one.coord) for one in sheet.merged_cells.ranges]
    for one in merged:
        if one.min_row > last:
            sheet.merged_cells.remove(one.coord)
    if sheet.max_row > last:
        sheet.move_range(
            CellRange(min_row=last + 1, max_row=sheet.max_row, min_col=1, max_col=sheet.max_column), rows=more
        )
    _heights(sheet, last, more)
    for one in merged:
        if one.min_row > last:
            one.shift(row_shift=more)
            sheet.merged_cells.add(one.coord)
    _formulas(sheet, last, more)
    _like(sheet, last, more, [one for one in merged if one.min_row == one.max_row == last])
    _ranges(sheet, last, more)


def _heights(sheet: Any, last: int, more: int) -> None:
    held = {row: one.height for row, one in sheet.row_dimensions.items() if row > last}
    for row in held:
        sheet.row_dimensions[row].height = None
    for row, height in held.items():
        sheet.row_dimensions[row + more].height = height


def _like(sheet: Any, last: int, more: int, merged: list[CellRange]) -> None:
    """Make the new rows like the last one: looks, height, merged cells, formulas."""
    for row in range(last + 1, last + more + 1):
        sheet.row_dimensions[row].height = sheet.row_dimensions[last].height
        for column in range(1, sheet.max_column + 1):
            model = sheet.cell(last, column)
            made = sheet.cell(row, column)
            made._style = copy(model._style)
            if model.data_type == "f":
                made.value = Translator(model.value, origin=model.coordinate).translate_formula(made.coordinate)
        for one in merged:
            sheet.merge_cells(start_row=row, end_row=row, start_column=one.min_col, end_column=one.max_col)


def _formulas(sheet: Any, last: int, more: int) -> None:
    for row in sheet.iter_rows():
        for cell in row:
            if cell.data_type == "f" and isinstance(cell.value, str):
                cell.value = moved(cell.value, last, more)


def moved(formula: str, last: int, more: int) -> str:
    """Give a formula after rows were put in: what lies below moves down, a range over the list grows with it."""
    tokens = Tokenizer(formula)
    for token in tokens.items:
        if token.type == "OPERAND" and token.subtype == "RANGE" and "!" not in token.value:
            token.value = REF.sub(lambda hit: _moved(hit, last, more), token.value)
    return "=" + "".join(token.value for token in tokens.items)


def _moved(hit: re.Match[str], last: int, more: int) -> str:
    column, row, other, end = hit.groups()
    first = int(row) + (more if int(row) > last else 0)
    if other is None:
        return f"{column}{first}"
    return f"{column}{first}:{other}{int(end) + (more if int(end) >= last else 0)}"


def _ranges(sheet: Any, last: int, more: int) -> None:
    """Let the print area and the lists to choose from grow with the rows."""
    for rule in sheet.data_validations.dataValidation:
        grown = [_grown(CellRange(one.coord), last, more) for one in rule.sqref.ranges]
        rule.sqref = MultiCellRange([CellRange(one) for one in grown])
    if sheet.print_area:
        areas = [part.rpartition("!")[2].replace("$", "") for part in str(sheet.print_area).split(",")]
        sheet.print_area = ",".join(_grown(CellRange(area), last, more) for area in areas)


def _grown(one: CellRange, last: int, more: int) -> str:
    if one.min_row > last:
        one.shift(row_shift=more)
    elif one.max_row >= last:
        one.expand(down=more)
    return str(one.coord)
