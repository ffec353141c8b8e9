"""Reading of meetings of parents."""

from dataclasses import dataclass
from uuid import UUID

from django.db.models import Count, Q, QuerySet

from oasis.campus.models import ParentMeeting, ParentSeat
from oasis.children.models import Child
from oasis.people.meanwhile import mark
from oasis.people.roles import Need
from oasis.people.scope import Scope


@dataclass(frozen=True)
class Held:
    """A meeting with its numbers, of the seats in reach."""

    meeting: ParentMeeting
    place: str
    seats: int
    came: int
    told: int

    @property
    def missed(self) -> int:
        """How many did not come and were not told, once the signing-in has ended."""
        return self.seats - self.came - self.told if self.meeting.ended else 0


def meetings(scope: Scope, need: Need = Need.CHILD_WRITE) -> QuerySet[ParentMeeting]:
    """Give the meetings in reach, the latest first."""
    rows = ParentMeeting.objects.within(scope, need)
    return rows.select_related("school", "klass", "by").order_by("-on", "-pk")


def listed(scope: Scope, limit: int = 60) -> list[Held]:
    """Give the latest meetings with their numbers. Two queries."""
    rows = list(meetings(scope)[:limit])
    seats = ParentSeat.objects.within(scope, Need.CHILD_WRITE).filter(meeting__in=[row.pk for row in rows]).order_by()
    counted = seats.values_list("meeting").annotate(
        seats=Count("pk"), came=Count("pk", filter=Q(came=True)), told=Count("pk", filter=Q(told_on__isnull=False))
    )
    numbers = {meeting: tuple(rest) for meeting, *rest in counted}
    return [Held(row, place_name(scope, row), *numbers.get(row.pk, (0, 0, 0))) for row in rows]


def place_name(scope: Scope, meeting: ParentMeeting) -> str:
    """Name the class as it is called today; 全校 for the school."""
    return meeting.klass.name(scope.on, meeting.school.primary_years) if meeting.klass else "全校"


def seats(scope: Scope, meeting: ParentMeeting) -> list[ParentSeat]:
    """Give the seats in reach by class and sound of name."""
    rows = ParentSeat.objects.within(scope, Need.CHILD_WRITE).filter(meeting=meeting, child__state=Child.State.HERE)
    order = ("child__klass__stage", "-child__klass__entry_year", "child__klass__number", "child__pinyin", "pk")
    return list(rows.select_related("child__klass", "told_by").order_by(*order))


def seat_mark(seat: ParentSeat) -> str:
    """Give the mark of what a page shows of a seat: who came, and what a family was told afterwards."""
    return mark(seat.pk, seat.came, seat.told_on, seat.way, seat.words)


def seat_rows(scope: Scope) -> QuerySet[ParentSeat]:
    """Give the seats in reach with what a page shows."""
    return ParentSeat.objects.within(scope, Need.CHILD_WRITE).select_related(
        "meeting__school", "meeting__klass", "told_by"
    )


def missed_by(scope: Scope, child: UUID) -> UUID | None:
    """Give the seat of a child whose family has missed a meeting and not been told, the oldest first."""
    rows = seat_rows(scope).filter(child=child, came=False, told_on__isnull=True, meeting__ended=True)
    return rows.order_by("meeting__on").values_list("pk", flat=True).first()


def next_for(scope: Scope, school: UUID, klass: UUID | None) -> ParentMeeting | None:
    """Give the meeting to print for: the next one of the class or the school, else the last."""
    rows = meetings(scope, Need.EXPORT).filter(Q(klass=klass) | Q(klass__isnull=True), school=school)
    return rows.filter(on__gte=scope.on).order_by("on").first() or rows.first()
