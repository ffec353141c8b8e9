"""Deciding about an alert, and setting a school's limits."""

from collections.abc import Mapping
from datetime import date, timedelta

from django.db import transaction

from oasis.alerts.catalogue import ALERTS
from oasis.alerts.models import AlertDecision, AlertSetting
from oasis.alerts.queries import Alert, mark_of, standing
from oasis.children.actions.files import hold
from oasis.children.models import Child
from oasis.kit.refused import Refused
from oasis.people import trail
from oasis.people.meanwhile import as_seen
from oasis.people.roles import ArmKind, Need
from oasis.people.scope import Scope
from oasis.places.models import School

LONGEST = timedelta(days=60)


def take_up(
    scope: Scope, child: Child, *, alert: Alert | None, reason: str = "", seen: str | None = None
) -> AlertDecision:
    """Say that one looks after it; raises Refused when it does not stand any more.

    `seen` is the mark of the decision that the person saw, empty for none: raises Refused when somebody has decided since.
    """
    return _decide(scope, child, alert, AlertDecision.State.TAKEN, reason.strip(), None, seen)


def set_aside(
    scope: Scope,
    child: Child,
    *,
    alert: Alert | None,
    reason: str,
    until_on: date | None = None,
    seen: str | None = None,
) -> AlertDecision:
    """Set it aside with a reason until a day; raises Refused without a reason or for too long."""
    if not reason.strip():
        raise Refused("reason", "请写明为什么放下", field="reason")
    if until_on is None or not scope.on < until_on <= scope.on + LONGEST:
        raise Refused("until", f"请填明天以后、{LONGEST.days}天以内的日期", field="until_on")
    return _decide(scope, child, alert, AlertDecision.State.ASIDE, reason.strip(), until_on, seen)


def _decide(
    scope: Scope, child: Child, alert: Alert | None, state: str, reason: str, until_on: date | None, seen: str | None
) -> AlertDecision:
    if alert is None:
        raise Refused("over", "这条预警已经自己结束了，不用再处理")
    with transaction.atomic():
        held = hold(scope, child, Need.RECORD_WRITE)
        rows = AlertDecision.objects.within(scope, Need.RECORD_WRITE).filter(child=held, signal=alert.signal.code)
        past = list(rows.select_related("by"))
        as_seen(seen, mark_of(past), lambda: f"有人已经处理了这条预警（{_said(standing(past))}）")
        rows.filter(ended_on__isnull=True).update(ended_on=scope.on)
        row = AlertDecision.objects.create(
            school_id=held.school_id, child=held, signal=alert.signal.code, state=state, on=scope.on, since_on=alert.since,
            reason=reason, until_on=until_on, by_id=scope.actor,
        )  # fmt: skip
        trail.note(
            scope, f"alert.{state}", school=held.school_id, child=held.pk, subject=str(row.pk), detail=row.signal
        )
    return row


def _said(now: AlertDecision | None) -> str:
    return f"{now.by}：{now.get_state_display()}。{now.reason}" if now else "已经结束"


def set_limits(scope: Scope, *, school: School, limits: Mapping[str, int], off: frozenset[str]) -> None:
    """Set from when each signal speaks, and which are silent; raises Refused out of range or at another's school."""
    _own_school(scope, school)
    for signal in ALERTS:
        if not signal.least <= limits.get(signal.code, signal.limit) <= signal.most:
            raise Refused("limit", f"请填{signal.least}到{signal.most}之间的数", field=signal.code)
    with transaction.atomic():
        rows = AlertSetting.objects.within(scope, Need.CADENCES)
        for signal in ALERTS:
            limit = limits.get(signal.code, signal.limit)
            state = AlertSetting.State.OFF if signal.code in off else AlertSetting.State.ON
            told = {"limit": limit, "state": state, "by_id": scope.actor}
            rows.update_or_create(school=school, signal=signal.code, defaults=told)
        _note(scope, school, limits, off)


def usual_limits(scope: Scope, *, school: School) -> None:
    """Go back to the usual limits: a school without limits of its own keeps them, also where they change one day."""
    _own_school(scope, school)
    with transaction.atomic():
        AlertSetting.objects.within(scope, Need.CADENCES).filter(school=school).delete()
        _note(scope, school, {one.code: one.limit for one in ALERTS}, frozenset())


def _own_school(scope: Scope, school: School) -> None:
    if school.pk not in scope.ids(ArmKind.SCHOOL, Need.CADENCES):
        raise Refused("other-school", "只能设置本校的预警办法")


def _note(scope: Scope, school: School, limits: Mapping[str, int], off: frozenset[str]) -> None:
    told = " ".join(f"{code}={limits[code]}" for code in sorted(limits))
    trail.note(scope, "alert.set", school=school.pk, detail=f"{told} off: {' '.join(sorted(off))}")
