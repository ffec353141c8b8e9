"""健康: the morning and noon check of a class, and what runs: illnesses, accidents, money owed to teachers."""

from typing import Any
from uuid import UUID

from django import forms
from django.contrib import messages
from django.http import Http404, HttpResponse, HttpResponseRedirect
from django.urls import reverse

from oasis.campus import health as ask
from oasis.campus.actions.health import check_class
from oasis.campus.models import HealthCheck, HealthFinding
from oasis.children.models import Child
from oasis.children.queries import in_class
from oasis.desk.page import DeskRequest, page
from oasis.kit.ids import ids_in
from oasis.kit.refused import Refused
from oasis.people.gate import screen
from oasis.people.queries import class_in_reach
from oasis.people.roles import Need


class FindingForm(forms.Form):
    """What was found of one child."""

    absent = forms.BooleanField(label="因病没有来", required=False)
    symptoms = forms.MultipleChoiceField(
        label="症状", choices=HealthFinding.Symptom.choices, required=False, widget=forms.CheckboxSelectMultiple
    )
    temperature = forms.DecimalField(label="体温（℃）", min_value=34, max_value=43, decimal_places=1, required=False)
    doctor = forms.BooleanField(label="看过医生", required=False)
    diagnosis = forms.CharField(label="初步诊断", max_length=80, required=False)

    def clean(self) -> dict[str, Any]:
        """Somebody who is here has at least one symptom."""
        held = self.cleaned_data
        if not held.get("absent") and not held.get("symptoms") and "symptoms" not in self.errors:
            self.add_error("symptoms", "请选症状，或勾“因病没有来”")
        held["temperature"] = str(held.get("temperature") or "")
        return held


def index(request: DeskRequest) -> HttpResponse:
    """Show today's checks class by class, who was found unwell lately, what runs, what is owed."""
    scope = request.scope
    owed = ask.owed(scope)
    return page(
        request, "desk/health.html", on=scope.on, classes=ask.day_of_classes(scope), turns=HealthCheck.Turn.choices,
        lately=ask.findings(scope, scope.on - ask.LATELY), running=ask.running(scope), lenders=ask.lenders(owed),
        symptoms=[*HealthFinding.Symptom.choices], leads=scope.can(Need.GUIDE),
    )  # fmt: skip


def money(request: DeskRequest) -> HttpResponse:
    """List what is owed to teachers."""
    return page(request, "desk/health_money.html", lenders=ask.lenders(ask.owed(request.scope)))


def check(request: DeskRequest, pk: UUID, turn: str) -> HttpResponse:
    """Make the check of a class: nobody unwell, or choose who, then say what was found of each."""
    klass = class_in_reach(request.scope, Need.HEALTH, pk)
    if klass is None or turn not in HealthCheck.Turn.values:
        raise Http404
    pupils = {child.pk: child for child in in_class(request.scope, klass, Need.HEALTH)}
    asked = request.POST if request.method == "POST" else request.GET
    chosen = [pupils[pk] for pk in ids_in(asked.getlist("child")) if pk in pupils]
    sent = request.method == "POST"
    forms_ = [(child, FindingForm(request.POST if sent else None, prefix=str(child.pk))) for child in chosen]
    valid = [form.is_valid() for _child, form in forms_]  # each, so that each shows its mistakes
    if sent and all(valid):
        try:
            check_class(request.scope, klass, turn=turn, found={one.pk: form.cleaned_data for one, form in forms_})
        except Refused as refused:
            messages.error(request, refused.message)
        else:
            messages.success(request, f"已报：{len(chosen)}名孩子不舒服。" if chosen else "已报：零报告，全班都好。")
            return HttpResponseRedirect(reverse("health"))
    return page(
        request, "desk/health_check.html", klass=klass, name=klass.name(request.scope.on, klass.school.primary_years), turn=turn,
        label=HealthCheck.Turn(turn).label, items=_items(list(pupils.values()), chosen), forms=forms_,
        status=422 if any(form.errors for _child, form in forms_) else 200,
    )  # fmt: skip


def _items(pupils: list[Child], chosen: list[Child]) -> list[tuple[str, str, str, bool]]:
    return [(str(child.pk), child.name, "", child in chosen) for child in pupils]


ROUTES = (
    screen("health/", index, needs=Need.HEALTH, name="health"),
    screen("health/owed/", money, needs=Need.HEALTH, name="health-money"),
    screen("health/check/<uuid:pk>/<slug:turn>/", check, needs=Need.HEALTH, name="health-check"),
)
