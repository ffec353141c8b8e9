"""成长: marks, days absent, conduct, honours, works and books of a child on one page; entered for many at once (A7)."""

from typing import Any
from uuid import UUID

from django import forms
from django.contrib import messages
from django.http import Http404, HttpResponse, HttpResponseNotAllowed, HttpResponseRedirect
from django.urls import reverse
from django.views.decorators.cache import never_cache

from oasis.campus.actions.growth import drop_growth, keep_growth
from oasis.campus.growth import MATTERS, SORTS, Course, Matter, chosen_of, course, kept_one
from oasis.campus.models import Absence, Growth
from oasis.children.access import needs_over
from oasis.children.models import Child
from oasis.desk.filing import child_of, form_of, looked
from oasis.desk.page import DeskRequest, page
from oasis.desk.setting import ask, done
from oasis.duties.queries import children_of
from oasis.people.gate import screen
from oasis.people.queries import class_in_reach
from oasis.people.roles import Need

LINES = 5  # subjects drawn at once; the table has them all


@never_cache
def show(request: DeskRequest, pk: UUID) -> HttpResponse:
    """Show how a child grows."""
    look = looked(request, pk, need=Need.CHILD_READ, part="growth")
    told = course(request.scope, look.child)
    return page(
        request, "desk/child_growth.html", child=look.child, may=look.may, tab="growth", course=told, matters=MATTERS,
        sorts=SORTS, labels=[f"{one.exam.on:%y.%m} {one.exam.name}" for one in told.sittings], series=_series(told),
        me=request.scope.actor,
    )  # fmt: skip


def _series(told: Course) -> list[dict[str, Any]]:
    """Give the marks as shares of the whole paper, so that papers of 100 and 120 stand on one line."""
    return [
        {
            "name": str(subject.label),
            "data": [
                round(float(one.points[subject.value]) * 100 / one.exam.full, 1)
                if subject.value in one.points
                else None
                for one in told.sittings
            ],
        }
        for subject in told.subjects[:LINES]
    ]


def add(request: DeskRequest, pk: UUID, code: str) -> HttpResponse:
    """Keep something for one child."""
    matter, child = _matter(code), child_of(request, pk, Need.RECORD_WRITE)
    form = _form(request, matter)
    if request.method == "POST" and done(form, lambda: _keep(request, [child], matter, form)):
        messages.success(request, f"{matter.label}已登记。")
        return HttpResponseRedirect(reverse("child-growth", kwargs={"pk": pk}))
    return page(
        request, "desk/child_growth_add.html", child=child, may=needs_over(request.scope, child), tab="growth", deeper=True,
        matter=matter, form=form, status=422 if form.errors else 200,
    )  # fmt: skip


def klass(request: DeskRequest, pk: UUID, code: str) -> HttpResponse:
    """Keep the same for several children of a class."""
    matter, place = _matter(code), class_in_reach(request.scope, Need.RECORD_WRITE, pk)
    if place is None:
        raise Http404
    pupils, sent = children_of(request.scope, Need.RECORD_WRITE, place.pk), set(request.POST.getlist("child"))
    form = _form(request, matter)
    chosen = [pupil.id for pupil in pupils if str(pupil.id) in sent]
    if request.method == "POST" and done(form, lambda: _keep(request, chosen_of(request.scope, chosen), matter, form)):
        messages.success(request, f"{len(chosen)}名孩子的{matter.label}已登记。")
        return HttpResponseRedirect(reverse("klass-exams", kwargs={"pk": pk}))
    return page(
        request, "desk/klass_growth.html", klass=place, name=place.name(request.scope.on, place.school.primary_years),
        matter=matter, matters=MATTERS, form=form, items=[(one.id, one.name, "", str(one.id) in sent) for one in pupils],
        status=422 if form.errors else 200,
    )  # fmt: skip


def drop(request: DeskRequest, pk: UUID) -> HttpResponse:
    """Take back what was entered by mistake."""
    row = kept_one(request.scope, pk)
    if row is None:
        raise Http404
    if request.method != "POST":
        return HttpResponseNotAllowed(["POST"])
    ask(request, lambda: drop_growth(request.scope, row), "已去掉。")
    return HttpResponseRedirect(reverse("child-growth", kwargs={"pk": row.child_id}))


def _matter(code: str) -> Matter:
    if code not in MATTERS:
        raise Http404
    return MATTERS.get(code)


def _form(request: DeskRequest, matter: Matter) -> forms.Form:
    """Ask what this matter asks for."""
    made = form_of(Absence if matter.code == "absence" else Growth, matter.asks)
    form = made(request.POST or None, initial={"on": request.scope.on})
    for name, asked in form.fields.items():
        asked.required = name in matter.must
    form.fields["on"].widget = forms.DateInput(attrs={"type": "date"})
    if "title" in form.fields:
        form.fields["title"].label = matter.title
    if matter.code == "book":
        form.fields["giver"].label = "作者"
    if "sort" in form.fields:
        must = "sort" in matter.must
        choices = list(matter.sorts) if must else [("", "未填"), *matter.sorts]
        form.fields["sort"] = forms.ChoiceField(label="类别", choices=choices, required=must, widget=forms.RadioSelect)
    return form


def _keep(request: DeskRequest, children: list[Child], matter: Matter, form: forms.Form) -> bool:
    keep_growth(request.scope, children, matter=matter.code, fields=form.cleaned_data)
    return True


ROUTES = (
    screen("children/<uuid:pk>/growth/", show, needs=Need.CHILD_READ, name="child-growth", history=True),
    screen("children/<uuid:pk>/growth/<slug:code>/", add, needs=Need.RECORD_WRITE, name="child-growth-add"),
    screen("klasses/<uuid:pk>/growth/<slug:code>/", klass, needs=Need.RECORD_WRITE, name="klass-growth"),
    screen("growth/<uuid:pk>/drop/", drop, needs=Need.RECORD_WRITE, name="child-growth-drop"),
)
