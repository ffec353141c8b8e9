"""Every line the trail may hold is said in words: no route's name, no code is left for a principal to read."""

import re
from collections.abc import Callable

import pytest
from django.test import Client
from django.urls import reverse

from oasis.desk.routes import ROUTES
from oasis.desk.trail_words import said
from oasis.people.models import Trail
from tests.house.samples import SAMPLES
from tests.house.test_sweep_writes import body
from tests.world import World

pytestmark = pytest.mark.once
CODE = re.compile(r"[A-Za-z_][A-Za-z_-]+")
FILE_OF_A_CHILD = [str(one.name) for one in ROUTES if "children/<uuid:pk>/" in str(one.pattern)]


@pytest.mark.parametrize("name", FILE_OF_A_CHILD)
def test_every_page_of_a_child_s_file_has_words(name: str) -> None:
    assert not CODE.search(said(Trail(deed="child.look", detail=name))), "give it words in desk/trail_words.py"


@pytest.mark.parametrize("name", sorted(SAMPLES))
def test_every_line_that_is_written_is_said_in_words(name: str, world: World, login: Callable[[str], Client]) -> None:
    arguments, allowed = SAMPLES[name]
    address = reverse(name, kwargs=arguments(world))
    client = login(min(allowed & {"li", "zhao"} or allowed))
    client.get(address)
    client.post(address, body(world))
    for line in Trail.objects.everywhere(why="a test reads the trail"):
        assert not CODE.search(said(line)), (line.deed, line.detail)
