"""Whose eyes look at a roster."""

import pytest

from oasis.people.scope import Scope
from oasis.places.models import School
from tests.world import World


@pytest.fixture
def li(world: World) -> Scope:
    School.objects.filter(pk=world.schools["青河县"].pk).update(demo=True)
    return world.scope("li")


@pytest.fixture
def zhao(world: World, li: Scope) -> Scope:
    return world.scope("zhao")
