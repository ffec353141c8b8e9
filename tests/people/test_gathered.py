"""What several threads want at one moment is done at once; lines of the trail that came together stand in one chain."""

from collections.abc import Callable, Sequence
from concurrent.futures import ThreadPoolExecutor
from threading import Event
from time import sleep

from django.db import OperationalError

from oasis.kit.gathered import Gathered
from oasis.people import trail
from oasis.people.models import Trail
from tests.world import World


class Held:
    """An act that holds its first call until so many others wait, and fails when told to."""

    def __init__(self, others: int, fails: Callable[[Sequence[int]], Exception | None] = lambda _several: None) -> None:
        self.calls, self.done, self._fails, self._others = list[list[int]](), set[int](), fails, others
        self.begun = Event()
        self.line: Gathered[int]

    def __call__(self, several: Sequence[int]) -> None:
        first = not self.begun.is_set()
        self.calls.append(list(several))
        self.begun.set()
        while first and self.line.waiting < self._others:
            sleep(0.001)
        if fault := self._fails(several):
            raise fault
        self.done.update(several)


def pressed(act: Held, *, of_all: type[Exception] | tuple[()] = ()) -> list[BaseException | None]:
    """Let 0 begin and the others come in their order while it is held; give what each thread met."""
    act.line = Gathered(act, of_all=of_all)
    with ThreadPoolExecutor(4) as pool:
        sent = [pool.submit(act.line.do, 0)]
        assert act.begun.wait(20)
        for n in (1, 2, 3):
            sent.append(pool.submit(act.line.do, n))
            while n < 3 and act.line.waiting < n:
                sleep(0.001)
        return [one.exception(20) for one in sent]


def test_those_who_came_meanwhile_are_done_together_and_in_order() -> None:
    act = Held(3)
    assert pressed(act) == [None] * 4
    assert act.calls == [[0], [1, 2, 3]]


def test_the_fault_of_one_reaches_nobody_else() -> None:
    act = Held(3, lambda several: ValueError(len(several)) if 2 in several else None)
    met = pressed(act)
    assert [type(one) for one in met] == [type(None), type(None), ValueError, type(None)]
    assert met[2].args == (1,)  # type: ignore[union-attr]
    assert act.calls[:2] == [[0], [1, 2, 3]]
    assert sorted(act.calls[2:]) == [[1], [2], [3]]
    assert act.done == {0, 1, 3}


def test_a_database_that_does_not_answer_is_waited_for_once() -> None:
    act = Held(3, lambda _several: OperationalError("database is locked"))
    met = pressed(act, of_all=OperationalError)
    assert [str(one) for one in met] == ["database is locked"] * 4
    assert len({id(one) for one in met}) == 4
    assert act.calls == [[0]]


def test_a_thread_that_is_to_end_leaves_the_others_theirs() -> None:
    act = Held(3, lambda several: SystemExit() if several[0] == 1 and len(several) > 1 else None)  # type: ignore[arg-type, return-value]
    met = pressed(act)
    assert [type(one) for one in met] == [type(None), SystemExit, type(None), type(None)]
    assert act.done == {0, 2, 3}


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
