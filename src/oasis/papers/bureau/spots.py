"""Finds the places to be filled: cells beside or below a label, blanks within words, boxes to tick, columns of lists."""

import re
from collections.abc import Iterator, Mapping
from typing import Any

from oasis.papers.bureau.blanks import blanks_in
from oasis.papers.bureau.bodies import body_of, headings
from oasis.papers.bureau.grid import Body, Cell, Grid, Spot, grids

CHILD, ROSTER, FIGURES = "child", "roster", "figures"
MOST_MEMBERS = 8
FAMILY = re.compile("家庭成员|家庭情况|主要成员|称谓|与.{1,4}关系")


def spots_of(told: Mapping[str, Any], kind: str) -> tuple[list[Spot], list[Body]]:
    """Give every place of a form of a kind, in reading order, and its lists."""
    found: list[Spot] = []
    bodies: list[Body] = []
    for n, text in enumerate(told["paragraphs"]):
        found += _within(f"p{n}", text)
    for grid in grids(told):
        body = body_of(grid)
        family = body if body and kind == CHILD and _family(grid, body) else None
        lists = body if body and kind != CHILD else None
        if lists:
            bodies.append(lists)
        found += _of_table(grid, kind, lists, family)
    return found, bodies


def _of_table(grid: Grid, kind: str, lists: Body | None, family: Body | None) -> Iterator[Spot]:
    held = lists or family
    for cell in grid.cells:
        if not held or not held.first <= cell.row <= held.last:
            yield from _of_cell(grid, cell, kind)
    if lists:
        for cell, head, group in headings(grid, lists):
            yield Spot(f"t{grid.at}c{cell.column}", _tidy(head), _tidy(group), listed=True)
    if family:
        yield from _members(grid, family)


def _of_cell(grid: Grid, cell: Cell, kind: str) -> Iterator[Spot]:
    key = f"t{grid.at}r{cell.row}c{cell.column}"
    if cell.blank:
        spot = _cell(grid, cell, key, kind)
        if spot is not None:
            yield spot
    elif not cell.formula:
        yield from _within(key, cell.text, _left(grid, cell))


def _family(grid: Grid, body: Body) -> bool:
    """Tell whether blank rows in the form of one child are those of its family."""
    over = [cell.text for cell in grid.cells if cell.row < body.first or cell.row <= body.first < cell.row + cell.down]
    told = [head for _cell, head, _group in headings(grid, body)]
    return body.last - body.first < MOST_MEMBERS and any(FAMILY.search(words) for words in (*told, *over[-6:]))


def _members(grid: Grid, body: Body) -> Iterator[Spot]:
    told = headings(grid, body)
    for row in range(body.first, body.last + 1):
        for cell, head, _group in told:
            own = grid.of(row, cell.column)
            if own is not None and own.blank:
                n = row - body.first + 1
                yield Spot(f"t{grid.at}r{row}c{own.column}", _tidy(head), f"家庭成员{n}", member=n)


def _cell(grid: Grid, cell: Cell, key: str, kind: str) -> Spot | None:
    """Name a blank cell by the words at its left or above it; None for a cell outside of any form."""
    left, above = _left(grid, cell), _above(grid, cell)
    over = _beyond(grid, cell)
    row_head, column_head = _row_head(grid, cell), _column_head(grid, cell)
    if kind == FIGURES and row_head and column_head and _matrix(grid, cell, column_head):
        return Spot(key, _tidy(column_head.text), _tidy(row_head.text))
    if left:
        return Spot(key, _tidy(left), over, long="年" in cell.text)
    if above:
        return Spot(key, _tidy(above), over, long="年" in cell.text)
    if row_head is None and column_head is None:
        return Spot(key, "", over) if cell.framed and cell.across * cell.down > 1 else None
    if not cell.framed:
        return None
    words = column_head or row_head
    beside = row_head if column_head else None
    return Spot(key, _tidy(words.text) if words else "", _tidy(beside.text) if beside else over)


def _left(grid: Grid, cell: Cell) -> str:
    found = grid.of(cell.row, cell.column - 1)
    return found.text if found is not None and found.label and not _wide(grid, found) else ""


def _above(grid: Grid, cell: Cell) -> str:
    found = grid.of(cell.row - 1, cell.column)
    return found.text if found is not None and found.label and not _wide(grid, found) else ""


def _wide(grid: Grid, cell: Cell) -> bool:
    return grid.columns > 2 and cell.across >= grid.columns


def _row_head(grid: Grid, cell: Cell) -> Cell | None:
    for column in range(cell.column - 1, -1, -1):
        found = grid.of(cell.row, column)
        if found is not None and found.label:
            return found
    return None


def _column_head(grid: Grid, cell: Cell) -> Cell | None:
    for row in range(cell.row - 1, -1, -1):
        found = grid.of(row, cell.column)
        if found is not None and found.label and not _wide(grid, found):
            return found
    return None


def _matrix(grid: Grid, cell: Cell, head: Cell) -> bool:
    """Tell whether a heading stands over a column of numbers: its row holds further headings."""
    pairs = sum(one.label for one in grid.starting(cell.row)) > 1
    return not pairs and head.column != 0 and sum(one.label for one in grid.starting(head.row)) >= 3


def _beyond(grid: Grid, cell: Cell) -> str:
    """Give the words that hold for several rows: a merged cell at the left, or a line over the whole width above."""
    for column in range(cell.column - 1, -1, -1):
        found = grid.of(cell.row, column)
        if found is not None and found.label and found.down > 1 and found.column + found.across < cell.column:
            return _tidy(found.text)
    for row in range(cell.row - 1, -1, -1):
        found = grid.of(row, 0)
        if found is not None and _wide(grid, found):
            return _tidy(found.text) if found.label and row > 0 and len(found.text.strip()) <= 16 else ""
    return ""


def _within(key: str, text: str, left: str = "") -> Iterator[Spot]:
    for n, blank in enumerate(blanks_in(text)):
        label = blank.label or (left if blank.ticks else "")
        yield Spot(f"{key}#{n}", _tidy(label), options=blank.options, long="年" in text[blank.start : blank.end])


def _tidy(words: str) -> str:
    """Give a label on one line; signs spaced out over the width of a cell (姓  名) come together."""
    bare = re.sub(r"\s+", "", words)
    return bare.rstrip("：:")[:40]
