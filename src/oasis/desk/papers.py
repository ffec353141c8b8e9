"""文书: what can be written and printed, for which class and term."""

from collections.abc import Callable
from uuid import UUID

from django import forms
from django.contrib import messages
from django.http import Http404, HttpResponse, HttpResponseRedirect
from django.shortcuts import get_object_or_404
from django.urls import reverse

from oasis.children.models import Child
from oasis.desk.leaving import LeavingForm
from oasis.desk.page import DeskRequest, page
from oasis.desk.sending import receipted, sent
from oasis.kit.refused import Refused
from oasis.papers.actions import Purpose, export_child, export_place
from oasis.papers.bureau.queries import usable
from oasis.papers.forms import PAPERS, Paper
from oasis.papers.leave import USUAL, ask_leave, must_ask
from oasis.papers.places import Place, places_within
from oasis.papers.queries import CARED, WHOM
from oasis.papers.summary.queries import listed
from oasis.people.gate import led, screen, stale
from oasis.people.roles import Need


class ExportForm(LeavingForm):
    """Which class or school, which children, and what for."""

    place = forms.ChoiceField(label="班级或学校")
    whom = forms.ChoiceField(label="哪些孩子", choices=WHOM, widget=forms.RadioSelect, initial=CARED)
    ending = forms.ChoiceField(label="格式", widget=forms.RadioSelect, required=False)
    purpose = forms.ChoiceField(
        label="用途",
        choices=Purpose.choices,
        widget=forms.RadioSelect,
        help_text="一次导出多个孩子的信息，系统会记下谁、什么时候、做什么用",
    )
    until_on = forms.DateField(label="用到哪天", help_text="要校领导同意；同意后到这一天为止可以下载")
    field_order = ("place", "whom", "ending", "purpose", "until_on", "leaves", "password")


WORDS = {"xlsx": "Excel 表格", "docx": "Word 文档", "pdf": "PDF"}


def _form(request: DeskRequest, entry: Paper, places: list[Place], *, asks: bool) -> ExportForm:
    """Make the form: a paper of several file types asks for one, a leader's word asks until when."""
    form = ExportForm(
        request.POST or None,
        initial={
            "place": request.GET.get("place", ""),
            "whom": request.GET.get("whom", CARED),
            "ending": entry.ending,
            "purpose": next((code for code, words in Purpose.choices if words == request.GET.get("for")), ""),
        },
    )
    form.fields["place"].choices = [(str(place.pk), f"{place.school} {place.label}") for place in places]  # type: ignore[attr-defined]
    form.fields["ending"].choices = [(one, WORDS[one]) for one in entry.endings if one in WORDS]  # type: ignore[attr-defined]
    if len(entry.endings) == 1:
        del form.fields["ending"]
    form.fields["until_on"].initial = request.scope.on + USUAL
    if not asks:
        del form.fields["until_on"]
    return form


def index(request: DeskRequest) -> HttpResponse:
    """Show what can be made; the class a person came from stays chosen."""
    place = {"place": request.GET["place"]} if "place" in request.GET else {}
    return page(
        request, "desk/papers.html", papers=list(PAPERS), drafts=listed(request.scope), place=place, forms=usable(request.scope),
    )  # fmt: skip


def order(request: DeskRequest, paper: str) -> HttpResponse:
    """Ask for place and purpose, then send the file."""
    if paper not in PAPERS:
        raise Http404
    entry = PAPERS.get(paper)
    if entry.history and (elsewhere := stale(request)):
        return led(request, elsewhere)
    places = places_within(request.scope, Need.EXPORT)
    asks = entry.gathers and any(must_ask(request.scope, place) for place in places)
    form = _form(request, entry, places, asks=asks)
    if request.method == "POST" and form.is_valid():
        try:
            return _ordered(request, paper, form, places)
        except Refused as refused:
            form.add_error(refused.field if refused.field in form.fields else None, refused.message)
    return page(request, "desk/paper_order.html", entry=entry, form=form, asks=asks)


def _ordered(request: DeskRequest, paper: str, form: ExportForm, places: list[Place]) -> HttpResponse:
    """Send the file; where a leader's word is wanting, ask for it with the same answers."""
    given = form.cleaned_data
    what = {"whom": given["whom"], "purpose": given["purpose"], "ending": given.get("ending", "")}
    try:
        made = export_place(request.scope, paper=paper, place=UUID(given["place"]), link=link_of(request), **what)
        return receipted(request, sent(form.closed(made)))
    except Refused as refused:
        if refused.code != "leave":
            raise
    place = next(place for place in places if str(place.pk) == given["place"])
    purpose = str(Purpose(given["purpose"]).label)
    ask_leave(
        request.scope,
        paper=PAPERS.get(paper),
        place=place,
        whom=given["whom"],
        purpose=purpose,
        until_on=given["until_on"],
    )
    messages.success(request, "已提出申请。校长或德育主任同意后，可以在这里下载。")
    return HttpResponseRedirect(reverse("approvals"))


def child(request: DeskRequest, pk: UUID, paper: str) -> HttpResponse:
    """Send a paper about one child."""
    if paper not in PAPERS:
        raise Http404
    rows = Child.objects.within(request.scope, Need.EXPORT).select_related("school", "klass")
    found = get_object_or_404(rows, pk=pk)
    if request.method != "POST":
        return HttpResponseRedirect(reverse("child", kwargs={"pk": pk}))
    if PAPERS.get(paper).history and (elsewhere := stale(request)):
        return led(request, elsewhere)
    try:
        made = export_child(
            request.scope, paper=paper, child=found, link=link_of(request), ending=request.POST.get("ending", "")
        )
        return receipted(request, sent(made))
    except Refused as refused:
        messages.error(request, refused.message)
        return HttpResponseRedirect(reverse("papers"))


def link_of(request: DeskRequest) -> Callable[[str], str]:
    """Give the function that makes the address of a card's page."""
    return lambda token: request.build_absolute_uri(reverse("card", kwargs={"token": token}))


ROUTES = (
    screen("papers/", index, needs=Need.SUMMARY, name="papers"),
    screen("papers/order/<slug:paper>/", order, needs=Need.EXPORT, name="papers-order"),
    screen("papers/child/<uuid:pk>/<slug:paper>/", child, needs=Need.EXPORT, name="papers-child"),
)
