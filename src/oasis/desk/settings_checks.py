"""设置 · 工作人员查询: the yearly record check of the staff and of helpers from outside, who is due, how often."""

from datetime import date
from typing import Any
from uuid import UUID

from django import forms
from django.contrib import messages
from django.http import HttpResponse, HttpResponseRedirect
from django.shortcuts import get_object_or_404
from django.urls import reverse

from oasis.campus.outside import meeting_children
from oasis.children.pairs import outsiders_of
from oasis.desk.filing import initial_of
from oasis.desk.meanwhile import over_settings
from oasis.desk.owing import CHECKED
from oasis.desk.page import DeskRequest, page
from oasis.desk.setting import done, school_of
from oasis.people.gate import screen
from oasis.people.models import CheckSetting, StaffCheck
from oasis.people.queries import staff_at
from oasis.people.roles import Need
from oasis.people.vetting import WANTING, history, record_check, set_checks, setting_of, standings
from oasis.places.models import School


class CheckForm(forms.ModelForm[StaffCheck]):
    """One check."""

    class Meta:
        model = StaffCheck
        fields = ("done_on", "result", "reference")
        widgets = {"done_on": forms.DateInput({"type": "date"}), "result": forms.RadioSelect}


class OutsiderForm(CheckForm):
    """One check of somebody from outside."""

    outsider = forms.CharField(label="姓名", max_length=60, help_text="和结对时写的姓名一致")
    field_order = ("outsider", "done_on", "result", "reference")


class SettingForm(forms.ModelForm[CheckSetting]):
    """How often, how early, and what of helpers nobody checked."""

    class Meta:
        model = CheckSetting
        fields = ("months", "warn_days", "outsiders")
        widgets = {"outsiders": forms.RadioSelect}


def index(request: DeskRequest) -> HttpResponse:
    """List everybody with how the check stands, worst first."""
    school = school_of(request, Need.VETTING)
    rows = standings(request.scope, school.pk, _outsiders(school, request.scope.on))
    return page(
        request, "desk/settings_checks.html", rows=rows, words=CHECKED, setting=setting_of(school.pk),
        wanting=len([row for row in rows if row.state in WANTING]),
    )  # fmt: skip


def _outsiders(school: School, on: date) -> dict[str, date | None]:
    """Give who from outside stands by a child or meets children."""
    return meeting_children(school.pk, on) | outsiders_of(school.pk, on)


def person(request: DeskRequest, pk: UUID) -> HttpResponse:
    """Show a member of staff's checks; take a new one."""
    school = school_of(request, Need.VETTING)
    user = get_object_or_404(staff_at(school), pk=pk)
    form = CheckForm(request.POST or None, initial={"done_on": request.scope.on})
    if request.method == "POST" and _taken(request, form, school, user=user):
        return HttpResponseRedirect(reverse("settings-checks"))
    return _shown(request, form, user.name, history(request.scope, school, user.pk, ""))


def outsider(request: DeskRequest) -> HttpResponse:
    """Take the check of somebody from outside."""
    school = school_of(request, Need.VETTING)
    form = OutsiderForm(request.POST or None, initial={"done_on": request.scope.on})
    if request.method == "POST" and _taken(request, form, school):
        return HttpResponseRedirect(reverse("settings-checks"))
    return _shown(request, form, "校外人员", [], list(_outsiders(school, request.scope.on)))


def _taken(request: DeskRequest, form: CheckForm, school: School, **who: Any) -> bool:
    taken = done(form, lambda: record_check(request.scope, school=school, **who, **form.cleaned_data))
    if taken:
        messages.success(request, "查询已登记。")
    return taken


def _shown(
    request: DeskRequest, form: CheckForm, name: str, past: list[StaffCheck], known: list[str] | None = None
) -> HttpResponse:
    return page(
        request, "desk/settings_check.html", form=form, name=name, past=past, known=known or [],
        status=422 if form.errors else 200,
    )  # fmt: skip


def cadence(request: DeskRequest) -> HttpResponse:
    """Show and change how often."""
    school = school_of(request, Need.VETTING)
    form = SettingForm(request.POST or None, instance=setting_of(school.pk))
    act = over_settings(
        form, school, lambda held: initial_of(setting_of(held.pk), SettingForm.Meta.fields),
        lambda held: set_checks(request.scope, school=school, **held), first=form.initial,
    )  # fmt: skip
    if request.method == "POST" and done(form, lambda: act(form.cleaned_data)):
        messages.success(request, "已保存。")
        return HttpResponseRedirect(reverse("settings-checks"))
    return page(request, "desk/settings_checks_set.html", form=form, status=422 if form.errors else 200)


ROUTES = (
    screen("settings/checks/", index, needs=Need.VETTING, name="settings-checks"),
    screen("settings/checks/outsider/", outsider, needs=Need.VETTING, name="settings-check-outsider"),
    screen("settings/checks/cadence/", cadence, needs=Need.VETTING, name="settings-checks-set"),
    screen("settings/checks/<uuid:pk>/", person, needs=Need.VETTING, name="settings-check"),
)
