"""Log-in: by invitation only, noted, and a first password must be changed."""

import pytest
from django.test import Client

from oasis.people import actions
from oasis.people.entrance import use_code
from oasis.people.models import Trail, User
from tests.world import PASSWORD, World

WHY = "lines of the house belong to no school"


def house() -> list[str]:
    return list(
        Trail.objects.everywhere(why=WHY)
        .filter(deed__startswith="login")
        .order_by("seq")
        .values_list("deed", flat=True)
    )


def test_a_login_and_a_failed_one_are_noted(world: World) -> None:
    client = Client()
    client.post("/account/login/", {"login": "zhao", "password": "wrong"})
    client.post("/account/login/", {"login": "zhao", "password": PASSWORD})
    assert house() == ["login.failed", "login"]
    assert client.get("/children/").status_code == 200


def test_nobody_signs_up(world: World) -> None:
    before = User.objects.count()
    Client().post("/account/signup/", {"username": "neu", "password1": PASSWORD, "password2": PASSWORD})
    assert User.objects.count() == before


def test_a_first_password_must_be_changed(world: World) -> None:
    User.objects.filter(username="zhao").update(must_change_password=True)
    client = Client()
    client.post("/account/login/", {"login": "zhao", "password": PASSWORD})
    assert client.get("/children/")["Location"] == "/account/password/change/"
    new = "柳树湾的春天2026"
    client.post("/account/password/change/", {"oldpassword": PASSWORD, "password1": new, "password2": new})
    assert client.get("/children/").status_code == 200


def newly(world: World) -> tuple[Client, str]:
    """Give a client that came in with a one-time password, and that password."""
    password = actions.reset_password(world.scope("wang"), user=world.users["zhao"]).password
    client = Client()
    client.post("/account/login/", {"login": "zhao", "password": password})
    return client, password


def test_a_one_time_password_ends_with_its_first_log_in(world: World) -> None:
    first, password = newly(world)
    second = Client()
    page = second.post("/account/login/", {"login": "zhao", "password": password}, follow=True)
    assert "已经用过或者过期" in page.text
    assert second.get("/account/password/change/")["Location"].startswith("/account/login/")
    new = "柳树湾的春天2026"
    assert "oldpassword" not in first.get("/account/password/change/").text, "it has just been typed"
    first.post("/account/password/change/", {"password1": new, "password2": new})
    assert first.get("/children/").status_code == 200
    again = actions.reset_password(world.scope("wang"), user=world.users["zhao"]).password
    second.post("/account/login/", {"login": "zhao", "password": again})
    assert second.get("/account/password/change/").status_code == 200


def test_a_password_of_ones_own_is_asked_for_before_another_takes_its_place(world: World) -> None:
    client = Client()
    client.post("/account/login/", {"login": "zhao", "password": PASSWORD})
    assert "oldpassword" in client.get("/account/password/change/").text
    new = "柳树湾的春天2026"
    client.post("/account/password/change/", {"password1": new, "password2": new})
    assert User.objects.get(username="zhao").check_password(PASSWORD)


def test_of_two_log_ins_at_once_one_uses_the_code(world: World) -> None:
    actions.reset_password(world.scope("wang"), user=world.users["zhao"])
    here, there = User.objects.get(username="zhao"), User.objects.get(username="zhao")
    assert [use_code(here), use_code(there)] == [True, False]


def test_the_one_time_password_is_no_new_password(world: World) -> None:
    client, password = newly(world)
    told = {"oldpassword": password, "password1": password, "password2": password}
    assert "另想一个" in client.post("/account/password/change/", told).text
    assert User.objects.get(username="zhao").must_change_password


@pytest.mark.parametrize(
    "path", ["/", "/account/mfa/", "/account/mfa/totp/activate/", "/account/mfa/webauthn/add/",
             "/account/mfa/recovery-codes/", "/account/reauthenticate/", "/mine/sessions/", "/nowhere/"],
)  # fmt: skip
def test_until_the_password_is_changed_every_other_page_is_shut(path: str, world: World) -> None:
    client, _password = newly(world)
    for answer in (client.get(path), client.post(path)):
        assert (answer.status_code, answer["Location"]) == (302, "/account/password/change/")
    assert client.get(path, headers={"HX-Request": "true"})["HX-Redirect"] == "/account/password/change/"
    assert client.post("/account/logout/").status_code == 302
    assert client.get("/account/password/change/").status_code == 302


def test_no_script_from_elsewhere(world: World) -> None:
    policy = Client().get("/account/login/")["Content-Security-Policy"]
    assert "default-src 'self'" in policy
    assert "unsafe" not in policy
