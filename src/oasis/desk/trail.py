"""操作痕迹: who looked at and did what, for the leaders of a school; nobody can take a line out."""

from uuid import UUID

from django import forms
from django.http import HttpResponse
from django.urls import reverse

from oasis.children.queries import named
from oasis.desk.page import DeskRequest, page
from oasis.desk.trail_words import said
from oasis.kit.dates import month_start
from oasis.people import trail
from oasis.people.deeds import SORTS, worded
from oasis.people.gate import screen
from oasis.people.looks import PAGE, Sieve, lines, receivers, unusual
from oasis.people.models import Trail
from oasis.people.roles import Need


class SieveForm(forms.Form):
    """What of the trail to show."""

    sort = forms.ChoiceField(label="类别", choices=[("", "全部"), *SORTS.items()], required=False)
    since = forms.DateField(label="自", required=False, widget=forms.DateInput(attrs={"type": "date"}))
    until = forms.DateField(label="至", required=False, widget=forms.DateInput(attrs={"type": "date"}))
    actor = forms.UUIDField(required=False, widget=forms.HiddenInput)
    child = forms.UUIDField(required=False, widget=forms.HiddenInput)
    before = forms.IntegerField(required=False, widget=forms.HiddenInput)


def index(request: DeskRequest) -> HttpResponse:
    """Show the newest lines, sieved, and the looks that deserve a question."""
    form = SieveForm(request.GET or None)
    sieve = Sieve(**form.cleaned_data) if form.is_valid() else Sieve()
    rows = list(lines(request.scope, sieve)[: PAGE + 1])
    return page(
        request, "desk/trail.html", form=form, rows=rows[:PAGE], worded=worded, said=said, receivers=receivers(rows), names=_names(request, rows),
        more=_more(request, rows), unusual=unusual(request.scope, month_start(request.scope.on)), sieve=sieve,
    )  # fmt: skip


def _names(request: DeskRequest, rows: list[Trail]) -> dict[UUID, str]:
    return named(request.scope, {row.child for row in rows if row.child})


def _more(request: DeskRequest, rows: list[Trail]) -> str:
    if len(rows) <= PAGE:
        return ""
    query = request.GET.copy()
    query["before"] = str(rows[PAGE - 1].seq)
    return f"{reverse('trail')}?{query.urlencode()}"


def proof(request: DeskRequest) -> HttpResponse:
    """Walk the whole chain and say whether any line was changed or removed."""
    broken = list(trail.broken(Trail.objects.within(request.scope, Need.TRAIL)))
    return page(request, "desk/trail_proof.html", broken=broken)


ROUTES = (
    screen("trail/", index, needs=Need.TRAIL, name="trail"),
    screen("trail/proof/", proof, needs=Need.TRAIL, name="trail-proof"),
)
