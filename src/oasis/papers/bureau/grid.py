"""What stands in a form: tables of cells, paragraphs, and the places to be filled, each with the words beside it."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from typing import Any

from oasis.papers.bureau.blanks import empty


@dataclass(frozen=True)
class Cell:
    """A cell with its span; merged cells are one."""

    row: int
    column: int
    down: int
    across: int
    text: str
    framed: bool

    @property
    def blank(self) -> bool:
        """Tell whether it is there to be written in."""
        return empty(self.text)

    @property
    def label(self) -> bool:
        """Tell whether its words may name what belongs beside or below it."""
        bare = "".join(self.text.split())
        return bool(bare) and not self.blank and len(bare) <= 40 and not self.formula and not bare.isascii()

    @property
    def formula(self) -> bool:
        """Tell whether the form counts it by itself."""
        return self.text.startswith("=")

    @property
    def serial(self) -> bool:
        """Tell whether it only numbers its row."""
        return self.text.strip().isdigit() and len(self.text.strip()) <= 4


@dataclass(frozen=True)
class Grid:
    """A table or sheet."""

    at: int
    name: str
    rows: int
    columns: int
    cells: tuple[Cell, ...]
    held: dict[tuple[int, int], Cell] = field(default_factory=dict)

    def of(self, row: int, column: int) -> Cell | None:
        """Give the cell that covers a place."""
        return self.held.get((row, column))

    def starting(self, row: int) -> list[Cell]:
        """Give the cells that begin in a row."""
        return [cell for cell in self.cells if cell.row == row]


def grids(told: Mapping[str, Any]) -> list[Grid]:
    """Make the tables of what the process apart has read."""
    made = []
    for at, table in enumerate(told["tables"]):
        cells = tuple(Cell(*cell) for cell in table["cells"])
        grid = Grid(at, table["name"], table["rows"], table["columns"], cells)
        for cell in cells:
            for row, column in _covered(cell):
                grid.held.setdefault((row, column), cell)
        made.append(grid)
    return made


def _covered(cell: Cell) -> Iterator[tuple[int, int]]:
    for row in range(cell.row, cell.row + cell.down):
        for column in range(cell.column, cell.column + cell.across):
            yield row, column


@dataclass(frozen=True)
class Body:
    """The rows of a list to be filled one by one: their first and last, and the rows of headings above."""

    table: int
    first: int
    last: int


@dataclass(frozen=True)
class Spot:
    """A place to be filled: its address, the words beside it and over those, boxes to tick, and the guess."""

    key: str
    label: str
    group: str = ""
    options: tuple[str, ...] = ()
    long: bool = False  # the blank of a date in a line of words
    member: int = 0  # the n-th row of a list of the family
    listed: bool = False  # a column of a list, filled once for each row
    guess: str = ""
    cut: str = ""
    by_hand: bool = False

    @property
    def words(self) -> str:
        """Name the place as a person finds it on the form."""
        label = self.label or "（没有标题的格子）"
        return f"{self.group} · {label}" if self.group and self.group != self.label else label
