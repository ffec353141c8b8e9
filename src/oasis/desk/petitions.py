"""家长的申请: to see, copy, correct or delete; received, on the clock, approved, answered or refused in writing."""

from typing import Any
from uuid import UUID

from django import forms
from django.contrib import messages
from django.http import Http404, HttpResponse, HttpResponseRedirect
from django.urls import reverse

from oasis.children import consents, petitions
from oasis.children.actions import petitions as acts
from oasis.children.actions.looks import note_look
from oasis.children.models import Child, Petition
from oasis.desk.filing import child_of
from oasis.desk.page import DeskRequest, page
from oasis.desk.sending import sent
from oasis.desk.setting import ask, attempt, done
from oasis.kit.refused import Refused
from oasis.papers.answering import letter
from oasis.papers.package import export_package, gather
from oasis.people.gate import led, screen, stale
from oasis.people.roles import ArmKind, Need
from oasis.people.scope import Scope


class PetitionForm(forms.Form):
    """Who asks for what, and how it is sure who asks."""

    wish = forms.ChoiceField(label="家长的要求", choices=Petition.Wish.choices, widget=forms.RadioSelect)
    guardian = forms.ChoiceField(label="哪位家长", widget=forms.RadioSelect)
    proof = forms.ChoiceField(label="怎样核对身份", choices=Petition.Proof.choices, widget=forms.RadioSelect)
    how = forms.ChoiceField(label="怎样提出的", choices=Petition.How.choices, widget=forms.RadioSelect)
    received_on = forms.DateField(label="收到日期", widget=forms.DateInput(attrs={"type": "date"}))
    words = forms.CharField(
        label="家长要什么", max_length=500, required=False, widget=forms.Textarea({"rows": 3}),
        help_text="更正、删除的，写清楚是哪些内容",
    )  # fmt: skip

    def __init__(self, *args: Any, scope: Scope, child: Child, **kwargs: Any) -> None:
        """Offer those who may ask for this child."""
        super().__init__(*args, **kwargs)
        self.fields["guardian"].choices = [  # type: ignore[attr-defined]
            (who.key, who.named) for who in consents.guardians(scope, child)
        ]


class AnswerForm(forms.Form):
    """How a petition is answered."""

    verdict = forms.ChoiceField(
        label="结果", choices=[("done", "已按要求办理"), ("refused", "不同意")], widget=forms.RadioSelect
    )
    answer = forms.CharField(
        label="怎样答复的（不同意的写理由）", max_length=1000, widget=forms.Textarea({"rows": 4}),
        help_text="这段话会写进给家长的书面答复。不同意的，写清依据哪一条、因为什么事实",
    )  # fmt: skip
    on = forms.DateField(label="答复日期", widget=forms.DateInput(attrs={"type": "date"}))


def index(request: DeskRequest) -> HttpResponse:
    """List what waits and what was answered."""
    scope = request.scope
    return page(
        request, "desk/petitions.html", waiting=petitions.open_ones(scope, Need.CHILD_WRITE),
        answered=petitions.answered_ones(scope),
    )  # fmt: skip


def new(request: DeskRequest, pk: UUID) -> HttpResponse:
    """Receive what a guardian asks for."""
    child = child_of(request, pk)
    form = PetitionForm(
        request.POST or None, scope=request.scope, child=child, initial={"received_on": request.scope.on}
    )
    made = attempt(form, lambda: acts.receive(request.scope, child, **form.cleaned_data)) if form.is_bound else None
    if made:
        messages.success(request, "已受理，答复期限已经开始计算。")
        return HttpResponseRedirect(reverse("petition", kwargs={"pk": made.pk}))
    return page(
        request, "desk/petition_new.html", child=child, may=frozenset(Need), tab="consent", deeper=True, form=form,
        rows=petitions.of_child(request.scope, child), status=422 if form.errors else 200,
    )  # fmt: skip


def show(request: DeskRequest, pk: UUID) -> HttpResponse:
    """Show a petition; who leads answers it here."""
    row = _row(request, pk)
    leads = row.school_id in request.scope.ids(ArmKind.SCHOOL, Need.LAW)
    form = AnswerForm(request.POST or None, initial={"on": request.scope.on})
    if form.is_bound and not leads:
        raise Http404
    if form.is_bound and done(form, lambda: _answer(request, row, form)):
        messages.success(request, "已登记答复，可以打印给家长的书面答复。")
        return HttpResponseRedirect(reverse("petition", kwargs={"pk": pk}))
    taken = leads and row.wish in acts.TAKEN_AWAY
    elsewhere = stale(request) if taken else ""  # all records of the child stand on the page
    if elsewhere and not form.is_bound:
        return led(request, elsewhere)
    note_look(request.scope, row.child, part="petition")
    return page(
        request, "desk/petition.html", row=row, clock=petitions.clock(row, request.scope.on), leads=leads, form=form,
        takes=row.wish in acts.TAKEN_AWAY, package=gather(request.scope, row) if taken and not elsewhere else None,
        status=422 if form.errors else 200,
    )  # fmt: skip


def _answer(request: DeskRequest, row: Petition, form: AnswerForm) -> Petition:
    told = form.cleaned_data
    if told["verdict"] == "refused":
        return acts.refuse(request.scope, row, reasons=told["answer"], on=told["on"])
    return acts.answer(request.scope, row, answer=told["answer"], on=told["on"])


def act(request: DeskRequest, pk: UUID, what: str) -> HttpResponse:
    """Approve the package, send it, or send the written answer."""
    row = _row(request, pk)
    if what not in ("approve", "package", "letter"):
        raise Http404
    if request.method != "POST":
        return HttpResponseRedirect(reverse("petition", kwargs={"pk": pk}))
    if row.school_id not in request.scope.ids(ArmKind.SCHOOL, Need.LAW):
        raise Http404
    back = HttpResponseRedirect(reverse("petition", kwargs={"pk": pk}))
    if what == "approve":
        ask(request, lambda: acts.approve(request.scope, row), "已同意，可以导出给家长的材料。")
        return back
    if what == "package" and (elsewhere := stale(request)):
        return led(request, elsewhere)
    try:
        return sent((export_package if what == "package" else letter)(request.scope, petition=row))
    except Refused as refused:
        messages.error(request, refused.message)
        return back


def _row(request: DeskRequest, pk: UUID) -> Petition:
    row = petitions.petition_in_reach(request.scope, pk)
    if row is None:
        raise Http404
    return row


ROUTES = (
    screen("petitions/", index, needs=Need.CHILD_WRITE, name="petitions"),
    screen("children/<uuid:pk>/petitions/", new, needs=Need.CHILD_WRITE, name="child-petitions"),
    screen("petitions/<uuid:pk>/", show, needs=Need.CHILD_WRITE, name="petition"),
    screen("petitions/<uuid:pk>/<slug:what>/", act, needs=Need.LAW, name="petition-act"),
)
