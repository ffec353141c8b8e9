"""一个孩子 · 外出情况、困境类别; 班级、寄宿、离校、返校."""

from datetime import date
from typing import Any
from uuid import UUID

from django import forms
from django.contrib import messages
from django.http import HttpResponse, HttpResponseNotAllowed, HttpResponseRedirect
from django.urls import reverse

from oasis.children.actions import moves, status
from oasis.children.actions.census import by_rule
from oasis.children.census import classes_of
from oasis.children.models import Child, Hardship
from oasis.children.queries import hardships
from oasis.desk.filing import child_of, row_of
from oasis.desk.meanwhile import Act, over
from oasis.desk.page import DeskRequest, page
from oasis.desk.setting import ask, done
from oasis.kit import codes
from oasis.kit.refused import Refused
from oasis.people.gate import screen
from oasis.people.roles import Need
from oasis.places.models import Klass


def day(label: str, **more: Any) -> forms.DateField:
    """Make a field for a day."""
    return forms.DateField(label=label, widget=forms.DateInput(attrs={"type": "date"}), **more)


class StatusForm(forms.Form):
    """Are the parents away; the second definition follows by rule."""

    left_behind = forms.TypedChoiceField(
        label="父母外出情况", choices=codes.LeftBehind.choices, coerce=int, widget=forms.RadioSelect
    )
    other_unable = forms.BooleanField(
        label="在家的一方没有监护能力", required=False, help_text="重病、重残等。勾选后按民政口径也计入。"
    )
    care = forms.ChoiceField(label="实际照护", choices=[("", "未填"), *codes.Care.choices], required=False)
    since_on = day("从什么时候开始外出", required=False)
    on = day("情况变化的日期")
    note = forms.CharField(label="说明", max_length=120, required=False)


class AskedForm(forms.Form):
    """The answer that the page before proposes in the address."""

    left_behind = forms.TypedChoiceField(choices=codes.LeftBehind.choices, coerce=int, required=False)
    on = forms.DateField(required=False)


PARENT_CARES = {
    int(codes.LeftBehind.NO): codes.Care.PARENTS.value,
    int(codes.LeftBehind.ONE): codes.Care.ONE_PARENT.value,
}


class HardshipForm(forms.Form):
    """A group of hardship."""

    kind = forms.ChoiceField(label="困境类别", choices=codes.Hardship.choices)
    note = forms.CharField(label="依据", max_length=120, required=False, help_text="如：低保证、残疾证")


class PlaceForm(forms.Form):
    """A class and whether the child boards."""

    was = forms.CharField(widget=forms.HiddenInput, required=False)
    klass = forms.ChoiceField(label="班级")
    boarding = forms.BooleanField(label="寄宿", required=False)
    on = day("从哪天起")
    reason = forms.CharField(label="原因", max_length=60, required=False)


class LeaveForm(forms.Form):
    """Leaving the school."""

    state = forms.ChoiceField(label="情形", choices=[c for c in Child.State.choices if c[0] != Child.State.HERE])
    on = day("离校日期")
    reason = forms.CharField(label="说明", max_length=60, required=False)


def status_page(request: DeskRequest, pk: UUID) -> HttpResponse:
    """Show and change status and hardships; each form posts with its own name."""
    child = child_of(request, pk)
    which = request.POST.get("form", "")
    forms_ = {
        "status": StatusForm(auto_id="status_%s", data=request.POST if which == "status" else None, initial=_first(request, child)),
        "hardship": HardshipForm(auto_id="hardship_%s", data=request.POST if which == "hardship" else None),
    }  # fmt: skip
    state = over(
        request.scope, forms_["status"], child, _stands, lambda held: _status(request, child, held), need=Need.CHILD_WRITE
    )  # fmt: skip
    acts: dict[str, Act] = {"status": state, "hardship": lambda held: _hardship(request, child, held)}
    if which in acts:
        form = forms_[which]
        if done(form, lambda: acts[which](form.cleaned_data)):
            messages.success(request, "已保存。")
            return HttpResponseRedirect(reverse("child-status", kwargs={"pk": pk}))
    return page(
        request, "desk/child_status.html", child=child, may=frozenset(), tab="file", deeper=True, forms=forms_,
        hardships=hardships(request.scope, child, Need.CHILD_WRITE), status=422 if any(form.errors for form in forms_.values()) else 200,
    )  # fmt: skip


def _stands(child: Child) -> dict[str, Any]:
    return {
        "left_behind": child.left_behind, "care": child.care, "other_unable": bool(child.civil and child.left_behind == 1)
    }  # fmt: skip


def _first(request: DeskRequest, child: Child) -> dict[str, Any]:
    """What stands now; a page that leads here may ask for another answer, which only the person saves."""
    asked = AskedForm(request.GET)
    new = asked.cleaned_data if asked.is_valid() else {}
    left = child.left_behind if new.get("left_behind") in (None, "") else new["left_behind"]
    care = child.care if left == child.left_behind else PARENT_CARES.get(left, child.care)
    return {
        "left_behind": left, "care": care, "on": new.get("on") or request.scope.on,
        "other_unable": child.civil and child.left_behind == 1 == left,
    }  # fmt: skip


def _status(request: DeskRequest, child: Child, held: dict[str, Any]) -> bool:
    civil, reason = by_rule(child, left_behind=held["left_behind"], other_unable=held["other_unable"], on=held["on"])
    status.set_status(
        request.scope, child, on=held["on"], left_behind=held["left_behind"], civil=civil, civil_reason=reason, care=held["care"],
        since_on=held["since_on"], note=held["note"],
    )  # fmt: skip
    return True


def _hardship(request: DeskRequest, child: Child, held: dict[str, Any]) -> object:
    return status.add_hardship(request.scope, child, kind=held["kind"], note=held["note"], from_on=request.scope.on)


def end_hardship(request: DeskRequest, pk: UUID) -> HttpResponse:
    """End a hardship today."""
    row = row_of(request, Hardship, pk=pk)
    child = child_of(request, row.child_id)
    if request.method != "POST":
        return HttpResponseNotAllowed(["POST"])
    ask(request, lambda: status.end_hardship(request.scope, child, row, on=request.scope.on), "已结束，历史仍然保留。")
    return HttpResponseRedirect(reverse("child-status", kwargs={"pk": child.pk}))


def place(request: DeskRequest, pk: UUID) -> HttpResponse:
    """Move a child to another class or dormitory, close the file, or open it again."""
    child = child_of(request, pk)
    classes = {
        str(klass.pk): (klass, name) for klass, name in classes_of(request.scope, Need.NAMES) if klass.school_id == child.school_id
    }  # fmt: skip
    which = request.POST.get("form", "")
    move, leave = _place_forms(request, child, which, [(key, name) for key, (_, name) in classes.items()])
    acts = {
        one: _over_place(request, child, form, lambda held: _go(request, child, which, held, classes))
        for one, form in (("move", move), ("leave", leave))
    }
    form = leave if which == "leave" else move
    if which in acts and done(form, lambda: acts[which](form.cleaned_data)):
        messages.success(request, "已办好，以前的班级和日期都保留。")
        return HttpResponseRedirect(reverse("children"))
    return page(
        request, "desk/child_place.html", child=child, may=frozenset(), tab="file", deeper=True, move=move, leave=leave,
        status=422 if form.errors else 200,
    )  # fmt: skip


def _place_forms(
    request: DeskRequest, child: Child, which: str, classes: list[tuple[str, str]]
) -> tuple[PlaceForm, LeaveForm]:
    on = request.scope.on
    initial = {"was": child.state, "klass": str(child.klass_id or ""), "boarding": child.boarding, "on": on}
    move = PlaceForm(auto_id="move_%s", data=request.POST if which == "move" else None, initial=initial)
    move.fields["klass"].choices = classes  # type: ignore[attr-defined]
    return move, LeaveForm(auto_id="leave_%s", data=request.POST if which == "leave" else None, initial={"on": on})


def _over_place(request: DeskRequest, child: Child, form: forms.Form, act: Act) -> Act:
    """Move or close a file only as it stood when the page was drawn: a child somebody moved meanwhile is asked about."""

    def told(held: Child) -> dict[str, Any]:
        return {"klass": str(held.klass_id or ""), "boarding": held.boarding, "state": held.state}

    return over(request.scope, form, child, told, act, need=Need.CHILD_WRITE)


def _go(
    request: DeskRequest, child: Child, which: str, held: dict[str, Any], classes: dict[str, tuple[Klass, str]]
) -> Child:
    on: date = held["on"]
    child = row_of(request, Child, pk=child.pk)  # as it stands now: the form's act holds it
    if which == "leave":
        return moves.leave(request.scope, child, state=held["state"], on=on, reason=held["reason"])
    if held["was"] != child.state:
        raise Refused("meanwhile", f"您打开页面以后，有人把这份档案改成了“{child.get_state_display()}”，请刷新页面再办")
    klass = classes[held["klass"]][0]
    act = moves.place if child.state == Child.State.HERE else moves.come_back
    return act(request.scope, child, klass=klass, boarding=held["boarding"], on=on, reason=held["reason"])


ROUTES = (
    screen("children/<uuid:pk>/status/", status_page, needs=Need.CHILD_WRITE, name="child-status"),
    screen("children/hardship/<uuid:pk>/end/", end_hardship, needs=Need.CHILD_WRITE, name="child-hardship-end"),
    screen("children/<uuid:pk>/place/", place, needs=Need.CHILD_WRITE, name="child-place"),
)
