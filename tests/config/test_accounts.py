"""Log-in: by invitation only, noted, and a first password must be changed."""

from django.test import Client

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


def test_no_script_from_elsewhere(world: World) -> None:
    policy = Client().get("/account/login/")["Content-Security-Policy"]
    assert "default-src 'self'" in policy
    assert "unsafe" not in policy
