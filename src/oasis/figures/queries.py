"""Reading of figures: open a Book for a place and a period, then ask it for tables, single numbers and divisions.

    period = periods(place, today).current()
    made = table(scope, place, period)              -> Table: .numbers["left"].value, .rows for the classes of a school
    one = figure(scope, "covered-visit", place, period)  -> Number: value, before, among, share

What a number stands on is in behind.py.

Numbers carry plain values and codes only: a paper keeps (code, place.code, period.code) and finds the list again with
`place_in_reach(scope, place)` and `Calendar(place.school, today).period(period)`.
"""

from collections import defaultdict
from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import date

from oasis.figures.book import Book
from oasis.figures.catalogue import FIGURES
from oasis.figures.cuts import CUTS
from oasis.figures.facts import Fact
from oasis.figures.freezing import unpack
from oasis.figures.loading import load
from oasis.figures.models import Snapshot
from oasis.figures.numbers import Kept, Number, Table
from oasis.figures.sources import OTHERS
from oasis.figures.where import Calendar, Period, Place, must_reach
from oasis.kit.pinyin import spelled
from oasis.people.models import User
from oasis.people.scope import Scope


def periods(place: Place, today: date) -> Calendar:
    """Give the calendar of the place's school: its terms, years, months and visit windows."""
    return Calendar(place.school, today)


def book(scope: Scope, place: Place, period: Period, calendar: Calendar | None = None, *, compare: bool = True) -> Book:
    """Open the book of a place; a closed term's as it was kept. Raises Refused when the place is out of reach."""
    must_reach(scope, place)
    calendar = calendar or Calendar(place.school, scope.on)
    earlier = calendar.period(period.before) if compare and period.before else None
    found = _kept(place, [one for one in (period, earlier) if one])
    if period.code not in found:
        before = _told(found.get(earlier.code)) if earlier else None
        return book_of_today(scope, place, period, calendar, compare=compare and before is None, kept_before=before)
    kept = found[period.code]
    return Book(
        place, replace(period, as_at=kept.on), unpack(bytes(kept.facts), place), calendar, kept=_told(kept),
        kept_before=_told(found.get(earlier.code)) if earlier else None,
    )  # fmt: skip


def book_of_today(
    scope: Scope, place: Place, period: Period, calendar: Calendar, *, compare: bool = True, kept_before: Kept | None = None
) -> Book:  # fmt: skip
    """Open the book from the files and records as they are now, closed or not. Six queries."""
    earlier = calendar.period(period.before) if compare and period.before else None
    sources = load(
        scope, place, named_on=period.as_at, since=min(period.ref, earlier.as_at) if earlier else period.ref,
        until=max(period.ends, scope.on), recorded=(earlier.starts if earlier else period.starts, period.ends),
    )  # fmt: skip
    return Book(place, period, sources, calendar, kept_before=kept_before)


def _kept(place: Place, periods: list[Period]) -> dict[str, Snapshot]:
    """Give the newest snapshot of each of these periods that is a closed term."""
    codes = {one.term: one.code for one in periods if one.term and one.code.startswith("t") and "v" not in one.code}
    rows = Snapshot.objects.everywhere(why="numbers of a place in reach; lists behind them are read within the scope")
    return {codes[one.term_id]: one for one in rows.filter(term__in=codes).order_by("number").defer("facts")}


def _told(kept: Snapshot | None) -> Kept | None:
    """Give what a closed term kept; an older program told nobody apart whose first word it was."""
    if kept is None:
        return None
    values = {place: {"begun": 0, **row} for place, row in kept.values.items()}
    return Kept(values, kept.on, kept.at, kept.number, kept.reason)


def table(scope: Scope, place: Place, period: Period) -> Table:
    """Give all figures of a place in a period, with the period before beside them."""
    return book(scope, place, period).table()


def figure(scope: Scope, code: str, place: Place, period: Period) -> Number:
    """Give one figure; raises KeyError for an unknown code."""
    return table(scope, place, period).numbers[code]


@dataclass(frozen=True)
class Helper:
    """A member of staff and the load: left-behind children paired with, key ones among them, those without a record."""

    id: str
    name: str
    children: int
    key: int
    untouched: int


def helpers(opened: Book) -> list[Helper]:
    """Give the load of everybody paired with a left-behind child, by name: a help to plan, not a ranking."""
    held: dict[str, list[Fact]] = defaultdict(list)
    for fact in opened.facts:
        for helper in fact.helpers - OTHERS if fact.counted else ():
            held[helper].append(fact)
    names = User.objects.filter(pk__in=held).values_list("pk", "name")
    made = [
        Helper(
            str(pk),
            name,
            len(own),
            sum(fact.key for fact in own),
            sum(FIGURES.get("untouched").holds(fact) for fact in own),
        )
        for pk, name in names
        for own in (held[str(pk)],)
    ]
    return sorted(made, key=lambda helper: spelled(helper.name).full)


def cells_in_words(opened: Book, chosen: Mapping[str, str]) -> list[str]:
    """Say which cells a list was narrowed to: 年级：三年级."""
    said = []
    for code, value in chosen.items():
        cut = CUTS.get(code)
        label = dict(cut.values).get(value, "")
        if code == "helper":
            label = {one.id: one.name for one in helpers(opened)}.get(value, "")
        elif code == "klass":
            label = {str(place.id): place.name for place in opened.classes}.get(value, "")
        said.append(f"{cut.label}：{label or '未知'}")
    return said
