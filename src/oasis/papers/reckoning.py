"""What hidden numbers follow from the shown ones when all that adds up is solved together, as a patient reader could."""

from collections import defaultdict
from collections.abc import Hashable, Iterable, Mapping
from typing import Generic, TypeVar

PRIME = 2**61 - 1  # whole numbers only, and no fractions that grow
C = TypeVar("C", bound=Hashable)


class Reckoning(Generic[C]):
    """Sums of cells that make nought, solved for the dark ones; each solved row holds one cell that no other row does."""

    def __init__(self, rows: Iterable[Mapping[C, int]], dark: Iterable[C]) -> None:
        self.dark, self.plain = set(dark), list[dict[C, int]]()
        self.solved = dict[C, dict[C, int]]()
        self.holders: dict[C, set[C]] = defaultdict(set)
        for row in rows:
            self._add(dict(row))

    def hide(self, cell: C) -> None:
        """Take one cell more for dark."""
        self.dark.add(cell)
        for pivot, row in self.solved.items():
            if cell in row:
                self.holders[cell].add(pivot)
        touched = [row for row in self.plain if cell in row]
        self.plain = [row for row in self.plain if cell not in row]
        for row in touched:
            self._add(row)

    def given(self) -> list[C]:
        """Give the shown cells from which a dark one follows; none when nothing does."""
        for pivot, row in self.solved.items():
            if len(row) > 1 and not any(cell in self.dark for cell in row if cell != pivot):
                return [cell for cell in row if cell != pivot]
        return []

    def _add(self, row: dict[C, int]) -> None:
        for cell in [cell for cell in row if cell in self.solved]:
            _subtract(row, self.solved[cell], row[cell])
        free = [cell for cell in row if cell in self.dark]
        if not free:
            self.plain += [row] if row else []
            return
        pivot = min(free, key=lambda cell: len(self.holders[cell]))
        inverse = pow(row[pivot], -1, PRIME)
        row = {cell: n * inverse % PRIME for cell, n in row.items()}
        for holder in list(self.holders[pivot]):
            held = self.solved[holder]
            self._keep(holder, held, holds=False)
            _subtract(held, row, held[pivot])
            self._keep(holder, held)
        self.solved[pivot] = row
        self._keep(pivot, row)

    def _keep(self, pivot: C, row: Iterable[C], *, holds: bool = True) -> None:
        """Note in which solved rows each dark cell stands."""
        for cell in row:
            if cell in self.dark and cell != pivot:
                (self.holders[cell].add if holds else self.holders[cell].discard)(pivot)


def _subtract(row: dict[C, int], other: Mapping[C, int], times: int) -> None:
    """Take a row from another so many times; what becomes nought is left out."""
    for cell, n in other.items():
        left = (row.get(cell, 0) - times * n) % PRIME
        if left:
            row[cell] = left
        else:
            row.pop(cell, None)
