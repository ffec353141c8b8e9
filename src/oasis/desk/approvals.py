"""申请与批准: what waits for a leader's word, what one asked for oneself, and what became of it."""

from uuid import UUID

from django import forms
from django.contrib import messages
from django.http import HttpResponse, HttpResponseRedirect
from django.urls import reverse
from django.views.decorators.http import require_POST

from oasis.children.queries import mentioned
from oasis.desk.page import DeskRequest, page
from oasis.desk.setting import ask
from oasis.people import approvals
from oasis.people.gate import screen
from oasis.people.models import Approval
from oasis.people.roles import Need

SHOWN = 30


class AnswerForm(forms.Form):
    """A leader's answer."""

    yes = forms.BooleanField(required=False)
    answer = forms.CharField(label="答复", max_length=200, required=False)
    child = forms.UUIDField(required=False)


def index(request: DeskRequest) -> HttpResponse:
    """Show what waits for this person, what was decided, what she asked for."""
    scope = request.scope
    leads = scope.can(Need.APPROVE)
    waiting = list(approvals.waiting(scope)) if leads else []
    return page(
        request, "desk/approvals.html", leads=leads, waiting=[(row, _choices(request, row)) for row in waiting],
        decided=list(approvals.decided(scope)[:SHOWN]) if leads else [], asked=list(approvals.asked(scope)[:SHOWN]), on=scope.on,
    )  # fmt: skip


def _choices(request: DeskRequest, row: Approval) -> list[tuple[UUID, str]]:
    """Name the children that a question to read speaks of: the asker may not be told whether they exist."""
    return mentioned(request.scope, row.words) if row.kind == Approval.Kind.READ else []


@require_POST
def decide(request: DeskRequest, pk: UUID) -> HttpResponse:
    """Answer."""
    form = AnswerForm(request.POST)
    if form.is_valid():
        given = form.cleaned_data
        said = "已同意，现在就生效。" if given["yes"] else "已答复不同意。"
        ask(request, lambda: approvals.decide(request.scope, approval=pk, **given), said)
    else:
        messages.error(request, "答复最多200个字。")
    return HttpResponseRedirect(reverse("approvals"))


ROUTES = (
    screen("approvals/", index, needs=Need.DESK, name="approvals"),
    screen("approvals/<uuid:pk>/decide/", decide, needs=Need.APPROVE, name="approval-decide"),
)
