"""A forgotten password by mail, only where a mail server is configured."""

import importlib
import re
from collections.abc import Iterator
from typing import Any

import pytest
from django.core import mail as box
from django.test import Client
from django.urls import clear_url_caches

from oasis.config import urls
from oasis.config.mail import mail
from oasis.people.looks import loud
from oasis.people.models import Trail, User
from tests.world import TODAY, World


@pytest.fixture
def with_mail(settings: Any) -> Iterator[None]:
    """The routes as they are where OASIS_MAIL is set."""
    settings.OASIS_MAIL = "smtp://u:p@mail.example"
    importlib.reload(urls)
    clear_url_caches()
    yield
    settings.OASIS_MAIL = ""
    importlib.reload(urls)
    clear_url_caches()


def test_an_address_becomes_settings() -> None:
    told = mail("smtps://oasis%40a.cn:ge%2Fheim@mail.example", "")
    assert (told["EMAIL_HOST"], told["EMAIL_PORT"], told["EMAIL_USE_SSL"]) == ("mail.example", 465, True)
    assert told["EMAIL_HOST_PASSWORD"] == "ge/heim"
    assert told["DEFAULT_FROM_EMAIL"] == "oasis@a.cn"
    with pytest.raises(ValueError, match="scheme"):
        mail("http://x", "")


@pytest.mark.usefixtures("with_mail")
def test_a_link_by_mail_gives_a_new_password_and_is_noted(world: World) -> None:
    User.objects.filter(username="zhao").update(email="zhao@school.example")
    client = Client()
    assert "请查收邮件" in client.post("/account/password/reset/", {"email": "zhao@school.example"}, follow=True).text
    link = re.search(r"https?://testserver(/\S+)", box.outbox[0].body)
    assert link
    page = client.get(link[1], follow=True)
    new = "柳树湾的春天2026"
    done = client.post(page.redirect_chain[-1][0], {"password1": new, "password2": new}, follow=True)
    assert "密码已换好" in done.text
    assert User.objects.get(username="zhao").check_password(new)
    assert Trail.objects.everywhere(why="a test").filter(deed="password.mail").exists()
    assert not loud(world.scope("li"), TODAY), "a teacher's own doing, as with a reset by the administrator"
    assert "链接已失效" in Client().get(link[1], follow=True).text


@pytest.mark.usefixtures("with_mail")
def test_an_unknown_address_gets_the_same_answer_and_no_mail(world: World) -> None:
    assert "请查收邮件" in Client().post("/account/password/reset/", {"email": "x@y.example"}, follow=True).text
    assert not box.outbox


@pytest.mark.usefixtures("with_mail")
@pytest.mark.parametrize("who", ["li", "wu"])
def test_leaders_hear_of_a_leader_s_password_reset_by_mail_also_she_herself(who: str, world: World) -> None:
    User.objects.filter(username="li").update(email="li@school.example")
    client, new = Client(), "柳树湾的春天2026"
    client.post("/account/password/reset/", {"email": "li@school.example"})
    link = re.search(r"https?://testserver(/\S+)", box.outbox[0].body)
    assert link
    page = client.get(link[1], follow=True)
    client.post(page.redirect_chain[-1][0], {"password1": new, "password2": new})
    assert [one.words for one in loud(world.scope(who), TODAY)] == ["李建国的密码用邮件重设过"]
