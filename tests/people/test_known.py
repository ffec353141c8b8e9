"""Every request finds its session and account anew: what has run out, or was closed, opens nothing."""

from collections.abc import Callable
from datetime import timedelta

from django.contrib.sessions.models import Session
from django.test import Client
from django.urls import reverse

from oasis.kit.dates import now
from tests.world import World


def test_a_session_that_has_run_out_opens_nothing(world: World, login: Callable[[str], Client]) -> None:
    client = login("zhao")
    assert client.get(reverse("mine")).status_code == 200
    Session.objects.update(expire_date=now() - timedelta(seconds=1))
    assert client.get(reverse("mine")).status_code == 302


def test_an_account_that_was_closed_opens_nothing(world: World, login: Callable[[str], Client]) -> None:
    client = login("zhao")
    client.get(reverse("mine"))
    user = world.users["zhao"]
    user.is_active = False
    user.save()
    assert client.get(reverse("mine")).status_code == 302


def test_a_session_nobody_knows_opens_nothing(world: World, login: Callable[[str], Client]) -> None:
    client = login("zhao")
    client.get(reverse("mine"))
    Session.objects.all().delete()
    assert client.get(reverse("mine")).status_code == 302
