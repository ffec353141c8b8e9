"""The trail is chained: a changed or removed line shows."""

from oasis.kit.ids import new_id
from oasis.people import trail
from oasis.people.models import Trail
from oasis.people.roles import Need
from tests.world import World


def lines(world: World):
    return Trail.objects.within(world.scope("li"), Need.TRAIL)


def test_a_chain_holds(world: World) -> None:
    for n in range(5):
        trail.note(world.scope("zhao"), "child.look", school=world.schools["青河县"].pk, detail=str(n))
    assert [line.seq for line in lines(world).order_by("seq")] == [1, 2, 3, 4, 5]
    assert list(trail.broken(lines(world))) == []


def test_a_changed_line_shows(world: World) -> None:
    for n in range(3):
        trail.note(world.scope("zhao"), "child.look", school=world.schools["青河县"].pk, detail=str(n))
    lines(world).filter(seq=2).update(detail="else")
    assert list(trail.broken(lines(world))) == [2]


def test_a_removed_line_shows(world: World) -> None:
    for n in range(3):
        trail.note(world.scope("zhao"), "child.look", school=world.schools["青河县"].pk, detail=str(n))
    lines(world).filter(seq=2).delete()
    assert list(trail.broken(lines(world))) == [3]


def test_only_leaders_read_the_trail_of_their_school(world: World) -> None:
    trail.note(world.scope("zhao"), "child.look", school=world.schools["青河县"].pk)
    assert lines(world).count() == 1
    assert not Trail.objects.within(world.scope("zhao"), Need.TRAIL)
    assert not Trail.objects.within(world.scope("feng"), Need.TRAIL)


def test_many_lines_at_once_are_one_chain_with_those_around_them(world: World) -> None:
    school, children = world.schools["青河县"].pk, [new_id() for _n in range(trail.FEW * 2)]
    trail.note(world.scope("zhao"), "child.look", school=school)
    kept = trail.note_many(world.scope("zhao"), "roster.child", school=school, children=children, subject="batch")
    trail.note(world.scope("zhao"), "child.look", school=school)
    found = lines(world).order_by("seq")
    assert [line.child for line in found][1:-1] == children
    assert [line.pk for line in kept] == [line.pk for line in found][1:-1]
    assert list(trail.broken(found)) == []
