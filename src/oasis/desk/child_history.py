"""一个孩子 · 历史: what changed, the file as it was on a day, who may see it and who looked."""

from uuid import UUID

from django import forms
from django.http import HttpResponse

from oasis.children.access import viewers
from oasis.children.census import of_these_unasked
from oasis.children.history import history
from oasis.children.past import as_of
from oasis.desk.filing import looked
from oasis.desk.page import DeskRequest, page
from oasis.people.deeds import worded
from oasis.people.gate import screen
from oasis.people.looks import PAGE, Sieve, lines
from oasis.people.roles import Need


class DayForm(forms.Form):
    """Which day to look back at."""

    day = forms.DateField(label="看哪一天的档案", widget=forms.DateInput(attrs={"type": "date"}))


def index(request: DeskRequest, pk: UUID) -> HttpResponse:
    """Show the history, newest first."""
    look = looked(request, pk, need=Need.FAMILY, part="history")
    return page(
        request, "desk/child_history.html", child=look.child, may=look.may, tab="history", today=request.scope.on,
        events=history(request.scope, look.child), form=DayForm(initial={"day": request.scope.on}),
    )  # fmt: skip


def past(request: DeskRequest, pk: UUID) -> HttpResponse:
    """Show the file as it stood at the end of a day."""
    look = looked(request, pk, need=Need.FAMILY, part="past")
    form = DayForm(request.GET or None)
    day = min(form.cleaned_data["day"], request.scope.on) if form.is_valid() else request.scope.on
    return page(
        request, "desk/child_past.html", child=look.child, unasked=look.child.pk in of_these_unasked(request.scope, [look.child.pk]), may=look.may, tab="history", today=request.scope.on,
        past=as_of(request.scope, look.child, day), form=form if form.is_bound else DayForm(initial={"day": day}),
    )  # fmt: skip


def eyes(request: DeskRequest, pk: UUID) -> HttpResponse:
    """Show who may see the file and why; to leaders also who looked and wrote."""
    look = looked(request, pk, need=Need.CHILD_READ, part="eyes", closed=True)
    leads = Need.TRAIL in look.may
    rows = list(lines(request.scope, Sieve(child=look.child.pk))[:PAGE]) if leads else []
    return page(
        request, "desk/child_eyes.html", child=look.child, may=look.may, tab="eyes", worded=worded, leads=leads, rows=rows,
        viewers=viewers(look.child, request.scope.on),
    )  # fmt: skip


ROUTES = (
    screen("children/<uuid:pk>/history/", index, needs=Need.FAMILY, name="child-history", history=True),
    screen("children/<uuid:pk>/past/", past, needs=Need.FAMILY, name="child-past", history=True),
    screen("children/<uuid:pk>/eyes/", eyes, needs=Need.CHILD_READ, name="child-eyes"),
)
