"""例外: a child let off a duty, with a reason and an end."""

from datetime import timedelta
from typing import Any
from uuid import UUID

from django import forms
from django.contrib import messages
from django.http import HttpResponse, HttpResponseNotAllowed, HttpResponseRedirect
from django.shortcuts import get_object_or_404
from django.urls import reverse

from oasis.children.models import Child
from oasis.desk.filing import child_of
from oasis.desk.page import DeskRequest, page
from oasis.desk.setting import ask, done
from oasis.duties.actions import end_waiver, waive
from oasis.duties.catalogue import DUTIES
from oasis.duties.models import CODES, Waiver
from oasis.duties.queries import waivers
from oasis.people.gate import screen
from oasis.people.roles import Need


class WaiverForm(forms.ModelForm[Waiver]):
    """Which duty, why, until when."""

    duty = forms.ChoiceField(label="事项", choices=[("", "请选择"), *CODES])

    class Meta:
        model = Waiver
        fields = ("duty", "reason", "until_on")


def index(request: DeskRequest, pk: UUID) -> HttpResponse:
    """Show a child's exceptions and take a new one."""
    child = _child(request, pk)
    asked = request.GET.get("duty", "")
    initial = {"duty": asked if asked in DUTIES else "", "until_on": request.scope.on + timedelta(days=30)}
    form = WaiverForm(request.POST or None, initial=initial)
    if request.method == "POST" and done(form, lambda: waive(request.scope, child=child, **_told(form))):
        messages.success(request, f"已为{child.name}设好例外。")
        return HttpResponseRedirect(reverse("child-waivers", kwargs={"pk": pk}))
    rows = list(waivers(request.scope, child))
    on = request.scope.on
    running = [row for row in rows if row.until_on is None or row.until_on >= on]
    ended = [row for row in rows if row not in running]
    return page(request, "desk/child_waivers.html", child=child, form=form, running=running, ended=ended)


def _told(form: WaiverForm) -> dict[str, Any]:
    return {name: form.cleaned_data[name] for name in ("duty", "reason", "until_on")}


def end(request: DeskRequest, pk: UUID, waiver: UUID) -> HttpResponse:
    """End one exception."""
    child = _child(request, pk)
    held = get_object_or_404(waivers(request.scope, child), pk=waiver)
    if request.method != "POST":
        return HttpResponseNotAllowed(["POST"])
    ask(request, lambda: end_waiver(request.scope, waiver=held), f"{child.name}的例外已结束，这一项恢复提醒。")
    return HttpResponseRedirect(reverse("child-waivers", kwargs={"pk": pk}))


def _child(request: DeskRequest, pk: UUID) -> Child:
    return child_of(request, pk)


ROUTES = (
    screen("children/<uuid:pk>/waivers/", index, needs=Need.CHILD_WRITE, name="child-waivers"),
    screen("children/<uuid:pk>/waivers/<uuid:waiver>/end/", end, needs=Need.CHILD_WRITE, name="child-waiver-end"),
)
