"""Fixtures of the suite: one world, built once a session, rolled back for each test."""

import os
import pickle
from collections.abc import Callable, Iterator
from typing import Any

import pytest
import time_machine
from django.db import connection
from django.test import Client

from oasis.kit import keys
from tests import world as cast

BUILT: list[bytes] = []  # pickled: taken out six times as fast as copied
ASKS_DATABASE = {"db", "transactional_db"}
LONG = ("storm", "config")  # rooms whose tests start programs: they begin first, so that no worker ends alone with them


@pytest.hookimpl(trylast=True)
def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Put the long tests first, and keep the order within a room; leave out on a second engine what touches none."""
    if os.environ.get("DATABASE_URL"):
        items[:] = [item for item in items if asks_database(item)]
    place = {name: number for number, name in enumerate(LONG)}
    items.sort(key=lambda item: place.get(item.path.parent.name, len(LONG)))


def asks_database(item: pytest.Item) -> bool:
    """Tell whether a test reads or writes the database."""
    asked = ASKS_DATABASE & set(getattr(item, "fixturenames", ()))
    return bool(asked) or item.get_closest_marker("django_db") is not None


@pytest.fixture(scope="session")
def django_db_setup(django_db_setup: Any, django_db_blocker: Any) -> None:
    """Build the world once, outside any test's transaction, on the first day of the term."""
    with django_db_blocker.unblock(), time_machine.travel("2026-09-01T01:00:00+00:00"):
        keys.ensure(connection)
        BUILT[:] = [pickle.dumps(cast.build())]


@pytest.fixture
def world(db: None) -> cast.World:
    """The cast; a copy, so that a test may change its rows freely."""
    made: cast.World = pickle.loads(BUILT[0])
    return made


@pytest.fixture(autouse=True)
def _frozen(request: pytest.FixtureRequest) -> Iterator[None]:
    """Every test happens on 23 November 2026 at ten in the morning in China, unless it drives a browser."""
    if request.node.get_closest_marker("browser"):
        yield
        return
    with time_machine.travel(cast.NOW, tick=False):
        yield


@pytest.fixture
def steps(settings: Any) -> None:
    """Let Django see the migrations, which the tests' own database was made without."""
    settings.MIGRATION_MODULES = {}


@pytest.fixture
def login(world: cast.World) -> Callable[[str], Client]:
    """Give a client logged in as somebody of the cast."""

    def as_user(who: str) -> Client:
        client = Client()
        client.force_login(world.users[who])
        return client

    return as_user
