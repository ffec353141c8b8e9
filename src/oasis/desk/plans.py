"""帮扶计划 一人一策: made, carried out, reviewed, closed, printed (A6)."""

from collections.abc import Callable
from datetime import date, timedelta
from typing import Any
from uuid import UUID

from django import forms
from django.contrib import messages
from django.http import Http404, HttpResponse, HttpResponseRedirect
from django.urls import reverse

from oasis.children.access import needs_over, viewers
from oasis.children.actions import plans as act
from oasis.children.models import Child, Plan, PlanAction, PlanGoal, PlanReview
from oasis.children.plans import Sheet, action_of, plan_of, plans, problems, sheet
from oasis.desk.filing import child_of, form_of, initial_of, row_of
from oasis.desk.meanwhile import columns, over
from oasis.desk.page import DeskRequest, page
from oasis.desk.setting import attempt, done
from oasis.people.gate import screen
from oasis.people.roles import Need
from oasis.places.models import Term
from oasis.places.queries import term_on

LEAST = timedelta(days=14)  # from making a plan to looking whether it helps
TEXTS = ("situation", "causes", "child_view", "carer_view")
HELPS = {
    "situation": "孩子和家里的情况，五项需求里缺什么", "causes": "为什么会这样", "child_view": "问一问孩子想要什么帮助，写孩子的原话",
    "carer_view": "父母或照护人怎么说，怎么配合",
}  # fmt: skip


def _staff(child: Child, on: date) -> list[tuple[str, str]]:
    """Offer those who may see the file, each once."""
    named = {str(viewer.user.pk): f"{viewer.user.name}（{viewer.why}）" for viewer in viewers(child, on)}
    return sorted(named.items(), key=lambda one: one[1])


def _plan_form(child: Child, on: date, lead: str = "lead") -> type[forms.Form]:
    led = {lead: forms.ChoiceField(label="责任人", choices=_staff(child, on))}
    made = form_of(Plan, (*TEXTS, "mid_on", "end_on"), **led)
    for name, words in HELPS.items():
        made.base_fields[name].help_text = words
    return made


def new(request: DeskRequest, pk: UUID) -> HttpResponse:
    """Make a plan for a key child: what is known is filled in."""
    child = child_of(request, pk)
    term = term_on(child.school_id, request.scope.on)
    if term is None:
        raise Http404
    running = next((plan for plan in plans(request.scope, child) if plan.closed_on is None), None)
    if running:
        return HttpResponseRedirect(reverse("child-plan", kwargs={"pk": running.pk}))
    first = {"situation": _known(request, child), "lead": str(request.scope.person), **_days(term, request.scope.on)}
    form = _plan_form(child, request.scope.on)(request.POST or None, initial=first)
    made = attempt(form, lambda: _make(request, child, term, form.cleaned_data)) if request.method == "POST" else None
    if made:
        messages.success(request, "计划已建好，接着加目标和措施。")
        return HttpResponseRedirect(reverse("child-plan", kwargs={"pk": made.pk}))
    return page(
        request, "desk/plan_new.html", child=child, may=frozenset({Need.CHILD_READ}), tab="help", deeper=True, form=form,
        title="制定帮扶计划", status=422 if form.errors else 200,
    )  # fmt: skip


def _make(request: DeskRequest, child: Child, term: Term, held: dict[str, Any]) -> Plan:
    return act.make_plan(request.scope, child, term=term, **held | {"lead": UUID(held["lead"])})


def _days(term: Term, on: date) -> dict[str, date]:
    mid = max(term.visit2_until, on + LEAST)
    return {"mid_on": mid, "end_on": max(term.ends_on, mid + timedelta(days=1))}


def _known(request: DeskRequest, child: Child) -> str:
    """Begin the situation with the problems on file."""
    open_ones = [row for row in problems(request.scope, child) if row.closed_on is None]
    return "；".join(f"{row.get_kind_display()}：{row.what}" for row in open_ones)[:600]


def now(request: DeskRequest, pk: UUID) -> HttpResponse:
    """Lead from a due line to the plan that runs."""
    child = child_of(request, pk, Need.CHILD_READ)
    running = next((plan for plan in plans(request.scope, child) if plan.closed_on is None), None)
    where = reverse("child-plan", kwargs={"pk": running.pk}) if running else reverse("child-help", kwargs={"pk": pk})
    return HttpResponseRedirect(where)


def edit(request: DeskRequest, pk: UUID) -> HttpResponse:
    """Change the plan's own words and days."""
    plan = row_of(request, Plan, pk=pk)
    child = child_of(request, plan.child_id)
    asked = _plan_form(child, request.scope.on, "lead_id")
    form = asked(request.POST or None, initial=initial_of(plan, asked.base_fields))
    settled = over(
        request.scope, form, plan, columns(asked.base_fields), lambda held: _revise(request, plan, held), need=Need.CHILD_WRITE
    )  # fmt: skip
    if request.method == "POST" and done(form, lambda: settled(form.cleaned_data)):
        messages.success(request, "已保存，原来写的保留在“变化”里。")
        return HttpResponseRedirect(reverse("child-plan", kwargs={"pk": pk}))
    return page(
        request, "desk/plan_new.html", child=child, may=frozenset({Need.CHILD_READ}), tab="help", deeper=True, form=form,
        title="修改帮扶计划", status=422 if form.errors else 200,
    )  # fmt: skip


def _revise(request: DeskRequest, plan: Plan, held: dict[str, Any]) -> Plan:
    return act.revise_plan(request.scope, plan, **held | {"lead_id": UUID(str(held["lead_id"]))})


def show(request: DeskRequest, pk: UUID) -> HttpResponse:
    """Show a plan whole; take an aim, a measure, a review, the closing."""
    plan = plan_of(request.scope, pk)
    if plan is None:
        raise Http404
    child = child_of(request, plan.child_id, Need.CHILD_READ)
    whole, which = sheet(request.scope, plan), request.POST.get("form", "")
    asked = _forms(request, child, plan, which)
    if which in asked and done(
        asked[which], _acts(request, plan, asked[which].cleaned_data if asked[which].is_valid() else {})[which]
    ):
        messages.success(request, "已保存。")
        return HttpResponseRedirect(reverse("child-plan", kwargs={"pk": pk}))
    may = needs_over(request.scope, child)
    return page(
        request, "desk/plan.html", child=child, may=may, tab="help", deeper=True, plan=plan, whole=whole, forms=asked,
        writes=Need.CHILD_WRITE in may and not plan.closed_on, closes=act.may_close(request.scope, plan) and not plan.closed_on,
        reviews=not plan.closed_on and (Need.CHILD_WRITE in may or plan.lead_id == request.scope.actor), parts=_parts(whole),
        outcomes=PlanAction.Outcome, me=request.scope.actor, today=request.scope.on, which=which,
        status=422 if any(form.errors for form in asked.values()) else 200,
    )  # fmt: skip


def _parts(whole: Sheet) -> list[tuple[str, date, PlanReview | None]]:
    plan = whole.plan
    return [("中期评估", plan.mid_on, whole.review("mid")), ("期末评估", plan.end_on, whole.review("end"))]


def _forms(request: DeskRequest, child: Child, plan: Plan, which: str) -> dict[str, forms.Form]:
    on, data = request.scope.on, request.POST
    owners = forms.ChoiceField(label="责任人", choices=_staff(child, on))
    kinds: dict[str, tuple[type[forms.Form], dict[str, Any]]] = {
        "goal": (form_of(PlanGoal, ("lack", "words", "until_on")), {"until_on": plan.end_on}),
        "action": (form_of(PlanAction, ("area", "words", "due_on"), owner=owners), {"owner": str(plan.lead_id), "due_on": plan.mid_on}),
        "review": (
            form_of(PlanReview, ("part", "progress", "words", "change")), {"part": "mid" if on < plan.end_on else "end"},
        ),
        "close": (form_of(Plan, ("closing",)), {}),
    }  # fmt: skip
    made = {
        name: kind(data if which == name else None, initial=first, auto_id=f"{name}_%s")
        for name, (kind, first) in kinds.items()
    }
    made["close"].fields["closing"].required = True
    return made


def _acts(request: DeskRequest, plan: Plan, held: dict[str, Any]) -> dict[str, Callable[[], object]]:
    scope = request.scope
    return {
        "goal": lambda: act.add_goal(scope, plan, **held),
        "action": lambda: act.add_action(scope, plan, **held | {"owner": UUID(held["owner"])}),
        "review": lambda: act.review_plan(scope, plan, **held),
        "close": lambda: act.close_plan(scope, plan, **held),
    }


def finish(request: DeskRequest, pk: UUID) -> HttpResponse:
    """Say that a measure is done, or no longer needed."""
    row = action_of(request.scope, pk)
    if row is None:
        raise Http404
    child = child_of(request, row.child_id, Need.CHILD_READ)
    form = form_of(PlanAction, ("outcome", "done_words"))(request.POST or None, initial={"outcome": "done"})
    form.fields["outcome"] = forms.ChoiceField(
        label="结果", choices=PlanAction.Outcome.choices, widget=forms.RadioSelect
    )
    if request.method == "POST" and done(form, lambda: _finish(request, row, form.cleaned_data)):
        messages.success(request, "已登记。")
        return HttpResponseRedirect(reverse("child-plan", kwargs={"pk": row.plan_id}))
    return page(
        request, "desk/plan_finish.html", child=child, may=frozenset({Need.CHILD_READ}), tab="help", deeper=True, form=form, row=row,
        status=422 if form.errors else 200,
    )  # fmt: skip


def _finish(request: DeskRequest, row: PlanAction, held: dict[str, Any]) -> PlanAction:
    return act.finish_action(request.scope, row, outcome=held["outcome"], words=held["done_words"])


ROUTES = (
    screen("children/<uuid:pk>/plan/new/", new, needs=Need.CHILD_WRITE, name="child-plan-new"),
    screen("children/<uuid:pk>/plan/", now, needs=Need.CHILD_READ, name="child-plan-now"),
    screen("plans/<uuid:pk>/", show, needs=Need.CHILD_READ, name="child-plan"),
    screen("plans/<uuid:pk>/edit/", edit, needs=Need.CHILD_WRITE, name="child-plan-edit"),
    screen("plans/action/<uuid:pk>/", finish, needs=Need.RECORD_WRITE, name="child-plan-action"),
)
