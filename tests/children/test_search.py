"""Finding children: every way of asking, within one's reach, page by page."""

import pytest

from oasis.children.actions.files import open_file
from oasis.children.actions.looks import note_search
from oasis.children.search import Wanted, find
from oasis.people.models import Trail
from oasis.people.roles import Need
from tests.world import TODAY, World


def names(world: World, who: str, **wanted: object) -> list[str]:
    return [child.name for child in find(world.scope(who), Wanted(**wanted)).rows]  # type: ignore[arg-type]


@pytest.mark.parametrize("text", ["林晓晓", "林", "晓晓", "linxx"[:3], "lxx", "LXX", "xiao", "19900000003"])
def test_a_child_is_found_by(world: World, text: str) -> None:
    assert names(world, "zhao", text=text) == ["林晓晓"]


def test_the_last_four_of_the_id_are_for_who_reads_it(world: World) -> None:
    tail = world.children["lin"].id_number[-4:].lower()
    assert names(world, "zhao", text=tail) == ["林晓晓"]
    assert names(world, "sun", text=tail) == names(world, "zhou", text=tail) == []


def test_a_number_is_not_for_who_holds_no_contacts(world: World) -> None:
    assert names(world, "zhou", text="19900000003") == []
    assert names(world, "zhou", text="lxx") == ["林晓晓"]


def test_nobody_beyond_the_reach_is_found(world: World) -> None:
    assert names(world, "qian", text="lxx") == names(world, "feng", text="林") == []


@pytest.mark.parametrize(
    ("mark", "expected"),
    [
        ("left", ["陈浩", "林晓晓"]), ("left-both", ["林晓晓"]), ("left-one", ["陈浩"]), ("key", ["林晓晓"]), ("boards", ["陈浩"]),
        ("grandparents", ["林晓晓"]), ("unconfirmed", ["陈浩", "林晓晓"]), ("alarm-no-notice", ["林晓晓"]), ("alarm-no-carer", ["陈浩"]),
    ],
)  # fmt: skip
def test_filters_answer_what_teachers_ask(world: World, mark: str, expected: list[str]) -> None:
    assert names(world, "zhao", marks=(mark,)) == expected
    if mark != "boards":
        assert names(world, "zhou", marks=(mark,)) == []


def test_pages_join_without_gap_or_repeat(world: World) -> None:
    scope = world.scope("zhao")
    for n in range(25):
        open_file(
            scope,
            klass=world.klasses["三1"],
            school=world.schools["青河县"],
            on=TODAY,
            name="张伟" if n % 2 else f"李{n}",
        )
    seen, after = [], ""
    while True:
        found = find(scope, Wanted(), after=after, size=4)
        seen += [child.pk for child in found.rows]
        if not (after := found.after):
            break
    assert len(seen) == len(set(seen)) == found.total == 28


def test_a_search_is_noted_without_its_words(world: World) -> None:
    scope = world.scope("zhao")
    for text in ("林晓晓", "没有这个人"):
        found = find(scope, Wanted(text=text))
        note_search(scope, Wanted(text=text).by, found.total, found.rows)
    lines = Trail.objects.within(world.scope("li"), Need.TRAIL).filter(deed="child.search").order_by("seq")
    assert [line.detail for line in lines] == ["name 1", "name 0"]
