"""Checks of a class, and what is done about an illness or accident."""

from collections.abc import Mapping
from datetime import date, datetime
from decimal import Decimal
from typing import Any
from uuid import UUID

from django.db import transaction

from oasis.campus.health import checked_classes, staff_choices
from oasis.campus.models import HealthCheck, HealthFinding, Illness, IllnessTold
from oasis.children.actions.files import hold
from oasis.children.models import Child
from oasis.children.queries import in_class
from oasis.kit.dates import now
from oasis.kit.refused import Refused
from oasis.kit.sealed import tied
from oasis.people import trail
from oasis.people.roles import Need
from oasis.people.scope import Scope
from oasis.places.models import Klass


def check_class(scope: Scope, klass: Klass, *, turn: str, found: Mapping[UUID, Mapping[str, Any]]) -> HealthCheck:
    """Report a check of today; without anybody found it is a nil report. Reporting again writes over the earlier one."""
    if turn not in HealthCheck.Turn.values or klass not in checked_classes(scope):
        raise Refused("out-of-reach", "没有这个班的晨午检")
    with transaction.atomic():
        pupils = {child.pk: child for child in in_class(scope, klass, Need.HEALTH)}
        if found.keys() - pupils.keys():
            raise Refused("pupil", "有的孩子不在这个班，请刷新页面")
        absent = sum(bool(one.get("absent")) for one in found.values())
        told = {"expected": len(pupils), "present": len(pupils) - absent, "by_id": scope.person, "at": now()}
        check, _new = HealthCheck.objects.within(scope, Need.HEALTH).update_or_create(
            klass=klass, on=scope.on, turn=turn, defaults=told, create_defaults={**told, "school_id": klass.school_id}
        )
        HealthFinding.objects.within(scope, Need.HEALTH).filter(check_of=check).delete()
        rows = [
            HealthFinding(school_id=klass.school_id, child_id=pk, check_of=check, by_id=scope.actor, **one)
            for pk, one in found.items()
        ]
        HealthFinding.objects.bulk_create(rows)
        trail.note_many(
            scope, "health.check", school=klass.school_id, children=[row.child_id for row in rows] or [None], subject=str(check.pk), detail=turn
        )  # fmt: skip
    return check


def open_illness(scope: Scope, child: Child, *, sort: str, seen_at: datetime, seen: str, **more: Any) -> Illness:
    """Put an illness or accident on file. Call inside a transaction: the timeline takes its line with it."""
    if seen_at > now():
        raise Refused("seen_at", "发现的时间还没有到", field="seen_at")
    held = hold(scope, child, Need.HEALTH)
    row = Illness.objects.create(
        school_id=held.school_id, child=held, sort=sort, seen_at=seen_at, seen=seen.strip(), by_id=scope.actor, **more
    )
    trail.note(scope, "health.illness", school=held.school_id, child=held.pk, subject=str(row.pk), detail=sort)
    return row


def revise_illness(
    scope: Scope,
    illness: Illness,
    *,
    cost: Decimal | None,
    advanced: Decimal | None,
    advanced_by: str = "",
    **words: str,
) -> Illness:
    """Add what became known: who went along, clinic, diagnosis, cost, who advanced it."""
    if bool(advanced) != bool(advanced_by):
        raise Refused("advance", "垫付了多少、谁垫付的，要一起填", field="advanced_by" if advanced else "advanced")
    with transaction.atomic():
        held = _held(scope, illness)
        if advanced_by and advanced_by not in dict(staff_choices(held.school, scope.on)):
            raise Refused("lender", "请选择本校的老师", field="advanced_by")
        lender = UUID(advanced_by) if advanced_by else None
        if held.repaid_on and (held.advanced, held.advanced_by_id) != (advanced, lender):
            raise Refused("repaid", "垫付的钱已经归还，金额和垫付人不能再改", field="advanced")
        told = {"cost": cost, "advanced": advanced or None, "advanced_by_id": lender} | {
            k: v.strip() for k, v in words.items()
        }
        return _write(scope, held, told, "revise")


def tell(scope: Scope, illness: Illness, *, whom: str, told_at: datetime, heard: bool, answer: str = "") -> IllnessTold:
    """Note whom the school told, whether they were reached, and what they said."""
    with transaction.atomic():
        held = _held(scope, illness)
        if told_at > now():
            raise Refused("told_at", "时间还没有到", field="told_at")
        row = IllnessTold.objects.create(
            school_id=held.school_id, child_id=held.child_id, illness=held, whom=whom, told_at=told_at, heard=heard,
            answer=answer.strip(), by_id=scope.actor,
        )  # fmt: skip
        trail.note(
            scope, "health.illness", school=held.school_id, child=held.child_id, subject=str(held.pk), detail="told"
        )
    return row


def repay(scope: Scope, illness: Illness, *, how: str) -> Illness:
    """Note that the teacher has her money back."""
    with transaction.atomic():
        held = _held(scope, illness)
        if not held.owes:
            raise Refused("nothing-owed", "没有垫付，或已经归还")
        return _write(scope, held, {"repaid_on": scope.on, "repaid_how": how.strip()}, "repaid")


def back_in_class(scope: Scope, illness: Illness, *, on: date, words: str = "") -> Illness:
    """Note that the child is back in class. Call inside a transaction: the timeline takes its line with it."""
    held = _held(scope, illness)
    if held.back_on:
        raise Refused("back", "已经登记回班")
    if on > scope.on:
        raise Refused("day", "回班的日期还没有到", field="on")
    return _write(scope, held, {"back_on": on, "back_words": words.strip()}, "back")


def _held(scope: Scope, illness: Illness) -> Illness:
    rows = Illness.objects.within(scope, Need.HEALTH).select_for_update(of=("self",)).select_related("school")
    held: Illness | None = rows.filter(pk=illness.pk).first()
    if held is None:
        raise Refused("out-of-reach", "没有处理的权限")
    return held


def _write(scope: Scope, held: Illness, told: dict[str, Any], what: str) -> Illness:
    Illness.objects.within(scope, Need.HEALTH).filter(pk=held.pk).update(**tied(Illness, held.pk, told))
    trail.note(scope, "health.illness", school=held.school_id, child=held.child_id, subject=str(held.pk), detail=what)
    for name, value in told.items():
        setattr(held, name, value)
    return held
