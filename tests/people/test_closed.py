"""The closed query set: composed freely, read only with eyes."""

from collections.abc import Callable
from typing import Any

import pytest

from oasis.children.models import Child, Pairing, Person
from oasis.people.closed import ScopeMissing
from oasis.people.roles import Need
from tests.world import World

READS: list[Callable[[Any], Any]] = [
    list, len, bool, repr, lambda q: q.count(), lambda q: q.first(), lambda q: q.last(), lambda q: q[0], lambda q: list(q[:3]),
    lambda q: q.get(name="x"), lambda q: list(q.values("name")), lambda q: list(q.values_list("name")),
    lambda q: list(q.iterator()), lambda q: q.in_bulk(), lambda q: q.latest("birth_on"), lambda q: q.earliest("birth_on"),
    lambda q: q.aggregate(), lambda q: q.update(name="x"), lambda q: q.delete(), lambda q: q | q, lambda q: q & q, lambda q: q ^ q,
    lambda q: q.union(q), lambda q: list(q.dates("birth_on", "year")), lambda q: q.get_or_create(name="x"),
    lambda q: q.update_or_create(name="x"), lambda q: q.bulk_update([], ["name"]), lambda q: q.contains(Child()), lambda q: q.raw("x"),
]  # fmt: skip


@pytest.mark.parametrize("number", range(len(READS)))
def test_no_read_without_eyes(number: int, world: World) -> None:
    with pytest.raises(ScopeMissing):
        READS[number](Child.objects.filter(name__contains="林"))


def test_related_rows_and_prefetches_stay_closed(world: World) -> None:
    lin = Child.objects.within(world.scope("zhao")).get(pk=world.children["lin"].pk)
    with pytest.raises(ScopeMissing):
        list(lin.pairing_set.all())
    with pytest.raises(ScopeMissing):
        list(Child.objects.within(world.scope("zhao")).prefetch_related("pairing_set"))
    assert list(lin.pairing_set.within(world.scope("zhao"), Need.CHILD_READ))


def test_existence_tells_one_bit(world: World) -> None:
    assert Child.objects.filter(name="林晓晓").exists()


@pytest.mark.parametrize(
    ("who", "seen"),
    [
        ("zhao", {"lin", "chenhao", "yang"}), ("qian", {"he"}), ("sun", {"lin"}), ("xu", {"lin"}), ("zheng", {"chenhao"}),
        ("li", {"lin", "chenhao", "yang", "he"}), ("feng", {"liu"}), ("chen", {"ma"}), ("chu", set()), ("han", set()),
        ("wei", set()), ("shen", set()), ("wang", set()), ("zhou", {"lin", "chenhao", "yang", "he"}),
    ],
)  # fmt: skip
def test_each_sees_only_the_children_of_the_post(who: str, seen: set[str], world: World) -> None:
    names = {key for key, child in world.children.items() if key in seen}
    found = set(Child.objects.within(world.scope(who)).values_list("pk", flat=True))
    assert found == {world.children[key].pk for key in names}


def test_a_need_narrows_the_arms(world: World) -> None:
    assert not Child.objects.within(world.scope("zhou"), Need.CHILD_READ)
    assert not Child.objects.within(world.scope("sun"), Need.ID_NUMBER)
    assert Child.objects.within(world.scope("zhao"), Need.ID_NUMBER).count() == 3


def test_persons_are_reached_through_ties(world: World) -> None:
    assert Person.objects.within(world.scope("sun"), Need.CONTACTS).count() == 3
    assert Person.objects.within(world.scope("qian"), Need.CONTACTS).count() == 0
    assert Pairing.objects.within(world.scope("zhao"), Need.CHILD_READ).count() == 2
