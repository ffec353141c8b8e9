"""设置 · 强制报告期限: within how many hours each step is to be taken here; the police are told at once everywhere."""

from typing import Any

from django import forms
from django.contrib import messages
from django.http import HttpResponse, HttpResponseRedirect
from django.urls import reverse

from oasis.desk.meanwhile import over_settings
from oasis.desk.page import DeskRequest, page
from oasis.desk.setting import done, school_of
from oasis.people.gate import screen
from oasis.people.roles import Need
from oasis.people.scope import Scope
from oasis.places.models import School
from oasis.records.reporting.actions import set_deadline
from oasis.records.reporting.queries import deadlines
from oasis.records.reporting.steps import STEPS

FREE = [step for step in STEPS if not step.by_law]


class DeadlinesForm(forms.Form):
    """For each step whether a clock runs, and its hours."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        """Ask for every step that the law leaves to the school."""
        super().__init__(*args, **kwargs)
        for step in FREE:
            self.fields[f"{step.code}_on"] = forms.BooleanField(label=f"{step.label}：要在期限内做", required=False)
            since = f"从登记“{STEPS.get(step.after).label}”算起" if step.after else "从发起算起"
            self.fields[f"{step.code}_hours"] = forms.IntegerField(
                label=f"{step.label}：几小时内", min_value=1, max_value=1440, help_text=since
            )


def edit(request: DeskRequest) -> HttpResponse:
    """Show and change the deadlines."""
    school = school_of(request, Need.CADENCES)
    form = DeadlinesForm(request.POST or None, initial=_told(school))
    act = over_settings(form, school, _told, lambda held: _save(request.scope, school, held), first=form.initial)
    if request.method == "POST" and done(form, lambda: act(form.cleaned_data)):
        messages.success(request, "期限已保存，以后发起的报告按新的期限。")
        return HttpResponseRedirect(reverse("settings-reports"))
    return page(request, "desk/settings_reports.html", form=form, steps=FREE, status=422 if form.errors else 200)


def _told(school: School) -> dict[str, Any]:
    now = deadlines(school.pk)
    hours: dict[str, Any] = {f"{step.code}_hours": now[step.code][1] for step in FREE}
    return hours | {f"{step.code}_on": now[step.code][0] for step in FREE}


def _save(scope: Scope, school: School, told: dict[str, Any]) -> bool:
    now = deadlines(school.pk)
    for step in FREE:
        on, hours = told[f"{step.code}_on"], told[f"{step.code}_hours"]
        if now[step.code] != (on, hours):
            set_deadline(scope, school=school, step=step.code, on=on, hours=hours)
    return True


ROUTES = (screen("settings/reports/", edit, needs=Need.CADENCES, name="settings-reports"),)
