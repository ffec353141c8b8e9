"""What a number stands on: the children, records or rows that a figure counts, as far as the scope may see them.

found = behind(scope, "lacking-visit", place, period)  -> Behind: .children or .records, and len(found) == the value
"""

from collections.abc import Mapping
from dataclasses import dataclass, field
from uuid import UUID

from oasis.children.completeness import PARTS
from oasis.children.models import Child
from oasis.figures import own_figures
from oasis.figures.book import Book
from oasis.figures.catalogue import FIGURES, Figure
from oasis.figures.entry import CHILDREN, OWN, SUM, TIMES
from oasis.figures.facts import DONE, Fact
from oasis.figures.numbers import written
from oasis.figures.own import Deed
from oasis.figures.queries import book
from oasis.figures.sources import Act, Mark
from oasis.figures.where import Period, Place, must_reach
from oasis.people.closed import ScopedQuerySet
from oasis.people.roles import Need
from oasis.people.scope import Scope
from oasis.records.kinds import UNCOUNTED
from oasis.records.models import Record

WHOLE = slice(None)


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
