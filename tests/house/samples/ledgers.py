"""Sample arguments of boarding, health and the ledgers."""

from datetime import timedelta
from typing import Any

from oasis.campus.actions.dormitory import give_bed, open_house, open_room
from oasis.campus.actions.hazards import report_place
from oasis.campus.actions.nights import begin_check, begin_search
from oasis.campus.actions.screening import hold_screening
from oasis.campus.models import House, Screening, ScreenResult
from oasis.kit.dates import now
from oasis.kit.ids import new_id
from oasis.people.roles import Need
from oasis.records.actions.illness import open_illness
from oasis.records.actions.incidents import open_incident
from oasis.records.actions.schooling import open_case
from oasis.records.actions.screening import add_result
from tests.house.samples.cast import (
    CENSUS,
    GUIDES,
    HERE,
    LEADERS,
    OWN,
    RECORDERS,
    STAFF,
    WARDENS,
    WORKERS,
    Samples,
    klass_31,
    nothing,
    stone_bridge,
)
from tests.house.samples.organisation import a_meeting
from tests.world import TODAY, World


def boys_house(world: World) -> dict[str, Any]:
    """The boarding house in which chenhao has a bed."""
    zheng = world.scope("zheng")
    house = House.objects.within(zheng, Need.BOARDING).first()
    if house is None:
        house = open_house(zheng, school=world.schools["青河县"], name="男生楼", sex="1")
        room = open_room(zheng, house, name="101", beds=4)
        give_bed(zheng, world.children["chenhao"], room=room.pk, bed=1)
    return {"pk": house.pk}


def roll_call(world: World) -> dict[str, Any]:
    """Tonight's roll call of that house."""
    house = House.objects.within(world.scope("zheng"), Need.BOARDING).get(pk=boys_house(world)["pk"])
    return {"pk": begin_check(world.scope("zheng"), house, turn="call").pk}


def chenhao(world: World) -> dict[str, Any]:
    """The boarder."""
    boys_house(world)
    return {"pk": world.children["chenhao"].pk}


def lin_ill(world: World) -> dict[str, Any]:
    """Lin has a fever, as zhao saw."""
    return {"pk": open_illness(world.scope("zhao"), world.children["lin"], sort="ill", seen_at=now(), seen="发热").pk}


def lin_away(world: World) -> dict[str, Any]:
    """Lin has not come to school for three days."""
    told: dict[str, Any] = {"absent_from": TODAY - timedelta(days=3), "reason": "weary", "words": "去了镇上"}
    return {"pk": open_case(world.scope("zhao"), world.children["lin"], **told).pk}


def lin_fell(world: World) -> dict[str, Any]:
    """Lin fell in the playground."""
    told: dict[str, Any] = {"sort": "fall", "place": "操场", "course": "跑时摔倒", "on_spot": "消毒", "harm": "slight"}
    return {
        "pk": open_incident(
            world.scope("zhao"), world.children["lin"], id=new_id(), happened_at=now(), found_at=now(), **told
        ).pk
    }


def a_screening(world: World) -> dict[str, Any]:
    """A screening of the whole school, which xu held."""
    told = {
        "scale": "MHT",
        "about": "全校",
        "organiser": "许安",
        "took": 4,
        "red": 0,
        "orange": 1,
        "yellow": 0,
        "blue": 0,
        "on": TODAY,
    }
    made = Screening.objects.everywhere(why="a sample").first() or hold_screening(
        world.scope("xu"), id=new_id(), school=world.schools["青河县"].pk, **told
    )
    return {"pk": made.pk}


def lin_screened(world: World) -> dict[str, Any]:
    """What it found of lin."""
    held = Screening.objects.everywhere(why="a sample").get(pk=a_screening(world)["pk"])
    made = ScreenResult.objects.everywhere(why="a sample").first() or add_result(
        world.scope("xu"), held, world.children["lin"], grade="orange", score="38", talk=""
    )
    return {"pk": made.pk}


def stairs(world: World) -> dict[str, Any]:
    """A broken step, which zhao is to mend."""
    told: dict[str, Any] = {
        "sort": "building",
        "level": "plain",
        "words": "台阶崩缺",
        "measure": "补水泥",
        "where": "东侧楼梯",
    }
    days = {"found_on": TODAY, "due_on": TODAY + timedelta(days=3)}
    school, zhao = world.schools["青河县"].pk, world.users["zhao"].pk
    return {"pk": report_place(world.scope("zhou"), id=new_id(), school=school, owner=zhao, **days, **told).pk}


def this_month(world: World) -> dict[str, Any]:
    """The report of November."""
    return stone_bridge(world) | {"year": 2026, "month": 11}


def search_for_chenhao(world: World) -> dict[str, Any]:
    """A night on which he was not in bed."""
    return {"pk": begin_search(world.scope("zheng"), world.children["chenhao"]).pk}


SAMPLES: Samples = {
    "incidents": (nothing, RECORDERS - {"xu"}),
    "incident-new": (nothing, RECORDERS - {"xu"}),
    "incident": (lin_fell, OWN | {"sun"}),
    "settings-incidents": (nothing, frozenset({"wang", "li", "wu", "feng"})),
    "screening": (nothing, frozenset({"xu"})),
    "screening-new": (nothing, frozenset({"xu"})),
    "screening-show": (a_screening, frozenset({"xu"})),
    "screening-result": (lin_screened, frozenset({"xu"})),
    "hazards": (nothing, WORKERS),
    "hazard-new": (nothing, WORKERS),
    "hazard-home": (nothing, RECORDERS - {"zheng"}),
    "hazard": (stairs, HERE),
    "ledgers": (nothing, STAFF),
    "ledger": (lambda world: {"code": "hazards"}, GUIDES),
    "slip": (lambda world: a_meeting(world) | {"code": "minutes"}, HERE),
    "schooling": (nothing, CENSUS),
    "schooling-new": (nothing, CENSUS),
    "schooling-case": (lin_away, OWN),
    "schooling-month": (this_month, LEADERS),
    "health": (nothing, RECORDERS - {"xu"}),
    "health-money": (nothing, RECORDERS - {"xu"}),
    "health-new": (nothing, RECORDERS - {"xu"}),
    "health-check": (lambda world: klass_31(world) | {"turn": "morning"}, OWN),
    "health-case": (lin_ill, OWN | {"sun"}),
    "dormitory": (nothing, WARDENS | {"feng"}),
    "dormitory-house": (boys_house, WARDENS),
    "dormitory-bed": (boys_house, WARDENS),
    "dormitory-begin": (boys_house, WARDENS),
    "dormitory-night": (roll_call, WARDENS),
    "dormitory-mark": (roll_call, WARDENS),
    "dormitory-child": (chenhao, WARDENS),
    "dormitory-note": (chenhao, WARDENS),
    "dormitory-seek": (chenhao, WARDENS),
    "dormitory-search": (search_for_chenhao, WARDENS),
}
