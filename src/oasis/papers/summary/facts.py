"""What a summary may say: the figures of a place and a period, each ready to be cited."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import timedelta
from functools import cached_property

from oasis.figures.book import Book
from oasis.figures.numbers import Number, Table
from oasis.figures.queries import book
from oasis.figures.where import WINDOWS, Calendar, Period, Place, klass_place, place_in_reach, school_place
from oasis.papers.models import Draft
from oasis.papers.wording import Cited
from oasis.people.roles import Need
from oasis.people.scope import Scope

PARTS = ("covered", "owed", "lacking")


@dataclass(frozen=True)
class Stretch:
    """A part of the period, such as a month or a visit window, and what was reached in it."""

    label: str
    done: Cited
    due: Cited
    lacking: Cited
    over: bool


class Facts:
    """The figures behind one summary; the voice is the class's or the school's."""

    def __init__(self, opened: Book, scope: Scope | None = None) -> None:
        self.book, self.scope = opened, scope
        self.place, self.period = opened.place, opened.period

    @cached_property
    def table(self) -> Table:
        """All figures, with the period before beside them."""
        return self.book.table()

    @property
    def whole(self) -> bool:
        """Tell whether the summary is the school's."""
        return self.place.kind == "school"

    @property
    def we(self) -> str:
        return "我校" if self.whole else "我班"

    @property
    def when(self) -> str:
        return "本学年" if self.period.code.startswith("y") else "本学期"

    @property
    def last(self) -> str:
        return "上学年" if self.period.code.startswith("y") else "上学期"

    def number(self, code: str) -> Number:
        """Give a figure with its share and the value before."""
        return self.table[code]

    def value(self, code: str) -> int:
        """Give a value for counting with; an unknown one counts as nought."""
        return self.number(code).value or 0

    def cited(self, code: str, label: str = "") -> Cited:
        """Give a figure as a text cites it."""
        found = self.number(code)
        return Cited(code, label or found.label, found.value, found.unit, self.place.code, self.period.code)

    def before(self, code: str) -> int | None:
        """Give the value of the period before, None when it is not known."""
        return self.number(code).before

    @cached_property
    def windows(self) -> list[Period]:
        """The visit windows of the term that have begun; none for a year."""
        return self.book.calendar.windows(self.period)

    @cached_property
    def months(self) -> list[Period]:
        """The months of which at least two weeks lie in the term; a year is not told month by month."""
        if self.period.code.startswith("y"):
            return []
        term = self.period
        return [
            month
            for month in self.book.calendar.months(term)
            if min(month.ends, term.ends) - max(month.starts, term.starts) >= timedelta(days=13)
        ]

    def visits(self) -> list[Stretch]:
        """Give the three visits of a term, each with whom it reached."""
        labels = [WINDOWS[number] for number in range(1, len(self.windows) + 1)]
        return self._stretches("visit", self.windows, labels)

    def monthly(self, coverage: str) -> list[Stretch]:
        """Give the months of a term, each with whom a monthly duty reached."""
        return self._stretches(coverage, self.months, [f"{month.starts.month}月" for month in self.months])

    def _stretches(self, coverage: str, periods: list[Period], labels: Sequence[str]) -> list[Stretch]:
        made = []
        for label, period in zip(labels, periods, strict=True):
            found = self.series[period.code]
            codes = [f"{part}-{coverage}" for part in PARTS]
            cited = [Cited(code, label, found[code], "人", self.place.code, period.code) for code in codes]
            made.append(Stretch(label, cited[0], cited[1], cited[2], over=not period.running))
        return made

    @cached_property
    def series(self) -> dict[str, dict[str, int]]:
        """The coverage figures of every window and month: period, then figure."""
        codes = tuple(f"{part}-{name}" for name in ("visit", "parents", "carer") for part in PARTS)
        periods = self.windows + self.months
        found = self.book.series(periods, codes)
        return {period.code: {code: found[code][place] for code in codes} for place, period in enumerate(periods)}

    def present(self, code: str, period: str) -> int | None:
        """Give what a cited figure is today, also one of a month or a window; None when it can no longer be told."""
        if period == self.period.code:
            return self.table[code].value if code in self.table.numbers else None
        return self.series.get(period, {}).get(code)


def facts_of(scope: Scope, draft: Draft) -> Facts:
    """Open the figures of a draft within the scope; raises Refused when the place is out of reach."""
    return open_facts(scope, place_of_draft(draft, scope), draft.period)


def place_of_draft(draft: Draft, scope: Scope) -> Place:
    """Give the place of a draft as figures know it."""
    return klass_place(draft.klass, draft.school, scope.on) if draft.klass else school_place(draft.school)


def open_facts(scope: Scope, place: Place, period: str) -> Facts:
    """Open the figures of a place and a period; raises Refused when the place is out of reach."""
    place = place_in_reach(scope, place.code, Need.SUMMARY)
    calendar = Calendar(place.school, scope.on)
    return Facts(book(scope, place, calendar.period(period), calendar), scope)
