"""组织 · 校外力量: volunteers, the village, donors: vetted, what they did, thanked (D7)."""

from typing import Any
from uuid import UUID

from django.http import HttpResponse
from django.urls import reverse

from oasis.campus.actions.outside import did, enrol, revise, thank
from oasis.campus.models import Outsider, OutsiderDeed
from oasis.campus.outside import outsiders
from oasis.desk.filing import form_of, row_of
from oasis.desk.meanwhile import columns, over
from oasis.desk.owing import CHECKED
from oasis.desk.own_work import asked, group_tabs, leads, values, workplace
from oasis.desk.page import DeskRequest, page
from oasis.desk.setting import made_id, school_of
from oasis.people.gate import screen
from oasis.people.roles import Need

FIELDS = ("name", "kind", "unit", "phone", "meets", "from_on", "to_on")
THANKS = ("thanked_on", "thanks")
DEED = ("on", "what", "children", "worth")


def index(request: DeskRequest) -> HttpResponse:
    """List the helpers with their check and what they did."""
    school = workplace(request)
    return page(
        request, "desk/org_outside.html", tab="org-outside", tabs_shown=group_tabs(request.scope), rows=outsiders(request.scope, school), words=CHECKED,
        lead="来帮孩子的人：先查，再来；做了什么，怎样致谢。", leads=leads(request.scope, school.pk, Need.ACTIVITY),
    )  # fmt: skip


def _form(first: dict[str, Any], request: DeskRequest) -> Any:
    form = form_of(Outsider, FIELDS)(request.POST or None, initial=first)
    form.fields["meets"].required = False
    return form


def new(request: DeskRequest) -> HttpResponse:
    """Put a helper on the list."""
    school = school_of(request, Need.ACTIVITY)
    form = _form({"from_on": request.scope.on, "meets": True}, request)
    return asked(
        request,
        form,
        lambda held: enrol(request.scope, id=made_id(request), school=school.pk, **held),
        title="登记校外力量",
        back=reverse("org-outside"),
    )


def edit(request: DeskRequest, pk: UUID) -> HttpResponse:
    """Change what is known of a helper."""
    row = row_of(request, Outsider, Need.ACTIVITY, pk=pk)
    form = _form(values(row, FIELDS), request)
    act = over(
        request.scope, form, row, columns(FIELDS), lambda held: revise(request.scope, row, **held), need=Need.ACTIVITY
    )
    return asked(request, form, act, title=row.name, back=reverse("org-outside"))


def deed(request: DeskRequest, pk: UUID) -> HttpResponse:
    """Write down what a helper did."""
    row = row_of(request, Outsider, Need.ACTIVITY, pk=pk)
    form = form_of(OutsiderDeed, DEED)(request.POST or None, initial={"on": request.scope.on})
    return asked(
        request,
        form,
        lambda held: did(request.scope, row, id=made_id(request), **held),
        title=f"{row.name} · 做了什么",
        back=reverse("org-outside"),
    )


def thanks(request: DeskRequest, pk: UUID) -> HttpResponse:
    """Write the thanks down."""
    row = row_of(request, OutsiderDeed, Need.ACTIVITY, pk=pk)
    form = form_of(OutsiderDeed, THANKS)(
        request.POST or None, initial={"thanked_on": row.thanked_on or request.scope.on, "thanks": row.thanks}
    )
    form.fields["thanked_on"].required = form.fields["thanks"].required = True
    act = over(
        request.scope, form, row, columns(THANKS), lambda held: thank(request.scope, row, **held), need=Need.ACTIVITY
    )
    return asked(
        request,
        form,
        act,
        title="致谢",
        back=reverse("org-outside"),
        lead=row.what,
    )


ROUTES = (
    screen("org/outside/", index, needs=Need.DESK, name="org-outside"),
    screen("org/outside/new/", new, needs=Need.ACTIVITY, name="org-outsider-new"),
    screen("org/outside/<uuid:pk>/", edit, needs=Need.ACTIVITY, name="org-outsider"),
    screen("org/outside/<uuid:pk>/deed/", deed, needs=Need.ACTIVITY, name="org-outsider-deed"),
    screen("org/outside/deeds/<uuid:pk>/thanks/", thanks, needs=Need.ACTIVITY, name="org-outsider-thanks"),
)
