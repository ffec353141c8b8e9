"""Reading helpers from outside, and what a member of staff gave to the school's own work (D3, D7)."""

from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from uuid import UUID

from django.db.models import Sum

from oasis.campus.models import Activity, MeetingPresence, Opening, Outsider, OutsiderDeed
from oasis.campus.reach import at_work
from oasis.people.scope import Scope
from oasis.people.vetting import State, outsider_state
from oasis.places.models import School


@dataclass(frozen=True)
class Helping:
    """A helper from outside, how the check stands, what was done."""

    row: Outsider
    state: State | None
    deeds: list[OutsiderDeed]


def outsiders(scope: Scope, school: School) -> list[Helping]:
    """Give the helpers of a school by name; who meets no children needs no check."""
    deeds: dict[UUID, list[OutsiderDeed]] = {}
    for deed in at_work(scope, OutsiderDeed).filter(school=school):
        deeds.setdefault(deed.outsider_id, []).append(deed)
    rows = list(at_work(scope, Outsider).filter(school=school))
    return [
        Helping(row, outsider_state(school, row.name, None, scope.on) if row.meets else None, deeds.get(row.pk, []))
        for row in rows
    ]


def meeting_children(school: UUID, on: date) -> dict[str, date | None]:
    """Give the names of helpers who meet children now, for the list of checks."""
    rows = Outsider.objects.everywhere(why="names of grown-up helpers, to see that each was checked; no child is named")
    now = rows.filter(school_id=school, meets=True, from_on__lte=on).exclude(to_on__lt=on)
    return dict.fromkeys(now.values_list("name", flat=True))


@dataclass(frozen=True)
class Given:
    """What a person did for the school's own work in a period."""

    trainings: int
    hours: Decimal
    meetings: int
    openings: int
    activities: int


def given(scope: Scope, start: date, end: date) -> Given:
    """Count one's own part: no other person's is counted, so that nobody is ranked. Four queries."""
    came = at_work(scope, MeetingPresence).filter(user_id=scope.person, state="came", meeting__on__range=(start, end))
    training = came.filter(meeting__kind="training")
    duty = at_work(scope, Opening).filter(user_id=scope.person, on__range=(start, end))
    led = at_work(scope, Activity).filter(lead_id=scope.person, on__range=(start, end), held_on__isnull=False)
    hours = training.aggregate(n=Sum("meeting__hours"))["n"] or Decimal()
    return Given(training.count(), hours, came.exclude(meeting__kind="training").count(), duty.count(), led.count())
