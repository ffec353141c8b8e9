"""Sample arguments of people, posts, settings and the first pages."""

from typing import Any

from oasis.people.approvals import ask_factor_removal
from tests.house.samples.cast import LEADERS, NAMED, OWN, STAFF, VETTERS, WANG, Samples, klass_31, nothing
from tests.world import World


def zhao(world: World) -> dict[str, Any]:
    """The account of zhao, a teacher of the school that wang administers."""
    return {"pk": world.users["zhao"].pk}


def zhao_post(world: World) -> dict[str, Any]:
    """The post of zhao."""
    return {"pk": world.users["zhao"].posts.get().pk}


def autumn_term(world: World) -> dict[str, Any]:
    """The term of the school that wang administers."""
    return {"pk": world.terms["青河县"].pk}


def visits(world: World) -> dict[str, Any]:
    """The visits of mid-term."""
    return {"code": "visit-2"}


def factor_off(world: World) -> dict[str, Any]:
    """The administrator's asking to lift the dean's second factor."""
    return {"pk": ask_factor_removal(world.scope("wang"), user=world.users["wu"], purpose="手机丢了").pk}


SAMPLES: Samples = {
    "settings-backup": (nothing, WANG),
    "trail": (nothing, LEADERS | {"feng"}),
    "trail-audit": (lambda world: {"year": 2026}, LEADERS | {"feng"}),
    "trail-proof": (nothing, LEADERS | {"feng"}),
    "settings-checks": (nothing, VETTERS),
    "settings-check": (zhao, frozenset({"li", "wang"})),
    "settings-check-outsider": (nothing, VETTERS),
    "settings-checks-set": (nothing, VETTERS),
    "mine": (nothing, STAFF),
    "mine-theme": (nothing, STAFF),
    "mine-sessions": (nothing, STAFF),
    "mine-session-end": (nothing, STAFF),
    "approvals": (nothing, STAFF),
    "approval-read": (nothing, STAFF),
    "klass-stand-in": (klass_31, OWN),
    "klass-stand-in-end": (klass_31, OWN),
    "approval-decide": (factor_off, LEADERS | {"feng"}),
    "settings-access": (nothing, WANG),
    "settings-person-factor": (zhao, WANG),
    "settings-person-sign-out": (zhao, WANG),
    "first-steps": (nothing, WANG),
    "settings-school": (nothing, WANG),
    "settings-terms": (nothing, WANG),
    "settings-term-new": (nothing, WANG),
    "settings-term": (autumn_term, WANG),
    "settings-term-day-drop": (autumn_term, WANG),
    "settings-classes": (nothing, WANG),
    "settings-class-drop": (klass_31, WANG),
    "settings-people": (nothing, WANG),
    "settings-person-new": (nothing, WANG),
    "settings-person": (zhao, WANG),
    "settings-person-post": (zhao, WANG),
    "settings-person-reset": (zhao, WANG),
    "settings-person-switch": (zhao, WANG),
    "settings-post-end": (zhao_post, WANG),
    "today": (nothing, STAFF | {"du"}),  # the inspector is led to her own page
    "today-around": (nothing, STAFF),
    "klasses": (nothing, frozenset({"zhao", "qian", "sun", "li", "wu", "feng", "chen", "xu"})),
    "klass": (klass_31, frozenset({"zhao", "li", "wu"})),
    "klass-duty": (visits, NAMED - {"zhou"}),
    "settings-cadences": (nothing, frozenset({"wang", "li", "wu", "feng"})),
    "settings-cadence": (visits, frozenset({"wang", "li", "wu", "feng"})),
    "settings-keeping": (nothing, LEADERS | {"feng"}),
    "settings-keeping-confirm": (nothing, LEADERS | {"feng"}),
    "settings-law": (nothing, LEADERS | {"feng"}),
    "settings-law-text": (nothing, LEADERS | {"feng"}),
    "settings-law-document": (lambda world: {"code": "record"}, LEADERS | {"feng"}),
}
