"""How many queries the main screens take, besides session, user and scope: a checked-in file that may only change on purpose.

After a change that is meant: REFRESH_COUNTS=1 pytest tests/house/test_query_counts.py, then look at the difference.
"""

import json
import os
from collections.abc import Callable
from pathlib import Path

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from oasis.children.actions.files import open_file
from oasis.children.actions.status import set_status
from oasis.kit.ids import new_id
from oasis.records.models import Record
from tests.house.samples import SAMPLES
from tests.world import BEGAN, TODAY, World

FILE = Path(__file__).with_name("query_counts.json")
BASE = 3  # session, user, scope
MOST = 6  # perf.md 7, for the pages of the main job
MAIN = ("today", "klass", "klass-duty", "child", "children", "record-new")
TRANSACTION = ("BEGIN", "COMMIT", "SAVEPOINT", "RELEASE", "SELECT pg_advisory_xact_lock")  # the lock: PostgreSQL only
# "route who query": who opens which screen; add yours, then refresh. The arguments come from tests/house/samples.
PAGES = (
    "today zhao",
    "today-around zhao",
    "today sun",
    "today li",
    "today zheng",
    "today zhou",
    "klass zhao view=term",
    "klass zhao",
    "klasses li",
    "klass-assess li",
    "klass-assess-list zhao",
    "klass-assess-child zhao",
    "klass-assess-picture li",
    "child-help zhao",
    "klass-levels zhao",
    "klass-levels li",
    "child-plan zhao",
    "alerts zhao",
    "alert zhao",
    "child-growth zhao",
    "klass-exam zhao",
    "klasses sun",
    "klass-duty zhao",
    "klass-duty li term=1",
    "children zhao",
    "child zhao",
    "child sun",
    "child-file zhao",
    "child-records zhao",
    "record zhao",
    "record-new zhao",
    "calls zhao",
    "klass-census-list zhao",
    "klass-census-child zhao",
    "school li",
    "papers zhao",
    "settings-template li",
    "paper-template zhao",
    "school zhao",
    "school-classes li",
    "school-work li",
    "school-daily li",
    "figure li",
)
REFRESH = bool(os.environ.get("REFRESH_COUNTS"))


def asked(page: str, world: World, login: Callable[[str], Client]) -> list[str]:
    """Give the queries of one page, session, user and scope among them."""
    name, who, *query = page.split()
    client, address = login(who), reverse(name, kwargs=SAMPLES[name][0](world))
    client.get(reverse("mine"))  # the first page of a minute asks what holds for the log-in
    with CaptureQueriesContext(
        connection,
    ) as seen:
        answer = client.get(address + "?" + "".join(query))
    assert answer.status_code == 200, page
    return [query["sql"] for query in seen.captured_queries if not query["sql"].startswith(TRANSACTION)]


def counted(page: str, world: World, login: Callable[[str], Client]) -> int:
    """Count the queries of one page."""
    return len(asked(page, world, login)) - BASE


@pytest.fixture(scope="module")
def kept() -> dict[str, int]:
    """The checked-in counts."""
    return json.loads(FILE.read_text()) if FILE.exists() else {}


@pytest.mark.parametrize("page", PAGES)
def test_a_page_takes_the_queries_it_took(
    page: str, kept: dict[str, int], world: World, login: Callable[[str], Client]
) -> None:
    number = counted(page, world, login)
    if REFRESH:
        FILE.write_text(
            json.dumps(
                {**json.loads(FILE.read_text() if FILE.exists() else "{}"), page: number}, indent=2, sort_keys=True
            )
            + "\n"
        )
        return
    assert number == kept[page]
    assert number <= MOST or page.split(maxsplit=1)[0] not in MAIN


@pytest.mark.parametrize("page", ["today zhao", "klass zhao", "klass-duty zhao", "today li"])
def test_a_larger_class_takes_no_more(page: str, world: World, login: Callable[[str], Client]) -> None:
    before = counted(page, world, login)
    scope, school = world.scope("zhao"), world.schools["青河县"]
    for n in range(12):
        child = open_file(scope, klass=world.klasses["三1"], school=school, on=BEGAN, name=f"新生{n}")
        set_status(scope, child, on=BEGAN, left_behind=2, civil=False)
        Record.objects.create(
            id=new_id(), school=school, child=child, kind="talk", happened_on=TODAY, by=world.users["zhao"]
        )
    assert counted(page, world, login) == before


@pytest.mark.parametrize("page", [page for page in PAGES if page.split(maxsplit=1)[0] in MAIN])
def test_sqlite_compiles_nothing_of_a_main_page_anew(page: str, world: World, login: Callable[[str], Client]) -> None:
    """With a LIKE and a value bound to it SQLite compiles the whole statement at every look, 1.3 ms for a child's page."""
    assert not [sql for sql in asked(page, world, login) if " LIKE '" in sql]


def test_the_file_names_no_page_that_is_gone(kept: dict[str, int]) -> None:
    assert REFRESH or set(kept) == set(PAGES)
