"""Reading of figures: open a Book for a place and a period, then ask it for tables, single numbers and their lists.

    period = periods(place, today).current()
    made = table(scope, place, period)              -> Table: .numbers["left"].value, .rows for the classes of a school
    one = figure(scope, "covered-visit", place, period)  -> Number: value, before, among, share
    found = behind(scope, "lacking-visit", place, period)  -> Behind: .children or .records, and len(found) == the value

Numbers carry plain values and codes only: a paper keeps (code, place.code, period.code) and finds the list again with
`place_in_reach(scope, place)` and `Calendar(place.school, today).period(period)`.
"""

from collections import defaultdict
from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from datetime import date
from uuid import UUID

from oasis.children.completeness import PARTS
from oasis.children.models import Child
from oasis.figures import own_figures
from oasis.figures.book import Book, Kept, Number, Row, Table, written
from oasis.figures.catalogue import FIGURES, Figure
from oasis.figures.cuts import CUTS
from oasis.figures.entry import CHILDREN, OWN, SUM, TIMES
from oasis.figures.facts import DONE, Fact
from oasis.figures.freezing import unpack
from oasis.figures.models import Snapshot
from oasis.figures.own import Deed
from oasis.figures.sources import OTHERS, Act, Mark, load
from oasis.figures.where import Calendar, Period, Place, must_reach
from oasis.kit.pinyin import spelled
from oasis.people.closed import ScopedQuerySet
from oasis.people.models import User
from oasis.people.roles import Need
from oasis.people.scope import Scope
from oasis.records.kinds import UNCOUNTED
from oasis.records.models import Record

__all__ = [
    "Behind",
    "Book",
    "Helper",
    "Number",
    "Row",
    "Table",
    "behind",
    "book",
    "figure",
    "helpers",
    "periods",
    "table",
]
WHOLE = slice(None)


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
class Time:
    """A row of daily life and the child it is about."""

    child: Child
    mark: Mark


@dataclass(frozen=True)
class Behind:
    """What a number stands on: children, records, rows of daily life or of the school's own work, with the number itself."""

    figure: Figure
    number: int | None
    children: list[Child] = field(default_factory=list)
    records: list[Record] = field(default_factory=list)
    times: list[Time] = field(default_factory=list)
    deeds: list[Deed] = field(default_factory=list)
    notes: dict[UUID, str] = field(default_factory=dict)  # what a child's file lacks
    hidden: int = 0  # of a closed term: what the number counts and the list cannot show any more

    @property
    def shown(self) -> str:
        """The number as it is written."""
        return written(self.number, self.figure.unit)

    def __len__(self) -> int:
        if self.figure.counts in (TIMES, SUM):
            return sum(int(one.mark.code) for one in self.times) if self.figure.counts == SUM else len(self.times)
        if self.figure.counts == OWN:
            return own_figures.summed(self.figure, self.deeds)
        if self.figure.counts == "acts":
            return len({record.group or record.pk for record in self.records})
        return len(self.records if self.figure.counts == "parts" else self.children)


def behind(
    scope: Scope, code: str, place: Place, period: Period, chosen: Mapping[str, str] | None = None, part: slice = WHOLE
) -> Behind:
    """Give what a figure counts; `chosen` narrows it to a cell (cut: value), `part` asks for some of the rows."""
    must_reach(scope, place, Need.NAMES)
    return behind_in(scope, book(scope, place, period, compare=False), code, chosen or {}, part)


def behind_in(scope: Scope, opened: Book, code: str, chosen: Mapping[str, str], part: slice = WHOLE) -> Behind:
    """Give what a figure of an open book counts, as far as the scope may see names and records."""
    entry = FIGURES.get(code)
    if entry.counts == OWN:
        return _own(opened, entry, part)
    if opened.untold(entry):
        return Behind(entry, None)
    held = opened.held(entry, chosen)
    if entry.counts in (TIMES, SUM):
        return _times(scope, opened, entry, held, part)
    if entry.counts == CHILDREN:
        known = opened.compared or not entry.compares
        rows = _children(scope, [fact.child for fact in held])
        notes = {fact.child: _lacks(fact) for fact in held if fact.lacks and entry.group == "files"}
        hidden = len(held) - rows.count() if opened.kept and known else 0
        children = list(rows[part]) if known else []
        return Behind(entry, len(held) if known else None, children=children, notes=notes, hidden=hidden)
    acts = [act for fact in held for act in fact.acts if _counted(entry, act)]
    number = len({act.group or n for n, act in enumerate(acts)}) if entry.counts == "acts" else len(acts)
    found = _records(scope, entry, [fact.child for fact in held], opened.period)
    if opened.kept:
        found = found.filter(at__lte=opened.kept.at)
    hidden = max(0, number - _length(entry, found)) if opened.kept else 0
    return Behind(entry, number, records=list(found[part]), hidden=hidden)


def _own(opened: Book, entry: Figure, part: slice) -> Behind:
    number = (
        None if opened.untold(entry) else own_figures.counted(entry, opened.sources.own, opened.place, opened.period)
    )
    deeds = own_figures.behind(entry, opened.sources.own, opened.place, opened.period) if number else []
    return Behind(entry, number, deeds=deeds[part])


def _times(scope: Scope, opened: Book, entry: Figure, held: list[Fact], part: slice) -> Behind:
    rows = [(mark, fact.child) for fact in held for key, mark in fact.times if key == entry.kind]
    rows.sort(key=lambda row: (row[0].from_on, row[1], row[0].code), reverse=True)
    number = sum(int(mark.code) for mark, _ in rows) if entry.counts == SUM else len(rows)
    known = {child.pk: child for child in _children(scope, list({child for _, child in rows}))}
    shown = [Time(known[child], mark) for mark, child in rows if child in known]
    return Behind(entry, number, times=shown[part], hidden=len(rows) - len(shown))


def _length(entry: Figure, found: ScopedQuerySet[Record]) -> int:
    """Count a list of records as its figure does: one for each act, or one for each child of it."""
    if entry.counts == "acts":
        return len({group or pk for group, pk in found.order_by().values_list("group", "pk")})
    return found.count()


def _counted(entry: Figure, act: Act) -> bool:
    return (act.outcome != DONE) == entry.failed and entry.kind in ("", act.kind)


def _lacks(fact: Fact) -> str:
    return "缺：" + "；".join(part.label for part in PARTS if part.code in fact.lacks)


def _children(scope: Scope, ids: list[UUID]) -> ScopedQuerySet[Child]:
    rows = Child.objects.within(scope, Need.NAMES).filter(pk__in=ids).select_related("klass", "school")
    return rows.order_by("klass__stage", "-klass__entry_year", "klass__number", "pinyin", "pk")


def _records(scope: Scope, entry: Figure, ids: list[UUID], period: Period) -> ScopedQuerySet[Record]:
    rows: ScopedQuerySet[Record] = Record.objects.within(scope, Need.RECORD_READ).filter(
        child_id__in=ids, happened_on__range=(period.starts, period.ends), withdrawn=False
    )
    rows = rows.exclude(outcome=DONE) if entry.failed else rows.filter(outcome=DONE)
    rows = rows.filter(kind=entry.kind) if entry.kind else rows.exclude(kind__in=UNCOUNTED)
    return rows.select_related("child", "child__klass", "child__school", "by").order_by("-happened_on", "-pk")


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
