"""强制报告的步骤: take a step, name who may know, close. Named people only."""

from uuid import UUID

from django import forms
from django.contrib import messages
from django.http import Http404, HttpResponse, HttpResponseNotAllowed, HttpResponseRedirect
from django.shortcuts import get_object_or_404
from django.urls import reverse

from oasis.desk.page import DeskRequest, page
from oasis.kit.dates import CHINA, now
from oasis.kit.refused import Refused
from oasis.people.gate import screen
from oasis.people.roles import Need
from oasis.records.reporting.actions import close, fill_step
from oasis.records.reporting.forms import form_of
from oasis.records.reporting.knowing import name_person, open_text, unname
from oasis.records.reporting.models import MandatoryReport
from oasis.records.reporting.queries import named_in, officers, own, staff, steps_of
from oasis.records.reporting.starting import Clash, Invalid
from oasis.records.reporting.steps import STEPS, Step


class NameForm(forms.Form):
    """One more person who may know."""

    user = forms.ChoiceField(label="让谁知道")
    reason = forms.CharField(label="为什么", max_length=60, help_text="例如：安排孩子住校、陪同做笔录")


def step(request: DeskRequest, pk: UUID, step: str) -> HttpResponse:
    """Show the form of a step and take it; a taken step is opened to be mended."""
    report = _mine(request, pk)
    if step not in STEPS:
        raise Http404
    entry, form = STEPS.get(step), form_of(STEPS.get(step))
    if request.method != "POST":
        first = {"at": now().astimezone(CHINA).strftime("%Y-%m-%dT%H:%M")}
        if any(one.step.code == step and one.row.done_at for one in steps_of([report], now())[pk]):
            told = open_text(request.scope, report=pk, reason="correct").content["steps"][step]["told"]
            first = told | {"at": told["at"][:16]}
        return _step(request, report, entry, form(initial=first), report.version)
    based_on = _number(request.POST.get("based_on", ""))
    try:
        fill_step(request.scope, report=pk, step=step, based_on=based_on, fields=request.POST)
    except Invalid as refused:
        return _step(request, report, entry, refused.form, based_on, status=422)
    except Clash as refused:
        refused.form.add_error(None, refused.message)
        return _step(request, report, entry, refused.form, refused.report.version, status=409)
    except Refused as refused:
        filled = form_of(entry)(request.POST)
        filled.add_error(None, refused.message)
        return _step(request, report, entry, filled, based_on, status=422)
    messages.success(request, f"已登记：{entry.label}")
    return _back(report)


def _step(
    request: DeskRequest, report: MandatoryReport, entry: Step, form: forms.Form, based_on: int, *, status: int = 200
) -> HttpResponse:
    return page(
        request, "desk/report_step.html", report=report, step=entry, form=form, based_on=based_on, status=status
    )


def _number(text: str) -> int:
    return int(text) if text.isascii() and text.isdecimal() and len(text) < 6 else 0


def people(request: DeskRequest, pk: UUID) -> HttpResponse:
    """Name one more person, or take one back."""
    report = _mine(request, pk)
    form = NameForm(request.POST or None)
    known = {str(one.user_id) for one in named_in(report)}
    everybody = [*staff(report.school, request.scope), *officers(report.school, request.scope)]
    form.fields["user"].choices = [("", "请选择"), *(one for one in everybody if one[0] not in known)]  # type: ignore[attr-defined]
    if form.is_bound and form.is_valid():
        user, reason = UUID(form.cleaned_data["user"]), form.cleaned_data["reason"]
        try:
            name_person(request.scope, report=pk, user=user, reason=reason)
        except Refused as refused:
            form.add_error(refused.field or None, refused.message)
        else:
            messages.success(request, "已加入知情人。")
            return _back(report)
    status = 422 if form.errors else 200
    return page(request, "desk/report_people.html", report=report, form=form, people=named_in(report), status=status)


def person_out(request: DeskRequest, pk: UUID, named: UUID) -> HttpResponse:
    """Take back that a person may know."""
    _mine(request, pk)
    if request.method != "POST":
        return HttpResponseNotAllowed(["POST"])
    try:
        unname(request.scope, report=pk, named=named, reason=request.POST.get("why", ""))
        messages.success(request, "他不再知情；看过什么，痕迹里都有。")
    except Refused as refused:
        messages.error(request, refused.message)
    return HttpResponseRedirect(reverse("report-people", kwargs={"pk": pk}))


def finish(request: DeskRequest, pk: UUID) -> HttpResponse:
    """Close a report with what came of it."""
    report = _mine(request, pk)
    if request.method != "POST":
        return HttpResponseNotAllowed(["POST"])
    try:
        close(request.scope, report=pk, words=request.POST.get("words", ""))
        messages.success(request, "报告已办结，内容长期保留。")
    except Clash as refused:
        refused.form.add_error(None, refused.message)
        return page(request, "desk/report_closed.html", report=report, form=refused.form, status=409)
    except Refused as refused:
        messages.error(request, refused.message)
    return _back(report)


def _mine(request: DeskRequest, pk: UUID) -> MandatoryReport:
    found: MandatoryReport = get_object_or_404(own(request.scope), pk=pk)
    return found


def _back(report: MandatoryReport) -> HttpResponse:
    return HttpResponseRedirect(reverse("report-show", kwargs={"pk": report.pk}))


ROUTES = (
    screen("reports/<uuid:pk>/step/<slug:step>/", step, needs=Need.DESK, name="report-step"),
    screen("reports/<uuid:pk>/people/", people, needs=Need.DESK, name="report-people"),
    screen("reports/<uuid:pk>/people/<uuid:named>/", person_out, needs=Need.DESK, name="report-person-out"),
    screen("reports/<uuid:pk>/close/", finish, needs=Need.DESK, name="report-close"),
)
