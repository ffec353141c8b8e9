"""The addresses of blanks in a file: cells, blanks within their words, columns of a list. Imports nothing of the house."""

import re
from dataclasses import dataclass

KEY = re.compile(r"(?:t(\d{1,3})(?:r(\d{1,5}))?c(\d{1,3})|p(\d{1,4}))(?:#(\d{1,2}))?")


@dataclass(frozen=True)
class Address:
    """Where a blank stands: table, row and column, or a paragraph; `within` counts blanks inside its words."""

    table: int = -1
    row: int = -1
    column: int = -1
    paragraph: int = -1
    within: int = -1

    @property
    def key(self) -> str:
        """The address as it is kept: t0r3c2, t0r3c2#1, p5#0, and t0c2 for a column of a list."""
        spot = f"p{self.paragraph}" if self.paragraph >= 0 else f"t{self.table}r{self.row}c{self.column}"
        spot = f"t{self.table}c{self.column}" if self.paragraph < 0 and self.row < 0 else spot
        return f"{spot}#{self.within}" if self.within >= 0 else spot


def address(key: str) -> Address:
    """Read an address; raises ValueError for what is none."""
    hit = KEY.fullmatch(key)
    if hit is None:
        raise ValueError(key)
    table, row, column, paragraph, within = (-1 if part is None else int(part) for part in hit.groups())
    return Address(table, row, column, paragraph, within)
