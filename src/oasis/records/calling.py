"""The call desk: whom to call next, and how the afternoon stands (peers.md c4)."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from uuid import UUID

from django.db.models import Q

from oasis.children.models import Child
from oasis.people.closed import ScopedQuerySet
from oasis.people.roles import ArmKind, Need
from oasis.people.scope import Scope
from oasis.people.together import together
from oasis.places.models import Klass
from oasis.records.choosing import in_reach
from oasis.records.models import Record
from oasis.records.numbers import Number, numbers_asked
from oasis.records.queries import Last, last_asked, last_of

OWN = "own"


@dataclass(frozen=True)
class Wait:
    """How a child stands with the school's cadence: in which order, whether a call is due, why, in words."""

    order: tuple[int, date] = (99, date.max)
    due: bool = True
    reason: str = ""


@dataclass(frozen=True)
class Turn:
    """A child in the queue: the last call that came about, the latest attempt, and today's, if any."""

    child: Child
    done: Record | None
    last: Record | None
    on: date
    wait: Wait = Wait()

    @property
    def today(self) -> Record | None:
        """Today's latest attempt."""
        return self.last if self.last and self.last.happened_on == self.on else None


@dataclass(frozen=True)
class Queue:
    """The children of a class or one's own in the order of who waits longest, and those called today."""

    turns: list[Turn]

    @property
    def waiting(self) -> list[Turn]:
        """Due, and not called today."""
        return [turn for turn in self.turns if turn.today is None and turn.wait.due]

    @property
    def resting(self) -> list[Turn]:
        """Not due: settled for now, or waived."""
        return [turn for turn in self.turns if turn.today is None and not turn.wait.due]

    @property
    def called(self) -> int:
        """How many were called today."""
        return len(self.turns) - len(self.waiting) - len(self.resting)

    @property
    def reached(self) -> list[Turn]:
        """Reached today."""
        return [turn for turn in self.turns if turn.today and turn.today.outcome == Record.Outcome.DONE]

    @property
    def missed(self) -> list[Turn]:
        """Called today without success."""
        return [turn for turn in self.turns if turn.today and turn.today.outcome != Record.Outcome.DONE]

    def after(self, skipped: Iterable[UUID]) -> Turn | None:
        """Give the next child that waits and was not put off."""
        put_off = set(skipped)
        return next((turn for turn in self.waiting if turn.child.pk not in put_off), None)


def places(scope: Scope) -> list[tuple[str, str]]:
    """Give the classes a person may call for, and one's own children beside or instead of them."""
    schools, klasses = scope.ids(ArmKind.SCHOOL, Need.RECORD_WRITE), scope.ids(ArmKind.KLASS, Need.RECORD_WRITE)
    rows = Klass.objects.filter(Q(school__in=schools) | Q(pk__in=klasses)).select_related("school")
    rows = rows.order_by("stage", "-entry_year", "number")
    named = [(klass, klass.name(scope.on, klass.school.primary_years)) for klass in rows]
    found = [(str(klass.pk), name) for klass, name in named if name != str(klass)]  # classes that have left keep a year
    own = scope.ids(ArmKind.CHILD, Need.RECORD_WRITE) or scope.ids(ArmKind.BOARDERS, Need.RECORD_WRITE)
    return found + (
        [(OWN, "我结对的孩子" if scope.ids(ArmKind.CHILD, Need.RECORD_WRITE) else "住校的孩子")] if own else []
    )


def queue(scope: Scope, kind: str, place: str, waits: Mapping[UUID, Wait]) -> Queue:
    """Give the children of a place who are looked after, the worst first; without a cadence the longest. Two queries."""
    children = _looked_after(scope, place)
    return _queued(scope, children, last_of(scope, children, kind), waits)


def queue_with_numbers(
    scope: Scope, kind: str, place: str, waits: Mapping[UUID, Wait]
) -> tuple[Queue, dict[UUID, list[Number]]]:
    """Give the same, and the numbers of each child in this order. Two queries."""
    children = _looked_after(scope, place)
    told = together({"last": last_asked(scope, children, kind), "numbers": numbers_asked(scope, children, kind)})
    standing, known = _queued(scope, children, told["last"], waits), told["numbers"]
    return standing, {turn.child.pk: known[turn.child.pk] for turn in standing.turns}


def _queued(scope: Scope, children: list[Child], past: Mapping[UUID, Last], waits: Mapping[UUID, Wait]) -> Queue:
    none = Last()
    turns = [
        Turn(child, told.done, told.tried, scope.on, waits.get(child.pk, Wait()))
        for child in children
        for told in [past.get(child.pk, none)]
    ]
    return Queue(sorted(turns, key=lambda turn: (turn.wait.order, turn.done.happened_on if turn.done else date.min)))


def turn_of(scope: Scope, child: Child, kind: str) -> Turn:
    """Give one child's turn, whatever the queue. One query."""
    told = last_of(scope, [child], kind).get(child.pk, Last())
    return Turn(child, told.done, told.tried, scope.on)


def _looked_after(scope: Scope, place: str) -> list[Child]:
    return list(_of(scope, place).filter(Q(left_behind__gt=0) | Q(civil=True), state=Child.State.HERE))


def _of(scope: Scope, place: str) -> ScopedQuerySet[Child]:
    rows = in_reach(scope)
    if place != OWN:
        return rows.filter(klass=UUID(place))
    paired, boards = (scope.ids(kind, Need.RECORD_WRITE) for kind in (ArmKind.CHILD, ArmKind.BOARDERS))
    return rows.filter(Q(pk__in=paired) | Q(school__in=boards, boarding=True))
