"""宿舍: tonight's checks, who is away or unwell, houses, rooms and beds."""

from datetime import timedelta
from uuid import UUID

from django import forms
from django.contrib import messages
from django.http import Http404, HttpResponse, HttpResponseRedirect
from django.shortcuts import get_object_or_404
from django.urls import reverse

from oasis.campus import dormitory as ask
from oasis.campus.actions.dormitory import give_bed, open_house, open_room, take_bed_back
from oasis.campus.models import House, NightCheck
from oasis.children.models import Child
from oasis.desk.filing import form_of, row_of
from oasis.desk.page import DeskRequest, page
from oasis.desk.setting import ask as do
from oasis.desk.setting import done
from oasis.kit.dates import now
from oasis.people.gate import screen
from oasis.people.roles import Need

LATELY = timedelta(days=3)


class RoomForm(forms.Form):
    """A room of a house."""

    name = forms.CharField(label="房号", max_length=10)
    beds = forms.IntegerField(label="床位", min_value=1, max_value=40, initial=8)


def index(request: DeskRequest) -> HttpResponse:
    """Show tonight: each house with its checks, who is looked for, away, unwell; add a house."""
    scope, at = request.scope, now()
    schools = ask.house_schools(scope)
    if not schools:
        raise Http404
    form = form_of(House, ("name", "sex"))(request.POST or None)
    if request.method == "POST" and done(form, lambda: open_house(scope, school=schools[0], **form.cleaned_data)):
        messages.success(request, "已登记，接着添房间。")
        return HttpResponseRedirect(reverse("dormitory"))
    found, tonight = ask.houses(scope), ask.night_of(at)
    rooms, checks = ask.rooms(scope, [one.pk for one in found]), ask.checks_since(scope, tonight - LATELY)
    return page(
        request, "desk/dormitory.html", houses=found, rooms=rooms, tonight=tonight, checks=checks, turns=NightCheck.Turn.choices,
        searches=ask.searches(scope), away=ask.on_leave(scope), cared=ask.cared_for(scope, tonight - LATELY), now=at,
        bedless=ask.bedless(scope), form=form, status=422 if form.errors else 200,
    )  # fmt: skip


def house(request: DeskRequest, pk: UUID) -> HttpResponse:
    """Show the rooms and beds of a house; add a room."""
    row = row_of(request, House, Need.BOARDING, pk=pk)
    form = RoomForm(request.POST or None)
    if request.method == "POST" and done(form, lambda: open_room(request.scope, row, **form.cleaned_data)):
        messages.success(request, "已保存。")
        return HttpResponseRedirect(reverse("dormitory-house", kwargs={"pk": pk}))
    rooms = ask.rooms(request.scope, [pk]).get(pk, [])
    waiting = [child for child in ask.bedless(request.scope) if not (row.sex and child.sex and child.sex != row.sex)]
    return page(
        request, "desk/dormitory_house.html", house=row, rooms=rooms, waiting=waiting, form=form,
        status=422 if form.errors else 200,
    )  # fmt: skip


def bed(request: DeskRequest, pk: UUID) -> HttpResponse:
    """Give a child a bed of this house, or take it back."""
    row = row_of(request, House, Need.BOARDING, pk=pk)
    if request.method != "POST":
        return HttpResponseRedirect(reverse("dormitory-house", kwargs={"pk": row.pk}))
    child = get_object_or_404(Child.objects.within(request.scope, Need.BOARDING), pk=_uuid(request, "child"))
    seen = request.POST.get("seen", "")
    if request.POST.get("act") == "free":
        do(request, lambda: take_bed_back(request.scope, child, seen=seen), "床位已空出来。")
    else:
        room, number = _uuid(request, "room"), request.POST.get("bed", "")
        head = request.POST.get("head") == "1"
        place = int(number) if number.isdecimal() and len(number) < 4 else 0
        do(request, lambda: give_bed(request.scope, child, room=room, bed=place, head=head, seen=seen), "已安排。")
    return HttpResponseRedirect(reverse("dormitory-house", kwargs={"pk": row.pk}))


def _uuid(request: DeskRequest, name: str) -> UUID:
    try:
        return UUID(request.POST.get(name, ""))
    except ValueError:
        raise Http404 from None


ROUTES = (
    screen("dormitory/", index, needs=Need.BOARDING, name="dormitory"),
    screen("dormitory/house/<uuid:pk>/", house, needs=Need.BOARDING, name="dormitory-house"),
    screen("dormitory/house/<uuid:pk>/bed/", bed, needs=Need.BOARDING, name="dormitory-bed"),
)
