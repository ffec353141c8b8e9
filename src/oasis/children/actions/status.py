"""Left-behind status and risk level: dated, never overwritten."""

from datetime import date
from typing import Any

from django.db import transaction

from oasis.children.actions.files import changes, keep
from oasis.children.models import Child, ChildStatus, RiskLevel
from oasis.kit.refused import Refused
from oasis.people import trail
from oasis.people.roles import Need
from oasis.people.scope import Scope


def held_for_writing(scope: Scope, child: Child) -> Child:
    """Give the child locked for writing, or raise Refused. Call inside a transaction."""
    held = Child.objects.within(scope, Need.CHILD_WRITE).select_for_update().filter(pk=child.pk).first()
    if held is None:
        raise Refused("out-of-reach", "没有修改这份档案的权限")
    return held


def set_status(
    scope: Scope, child: Child, *, on: date, left_behind: int, civil: bool, civil_reason: str = "", care: str = "",
    since_on: date | None = None, source: str = "file", note: str = "",
) -> ChildStatus | None:  # fmt: skip
    """Record both official definitions from a day on (domain.md 3.1); None when nothing changed.

    Raises Refused when civil affairs' definition is claimed without a reason.
    """
    if civil and not civil_reason:
        raise Refused("civil-reason", "按民政口径属于留守的，请选择原因", field="civil_reason")
    with transaction.atomic():
        held = held_for_writing(scope, child)
        new: dict[str, Any] = {"left_behind": left_behind, "civil": civil, "care": care or held.care}
        found = changes(held, "child", held, new, scope.actor)
        if not found:
            return None
        status = ChildStatus.objects.create(
            school_id=held.school_id, child=held, from_on=on, left_behind=left_behind, civil=civil, civil_reason=civil_reason,
            care=new["care"], since_on=since_on, source=source, note=note, by_id=scope.actor,
        )  # fmt: skip
        held.left_behind, held.civil, held.care, held.version = left_behind, civil, new["care"], held.version + 1
        held.save(update_fields=["left_behind", "civil", "care", "version"])
        keep(found)
        trail.note(scope, "child.status", school=held.school_id, child=held.pk)
    return status


def set_risk(scope: Scope, child: Child, *, on: date, level: str, reasons: str) -> RiskLevel:
    """Set how closely the child is looked after, with reasons (requirements.md A6); raises Refused without reasons."""
    if not reasons.strip():
        raise Refused("reasons", "请写明理由", field="reasons")
    with transaction.atomic():
        held = held_for_writing(scope, child)
        risk = RiskLevel.objects.create(
            school_id=held.school_id, child=held, on=on, level=level, reasons=reasons, by_id=scope.actor
        )
        keep(changes(held, "child", held, {"key": level == RiskLevel.Level.KEY}, scope.actor))
        held.key, held.version = level == RiskLevel.Level.KEY, held.version + 1
        held.save(update_fields=["key", "version"])
        trail.note(scope, "child.risk", school=held.school_id, child=held.pk)
    return risk
