"""一个孩子 · 照护约定: the parents' written notice, agreement or confirmation, and what became of it (B1)."""

from typing import Any
from uuid import UUID

from django import forms
from django.contrib import messages
from django.http import Http404, HttpResponse, HttpResponseNotAllowed, HttpResponseRedirect
from django.urls import reverse

from oasis.children.actions import care
from oasis.children.household import Member, household
from oasis.children.models import CareArrangement, Child
from oasis.children.queries import arrangements
from oasis.desk.filing import child_of, day_of, form_of, row_of
from oasis.desk.page import DeskRequest, page
from oasis.desk.setting import ask, done
from oasis.people.gate import screen
from oasis.people.roles import Need

NAMES = (
    "kind",
    "signed",
    "signer",
    "witness",
    "on",
    "received_on",
    "from_on",
    "to_on",
    "child_heard",
    "child_view",
    "checked",
)
ARRANGEMENT = form_of(CareArrangement, NAMES)


class CareForm(ARRANGEMENT):  # type: ignore[valid-type,misc]
    """Who cares, and how the parents said so."""

    carer = forms.ChoiceField(label="照护人")

    def __init__(self, *args: Any, family: list[Member], **kwargs: Any) -> None:
        """Offer the household; the one who cares day by day comes first."""
        super().__init__(*args, **kwargs)
        self.family = {str(member.person.pk): member for member in family}
        self.fields["carer"].choices = [(pk, member.tie.named) for pk, member in self.family.items()]
        self.order_fields(("kind", "carer"))


def index(request: DeskRequest, pk: UUID) -> HttpResponse:
    """Show the arrangements of a child and record a new one."""
    child = child_of(request, pk)
    family = household(request.scope, child, request.scope.on)
    form = CareForm(request.POST or None, family=family, initial=_first(request, child, family))
    if form.is_bound and done(form, lambda: _arrange(request, child, form)):
        messages.success(request, "已登记照护约定。")
        return HttpResponseRedirect(reverse("child", kwargs={"pk": pk}))
    return page(
        request, "desk/care.html", child=child, may=frozenset(), tab="child", deeper=True, form=form, family=family,
        rows=arrangements(request.scope, child), today=request.scope.on, unfits=CareArrangement.Unfit.choices,
        status=422 if form.errors else 200,
    )  # fmt: skip


def _first(request: DeskRequest, child: Child, family: list[Member]) -> dict[str, Any]:
    parents = [member.person.name for member in family if member.parent]
    both = child.left_behind == 2
    return {
        "kind": CareArrangement.Kind.NOTICE if both else CareArrangement.Kind.CONFIRMED, "signed": CareArrangement.Signed.PAPER,
        "signer": parents[0] if parents else "", "on": request.scope.on, "from_on": request.scope.on,
        "received_on": request.scope.on,
    }  # fmt: skip


def _arrange(request: DeskRequest, child: Child, form: CareForm) -> CareArrangement:
    held = {name: form.cleaned_data[name] for name in NAMES}
    return care.arrange(request.scope, child, carer=form.family[form.cleaned_data["carer"]].person, **held)


def act(request: DeskRequest, pk: UUID, what: str) -> HttpResponse:
    """Receive the paper, end an arrangement, or note that the carer is unfit."""
    row = row_of(request, CareArrangement, pk=pk)
    child, scope = child_of(request, row.child_id), request.scope
    if request.method != "POST":
        return HttpResponseNotAllowed(["POST"])
    acts = {
        "receive": (lambda: care.receive(scope, child, row, on=day_of(request) or scope.on), "已记下收到日期。"),
        "end": (
            lambda: care.end_arrangement(scope, child, row, on=day_of(request) or scope.on),
            "已结束，历史仍然保留。",
        ),
        "unfit": (
            lambda: care.found_unfit(scope, child, row, unfit=request.POST.get("unfit", "")),
            "已记下。请尽快与家长另定照护人。",
        ),
    }
    if what not in acts:
        raise Http404
    deed, said = acts[what]
    ask(request, deed, said)
    return HttpResponseRedirect(reverse("child-care", kwargs={"pk": child.pk}))


ROUTES = (
    screen("children/<uuid:pk>/care/", index, needs=Need.CHILD_WRITE, name="child-care"),
    screen("children/care/<uuid:pk>/<slug:what>/", act, needs=Need.CHILD_WRITE, name="child-care-act"),
)
