"""The census: findings, both definitions, entering again, who may."""

import pytest

from oasis.children.actions import census
from oasis.children.models import CensusEntry, Child, ChildStatus
from oasis.kit.refused import Refused
from oasis.people.roles import Need
from tests.world import TODAY, World


def enter(world: World, child: str, left_behind: int, who: str = "zhao", **more: object) -> CensusEntry:
    return census.enter(
        world.scope(who), world.children[child], term=world.terms["青河县"], on=TODAY, left_behind=left_behind, **more
    )  # type: ignore[arg-type]


@pytest.mark.parametrize(
    ("child", "left_behind", "finding"),
    [("lin", 2, "same"), ("lin", 1, "changed"), ("lin", 0, "ended"), ("yang", 0, "none"), ("yang", 1, "new")],
)
def test_the_finding_follows_from_what_stood_before(world: World, child: str, left_behind: int, finding: str) -> None:
    assert enter(world, child, left_behind).finding == finding


def test_both_parents_away_counts_by_both_definitions(world: World) -> None:
    entry = enter(world, "yang", 2, care="grandparents")
    yang = Child.objects.within(world.scope("zhao")).get(pk=world.children["yang"].pk)
    assert (entry.civil, yang.left_behind, yang.civil, yang.care) == (True, 2, True, "grandparents")


def test_one_parent_away_counts_with_civil_affairs_only_when_the_other_is_unable(world: World) -> None:
    assert not enter(world, "yang", 1).civil
    assert enter(world, "yang", 1, other_unable=True).civil


def test_entering_again_undoes_a_slip_and_keeps_every_status(world: World) -> None:
    enter(world, "lin", 0)
    assert enter(world, "lin", 2).finding == "same"
    scope = world.scope("zhao")
    assert CensusEntry.objects.within(scope).filter(child=world.children["lin"]).count() == 1
    rows = ChildStatus.objects.within(scope, Need.CHILD_READ).filter(child=world.children["lin"]).order_by("id")
    assert [row.left_behind for row in rows] == [2, 0, 2]
    assert rows.last().source == "census"  # type: ignore[union-attr]


def test_the_rest_of_a_class_is_entered_at_once(world: World) -> None:
    scope, klass, term = world.scope("zhao"), world.klasses["三1"], world.terms["青河县"]
    assert census.enter_unchanged(scope, klass, term=term, on=TODAY) == 1
    with pytest.raises(Refused):
        census.enter_unchanged(scope, klass, term=term, on=TODAY)


@pytest.mark.parametrize("who", ["sun", "qian", "zhou", "feng"])
def test_only_who_holds_the_census_enters(world: World, who: str) -> None:
    with pytest.raises(Refused):
        enter(world, "lin", 2, who=who)


def test_a_term_of_another_school_is_refused(world: World) -> None:
    with pytest.raises(Refused):
        census.enter(world.scope("zhao"), world.children["lin"], term=world.terms["柳溪"], on=TODAY, left_behind=2)
