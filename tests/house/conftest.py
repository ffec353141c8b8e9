"""The sweeps ask every page as everybody: who asks there logged in once for the file and is in the middle of work."""

from collections.abc import Callable, Iterator
from typing import Any

import pytest
import time_machine
from django.conf import settings
from django.db import transaction
from django.test import Client
from django.urls import reverse

from oasis.people.models import User
from tests.world import NOW, World


@pytest.fixture(scope="module")
def sessions(django_db_setup: None, django_db_blocker: Any) -> Iterator[dict[str, str]]:
    """The session keys of the cast; rolled back after the file, as each test is rolled back to it."""
    name, keys = settings.SESSION_COOKIE_NAME, {}
    with django_db_blocker.unblock(), transaction.atomic():
        with time_machine.travel(NOW, tick=False):
            for user in User.objects.all():
                client = Client()
                client.force_login(user)
                client.get(reverse("mine"))  # the first page of a minute asks what holds for the log-in
                keys[user.username] = client.cookies[name].value
        yield keys
        transaction.set_rollback(True)


@pytest.fixture
def at_work(sessions: dict[str, str], world: World) -> Callable[[str], Client]:
    """Give a client in the session of somebody of the cast; `login` starts a new one."""

    def as_user(who: str) -> Client:
        client = Client()
        client.cookies[settings.SESSION_COOKIE_NAME] = sessions[who]
        return client

    return as_user
