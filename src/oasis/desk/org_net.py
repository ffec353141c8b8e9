"""组织 · 关爱网络: who stands by whom, drawn, with the table beside it (D1)."""

from collections import Counter
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
    """Give each helper as a star that holds all of its children; one who stands in another star too is marked `again`."""
    times = Counter(child.pk for knot in staff for child in knot.children)
    stars = []
    for knot in staff:
        told = "、".join(sorted(knot.roles))
        children = [_named(child) | {"again": times[child.pk] > 1} for child in knot.children]
        stars.append({"id": knot.key, "name": knot.name, "kind": knot.kind, "note": told, "children": children})
    return {"stars": stars, "alone": [_named(child) for child in found.alone if child.pk not in times]}


def _named(child: Child) -> dict[str, Any]:
    return {"id": str(child.pk), "name": child.name}


ROUTES = (screen("org/net/", index, needs=Need.PAIR, name="org-net"),)
