"""One record: how it reads, its history, correcting, taking back, opening what is sealed."""

from typing import Any
from uuid import UUID

from django import forms
from django.contrib import messages
from django.http import Http404, HttpResponse, HttpResponseNotAllowed, HttpResponseRedirect
from django.shortcuts import get_object_or_404
from django.urls import reverse
from django.utils.http import url_has_allowed_host_and_scheme

from oasis.desk.page import DeskRequest, page
from oasis.kit.dates import now
from oasis.kit.ids import ids_in
from oasis.kit.refused import Refused
from oasis.people.closed import ScopedQuerySet
from oasis.people.gate import screen, stale
from oasis.people.roles import Need
from oasis.records.actions import Conflict, Invalid, Parted, correct_record, look_at, open_sealed, take_out, withdraw
from oasis.records.actions.looking import OWN_WORDS, REASONS
from oasis.records.actions.writing import UNDO_FOR
from oasis.records.acts import alike
from oasis.records.kinds import KINDS
from oasis.records.kinds.base import RecordForm
from oasis.records.models import Record, Version
from oasis.records.queries import correctable, earlier, may_correct, openable, readable, same_act, typed
from oasis.records.wording import headline, pairs


class OpenForm(forms.Form):
    """Why a sealed record is opened; the writer has a reason ready."""

    reason = forms.ChoiceField(label="打开的原因", choices=REASONS, widget=forms.RadioSelect)
    words = forms.CharField(label="说明", max_length=60, required=False, help_text="不要写孩子的姓名")

    def __init__(self, *args: Any, own: bool) -> None:
        super().__init__(*args)
        if own:
            self.fields["reason"] = forms.ChoiceField(choices=[OWN_WORDS, *REASONS])


class ExtentForm(forms.Form):
    """For which children of one act a correction is: for all whose records still say the same, unless one chooses otherwise."""

    def __init__(self, name: str, every: str, chosen: str, help_text: str) -> None:
        super().__init__(initial={"extent": chosen})
        self.fields["extent"] = forms.ChoiceField(
            label="改哪些孩子的", choices=[("all", every), ("one", f"只改{name}的")], widget=forms.RadioSelect,
            help_text=f"{help_text}。每名孩子的历史里都留下原来写的。",
        )  # fmt: skip


def show(request: DeskRequest, pk: UUID) -> HttpResponse:
    """Show a record, with its earlier wordings."""
    record = _found(request, pk)
    look_at(request.scope, record)
    return _shown(request, record, earlier(request.scope, record), OpenForm(own=_own(request, record)))


def open_it(request: DeskRequest, pk: UUID) -> HttpResponse:
    """Open the text of a confidential record for a reason."""
    record = _found(request, pk)
    if not record.confidential or not openable(request.scope, record):
        raise Http404
    form = OpenForm(request.POST or None, own=_own(request, record))
    if form.is_valid():
        try:
            opened = open_sealed(request.scope, record=pk, **form.cleaned_data)
        except Refused as refused:
            form.add_error(refused.field or None, refused.message)
        else:
            answer = _shown(request, opened.record, opened.earlier, None)
            answer["Cache-Control"] = "no-store"
            return answer
    return _shown(request, record, earlier(request.scope, record), form, status=422 if form.errors else 200)


def _own(request: DeskRequest, record: Record) -> bool:
    return record.by_id == request.scope.actor


def _shown(
    request: DeskRequest, record: Record, versions: list[Version], form: OpenForm | None, status: int = 200
) -> HttpResponse:
    """`form` None means that the sealed text is open."""
    entry = KINDS.get(record.kind)
    closed = record.confidential and form is not None
    own = _own(request, record)
    mine = own and not record.withdrawn
    may = may_correct(request.scope, record)
    past = [
        (version, pairs(record.kind, version.content.get("columns", {}) | version.content.get("details", {})))
        for version in versions
    ]
    return page(
        request, "desk/record_show.html", record=record, kind=entry, title=headline(record), own=own, closed=closed, open_form=form,
        told=pairs(record.kind, typed(record)), versions=past, mates=same_act(request.scope, record), may_correct=may,
        may_open=closed and openable(request.scope, record), may_undo=mine and now() - record.at <= UNDO_FOR, status=status,
    )  # fmt: skip


def correct(request: DeskRequest, pk: UUID) -> HttpResponse:
    """Correct a record, with or without the same record of the other children; who comes second sees both wordings."""
    record = get_object_or_404(_related(correctable(request.scope)), pk=pk, withdrawn=False)
    elsewhere = stale(request)
    if request.method != "POST":
        return HttpResponseRedirect(elsewhere) if elsewhere else _to_correct(request, record)
    based_on = _number(request.POST.get("based_on", ""))
    words = request.POST.get("why", "")
    mates = _mates(request) if request.POST.get("extent") == "all" else {}
    try:
        changed = correct_record(
            request.scope, record=pk, based_on=based_on, fields=request.POST, reason=words, mates=mates
        )
    except (Conflict, Parted) as refused:
        return _clash(request, record, refused, based_on, shut=bool(elsewhere))
    except Invalid as refused:
        look_at(request.scope, record)
        return _correction(request, record, refused.form, based_on, shut=bool(elsewhere))
    except Refused as refused:
        messages.error(request, refused.message)
    else:
        _tell(request, len(changed), among=len(mates) + 1)
    return HttpResponseRedirect(reverse("record-show", kwargs={"pk": pk}))


def _tell(request: DeskRequest, changed: int, *, among: int) -> None:
    """Say how many children's records were written, which may be fewer than were sent."""
    if changed:
        whom = f"{changed}名孩子的记录" if among > 1 else ""
        messages.success(request, f"已更正{whom}，原来写的留在历史里")
    else:
        messages.info(request, "没有改动：和现在写的一样")


def _mates(request: DeskRequest) -> dict[UUID, int]:
    """Read which rows of the act were drawn as saying the same, each with its version."""
    told = [mark.partition(":") for mark in request.POST.getlist("mate")]
    return {pk: _number(version) for text, _, version in told for pk in ids_in([text])}


def _clash(
    request: DeskRequest, record: Record, refused: Conflict | Parted, based_on: int, *, shut: bool
) -> HttpResponse:
    """Show both wordings, or which rows of the act are alike now; while the second factor is stale only what was typed."""
    if shut:
        refused.form.add_error(None, "这次的记录刚才有人改过。请在另一个窗口打开这条记录、重新验证，再回来保存")
        return _correction(request, record, refused.form, based_on, shut=True)
    if isinstance(refused, Parted):
        refused.form.add_error(None, refused.message)
        look_at(request.scope, record)
        return _correction(request, record, refused.form, based_on)
    if record.confidential:
        open_sealed(request.scope, record=record.pk, reason="correct")
    else:
        look_at(request.scope, record)
    return _correction(request, record, refused.form, refused.current.version, now_is=refused.current)


def _to_correct(request: DeskRequest, record: Record) -> HttpResponse:
    if record.confidential:
        record = open_sealed(request.scope, record=record.pk, reason="correct").record
    else:
        look_at(request.scope, record)
    return _correction(request, record, KINDS.get(record.kind).Form(initial=typed(record)), record.version)


def _number(text: str) -> int:
    """Read a version's number; 0, which no version has, for anything else."""
    return int(text) if text.isascii() and text.isdecimal() and len(text) < 6 else 0


def _correction(
    request: DeskRequest, record: Record, form: RecordForm, based_on: int, now_is: Record | None = None, *,
    shut: bool = False,
) -> HttpResponse:  # fmt: skip
    answer = page(
        request, "desk/record_correct.html", record=record, kind=KINDS.get(record.kind), form=form, based_on=based_on,
        why=request.POST.get("why", ""), now_is=pairs(record.kind, typed(now_is)) if now_is else None,
        status=409 if now_is else 422 if form.is_bound else 200, **_act(request, record, shut=shut),
    )  # fmt: skip
    answer["Cache-Control"] = "no-store"
    return answer


def _act(request: DeskRequest, record: Record, *, shut: bool) -> dict[str, Any]:
    """Give what the page tells of the other rows of the act; while the second factor is stale no more than the page sent."""
    name, chosen = record.child.name, request.POST.get("extent", "all")
    if shut:
        sent = _mates(request)
        extent = ExtentForm(name, "打开时列出的孩子都改", chosen, "重新验证以后再列出是哪些孩子") if sent else None
        return {"mates": sent, "apart": [], "extent": extent}
    together = alike(request.scope, record)
    names = "、".join(mate.child.name for mate in together)
    extent = (
        ExtentForm(name, f"这一次的{len(together) + 1}名孩子都改", chosen, f"同一次还有{names}") if together else None
    )
    apart = [mate for mate in same_act(request.scope, record) if mate not in together]
    return {"mates": {mate.pk: mate.version for mate in together}, "apart": apart, "extent": extent}


def undo(request: DeskRequest, pk: UUID) -> HttpResponse:
    """Take back what was just written."""
    record = _found(request, pk)
    if request.method != "POST":
        return HttpResponseNotAllowed(["POST"])
    try:
        withdraw(request.scope, record=record.pk)
        messages.info(request, "已撤回，这条记录不再显示")
    except Refused as refused:
        messages.error(request, refused.message)
    came = request.headers.get("Referer", "")
    known = url_has_allowed_host_and_scheme(came, request.get_host()) and str(pk) not in came
    return HttpResponseRedirect(came if known else reverse("record"))


def out(request: DeskRequest, pk: UUID) -> HttpResponse:
    """Take one child out of a record, with a reason."""
    record = get_object_or_404(_related(correctable(request.scope)), pk=pk)
    if request.method != "POST":
        return HttpResponseNotAllowed(["POST"])
    based_on = request.POST.get("based_on", "")
    try:
        take_out(
            request.scope, record=pk, based_on=_number(based_on),
            reason=request.POST.get("why", ""),
        )  # fmt: skip
        messages.success(request, f"已从这条记录中去掉{record.child.name}")
    except Refused as refused:
        messages.error(request, refused.message)
    return HttpResponseRedirect(reverse("record-show", kwargs={"pk": pk}))


def _found(request: DeskRequest, pk: UUID) -> Record:
    found: Record = get_object_or_404(_related(readable(request.scope)), pk=pk)
    return found


def _related(rows: ScopedQuerySet[Record]) -> ScopedQuerySet[Record]:
    return rows.select_related("by", "child", "child__klass", "child__school")


ROUTES = (
    screen("records/<uuid:pk>/", show, needs=Need.RECORD_WRITE, name="record-show", history=True),
    screen("records/<uuid:pk>/open/", open_it, needs=Need.RECORD_WRITE, name="record-open", history=True),
    screen("records/<uuid:pk>/correct/", correct, needs=Need.RECORD_WRITE, name="record-correct"),
    screen("records/<uuid:pk>/undo/", undo, needs=Need.RECORD_WRITE, name="record-undo"),
    screen("records/<uuid:pk>/out/", out, needs=Need.RECORD_WRITE, name="record-out"),
)
