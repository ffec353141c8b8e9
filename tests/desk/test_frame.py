"""The frame of the desk: addresses, icons, the ways through it, pages for errors."""

import re
from pathlib import Path
from uuid import UUID

import pytest
from allauth.mfa.totp.internal.auth import format_hotp_value, hotp_value, yield_hotp_counters_from_time
from django.template.loader import get_template
from django.test import Client, RequestFactory
from django.urls import reverse

from oasis.desk import nav
from oasis.desk.jinja import address_patterns, url
from oasis.desk.ways import ways_for
from tests.world import PASSWORD, World

ROOT = Path(__file__).resolve().parents[2]
DESK = ROOT / "src/oasis/desk"
ICON = re.compile(r"""icon\("([a-z0-9-]+)"\)""")


def test_url_gives_what_django_gives() -> None:
    assert url("account_login") == reverse("account_login")
    assert url("children", query={"after": "甲 乙"}) == reverse("children") + "?after=%E7%94%B2+%E4%B9%99"
    assert url("child", pk=UUID(int=7)) == reverse("child", kwargs={"pk": UUID(int=7)})
    assert url("klass-growth", UUID(int=7), "a/b 甲") == reverse("klass-growth", args=[UUID(int=7), "a-b"]).replace(
        "a-b", "a/b%20%E7%94%B2"
    )
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


def test_the_ways_drawn_once_are_each_person_s_and_each_page_s_own(world: World) -> None:
    zhao, zheng = world.scope("zhao"), world.scope("zheng")
    for _time in range(2):
        drawn = {
            (scope.name, route): ways_for(scope, route)
            for scope in (zhao, zheng)
            for route in ("children", "record", "mine")
        }
        for (_name, route), ways in drawn.items():
            current = re.findall(r'href="([^"]*)" aria-current="page"', ways.beside)
            assert current == ([] if route == "mine" else [reverse(route)])
            assert ways.mine_here == (route == "mine")
        assert reverse("papers") in drawn[zhao.name, "children"].beside
        assert reverse("papers") not in drawn[zheng.name, "children"].beside
        assert drawn[zhao.name, "record"].foot.count("aria-current") == 1


def test_the_current_entry_is_the_longest_match() -> None:
    places = list(nav.PLACES)
    assert nav.place_at(places, "children") == "children"
    assert nav.place_at(places, "child-edit") == "children"
    assert nav.place_at(places, "account_login") == ""


def test_pages_never_name_what_ui_7_forbids() -> None:
    for path in (DESK / "templates").rglob("*.html"):
        title = re.search(r"{% block title %}(.*?){% endblock", path.read_text())
        assert not title or "留守" not in title[1]


@pytest.mark.parametrize(
    "address", ["signup", "email", "password/reset", "password/set", "confirm-email", "login/code/confirm"]
)
def test_a_closed_school_has_no_sign_up_and_no_mail(address: str, db: None) -> None:
    assert Client().get(f"/account/{address}/").status_code == 404


def test_a_log_in_says_nothing_and_so_clears_no_draft(world: World) -> None:
    given = {"login": "zhao", "password": PASSWORD, "next": "/mine/"}
    page = Client().post(reverse("account_login"), given, follow=True).content.decode()
    assert "赵明霞" in page
    assert "data-done" not in page


@pytest.mark.parametrize("route", ["mfa_index", "mfa_activate_totp", "account_change_password", "account_logout"])
def test_the_pages_about_one_s_log_in_are_ours(route: str, world: World) -> None:
    client = Client()
    client.post(reverse("account_login"), {"login": "zhao", "password": PASSWORD})
    answer = client.get(reverse(route), follow=True)
    assert answer.status_code == 200
    assert 'class="entrance"' in answer.content.decode()


def test_the_second_step_is_turned_on_asked_for_and_off(world: World) -> None:
    client = Client()
    client.post(reverse("account_login"), {"login": "zhao", "password": PASSWORD})
    asked = client.get(reverse("mfa_activate_totp"), follow=True).content.decode()
    assert "请先证明是您本人" in asked
    client.post(
        reverse("account_reauthenticate"), {"password": PASSWORD, "next": reverse("mfa_activate_totp")}, follow=True
    )
    secret = client.session["mfa.totp.secret"]
    client.post(reverse("mfa_activate_totp"), {"code": code_of(secret)})
    codes = client.get(reverse("mfa_view_recovery_codes")).content.decode()
    spare = re.search(r'<p class="secret">(\w+)<br>', codes)
    assert spare
    other = Client()
    answer = other.post(reverse("account_login"), {"login": "zhao", "password": PASSWORD}, follow=True)
    assert "第二步验证" in answer.content.decode()
    other.post(reverse("mfa_authenticate"), {"code": spare[1]})
    assert "已开启" in other.get(reverse("mine")).content.decode()
    assert client.get(reverse("mfa_generate_recovery_codes")).status_code == 200
    client.post(reverse("mfa_deactivate_totp"))
    assert "未开启" in client.get(reverse("mine")).content.decode()


def code_of(secret: str) -> str:
    return format_hotp_value(hotp_value(secret, next(yield_hotp_counters_from_time())))


def test_a_stale_form_is_answered_in_chinese(db: None) -> None:
    answer = Client(enforce_csrf_checks=True).post(reverse("account_login"), {"login": "x", "password": "y"})
    assert answer.status_code == 403
    assert "页面放得太久了" in answer.content.decode()
