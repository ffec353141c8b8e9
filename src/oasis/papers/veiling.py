"""Hides small numbers of tables that leave the school, so that no child can be told from them."""

from collections.abc import Iterable, Mapping, Sequence

from oasis.papers.reckoning import Reckoning

FEW = 5
Cell = tuple[str, str]  # of whom, and the figure: the same one in whatever table it stands
Place = tuple[int, int]  # row and column of a table
Line = tuple[tuple[Cell, ...], tuple[Cell, ...]]  # numbers that make as much together as others do
Sum = tuple[Place, tuple[Place, ...]]  # in one table: a sum and its parts
Share = tuple[tuple[Cell, ...], Cell]  # wholes and how many of them: the rest is a number of people, too
UNDER, KEPT_BACK = f"<{FEW}", "※"
EXPLAINED = f"“{UNDER}”表示有但不足{FEW}人；“{KEPT_BACK}”表示为防止推算出个人而不显示。"


def hidden(values: Mapping[Cell, int | None], lines: Iterable[Line], shares: Iterable[Share]) -> dict[Cell, str]:
    """Choose every number from 1 to 4, also one that only few are missing to, and what would give a hidden one away."""
    known = {cell: value for cell, value in values.items() if value is not None}
    lines, back = list(lines), list[Cell]()
    for wholes, part in shares:
        if {part, *wholes} <= known.keys() and 0 < (rest := sum(known[one] for one in wholes) - known[part]) < FEW:
            back += [part] if known[part] >= FEW else []
            wanting = (part[0], f"{'+'.join(code for _, code in wholes)}-{part[1]}")
            known[wanting] = rest
            lines.append((wholes, (part, wanting)))
    marks = {cell: UNDER for cell, value in known.items() if 0 < value < FEW} | dict.fromkeys(back, KEPT_BACK)
    rows = [row for line in lines if (row := _row(known, line))]
    reader = Reckoning(rows, marks)
    while fresh := _by_line(known, marks, rows) or _kept_back(known, marks, reader.given()):
        for cell in fresh:
            reader.hide(cell)
    return marks


def _row(known: Mapping[Cell, int], line: Line) -> dict[Cell, int]:
    """Write a line as one sum that makes nought; empty when it does not hold, or speaks of what is not shown."""
    row = {**dict.fromkeys(line[0], -1), **dict.fromkeys(line[1], 1)}
    holds = row.keys() <= known.keys() and not sum(n * known[cell] for cell, n in row.items())
    return {cell: n for cell, n in row.items() if known[cell]} if holds else {}


def _by_line(known: Mapping[Cell, int], marks: dict[Cell, str], rows: Iterable[Mapping[Cell, int]]) -> list[Cell]:
    """Hide one number more in each line that gives away what it hides; tells which."""
    fresh = []
    for row in rows:
        kept = [cell for cell in row if cell in marks]
        one_side = len({row[cell] for cell in kept}) == 1
        if one_side and (len(kept) == 1 or _certain([known[cell] for cell in kept])):
            fresh += _kept_back(known, marks, [cell for cell in row if cell not in marks])
    return fresh


def _kept_back(known: Mapping[Cell, int], marks: dict[Cell, str], cells: Sequence[Cell]) -> list[Cell]:
    least = sorted(cells, key=lambda cell: (known[cell], cell))[:1]
    marks |= dict.fromkeys(least, KEPT_BACK)
    return least


def _certain(values: Sequence[int]) -> bool:
    """Tell whether hidden numbers are known from what they make together, as when two under 5 make 2 or 8."""
    few = all(value < FEW for value in values)
    least, most = sum(1 if value < FEW else FEW for value in values), (FEW - 1) * len(values)
    return sum(values) == least or (few and sum(values) == most)


def columns(height: int, width: int) -> list[Sum]:
    """Give the lines of a table whose last row is the sum."""
    return [((height - 1, n), tuple((row, n) for row in range(height - 1))) for n in range(width)]


def across(height: int, whole: int, parts: Sequence[int]) -> list[Sum]:
    """Give the lines of a table in each row of which some columns add up to another."""
    return [((row, whole), tuple((row, part) for part in parts)) for row in range(height)]


def down(width: int, whole: int, parts: Sequence[int]) -> list[Sum]:
    """Give the lines of a table in each column of which some rows add up to another."""
    return [((whole, column), tuple((part, column) for part in parts)) for column in range(width)]
