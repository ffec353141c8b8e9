"""一个孩子 · 建档与修改: a new file, and the file in short groups; a field two people changed shows both values."""

from datetime import date
from typing import Any
from uuid import UUID

from django import forms
from django.contrib import messages
from django.http import Http404, HttpResponse, HttpResponseRedirect
from django.urls import reverse
from django.views.decorators.cache import never_cache

from oasis.children.actions.files import open_file, revise
from oasis.children.census import classes_of
from oasis.children.models import Child
from oasis.children.search import Wanted, find
from oasis.desk.filing import child_of, form_of, initial_of, looked
from oasis.desk.meanwhile import columns, over
from oasis.desk.page import DeskRequest, page
from oasis.desk.setting import attempt, done, made_id
from oasis.kit import idcard
from oasis.people.gate import screen
from oasis.people.roles import Need

GROUPS: dict[str, tuple[str, tuple[str, ...]]] = {
    "identity": ("身份", ("name", "former_name", "sex", "birth_on", "lunar_birthday", "ethnic", "id_number", "student_no", "class_no", "file_no", "entered_on")),
    "home": ("住家", ("address", "village", "village_contact", "village_phone", "household", "household_place", "registered", "native_place",
        "commute", "distance_km", "dorm", "bed")),
    "health": ("健康", ("health", "health_note", "allergies", "disability", "disability_grade")),
    "family": ("家庭情况", ("only_child", "marital", "income", "aid", "care_rating")),
    "portrait": ("成长", ("character", "interests", "study", "thought", "mind", "conduct", "wishes", "remark")),
}  # fmt: skip
NEW = ("name", "sex", "birth_on", "id_number", "ethnic", "address")


class Identity(forms.Form):
    """What must agree: the ID number with itself, with the birth date and with the sex."""

    def clean(self) -> dict[str, Any]:
        """Refuse a number that cannot be, and one that says another birthday or sex; fill what it tells."""
        held: dict[str, Any] = super().clean() or {}
        number = held["id_number"] = idcard.clean(held.get("id_number") or "")
        if not number:
            return held
        if wrong := idcard.problem(number):
            self.add_error("id_number", wrong)
            return held
        held["birth_on"] = held.get("birth_on") or idcard.birth_on(number)
        held["sex"] = held.get("sex") or idcard.sex(number)
        if held["birth_on"] != idcard.birth_on(number):
            self.add_error("birth_on", "出生日期和身份证号不一致，请对照户口簿核对")
        if held["sex"] != idcard.sex(number):
            self.add_error("sex", "性别和身份证号不一致，请对照户口簿核对")
        return held


class NewFile(Identity):
    """A new file: who it is and which class."""

    klass = forms.ChoiceField(label="班级")
    boarding = forms.BooleanField(label="寄宿", required=False)
    on = forms.DateField(label="入班日期", widget=forms.DateInput(attrs={"type": "date"}))
    sure = forms.BooleanField(label="确定是另一个孩子", required=False)


NEW_FORM: type[forms.Form] = type("NewForm", (form_of(Child, NEW), NewFile), {})
FORMS: dict[str, type[forms.Form]] = {
    group: type("GroupForm", (form_of(Child, names), Identity if group == "identity" else forms.Form), {})
    for group, (_, names) in GROUPS.items()
}


def new(request: DeskRequest) -> HttpResponse:
    """Open a file; a child of the same name in reach is shown first."""
    form = NEW_FORM(request.POST or None, initial={"on": request.scope.on})
    classes = {str(klass.pk): (klass, name) for klass, name in classes_of(request.scope, Need.CHILD_WRITE)}
    form.fields["klass"].choices = [(pk, name) for pk, (_, name) in classes.items()]  # type: ignore[attr-defined]
    made = made_id(request)
    twins = _twins(request, made, form) if request.method == "POST" and form.is_valid() else []
    if (
        form.is_bound
        and not twins
        and (child := attempt(form, lambda: _open(request, made, form.cleaned_data, classes)))
    ):
        messages.success(request, "已建档。接着填家里人和电话。")
        return HttpResponseRedirect(reverse("child-person-new", kwargs={"pk": child.pk}))
    if not twins and "sure" not in form.data:
        del form.fields["sure"]
    return page(
        request,
        "desk/child_new.html",
        form=form,
        twins=twins,
        classes=classes,
        made=made,
        status=422 if form.errors else 200,
    )


def _twins(request: DeskRequest, made: UUID, form: forms.Form) -> list[Child]:
    if form.cleaned_data["sure"]:
        return []
    return [
        c
        for c in find(request.scope, Wanted(text=form.cleaned_data["name"])).rows
        if c.name == form.cleaned_data["name"] and c.pk != made
    ]


def _open(request: DeskRequest, made: UUID, held: dict[str, Any], classes: dict[str, Any]) -> Child:
    klass = classes[held["klass"]][0]
    on: date = held["on"]
    facts = {name: held[name] for name in NEW}
    return open_file(
        request.scope, klass=klass, school=klass.school, on=on, boarding=held["boarding"], id=made, **facts
    )


@never_cache
def edit(request: DeskRequest, pk: UUID, group: str) -> HttpResponse:
    """Change one group of the file. The group with the ID number shows it: opening is asking, and on the trail."""
    if group not in GROUPS:
        raise Http404
    shows_id = group == "identity" and request.method != "POST"
    child = looked(request, pk, deed="child.id").child if shows_id else child_of(request, pk)
    names = GROUPS[group][1]
    form = FORMS[group](request.POST or None, initial=initial_of(child, names))
    act = over(
        request.scope, form, child, columns(names), lambda held: revise(request.scope, child, **held), need=Need.CHILD_WRITE
    )  # fmt: skip
    if request.method == "POST" and done(form, lambda: act(form.cleaned_data)):
        messages.success(request, "已保存。")
        return HttpResponseRedirect(reverse("child-file", kwargs={"pk": pk}))
    if group == "identity" and not shows_id:
        looked(request, pk, deed="child.id")
    return page(
        request, "desk/child_form.html", child=child, may=frozenset(), tab="file", deeper=True, title=GROUPS[group][0],
        form=form, back=reverse("child-file", kwargs={"pk": pk}), status=422 if form.errors else 200,
    )  # fmt: skip


ROUTES = (
    screen("children/new/", new, needs=Need.CHILD_WRITE, name="child-new"),
    screen("children/<uuid:pk>/edit/<slug:group>/", edit, needs=Need.CHILD_WRITE, name="child-edit"),
)
