"""The frame of the desk: addresses, icons, the ways through it, pages for errors."""

import re
from pathlib import Path

import pytest
from django.template.loader import get_template
from django.test import Client, RequestFactory
from django.urls import reverse

from oasis.desk import nav
from oasis.desk.jinja import address_patterns, url
from tests.world import World

ROOT = Path(__file__).resolve().parents[2]
DESK = ROOT / "src/oasis/desk"
ICON = re.compile(r"""icon\("([a-z0-9-]+)"\)""")


def test_url_gives_what_django_gives() -> None:
    assert url("account_login") == reverse("account_login")
    assert url("children", query={"after": "甲 乙"}) == reverse("children") + "?after=%E7%94%B2+%E4%B9%99"
    assert address_patterns("no-such-route", "oasis.config.urls") == ()


def test_every_icon_named_is_on_the_list() -> None:
    listed = set((ROOT / "tools/icons.txt").read_text().split("\n"))
    for path in (DESK / "templates").rglob("*.html"):
        assert set(ICON.findall(path.read_text())) <= listed, path.name
    assert {place.icon for place in (*nav.PLACES, nav.MINE, *nav.SETTINGS)} <= listed


@pytest.mark.parametrize("name", ["400", "403", "404", "500", "403_csrf"])
def test_error_pages_need_no_log_in_and_no_database(name: str) -> None:
    text = get_template(f"{name}.html").render()
    assert "<h1>" in text
    assert get_template(f"{name}.html").render({}, RequestFactory().get("/"))


def test_the_log_in_page_is_open_and_in_chinese(db: None) -> None:
    answer = Client().get(reverse("account_login"))
    assert answer.status_code == 200
    assert "忘记密码时，请找管理员重置" in answer.content.decode()


def test_the_sidebar_shows_only_what_a_post_opens(world: World) -> None:
    seen = {place.route for place in nav.places_for(world.scope("zheng"))}
    assert "children" in seen
    assert "intake" not in seen


def test_the_current_entry_is_the_longest_match() -> None:
    places = list(nav.PLACES)
    assert nav.place_at(places, "children") == "children"
    assert nav.place_at(places, "child-edit") == "children"
    assert nav.place_at(places, "account_login") == ""


def test_pages_never_name_what_ui_7_forbids() -> None:
    for path in (DESK / "templates").rglob("*.html"):
        title = re.search(r"{% block title %}(.*?){% endblock", path.read_text())
        assert not title or "留守" not in title[1]
