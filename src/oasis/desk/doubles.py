"""疑似重复的家长: pairs that may be one person, brought together by a leader, and taken apart again."""

from uuid import UUID

from django.http import HttpResponse, HttpResponseRedirect
from django.shortcuts import get_object_or_404
from django.urls import reverse

from oasis.children.actions.looks import note_search
from oasis.children.actions.merging import merge, unmerge
from oasis.children.doubles import doubles, entries, mergings
from oasis.desk.page import DeskRequest, page
from oasis.desk.setting import ask
from oasis.kit.refused import Refused
from oasis.people.gate import screen
from oasis.people.roles import Need

RECENT = 20


def index(request: DeskRequest) -> HttpResponse:
    """Show likely doubles, or everybody of one name (asked by POST: no name in an address), and what was merged."""
    name = request.POST.get("name", "").strip()[:60]
    same = entries(request.scope, name) if name else []
    if name:
        note_search(request.scope, "parent", len(same))
    return page(
        request, "desk/doubles.html", pairs=[] if name else doubles(request.scope), name=name, same=same[:20],
        merged=mergings(request.scope)[:RECENT],
    )  # fmt: skip


def join(request: DeskRequest) -> HttpResponse:
    """Bring two entries together: `kept` stays, `gone` goes into it."""
    if request.method == "POST":
        ask(request, lambda: merge(request.scope, **_two(request)), "已合并。发现合错了，可以在下面撤销。")
    return HttpResponseRedirect(reverse("child-doubles"))


def _two(request: DeskRequest) -> dict[str, UUID]:
    """Read who stays and who goes; of a pair with `kept` alone, the other one goes."""
    try:
        kept = UUID(request.POST.get("kept", ""))
        others = [UUID(one) for one in request.POST.getlist("of") or [request.POST.get("gone", "")]]
    except ValueError as error:
        raise Refused("two", "请选择保留哪一位、并入哪一位。") from error
    gone = next((one for one in others if one != kept), None)
    if gone is None:
        raise Refused("two", "请选择两位不同的家庭成员。")
    return {"kept": kept, "gone": gone}


def part(request: DeskRequest, pk: UUID) -> HttpResponse:
    """Undo a merger."""
    merging = get_object_or_404(mergings(request.scope), pk=pk)
    if request.method == "POST":
        ask(request, lambda: unmerge(request.scope, merging), "合并已撤销，两份登记恢复原样。")
    return HttpResponseRedirect(reverse("child-doubles"))


ROUTES = (
    screen("children/doubles/", index, needs=Need.MERGE, name="child-doubles"),
    screen("children/doubles/join/", join, needs=Need.MERGE, name="child-doubles-join"),
    screen("children/doubles/<uuid:pk>/part/", part, needs=Need.MERGE, name="child-doubles-part"),
)
