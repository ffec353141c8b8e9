"""The same press arriving twice at the same moment, and two people correcting at once: on PostgreSQL, for real."""

from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from threading import Barrier
from typing import Any
from uuid import UUID

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from oasis.kit.ids import new_id
from oasis.people.models import Trail
from oasis.records.actions import Conflict, Parted, correct_record, withdraw, write_record
from oasis.records.models import Record, Version
from tests.world import TODAY, World

pytestmark = pytest.mark.skipif(connection.vendor != "postgresql", reason="SQLite writes one after another anyway")
TALK = {"happened_on": str(TODAY), "summary": "聊了聊最近的学习", "reason": "daily"}
Acts = Callable[[], Any]


def at_once(*acts: Acts) -> list[Any]:
    """Run acts in threads of their own, each with its own connection, let go at the same moment."""
    gate = Barrier(len(acts))

    def run(act: Acts) -> Any:
        gate.wait()
        try:
            return act()
        except (Conflict, Parted) as refused:
            return refused
        finally:
            connection.close()

    with ThreadPoolExecutor(len(acts)) as pool:
        return list(pool.map(run, acts))


@pytest.fixture
def committed(world: World) -> Iterator[UUID]:
    """Give an id whose rows other connections commit, and clear them away afterwards."""
    key = new_id()
    yield key

    def clear() -> None:
        rows = Record.objects.everywhere(why="a test clears what its threads committed")
        rows.filter(group=key).delete()
        rows.filter(pk=key).delete()
        Trail.objects.everywhere(why="a test clears what its threads committed").filter(
            deed__startswith="record."
        ).delete()

    at_once(clear)


def test_one_record_comes_of_presses_at_the_same_moment(world: World, committed: UUID) -> None:
    scope, both = world.scope("zhao"), [world.children["lin"], world.children["yang"]]
    results = at_once(
        *[lambda: write_record(scope, id=committed, kind="talk", children=both, fields=TALK) for _ in range(6)]
    )
    assert {tuple(sorted(row.pk for row in rows)) for rows in results} == {tuple(sorted(r.pk for r in results[0]))}
    assert Record.objects.everywhere(why="the test counts what was committed").filter(group=committed).count() == 2


def test_an_act_taken_back_from_both_its_rows_at_once_is_taken_back_once(world: World, committed: UUID) -> None:
    scope, both = world.scope("zhao"), [world.children["lin"], world.children["yang"]]
    (rows,) = at_once(lambda: write_record(scope, id=committed, kind="talk", children=both, fields=TALK))
    first, second = (row.pk for row in rows)
    results = at_once(lambda: withdraw(scope, record=first), lambda: withdraw(scope, record=second))
    assert sorted(len(result) for result in results) == [0, 2]


def test_every_row_of_an_act_is_locked_before_it_is_taken_back(world: World) -> None:
    scope, both = world.scope("zhao"), [world.children["lin"], world.children["yang"]]
    first, _ = write_record(scope, id=new_id(), kind="talk", children=both, fields=TALK)
    with CaptureQueriesContext(connection) as asked:
        withdraw(scope, record=first.pk)
    locking = [line["sql"] for line in asked if "FOR UPDATE" in line["sql"] and '"records_record"' in line["sql"]]
    assert locking
    assert all('"group" =' in sql for sql in locking)


def test_an_act_corrected_from_both_its_rows_at_once_is_corrected_once(world: World, committed: UUID) -> None:
    scope, both = world.scope("zhao"), [world.children["lin"], world.children["yang"]]
    (rows,) = at_once(lambda: write_record(scope, id=committed, kind="talk", children=both, fields=TALK))
    first, second = (row.pk for row in rows)

    def correct(one: UUID, other: UUID, words: str) -> Acts:
        fields = TALK | {"summary": words}
        return lambda: correct_record(scope, record=one, based_on=1, fields=fields, mates={other: 1})

    results = at_once(correct(first, second, "从第一条改的"), correct(second, first, "从第二条改的"))
    assert sorted(type(result).__name__ for result in results) == ["Conflict", "list"]
    kept = Record.objects.everywhere(why="the test counts what was committed").filter(group=committed)
    assert {(row.summary, row.version) for row in kept} == {
        (next(r[0].summary for r in results if isinstance(r, list)), 2)
    }


def test_of_two_corrections_at_once_the_second_sees_both(world: World, committed: UUID) -> None:
    zhao, sun, lin = world.scope("zhao"), world.scope("sun"), world.children["lin"]
    at_once(lambda: write_record(sun, id=committed, kind="talk", children=[lin], fields=TALK))
    results = at_once(
        lambda: correct_record(zhao, record=committed, based_on=1, fields=TALK | {"summary": "班主任改的"}),
        lambda: correct_record(sun, record=committed, based_on=1, fields=TALK | {"summary": "帮扶教师改的"}),
    )
    assert sorted(type(result).__name__ for result in results) == ["Conflict", "list"]
    assert Version.objects.everywhere(why="the test counts what was committed").filter(record=committed).count() == 1
