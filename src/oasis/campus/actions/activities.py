"""Writing activities: planned, signed up for, places allotted in order, consent, who came and won (D4, D5, C8)."""

from collections.abc import Collection, Mapping
from datetime import date
from typing import Any
from uuid import UUID

from django.db import transaction

from oasis.campus.actions.own import add, change, hold, must_own
from oasis.campus.models import Activity, ActivityKlass, ActivityPart
from oasis.campus.reach import at_work
from oasis.children.models import Child
from oasis.kit.refused import Refused
from oasis.kit.text import fitting
from oasis.people import trail
from oasis.people.roles import Need
from oasis.people.scope import Scope
from oasis.places.queries import classes_on

ACTIVITY = Need.ACTIVITY
WHOLE = "校外活动要逐个登记家长同意，不能整班参加。请不勾班级，按名字给孩子报名"


def plan_activity(
    scope: Scope, *, id: UUID, school: UUID, lead: UUID, klasses: Collection[UUID], **fields: Any
) -> Activity:
    """Put an activity on the calendar, with the classes that take part whole."""
    must_own(lead, school, scope, "lead")
    _safe(fields, klasses)
    with transaction.atomic():
        row = add(
            scope,
            Activity,
            id=id,
            school=school,
            need=ACTIVITY,
            deed="activity.plan",
            detail=fields["kind"],
            lead_id=lead,
            **fields,
        )
        _whole(scope, row, klasses)
    return row


def revise_activity(scope: Scope, row: Activity, *, lead: UUID, klasses: Collection[UUID], **fields: Any) -> Activity:
    """Change an activity that has not been held."""
    must_own(lead, row.school_id, scope, "lead")
    _safe(fields, klasses)
    with transaction.atomic():
        _coming(scope, row)
        held = change(scope, row, need=ACTIVITY, deed="activity.plan", detail=fields["kind"], lead_id=lead, **fields)
        _whole(scope, held, klasses)
    return held


def _safe(fields: Mapping[str, Any], klasses: Collection[UUID]) -> None:
    if fields["off_campus"] and not fields["risk_plan"].strip():
        raise Refused("risk", "校外活动要先写安全预案", field="risk_plan")
    if fields["off_campus"] and klasses:
        raise Refused("whole", WHOLE, field="klasses")


def _coming(scope: Scope, row: Activity) -> Activity:
    """Lock an activity that is still to be held, or raise Refused."""
    held = hold(scope, row, ACTIVITY)
    if held.held_on or held.dropped:
        raise Refused("over", "这次活动已经办完或取消，请刷新页面")
    return held


def _whole(scope: Scope, row: Activity, klasses: Collection[UUID]) -> None:
    rows = ActivityKlass.objects.within(scope, ACTIVITY).filter(activity=row)
    rows.exclude(klass__in=klasses).delete()
    have = set(rows.values_list("klass_id", flat=True))
    here = {klass.pk for klass in classes_on(row.school_id, row.on)}
    counts = (
        Child.objects.within(scope, ACTIVITY)
        .filter(state=Child.State.HERE, klass__in=klasses)
        .values_list("klass_id", flat=True)
    )
    numbers = list(counts)
    ActivityKlass.objects.bulk_create(
        ActivityKlass(school_id=row.school_id, by_id=scope.person, activity=row, klass_id=klass, count=numbers.count(klass))
        for klass in klasses if klass in here and klass not in have
    )  # fmt: skip


def drop_activity(scope: Scope, row: Activity) -> Activity:
    """Say that an activity is not held."""
    with transaction.atomic():
        _coming(scope, row)
        return change(scope, row, need=ACTIVITY, deed="activity.drop", dropped=True)


def sign_up(scope: Scope, activity: Activity, *, children: Collection[UUID]) -> int:
    """Sign children up: whoever may see their names; a child signed up already stays as it is. Gives how many are new."""
    with transaction.atomic():
        row = _open(scope, activity)
        seen = Child.objects.within(scope, Need.NAMES).filter(
            pk__in=children, school_id=row.school_id, state=Child.State.HERE
        )
        have = set(
            ActivityPart.objects.within(scope, Need.NAMES).filter(activity=row).values_list("child_id", flat=True)
        )
        new = [child for child in seen if child.pk not in have]
        if not new:
            raise Refused("nobody", "请选择还没有报名的孩子", field="children")
        ActivityPart.objects.bulk_create(
            ActivityPart(
                school_id=row.school_id, child=child, by_id=scope.person, activity=row, placed=row.seats is None
            )
            for child in new
        )
        trail.note_many(
            scope, "activity.sign", school=row.school_id, children=[child.pk for child in new], subject=str(row.pk)
        )
    return len(new)


def _open(scope: Scope, activity: Activity) -> Activity:
    row = at_work(scope, Activity).select_for_update(of=("self",)).filter(pk=activity.pk).first()
    if row is None:
        raise Refused("out-of-reach", "只有本校的教职工可以报名")
    if row.held_on or row.dropped:
        raise Refused("over", "这次活动已经办完或取消，不能再报名")
    if row.sign_until and row.sign_until < scope.on:
        raise Refused("late", "报名已经截止")
    return row


def take_back(scope: Scope, part: ActivityPart) -> None:
    """Take a child's name off before the activity."""
    with transaction.atomic():
        held = _part(scope, part)
        if held.came is not None:
            raise Refused("over", "活动已经登记到场，不能取消报名")
        trail.note(scope, "activity.unsign", school=held.school_id, child=held.child_id, subject=str(held.activity_id))
        held.delete()


def agree(scope: Scope, part: ActivityPart, *, on: date | None) -> ActivityPart:
    """Write down that the parents agree to an activity off campus, or that they took it back."""
    if on and on > scope.on:
        raise Refused("ahead", "同意的日期不能晚于今天")
    with transaction.atomic():
        held = _part(scope, part)
        held.agreed_on = on
        held.save(update_fields=["agreed_on"])
        trail.note(
            scope,
            "activity.agree",
            school=held.school_id,
            child=held.child_id,
            subject=str(held.activity_id),
            detail=str(on or ""),
        )
    return held


def _part(scope: Scope, part: ActivityPart) -> ActivityPart:
    held = ActivityPart.objects.within(scope, Need.NAMES).select_for_update(of=("self",)).filter(pk=part.pk).first()
    if held is None:
        raise Refused("out-of-reach", "这个孩子的报名不归您登记")
    return held


def allot(scope: Scope, activity: Activity) -> int:
    """Give the places out: children whose parents are away first, then by the hour of signing up. Gives how many got one.

    Nobody is told which of the two reasons gave a child its place.
    """
    with transaction.atomic():
        row = _coming(scope, activity)
        rows = ActivityPart.objects.within(scope, ACTIVITY).filter(activity=row)
        rows.exclude(child__state=Child.State.HERE).update(placed=False)
        parts = list(rows.filter(child__state=Child.State.HERE).select_related("child"))
        parts.sort(key=lambda part: (part.child.left_behind == 0, part.at, part.pk))
        seats = len(parts) if row.seats is None else row.seats
        for n, part in enumerate(parts):
            part.placed = n < seats
        ActivityPart.objects.within(scope, ACTIVITY).bulk_update(parts, ["placed"])
        trail.note(
            scope, "activity.allot", school=row.school_id, subject=str(row.pk), detail=str(min(seats, len(parts)))
        )
    return min(seats, len(parts))


def hold_activity(
    scope: Scope,
    activity: Activity,
    *,
    came: Collection[UUID],
    awards: Mapping[UUID, tuple[str, str]],
    story: str,
    effect: str,
) -> Activity:
    """Write down who came, who won what, how it went. Off campus, nobody goes whose parents have not agreed."""
    if activity.on > scope.on:
        raise Refused("ahead", "活动还没有到日子")
    with transaction.atomic():
        row = hold(scope, activity, ACTIVITY)
        if row.dropped:
            raise Refused("dropped", "这次活动已经取消")
        _by_name(scope, row)
        parts = list(ActivityPart.objects.within(scope, ACTIVITY).filter(activity=row).select_related("child"))
        for part in parts:
            part.came = part.pk in came
            part.award, result = awards.get(part.pk, ("", "")) if part.came else ("", "")
            part.result = fitting(result, 60, "成绩、作品")
            if part.came and row.off_campus and part.agreed_on is None:
                raise Refused(
                    "consent", f"{part.child.name}的家长还没有同意参加校外活动，请先登记家长同意", field="came"
                )
        ActivityPart.objects.within(scope, ACTIVITY).bulk_update(parts, ["came", "award", "result"])
        row.held_on, row.story, row.effect = row.held_on or scope.on, story, effect
        row.save(update_fields=["held_on", "story", "effect"])
        trail.note(scope, "activity.hold", school=row.school_id, subject=str(row.pk), detail=str(len(came)))
    return row


def _by_name(scope: Scope, row: Activity) -> None:
    """Raise Refused for whole classes that would leave the school: of no child is it known whether the parents agreed."""
    whole = ActivityKlass.objects.within(scope, ACTIVITY).filter(activity=row)
    if row.off_campus and not row.held_on and whole.exists():
        raise Refused("whole", WHOLE)
