"""今日: what is due for whom, worst first, and the days to look out for; by role."""

from collections.abc import Sequence
from typing import Any

from django.http import HttpResponse

from oasis.children.alarms import raised
from oasis.children.days import birthdays, comings, lunar_words
from oasis.desk.owing import words
from oasis.desk.page import DeskRequest, page
from oasis.duties.judging import PENDING, Pupil, State
from oasis.duties.queries import Board, children_of, owed
from oasis.duties.tally import Group, Sum, by_class, by_duty
from oasis.people.gate import screen
from oasis.people.roles import ArmKind, Need
from oasis.people.scope import Scope

PRESSING = (State.OVERDUE, State.DUE)


def index(request: DeskRequest) -> HttpResponse:
    """Show the day of this person."""
    scope = request.scope
    board = owed(scope, scope.on) if scope.can(Need.RECORD_WRITE) else None
    pupils: Sequence[Pupil] = board.pupils if board else _names(scope)
    mine = by_duty(board.mine()) if board else []
    return page(
        request, "desk/today.html", on=scope.on, moon=lunar_words(scope.on), board=board, pupils=pupils,
        many_classes=len({pupil.klass_id for pupil in pupils}) > 1,
        now=[group for group in mine if group.sum.worst in PRESSING], later=[g for g in mine if g.sum.worst not in PRESSING],
        birthdays=birthdays(pupils, scope.on), comings=comings(scope, scope.on) if scope.can(Need.CHILD_READ) else [],
        alarms=raised(scope) if scope.can(Need.CHILD_READ) else [], **_leading(scope, board), **_posts(scope),
        **words(scope, request.path),
    )  # fmt: skip


def _names(scope: Scope) -> list[Pupil]:
    return children_of(scope, Need.NAMES) if scope.can(Need.NAMES) else []


def _leading(scope: Scope, board: Board | None) -> dict[str, Any]:
    """For who leads a school: every duty and every class with its numbers."""
    if board is None or not scope.ids(ArmKind.SCHOOL, Need.RECORD_READ):
        return {"groups": [], "places": [], "total": Sum()}
    groups: list[Group] = by_duty(board.lines)
    total = Sum()
    for line in board.lines:
        total.add(line)
    return {"groups": groups, "places": by_class(board.lines, board.pupils), "total": total}


def _posts(scope: Scope) -> dict[str, Any]:
    boards = scope.ids(ArmKind.BOARDERS, Need.NAMES)
    return {
        "life_care": bool(boards), "sets_up": scope.can(Need.SETTINGS), "states_pending": PENDING,
        "works": scope.can(Need.NAMES), "several": len({arm.kind for arm in scope.arms}) > 1,
    }  # fmt: skip


ROUTES = (screen("", index, needs=Need.DESK, name="today"),)
