"""One child's file, read for the page that shows it: the child, its class, its school; who cares, who helps."""

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any
from uuid import UUID

from django.db.models import F, Q, QuerySet

from oasis.children.models import CareArrangement, Child, Pairing, Person
from oasis.kit.columns import Columns
from oasis.people.closed import ScopedQuerySet
from oasis.people.remembered import remembered
from oasis.people.roles import Need
from oasis.people.scope import Scope
from oasis.people.together import Question, Rows
from oasis.places.models import Klass, School

LISTED = Columns(Child, sealed=False)
CHILD, KLASS, SCHOOL = Columns(Child), Columns(Klass, "klass"), Columns(School, "school")
ARRANGEMENT, PAIRING, CARER = Columns(CareArrangement), Columns(Pairing), Columns(Person, only=("id", "name"))
BESIDE = [*KLASS.paths, *SCHOOL.paths]


def whole(rows: ScopedQuerySet[Child]) -> QuerySet[Child, tuple[Any, ...]]:
    """Ask for children with class and school, as tuples that `made` reads."""
    return rows.values_list(*CHILD.paths, *BESIDE)


def listed(rows: ScopedQuerySet[Child]) -> QuerySet[Child, tuple[Any, ...]]:
    """Ask for the children of a list: as `whole`, but what is sealed stays closed."""
    return rows.values_list(*LISTED.paths, *BESIDE)


def made(row: tuple[Any, ...], columns: Columns[Child] = CHILD) -> Child:
    """Give the child of such a tuple, with class and school in place."""
    return _placed(columns.sure(row), row, len(columns), {})


def all_made(rows: Iterable[tuple[Any, ...]]) -> list[Child]:
    """Give the children of a list; those of one class share its row."""
    known: dict[UUID | None, tuple[Klass | None, School]] = {}
    return [_placed(LISTED.sure(row), row, len(LISTED), known) for row in rows]


def _placed(child: Child, row: tuple[Any, ...], start: int, known: dict[UUID | None, Any]) -> Child:
    klass, school = known.get(child.klass_id) or (KLASS.make(row, start), None)
    if school is None or school.pk != child.school_id:
        school = SCHOOL.sure(row, start + len(KLASS))
        if klass and klass.school_id == school.pk:
            klass.school = school
    known[child.klass_id] = klass, school
    child.klass, child.school = klass, school
    return child


def listed_by_id(scope: Scope, ids: Iterable[UUID], need: Need) -> dict[UUID, Child]:
    """Give those of these children that are in reach; what is sealed stays closed. One query."""
    return {child.pk: child for child in all_made(_these(scope, tuple(ids), need))}


@remembered
def _these(scope: Scope, ids: tuple[UUID, ...], need: Need) -> QuerySet[Child, tuple[Any, ...]]:
    return listed(Child.objects.within(scope, need).filter(pk__in=ids))


def opened(scope: Scope, pk: UUID, need: Need, *, closed: bool = False) -> Child | None:
    """Give a child in reach as `made` does, or None; `closed` leaves what is sealed shut. One query."""
    return next((made(row, LISTED if closed else CHILD) for row in _opened(scope, pk, need, closed)), None)


@remembered
def _opened(scope: Scope, pk: UUID, need: Need, closed: bool) -> QuerySet[Child, tuple[Any, ...]]:
    return (listed if closed else whole)(Child.objects.within(scope, need).filter(pk=pk))


@dataclass(frozen=True)
class Helps:
    """A pairing that runs and the name of who helps."""

    pairing: Pairing
    name: str


def helpers_asked(scope: Scope, child: Child) -> Question[list[Helps]]:
    """Ask for the pairings of a child that run today, the newest first."""
    return Question(_helpers, (scope, child.pk), _helping)


def _helping(rows: Rows) -> list[Helps]:
    found = []
    for row in rows:
        pairing = PAIRING.sure(row)
        found.append(Helps(pairing, next(name for name in (*row[len(PAIRING) :], pairing.outsider) if name)))
    return found


@remembered
def _helpers(scope: Scope, child: UUID) -> QuerySet[Pairing, tuple[Any, ...]]:
    runs = Q(to_on__isnull=True) | Q(to_on__gt=scope.on)
    rows = Pairing.objects.within(scope, Need.CHILD_READ).filter(runs, child_id=child).order_by("-from_on", "-pk")
    return rows.values_list(*PAIRING.paths, F("staff__name"), F("classmate__name"))


def arrangement_asked(scope: Scope, child: Child) -> Question[CareArrangement | None]:
    """Ask for a child's latest arrangement of care with its carer's name."""
    return Question(_arrangement, (scope, child.pk), _arranged)


def _arranged(rows: Rows) -> CareArrangement | None:
    for row in rows:
        found = ARRANGEMENT.sure(row)
        found.carer = CARER.sure((found.carer_id, row[-1]))
        return found
    return None


@remembered
def _arrangement(scope: Scope, child: UUID) -> QuerySet[CareArrangement, tuple[Any, ...]]:
    rows = CareArrangement.objects.within(scope, Need.FAMILY).filter(child_id=child).order_by("-from_on", "-pk")
    return rows.values_list(*ARRANGEMENT.paths, F("carer__name"))[:1]
