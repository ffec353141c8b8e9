"""An incident put on file, who was told, what became known, the closing; and the school's own hours."""

from datetime import date, datetime
from typing import Any
from uuid import UUID

from django.db import transaction
from django.db.models.functions import Length

from oasis.campus.incidents import USUAL, incidents, notices
from oasis.campus.models import Incident, IncidentLimit, IncidentNotice
from oasis.children.actions.files import hold
from oasis.children.models import Child
from oasis.kit.dates import now
from oasis.kit.refused import Refused
from oasis.kit.sealed import tied
from oasis.people import trail
from oasis.people.roles import ArmKind, Need
from oasis.people.scope import Scope
from oasis.places.models import School

Step = IncidentNotice.Step


def open_incident(
    scope: Scope, child: Child, *, id: UUID, happened_at: datetime, found_at: datetime, **told: Any
) -> Incident:
    """Put an incident on file. Call inside a transaction: the timeline takes its line with it."""
    if happened_at > found_at:
        raise Refused("order", "发现时间不能早于发生时间", field="found_at")
    if found_at > now():
        raise Refused("future", "发现的时间还没有到", field="found_at")
    held = hold(scope, child, Need.HEALTH)
    row = Incident(
        id=id,
        school_id=held.school_id,
        child=held,
        happened_at=happened_at,
        found_at=found_at,
        by_id=scope.actor,
        **told,
    )
    row.number = _number(held.school_id, scope.on.year)
    row.save()
    _note(scope, row, row.sort)
    return row


def _number(school: UUID, year: int) -> str:
    """Give the next number of the year; the school's row is held, so that two at once do not get the same."""
    School.objects.select_for_update().get(pk=school)
    rows = Incident.objects.everywhere(why="only the last number of the year is asked").filter(school_id=school)
    given = rows.filter(number__startswith=f"{year}-").values_list("number", flat=True)
    last = given.order_by(Length("number").desc(), "-number").first()  # 1000 comes after 999
    return f"{year}-{int(last.partition('-')[2]) + 1 if last else 1:03d}"


def tell_of(scope: Scope, incident: Incident, *, id: UUID, step: str, told_at: datetime, **told: Any) -> IncidentNotice:
    """Note whom the school told or reported to; pressed twice, it is one."""
    with transaction.atomic():
        held = _held(scope, incident)
        rows = IncidentNotice.objects.within(scope, Need.HEALTH)
        if known := rows.filter(pk=id, incident=held, by_id=scope.actor).first():
            return known
        if not held.happened_at <= told_at <= now():
            raise Refused("told_at", "时间要在事情发生以后，不晚于现在", field="told_at")
        row = IncidentNotice.objects.create(
            id=id,
            school_id=held.school_id,
            child_id=held.child_id,
            incident=held,
            step=step,
            told_at=told_at,
            by_id=scope.actor,
            **told,
        )
        _note(scope, held, step)
    return row


def revise_incident(scope: Scope, incident: Incident, **told: str) -> Incident:
    """Add what became known: harm, hospital, cause, liability, what was mended, care for the mind."""
    with transaction.atomic():
        held = _held(scope, incident)
        return _write(scope, held, {name: value.strip() for name, value in told.items()}, "")


def close_incident(scope: Scope, incident: Incident, *, on: date) -> Incident:
    """Close an incident: who leads the school, with guardian told, cause and what was mended. Call inside a transaction."""
    held = _held(scope, incident)
    if held.school_id not in scope.ids(ArmKind.SCHOOL, Need.GUIDE):
        raise Refused("lead", "由校长或德育主任结案")
    told = notices(scope, [held])[held.pk]
    if not any(one.step == Step.GUARDIAN and one.heard for one in told):
        raise Refused("guardian", "还没有登记通知到监护人，不能结案")
    if not (held.cause and held.mended):
        raise Refused("cause", "先补写原因和整改，再结案")
    if on > scope.on:
        raise Refused("day", "结案日期还没有到", field="on")
    return _write(scope, held, {"closed_on": on}, "closed")


def set_hours(scope: Scope, school: School, *, step: str, ordinary: int, serious: int) -> None:
    """Set a school's own hours of a step; nought is no clock. The guardian is always told at once."""
    if school.pk not in scope.ids(ArmKind.SCHOOL, Need.CADENCES) or step not in USUAL:
        raise Refused("out-of-reach", "没有设置的权限")
    if step == Step.GUARDIAN and not (ordinary and serious):
        raise Refused("guardian", "通知监护人必须有时限", field=f"{step}_ordinary")
    with transaction.atomic():
        IncidentLimit.objects.within(scope, Need.CADENCES).update_or_create(
            school=school, step=step, defaults={"ordinary": ordinary, "serious": serious, "by_id": scope.actor}
        )
        trail.note(scope, "incident.hours", school=school.pk, subject=step, detail=f"{step} {ordinary} {serious}")


def _held(scope: Scope, incident: Incident) -> Incident:
    rows = incidents(scope).select_related(None).order_by().select_for_update(of=("self",))
    held: Incident | None = rows.filter(pk=incident.pk).first()
    if held is None:
        raise Refused("out-of-reach", "没有处理的权限")
    if held.closed_on:
        raise Refused("closed", "已经结案，不再改动")
    return held


def _write(scope: Scope, held: Incident, told: dict[str, Any], what: str) -> Incident:
    Incident.objects.within(scope, Need.HEALTH).filter(pk=held.pk).update(**tied(Incident, held.pk, told))
    _note(scope, held, what)
    for name, value in told.items():
        setattr(held, name, value)
    return held


def _note(scope: Scope, row: Incident, what: str) -> None:
    trail.note(scope, "incident.case", school=row.school_id, child=row.child_id, subject=str(row.pk), detail=what)
