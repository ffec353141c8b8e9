"""Reading of figures: open a Book for a place and a period, then ask it for tables, single numbers and their lists.

    period = periods(place, today).current()
    made = table(scope, place, period)              -> Table: .numbers["left"].value, .rows for the classes of a school
    one = figure(scope, "covered-visit", place, period)  -> Number: value, before, among, share
    found = behind(scope, "lacking-visit", place, period)  -> Behind: .children or .records, and len(found) == the value

Numbers carry plain values and codes only: a paper keeps (code, place.code, period.code) and finds the list again with
`place_in_reach(scope, place)` and `Calendar(place.school, today).period(period)`.
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from datetime import date
from functools import cached_property
from uuid import UUID

from oasis.children.models import Child
from oasis.figures.catalogue import FIGURES, Figure
from oasis.figures.cuts import CUTS, Cross, cross, kept
from oasis.figures.facts import DONE, Fact, facts
from oasis.figures.sources import Act, Sources, load
from oasis.figures.where import Calendar, Period, Place, place_in_reach
from oasis.people.closed import ScopedQuerySet
from oasis.people.roles import Need
from oasis.people.scope import Scope
from oasis.records.models import Record


@dataclass(frozen=True)
class Number:
    """A figure with its value. `before` is the value of the period before, `among` that of the figure it is a share of;
    each is None when nothing is known."""

    code: str
    label: str
    unit: str
    value: int | None
    place: str
    period: str
    before: int | None = None
    among: int | None = None
    gap: bool = False

    @property
    def change(self) -> int | None:
        """How much more or less than in the period before."""
        return None if self.value is None or self.before is None else self.value - self.before

    @property
    def share(self) -> float | None:
        """The part of the whole, 0 to 1; None when the whole is empty."""
        return self.value / self.among if self.value is not None and self.among else None


@dataclass(frozen=True)
class Row:
    """The figures of one place."""

    place: Place
    numbers: dict[str, Number]

    def __getitem__(self, code: str) -> Number:
        return self.numbers[code]


@dataclass(frozen=True)
class Table(Row):
    """The figures of a place in a period and, for a school, of each of its classes. `frozen` names the snapshot."""

    period: Period
    rows: tuple[Row, ...] = ()


@dataclass(frozen=True)
class Behind:
    """What a number stands on: children or records, with the number itself for comparison."""

    figure: Figure
    number: int | None
    children: list[Child] = field(default_factory=list)
    records: list[Record] = field(default_factory=list)

    def __len__(self) -> int:
        if self.figure.counts == "acts":
            return len({record.group or record.pk for record in self.records})
        return len(self.records if self.figure.counts == "parts" else self.children)


Values = dict[str, int]


def tally(found: Iterable[Fact]) -> Values:
    """Count every figure over the facts of one place."""
    everyone = list(found)
    values = {f.code: sum(map(f.whom, everyone)) for f in FIGURES if f.counts == "children"}
    parts: dict[tuple[str, bool], int] = {}
    acts: dict[str, set[UUID]] = {}
    for act in (act for fact in everyone if fact.cared for act in fact.acts):
        failed = act.outcome != DONE
        parts[act.kind, failed] = parts.get((act.kind, failed), 0) + 1
        parts["", failed] = parts.get(("", failed), 0) + 1
        if not failed:
            acts.setdefault(act.kind, set()).add(act.act)
    for f in FIGURES:
        if f.counts == "parts":
            values[f.code] = parts.get((f.kind, f.failed), 0)
        elif f.counts == "acts":
            values[f.code] = len(acts.get(f.kind, ()))
    return values


class Book:
    """A place's sources, opened once; every figure, table, division and series of one page comes from it."""

    def __init__(self, place: Place, period: Period, sources: Sources, calendar: Calendar) -> None:
        self.place, self.period, self.sources, self.calendar = place, period, sources, calendar

    @cached_property
    def facts(self) -> list[Fact]:
        """The facts of the period."""
        return list(facts(self.sources, self.period))

    @cached_property
    def compared(self) -> bool:
        """Tell whether the files reach back to the day compared with."""
        return self.sources.known(self.period.ref)

    @cached_property
    def earlier(self) -> Period | None:
        """The period before, when the files reach back to it."""
        before = self.calendar.period(self.period.before) if self.period.before else None
        return before if before and self.sources.known(before.as_at) else None

    def row(self, place: Place, found: Iterable[Fact], before: Iterable[Fact] | None) -> Row:
        """Make the figures of one place from its facts now and in the period before."""
        now, past = tally(found), tally(before) if before is not None else None
        return Row(place, {f.code: self._number(f, place, now, past) for f in FIGURES})

    def _number(self, figure: Figure, place: Place, now: Values, past: Values | None) -> Number:
        known = self.compared or not figure.compares
        return Number(
            figure.code, figure.label, figure.unit, now[figure.code] if known else None, place.code, self.period.code,
            before=past[figure.code] if past is not None and not figure.compares else None,
            among=now.get(figure.among), gap=figure.gap,
        )  # fmt: skip

    def table(self, compare: bool = True) -> Table:
        """Make the table of the place; a school's has a row for each class."""
        past = list(facts(self.sources, self.earlier)) if compare and self.earlier else None
        whole = self.row(self.place, self.facts, past)
        rows = tuple(
            self.row(place, _of(self.facts, place), _of(past, place) if past is not None else None)
            for place in self.classes
        )
        return Table(self.place, whole.numbers, self.period, rows)

    @cached_property
    def classes(self) -> list[Place]:
        """The classes of a school that had a child in the period, lowest grade first; none for a class."""
        if self.place.kind != "school":
            return []
        found = {fact.klass: fact.grade for fact in self.facts if fact.here and fact.klass}
        names = {key: self.sources.grades[key][0] for key in found if key in self.sources.grades}
        order = sorted(names, key=lambda key: (found[key], names[key]))
        return [Place("klass", key, names[key], self.place.school, self.place.school_name) for key in order]

    def cross(self, code: str, down: str, across: str) -> Cross:
        """Divide a figure of children two ways."""
        whom = FIGURES.get(code).whom
        return cross((fact for fact in self.facts if whom(fact)), code, CUTS.get(down), CUTS.get(across))

    def series(self, periods: list[Period], codes: tuple[str, ...]) -> dict[str, list[int]]:
        """Give figures over several periods inside this one: its months, its visit windows."""
        found = [tally(facts(self.sources, period)) for period in periods]
        return {code: [values[code] for values in found] for code in codes}

    def behind(self, scope: Scope, code: str, chosen: Mapping[str, str]) -> Behind:
        """Give what a figure stands on, as far as the scope may see names and records."""
        entry = FIGURES.get(code)
        held = self.held(entry, chosen)
        if entry.counts == "children":
            known = self.compared or not entry.compares
            children = _children(scope, [fact.child for fact in held]) if known else []
            return Behind(entry, len(held) if known else None, children=children)
        acts = [act for fact in held for act in fact.acts if _counted(entry, act)]
        number = len({act.act for act in acts}) if entry.counts == "acts" else len(acts)
        return Behind(entry, number, records=_records(scope, entry, [fact.child for fact in held], self.period))

    def held(self, figure: Figure, chosen: Mapping[str, str]) -> list[Fact]:
        """Give the facts behind a figure, narrowed to one cell of a division."""
        return [fact for fact in self.facts if figure.whom(fact) and kept(fact, chosen)]


def _of(found: Iterable[Fact], place: Place) -> list[Fact]:
    return [fact for fact in found if fact.klass == place.id]


def periods(place: Place, today: date) -> Calendar:
    """Give the calendar of the place's school: its terms, years, months and visit windows."""
    return Calendar(place.school, today)


def book(scope: Scope, place: Place, period: Period, calendar: Calendar | None = None, *, compare: bool = True) -> Book:
    """Open the book of a place in reach; raises Refused when it is not. Seven queries, and one for the calendar."""
    calendar = calendar or Calendar(place.school, scope.on)
    earlier = calendar.period(period.before) if compare and period.before else None
    since = min(period.ref, earlier.as_at) if earlier else period.ref
    recorded = earlier.starts if earlier else period.starts
    sources = load(scope, place, since=since, until=max(period.ends, scope.on), recorded=(recorded, period.ends))
    return Book(place, period, sources, calendar)


def table(scope: Scope, place: Place, period: Period) -> Table:
    """Give all figures of a place in a period, with the period before beside them."""
    return book(scope, place_in_reach(scope, place.code), period).table()


def figure(scope: Scope, code: str, place: Place, period: Period) -> Number:
    """Give one figure; raises KeyError for an unknown code."""
    return table(scope, place, period).numbers[code]


def behind(scope: Scope, code: str, place: Place, period: Period, chosen: Mapping[str, str] | None = None) -> Behind:
    """Give the children or records a figure counts; `chosen` narrows it to a cell. Asks for the need to see names."""
    place_in_reach(scope, place.code, Need.NAMES)
    return book(scope, place, period, compare=False).behind(scope, code, chosen or {})


def _counted(entry: Figure, act: Act) -> bool:
    return (act.outcome != DONE) == entry.failed and entry.kind in ("", act.kind)


def _children(scope: Scope, ids: list[UUID]) -> list[Child]:
    rows = Child.objects.within(scope, Need.NAMES).filter(pk__in=ids).select_related("klass")
    return list(rows.order_by("klass__stage", "-klass__entry_year", "klass__number", "pinyin"))


def _records(scope: Scope, entry: Figure, ids: list[UUID], period: Period) -> list[Record]:
    rows: ScopedQuerySet[Record] = Record.objects.within(scope, Need.RECORD_READ).filter(
        child_id__in=ids, happened_on__range=(period.starts, period.ends), withdrawn=False
    )
    rows = rows.exclude(outcome=DONE) if entry.failed else rows.filter(outcome=DONE)
    if entry.kind:
        rows = rows.filter(kind=entry.kind)
    return list(rows.select_related("child", "child__klass", "by").order_by("-happened_on", "-pk"))
