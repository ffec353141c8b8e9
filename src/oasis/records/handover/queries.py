"""Reading hand-overs: what waits here, what was sent, what came with a child."""

from typing import Any
from uuid import UUID

from django.db.models import QuerySet

from oasis.children.models import Child
from oasis.kit.columns import Columns
from oasis.people.closed import ScopedQuerySet
from oasis.people.remembered import remembered
from oasis.people.roles import Need
from oasis.people.scope import Scope
from oasis.people.together import Question, whether
from oasis.places.models import School
from oasis.records.models import Carried, HandOver

CARRIED = Columns(Carried)


def waiting(scope: Scope) -> list[HandOver]:
    """Give what waits to be taken in."""
    return list(_waiting(scope).order_by("at"))


def arriving(scope: Scope) -> Question[bool]:
    """Ask whether anything waits to be taken in."""
    return whether(_any_waiting, scope)


@remembered
def _any_waiting(scope: Scope) -> QuerySet[HandOver, tuple[UUID]]:
    return _waiting(scope).order_by().values_list("pk")[:1]


def _waiting(scope: Scope) -> ScopedQuerySet[HandOver]:
    return HandOver.objects.within(scope, Need.LAW).filter(outgoing=False, state=HandOver.State.WAITING)


def past(scope: Scope) -> list[HandOver]:
    """Give the other hand-overs of one's schools, the latest first."""
    rows = HandOver.objects.within(scope, Need.LAW).exclude(outgoing=False, state=HandOver.State.WAITING)
    return list(rows.select_related("by")[:100])


def one(scope: Scope, pk: UUID) -> HandOver | None:
    """Give one in reach."""
    return HandOver.objects.within(scope, Need.LAW).filter(pk=pk).select_related("other_school", "school").first()


def schools_beside(child: Child) -> list[School]:
    """Give the other schools of this database, those of the same place first."""
    rows = list(School.objects.exclude(pk=child.school_id).order_by("name"))
    region = School.objects.values_list("region", flat=True).get(pk=child.school_id)
    return sorted(rows, key=lambda school: (school.region_id != region, school.name))


def carried(scope: Scope, child: Child) -> list[Carried]:
    """Give what came with a child from its former school, the latest first."""
    return [CARRIED.sure(row) for row in _carried(scope, child.pk)]


@remembered
def _carried(scope: Scope, child: UUID) -> QuerySet[Carried, tuple[Any, ...]]:
    return Carried.objects.within(scope, Need.RECORD_READ).filter(child_id=child).values_list(*CARRIED.paths)
