"""组织 · 关爱网络: who stands by whom, drawn, with the table beside it (D1)."""

from typing import Any

from django.http import HttpResponse

from oasis.children.models import Child
from oasis.children.network import Knot, Net, net
from oasis.desk.own_work import class_names, group_tabs, workplace
from oasis.desk.page import DeskRequest, page
from oasis.people.gate import screen
from oasis.people.roles import Need


def index(request: DeskRequest) -> HttpResponse:
    """Draw the net of the children in reach."""
    school = workplace(request)
    found = net(request.scope, school.pk)
    staff = [knot for knot in found.knots if knot.kind != "classmate"]
    return page(
        request, "desk/org_net.html", tab="org-net", tabs_shown=group_tabs(request.scope), net=found, staff=staff, picture=_picture(found, staff),
        lead="谁关爱谁。班主任看本班，校领导看全校。", names=class_names(school, request.scope.on),
        mates=[knot for knot in found.knots if knot.kind == "classmate"],
    )  # fmt: skip


def _picture(found: Net, staff: list[Knot]) -> dict[str, Any]:
    """Give each helper as a star; a child with two helpers stands with the first and has a ray from both."""
    placed: set[object] = set()
    stars = []
    for knot in staff:
        new = [child for child in knot.children if child.pk not in placed]
        placed |= {child.pk for child in new}
        rays = [str(child.pk) for child in knot.children]
        told = "、".join(sorted(knot.roles))
        stars.append(
            {"id": knot.key, "name": knot.name, "kind": knot.kind, "note": told, "children": _named(new), "rays": rays}
        )
    return {"stars": stars, "alone": _named([child for child in found.alone if child.pk not in placed])}


def _named(children: list[Child]) -> list[dict[str, str]]:
    return [{"id": str(child.pk), "name": child.name} for child in children]


ROUTES = (screen("org/net/", index, needs=Need.PAIR, name="org-net"),)
