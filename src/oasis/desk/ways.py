"""The list of ways beside a page and at a phone's foot: drawn once for each set of entries, not at every look."""

from dataclasses import dataclass
from functools import lru_cache
from typing import Any

from django.template import engines
from markupsafe import Markup

from oasis.desk.nav import MINE, Place, place_at, places_for, settings_for
from oasis.people.scope import Scope


@dataclass(frozen=True, slots=True)
class Ways:
    """What the frame of a page shows of them; `mine` and `mine_here` stand for the person's own page."""

    beside: Markup
    foot: Markup
    mine: bool
    mine_here: bool


def ways_for(scope: Scope | None, route: str) -> Ways:
    """Give the ways that a person's posts open, the one to `route` marked as the current one."""
    return _drawn(tuple(places_for(scope)), tuple(settings_for(scope)), route)


@lru_cache(maxsize=1000)
def _drawn(places: tuple[Place, ...], settings: tuple[Place, ...], route: str) -> Ways:
    here, there = place_at(list(places), route), place_at(list(settings), route)
    engine: Any = engines["jinja2"]  # Jinja2's, which has an environment
    module = engine.env.get_template("ui/ways.html").module
    told = (places, settings, here, there)
    mine = MINE in places
    return Ways(module.beside(*told), module.foot(*told), mine, mine and here == MINE.route)
