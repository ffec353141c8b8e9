"""组织 · 领导小组: who leads the work, with duties and terms of office (D1)."""

from typing import Any
from uuid import UUID

from django import forms
from django.http import HttpResponse
from django.urls import reverse

from oasis.campus.actions.organisation import reseat, seat
from oasis.campus.models import Seat
from oasis.campus.organisation import seats
from oasis.desk.filing import form_of, row_of
from oasis.desk.meanwhile import columns, over
from oasis.desk.own_work import asked, colleagues, group_tabs, leads, values, workplace
from oasis.desk.page import DeskRequest, page
from oasis.desk.setting import made_id, school_of
from oasis.people.gate import screen
from oasis.people.roles import Need

FIELDS = ("rank", "post", "duties", "paper_no", "from_on", "to_on")


def index(request: DeskRequest) -> HttpResponse:
    """Show the group of today and who was in it before."""
    school = workplace(request)
    now, past = seats(request.scope, school, request.scope.on)
    return page(
        request, "desk/org.html", tab="org", tabs_shown=group_tabs(request.scope), lead="领导小组、制度、会议和计划，教职工都能看，由校长和德育主任登记。",
        now=now, past=past, leads=leads(request.scope, school.pk, Need.GUIDE),
    )  # fmt: skip


def new(request: DeskRequest) -> HttpResponse:
    """Put somebody into the group."""
    school = school_of(request, Need.GUIDE)
    who = forms.ChoiceField(label="本校人员", required=False, choices=colleagues(request, school, ("", "校外人员")))
    kind = form_of(Seat, ("rank", "user", "outsider", *FIELDS[1:]), user=who)
    form = kind(request.POST or None, initial={"from_on": request.scope.on})

    def act(held: dict[str, Any]) -> object:
        chosen = UUID(held.pop("user")) if held["user"] else held.pop("user") or None
        return seat(request.scope, id=made_id(request), school=school.pk, user=chosen, **held)

    return asked(request, form, act, title="添加领导小组成员", back=reverse("org"))


def edit(request: DeskRequest, pk: UUID) -> HttpResponse:
    """Change duties or the term of office."""
    row = row_of(request, Seat, Need.GUIDE, pk=pk)
    form = form_of(Seat, FIELDS)(request.POST or None, initial=values(row, FIELDS))
    act = over(
        request.scope, form, row, columns(FIELDS), lambda held: reseat(request.scope, row, **held), need=Need.GUIDE
    )
    return asked(
        request, form, act, title=f"{row.name} · 领导小组", back=reverse("org"),
        lead="不再担任的，填上任期结束日期，名字留在以往名单里。",
    )  # fmt: skip


ROUTES = (
    screen("org/", index, needs=Need.DESK, name="org"),
    screen("org/seat/", new, needs=Need.GUIDE, name="org-seat-new"),
    screen("org/seat/<uuid:pk>/", edit, needs=Need.GUIDE, name="org-seat"),
)
