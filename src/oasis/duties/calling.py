"""Whom to call next: the duties say who is due, so that the call desk and 今日 say the same."""

from datetime import date
from uuid import UUID

from oasis.duties.catalogue import DUTIES
from oasis.duties.judging import PENDING
from oasis.duties.queries import owed
from oasis.people.scope import Scope
from oasis.records.calling import OWN, Queue, Wait, queue, queue_with_numbers
from oasis.records.numbers import Number

LAST = (99, date.max)  # behind everybody who is due


def call_queue(scope: Scope, kind: str, place: str) -> Queue:
    """Give the children of a class, or one's own, in the order in which a kind of call is due."""
    return queue(scope, kind, place, _waits(scope, kind, place))


def call_desk(scope: Scope, kind: str, place: str) -> tuple[Queue, dict[UUID, list[Number]]]:
    """Give the same, and the numbers of each child."""
    return queue_with_numbers(scope, kind, place, _waits(scope, kind, place))


def _waits(scope: Scope, kind: str, place: str) -> dict[UUID, Wait]:
    codes = [duty.code for duty in DUTIES if duty.asks == kind]
    klass = None if place == OWN else UUID(place)
    lines = owed(scope, scope.on, klass=klass, codes=codes).lines
    return {
        line.pupil.id: Wait(
            line.order if line.state in PENDING else LAST, line.state in PENDING, line.reason
        )
        for line in sorted(lines, key=lambda line: line.order, reverse=True)
    }  # fmt: skip
