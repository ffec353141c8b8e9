"""Reading of incidents: those in reach, their clocks by the school's own hours, whom the school told."""

from collections import defaultdict
from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from uuid import UUID

from django.db.models import Q

from oasis.campus.models import Incident, IncidentLimit, IncidentNotice
from oasis.children.models import Child
from oasis.people.closed import ScopedQuerySet
from oasis.people.roles import Need
from oasis.people.scope import Scope

Step = IncidentNotice.Step
USUAL = {Step.GUARDIAN: (1, 1), Step.ORAL: (0, 2), Step.WRITTEN: (24, 8)}  # hours: ordinary, serious; 0 is no clock
Hours = dict[str, tuple[int, int]]


def incidents(scope: Scope) -> ScopedQuerySet[Incident]:
    """Give the incidents in reach, open ones first; delicate ones to their writer and to who writes the child's file."""
    own = Child.objects.within(scope, Need.CHILD_WRITE).values("pk")
    rows = Incident.objects.within(scope, Need.HEALTH).filter(
        ~Q(sort__in=Incident.DELICATE) | Q(by=scope.actor) | Q(child__in=own)
    )
    named = rows.select_related("child__klass", "child__school", "by")
    return named.order_by("closed_on", "-found_at", "-pk")


def open_ones(scope: Scope) -> list[Incident]:
    """Give those not closed, each of which runs against its hours. One query."""
    return list(incidents(scope).filter(closed_on__isnull=True))


def notices(scope: Scope, incidents: Iterable[Incident]) -> dict[UUID, list[IncidentNotice]]:
    """Give whom the school told of incidents in reach, earliest first, by incident. One query."""
    found: dict[UUID, list[IncidentNotice]] = defaultdict(list)
    rows = IncidentNotice.objects.within(scope, Need.HEALTH).filter(incident__in=[row.pk for row in incidents])
    for row in rows.select_related("by"):
        found[row.incident_id].append(row)
    return found


def hours_of(school: UUID) -> Hours:
    """Give a school's own hours by step, else the usual ones."""
    return hours_by_school({school})[school]


def hours_by_school(schools: Collection[UUID]) -> dict[UUID, Hours]:
    """Give the same for several schools. One query, none for no school."""
    if not schools:
        return {}
    rows = IncidentLimit.objects.everywhere(
        why="the hours of a school hold for everybody who works there, and tell nothing of a child"
    )
    known = {(row.school_id, row.step): (row.ordinary, row.serious) for row in rows.filter(school__in=schools)}
    return {
        school: {step.value: known.get((school, step.value), usual) for step, usual in USUAL.items()}
        for school in schools
    }


@dataclass(frozen=True)
class Clock:
    """A step with its time: until when, and when it was done."""

    step: str
    label: str
    due_at: datetime
    done_at: datetime | None

    def late(self, at: datetime) -> bool:
        """Tell whether it was or would be done too late."""
        return (self.done_at or at) > self.due_at


def clocks(row: Incident, told: Sequence[IncidentNotice], hours: Hours) -> list[Clock]:
    """Give the clocks of an incident, counted from when it was found; a guardian not reached is not told."""
    found = []
    for step, (ordinary, serious) in hours.items():
        limit = serious if row.serious else ordinary
        done = [one.told_at for one in told if one.step == step and one.heard]
        if limit:
            until = row.found_at + timedelta(hours=limit)
            found.append(Clock(step, str(Step(step).label), until, min(done, default=None)))
    return sorted(found, key=lambda one: one.due_at)


def incident_of(scope: Scope, pk: UUID) -> Incident | None:
    """Give an incident in reach."""
    found: Incident | None = incidents(scope).filter(pk=pk).first()
    return found
