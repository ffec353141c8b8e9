"""活动: the calendar, one activity with its names, planned and held (D4, D5)."""

from datetime import timedelta
from typing import Any
from uuid import UUID

from django import forms
from django.http import HttpResponse, HttpResponseNotAllowed, HttpResponseRedirect
from django.urls import reverse

from oasis.campus.actions.activities import allot, drop_activity, plan_activity, revise_activity
from oasis.campus.activities import LESSONS, activity_of, calendar, lessons, parts_of, signed, whole_classes
from oasis.campus.models import Activity
from oasis.desk.filing import form_of, row_of
from oasis.desk.meanwhile import over
from oasis.desk.own_work import asked, class_names, colleagues, found, leads, term_span, values, workplace
from oasis.desk.page import DeskRequest, page
from oasis.desk.setting import ask, made_id, school_of
from oasis.people.gate import screen
from oasis.people.roles import Need
from oasis.places.models import School

FIELDS = (
    "kind",
    "title",
    "on",
    "hours",
    "place",
    "department",
    "lead",
    "aim",
    "seats",
    "sign_until",
    "off_campus",
    "risk_plan",
    "cost",
)


def index(request: DeskRequest) -> HttpResponse:
    """Show what is ahead and what was held this term, and which classes the lessons reached."""
    school, scope = workplace(request), request.scope
    start, end, term = term_span(school, scope.on)
    rows = calendar(scope, school, start, end + timedelta(days=60))
    names = class_names(school, scope.on)
    reached = lessons(scope, school, start, end)
    labels = dict(Activity.Kind.choices)
    return page(
        request, "desk/activities.html", on=scope.on, term=term, coming=[row for row in rows if row.on >= scope.on and not row.held_on],
        past=[row for row in reversed(rows) if row.on < scope.on or row.held_on], leads=leads(scope, school.pk, Need.ACTIVITY), lesson_kinds=LESSONS,
        lessons=[(labels[kind], count, [name for pk, name in names.items() if pk not in held], len(held)) for kind, (count, held) in reached.items()],
        classes=len(names),
    )  # fmt: skip


def _form(request: DeskRequest, school: School) -> type[forms.Form]:
    names = [(str(pk), name) for pk, name in class_names(school, request.scope.on).items()]
    more = {
        "lead": forms.ChoiceField(label="负责人", choices=colleagues(request, school)),
        "klasses": forms.MultipleChoiceField(
            label="整班参加的班级", choices=names, required=False, widget=forms.CheckboxSelectMultiple
        ),
    }
    made = form_of(Activity, FIELDS, **more)
    made.base_fields = {name: made.base_fields[name] for name in (*FIELDS, "klasses")}
    made.base_fields["off_campus"].required = False
    return made


def _held(held: dict[str, Any]) -> dict[str, Any]:
    return held | {"lead": UUID(held["lead"]), "klasses": {UUID(one) for one in held["klasses"]}}


def new(request: DeskRequest) -> HttpResponse:
    """Put an activity on the calendar."""
    school = school_of(request, Need.ACTIVITY)
    form = _form(request, school)(
        request.POST or None, initial={"on": request.scope.on, "lead": str(request.scope.actor)}
    )
    key = made_id(request)
    return asked(
        request, form, lambda held: plan_activity(request.scope, id=key, school=school.pk, **_held(held)), title="安排活动",
        back=reverse("activities"), onward=lambda: reverse("activity", kwargs={"pk": key}), lead="名额少、要报名的填名额和截止日期；整班参加的勾班级。",
    )  # fmt: skip


def edit(request: DeskRequest, pk: UUID) -> HttpResponse:
    """Change an activity."""
    row = row_of(request, Activity, Need.ACTIVITY, pk=pk)

    def known(row: Activity) -> dict[str, Any]:
        whole = [str(one.klass_id) for one in whole_classes(request.scope, row)]
        return values(row, FIELDS) | {"lead": str(row.lead_id), "klasses": whole}

    form = _form(request, row.school)(request.POST or None, initial=known(row))
    act = over(
        request.scope, form, row, known, lambda held: revise_activity(request.scope, row, **_held(held)), need=Need.ACTIVITY
    )  # fmt: skip
    return asked(request, form, act, title=f"{row.title} · 修改", back=reverse("activity", kwargs={"pk": pk}))


def show(request: DeskRequest, pk: UUID) -> HttpResponse:
    """Show an activity with the names one may see."""
    row: Activity = found(activity_of(request.scope, pk))
    scope = request.scope
    names = class_names(row.school, scope.on)
    parts = parts_of(scope, row) if scope.can(Need.NAMES) else []
    return page(
        request, "desk/activity.html", row=row, parts=parts, number=signed(scope, row), names=names, on=scope.on,
        whole=whole_classes(scope, row), leads=leads(scope, row.school_id, Need.ACTIVITY), hidden=signed(scope, row) - len(parts),
        signs=scope.can(Need.NAMES) and not (row.held_on or row.dropped or (row.sign_until and row.sign_until < scope.on)),
    )  # fmt: skip


def places(request: DeskRequest, pk: UUID) -> HttpResponse:
    """Give the places out."""
    row = row_of(request, Activity, Need.ACTIVITY, pk=pk)
    if request.method != "POST":
        return HttpResponseNotAllowed(["POST"])
    ask(request, lambda: allot(request.scope, row), "名额已分配。")
    return HttpResponseRedirect(reverse("activity", kwargs={"pk": pk}))


def drop(request: DeskRequest, pk: UUID) -> HttpResponse:
    """Say that it is not held."""
    row = row_of(request, Activity, Need.ACTIVITY, pk=pk)
    if request.method != "POST":
        return HttpResponseNotAllowed(["POST"])
    ask(request, lambda: drop_activity(request.scope, row), "已取消。")
    return HttpResponseRedirect(reverse("activities"))


ROUTES = (
    screen("activities/", index, needs=Need.DESK, name="activities"),
    screen("activities/new/", new, needs=Need.ACTIVITY, name="activity-new"),
    screen("activities/<uuid:pk>/", show, needs=Need.DESK, name="activity"),
    screen("activities/<uuid:pk>/edit/", edit, needs=Need.ACTIVITY, name="activity-edit"),
    screen("activities/<uuid:pk>/places/", places, needs=Need.ACTIVITY, name="activity-places"),
    screen("activities/<uuid:pk>/drop/", drop, needs=Need.ACTIVITY, name="activity-drop"),
)
