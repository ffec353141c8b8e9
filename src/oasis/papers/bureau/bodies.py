"""Finds the lists in a form: blank rows under one or two rows of headings, with a foot that stays."""

from collections.abc import Sequence

from oasis.kit import heads
from oasis.papers.bureau.grid import Body, Cell, Grid

LEAST_HEADS = 3


def body_of(grid: Grid) -> Body | None:
    """Give the longest run of blank rows under headings; None when there is no list in it."""
    best: Body | None = None
    row = 1
    while row < grid.rows:
        last = row - 1
        while last + 1 < grid.rows and open_row(grid, last + 1):
            last += 1
        if last >= row and _headed(grid, row) and (best is None or last - row > best.last - best.first):
            best = Body(grid.at, row, last)
        row = max(last, row) + 1
    if best is None or (best.last == best.first and not _alone(grid, best)):
        return None
    return best


def open_row(grid: Grid, row: int) -> bool:
    """Tell whether a row is there to be filled: blank but for its number or a formula, no cell reaching in or out."""
    own = grid.starting(row)
    reaching = [cell for cell in grid.cells if cell.row < row < cell.row + cell.down]
    blank = [cell for cell in own if cell.blank]
    return (
        len(blank) >= LEAST_HEADS - 1
        and not reaching
        and all(cell.down == 1 and (cell.blank or cell.formula or (cell.serial and cell is own[0])) for cell in own)
    )


def _headed(grid: Grid, row: int) -> bool:
    """Tell whether every blank of a row has a heading of its own right above."""
    own = [cell for cell in grid.starting(row) if cell.blank]
    above = [head_above(grid, cell) for cell in own]
    named = [head for head in above if head is not None]
    same = {(head.row, head.column) for head in named}
    return len(same) >= LEAST_HEADS and len(same) * 3 >= len(own) * 2


def head_above(grid: Grid, cell: Cell) -> Cell | None:
    """Give the heading right above a cell of the first row of a list."""
    found = grid.of(cell.row - 1, cell.column)
    return found if found is not None and found.label and found.across <= max(3, cell.across + 1) else None


def group_above(grid: Grid, head: Cell) -> str:
    """Give the words over a heading, where two rows of headings stand over one another."""
    over = grid.of(head.row - 1, head.column)
    if over is None or not over.label or over.across >= grid.columns * 0.7 or over.across <= head.across:
        return ""
    return over.text


def _alone(grid: Grid, body: Body) -> bool:
    """Tell whether a single blank row is a list all the same: no row of the table holds pairs of label and blank."""
    filled = [
        r for r in range(grid.rows) if r != body.first and any(c.blank for c in grid.starting(r)) and r < body.first
    ]
    told = headings(grid, body)
    return not filled and any(meaning.field == "name" for meaning in meanings(told))


def headings(grid: Grid, body: Body) -> list[tuple[Cell, str, str]]:
    """Give the blank cells of the first row of a list with their heading and the words over it."""
    found = []
    for cell in grid.starting(body.first):
        head = grid.of(body.first - 1, cell.column)
        if (cell.blank or cell.serial) and head is not None:
            found.append((cell, head.text if head.label else "", group_above(grid, head)))
    return found


def meanings(told: Sequence[tuple[Cell, str, str]]) -> list[heads.Meaning]:
    """Give what the headings of a list mean, read together."""
    return heads.meanings([head for _cell, head, _group in told], [group for _cell, _head, group in told])
