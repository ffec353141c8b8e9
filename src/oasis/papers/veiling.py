"""Hides small numbers of a table that leaves the school, so that no child can be told from it."""

from collections.abc import Sequence

FEW = 5
Cell = tuple[int, int]
Line = tuple[Cell, tuple[Cell, ...]]  # a sum and its parts
Share = tuple[Cell, Cell]  # a whole and how many of it: the rest is a number of people, too
UNDER, KEPT_BACK = f"<{FEW}", "※"
EXPLAINED = f"“{UNDER}”表示有但不足{FEW}人；“{KEPT_BACK}”表示为防止推算出个人而不显示。"


def veiled(
    rows: Sequence[Sequence[int | None]], lines: Sequence[Line], shares: Sequence[Share] = ()
) -> list[list[int | str | None]]:
    """Hide every number from 1 to 4, also one that only few are missing to, and what would give a hidden one away."""
    shown: list[list[int | str | None]] = [
        [UNDER if value is not None and 0 < value < FEW else value for value in row] for row in rows
    ]
    for (above, of), (down, across) in shares:
        whole, part = rows[above][of], rows[down][across]
        if whole is not None and part is not None and 0 < whole - part < FEW <= part:
            shown[down][across] = KEPT_BACK
    while sum(_closed(shown, line) for line in lines):  # every line is tried in each round
        pass
    return shown


def _closed(shown: list[list[int | str | None]], line: Line) -> bool:
    """Hide one number more where a line gives its only hidden part away; tells whether it had to."""
    (down, across), parts = line
    hidden = [part for part in parts if isinstance(shown[part[0]][part[1]], str)]
    if isinstance(shown[down][across], str) or len(hidden) != 1:
        return False
    others = [(value, part) for part in parts if isinstance(value := shown[part[0]][part[1]], int) and value > 0]
    row, column = min(others)[1] if others else (down, across)
    shown[row][column] = KEPT_BACK
    return True


def columns(height: int, width: int) -> list[Line]:
    """Give the lines of a table whose last row is the sum."""
    return [((height - 1, n), tuple((row, n) for row in range(height - 1))) for n in range(width)]


def across(height: int, whole: int, parts: Sequence[int]) -> list[Line]:
    """Give the lines of a table in each row of which some columns add up to another."""
    return [((row, whole), tuple((row, part) for part in parts)) for row in range(height)]


def down(width: int, whole: int, parts: Sequence[int]) -> list[Line]:
    """Give the lines of a table in each column of which some rows add up to another."""
    return [((whole, column), tuple((part, column) for part in parts)) for column in range(width)]
