"""今日: what is due for whom, worst first, and the days to look out for; by role."""

from collections.abc import Sequence
from datetime import date, timedelta
from typing import Any

from django.conf import settings as config
from django.http import HttpResponse

from oasis.campus.dormitory import searches, searching
from oasis.campus.notices import unweighed_asked
from oasis.children.alarms import raised_asked
from oasis.children.days import birthdays, festivals, lunar_words
from oasis.children.petitions import open_ones, petitioned
from oasis.desk.owing import words
from oasis.desk.page import DeskRequest, page
from oasis.duties.judging import PENDING, Pupil, State
from oasis.duties.queries import Board, children_of, owed
from oasis.duties.tally import Group, Sum, by_class, by_duty
from oasis.kit import backups
from oasis.kit.dates import now, zh_full, zh_when
from oasis.people.approvals import awaited, waiting
from oasis.people.gate import screen
from oasis.people.looks import heard, loud
from oasis.people.queries import homeroom_teachers, own_schools
from oasis.people.roles import ArmKind, Need
from oasis.people.scope import Scope
from oasis.people.together import Question, together
from oasis.places.queries import classes_on, term_on
from oasis.records.handover.queries import arriving
from oasis.records.handover.queries import waiting as to_take_in
from oasis.records.reporting.queries import open_asked, pending

TOLD_FOR = timedelta(days=14)
PRESSING = (State.OVERDUE, State.DUE)


def index(request: DeskRequest) -> HttpResponse:
    """Show the day of this person."""
    scope = request.scope
    told = together(_questions(scope))
    board = owed(scope, scope.on) if scope.can(Need.RECORD_WRITE) else None
    pupils: Sequence[Pupil] = board.pupils if board else _names(scope)
    mine = by_duty(board.mine()) if board else []
    return page(
        request, "desk/today.html", on=scope.on, moon=lunar_words(scope.on), board=board, pupils=pupils,
        many_classes=len({pupil.klass_id for pupil in pupils}) > 1,
        now=[group for group in mine if group.sum.worst in PRESSING], later=[g for g in mine if g.sum.worst not in PRESSING],
        birthdays=birthdays(pupils, scope.on), festivals=festivals(scope.on),
        alarms=told["alarms"] or [], notices=told["notices"] or [], searches=searches(scope) if told["searching"] else [],
        petitions=open_ones(scope) if told["petitioned"] else [], arriving=to_take_in(scope) if told["arriving"] else [],
        waiting=list(waiting(scope)) if told["awaited"] else [], told=loud(scope, scope.on - TOLD_FOR) if told["heard"] else [], **_leading(scope, board), **_posts(scope),
        grace=_grace(request),
        settings_state=_settings(scope) if scope.can(Need.SETTINGS) and not scope.can(Need.NAMES) else [],
        report_clocks=pending(scope, now()) if told["reports"] else [], **words(scope, request.path),
    )  # fmt: skip


def _questions(scope: Scope) -> dict[str, Question[Any] | None]:
    """What is asked of everybody at every look, in one query; what is nearly always empty is read in full only where it is not.

    Whom the law's alarms stand for, what classmates told, whether a report is open, a boarder looked for, a parent unanswered, a child
    on its way here; and for leaders whether something waits for their word or was done to the school's own locks in the last days.
    """
    tells = scope.ids(ArmKind.KLASS, Need.CHILD_WRITE) and not scope.can(Need.BOARDING)
    return {
        "alarms": raised_asked(scope) if scope.can(Need.CHILD_READ) else None,
        "notices": unweighed_asked(scope) if tells else None,
        "reports": open_asked(scope),
        "searching": searching(scope) if scope.can(Need.BOARDING) else None,
        "petitioned": petitioned(scope) if scope.can(Need.LAW) else None,
        "arriving": arriving(scope) if scope.can(Need.LAW) else None,
        "awaited": awaited(scope) if scope.can(Need.APPROVE) else None,
        "heard": heard(scope, scope.on - TOLD_FOR) if scope.can(Need.TRAIL) else None,
    }


def _grace(request: DeskRequest) -> str:
    """Say until when a demanded second factor may still be missing, "" when none is."""
    door = request.door
    return zh_full(date.fromisoformat(door.due)) if door.wanting and door.due else ""


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
        "life_care": bool(boards), "oversees": bool(scope.ids(ArmKind.REGION, Need.FIGURES)),
        "sets_up": scope.can(Need.SETTINGS), "states_pending": PENDING,
        "works": scope.can(Need.NAMES), "several": len({arm.kind for arm in scope.arms}) > 1,
    }  # fmt: skip


def _settings(scope: Scope) -> list[dict[str, str]]:
    """Say for each school that one sets up whether its term and its homeroom teachers are in place."""
    kept = backups.state(config.OASIS_BACKUPS)
    words = f"最近一份好的备份：{zh_when(kept.last)}。" if kept.last else "还没有备份。"
    found = [_told(words, not kept.stale(now()), "device-floppy")]
    for school in own_schools(scope, Need.SETTINGS):
        term, taught = term_on(school.pk, scope.on), homeroom_teachers(school, scope.on)
        vacant = [klass for klass in classes_on(school.pk, scope.on) if klass.pk not in taught]
        running = term is not None and term.ends_on >= scope.on
        found.append(
            _told(
                "现在的学期：" + str(term) if running else "还没有设本学期，待办无法计算。", running, "calendar-event"
            )
        )
        missing = "、".join(klass.name(scope.on, school.primary_years) for klass in vacant)
        found.append(
            _told(f"还没有班主任的班级：{missing}。" if vacant else "每个班级都有班主任。", not vacant, "users")
        )
    return found


def _told(words: str, well: bool, icon: str) -> dict[str, str]:
    return {"words": words, "tone": "green" if well else "amber", "icon": icon}


ROUTES = (screen("", index, needs=Need.DESK, name="today"),)
