"""文书 · 上级表格: fill one of the bureau's forms; what the files do not know is listed before it leaves."""

from typing import Any
from uuid import UUID

from django import forms
from django.contrib import messages
from django.http import Http404, HttpResponse, HttpResponseRedirect
from django.urls import reverse

from oasis.desk.leaving import LeavingForm
from oasis.desk.page import DeskRequest, page
from oasis.desk.sending import sent
from oasis.kit.refused import Refused
from oasis.papers.actions import Purpose
from oasis.papers.bureau.export import Ready, Wanted, export_form, paper_of, ready
from oasis.papers.bureau.queries import opened_for_filling
from oasis.papers.leave import USUAL, ask_leave, must_ask
from oasis.papers.models import Template
from oasis.papers.places import Place, places_within
from oasis.papers.queries import CARED, WHOM
from oasis.people.gate import screen
from oasis.people.roles import Need


class LookForm(forms.Form):
    """Which class or school, which children; numbers hidden or not."""

    place = forms.ChoiceField(label="班级或学校")
    whom = forms.ChoiceField(label="哪些孩子", choices=WHOM, widget=forms.RadioSelect, initial=CARED)
    hide = forms.BooleanField(
        label="身份证号、学籍号和电话只写头尾", required=False, help_text="上级没有要求写全号码的，请选上"
    )


class TakeForm(LeavingForm):
    """For one child or all, what for."""

    child = forms.ChoiceField(label="给谁填", required=False)
    purpose = forms.ChoiceField(label="用途", choices=Purpose.choices, widget=forms.RadioSelect, initial=Purpose.REPORT)
    until_on = forms.DateField(label="用到哪天", required=False, help_text="要校领导同意；同意后到这一天为止可以下载")
    field_order = ("child", "purpose", "until_on", "leaves", "password")


def fill(request: DeskRequest, pk: UUID) -> HttpResponse:
    """Ask for whom; then say what is wanting; then send the file."""
    opened = opened_for_filling(request.scope, pk)
    if opened is None:
        raise Http404
    template = opened.template
    places = [place for place in places_within(request.scope, Need.EXPORT) if place.school.pk == template.school_id]
    look = _look(request, template, places)
    told: dict[str, Any] = {"kept": template, "look": look, "ready": None}
    if look.is_bound and look.is_valid():
        wanted = Wanted(
            pk,
            UUID(look.cleaned_data["place"]),
            look.cleaned_data.get("whom") or CARED,
            None,
            look.cleaned_data["hide"],
        )
        try:
            made = ready(request.scope, wanted)
        except Refused as refused:
            look.add_error(None, refused.message)
        else:
            return _step(request, made, wanted, told)
    return page(request, "desk/paper_template.html", **told, status=422 if look.is_bound and look.errors else 200)


def _look(request: DeskRequest, template: Template, places: list[Place]) -> LookForm:
    form = LookForm(request.GET if "place" in request.GET else None, initial={"place": request.GET.get("place", "")})
    form.fields["place"].choices = [(str(place.pk), f"{place.school} {place.label}") for place in places]  # type: ignore[attr-defined]
    if template.kind == Template.Kind.FIGURES:
        del form.fields["whom"]
    return form


def _step(request: DeskRequest, made: Ready, wanted: Wanted, told: dict[str, Any]) -> HttpResponse:
    """Show what is wanting with the question what for; on the press, send the file or ask for leave."""
    template = made.opened.template
    asks = paper_of(template).gathers and must_ask(request.scope, made.place)
    form = _take(request, made, asks=asks)
    if request.method == "POST" and form.is_valid():
        child = UUID(form.cleaned_data["child"]) if form.cleaned_data.get("child") else None
        one = Wanted(wanted.template, wanted.place, wanted.whom, child, wanted.hide)
        try:
            return sent(form.closed(export_form(request.scope, wanted=one, purpose=form.cleaned_data["purpose"])))
        except Refused as refused:
            if refused.code == "leave" and _asked(request, made, wanted, form):
                return HttpResponseRedirect(reverse("approvals"))
            if not form.errors:
                form.add_error(refused.field if refused.field in form.fields else None, refused.message)
    return page(
        request, "desk/paper_template.html", **{**told, "ready": made}, form=form, asks=asks,
        status=422 if form.is_bound and form.errors else 200,
    )  # fmt: skip


def _take(request: DeskRequest, made: Ready, *, asks: bool) -> TakeForm:
    form = TakeForm(request.POST or None, initial={"until_on": request.scope.on + USUAL})
    names = [(str(child.pk), f"只给{child.name}填一张") for child in made.children]
    form.fields["child"].choices = [("", f"全部{len(names)}名，一人一份，放在一个压缩包里"), *names]  # type: ignore[attr-defined]
    if made.opened.template.kind != Template.Kind.CHILD:
        del form.fields["child"]
    if not asks:
        del form.fields["until_on"]
    return form


def _asked(request: DeskRequest, made: Ready, wanted: Wanted, form: TakeForm) -> bool:
    """Ask a leader for what was just refused; tell whether the asking stands."""
    told = form.cleaned_data
    try:
        ask_leave(
            request.scope, paper=paper_of(made.opened.template), place=made.place, whom=wanted.whom,
            purpose=str(Purpose(told["purpose"]).label), until_on=told.get("until_on") or request.scope.on + USUAL,
        )  # fmt: skip
    except Refused as refused:
        form.add_error(refused.field if refused.field in form.fields else None, refused.message)
        return False
    messages.success(request, "已提出申请。校长或德育主任同意后，可以在这里下载。")
    return True


ROUTES = (screen("papers/templates/<uuid:pk>/", fill, needs=Need.EXPORT, name="paper-template"),)
