"""Setting a cadence, giving a child an exception, ending it."""

from datetime import date, timedelta

from django.db import transaction

from oasis.children.models import Child
from oasis.duties.catalogue import DUTIES
from oasis.duties.models import DutySetting, Waiver
from oasis.duties.rounds import ROUNDS
from oasis.kit.refused import Refused
from oasis.people import trail
from oasis.people.roles import ArmKind, Need
from oasis.people.scope import Scope
from oasis.places.models import School


def set_cadence(
    scope: Scope, *, school: School, duty: str, on: bool, every: int | None, grace: int | None, whom: str
) -> DutySetting:
    """Set how a school keeps a duty; raises Refused when the numbers make no sense or the school is another's."""
    _own_school(scope, school)
    if duty in DUTIES:
        low, high = DUTIES.get(duty).clock.every_range
    else:  # of a daily round the hour at which it is due
        low, high = ROUNDS.get(duty).hours[0], ROUNDS.get(duty).hours[-1]
    if every is not None and not low <= every <= high:
        raise Refused("every", f"请填写{low}到{high}之间的数", field="every")
    if grace is not None and not 0 <= grace <= 60:
        raise Refused("grace", "请填写0到60之间的数", field="grace")
    with transaction.atomic():
        setting, _made = DutySetting.objects.within(scope, Need.CADENCES).update_or_create(
            school=school, duty=duty,
            defaults={"on": on, "every": every, "grace": grace, "whom": whom, "by_id": scope.actor},
        )  # fmt: skip
        told = f"{'on' if on else 'off'} {every} {grace} {whom}"
        trail.note(scope, "cadence.set", school=school.pk, subject=duty, detail=told)
    return setting


def reset_cadence(scope: Scope, *, school: School, duty: str) -> None:
    """Go back to the usual cadence."""
    _own_school(scope, school)
    with transaction.atomic():
        DutySetting.objects.within(scope, Need.CADENCES).filter(school=school, duty=duty).delete()
        trail.note(scope, "cadence.reset", school=school.pk, subject=duty)


def _own_school(scope: Scope, school: School) -> None:
    if school.pk not in scope.ids(ArmKind.SCHOOL, Need.CADENCES):
        raise Refused("other-school", "只能设置本校的工作节奏")


def waive(scope: Scope, *, child: Child, duty: str, reason: str, until_on: date | None) -> Waiver:
    """Let a child off a duty from today, with a reason; raises Refused out of reach, without reason, or twice."""
    if not reason.strip():
        raise Refused("reason", "请写明原因", field="reason")
    if until_on and until_on < scope.on:
        raise Refused("until", "结束日期不能早于今天", field="until_on")
    with transaction.atomic():
        held = Child.objects.within(scope, Need.CHILD_WRITE).select_for_update().filter(pk=child.pk).first()
        if held is None:
            raise Refused("out-of-reach", "没有为这个孩子设置例外的权限")
        running = Waiver.objects.within(scope, Need.CHILD_WRITE).filter(child=held, duty=duty)
        if running.exclude(until_on__lt=scope.on).exists():
            raise Refused("twice", "这一项已经有例外，请先结束原来的", field="duty")
        waiver = Waiver.objects.create(
            school_id=held.school_id, child=held, duty=duty, reason=reason.strip(), from_on=scope.on, until_on=until_on,
            by_id=scope.actor,
        )  # fmt: skip
        trail.note(scope, "waiver.give", school=held.school_id, child=held.pk, subject=str(waiver.pk), detail=duty)
    return waiver


def end_waiver(scope: Scope, *, waiver: Waiver) -> None:
    """End an exception: from today the duty is owed again. One given today leaves no day behind."""
    with transaction.atomic():
        held = Waiver.objects.within(scope, Need.CHILD_WRITE).select_for_update().filter(pk=waiver.pk).first()
        if held is None:
            raise Refused("out-of-reach", "没有结束这个例外的权限")
        if held.from_on >= scope.on:
            held.delete()
        else:
            held.until_on = scope.on - timedelta(days=1)
            held.save(update_fields=["until_on"])
        trail.note(scope, "waiver.end", school=held.school_id, child=held.child_id, subject=str(held.pk))
