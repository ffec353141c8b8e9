"""Reading problems and plans of a child."""

from collections.abc import Sequence
from dataclasses import dataclass
from uuid import UUID

from oasis.children.models import Child, Plan, PlanAction, PlanGoal, PlanReview, Problem, ProblemNote
from oasis.people.roles import Need
from oasis.people.scope import Scope


def problems(scope: Scope, child: Child) -> list[Problem]:
    """Give a child's problems, open ones first. One query."""
    rows = Problem.objects.within(scope, Need.CHILD_READ).filter(child=child).select_related("by")
    return sorted(rows, key=lambda row: row.closed_on is not None)


def notes(scope: Scope, problem: Problem) -> list[ProblemNote]:
    """Give the steps of a problem in their order. One query."""
    return list(ProblemNote.objects.within(scope, Need.CHILD_READ).filter(problem=problem).select_related("by"))


def plans(scope: Scope, child: Child) -> list[Plan]:
    """Give a child's plans, newest first. One query."""
    return list(Plan.objects.within(scope, Need.CHILD_READ).filter(child=child).select_related("lead", "term"))


def plan_of(scope: Scope, pk: UUID) -> Plan | None:
    """Give a plan in reach. One query."""
    rows = Plan.objects.within(scope, Need.CHILD_READ).select_related("lead", "term", "closed_by")
    found: Plan | None = rows.filter(pk=pk).first()
    return found


def action_of(scope: Scope, pk: UUID) -> PlanAction | None:
    """Give a measure in reach, with its plan. One query."""
    rows = PlanAction.objects.within(scope, Need.CHILD_READ).select_related("plan", "owner")
    found: PlanAction | None = rows.filter(pk=pk).first()
    return found


@dataclass
class Sheet:
    """A plan with all that belongs to it."""

    plan: Plan
    goals: list[PlanGoal]
    actions: list[PlanAction]
    reviews: list[PlanReview]

    def review(self, part: str) -> PlanReview | None:
        """Give the latest review of a part."""
        return next((row for row in reversed(self.reviews) if row.part == part), None)


def sheets(scope: Scope, children: Sequence[UUID], need: Need = Need.CHILD_READ) -> dict[UUID, Sheet]:
    """Give the newest plan of each child that has one, whole. Four queries."""
    rows = Plan.objects.within(scope, need).filter(child__in=children).select_related("lead", "closed_by", "term", "by")
    newest = {row.child_id: row for row in rows.order_by("from_on", "pk")}
    return _many(scope, newest, need)


def sheet(scope: Scope, plan: Plan) -> Sheet:
    """Give one plan whole. Three queries."""
    return _many(scope, {plan.child_id: plan}, Need.CHILD_READ)[plan.child_id]


def _many(scope: Scope, newest: dict[UUID, Plan], need: Need) -> dict[UUID, Sheet]:
    found = {plan.pk: Sheet(plan, [], [], []) for plan in newest.values()}
    for goal in PlanGoal.objects.within(scope, need).filter(plan__in=found):
        found[goal.plan_id].goals.append(goal)
    for action in PlanAction.objects.within(scope, need).filter(plan__in=found).select_related("owner"):
        found[action.plan_id].actions.append(action)
    for review in PlanReview.objects.within(scope, need).filter(plan__in=found).select_related("by"):
        found[review.plan_id].reviews.append(review)
    return {sheet.plan.child_id: sheet for sheet in found.values()}
