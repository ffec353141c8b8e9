"""操作痕迹: who looked at and did what, for the leaders of a school; nobody can take a line out."""

from uuid import UUID

from django import forms
from django.contrib import messages
from django.http import HttpResponse, HttpResponseRedirect, QueryDict
from django.shortcuts import get_object_or_404
from django.urls import reverse

from oasis.children.queries import named, of_name
from oasis.children.unusual import strange
from oasis.desk.page import DeskRequest, page
from oasis.desk.sending import sent
from oasis.desk.trail_words import said
from oasis.kit.dates import month_start
from oasis.kit.refused import Refused
from oasis.papers.audit import export_audit
from oasis.people import heads, trail
from oasis.people.deeds import DEEDS, SORTS, worded
from oasis.people.gate import screen
from oasis.people.looks import PAGE, Sieve, acted, lines, receivers, unusual
from oasis.people.models import Trail
from oasis.people.queries import own_schools
from oasis.people.roles import ArmKind, Need
from oasis.people.scope import Scope

SORTED = [
    ("", "全部"),
    *((label, [(d.code, d.label) for d in DEEDS if d.sort == sort and not d.apart]) for sort, label in SORTS.items()),
]


class SieveForm(forms.Form):
    """What of the trail to show."""

    actor = forms.TypedChoiceField(label="人员", required=False, coerce=UUID, empty_value=None)
    name = forms.CharField(label="孩子的姓名", required=False, max_length=40)
    sort = forms.ChoiceField(label="类别", choices=[("", "全部"), *SORTS.items()], required=False)
    deed = forms.ChoiceField(label="做了什么", choices=SORTED, required=False)
    since = forms.DateField(label="自", required=False)
    until = forms.DateField(label="至", required=False)
    child = forms.UUIDField(required=False, widget=forms.HiddenInput)
    before = forms.IntegerField(required=False, widget=forms.HiddenInput)

    def __init__(self, data: QueryDict | None, *, people: list[tuple[UUID, str]]) -> None:
        super().__init__(data)
        self.fields["actor"].choices = [("", "全部"), *((str(pk), name) for pk, name in people)]  # type: ignore[attr-defined]

    def sieve(self, scope: Scope) -> Sieve:
        """Give what was asked; nothing sensible asked lets everything through."""
        if not self.is_valid():
            return Sieve()
        given = dict(self.cleaned_data)
        name = given.pop("name")
        return Sieve(**given, children=of_name(scope, name) if name.strip() else None)


def index(request: DeskRequest) -> HttpResponse:
    """Show the newest lines, sieved, and the looks that deserve a question."""
    scope = request.scope
    form = SieveForm(request.GET or None, people=acted(scope))
    sieve = form.sieve(scope)
    rows = list(lines(scope, sieve)[: PAGE + 1])
    since = month_start(scope.on)
    return page(
        request, "desk/trail.html", form=form, rows=rows[:PAGE], worded=worded, said=said, receivers=receivers(rows),
        names=_names(request, rows), more=_more(request, rows), unusual=[*unusual(scope, since), *strange(scope, since)],
        sieve=sieve, years=[scope.on.year, scope.on.year - 1],
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
    own = request.scope.ids(ArmKind.SCHOOL, Need.TRAIL)
    gone = [one.words for one in heads.lost() if one.key in own]
    return page(request, "desk/trail_proof.html", broken=broken, gone=gone)


def audit(request: DeskRequest, year: int) -> HttpResponse:
    """Send the report of a year's audit."""
    school = get_object_or_404(own_schools(request.scope, Need.TRAIL)[:1])
    if request.method != "POST":
        return HttpResponseRedirect(reverse("trail"))
    try:
        return sent(export_audit(request.scope, school=school, year=year))
    except Refused as refused:
        messages.error(request, refused.message)
        return HttpResponseRedirect(reverse("trail"))


ROUTES = (
    screen("trail/", index, needs=Need.TRAIL, name="trail"),
    screen("trail/audit/<int:year>/", audit, needs=Need.TRAIL, name="trail-audit"),
    screen("trail/proof/", proof, needs=Need.TRAIL, name="trail-proof"),
)
