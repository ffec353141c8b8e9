"""设置 · 班级: how many classes each grade has; names and promotion follow from the entry year."""

from datetime import date
from typing import Any
from uuid import UUID

from django import forms
from django.contrib import messages
from django.http import HttpResponse, HttpResponseRedirect
from django.shortcuts import get_object_or_404
from django.urls import reverse
from django.views.decorators.http import require_POST

from oasis.desk.page import DeskRequest, page
from oasis.desk.setting import ask, attempt, school_of
from oasis.kit.dates import school_year
from oasis.people.gate import screen
from oasis.people.queries import homeroom_teachers, own_classes
from oasis.people.roles import Need
from oasis.people.school import MOST_CLASSES, open_classes, remove_class
from oasis.places.models import Klass, School
from oasis.places.queries import classes_on

GRADES = dict(enumerate("一二三四五六七八九", start=1))


class CountForm(forms.Form):
    """How many classes each grade has."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        for grade, word in GRADES.items():
            self.fields[str(grade)] = forms.IntegerField(
                label=f"{word}年级",
                min_value=0,
                max_value=MOST_CLASSES,
                required=False,
                widget=forms.NumberInput({"inputmode": "numeric"}),
            )

    def counts(self) -> dict[int, int]:
        """Give the number of classes by grade, grades left empty not among them."""
        return {int(grade): count for grade, count in self.cleaned_data.items() if count}


def index(request: DeskRequest) -> HttpResponse:
    """List the classes with their homeroom teachers, and make many at once."""
    school = school_of(request)
    on = school_day(request.scope.on)
    here = classes_on(school.pk, on)
    form = CountForm(request.POST or None, initial=_counted(school, here, on))
    if request.method == "POST":
        new = attempt(form, lambda: open_classes(request.scope, school=school, counts=form.counts(), on=on))
        if new:
            messages.success(request, f"已添加{len(new)}个班。")
            return HttpResponseRedirect(reverse("settings-classes"))
    teachers = homeroom_teachers(school, request.scope.on)
    rows = [(klass, klass.name(on, school.primary_years), teachers.get(klass.pk, [])) for klass in here]
    left = _left(request, school, here)
    return page(request, "desk/settings_classes.html", year=school_year(on), rows=rows, left=left, form=form)


def school_day(on: date) -> date:
    """Give the day whose grades are meant: in August the school year to come."""
    return date(on.year, 9, 1) if on.month == 8 else on


def _counted(school: School, here: list[Klass], on: date) -> dict[str, int]:
    grades = [str(klass.grade(on, school.primary_years)) for klass in here]
    return {grade: grades.count(grade) for grade in grades}


def _left(request: DeskRequest, school: School, here: list[Klass]) -> list[Klass]:
    return [klass for klass in own_classes(request.scope, school) if klass not in here]


@require_POST
def drop(request: DeskRequest, pk: UUID) -> HttpResponse:
    """Remove a class made by mistake."""
    klass = get_object_or_404(own_classes(request.scope), pk=pk)
    ask(request, lambda: remove_class(request.scope, klass=klass), "班级已删除。")
    return HttpResponseRedirect(reverse("settings-classes"))


ROUTES = (
    screen("settings/classes/", index, needs=Need.SETTINGS, name="settings-classes"),
    screen("settings/classes/<uuid:pk>/drop/", drop, needs=Need.SETTINGS, name="settings-class-drop"),
)
