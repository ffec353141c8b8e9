"""假期: with whom each child stays, who has nobody, when parents come and go, and who is back (peers.md c15)."""

from collections import Counter
from typing import Any
from uuid import UUID

from django.contrib import messages
from django.http import Http404, HttpResponse, HttpResponseRedirect
from django.urls import reverse

from oasis.campus.actions.holidays import tell_holiday
from oasis.campus.holidays import stay_of, stays
from oasis.campus.models import HolidayStay
from oasis.children.census import classes_of
from oasis.children.models import Child
from oasis.desk.filing import child_of, form_of, initial_of
from oasis.desk.meanwhile import over
from oasis.desk.page import DeskRequest, page
from oasis.desk.setting import done
from oasis.people.gate import screen
from oasis.people.roles import Need
from oasis.places.queries import term_on

FIELDS = ("with_whom", "place", "home_on", "leave_on", "handed_on", "back_on", "note")


def index(request: DeskRequest) -> HttpResponse:
    """Show the list, class by class on request: who has nobody first, then who was not asked."""
    classes = classes_of(request.scope, Need.CHILD_WRITE)
    klass = next((row for row, _name in classes if str(row.pk) == request.GET.get("klass", "")), None)
    term, rows = stays(request.scope, klass.pk if klass else None)
    return page(
        request, "desk/holidays.html", term=term, rows=rows, classes=classes, klass=klass, names={row.pk: name for row, name in classes},
        counts=Counter(one.stay.with_whom if one.stay else "" for one in rows), whom=HolidayStay.Whom,
        handed=sum(bool(one.stay and one.stay.handed_on) for one in rows), back=sum(bool(one.stay and one.stay.back_on) for one in rows),
    )  # fmt: skip


def edit(request: DeskRequest, pk: UUID) -> HttpResponse:
    """Ask about one child."""
    child = child_of(request, pk)
    term = term_on(child.school_id, request.scope.on)
    if term is None:
        raise Http404
    row = stay_of(request.scope, child, term)
    form = form_of(HolidayStay, FIELDS)(request.POST or None, initial=initial_of(row, FIELDS) if row else {})

    def act(held: dict[str, Any]) -> object:
        return tell_holiday(request.scope, child, term=term, **held)

    def told(held: Child) -> dict[str, Any]:
        stay = stay_of(request.scope, held, term)
        return initial_of(stay or HolidayStay(), FIELDS)

    settled = over(request.scope, form, child, told, act, need=Need.CHILD_WRITE)
    if request.method == "POST" and done(form, lambda: settled(form.cleaned_data)):
        messages.success(request, f"{child.name}的假期安排已登记。")
        return HttpResponseRedirect(reverse("holidays"))
    return page(
        request, "desk/holiday.html", child=child, may=frozenset({Need.CHILD_READ}), tab="file", deeper=True, term=term, form=form,
        status=422 if form.errors else 200,
    )  # fmt: skip


ROUTES = (
    screen("holidays/", index, needs=Need.CHILD_WRITE, name="holidays"),
    screen("children/<uuid:pk>/holiday/", edit, needs=Need.CHILD_WRITE, name="holiday"),
)
