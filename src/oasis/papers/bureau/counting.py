"""The figures a form asks for, of a place in the term that runs; each class of a school where a list asks for them."""

from dataclasses import dataclass
from functools import cached_property
from uuid import UUID

from oasis.figures.behind import behind_in
from oasis.figures.book import Book
from oasis.figures.catalogue import FIGURES
from oasis.figures.numbers import Table
from oasis.figures.queries import book, periods
from oasis.figures.where import klass_place, school_place
from oasis.kit.refused import Refused
from oasis.papers.bureau.ties import Tie
from oasis.papers.places import Place
from oasis.people.scope import Scope


@dataclass
class Counts:
    """The opened book of a place."""

    scope: Scope
    opened: Book

    @cached_property
    def table(self) -> Table:
        return self.opened.table(compare=False)

    @property
    def classes(self) -> list[tuple[UUID, str]]:
        """The classes a list has a row for: those of the school, or the one class."""
        rows = self.table.rows or (self.table,)
        return [(row.place.id, row.place.name) for row in rows]

    def of(self, tie: Tie, klass: UUID | None = None) -> int | None:
        """Count what a place is tied to; None when nothing is known."""
        code = tie.field.removeprefix("figure.")
        chosen = dict(tie.chosen)
        if not chosen:
            rows = {row.place.id: row.numbers for row in self.table.rows}
            held = rows.get(klass, self.table.numbers) if klass else self.table.numbers
            return held[code].value
        if klass and self.opened.place.kind == "school":
            chosen["klass"] = str(klass)
        return behind_in(self.scope, self.opened, FIGURES.get(code).code, chosen, slice(0)).number


def counts_of(scope: Scope, place: Place) -> Counts:
    """Open the book of a place for the term that runs; raises Refused before the first term."""
    spot = klass_place(place.klass, place.school, scope.on) if place.klass else school_place(place.school)
    calendar = periods(spot, scope.on)
    period = calendar.current()
    if period is None:
        raise Refused("no-term", "还没有学期，请管理员先在设置里添加")
    return Counts(scope, book(scope, spot, period, calendar, compare=False))
