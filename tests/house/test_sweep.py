"""Every route against every stranger: what is out of sight is 404, and a log-in page to the unknown."""

from collections.abc import Callable

import pytest
from django.test import Client
from django.urls import URLPattern, get_resolver, reverse

from oasis.desk.routes import ROUTES
from oasis.people.gate import Passed
from tests.house.samples import SAMPLES
from tests.world import World

GUARDED = [route for route in ROUTES if route.callback.passed.need is not None]  # type: ignore[attr-defined]
OURS = frozenset({"account", "mfa"})


def test_every_route_came_through_the_gate() -> None:
    patterns = [p for p in get_resolver().url_patterns if isinstance(p, URLPattern)]
    assert patterns == list(ROUTES)
    assert all(isinstance(getattr(p.callback, "passed", None), Passed) for p in patterns)


def test_every_route_has_a_sample() -> None:
    names = {route.name for route in GUARDED}
    assert names == SAMPLES.keys()


@pytest.mark.parametrize("name", sorted(SAMPLES))
def test_only_those_named_see_the_page(name: str, world: World, at_work: Callable[[str], Client]) -> None:
    arguments, allowed = SAMPLES[name]
    address = reverse(name, kwargs=arguments(world))
    answers = {who: at_work(who).get(address).status_code for who in world.users}
    seen = {who for who, status in answers.items() if status != 404}
    assert seen == allowed
    assert all(answers[who] in (200, 302, 405) for who in allowed), answers


@pytest.mark.parametrize("name", sorted(SAMPLES))
def test_a_stranger_is_asked_to_log_in(name: str, world: World) -> None:
    address = reverse(name, kwargs=SAMPLES[name][0](world))
    answer = Client().get(address)
    assert answer.status_code == 302
    assert answer["Location"].startswith("/account/login/")
