"""Every screen a role can reach from its menus: it answers, fits a phone, has no barriers, says nothing to the console."""

from collections.abc import Callable

import pytest
from playwright.sync_api import Page

from tests.browser.crawl import Walk

Enter = Callable[..., Page]
Violations = Callable[[Page], list[str]]
DEMO = ("banzhuren", "xiaozhang", "bangfu", "guanli", "dezhu", "shengguan", "xinli", "fudaoyuan", "keren", "xianju")


@pytest.fixture(scope="module")
def audited() -> dict[str, int]:
    """How many people's walks have shown each kind of page to axe-core."""
    return {}


@pytest.mark.parametrize("username", DEMO)
def test_every_screen_of_the_role_is_sound(
    username: str, village: str, enter: Enter, violations: Violations, audited: dict[str, int]
) -> None:
    walk = Walk(enter(village, username), village, violations, audited)
    walk.go()
    assert not walk.faults, "\n".join(walk.faults)
