"""Reading of records."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any
from uuid import UUID

from django.db.models import F, OuterRef, Q, QuerySet, Subquery

from oasis.children.models import Child
from oasis.kit.columns import Columns
from oasis.people.closed import ScopedQuerySet
from oasis.people.models import User
from oasis.people.remembered import remembered
from oasis.people.roles import Need
from oasis.people.scope import Scope
from oasis.people.together import Question, Rows
from oasis.records import sealed
from oasis.records.also import standing_for
from oasis.records.kinds import KINDS
from oasis.records.models import Record, Version

RECORD, WRITER = Columns(Record), Columns(User, only=("id", "name"))
SETTLES = Q(outcome=Record.Outcome.DONE, withdrawn=False)  # a failed contact settles nothing


@dataclass(frozen=True)
class Slice:
    """One page of a long list and the mark at which the next begins; empty when there is none."""

    rows: list[Record]
    after: str


def timeline(scope: Scope, child: Child, kind: str = "") -> ScopedQuerySet[Record]:
    """Give a child's records, newest first; confidential ones without their text."""
    rows = Record.objects.within(scope, Need.RECORD_READ).filter(
        school_id=child.school_id, child=child, withdrawn=False
    )
    if kind:
        rows = rows.filter(kind=kind)
    return rows.select_related("by").order_by("-happened_on", "-id")


def written_by_me(scope: Scope, kind: str = "") -> ScopedQuerySet[Record]:
    """Give what the person wrote about children still in reach, newest first."""
    rows = Record.objects.within(scope, Need.RECORD_WRITE).filter(by_id=scope.actor, withdrawn=False)
    if kind:
        rows = rows.filter(kind=kind)
    return rows.select_related("child", "child__klass", "child__school").order_by("-at", "-id")


def sliced(rows: ScopedQuerySet[Record], column: str, after: str = "", size: int = 20) -> Slice:
    """Cut one page out of rows ordered by `column` and id, both descending; a mark that makes no sense is left out."""
    if mark := _mark(column, after):
        moment, pk = mark
        rows = rows.filter(Q(**{f"{column}__lte": moment}) & (Q(**{f"{column}__lt": moment}) | Q(pk__lt=pk)))
    return _cut(list(rows[: size + 1]), column, size)


def _cut(found: list[Record], column: str, size: int) -> Slice:
    last = found[size - 1] if len(found) > size else None
    return Slice(found[:size], f"{getattr(last, column).isoformat()}_{last.pk}" if last else "")


def newest(scope: Scope, child: Child, kind: str, size: int) -> Slice:
    """Give the first page of a child's timeline; of the writers only the names. One query."""
    return newest_asked(scope, child, kind, size).answer()


def newest_asked(scope: Scope, child: Child, kind: str, size: int) -> Question[Slice]:
    """Ask for the same."""
    return Question(_newest, (scope, child.school_id, child.pk, kind, size), lambda rows: _first(rows, size))


def _first(rows: Rows, size: int) -> Slice:
    found, writers = [], {}
    for row in rows:
        record = RECORD.sure(row)
        if record.by_id not in writers:  # most of a child's records have one writer
            writers[record.by_id] = WRITER.sure((record.by_id, row[-1]))
        record.by = writers[record.by_id]
        found.append(record)
    return _cut(found, "happened_on", size)


@remembered
def _newest(scope: Scope, school: UUID, child: UUID, kind: str, size: int) -> QuerySet[Record, tuple[Any, ...]]:
    rows = timeline(scope, Child(pk=child, school_id=school), kind).select_related(None)
    return rows.values_list(*RECORD.paths, F("by__name"))[: size + 1]


def _mark(column: str, after: str) -> tuple[date, UUID] | None:
    moment, _, pk = after.partition("_")
    try:
        return (datetime if column == "at" else date).fromisoformat(moment), UUID(pk)
    except ValueError:
        return None


def contacted(scope: Scope, since: date) -> "QuerySet[Record, UUID]":
    """Give the ids of children with a contact of any kind that took place since a day; for use in a query."""
    kinds = [kind.code for kind in KINDS if kind.contact]
    rows = Record.objects.within(scope, Need.RECORD_READ).filter(SETTLES, kind__in=kinds, happened_on__gte=since)
    return rows.order_by().values_list("child_id", flat=True)


def readable(scope: Scope) -> ScopedQuerySet[Record]:
    """Give the records a person may open: those of children whose records may be read, and one's own."""
    own = Record.objects.within(scope, Need.RECORD_WRITE).filter(by_id=scope.actor)
    return Record.objects.within(scope, Need.RECORD_READ) | own


def correctable(scope: Scope) -> ScopedQuerySet[Record]:
    """Give the records a person may correct: one's own; those of one's class or school unless confidential."""
    own = Record.objects.within(scope, Need.RECORD_WRITE).filter(by_id=scope.actor)
    return own | Record.objects.within(scope, Need.CHILD_WRITE).filter(confidential=False)


def may_correct(scope: Scope, record: Record) -> bool:
    """Tell whether a person may correct this record."""
    return not record.withdrawn and bool(correctable(scope).filter(pk=record.pk).exists())


def reads(scope: Scope, pk: UUID) -> bool:
    """Tell whether a person reads this record."""
    return bool(readable(scope).filter(pk=pk).exists())


def openable(scope: Scope, record: Record) -> bool:
    """Tell whether a person may open this confidential record: its writer, and who reads confidential text here."""
    if record.by_id == scope.actor:
        return True
    return bool(Record.objects.within(scope, Need.CONFIDENTIAL).filter(pk=record.pk).exists())


def same_act(scope: Scope, record: Record) -> list[Record]:
    """Give the rows of the other children of one act that the person may open."""
    if record.group is None:
        return []
    rows = readable(scope).filter(group=record.group, withdrawn=False).exclude(pk=record.pk)
    return list(rows.select_related("child").order_by("child__pinyin"))


def earlier(scope: Scope, record: Record) -> list[Version]:
    """Give the earlier wordings of a readable record, newest first; sealed ones without their content."""
    found = sealed.versions(record)
    for version in found:
        if version.sealed:
            version.content = {}
    return found


@dataclass(frozen=True)
class Last:
    """A child's latest record of a kind, whatever came of it, and the latest that came about."""

    tried: Record | None = None
    done: Record | None = None


def last_of(scope: Scope, children: Iterable[Child], kind: str) -> dict[UUID, Last]:
    """Give each child's last records of a kind, and of what stands for it; a child without any is left out. One query."""
    return last_asked(scope, children, kind).answer()


def last_asked(scope: Scope, children: Iterable[Child], kind: str) -> Question[dict[UUID, Last]]:
    """Ask for the same."""
    given = (scope, tuple(child.pk for child in children), kind)
    return Question(_lasts, given, lambda rows: _last(rows, kind))


def _last(rows: Rows, kind: str) -> dict[UUID, Last]:
    found: dict[UUID, Last] = {}
    for columns in rows:
        row = RECORD.sure(columns)
        row.by = WRITER.sure((row.by_id, columns[-1]))
        found[row.child_id] = _later(found.get(row.child_id, Last()), row, kind)
    return found


def _later(last: Last, row: Record, kind: str) -> Last:
    """Put a later record to what is known; what stands for the kind is no attempt of it, and leaves older ones behind."""
    old = last.tried if last.tried and last.tried.happened_on == row.happened_on else None
    return Last(row if row.kind == kind else old, row if row.outcome == Record.Outcome.DONE else last.done)


@remembered
def _lasts(scope: Scope, children: tuple[UUID, ...], kind: str) -> QuerySet[Record, tuple[Any, ...]]:
    """The latest record of each child and the latest that came about, with who wrote it."""
    same = Record.objects.filter(school=OuterRef("school"), child=OuterRef("child"), withdrawn=False)
    newest, which = same.order_by("-happened_on", "-id").values("pk"), standing_for(kind)
    tried, done = newest.filter(kind=kind)[:1], newest.filter(which, outcome=Record.Outcome.DONE)[:1]
    rows = Record.objects.within(scope, Need.RECORD_WRITE).filter(which, child__in=children)
    rows = rows.filter(Q(pk=Subquery(tried)) | Q(pk=Subquery(done)))
    return rows.order_by("happened_on", "id").values_list(*RECORD.paths, F("by__name"))


def typed(record: Record) -> dict[str, Any]:
    """Give a record as the first values of its kind's form."""
    names = ("happened_on", "with_whom", "channel", "outcome", "summary", "next_step_on", "confidential")
    details: dict[str, Any] = record.details
    return {name: getattr(record, name) for name in names} | details
