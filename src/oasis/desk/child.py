"""一个孩子: who cares and how to reach them first, then what is wrong, what is due, who helps, what happened."""

from dataclasses import dataclass
from typing import Any
from uuid import UUID

from django.http import Http404, HttpResponse, HttpResponseRedirect
from django.urls import reverse
from django.views.decorators.cache import never_cache

from oasis.alerts.facts import signs_asked, words_asked
from oasis.alerts.queries import alerts_told
from oasis.children.actions.looks import ASKED, Look
from oasis.children.alarms import standing_asked
from oasis.children.assessments import brief_asked
from oasis.children.census import of_these_unasked
from oasis.children.household import household_asked
from oasis.children.lacks import LACKS
from oasis.children.models import Child, Score
from oasis.children.opening import arrangement_asked, helpers_asked
from oasis.children.queries import hardships, risk
from oasis.desk.filing import child_of, looked
from oasis.desk.page import DeskRequest, page
from oasis.duties.grounds import ground_asked
from oasis.duties.judging import PENDING, Line
from oasis.duties.queries import Board, children_asked, facts_asked, judged
from oasis.kit.catalogue import Catalogue
from oasis.kit.dates import age_on, zh_full, zh_month
from oasis.kit.masks import masked
from oasis.people.gate import screen, stale
from oasis.people.roles import Need
from oasis.people.scope import Scope
from oasis.people.together import Question, together
from oasis.records.handover.queries import carried
from oasis.records.story import latest_asked, story


@dataclass(frozen=True)
class Part:
    """A group of facts of the file, with what one must hold to read it."""

    title: str
    code: str  # the group of `child-edit` that changes it
    facts: tuple[str, ...]
    need: Need = Need.CHILD_READ

    def seen_by(self, may: frozenset[Need]) -> tuple[str, ...]:
        """Give the facts of the group that a person may read."""
        return tuple(name for name in self.facts if name not in INNER or INNER[name] & may)


PARTS = Catalogue(
    Part("身份", "identity", ("former_name", "sex", "birth_on", "lunar_birthday", "ethnic", "class_no", "file_no", "entered_on")),
    Part("住家", "home", ("address", "village", "village_contact", "village_phone", "household", "household_place", "registered",
        "native_place", "commute", "distance_km", "dorm", "bed")),
    Part("健康", "health", ("health", "health_note", "allergies", "disability", "disability_grade"), Need.FAMILY),
    Part("家庭情况", "family", ("only_child", "marital", "income", "aid", "care_rating"), Need.FAMILY),
    Part("成长", "portrait", ("character", "interests", "study", "thought", "mind", "conduct", "wishes", "remark")),
)  # fmt: skip
# The state of mind, conduct and free remarks are no part of the records and the plan that a helper has (design.md 5): they are for
# who answers for the whole file; the state of mind also for the counsellor to whom the child was referred.
INNER = {
    "mind": {Need.FAMILY, Need.SCREENING}, "conduct": {Need.FAMILY}, "remark": {Need.FAMILY},
}  # fmt: skip


@never_cache
def show(request: DeskRequest, pk: UUID) -> HttpResponse:
    """Show one child: whoever holds only contacts sees the card, nothing of the file."""
    return _overview(request, looked(request, pk, closed=True))


@never_cache
def numbers(request: DeskRequest, pk: UUID, what: str) -> HttpResponse:
    """Show whole numbers after they were asked for; the asking is on the trail."""
    deed = f"child.{what}"
    if deed not in ASKED:
        raise Http404
    if request.method != "POST":
        child_of(request, pk, ASKED[deed])
        return HttpResponseRedirect(reverse("child" if what == "phones" else "child-file", kwargs={"pk": pk}))
    look = looked(request, pk, deed=deed, closed=what == "phones")
    return _overview(request, look, whole=True) if what == "phones" else _file(request, look, whole=True)


@never_cache
def file(request: DeskRequest, pk: UUID) -> HttpResponse:
    """Show what the file holds, group by group."""
    return _file(request, looked(request, pk, need=Need.CHILD_READ, part="file"))


def records(request: DeskRequest, pk: UUID) -> HttpResponse:
    """Show the timeline."""
    look = looked(request, pk, need=Need.RECORD_READ, part="records", closed=True)
    told = story(request.scope, look.child, request.GET.get("kind", ""), request.GET.get("after", ""))
    onward = "after" in request.GET
    return page(request, "desk/child_records.html", child=look.child, may=look.may, story=told, onward=onward, tab="records",
        carried=[] if onward else carried(request.scope, look.child))  # fmt: skip


def _overview(request: DeskRequest, look: Look, *, whole: bool = False) -> HttpResponse:
    child, may, scope = look.child, look.may, request.scope
    reads, tells = Need.CHILD_READ in may, Need.RECORD_READ in may and not stale(request)
    told = together(_questions(scope, child, may, tells=tells))
    pupils = told["pupils"] or []
    further = together(
        {
            "facts": facts_asked(told["ground"], pupils, scope.on),
            "signs": signs_asked([child.pk], child.school_id, scope.on) if tells and pupils else None,
        }
    )
    board = judged(
        scope, scope.on, pupils, {child.school_id: told["ground"]}, need=Need.RECORD_READ, facts=further["facts"]
    )
    alerts = alerts_told(pupils, further["signs"], told["words"], scope.on) if tells and pupils else []
    return page(
        request, "desk/child.html", fragment="desk/_child_contacts.html" if whole else "", child=child, may=may, tab="child",
        family=told["family"], whole=whole, reads=reads, alarms=told["alarms"].get(child.pk, []) if reads else [],
        arrangement=told["arrangement"], helpers=told["helpers"] or [], assessed=told["assessed"], lacks=LACKS, scores=Score,
        story=told["story"], alerts=alerts, tells=tells, due=_due(board, child), today=scope.on,
    )  # fmt: skip


def _questions(
    scope: Scope, child: Child, may: frozenset[Need], *, tells: bool
) -> dict[str, Question[Any] | None]:  # fmt: skip
    """Say what the page asks about a child, as far as this person may know it."""
    reads, records, on = Need.CHILD_READ in may, Need.RECORD_READ in may, scope.on
    return {
        "family": household_asked(
            scope, child, on, Need.CONTACTS if Need.CONTACTS in may else Need.CHILD_READ, closed=True
        ),
        "alarms": standing_asked([child], on) if reads else None,
        "arrangement": arrangement_asked(scope, child) if Need.FAMILY in may else None,
        "helpers": helpers_asked(scope, child) if reads else None,
        "assessed": brief_asked(scope, child) if reads else None,
        "story": latest_asked(scope, child, 5) if tells else None,
        "pupils": children_asked(scope, Need.RECORD_READ, None, child.pk) if records else None,
        "ground": ground_asked(child.school_id, on) if records else None,
        "words": words_asked([child.pk], child.school_id, on) if tells else None,
    }


def _due(board: Board, child: Child) -> list[Line]:
    mine = [line for line in board.lines if line.pupil.id == child.pk and line.state in PENDING]
    return sorted(mine, key=lambda line: line.order)


def _file(request: DeskRequest, look: Look, *, whole: bool = False) -> HttpResponse:
    child, may = look.child, look.may
    family = Need.FAMILY in may
    return page(
        request, "desk/child_file.html", child=child, may=may, tab="file", unasked=child.pk in of_these_unasked(request.scope, [child.pk]), whole=whole, today=request.scope.on,
        parts=[(part, facts_of(child, part.seen_by(may), whole)) for part in PARTS if part.need in may],
        hardships=hardships(request.scope, child) if family else [], risk=risk(request.scope, child),
        age=age_on(child.birth_on, request.scope.on) if child.birth_on else None,
    )  # fmt: skip


def facts_of(child: Child, names: tuple[str, ...], whole: bool) -> list[tuple[str, str]]:
    """Give label and words of columns of the file; a phone in part, unless numbers were asked for."""
    said = {name: _said(child, name) for name in names}
    if "village_phone" in said and not whole:
        said["village_phone"] = masked(said["village_phone"])
    return [(str(Child._meta.get_field(name).verbose_name), words) for name, words in said.items()]  # type: ignore[union-attr]


def _said(child: Child, name: str) -> str:
    value = getattr(child, name)
    if value is None or value == "":
        return ""
    if name == "entered_on":
        return zh_month(value)
    if name == "birth_on":
        return zh_full(value)
    if isinstance(value, bool):
        return "是" if value else "否"
    display = getattr(child, f"get_{name}_display", None)
    return str(display()) if display else str(value)


ROUTES = (
    screen("children/<uuid:pk>/", show, needs=Need.NAMES, name="child"),
    screen("children/<uuid:pk>/file/", file, needs=Need.CHILD_READ, name="child-file"),
    screen("children/<uuid:pk>/records/", records, needs=Need.RECORD_READ, name="child-records", history=True),
    screen("children/<uuid:pk>/show/<slug:what>/", numbers, needs=Need.NAMES, name="child-numbers"),
)
