"""通话台: the children one by one, the number large, the outcome in one tap, then the next."""

from typing import Any
from uuid import UUID

from django.contrib import messages
from django.http import Http404, HttpResponse, HttpResponseRedirect
from django.shortcuts import get_object_or_404
from django.urls import reverse
from django.utils.http import url_has_allowed_host_and_scheme, urlencode

from oasis.children.actions.looks import note_look
from oasis.children.models import Child
from oasis.children.namesakes import called, name_of
from oasis.desk.page import DeskRequest, page
from oasis.desk.reminding import remind
from oasis.duties.calling import call_desk, call_queue
from oasis.kit.ids import ids_in, new_id
from oasis.kit.refused import Refused
from oasis.people.gate import screen
from oasis.people.roles import Need
from oasis.records.actions import write_record
from oasis.records.calling import Queue, places, turn_of
from oasis.records.choosing import in_reach
from oasis.records.kinds import KINDS
from oasis.records.kinds.fields import CALLED
from oasis.records.models import Record
from oasis.records.numbers import Number, Tries, numbers, to_mend, tries, untried
from oasis.records.story import tell

KIND = [kind for kind in KINDS if kind.calls]


def index(request: DeskRequest) -> HttpResponse:
    """Show how the calls of a class stand: who waits, who was reached, which numbers to mend."""
    offered, place, kind = _place(request)
    if not place:
        return page(request, "desk/calls.html", places=[], kinds=KIND)
    standing, told = call_desk(request.scope, kind, place)
    return page(
        request, "desk/calls.html", places=offered, place=place, kinds=KIND, kind=KINDS.get(kind), queue=standing,
        mend=to_mend(told), next=standing.after([]), names={turn.child.pk: turn.child for turn in standing.turns},
        called=called(request.scope, [turn.child for turn in standing.turns]), tell=tell, query={"place": place},
    )  # fmt: skip


def call(request: DeskRequest, kind: str, pk: UUID) -> HttpResponse:
    """Show one child with the numbers to tap, take the outcome, go on."""
    if kind not in KINDS or not KINDS.get(kind).calls:
        raise Http404
    child = get_object_or_404(in_reach(request.scope), pk=pk)
    told = numbers(request.scope, [child], kind)[child.pk]
    if request.method == "POST":
        return _take(request, kind, child, told)
    return _card(request, kind, child, told)


def _card(
    request: DeskRequest, kind: str, child: Child, told: list[Number], *, problem: str = "", typed: Any = None
) -> HttpResponse:
    note_look(request.scope, child, part="call", deed="child.phones")
    skipped, place = _skipped(request), _given_place(request)
    standing = call_queue(request.scope, kind, place) if place else Queue([])
    turn = next((turn for turn in standing.turns if turn.child.pk == child.pk), None) or turn_of(
        request.scope, child, kind
    )
    today = tries(request.scope, child) if turn.today or "again" in request.GET else Tries()
    tried = today.vain
    first = untried(told, tried) or (told[0] if told else None)
    told = sorted(told, key=lambda number: (number != first, number.phone.pk in tried)) if tried else told
    after = standing.after([*skipped, child.pk])
    form = KINDS.get(kind).Form(typed or None, initial={"channel": "phone"})
    return page(
        request, "desk/call.html", kind=KINDS.get(kind), child=child, numbers=told, turn=turn, form=form, outcomes=CALLED, tried=tried, missed=tried and not today.reached,
        made=new_id(), picked=request.POST.get("phone") or (str(first.phone.pk) if first and not first.unsaid else ""),
        place=place, skipped=skipped, problem=problem, standing=standing, tell=tell,
        skip=_address(kind, place, after.child.pk, [*skipped, child.pk]) if after else _back(request) or _home(kind, place),
        name=name_of(request.scope, Need.RECORD_WRITE, child), back=_back(request), full=_full(request, kind, child),
        status=422 if problem else 200,
    )  # fmt: skip


def _take(request: DeskRequest, kind: str, child: Child, told: list[Number]) -> HttpResponse:
    chosen = next((number for number in told if str(number.phone.pk) == request.POST.get("phone")), None)
    fields = request.POST.dict() | {"happened_on": request.scope.on.isoformat()}
    if chosen:
        fields["with_whom"] = chosen.whom
    try:
        made = UUID(request.POST.get("id", ""))
    except ValueError:
        made = new_id()
    try:
        rows = write_record(
            request.scope,
            id=made,
            kind=kind,
            children=[child],
            fields=fields,
            phone=chosen.phone.pk if chosen else None,
        )
    except Refused as refused:
        return _card(request, kind, child, told, problem=refused.message, typed=fields)
    undo = reverse("record-undo", kwargs={"pk": rows[0].pk})
    then, onward = _again(request, child, rows[0], told) or _next(request, kind)
    messages.success(
        request,
        f"已记下 {name_of(request.scope, Need.RECORD_WRITE, child)}：{dict(CALLED)[rows[0].outcome]}。{then}",
        extra_tags=f"undo:{undo}",
    )
    remind(request, KINDS.get(kind).Form, [child.pk])
    return HttpResponseRedirect(onward)


def _again(request: DeskRequest, child: Child, row: Record, told: list[Number]) -> tuple[str, str] | None:
    """After a number that was rung in vain: the child's next one; behind the parents' numbers whoever cares for the child."""
    if row.outcome == Record.Outcome.DONE or row.phone is None:
        return None
    tried, kind = tries(request.scope, child).vain, row.kind
    number = untried(told, tried)
    back = {"place": _given_place(request), "skip": [str(one) for one in _skipped(request)], "next": _back(request)}
    if number is None and kind == "family-call":
        kind = "carer-contact"
        number = untried(numbers(request.scope, [child], kind)[child.pk], tried)
        back = {"next": _next(request, row.kind)[1]}
    if number is None:
        return None
    query = urlencode({name: value for name, value in back.items() if value} | {"again": "1"}, doseq=True)
    return f"接着打给{number.words}。", f"{reverse('call', kwargs={'kind': kind, 'pk': child.pk})}?{query}"


def _next(request: DeskRequest, kind: str) -> tuple[str, str]:
    """Give the next child of the queue, in words and as an address; behind the last the page one came from."""
    place, skipped = _given_place(request), _skipped(request)
    after = call_queue(request.scope, kind, place).after(skipped) if place else None
    if after is None:
        return "", _back(request) or _home(kind, place)
    return f"现在轮到{after.child.name}。", _address(kind, place, after.child.pk, skipped)


def _place(request: DeskRequest) -> tuple[list[tuple[str, str]], str, str]:
    offered = places(request.scope)
    asked = request.GET.get("place", "")
    place = asked if asked in dict(offered) else (offered[0][0] if offered else "")
    kind = request.GET.get("kind", "")
    return offered, place, kind if kind in [entry.code for entry in KIND] else KIND[0].code


def _given_place(request: DeskRequest) -> str:
    asked = request.POST.get("place") or request.GET.get("place") or ""
    return asked if asked in dict(places(request.scope)) else ""


def _back(request: DeskRequest) -> str:
    """Give the page to return to, when it is one of ours."""
    asked = request.POST.get("next") or request.GET.get("next") or ""
    return asked if url_has_allowed_host_and_scheme(asked, None) else ""


def _full(request: DeskRequest, kind: str, child: Child) -> str:
    """Give the address of the whole form, for what the desk does not ask."""
    query = urlencode({"child": str(child.pk), "next": _back(request)})
    return f"{reverse('record-new', kwargs={'kind': kind})}?{query}"


def _skipped(request: DeskRequest) -> list[UUID]:
    return ids_in(request.POST.getlist("skip") or request.GET.getlist("skip"))


def _address(kind: str, place: str, pk: UUID, skipped: list[UUID]) -> str:
    query = urlencode({"place": place, "skip": [str(one) for one in skipped]}, doseq=True)
    return f"{reverse('call', kwargs={'kind': kind, 'pk': pk})}?{query}"


def _home(kind: str, place: str) -> str:
    return f"{reverse('calls')}?{urlencode({'kind': kind, 'place': place})}"


ROUTES = (
    screen("calls/", index, needs=Need.RECORD_WRITE, name="calls"),
    screen("calls/<slug:kind>/<uuid:pk>/", call, needs=Need.RECORD_WRITE, name="call"),
)
