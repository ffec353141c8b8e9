"""The rows of a sheet as children: titles, repeated headings, totals and notes left aside, merged cells filled down."""

import re
from collections.abc import Iterator
from dataclasses import dataclass

from oasis.intake.cleaning.klasses import KlassName, klass_in
from oasis.intake.layout import Layout
from oasis.intake.reading import Line, unpacked
from oasis.kit.heads import KNOWN, normal

FOOT = re.compile(
    r"\s*(合\s*计|总\s*计|小\s*计|共\s*计|总\s*数|总人数|共\s*\d+\s*人|填\s*表|制\s*表|审\s*核|审\s*批|校\s*长|班主任|负责人|经办人|说\s*明|填\s*报|"
    r"注\s*[:：1一]|注$|备\s*注\s*[:：]|备\s*注$|以上|以下空白|学校[(（]|单位[(（]|日期|\*?注意)"
)
Merges = tuple[tuple[int, int, int, int], ...]


@dataclass(frozen=True, slots=True)
class RowOfSheet:
    """A row that speaks of a child: its number, its cells, and the class named above it, if any."""

    number: int
    cells: list[str]
    klass: KlassName | None


class Walker:
    """Walks the pages of one sheet in order and gives the rows of children; counts what it left aside."""

    def __init__(self, layout: Layout, merges: Merges) -> None:
        self.layout = layout
        self.klass = layout.klass
        self.width = 1 + max((column.at for column in layout.columns), default=0)
        self.at = sorted(layout.fields.values())
        self.name = layout.fields["name"]
        self.id = layout.fields.get("id_number")
        self.left_aside: list[tuple[int, str]] = []
        self._starts: dict[int, list[tuple[int, int, int]]] = {}
        for r1, c1, r2, c2 in merges:
            if r2 > r1 and r2 + 1 > layout.head_to:
                self._starts.setdefault(r1 + 1, []).append((r2 + 1, c1, c2))
        self._held: list[tuple[int, int, str]] = []

    def rows(self, page: bytes) -> Iterator[RowOfSheet]:
        """Give the rows of children of one page."""
        for line in unpacked(page):
            if line.number <= self.layout.head_to:
                continue
            cells = line.cells
            if len(cells) < self.width:
                cells += [""] * (self.width - len(cells))
            if self._starts or self._held:
                self._fill(line.number, cells)
            if self._speaks_of_a_child(line):
                yield RowOfSheet(line.number, cells, self.klass)

    def _fill(self, number: int, cells: list[str]) -> None:
        """Repeat the text of cells merged downwards: a class name often stands once beside all its children."""
        if self._held:
            self._held = [held for held in self._held if held[0] >= number]
            for _until, at, text in self._held:
                if at < len(cells) and not cells[at]:
                    cells[at] = text
        for until, first, last in self._starts.pop(number, ()):
            self._held += [(until, at, cells[at]) for at in range(first, min(last + 1, len(cells))) if cells[at]]

    def _speaks_of_a_child(self, line: Line) -> bool:
        cells = line.cells
        name = cells[self.name].strip()
        if name and self.id is not None and len(cells[self.id]) >= 15:
            return True
        filled = sum(1 for at in self.at if cells[at].strip())
        first = next((cell for cell in cells if cell.strip()), "")
        if name and normal(name) in KNOWN and filled > 1:
            return False
        if self._is_child(name, filled, first):
            return True
        if first:
            self._leave(line, first)
        return False

    def _is_child(self, name: str, filled: int, first: str) -> bool:
        if not name:
            return filled >= 2 and not FOOT.match(first)
        foot = FOOT.match(name) or (FOOT.match(first) and filled <= 3) or (filled == 1 and klass_in(name))
        return not foot and (filled > 1 or len(name) <= 10)

    def _leave(self, line: Line, first: str) -> None:
        """Note a line that is no child; a class named in it holds for the rows below."""
        if found := klass_in(first):
            self.klass = found
        if len(self.left_aside) < 200:
            self.left_aside.append((line.number, first.strip()[:60]))
