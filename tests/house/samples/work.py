"""Sample arguments of what the school offers: activities, the room, goods, places, notices."""

from datetime import time
from typing import Any

from oasis.campus.actions import activities, room
from oasis.campus.actions.firsts import open_list
from oasis.campus.actions.goods import take_in
from oasis.campus.models import Activity, ActivityPart, Item, Movement, Notice, Opening, RoomHour, Scrap, Work
from oasis.kit.ids import new_id
from oasis.records.actions.gifts import hand_out
from tests.house.samples.cast import (
    CENSUS,
    GUIDES,
    HERE,
    LEADERS,
    OWN,
    READERS,
    STORE,
    WORKERS,
    WRITERS,
    Samples,
    guided,
    klass_31,
    nothing,
)
from tests.world import TODAY, World


def an_activity(world: World) -> dict[str, Any]:
    """An activity of the first school."""
    made = Activity.objects.everywhere(why="a sample").first() or activities.plan_activity(
        **guided(world), lead=world.users["zhou"].pk, klasses=[], kind="arts", title="艺术节", on=TODAY, hours="", place="", department="",
        aim="", seats=5, sign_until=None, off_campus=False, risk_plan="", cost=None,
    )  # fmt: skip
    return {"pk": made.pk}


def lin_signed(world: World) -> dict[str, Any]:
    """Lin's name on it."""
    activity = Activity.objects.everywhere(why="a sample").get(pk=an_activity(world)["pk"])
    rows = ActivityPart.objects.everywhere(why="a sample").filter(child=world.children["lin"])
    if not rows.exists():
        activities.sign_up(world.scope("zhao"), activity, children=[world.children["lin"].pk])
    return {"pk": rows.get().pk, "what": "agree"}


def room_hour(world: World) -> dict[str, Any]:
    """Mondays in the room."""
    made = RoomHour.objects.everywhere(why="a sample").first() or room.set_hour(
        **guided(world), user=world.users["zhou"].pk, day=0, from_at=time(16), to_at=time(17), what=""
    )
    return {"pk": made.pk}


def an_opening(world: World) -> dict[str, Any]:
    """Lin in the room."""
    made = Opening.objects.everywhere(why="a sample").first() or room.open_room(
        world.scope("zhou"), id=new_id(), school=world.schools["青河县"].pk, user=world.users["zhou"].pk, children=[world.children["lin"].pk],
        called=[], count=0, on=TODAY, what="reading", theme="", from_at=None, to_at=None, safe=True, note="",
    )  # fmt: skip
    return {"pk": made.pk}


def lin_work(world: World) -> dict[str, Any]:
    """A picture of lin."""
    made = Work.objects.everywhere(why="a sample").first() or room.hang(
        **guided(world), child=world.children["lin"].pk, kind="painting", title="妈妈", from_on=TODAY
    )
    return {"pk": made.pk}


def a_thing(world: World) -> dict[str, Any]:
    """The chairs of the room."""
    made = Item.objects.everywhere(why="a sample").first() or room.add_item(
        **guided(world), keeper=world.users["zhou"].pk, checker=None, name="椅子", code="", quantity=20, unit="把", source="given", from_whom="",
        price=None, on=TODAY, place="", state="good",
    )  # fmt: skip
    return {"pk": made.pk}


def a_scrap(world: World) -> dict[str, Any]:
    """Two of them broken."""
    item = Item.objects.everywhere(why="a sample").get(pk=a_thing(world)["pk"])
    made = Scrap.objects.everywhere(why="a sample").first() or room.ask_scrap(
        world.scope("zhou"), item, id=new_id(), quantity=2, reason="断了腿"
    )
    return {"pk": made.pk, "what": "yes"}


def told_in_31(world: World) -> dict[str, Any]:
    """What a pupil of class 3(1) wrote."""
    klass = world.klasses["三1"]
    return {"pk": Notice.objects.create(school=klass.school, klass=klass, about="晓晓", words="她总是一个人").pk}


def bags(world: World) -> dict[str, Any]:
    """Schoolbags in store."""
    return {"pk": _bags(world).goods_id}


def _bags(world: World) -> Movement:
    told: dict[str, Any] = {"name": "书包", "unit": "个", "quantity": 5, "source": "school"}
    return take_in(world.scope("zhou"), id=new_id(), school=world.schools["青河县"], **told)


def bags_handed(world: World) -> dict[str, Any]:
    """A schoolbag for lin."""
    told: dict[str, Any] = {"each": 1, "occasion": "moon", "children": [world.children["lin"].pk]}
    return {"pk": hand_out(world.scope("zhou"), id=new_id(), goods=_bags(world).goods_id, **told).pk}


def homework(world: World) -> dict[str, Any]:
    """A small group of class 3(1) with two places."""
    klass = world.klasses["三1"].pk
    return {"pk": open_list(world.scope("zhao"), sort="tutoring", title="作业", hours="", seats=2, klass=klass).pk}


SAMPLES: Samples = {
    "firsts": (nothing, CENSUS),
    "firsts-show": (homework, OWN),
    "goods": (nothing, STORE | {"feng"}),
    "goods-show": (bags, STORE),
    "goods-handed": (bags_handed, STORE),
    "notices": (nothing, CENSUS),
    "notices-code": (klass_31, OWN),
    "notice": (told_in_31, OWN),
    "activities": (nothing, WORKERS),
    "activity": (an_activity, HERE),
    "activity-new": (nothing, GUIDES | {"zhou"}),
    "activity-edit": (an_activity, LEADERS | {"zhou"}),
    "activity-places": (an_activity, LEADERS | {"zhou"}),
    "activity-drop": (an_activity, LEADERS | {"zhou"}),
    "activity-sign": (an_activity, HERE - {"wang", "shen"}),
    "activity-part": (lin_signed, READERS | {"zhou"}),
    "activity-hold": (an_activity, LEADERS | {"zhou"}),
    "activity-shares": (nothing, WRITERS),
    "room": (nothing, WORKERS),
    "room-hour-new": (nothing, GUIDES | {"zhou"}),
    "room-hour-end": (room_hour, LEADERS | {"zhou"}),
    "room-open": (nothing, WORKERS),
    "room-opening": (an_opening, HERE),
    "room-books": (nothing, WORKERS),
    "room-book-new": (nothing, GUIDES | {"zhou"}),
    "room-works": (nothing, WORKERS),
    "room-work-new": (nothing, GUIDES | {"zhou"}),
    "room-work-down": (lin_work, LEADERS | {"zhou"}),
    "room-items": (nothing, WORKERS),
    "room-item-new": (nothing, GUIDES | {"zhou"}),
    "room-count": (nothing, GUIDES | {"zhou"}),
    "room-scrap": (a_thing, LEADERS | {"zhou"}),
    "room-scrap-sign": (a_scrap, LEADERS),
}
