"""What several threads want at one moment is done at once; lines of the trail that came together stand in one chain."""

from collections.abc import Sequence
from concurrent.futures import ThreadPoolExecutor
from threading import Barrier, Event
from time import monotonic, sleep

import pytest
from django.db import connection

from oasis.kit.gathered import Gathered
from oasis.people import trail
from oasis.people.models import Trail
from tests.world import World


def until(true: object) -> None:
    end = monotonic() + 20
    while not true() and monotonic() < end:  # type: ignore[operator]
        sleep(0.005)


def test_those_who_came_meanwhile_are_done_together_and_in_order() -> None:
    begun, free, calls = Event(), Event(), list[list[int]]()

    def act(several: Sequence[int]) -> None:
        calls.append(list(several))
        begun.set()
        free.wait(20)

    line = Gathered(act)
    with ThreadPoolExecutor(4) as pool:
        first = pool.submit(line.do, 0)
        assert begun.wait(20)
        later = []
        for n in (1, 2, 3):
            later.append(pool.submit(line.do, n))
            until(lambda n=n: len(line._waiting) == n)
        free.set()
        for one in (first, *later):
            one.result(20)
    assert calls == [[0], [1, 2, 3]]


def test_the_fault_of_one_reaches_nobody_else() -> None:
    begun, free, done = Event(), Event(), set[int]()

    def act(several: Sequence[int]) -> None:
        begun.set()
        free.wait(20)
        if 2 in several:
            raise ValueError(f"{len(several)} at once")
        done.update(several)

    line = Gathered(act)
    with ThreadPoolExecutor(4) as pool:
        first = pool.submit(line.do, 0)
        assert begun.wait(20)
        later = [pool.submit(line.do, n) for n in (1, 2, 3)]
        until(lambda: len(line._waiting) == 3)
        free.set()
        assert [one.result(20) for one in (first, later[0], later[2])] == [None, None, None]
        with pytest.raises(ValueError, match="1 at once"):
            later[1].result(20)
    assert done == {0, 1, 3}


def test_lines_told_together_stand_one_after_the_other_each_in_its_chain(world: World) -> None:
    scope, here, there = world.scope("zhao"), world.schools["青河县"].pk, trail.HOUSE
    children = [child.pk for child in world.children.values()][:2]
    told = [
        trail.Told(here, scope, "child.look", [children[0]], "", "first"),
        trail.Told(there, scope, "login", [None], "", "elsewhere"),
        trail.Told(here, scope, "child.look", children, "", "second"),
    ]
    trail._append(told)
    lines = Trail.objects.everywhere(why="a test reads the chain").filter(school_key=here).order_by("seq")
    assert [(line.detail, line.child) for line in lines] == [
        ("first", children[0]), ("second", children[0]), ("second", children[1]),
    ]  # fmt: skip
    assert [line.pk for one in (told[0], told[2]) for line in one.lines] == [line.pk for line in lines]
    assert list(trail.broken(lines)) == []
    assert Trail.objects.everywhere(why="a test reads the chain").filter(school_key=there).count() == 1


@pytest.mark.skipif(connection.vendor != "postgresql", reason="in memory SQLite's threads share one connection")
def test_looks_of_one_moment_leave_a_whole_chain(world: World) -> None:
    school, scope, gate = world.schools["青河县"].pk, world.scope("zhao"), Barrier(8)

    def look(n: int) -> int:
        gate.wait()
        try:
            return [trail.note(scope, "child.look", school=school, detail=f"{n} {m}").seq for m in range(5)][-1]
        finally:
            connection.close()

    def read() -> tuple[list[str], list[int]]:
        try:
            lines = Trail.objects.everywhere(why="a test reads the chain").filter(school_key=school)
            found = list(lines.order_by("seq").values_list("detail", flat=True)), list(trail.broken(lines))
            lines.filter(deed="child.look").delete()
            return found
        finally:
            connection.close()

    with ThreadPoolExecutor(8) as pool:
        list(pool.map(look, range(8)))
    with ThreadPoolExecutor(1) as pool:
        details, broken = pool.submit(read).result(30)
    assert sorted(details) == sorted(f"{n} {m}" for n in range(8) for m in range(5))
    assert broken == []
