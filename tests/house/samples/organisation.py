"""Sample arguments of the leading group, rules, meetings, the year's plan, helpers from outside."""

import io
from datetime import timedelta
from typing import Any

from PIL import Image

from oasis.campus.actions import organisation, outside
from oasis.campus.models import Meeting, Outsider, OutsiderDeed, Resolution, RuleVersion, Seat, WorkItem
from oasis.kit.ids import new_id
from tests.house.samples.cast import GUIDES, HERE, LEADERS, WORKERS, WRITERS, Samples, guided, nothing
from tests.world import BEGAN, TODAY, World


def group_seat(world: World) -> dict[str, Any]:
    """The principal's place in the leading group."""
    made = Seat.objects.everywhere(why="a sample").filter(rank="head").first() or organisation.seat(
        **guided(world), user=world.users["li"].pk, outsider="", rank="head", post="校长", duties="负总责", paper_no="", from_on=BEGAN,
        to_on=None,
    )  # fmt: skip
    return {"pk": made.pk}


def rule_version(world: World) -> RuleVersion:
    """A rule of the school."""
    return RuleVersion.objects.everywhere(why="a sample").first() or organisation.issue(
        **guided(world), kind="rule", topic="visits", title="家访制度", text="每学期三次。", largest=1 << 20, paper_no="", issued_on=BEGAN,
        in_force_on=BEGAN, change="",
    )  # fmt: skip


def a_rule(world: World) -> dict[str, Any]:
    """The rule itself."""
    return {"pk": rule_version(world).rule_id}


def a_version(world: World) -> dict[str, Any]:
    """Its version."""
    return {"pk": rule_version(world).pk}


def a_scan(world: World) -> dict[str, Any]:
    """A version with a scan."""
    picture = io.BytesIO()
    Image.new("RGB", (40, 30)).save(picture, "PNG")
    rows = RuleVersion.objects.everywhere(why="a sample").exclude(media="")
    made = rows.first() or organisation.issue(
        **guided(world), kind="notice", topic="whole", title="通知", data=picture.getvalue(), largest=1 << 20, paper_no="", issued_on=BEGAN,
        in_force_on=BEGAN, change="",
    )  # fmt: skip
    return {"pk": made.pk}


def a_meeting(world: World) -> dict[str, Any]:
    """A meeting of the group."""
    li = world.users["li"].pk
    made = Meeting.objects.everywhere(why="a sample").first() or organisation.hold_meeting(
        **guided(world), chair=li, came={li}, leave=set(), asked=set(), kind="group", on=TODAY, topic="工作会", place="", hours=None,
        agenda="", minutes="都说了", guests="",
    )  # fmt: skip
    return {"pk": made.pk}


def a_resolution(world: World) -> dict[str, Any]:
    """What it resolved."""
    meeting = Meeting.objects.everywhere(why="a sample").get(pk=a_meeting(world)["pk"])
    made = Resolution.objects.everywhere(why="a sample").first() or organisation.resolve(
        world.scope("wu"),
        meeting,
        id=new_id(),
        owner=world.users["zhao"].pk,
        due_on=TODAY + timedelta(days=3),
        words="补齐档案",
    )
    return {"kind": "resolution", "pk": made.pk}


def plan_item(world: World) -> dict[str, Any]:
    """An item of the year's plan."""
    made = WorkItem.objects.everywhere(why="a sample").first() or organisation.plan_item(
        **guided(world), owner=world.users["li"].pk, year=2026, area="lead", words="每月开会", due_on=TODAY, evidence="own-group-meetings",
        target=10,
    )  # fmt: skip
    return {"pk": made.pk}


def an_outsider(world: World) -> dict[str, Any]:
    """A shop that gives books."""
    made = Outsider.objects.everywhere(why="a sample").first() or outside.enrol(
        **guided(world), name="新华书店", kind="firm", unit="", phone="", meets=False, from_on=BEGAN, to_on=None
    )
    return {"pk": made.pk}


def a_deed(world: World) -> dict[str, Any]:
    """What it gave."""
    row = Outsider.objects.everywhere(why="a sample").get(pk=an_outsider(world)["pk"])
    made = OutsiderDeed.objects.everywhere(why="a sample").first() or outside.did(
        world.scope("wu"), row, id=new_id(), on=TODAY, what="捐书", children=None, worth=None
    )
    return {"pk": made.pk}


SAMPLES: Samples = {
    "org-net": (nothing, WRITERS),
    "org-outside": (nothing, WORKERS),
    "org-outsider-new": (nothing, GUIDES | {"zhou"}),
    "org-outsider": (an_outsider, LEADERS | {"zhou"}),
    "org-outsider-deed": (an_outsider, LEADERS | {"zhou"}),
    "org-outsider-thanks": (a_deed, LEADERS | {"zhou"}),
    "org": (nothing, WORKERS),
    "org-seat-new": (nothing, GUIDES),
    "org-seat": (group_seat, LEADERS),
    "org-rules": (nothing, WORKERS),
    "org-rule-new": (nothing, GUIDES),
    "org-rule": (a_rule, HERE),
    "org-rule-next": (a_rule, LEADERS),
    "org-rule-end": (a_rule, LEADERS),
    "org-rule-read": (a_version, HERE),
    "org-rule-scan": (a_scan, HERE),
    "org-meetings": (nothing, WORKERS),
    "org-meeting-new": (nothing, GUIDES),
    "org-meeting": (a_meeting, HERE),
    "org-meeting-edit": (a_meeting, LEADERS),
    "org-resolution-new": (a_meeting, LEADERS),
    "org-task": (a_resolution, HERE),
    "org-plan": (nothing, WORKERS),
    "org-item-new": (nothing, GUIDES),
    "org-item": (plan_item, LEADERS),
    "org-gaps": (nothing, GUIDES),
}
