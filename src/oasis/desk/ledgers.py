"""文书 · 台账: the lists and single papers of the school's own work, printed for some days or for one row."""

from uuid import UUID

from django import forms
from django.http import Http404, HttpResponse
from django.urls import reverse

from oasis.desk.leaving import LeavingForm
from oasis.desk.own_work import term_span
from oasis.desk.page import DeskRequest, page
from oasis.desk.sending import sent
from oasis.kit.refused import Refused
from oasis.papers.ledgers import LEDGERS, SLIPS
from oasis.papers.ledgers.handing import export_ledger, export_slip, open_to, schools_for
from oasis.people.gate import led, screen, stale
from oasis.people.roles import Need

ENDINGS = [("xlsx", "Excel 表格"), ("docx", "Word 文档"), ("pdf", "PDF，直接打印")]


class LedgerForm(LeavingForm):
    """Of which school, from when until when, as which file."""

    school = forms.ChoiceField(label="学校")
    from_on = forms.DateField(label="从哪天", widget=forms.DateInput(attrs={"type": "date"}))
    to_on = forms.DateField(label="到哪天", widget=forms.DateInput(attrs={"type": "date"}))
    ending = forms.ChoiceField(label="格式", choices=ENDINGS, widget=forms.RadioSelect, initial="pdf")
    field_order = ("school", "from_on", "to_on", "ending", "leaves", "password")


def index(request: DeskRequest) -> HttpResponse:
    """List the ledgers this person prints."""
    found = open_to(request.scope)
    return page(request, "desk/ledgers.html", ledgers=found)


def order(request: DeskRequest, code: str) -> HttpResponse:
    """Ask from when until when, then send the file."""
    if code not in LEDGERS:
        raise Http404
    entry = LEDGERS.get(code)
    schools = schools_for(request.scope, entry.need)
    if not schools:
        raise Http404
    if entry.history and (elsewhere := stale(request)):
        return led(request, elsewhere)
    start, end, _term = term_span(schools[0], request.scope.on)
    form = LedgerForm(request.POST or None, initial={"from_on": start, "to_on": min(end, request.scope.on)})
    form.fields["school"].choices = [(str(one.pk), str(one)) for one in schools]  # type: ignore[attr-defined]
    if request.method == "POST" and form.is_valid():
        given = form.cleaned_data
        try:
            days = {"from_on": given["from_on"], "to_on": given["to_on"]}
            made = export_ledger(request.scope, code=code, school=UUID(given["school"]), ending=given["ending"], **days)
            return sent(form.closed(made))
        except Refused as refused:
            form.add_error(refused.field if refused.field in form.fields else None, refused.message)
    return page(
        request, "desk/ledger_order.html", entry=entry, form=form, back=reverse("ledgers"), status=422 if form.errors else 200
    )  # fmt: skip


def slip(request: DeskRequest, code: str, pk: UUID) -> HttpResponse:
    """Send the paper of one row."""
    if code not in SLIPS:
        raise Http404
    if SLIPS.get(code).history and (elsewhere := stale(request)):
        return led(request, elsewhere)
    made = export_slip(request.scope, code=code, pk=pk, ending=request.GET.get("ending", ""))
    if made is None:
        raise Http404
    return sent(made)


ROUTES = (
    screen("ledgers/", index, needs=Need.DESK, name="ledgers"),
    screen("ledgers/<slug:code>/", order, needs=Need.DESK, name="ledger"),
    screen("ledgers/<slug:code>/<uuid:pk>/", slip, needs=Need.DESK, name="slip"),
)
