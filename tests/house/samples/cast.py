"""Who sees what, in groups, and the plainest arguments."""

from collections.abc import Callable
from typing import Any

from oasis.kit.ids import new_id
from tests.world import World

STAFF = frozenset({"zhao", "qian", "sun", "li", "wu", "zheng", "wang", "feng", "chen", "zhou", "wei", "shen", "xu"})
LEADERS = frozenset({"li", "wu"})
WRITERS = frozenset({"zhao", "qian", "li", "wu", "feng", "chen"})  # who writes and exports papers somewhere
RECORDERS = frozenset(
    {"zhao", "qian", "sun", "li", "wu", "zheng", "feng", "chen", "xu"}
)  # who writes records somewhere
WORKERS = STAFF - {"wei"}  # who works at a school
HERE = WORKERS - {"feng", "chen"}  # who works at the first school
GUIDES = LEADERS | {"feng"}  # who leads a school
NAMED = STAFF - {"wang", "wei", "shen"}  # who may see names somewhere
Arguments = Callable[[World], dict[str, Any]]


def nothing(world: World) -> dict[str, Any]:
    """No arguments."""
    return {}


def lin(world: World) -> dict[str, Any]:
    """The child of class 3(1) whose helper is sun."""
    return {"pk": world.children["lin"].pk}


def klass_31(world: World) -> dict[str, Any]:
    """Class 3(1)."""
    return {"pk": world.klasses["三1"].pk}


def guided(world: World) -> dict[str, Any]:
    """What a leader's act of the first school begins with."""
    return {"scope": world.scope("wu"), "id": new_id(), "school": world.schools["青河县"].pk}


WANG = frozenset({"wang"})


def lin_and(**more: str) -> Arguments:
    """Lin, and a word."""
    return lambda world: lin(world) | more


def stone_bridge(world: World) -> dict[str, Any]:
    """The first school."""
    return {"pk": world.schools["青河县"].pk}


VETTERS = frozenset({"li", "wang", "feng"})  # who sees that staff are checked every year
TOLD = frozenset({"shen", "li"})  # who is named in that report
OWN = frozenset({"zhao", "li", "wu"})  # who writes lin's file
READERS = OWN | {"sun", "xu"}
CENSUS = OWN | {"qian", "feng", "chen"}  # who writes files somewhere
STORE = frozenset({"zhou", "li", "wu"})  # who keeps the goods of the first school
WARDENS = frozenset({"zheng", "li", "wu"})  # who looks after the boarding house of the first school
SETTERS = frozenset({"wang", "li", "wu"})  # who sets up the first school
Samples = dict[str, tuple[Arguments, frozenset[str]]]
