"""申请与批准: what waits for a leader's word, what one asked for oneself, and what became of it."""

from uuid import UUID

from django import forms
from django.contrib import messages
from django.http import HttpResponse, HttpResponseRedirect
from django.urls import reverse
from django.views.decorators.http import require_POST

from oasis.children.actions.answering import answer_question
from oasis.children.queries import mentioned
from oasis.desk.page import DeskRequest, page
from oasis.desk.setting import ask, done
from oasis.people import approvals
from oasis.people.gate import screen
from oasis.people.models import Approval
from oasis.people.roles import Need

SHOWN = 30


class ReadForm(forms.Form):
    """Whose file one asks to read, what for, until when."""

    words = forms.CharField(label="孩子的班级和姓名", max_length=200, help_text="写全名，由校领导核对")
    purpose = forms.CharField(label="用途", max_length=200)
    until_on = forms.DateField(label="看到哪天", help_text="最长31天，过了自动看不到")


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
    choices = mentioned(scope, {row.words for row in waiting if row.kind == Approval.Kind.READ})
    return page(
        request, "desk/approvals.html", leads=leads, waiting=[(row, choices.get(row.words, ())) for row in waiting],
        decided=list(approvals.decided(scope)[:SHOWN]) if leads else [], asked=list(approvals.asked(scope)[:SHOWN]), on=scope.on,
    )  # fmt: skip


def read(request: DeskRequest) -> HttpResponse:
    """Ask to read a child who is not one's own."""
    form = ReadForm(request.POST or None, initial={"until_on": request.scope.on})
    if request.method == "POST" and done(form, lambda: approvals.ask_read(request.scope, **form.cleaned_data)):
        messages.success(request, "已提出申请。校领导同意后，孩子会出现在“孩子”里。")
        return HttpResponseRedirect(reverse("approvals"))
    return page(request, "desk/approval_read.html", form=form)


@require_POST
def decide(request: DeskRequest, pk: UUID) -> HttpResponse:
    """Answer."""
    form = AnswerForm(request.POST)
    if form.is_valid():
        given = form.cleaned_data
        said = "已同意，现在就生效。" if given["yes"] else "已答复不同意。"
        ask(request, lambda: answer_question(request.scope, approval=pk, **given), said)
    else:
        messages.error(request, "答复最多200个字。")
    return HttpResponseRedirect(reverse("approvals"))


ROUTES = (
    screen("approvals/", index, needs=Need.DESK, name="approvals"),
    screen("approvals/read/", read, needs=Need.DESK, name="approval-read"),
    screen("approvals/<uuid:pk>/decide/", decide, needs=Need.APPROVE, name="approval-decide"),
)
