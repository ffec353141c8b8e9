"""The plan of a key child: made, given aims and measures, carried out, reviewed, closed (requirements.md A6)."""

from datetime import date
from typing import Any
from uuid import UUID

from django.db import transaction

from oasis.children.access import viewers
from oasis.children.actions.files import changes, hold, keep
from oasis.children.models import Child, Plan, PlanAction, PlanGoal, PlanReview
from oasis.kit.refused import Refused
from oasis.people import trail
from oasis.people.roles import ArmKind, Need
from oasis.people.scope import Scope
from oasis.places.models import Term


def make_plan(scope: Scope, child: Child, *, term: Term, lead: UUID, mid_on: date, end_on: date, **texts: str) -> Plan:
    """Make a plan for a key child; raises Refused for another child, a second plan, or a lead who may not see the file."""
    with transaction.atomic():
        held = hold(scope, child)
        if not held.key:
            raise Refused("not-key", "先把关爱等级评定为“重点帮扶”或“高度关注”，再制定计划")
        if Plan.objects.within(scope, Need.CHILD_WRITE).filter(child=held, closed_on__isnull=True).exists():
            raise Refused("running", "已经有一份在执行的计划，请先结案")
        _dates(mid_on, end_on)
        _may_own(held, lead, scope.on, "lead")
        plan = Plan.objects.create(
            school_id=held.school_id, child=held, term=term, from_on=scope.on, lead_id=lead, mid_on=mid_on, end_on=end_on,
            by_id=scope.actor, **texts,
        )  # fmt: skip
        trail.note(scope, "plan.make", school=held.school_id, child=held.pk, subject=str(plan.pk))
    return plan


def revise_plan(scope: Scope, plan: Plan, **fields: Any) -> Plan:
    """Change the plan's own words and days; what stood there stays among the file's changes."""
    with transaction.atomic():
        held = _running(scope, plan)
        child = hold(scope, Child(pk=held.child_id))
        if fields.get("lead_id", held.lead_id) != held.lead_id:
            _may_own(child, fields["lead_id"], scope.on, "lead_id")
        _dates(fields.get("mid_on", held.mid_on), fields.get("end_on", held.end_on))
        found = changes(child, "plan", held, fields, scope.actor)
        for name, value in fields.items():
            setattr(held, name, value)
        held.save(update_fields=list(fields))
        keep(found)
        trail.note(scope, "plan.revise", school=held.school_id, child=held.child_id, subject=str(held.pk))
    return held


def add_goal(scope: Scope, plan: Plan, *, lack: str, words: str, until_on: date) -> PlanGoal:
    """Add an aim."""
    with transaction.atomic():
        held = _running(scope, plan)
        goal = PlanGoal.objects.create(
            school_id=held.school_id, child_id=held.child_id, plan=held, lack=lack, words=words, until_on=until_on, by_id=scope.actor
        )  # fmt: skip
        trail.note(scope, "plan.goal", school=held.school_id, child=held.child_id, subject=str(held.pk), detail=lack)
    return goal


def add_action(scope: Scope, plan: Plan, *, area: str, words: str, owner: UUID, due_on: date) -> PlanAction:
    """Add a measure with its owner and day; from now on it is on the owner's due list."""
    if due_on < scope.on:
        raise Refused("due", "期限不能早于今天", field="due_on")
    with transaction.atomic():
        held = _running(scope, plan)
        _may_own(hold(scope, Child(pk=held.child_id)), owner, scope.on, "owner")
        action = PlanAction.objects.create(
            school_id=held.school_id, child_id=held.child_id, plan=held, area=area, words=words, owner_id=owner, due_on=due_on,
            by_id=scope.actor,
        )  # fmt: skip
        trail.note(scope, "plan.action", school=held.school_id, child=held.child_id, subject=str(held.pk), detail=area)
    return action


def finish_action(scope: Scope, action: PlanAction, *, outcome: str, words: str) -> PlanAction:
    """Say that a measure is done or no longer needed: its owner, the homeroom teacher or a leader."""
    with transaction.atomic():
        rows = PlanAction.objects.within(scope, Need.RECORD_WRITE).select_for_update(of=("self",))
        held = rows.filter(pk=action.pk, plan__closed_on__isnull=True).first()
        if held is None or not (held.owner_id == scope.actor or _writes(scope, held.child_id)):
            raise Refused("out-of-reach", "这条措施不归您负责")
        if held.done_on:
            raise Refused("done", "这条措施已经登记过了，请刷新页面")
        if outcome == PlanAction.Outcome.DROPPED and not words.strip():
            raise Refused("why", "请写明为什么不再需要", field="done_words")
        held.outcome, held.done_on, held.done_by_id, held.done_words = outcome, scope.on, scope.actor, words.strip()
        held.save(update_fields=["outcome", "done_on", "done_by", "done_words"])
        trail.note(scope, "plan.done", school=held.school_id, child=held.child_id, subject=str(held.pk), detail=outcome)
    return held


def review_plan(scope: Scope, plan: Plan, *, part: str, progress: str, words: str, change: str = "") -> PlanReview:
    """Review a plan: its lead, the homeroom teacher or a leader."""
    with transaction.atomic():
        held = _running(scope, plan, Need.RECORD_WRITE)
        if not (held.lead_id == scope.actor or _writes(scope, held.child_id)):
            raise Refused("out-of-reach", "这份计划不归您评估")
        row = PlanReview.objects.create(
            school_id=held.school_id, child_id=held.child_id, plan=held, part=part, on=scope.on, progress=progress, words=words,
            change=change, by_id=scope.actor,
        )  # fmt: skip
        trail.note(scope, "plan.review", school=held.school_id, child=held.child_id, subject=str(held.pk), detail=part)
    return row


def close_plan(scope: Scope, plan: Plan, *, closing: str) -> Plan:
    """Close a plan: the dean or the principal, after the review at the end; what is still open goes with it."""
    with transaction.atomic():
        held = _running(scope, plan)
        if not may_close(scope, held):
            raise Refused("leader", "由德育主任或校长结案")
        if not PlanReview.objects.within(scope, Need.CHILD_WRITE).filter(plan=held, part="end").exists():
            raise Refused("review", "请先做期末评估，再结案")
        if not closing.strip():
            raise Refused("closing", "请写结案意见", field="closing")
        held.closed_on, held.closed_by_id, held.closing = scope.on, scope.actor, closing.strip()
        held.save(update_fields=["closed_on", "closed_by", "closing"])
        trail.note(scope, "plan.close", school=held.school_id, child=held.child_id, subject=str(held.pk))
    return held


def may_close(scope: Scope, plan: Plan) -> bool:
    """Tell whether a person leads the plan's school."""
    return plan.school_id in scope.ids(ArmKind.SCHOOL, Need.CHILD_WRITE)


def _running(scope: Scope, plan: Plan, need: Need = Need.CHILD_WRITE) -> Plan:
    held = Plan.objects.within(scope, need).select_for_update(of=("self",)).filter(pk=plan.pk).first()
    if held is None:
        raise Refused("out-of-reach", "没有修改这份计划的权限")
    if held.closed_on:
        raise Refused("closed", "这份计划已经结案，不能再改")
    return held


def _writes(scope: Scope, child: UUID) -> bool:
    return Child.objects.within(scope, Need.CHILD_WRITE).filter(pk=child).exists()


def _may_own(child: Child, user: UUID, on: date, field: str) -> None:
    """What is given to somebody must be somebody's who may see the file."""
    if user not in {viewer.user.pk for viewer in viewers(child, on)}:
        raise Refused("stranger", "这位老师现在看不到孩子的档案，请先安排结对，或换一位", field=field)


def _dates(mid_on: date, end_on: date) -> None:
    if end_on <= mid_on:
        raise Refused("order", "期末评估要在中期评估之后", field="end_on")
