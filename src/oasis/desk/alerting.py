"""预警: what to look out for, why, for whom, since when; a person takes it up or sets it aside (E2)."""

from typing import Any
from uuid import UUID

from django import forms
from django.contrib import messages
from django.http import Http404, HttpResponse, HttpResponseRedirect
from django.urls import reverse

from oasis.alerts.actions import LONGEST, set_aside, set_limits, take_up, usual_limits
from oasis.alerts.catalogue import ALERTS
from oasis.alerts.queries import Alert, alerts_for, decisions, mark_of, settings_of
from oasis.children.access import needs_over
from oasis.desk.filing import child_of
from oasis.desk.meanwhile import over_settings
from oasis.desk.page import DeskRequest, page
from oasis.desk.setting import done, school_of, usual_again
from oasis.duties.queries import children_of
from oasis.people.gate import screen
from oasis.people.meanwhile import mark
from oasis.people.roles import Need
from oasis.places.models import School


class TakeForm(forms.Form):
    """What one means to do."""

    reason = forms.CharField(
        label="打算怎么做", max_length=200, required=False, widget=forms.Textarea(attrs={"rows": 2})
    )


class AsideForm(forms.Form):
    """Why it may rest, and until when."""

    reason = forms.CharField(label="为什么放下", max_length=200, widget=forms.Textarea(attrs={"rows": 2}))
    until_on = forms.DateField(
        label="放到哪一天", help_text=f"最多{LONGEST.days}天；到那天原因还在，会再提醒", widget=forms.DateInput(attrs={"type": "date"}),
    )  # fmt: skip


class LimitsForm(forms.Form):
    """The school's limits, one number and one switch a signal."""

    def __init__(self, *args: object, **kwargs: object) -> None:
        """Ask for each signal."""
        super().__init__(*args, **kwargs)  # type: ignore[arg-type]
        for one in ALERTS:
            self.fields[f"on-{one.code}"] = forms.BooleanField(label=one.label, required=False)
            if one.unit:
                label = f"{one.label}：到几{one.unit}提醒"
                self.fields[one.code] = forms.IntegerField(label=label, min_value=one.least, max_value=one.most)


def index(request: DeskRequest) -> HttpResponse:
    """List every alert that stands for the children in reach."""
    alerts = alerts_for(children_of(request.scope, Need.RECORD_READ), request.scope.on)
    return page(
        request, "desk/alerts.html", waiting=[one for one in alerts if one.open], signals=ALERTS,
        taken=[one for one in alerts if not one.open and not one.aside], aside=[one for one in alerts if one.aside],
    )  # fmt: skip


def show(request: DeskRequest, pk: UUID, code: str) -> HttpResponse:
    """Show one alert of a child and what was decided; take a decision."""
    if code not in ALERTS:
        raise Http404
    child = child_of(request, pk, Need.RECORD_READ)
    alert = _now(request, pk, code)
    which, scope = request.POST.get("form", ""), request.scope
    seen = request.POST.get("seen", "")
    take = TakeForm(request.POST if which == "take" else None, auto_id="take_%s")
    aside = AsideForm(request.POST if which == "aside" else None, auto_id="aside_%s")
    if (which == "take" and done(take, lambda: take_up(scope, child, alert=alert, seen=seen, **take.cleaned_data))) or (
        which == "aside" and done(aside, lambda: set_aside(scope, child, alert=alert, seen=seen, **aside.cleaned_data))
    ):
        messages.success(request, "已记下。原因还在，预警就留着；等原因没有了，它才会结束。")
        return HttpResponseRedirect(reverse("alerts"))
    past = decisions(scope, child, code)
    return page(
        request, "desk/alert.html", child=child, may=needs_over(scope, child), tab="child", deeper=True, alert=alert,
        signal=ALERTS.get(code), past=past, stands=mark_of(past), take=take, aside=aside,
        status=422 if take.errors or aside.errors else 200,
    )  # fmt: skip


def _now(request: DeskRequest, pk: UUID, code: str) -> Alert | None:
    kids = children_of(request.scope, Need.RECORD_READ, child=pk)
    return next((one for one in alerts_for(kids, request.scope.on) if one.signal.code == code), None)


def limits(request: DeskRequest) -> HttpResponse:
    """Show the school's limits, save them or go back to the usual ones."""
    school, here = school_of(request, Need.CADENCES), HttpResponseRedirect(reverse("settings-alerts"))
    if "reset" in request.POST:
        usual_again(
            request, school, lambda held: _limits(request, held), lambda: usual_limits(request.scope, school=school), "已恢复通常的预警办法。"
        )  # fmt: skip
        return here
    now = _limits(request, school)
    form = LimitsForm(request.POST or None, initial=dict(now))
    act = over_settings(
        form, school, lambda held: _limits(request, held), lambda held: _save(request, school, held), first=form.initial
    )
    if request.method == "POST" and done(form, lambda: act(form.cleaned_data)):
        messages.success(request, "预警办法已保存，从现在起按它提醒。")
        return here
    return page(
        request,
        "desk/settings_alerts.html",
        form=form,
        stands=mark(*now.values()),
        signals=ALERTS,
        status=422 if form.errors else 200,
    )


def _limits(request: DeskRequest, school: School) -> dict[str, Any]:
    own = settings_of(request.scope, school)
    first: dict[str, Any] = {one.code: own[one.code].limit if one.code in own else one.limit for one in ALERTS}
    return first | {f"on-{one.code}": one.code not in own or own[one.code].state == "on" for one in ALERTS}


def _save(request: DeskRequest, school: School, told: dict[str, Any]) -> bool:
    off = frozenset(one.code for one in ALERTS if not told[f"on-{one.code}"])
    set_limits(request.scope, school=school, limits={one.code: told[one.code] for one in ALERTS if one.unit}, off=off)
    return True


ROUTES = (
    screen("alerts/", index, needs=Need.RECORD_READ, name="alerts", history=True),
    screen("children/<uuid:pk>/alerts/<slug:code>/", show, needs=Need.RECORD_READ, name="alert", history=True),
    screen("settings/alerts/", limits, needs=Need.CADENCES, name="settings-alerts"),
)
