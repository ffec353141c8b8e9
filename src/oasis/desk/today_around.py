"""What else is going on around one's children and at school: a part of 今日 that comes after the due list, and a page without script."""

from collections.abc import Sequence

from django.http import HttpResponse

from oasis.alerts.queries import Alert, alerts_for
from oasis.campus.health import running as ailing
from oasis.campus.organisation import owed_by, unread
from oasis.campus.waiting import waits
from oasis.children.days import comings
from oasis.desk.page import DeskRequest, page
from oasis.duties.judging import Pupil
from oasis.duties.queries import children_of, reaches
from oasis.people.gate import screen, stale
from oasis.people.roles import ArmKind, Need

NEAR = (ArmKind.KLASS, ArmKind.CHILD)


def around(request: DeskRequest) -> HttpResponse:
    """Show who is ill, what to look out for, which parents come and go, and what the school waits for from this person."""
    scope = request.scope
    pupils = children_of(scope, Need.RECORD_WRITE) if scope.can(Need.RECORD_WRITE) else []
    keeps = scope.can(Need.BOARDING)  # they work in the house, where who is ill stands first
    return page(
        request, "desk/today_around.html", fragment="desk/_today_around.html",
        on=scope.on, comings=comings(scope, scope.on) if scope.can(Need.CHILD_READ) else [],
        ailing=ailing(scope) if scope.can(Need.HEALTH) and not keeps else [], alerts=_alerts(request, pupils),
        tasks=owed_by(scope), waits=waits(scope), unread=unread(scope), many_classes=len({pupil.klass_id for pupil in pupils}) > 1,
    )  # fmt: skip


def _alerts(request: DeskRequest, pupils: Sequence[Pupil]) -> list[Alert]:
    """Give what to look out for in one's own class and among the children one helps; leaders have a page of their own."""
    near = [arm for arm in request.scope.arms if arm.kind in NEAR and Need.RECORD_READ in arm.needs]
    own = [pupil for pupil in pupils if any(reaches(arm, pupil) for arm in near)]
    if not own or stale(request):
        return []
    return [one for one in alerts_for(own, request.scope.on) if one.open]


ROUTES = (screen("today/around/", around, needs=Need.DESK, name="today-around"),)
