"""What else is going on around one's children and at school: a part of 今日 that comes after the due list, and a page without script."""

from collections.abc import Sequence

from django.conf import settings as config
from django.http import HttpResponse

from oasis.alerts.queries import Alert, alerts_for
from oasis.campus.health import running as ailing
from oasis.campus.organisation import owed_by, unread
from oasis.campus.waiting import waits
from oasis.children.alarms import raised_asked
from oasis.children.days import comings
from oasis.children.pairs import outsiders_of
from oasis.desk.owing import CHECKED
from oasis.desk.page import DeskRequest, page
from oasis.duties.judging import Pupil
from oasis.duties.queries import children_of, reaches, rounds_owed
from oasis.duties.rounds import ROUNDS, Round, Turn
from oasis.kit import backups
from oasis.kit.dates import now, zh_when
from oasis.papers.audit import audit_owed
from oasis.papers.queries import stale_cards
from oasis.people.gate import screen, stale
from oasis.people.roles import ArmKind, Need
from oasis.people.scope import Scope
from oasis.people.vetting import WANTING, Standing, standings

NEAR = (ArmKind.KLASS, ArmKind.CHILD)


def around(request: DeskRequest) -> HttpResponse:
    """Show who is ill, what to look out for, which parents come and go, and what the school waits for from this person."""
    scope = request.scope
    pupils = children_of(scope, Need.RECORD_WRITE) if scope.can(Need.RECORD_WRITE) else []
    keeps = scope.can(Need.BOARDING)  # they work in the house, where who is ill stands first
    owed = rounds_owed(scope, now())
    return page(
        request, "desk/today_around.html", fragment="desk/_today_around.html",
        on=scope.on, comings=comings(scope, scope.on) if scope.can(Need.CHILD_READ) else [],
        ailing=ailing(scope) if scope.can(Need.HEALTH) and not keeps else [], alerts=_alerts(request, pupils),
        tasks=owed_by(scope), waits=waits(scope), turns=[turn for turn in owed if turn.mine], others=_gathered(owed),
        gaps=raised_asked(scope, "file").answer() if scope.ids(ArmKind.KLASS, Need.CHILD_WRITE) else [],
        cards=stale_cards(scope) if scope.ids(ArmKind.KLASS, Need.EXPORT) else [], audits=audit_owed(scope), backup=_backup(scope),
        unread=unread(scope), checks=_checks(scope) if scope.can(Need.VETTING) else [], check_words=CHECKED, many_classes=len({pupil.klass_id for pupil in pupils}) > 1,
    )  # fmt: skip


def _gathered(owed: Sequence[Turn]) -> list[tuple[Round, list[str]]]:
    """Gather for a leader what others have not done though its time has passed: a line a round, with the places."""
    late: dict[str, list[str]] = {}
    for turn in owed:
        if turn.late and not turn.mine:
            late.setdefault(turn.round.code, []).append(turn.name)
    return [(ROUNDS.get(code), names) for code, names in late.items()]


def _backup(scope: Scope) -> str:
    """Say that there is no good backup, to who leads or sets up a school; nothing while there is one."""
    if not (scope.can(Need.LAW) or scope.can(Need.SETTINGS)):
        return ""
    kept = backups.state(config.OASIS_BACKUPS)
    if not kept.stale(now()):
        return ""
    return f"最近一份好的备份是{zh_when(kept.last)}的，已经超过两天。" if kept.last else "还没有备份。"


def _alerts(request: DeskRequest, pupils: Sequence[Pupil]) -> list[Alert]:
    """Give what to look out for in one's own class and among the children one helps; leaders have a page of their own."""
    near = [arm for arm in request.scope.arms if arm.kind in NEAR and Need.RECORD_READ in arm.needs]
    own = [pupil for pupil in pupils if any(reaches(arm, pupil) for arm in near)]
    if not own or stale(request):
        return []
    return [one for one in alerts_for(own, request.scope.on) if one.open]


def _checks(scope: Scope) -> list[Standing]:
    """Give who at one's schools has no check of this year, or soon has none."""
    return [
        one
        for school in sorted(scope.ids(ArmKind.SCHOOL, Need.VETTING))
        for one in standings(scope, school, outsiders_of(school, scope.on))
        if one.state in WANTING
    ]


ROUTES = (screen("today/around/", around, needs=Need.DESK, name="today-around"),)
