"""Reading what guardians asked for: what is open and how long it has, and one of them."""

from dataclasses import dataclass
from datetime import date
from uuid import UUID

from django.db.models import QuerySet

from oasis.children.models import Child, Petition
from oasis.people.closed import ScopedQuerySet
from oasis.people.remembered import remembered
from oasis.people.roles import Need
from oasis.people.scope import Scope
from oasis.people.together import Question, whether


@dataclass(frozen=True)
class Clock:
    """How long a petition has."""

    petition: Petition
    days: int

    @property
    def overdue(self) -> bool:
        """Tell whether its last day is past."""
        return self.days < 0

    @property
    def words(self) -> str:
        """Say how long it has."""
        if self.overdue:
            return f"已过期限{-self.days}天"
        return "今天到期" if self.days == 0 else f"还有{self.days}天"


def clock(petition: Petition, on: date) -> Clock:
    """Give how long a petition has, seen from a day."""
    return Clock(petition, (petition.due_on - on).days)


def petitions(scope: Scope) -> ScopedQuerySet[Petition]:
    """Give what was asked about children in reach, open ones first, the most pressing on top."""
    rows = Petition.objects.within(scope, Need.CHILD_WRITE)
    return rows.select_related("child", "child__klass", "child__school", "by", "approved_by", "answered_by")


def open_ones(scope: Scope, need: Need = Need.LAW) -> list[Clock]:
    """Give what waits for an answer, the most pressing first."""
    rows = _open(scope, need).select_related("child")
    return [clock(row, scope.on) for row in rows.order_by("due_on", "id")]


def petitioned(scope: Scope) -> Question[bool]:
    """Ask whether anything waits for an answer."""
    return whether(_any_open, scope)


@remembered
def _any_open(scope: Scope) -> QuerySet[Petition, tuple[UUID]]:
    return _open(scope, Need.LAW).order_by().values_list("pk")[:1]


def _open(scope: Scope, need: Need) -> ScopedQuerySet[Petition]:
    return Petition.objects.within(scope, need).filter(state=Petition.State.OPEN)


def answered_ones(scope: Scope, most: int = 50) -> list[Petition]:
    """Give the latest that were answered."""
    rows = petitions(scope).exclude(state=Petition.State.OPEN)
    return list(rows.order_by("-answered_on", "-id")[:most])


def petition_in_reach(scope: Scope, pk: UUID) -> Petition | None:
    """Give one of them, None out of reach."""
    return petitions(scope).filter(pk=pk).first()


def of_child(scope: Scope, child: Child) -> list[Petition]:
    """Give what was asked about one child, the newest first."""
    return list(petitions(scope).filter(child=child).order_by("-received_on", "-id"))
