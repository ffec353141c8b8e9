"""宿舍 · 点名和巡夜: on a phone in the dark, large buttons, one tap a bed; and the search for a child who is not there."""

from uuid import UUID

from django import forms
from django.contrib import messages
from django.http import Http404, HttpResponse, HttpResponseRedirect
from django.shortcuts import get_object_or_404
from django.urls import reverse

from oasis.campus import dormitory as ask
from oasis.campus.actions.nights import all_in, begin_check, begin_search, close_check, end_search, take_step
from oasis.campus.models import BedMark, House, Missing, NightCheck
from oasis.campus.searching import standing
from oasis.children.actions.looks import note_look
from oasis.children.household import household
from oasis.children.models import Child
from oasis.desk.filing import child_of, row_of
from oasis.desk.page import DeskRequest, page, when_shown
from oasis.desk.setting import attempt, done
from oasis.kit.dates import now
from oasis.kit.refused import Refused
from oasis.people.gate import screen
from oasis.people.roles import Need
from oasis.records.actions.nights import mark_bed


class CloseForm(forms.Form):
    """What the next one on duty should know."""

    safe = forms.BooleanField(label="门窗水电都查过", required=False)
    note = forms.CharField(label="交班留言", max_length=200, required=False)


class StepForm(forms.Form):
    """A step of the search."""

    step = forms.CharField(max_length=10)
    words = forms.CharField(label="情况", max_length=200, required=False)


class FoundForm(forms.Form):
    """How the child was found."""

    result = forms.CharField(label="怎样找到的，孩子现在怎样", max_length=300, widget=forms.Textarea(attrs={"rows": 2}))


def begin(request: DeskRequest, pk: UUID) -> HttpResponse:
    """Begin a check of a house, or go on with it."""
    row = row_of(request, House, Need.BOARDING, pk=pk)
    if request.method != "POST":
        return HttpResponseRedirect(reverse("dormitory"))
    try:
        check = begin_check(request.scope, row, turn=request.POST.get("turn", ""))
    except Refused as refused:
        messages.error(request, refused.message)
        return HttpResponseRedirect(reverse("dormitory"))
    return HttpResponseRedirect(reverse("dormitory-night", kwargs={"pk": check.pk}))


def night(request: DeskRequest, pk: UUID) -> HttpResponse:
    """Show the beds of a check, room by room; close it."""
    check = _check(request, pk)
    form = CloseForm(request.POST or None)
    if request.method == "POST" and done(form, lambda: close_check(request.scope, check=pk, **form.cleaned_data)):
        messages.success(request, f"{check.get_turn_display()}结束，辛苦了。")
        return HttpResponseRedirect(reverse("dormitory"))
    rooms = ask.night(request.scope, check)
    beds = [bed for room in rooms for bed in room.taken]
    return page(
        request, "desk/dormitory_night.html", check=check, rooms=rooms, form=form, cares=BedMark.Care.choices,
        seen=sum(bed.mark is not None for bed in beds), total=len(beds),
        absent=[bed for bed in beds if bed.mark and bed.mark.state == BedMark.State.ABSENT],
        looked={row.child_id: row.pk for row in ask.searches(request.scope)}, status=422 if form.errors else 200,
    )  # fmt: skip


def mark(request: DeskRequest, pk: UUID) -> HttpResponse:
    """Take one tap: a bed, or all the rest of a room. Answers with the room, or leads back to it."""
    check = _check(request, pk)
    if request.method != "POST":
        return HttpResponseRedirect(reverse("dormitory-night", kwargs={"pk": check.pk}))
    what, sent = request.POST.get("what", ""), request.POST
    room = _id(sent.get("room", ""))
    try:
        if what == "all":
            all_in(request.scope, check=pk, room=room)
        elif what in BedMark.State.values:
            mark_bed(request.scope, check=pk, child=_id(sent.get("child", "")), state=what)
        else:
            mark_bed(request.scope, check=pk, child=_id(sent.get("child", "")), state="in", care=what)
    except Refused as refused:
        messages.error(request, refused.message)
    return HttpResponseRedirect(f"{reverse('dormitory-night', kwargs={'pk': check.pk})}#room-{room}")


def _id(text: str) -> UUID:
    try:
        return UUID(text)
    except ValueError:
        raise Http404 from None


def _check(request: DeskRequest, pk: UUID) -> NightCheck:
    check = ask.check_of(request.scope, pk)
    if check is None:
        raise Http404
    return check


def seek(request: DeskRequest, pk: UUID) -> HttpResponse:
    """Begin the search for a child."""
    child = get_object_or_404(Child.objects.within(request.scope, Need.BOARDING), pk=pk)
    if request.method != "POST":
        return HttpResponseRedirect(reverse("dormitory"))
    row = attempt(forms.Form({}), lambda: begin_search(request.scope, child))
    if row is None:
        raise Http404
    return HttpResponseRedirect(reverse("dormitory-search", kwargs={"pk": row.pk}))


def search(request: DeskRequest, pk: UUID) -> HttpResponse:
    """Show a search with its clocks; take a step, or end it."""
    row = row_of(request, Missing, Need.BOARDING, pk=pk)
    child = child_of(request, row.child_id, Need.BOARDING)
    if row.found_at is None:
        when_shown(request, lambda: note_look(request.scope, child, part="dormitory-search", deed="child.phones"))
    which = request.POST.get("form", "")
    step = StepForm(request.POST if which == "step" else None)
    found = FoundForm(request.POST if which == "found" else None)
    if (which == "step" and done(step, lambda: take_step(request.scope, row, **step.cleaned_data))) or (
        which == "found" and done(found, lambda: end_search(request.scope, row, **found.cleaned_data))
    ):
        messages.success(request, "已登记。")
        return HttpResponseRedirect(reverse("dormitory-search", kwargs={"pk": pk}))
    return page(
        request, "desk/dormitory_search.html", row=row, child=child, step=step, found=found,
        steps=standing(row, ask.steps_of(request.scope, row), now()), family=household(request.scope, child, request.scope.on),
        status=422 if step.errors or found.errors else 200,
    )  # fmt: skip


ROUTES = (
    screen("dormitory/house/<uuid:pk>/begin/", begin, needs=Need.BOARDING, name="dormitory-begin"),
    screen("dormitory/night/<uuid:pk>/", night, needs=Need.BOARDING, name="dormitory-night"),
    screen("dormitory/night/<uuid:pk>/mark/", mark, needs=Need.BOARDING, name="dormitory-mark"),
    screen("dormitory/child/<uuid:pk>/seek/", seek, needs=Need.BOARDING, name="dormitory-seek"),
    screen("dormitory/search/<uuid:pk>/", search, needs=Need.BOARDING, name="dormitory-search"),
)
