"""记一笔: choose what happened, choose for whom, one short form."""

from uuid import UUID

from django.contrib import messages
from django.http import Http404, HttpResponse, HttpResponseRedirect
from django.urls import reverse
from django.utils.http import url_has_allowed_host_and_scheme, urlencode

from oasis.children.actions.looks import note_look, note_search
from oasis.children.models import Child
from oasis.children.search import Wanted
from oasis.desk.page import DeskRequest, page
from oasis.desk.reminding import remind
from oasis.duties.catalogue import DUTIES
from oasis.duties.judging import Line
from oasis.duties.queries import owed
from oasis.kit.ids import ids_in, new_id
from oasis.kit.refused import Refused
from oasis.people.gate import screen, stale
from oasis.people.roles import Need
from oasis.records.actions import AlreadySaved, Invalid, write_record
from oasis.records.choosing import children_by_id, offered
from oasis.records.kinds import KINDS, Kind
from oasis.records.kinds.base import RecordForm
from oasis.records.models import Record
from oasis.records.numbers import Number, rung
from oasis.records.numbers import numbers as known_numbers
from oasis.records.story import own_story, story

NAMED = 3  # so many children are named after saving, more are counted
GIVEN = ("with_whom", "channel", "reason", "purpose")  # what another page may fill in


def index(request: DeskRequest) -> HttpResponse:
    """Offer the kinds as large buttons, for the children given, and show what was written last."""
    children, hides = _asked(request), bool(stale(request))
    return page(
        request, "desk/record.html", kinds=[kind for kind in KINDS if kind.offered], children=children, latest=[] if hides else own_story(request.scope).entries[:5], hides=hides,
        next_due=_next_due(request, request.GET.get("done", "")),
        given={"child": [child.pk for child in children], "next": _back(request)},
    )  # fmt: skip


def _next_due(request: DeskRequest, kind: str) -> Line | None:
    """After a record of a kind: the child for whom the same is owed most."""
    codes = [duty.code for duty in DUTIES if kind and duty.asks == kind]
    owes = {role.code for role in request.scope.roles} & {duty.owes for duty in DUTIES}
    lines = owed(request.scope, request.scope.on, codes=codes).mine() if codes and owes else []
    return lines[0] if lines else None


def new(request: DeskRequest, kind: str) -> HttpResponse:
    """Show the form of a kind and take it."""
    if kind not in KINDS or not KINDS.get(kind).offered:
        raise Http404
    entry = KINDS.get(kind)
    if request.method == "POST":
        return _save(request, entry)
    given = {name: request.GET[name] for name in GIVEN if name in request.GET and name in entry.Form.base_fields}
    form = entry.Form(initial={name: field.initial for name, field in entry.Form.base_fields.items()} | given)
    return _form(request, entry, form, ids_in(request.GET.getlist("child")), str(new_id()))


def search(request: DeskRequest, kind: str) -> HttpResponse:
    """Find further children by name; by POST, so that no name stands in an address. Every search goes on the trail."""
    if kind not in KINDS:
        raise Http404
    words = request.POST.get("words", "")
    offer = offered(request.scope, ids_in(request.POST.getlist("child")), words)
    if words.strip():
        note_search(request.scope, Wanted(text=words).by, offer.found, offer.near)
    return page(
        request, "desk/record_children.html", fragment="desk/_picker.html", kind=KINDS.get(kind), offer=offer,
        words=words, back=_back(request),
    )  # fmt: skip


def numbers(request: DeskRequest, kind: str) -> HttpResponse:
    """Ask by which of the numbers a call went, for the child that was chosen on the form; nothing for several."""
    if kind not in KINDS or not KINDS.get(kind).rings():
        raise Http404
    asked = _asked(request)
    if not request.htmx:
        query = urlencode({"child": [str(child.pk) for child in asked]}, doseq=True)
        return HttpResponseRedirect(f"{reverse('record-new', kwargs={'kind': kind})}?{query}")
    one = asked[0] if len(asked) == 1 else None
    if one:
        note_look(request.scope, one, part="record")
    return page(
        request, "desk/_record_numbers.html", numbers=_numbers(request, KINDS.get(kind), one), picked=""
    )  # fmt: skip


def _numbers(request: DeskRequest, entry: type[Kind], one: Child | None) -> list[Number]:
    return known_numbers(request.scope, [one], entry.code)[one.pk] if one and entry.rings() else []


def _picked(told: list[Number], form: RecordForm) -> str:
    """Give the number that stands chosen: what was chosen, else the only one there is, when it is the person's named first."""
    if form.is_bound:
        return str(form.data.get("phone", ""))
    only = told[0] if len(told) == 1 else None
    return str(only.phone.pk) if only and form["with_whom"].value() in only.fits else ""


def _save(request: DeskRequest, entry: type[Kind]) -> HttpResponse:
    asked = ids_in(request.POST.getlist("child"))
    made = next(iter(ids_in([request.POST.get("id", "")])), None) or new_id()
    form: RecordForm = entry.Form(request.POST)
    twin: Record | None = None
    children = [Child(pk=pk) for pk in asked]  # write_record looks each of them up within the scope
    phone = next(iter(ids_in([request.POST.get("phone", "")])), None)
    try:
        clean = (
            form.cleaned_data if entry.rings() and form.is_valid() else {}
        )  # write_record says what is wrong with the form
        phone = rung(request.scope, entry.code, children, clean, phone)
        rows = write_record(
            request.scope, id=made, kind=entry.code, children=children, fields=request.POST, phone=phone
        )
    except Invalid as refused:
        form = refused.form
        if not asked:
            form.add_error(None, "请至少选择一个孩子")
    except AlreadySaved as refused:
        form.add_error(None, "这条记录刚才已经保存过了，后来改的内容还没有保存。再按一次“保存”会另记一条。")
        twin, made = refused.rows[0], new_id()
    except Refused as refused:
        form.add_error(refused.field if refused.field in form.fields else None, refused.message)
        made = made if refused.code in ("no-child", "out-of-reach", "one-child", "whom") else new_id()
    else:
        _praise(request, entry, rows)
        remind(request, entry.Form, asked)
        return HttpResponseRedirect(_back(request) or f"{reverse('record')}?done={entry.code}")
    return _form(request, entry, form, asked, str(made), twin=twin, status=422)


def _form(
    request: DeskRequest, entry: type[Kind], form: RecordForm, asked: list[UUID], made: str, *, twin: Record | None = None,
    status: int = 200,
) -> HttpResponse:  # fmt: skip
    offer = offered(request.scope, asked)
    if not form.is_bound and not offer.chosen.issuperset(asked):
        raise Http404
    chip = next((chip for chip in offer.near if chip.pk in asked), None) if len(asked) == 1 else None
    one = Child(pk=chip.pk, school_id=chip.school_id) if chip else None
    if one:
        note_look(request.scope, one, part="record")
    before = (
        story(request.scope, one, size=3)
        if one and request.scope.can(Need.RECORD_READ) and not stale(request)
        else None
    )
    told = _numbers(request, entry, one)
    fuller = [
        name
        for name in entry.Form.more
        if form.errors.get(name) or (form[name].value() or "") != (form[name].initial or "")
    ]
    return page(
        request, "desk/record_new.html", kind=entry, form=form, offer=offer, made=made, before=before, twin=twin,
        unfold=form.is_bound and bool(fuller), numbers=told, picked=_picked(told, form), back=_back(request), status=status,
    )  # fmt: skip


def _praise(request: DeskRequest, entry: type[Kind], rows: list[Record]) -> None:
    whom = "、".join(row.child.name for row in rows) if len(rows) <= NAMED else f"{len(rows)}名孩子"
    undo = reverse("record-undo", kwargs={"pk": rows[0].pk})
    messages.success(request, f"已记下：{whom}，{entry.label}", extra_tags=f"undo:{undo}")


def _asked(request: DeskRequest) -> list[Child]:
    try:
        return children_by_id(request.scope, ids_in(request.GET.getlist("child")))
    except Refused:
        raise Http404 from None


def _back(request: DeskRequest) -> str:
    """Give the page to return to, when it is one of ours."""
    asked = request.POST.get("next") or request.GET.get("next") or ""
    return asked if url_has_allowed_host_and_scheme(asked, None) else ""


ROUTES = (
    screen("record/", index, needs=Need.RECORD_WRITE, name="record"),
    screen("record/<slug:kind>/", new, needs=Need.RECORD_WRITE, name="record-new"),
    screen("record/<slug:kind>/children/", search, needs=Need.RECORD_WRITE, name="record-children"),
    screen("record/<slug:kind>/numbers/", numbers, needs=Need.RECORD_WRITE, name="record-numbers"),
)
