"""家长会、家长学校: topics over the year, planning, signing in on a phone, telling those who missed it."""

from collections import Counter
from collections.abc import Sequence
from itertools import groupby
from uuid import UUID

from django import forms
from django.contrib import messages
from django.http import Http404, HttpResponse, HttpResponseRedirect
from django.shortcuts import get_object_or_404
from django.urls import reverse

from oasis.campus import meetings
from oasis.campus.actions.meetings import AFTER, PLAN, plan_meeting, revise_meeting, sign_in, tell_after
from oasis.campus.meetings import Held
from oasis.campus.models import ParentMeeting, ParentSeat
from oasis.desk.filing import child_of, form_of, initial_of
from oasis.desk.meanwhile import columns, over
from oasis.desk.page import DeskRequest, page
from oasis.desk.setting import attempt, done
from oasis.kit.dates import school_year
from oasis.kit.refused import Refused
from oasis.papers.places import Place, places_within
from oasis.people.gate import screen
from oasis.people.roles import ArmKind, Need

TOLD = ("told_on", "way", "words")


def index(request: DeskRequest) -> HttpResponse:
    """Show the meetings by school year, the latest first: which topics a year had."""
    held = groupby(meetings.listed(request.scope), lambda one: school_year(one.meeting.on))
    years = [
        (f"{year}—{year + 1}学年", rows, _kinds(rows)) for year, rows in ((year, list(rows)) for year, rows in held)
    ]
    return page(request, "desk/meetings.html", years=years)


def _kinds(held: Sequence[Held]) -> str:
    """Count the meetings of a year kind by kind."""
    counts = Counter(one.meeting.get_kind_display() for one in held)
    return "，".join(f"{kind}{number}次" for kind, number in counts.items())


def new(request: DeskRequest) -> HttpResponse:
    """Plan a meeting."""
    places = [
        place for place in places_within(request.scope, Need.CHILD_WRITE) if place.klass or _leads(request, place)
    ]
    offered = [(str(place.pk), place.label) for place in places]
    form = _plan_form(offered)(request.POST or None, initial={"kind": "meeting", "on": request.scope.on})
    made = attempt(form, lambda: _planned(request, form, places))
    if made is not None:
        messages.success(request, "已安排。可以打印邀请书和签到表。")
        return HttpResponseRedirect(reverse("meeting", kwargs={"pk": made.pk}))
    return page(
        request,
        "desk/meeting_form.html",
        form=form,
        name="安排家长会",
        meeting=None,
        status=422 if form.errors else 200,
    )


def _plan_form(offered: Sequence[tuple[str, str]]) -> type[forms.Form]:
    made = form_of(ParentMeeting, PLAN, place=forms.ChoiceField(label="哪个班", choices=offered))
    made.base_fields = {name: made.base_fields[name] for name in ("place", *PLAN)}
    return made


def _leads(request: DeskRequest, place: Place) -> bool:
    return place.school.pk in request.scope.ids(ArmKind.SCHOOL, Need.LAW)


def _planned(request: DeskRequest, form: forms.Form, places: list[Place]) -> ParentMeeting:
    given = dict(form.cleaned_data)
    place = next(place for place in places if str(place.pk) == given["place"])
    del given["place"]
    return plan_meeting(request.scope, school=place.school, klass=place.klass, **given)


def show(request: DeskRequest, pk: UUID) -> HttpResponse:
    """Show a meeting; tick who came."""
    scope = request.scope
    meeting = get_object_or_404(meetings.meetings(scope), pk=pk)
    if request.method == "POST":
        _sign(request, meeting, set(_ids(request.POST.getlist("came"))))
        return HttpResponseRedirect(reverse("meeting", kwargs={"pk": pk}))
    seats = meetings.seats(scope, meeting)
    return page(
        request, "desk/meeting.html", meeting=meeting, seats=seats, seat_mark=meetings.seat_mark,
        place=meetings.place_name(scope, meeting), runs=_runs(request, meeting),
    )  # fmt: skip


def _sign(request: DeskRequest, meeting: ParentMeeting, came: set[UUID]) -> None:
    ended, seen = "ended" in request.POST, request.POST.getlist("seen")
    try:
        signed = sign_in(request.scope, meeting=meeting, came=came, ended=ended, seen=seen)
    except Refused as refused:
        messages.error(request, refused.message)
        return
    if ended or signed.changed or not signed.left_out:
        messages.success(request, "签到已登记，没有到会的请会后告知。" if ended else "签到已保存。")
    if signed.left_out:
        stand = "、".join(f"{seat.child.name}（{'到会' if seat.came else '没有到会'}）" for seat in signed.left_out)
        messages.error(
            request, f"您打开页面以后，有人登记过签到或会后告知，这几家没有改，还是现在的：{stand}。请看过再定。"
        )


def _runs(request: DeskRequest, meeting: ParentMeeting) -> bool:
    """Tell whether this person plans and ends the meeting."""
    leads = meeting.school_id in request.scope.ids(ArmKind.SCHOOL, Need.LAW)
    return leads or meeting.klass_id in request.scope.ids(ArmKind.KLASS, Need.CHILD_WRITE)


def _ids(sent: list[str]) -> list[UUID]:
    try:
        return [UUID(one) for one in sent]
    except ValueError as error:
        raise Http404 from error


def edit(request: DeskRequest, pk: UUID) -> HttpResponse:
    """Change the plan, or write opinions and what came of it."""
    meeting = get_object_or_404(meetings.meetings(request.scope), pk=pk)
    if not _runs(request, meeting):
        raise Http404
    names = (*PLAN, *AFTER)
    form = form_of(ParentMeeting, names)(request.POST or None, initial=initial_of(meeting, names))
    act = over(
        request.scope, form, meeting, columns(names),
        lambda held: revise_meeting(request.scope, meeting=meeting, **held), need=Need.CHILD_WRITE,
    )  # fmt: skip
    if request.method == "POST" and done(form, lambda: act(form.cleaned_data)):
        messages.success(request, "已保存。")
        return HttpResponseRedirect(reverse("meeting", kwargs={"pk": pk}))
    return page(
        request,
        "desk/meeting_form.html",
        form=form,
        name=str(meeting),
        meeting=meeting,
        status=422 if form.errors else 200,
    )


def seat(request: DeskRequest, pk: UUID) -> HttpResponse:
    """Write down that a family that missed the meeting was told."""
    row = get_object_or_404(meetings.seat_rows(request.scope), pk=pk)
    child = child_of(request, row.child_id)
    form = form_of(ParentSeat, TOLD)(
        request.POST or None, initial=initial_of(row, TOLD) | {"told_on": row.told_on or request.scope.on}
    )
    act = over(
        request.scope, form, row, columns(TOLD), lambda held: tell_after(request.scope, seat=row, **held), need=Need.CHILD_WRITE
    )  # fmt: skip
    if request.method == "POST" and done(form, lambda: act(form.cleaned_data)):
        messages.success(request, f"{child.name}：已登记。")
        return HttpResponseRedirect(reverse("meeting", kwargs={"pk": row.meeting_id}))
    return page(
        request,
        "desk/meeting_seat.html",
        form=form,
        child=child,
        meeting=row.meeting,
        row=row,
        status=422 if form.errors else 200,
    )


def of_child(request: DeskRequest, pk: UUID) -> HttpResponse:
    """Go to the meeting a child's family has missed."""
    found = meetings.missed_by(request.scope, pk)
    if found is None:
        raise Http404
    return HttpResponseRedirect(reverse("meeting-seat", kwargs={"pk": found}))


ROUTES = (
    screen("meetings/", index, needs=Need.CHILD_WRITE, name="meetings"),
    screen("meetings/new/", new, needs=Need.CHILD_WRITE, name="meeting-new"),
    screen("meetings/<uuid:pk>/", show, needs=Need.CHILD_WRITE, name="meeting"),
    screen("meetings/<uuid:pk>/edit/", edit, needs=Need.CHILD_WRITE, name="meeting-edit"),
    screen("meetings/seat/<uuid:pk>/", seat, needs=Need.CHILD_WRITE, name="meeting-seat"),
    screen("meetings/child/<uuid:pk>/", of_child, needs=Need.CHILD_WRITE, name="meeting-child"),
)
