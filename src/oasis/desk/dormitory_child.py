"""宿舍 · 一个住校生: leave and return, who may fetch the child, visitors, the nights."""

from collections.abc import Callable
from datetime import datetime, timedelta
from uuid import UUID

from django import forms
from django.contrib import messages
from django.http import HttpResponse, HttpResponseRedirect
from django.urls import reverse

from oasis.campus.actions import leaves as act
from oasis.campus.dormitory import Boarder, boarder
from oasis.campus.models import Collector, HomeLeave, Visitor
from oasis.children.models import Child
from oasis.desk.filing import child_of, form_of
from oasis.desk.page import DeskRequest, page
from oasis.desk.setting import ask, done
from oasis.kit.dates import CHINA, now
from oasis.people.gate import screen
from oasis.people.queries import homeroom_teachers
from oasis.people.roles import Need

MOMENT = "%Y-%m-%dT%H:%M"


class LeaveForm(forms.Form):
    """Who fetches the child, why, until when."""

    who = forms.ChoiceField(label="谁来接", widget=forms.RadioSelect)
    name = forms.CharField(label="名单以外的人：姓名", max_length=40, required=False)
    relation = forms.CharField(label="与孩子关系", max_length=20, required=False)
    checked = forms.CharField(
        label="怎样核实的", max_length=80, required=False, help_text="名单以外的人来接：哪位监护人、怎样同意的"
    )
    reason = forms.ChoiceField(
        label="事由", choices=HomeLeave.Reason.choices, widget=forms.RadioSelect, initial="weekend"
    )
    words = forms.CharField(label="说明", max_length=120, required=False)
    approver = forms.CharField(label="准假的老师", max_length=40)
    left_at = forms.DateTimeField(label="离校时间", widget=forms.DateTimeInput(attrs={"type": "datetime-local"}))
    due_at = forms.DateTimeField(label="应当返校", widget=forms.DateTimeInput(attrs={"type": "datetime-local"}))


COLLECTOR = form_of(Collector, ("name", "relation", "phone", "agreed"))
VISITOR = form_of(Visitor, ("name", "relation", "id_tail", "why"))


def show(request: DeskRequest, pk: UUID) -> HttpResponse:
    """Show one boarder; let the child go with somebody, enter a visitor or somebody who may fetch the child."""
    child = child_of(request, pk, Need.BOARDING)
    known, which = boarder(request.scope, child), request.POST.get("form", "")
    leave = _leave_form(request, known, which, child)
    collector = COLLECTOR(request.POST if which == "collector" else None, auto_id="collector_%s")
    visitor = VISITOR(request.POST if which == "visitor" else None, auto_id="visitor_%s")
    acts: dict[str, tuple[forms.Form, Callable[[], object]]] = {
        "leave": (leave, lambda: act.begin_leave(request.scope, child, **leave.cleaned_data)),
        "collector": (collector, lambda: act.let_collect(request.scope, child, **collector.cleaned_data)),
        "visitor": (visitor, lambda: act.let_visit(request.scope, child, **visitor.cleaned_data)),
    }
    if which in acts and done(*acts[which]):
        messages.success(request, "已登记。")
        return HttpResponseRedirect(reverse("dormitory-child", kwargs={"pk": pk}))
    return page(
        request, "desk/dormitory_child.html", child=child, known=known, leave=leave, collector=collector, visitor=visitor, now=now(),
        status=422 if leave.errors or collector.errors or visitor.errors else 200,
    )  # fmt: skip


def _leave_form(request: DeskRequest, known: Boarder, which: str, child: Child) -> LeaveForm:
    local = now().astimezone(CHINA)
    form = LeaveForm(
        request.POST if which == "leave" else None, auto_id="leave_%s",
        initial={"left_at": local.strftime(MOMENT), "due_at": _sunday(local).strftime(MOMENT), "approver": _teacher(request, child)},
    )  # fmt: skip
    listed = [(one.key, f"{one.name}（{one.relation}）") for one in known.fetchers if not one.barred]
    form.fields["who"].choices = [*listed, ("other", "名单以外的人")]  # type: ignore[attr-defined]
    return form


def _sunday(local: datetime) -> datetime:
    """Give the coming Sunday at five: when most boarders come back."""
    later = local + timedelta(days=(6 - local.weekday()) or 7)
    return later.replace(hour=17, minute=0)


def _teacher(request: DeskRequest, child: Child) -> str:
    names = homeroom_teachers(child.school, request.scope.on).get(child.klass_id) if child.klass_id else None
    return names[0] if names else ""


def note(request: DeskRequest, pk: UUID) -> HttpResponse:
    """Take what one button says: home, back, a visitor gone, somebody off the list."""
    child = child_of(request, pk, Need.BOARDING)
    scope, what = request.scope, request.POST.get("what", "")
    row = request.POST.get("row", "")
    acts: dict[str, tuple[Callable[[], object], str]] = {
        "home": (lambda: act.confirm_home(scope, child), "已登记到家。"),
        "back": (lambda: act.come_back(scope, child), "已登记返校。"),
        "gone": (lambda: act.see_off(scope, child, visitor=UUID(row)), "已登记离开。"),
        "strike": (lambda: act.strike_collector(scope, child, collector=UUID(row)), "已从名单去掉。"),
    }
    if request.method == "POST" and what in acts and (what in ("home", "back") or _is_id(row)):
        ask(request, *acts[what])
    return HttpResponseRedirect(reverse("dormitory-child", kwargs={"pk": pk}))


def _is_id(text: str) -> bool:
    try:
        UUID(text)
    except ValueError:
        return False
    return True


ROUTES = (
    screen("dormitory/child/<uuid:pk>/", show, needs=Need.BOARDING, name="dormitory-child"),
    screen("dormitory/child/<uuid:pk>/note/", note, needs=Need.BOARDING, name="dormitory-note"),
)
