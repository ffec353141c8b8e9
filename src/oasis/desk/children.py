"""孩子: search by name, sound, last four, number; filters for what teachers ask; the list."""

from typing import Any
from uuid import UUID

from django.http import HttpResponse, QueryDict
from django.urls import reverse

from oasis.children.access import needs_over
from oasis.children.actions.looks import note_search
from oasis.children.alarms import Alarm, standing
from oasis.children.census import classes_of
from oasis.children.models import Child
from oasis.children.search import FILTERS, Found, Wanted, find
from oasis.desk.page import DeskRequest, page
from oasis.kit import codes
from oasis.kit.dates import month_start
from oasis.people.gate import screen
from oasis.people.roles import Need
from oasis.records.queries import contacted

QUIET = "quiet"  # the filter that records answer: nobody in touch this month
SHOWN = ("left-both", "left-one", "unasked", "key", "boards", "grandparents", "unconfirmed")


def index(request: DeskRequest) -> HttpResponse:
    """List the children in reach; a search comes by POST, so that no name stands in an address or a log."""
    if request.method == "POST":
        return _searched(request)
    wanted, quiet = _wanted(request.GET), QUIET in request.GET.getlist("mark")
    if wanted.need not in _held(request) and (wanted.marks or wanted.care or wanted.gone):
        wanted = Wanted(klass=wanted.klass)
    lacking = contacted(request.scope, month_start(request.scope.on)) if quiet else None
    found = find(request.scope, wanted, after=request.GET.get("after", ""), lacking=lacking)
    return _list(request, found, wanted, quiet=quiet)


def _searched(request: DeskRequest) -> HttpResponse:
    wanted = Wanted(text=request.POST.get("q", "")[:60])
    if not wanted.text.strip():
        return _list(request, find(request.scope, Wanted()), Wanted())
    found = find(request.scope, wanted, after=request.POST.get("after", ""))
    note_search(request.scope, wanted.by, found.total, found.rows)
    return _list(request, found, wanted)


def _list(request: DeskRequest, found: Found, wanted: Wanted, *, quiet: bool = False) -> HttpResponse:
    held = _held(request)
    marks = [one for one in FILTERS if one.need in held and (one.code in SHOWN or one.code.startswith("alarm-"))]
    return page(
        request, "desk/children.html", fragment="desk/_children.html", found=found, wanted=wanted, quiet=quiet, held=held,
        rows=_rows(request, found.rows), classes=classes_of(request.scope, Need.NAMES),
        marks=marks, cares=codes.Care.choices, next=_next(request, found), chosen=[*wanted.marks, *([QUIET] if quiet else [])],
    )  # fmt: skip


def _rows(request: DeskRequest, children: list[Child]) -> list[dict[str, Any]]:
    alarms = standing(children, request.scope.on)
    return [_row(request, child, alarms.get(child.pk, [])) for child in children]


def _row(request: DeskRequest, child: Child, alarms: list[Alarm]) -> dict[str, Any]:
    may = needs_over(request.scope, child)
    reads = Need.CHILD_READ in may
    name = child.klass.name(request.scope.on, child.klass.school.primary_years) if child.klass else "未编班"
    words = [name, child.get_care_display() if reads else "", "寄宿" if child.boarding else ""]
    return {
        "child": child, "words": " · ".join(word for word in words if word), "reads": reads,
        "opens": bool(may & {Need.CHILD_READ, Need.CONTACTS}), "alarms": alarms if reads else [],
    }  # fmt: skip


def _wanted(query: QueryDict) -> Wanted:
    asked = query.dict()
    try:
        klass = UUID(str(asked["klass"])) if asked.get("klass") else None
    except ValueError:
        klass = None
    marks = [code for code in query.getlist("mark") if code in FILTERS]
    if QUIET in query.getlist("mark") and "left" not in marks:
        marks.append("left")
    return Wanted(
        klass=klass, marks=tuple(marks), sex=_among(asked.get("sex"), codes.Sex.values),
        care=_among(asked.get("care"), codes.Care.values), gone=asked.get("gone") == "1",
    )  # fmt: skip


def _among(value: object, known: list[str]) -> str:
    return str(value) if value in known else ""


def _next(request: DeskRequest, found: Found) -> str:
    if not found.after or request.method == "POST":
        return ""
    query = request.GET.copy()
    query["after"] = found.after
    return f"{reverse('children')}?{query.urlencode()}"


def _held(request: DeskRequest) -> set[Need]:
    return {need for need in Need if request.scope.can(need)}


ROUTES = (screen("children/", index, needs=Need.NAMES, name="children"),)
