"""心理筛查: the counsellor's own ledger; a screening, the children to be followed, review, parents, referral, later days (domain.md 2.24)."""

from collections.abc import Sequence
from typing import Any
from uuid import UUID

from django import forms
from django.contrib import messages
from django.http import Http404, HttpResponse, HttpResponseRedirect
from django.shortcuts import get_object_or_404
from django.urls import reverse

from oasis.campus import screening as ask
from oasis.campus.actions.screening import correct_result, end_result, follow, hold_screening, revise_result
from oasis.campus.models import Screening, ScreenResult
from oasis.desk.filing import child_of, form_of
from oasis.desk.meanwhile import columns
from oasis.desk.own_work import asked
from oasis.desk.page import DeskRequest, page, when_shown
from oasis.desk.setting import Several, attempt, made_id
from oasis.kit.dates import today
from oasis.people import trail
from oasis.people.gate import screen
from oasis.people.roles import Need
from oasis.records.actions.screening import add_result

HELD = ("on", "scale", "about", "organiser", "took", "red", "orange", "yellow", "blue")
FIRST = ("grade", "score", "talk")
LATER = (
    "talk",
    "reviewer",
    "reviewed_on",
    "review",
    "told_on",
    "told_whom",
    "handling",
    "referral_on",
    "referral",
    "next_on",
)


class FollowForm(forms.Form):
    """How the child is, when to look again."""

    on = forms.DateField(label="追踪日期", widget=forms.DateInput(attrs={"type": "date"}))
    words = forms.CharField(label="情况", max_length=500, widget=forms.Textarea(attrs={"rows": 2}))
    next_on = forms.DateField(label="下次追踪日期", required=False, widget=forms.DateInput(attrs={"type": "date"}))


class FixForm(form_of(ScreenResult, ("score",))):  # type: ignore[misc]
    """Another grade or score, and why."""

    grade = forms.ChoiceField(label="结果等级", choices=ScreenResult.Grade.choices, widget=forms.RadioSelect)
    based_on = forms.IntegerField(widget=forms.HiddenInput, min_value=0)
    why = forms.CharField(label="为什么更正", max_length=120, help_text="如：录入时点错了；专业复核后改为黄色")
    field_order = ("grade", "score", "why", "based_on")


class EndForm(forms.Form):
    """The day it is over."""

    on = forms.DateField(label="解除日期", widget=forms.DateInput(attrs={"type": "date"}))


def index(request: DeskRequest) -> HttpResponse:
    """Show who is followed, and the screenings."""
    rows = [(row, ask.steps(row)) for row in ask.running(request.scope)]
    _looked(request, [row for row, _steps in rows])
    return page(
        request, "desk/screening.html", on=request.scope.on, running=rows, screenings=list(ask.screenings(request.scope)[:50]),
        tones={"red": "red", "orange": "amber", "yellow": "amber", "blue": "blue"},
    )  # fmt: skip


def _looked(request: DeskRequest, rows: Sequence[ScreenResult]) -> None:
    """Leave a line for each child whose grade stands on the page."""
    if rows:
        school, children = rows[0].school_id, list(dict.fromkeys(row.child_id for row in rows))
        when_shown(
            request,
            lambda: trail.note_many(request.scope, "child.look", school=school, children=children, detail="screening"),
        )


def new(request: DeskRequest) -> HttpResponse:
    """Write down a screening."""
    school = get_object_or_404(ask.counselled(request.scope)[:1])
    form = form_of(Screening, HELD)(
        request.POST or None, initial={"on": request.scope.on, "organiser": request.scope.name}
    )
    made: list[Screening] = []

    def act(held: dict[str, Any]) -> object:
        made.append(hold_screening(request.scope, id=made_id(request), school=school.pk, **held))
        return made

    return asked(
        request, form, act, title="登记一次筛查", back=reverse("screening"), said="已登记。需要跟进的孩子，逐个登记结果。",
        onward=lambda: reverse("screening-show", kwargs={"pk": made[0].pk}),
        note="先征得家长同意。这里只写人数；孩子的结果，登记转介给您的孩子。没有转介的，先请班主任在“结对”里安排您为心理教师。",
    )  # fmt: skip


def show(request: DeskRequest, pk: UUID) -> HttpResponse:
    """Show a screening with its results; put down one more."""
    row = ask.screening_of(request.scope, pk)
    if row is None:
        raise Http404
    found = list(ask.results(request.scope, row))
    _looked(request, found)
    known = {one.child_id for one in found}
    free = {
        str(one.pk): one
        for one in ask.referred(request.scope)
        if one.pk not in known and one.school_id == row.school_id
    }
    child = forms.ChoiceField(label="哪个孩子", choices=[("", "请选择"), *((pk, one.name) for pk, one in free.items())])
    grade = forms.ChoiceField(label="结果等级", choices=ScreenResult.Grade.choices, widget=forms.RadioSelect)
    made = form_of(ScreenResult, FIRST, child=child, grade=grade)
    made.base_fields = {name: made.base_fields[name] for name in ("child", *FIRST)}
    form = made(request.POST or None)
    if request.method == "POST":
        result = attempt(form, lambda: _add(request, row, free, form.cleaned_data))
        if result:
            messages.success(request, "已登记。别人只看得到“有一条保密记录”。")
            return HttpResponseRedirect(reverse("screening-result", kwargs={"pk": result.pk}))
    return page(
        request, "desk/screening_show.html", row=row, results=found, form=form, free=free, on=request.scope.on, status=422 if form.errors else 200
    )  # fmt: skip


def _add(request: DeskRequest, row: Screening, free: dict[str, Any], held: dict[str, Any]) -> ScreenResult:
    return add_result(request.scope, row, free[held.pop("child")], **held)


def result(request: DeskRequest, pk: UUID) -> HttpResponse:
    """Show a child's result; review, parents, referral, later days, the end."""
    row = ask.result_of(request.scope, pk)
    if row is None:
        raise Http404
    child = child_of(request, row.child_id, Need.SCREENING)
    scope, sent, made = request.scope, Several(request), made_id(request)
    later = sent.over(
        "later", form_of(ScreenResult, LATER), row, columns(LATER), lambda told: revise_result(scope, row, **told), need=Need.SCREENING
    )  # fmt: skip
    again = sent.add("follow", FollowForm, lambda told: follow(scope, row, id=made, seen=sent.seen, **told), on=today())
    end = sent.add("end", EndForm, lambda told: end_result(scope, row, seen=sent.seen, **told), on=today())
    kept = ask.versions(scope, row)
    fix = sent.add(
        "fix", FixForm, lambda told: correct_result(scope, row, **told), grade=row.grade, score=row.score
    )  # fmt: skip
    if sent.done():
        messages.success(request, "已保存。")
        return HttpResponseRedirect(reverse("screening-result", kwargs={"pk": pk}))
    return page(
        request, "desk/screening_result.html", row=row, child=child, follows=ask.follows(scope, row), steps=ask.steps(row), on=scope.on, stands=ask.mark_of(scope, row),
        id=made, versions=kept, fix=fix, later=later, again=again, end=end, status=sent.status,
    )  # fmt: skip


ROUTES = (
    screen("screening/", index, needs=Need.SCREENING, name="screening", history=True),
    screen("screening/new/", new, needs=Need.SCREENING, name="screening-new"),
    screen("screening/<uuid:pk>/", show, needs=Need.SCREENING, name="screening-show", history=True),
    screen("screening/result/<uuid:pk>/", result, needs=Need.SCREENING, name="screening-result", history=True),
)
