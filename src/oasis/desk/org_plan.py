"""组织 · 年度计划 and 迎检缺项: items borne out by the records, and what an inspection would find missing (peers.md c12)."""

from typing import Any
from uuid import UUID

from django import forms
from django.http import HttpResponse
from django.urls import reverse

from oasis.campus.actions.organisation import plan_item, replan_item
from oasis.campus.models import WorkItem
from oasis.campus.organisation import items
from oasis.desk.filing import form_of, row_of
from oasis.desk.meanwhile import over
from oasis.desk.own_work import asked, colleagues, group_tabs, leads, values, workplace
from oasis.desk.page import DeskRequest, page
from oasis.desk.setting import made_id, school_of
from oasis.figures.evidence import choices, counted
from oasis.kit.dates import school_year
from oasis.papers.readiness import ITEMS, gaps
from oasis.people.gate import screen
from oasis.people.roles import Need
from oasis.places.models import School

FIELDS = ("year", "area", "words", "owner", "due_on", "evidence", "target")


def index(request: DeskRequest) -> HttpResponse:
    """Show a year's plan, each item with its evidence."""
    school = workplace(request)
    this = school_year(request.scope.on)
    told = request.GET.get("year", "")
    year = int(told) if told.isdecimal() and len(told) == 4 else this
    rows = items(request.scope, school, year)
    found = counted(request.scope, school, year, {row.evidence for row in rows if row.evidence})
    parts = [(label, [row for row in rows if row.area == code]) for code, label in WorkItem.Area.choices]
    return page(
        request, "desk/org_plan.html", tab="org-plan", tabs_shown=group_tabs(request.scope), lead="做了多少由记录来说明，点数字看是哪些。", year=year, this=this,
        parts=[(label, held) for label, held in parts if held], evidence=found, on=request.scope.on, me=request.scope.actor,
        leads=leads(request.scope, school.pk, Need.GUIDE), done=len([row for row in rows if row.done_on]), total=len(rows),
    )  # fmt: skip


def _form(request: DeskRequest, school: School) -> type[forms.Form]:
    more = {
        "owner": forms.ChoiceField(label="责任人", choices=colleagues(request, school)),
        "evidence": forms.ChoiceField(label="用什么记录来说明", choices=choices(), required=False),
    }
    made = form_of(WorkItem, FIELDS, **more)
    made.base_fields = {name: made.base_fields[name] for name in FIELDS}
    return made


def new(request: DeskRequest) -> HttpResponse:
    """Put an item into the plan."""
    school = school_of(request, Need.GUIDE)
    form = _form(request, school)(
        request.POST or None, initial={"year": school_year(request.scope.on), "owner": str(request.scope.actor)}
    )

    def act(held: dict[str, Any]) -> object:
        return plan_item(request.scope, id=made_id(request), school=school.pk, **held | {"owner": UUID(held["owner"])})

    return asked(request, form, act, title="加一项计划", back=reverse("org-plan"))


def edit(request: DeskRequest, pk: UUID) -> HttpResponse:
    """Change an item."""
    row = row_of(request, WorkItem, Need.GUIDE, pk=pk)
    form = _form(request, row.school)(request.POST or None, initial=_known(row))

    def act(held: dict[str, Any]) -> object:
        return replan_item(request.scope, row, **held | {"owner": UUID(held["owner"])})

    settled = over(request.scope, form, row, _known, act, need=Need.GUIDE)
    return asked(request, form, settled, title="修改计划", back=reverse("org-plan"))


def _known(row: WorkItem) -> dict[str, Any]:
    return values(row, FIELDS) | {"owner": str(row.owner_id)}


def missing(request: DeskRequest) -> HttpResponse:
    """Show what an inspection would find missing."""
    school = school_of(request, Need.GUIDE)
    found = gaps(request.scope, school)
    groups = [(number, label, [gap for gap in found if gap.item == number]) for number, label in ITEMS.items()]
    return page(
        request, "desk/org_gaps.html", tab="org-gaps", tabs_shown=group_tabs(request.scope), lead="按督导检查常看的十六项，列出制度、计划、档案和记录里还缺的。",
        groups=[group for group in groups if group[2]], total=len(found),
    )  # fmt: skip


ROUTES = (
    screen("org/plan/", index, needs=Need.DESK, name="org-plan"),
    screen("org/plan/new/", new, needs=Need.GUIDE, name="org-item-new"),
    screen("org/plan/<uuid:pk>/", edit, needs=Need.GUIDE, name="org-item"),
    screen("org/gaps/", missing, needs=Need.GUIDE, name="org-gaps"),
)
