"""活动室: the week, who opened it, who came (D6)."""

from datetime import date
from typing import Any
from uuid import UUID

from django import forms
from django.contrib import messages
from django.http import HttpResponse, HttpResponseNotAllowed, HttpResponseRedirect
from django.urls import reverse

from oasis.campus.actions.room import end_hour, open_room, set_hour
from oasis.campus.models import Opening, RoomHour
from oasis.campus.room import opening_of, openings, present, summed, visits, week
from oasis.desk.filing import form_of, row_of
from oasis.desk.own_work import ROOM_TABS, asked, class_names, colleagues, found, leads, term_span, workplace
from oasis.desk.page import DeskRequest, page
from oasis.desk.setting import done, made_id, school_of
from oasis.people.gate import screen
from oasis.people.roles import Need

FIELDS = ("on", "what", "theme", "from_at", "to_at", "count", "safe", "note")
NONE = UUID(int=0)


def index(request: DeskRequest) -> HttpResponse:
    """Show the week, the term's sum and the log."""
    school, scope = workplace(request), request.scope
    start, end, term = term_span(school, scope.on)
    rows = openings(scope, school, start, end)
    hours = week(scope, school)
    today_open = [row for row in hours if row.day == scope.on.weekday()]
    return page(
        request, "desk/room.html", tab="room", tabs_shown=ROOM_TABS, lead=term, hours=hours, rows=rows[:30], sum=summed(scope, school, start, end),
        leads=leads(scope, school.pk, Need.ACTIVITY), missing=bool(today_open) and not any(row.on == scope.on for row in rows),
    )  # fmt: skip


def hour(request: DeskRequest) -> HttpResponse:
    """Say that the room is open on a weekday."""
    school = school_of(request, Need.ACTIVITY)
    user = forms.ChoiceField(label="值班教师", choices=colleagues(request, school))
    form = form_of(RoomHour, ("day", "from_at", "to_at", "what"), user=user)(request.POST or None)

    def act(held: dict[str, Any]) -> object:
        return set_hour(request.scope, id=made_id(request), school=school.pk, **held | {"user": UUID(held["user"])})

    return asked(request, form, act, title="开放时间", back=reverse("room"))


def hour_end(request: DeskRequest, pk: UUID) -> HttpResponse:
    """Say that it is open then no longer."""
    row = row_of(request, RoomHour, Need.ACTIVITY, pk=pk)
    if request.method != "POST":
        return HttpResponseNotAllowed(["POST"])
    end_hour(request.scope, row)
    messages.success(request, "已停开这一时段。")
    return HttpResponseRedirect(reverse("room"))


def opened(request: DeskRequest) -> HttpResponse:
    """Write an opening down: tap the names, or write how many came."""
    school, scope = workplace(request), request.scope
    rows = present(scope, school) if scope.can(Need.NAMES) else []
    names = class_names(school, scope.on)
    user = forms.ChoiceField(label="值班教师", choices=colleagues(request, school))
    first: dict[str, Any] = {"on": scope.on, "user": str(scope.actor), "count": 0} | _usual(request, scope.on)
    form = form_of(Opening, FIELDS, user=user)(request.POST or None, initial=first)
    form.fields["count"].help_text = "点了名字的自动数；没有点名的填总人数"
    form.fields["safe"].required = False
    chosen, called = request.POST.getlist("children"), request.POST.getlist("called")
    key = made_id(request)

    def act() -> object:
        held = form.cleaned_data | {"user": UUID(form.cleaned_data["user"])}
        return open_room(scope, id=key, school=school.pk, children=_ids(chosen), called=_ids(called), **held)

    if request.method == "POST" and done(form, act):
        messages.success(request, "开放已登记。")
        return HttpResponseRedirect(reverse("room-opening", kwargs={"pk": key}))
    items = [(str(row.pk), row.name, names.get(row.klass_id or NONE, ""), str(row.pk) in chosen) for row in rows]
    calls = [(value, label, small, value in called) for value, label, small, _ in items]
    return page(
        request, "desk/room_open.html", form=form, id=key, items=items, calls=calls, status=422 if form.errors else 200
    )


def _usual(request: DeskRequest, on: date) -> dict[str, Any]:
    """Give today's hours of the week."""
    rows = [row for row in week(request.scope, workplace(request)) if row.day == on.weekday()]
    return {"from_at": rows[0].from_at, "to_at": rows[0].to_at} if rows else {}


def _ids(told: list[str]) -> set[UUID]:
    found = set()
    for one in told[:2000]:
        try:
            found.add(UUID(one))
        except ValueError:
            continue
    return found


def show(request: DeskRequest, pk: UUID) -> HttpResponse:
    """Show an opening with the names one may see."""
    row: Opening = found(opening_of(request.scope, pk))
    came = visits(request.scope, row) if request.scope.can(Need.NAMES) else []
    return page(
        request, "desk/room_opening.html", row=row, came=came, names=class_names(row.school, request.scope.on),
    )  # fmt: skip


ROUTES = (
    screen("room/", index, needs=Need.DESK, name="room"),
    screen("room/hours/new/", hour, needs=Need.ACTIVITY, name="room-hour-new"),
    screen("room/hours/<uuid:pk>/end/", hour_end, needs=Need.ACTIVITY, name="room-hour-end"),
    screen("room/open/", opened, needs=Need.DESK, name="room-open"),
    screen("room/openings/<uuid:pk>/", show, needs=Need.DESK, name="room-opening"),
)
