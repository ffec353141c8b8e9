"""Left-behind status, risk level and hardship: dated, never overwritten."""

from datetime import date
from typing import Any

from django.db import transaction

from oasis.children.actions.files import changes, hold, keep
from oasis.children.models import Child, ChildStatus, Hardship, RiskLevel
from oasis.kit.dates import age_on
from oasis.kit.refused import Refused
from oasis.people import trail
from oasis.people.roles import Need
from oasis.people.scope import Scope


def set_status(
    scope: Scope, child: Child, *, on: date, left_behind: int, civil: bool, civil_reason: str = "", care: str = "",
    since_on: date | None = None, source: str = "file", note: str = "",
) -> ChildStatus | None:  # fmt: skip
    """Record both official definitions from a day on (domain.md 3.1); None when nothing changed.

    Raises Refused when civil affairs' definition is claimed without a reason or for somebody of 16.
    """
    with transaction.atomic():
        held = hold(scope, child)
        status = write_status(
            scope, held, on=on, left_behind=left_behind, civil=civil, civil_reason=civil_reason, care=care,
            since_on=since_on, source=source, note=note,
        )  # fmt: skip
        if status:
            trail.note(scope, "child.status", school=held.school_id, child=held.pk)
    return status


def write_status(
    scope: Scope, held: Child, *, on: date, left_behind: int, civil: bool, civil_reason: str, care: str,
    since_on: date | None, source: str, note: str = "",
) -> ChildStatus | None:  # fmt: skip
    """Write a status row for a held child, and the child's own columns; the caller holds the transaction and the trail."""
    _check_civil(held, on, civil, civil_reason)
    new: dict[str, Any] = {"left_behind": left_behind, "civil": civil, "care": care or held.care}
    found = changes(held, "child", held, new, scope.actor)
    if not found:
        return None
    status = ChildStatus.objects.create(
        school_id=held.school_id, child=held, from_on=on, left_behind=left_behind, civil=civil,
        civil_reason=civil_reason if civil else "", care=new["care"], since_on=since_on, source=source, note=note,
        by_id=scope.actor,
    )  # fmt: skip
    held.left_behind, held.civil, held.care, held.version = left_behind, civil, new["care"], held.version + 1
    held.save(update_fields=["left_behind", "civil", "care", "version"])
    keep(found)
    return status


def _check_civil(held: Child, on: date, civil: bool, reason: str) -> None:
    if civil and not reason:
        raise Refused("civil-reason", "按民政口径属于留守的，请选择原因", field="civil_reason")
    if civil and held.birth_on and age_on(held.birth_on, on) >= 16:
        raise Refused("civil-age", "民政口径只统计未满16周岁的孩子，请核对出生日期或取消勾选", field="civil")


def set_risk(
    scope: Scope, child: Child, *, on: date, level: str, reasons: str, proposed: str = "", points: int | None = None
) -> RiskLevel:
    """Set how closely the child is looked after, with reasons (requirements.md A6); raises Refused without reasons."""
    if not reasons.strip():
        raise Refused("reasons", "请写明理由", field="reasons")
    if level not in RiskLevel.Level.values:
        raise Refused("level", "请选择等级", field="level")
    with transaction.atomic():
        held = hold(scope, child)
        risk = RiskLevel.objects.create(
            school_id=held.school_id, child=held, on=on, level=level, reasons=reasons.strip(), by_id=scope.actor,
            proposed=proposed, points=points,
        )  # fmt: skip
        keep(changes(held, "child", held, {"key": risk.key}, scope.actor))
        held.key, held.version = risk.key, held.version + 1
        held.save(update_fields=["key", "version"])
        trail.note(scope, "child.risk", school=held.school_id, child=held.pk)
    return risk


def add_hardship(scope: Scope, child: Child, *, kind: str, from_on: date, note: str = "") -> Hardship:
    """Say that the child belongs to a group of hardship from a day on; raises Refused when that is known already."""
    with transaction.atomic():
        held = hold(scope, child)
        rows = Hardship.objects.within(scope, Need.CHILD_WRITE).filter(child=held, kind=kind, to_on__isnull=True)
        if rows.exists():
            raise Refused("known", "这一类困境已经登记，不必重复", field="kind")
        row = Hardship.objects.create(
            school_id=held.school_id, child=held, kind=kind, from_on=from_on, note=note, by_id=scope.actor
        )
        trail.note(scope, "child.hardship", school=held.school_id, child=held.pk, detail=kind)
    return row


def end_hardship(scope: Scope, child: Child, row: Hardship, *, on: date) -> Hardship:
    """Say that a hardship is over from a day on; the row stays."""
    with transaction.atomic():
        held = hold(scope, child)
        mine = (
            Hardship.objects.within(scope, Need.CHILD_WRITE).filter(pk=row.pk, child=held, to_on__isnull=True).first()
        )
        if mine is None:
            raise Refused("ended", "这一项已经结束，请刷新页面")
        if on < mine.from_on:
            raise Refused("order", f"结束日期不能早于登记日期{mine.from_on}", field="on")
        found = changes(held, "hardship", mine, {"to_on": on}, scope.actor)
        mine.to_on = on
        mine.save(update_fields=["to_on"])
        keep(found)
        trail.note(scope, "child.hardship-end", school=held.school_id, child=held.pk, detail=mine.kind)
    return mine
