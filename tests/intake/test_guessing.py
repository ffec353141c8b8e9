"""A roster as a question: a homeroom teacher learns no number and no birthday of another class's child by trying many."""

from datetime import date, timedelta

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from oasis.children.models import Child
from oasis.intake import commit
from oasis.intake.models import Batch
from oasis.kit.secrets import keyed_hash
from oasis.people.models import Trail
from oasis.people.scope import Scope
from tests.intake.acts import WHY, said, sent, states
from tests.world import World, demo_id

HEAD = ["姓名", "身份证号", "班级"]
DAY = date(2017, 3, 5)
SERIALS = range(1, 62)  # lin's own is among them


@pytest.fixture
def qian(world: World, li: Scope) -> Scope:
    return world.scope("qian")


def numbers() -> list[str]:
    return [demo_id(DAY, "2", serial) for serial in SERIALS]


def looks() -> list[str]:
    lines = Trail.objects.everywhere(why=WHY).filter(deed="roster.preview").order_by("seq")
    return list(lines.values_list("detail", flat=True))


def with_file(world: World, name: str, serial: int = 7) -> Child:
    """Give lin, or the child of another school, one of the numbers that are tried."""
    child, number = world.children[name], demo_id(DAY, "2", serial)
    hashed = keyed_hash(number, purpose="child-id")
    Child.objects.everywhere(why=WHY).filter(pk=child.pk).update(id_hash=hashed)
    return child


def kinds(batch: Batch) -> set[str]:
    """Give what was said, without the numbers of lines: one answer to all means nothing was learned."""
    return set(batch.rows.everywhere(why=WHY).values_list("said", flat=True))


@pytest.mark.parametrize("who", ["lin", "liu"])
def test_a_name_with_many_numbers_finds_none(who: str, world: World, qian: Scope) -> None:
    child = with_file(world, who)
    batch = sent(qian, *([child.name, number, "三2"] for number in numbers()), head=HEAD)
    assert set(states(batch)) == {"refused"}
    assert len(kinds(batch)) == 1
    assert "请德育处导入" in said(batch)
    assert looks() == [f"rows={len(SERIALS)}"]


@pytest.mark.parametrize("who", ["lin", "liu"])
def test_many_names_with_many_numbers_find_none(who: str, world: World, qian: Scope) -> None:
    with_file(world, who)
    rows = [[f"某{chr(0x4E00 + at)}", number, "三2"] for at, number in enumerate(numbers())]
    batch = sent(qian, *rows, head=HEAD)
    assert set(states(batch)) == {"new"}
    assert kinds(batch) == {""}
    commit.commit(qian, batch)
    assert sorted(set(states(batch))) == ["new", "refused"]  # one number, one file; and every other row is on the trail
    assert "已有档案" in said(batch)


@pytest.mark.parametrize("day", [True, False])
def test_a_name_with_every_day_finds_no_birthday(day: bool, world: World, qian: Scope) -> None:
    lin, head = world.children["lin"], ["姓名", "出生日期", "班级"]
    Child.objects.everywhere(why=WHY).filter(pk=lin.pk).update(birth_on=DAY)
    days = [DAY + timedelta(at) for at in range(-30, 30)] if day else [DAY]
    batch = sent(qian, *([lin.name, str(one), "三2"] for one in days), head=head)
    assert set(states(batch)) == ({"refused"} if day else {"new"})
    assert len(kinds(batch)) == 1
    assert "学校里已有" not in said(batch)


@pytest.mark.parametrize("who", ["lin", "liu"])
def test_the_right_number_looks_like_the_wrong_ones_until_it_is_taken_in(who: str, world: World, qian: Scope) -> None:
    child = with_file(world, who)
    right, wrong = (sent(qian, [child.name, demo_id(DAY, "2", serial), "三2"], head=HEAD) for serial in (7, 8))
    assert states(right) == states(wrong) == ["new"]
    assert kinds(right) == kinds(wrong)
    assert looks() == ["rows=1"] * 2
    commit.commit(qian, right)
    assert states(right) == ["refused"]
    assert "请德育处办调班或转学" in said(right)


def test_a_leader_still_finds_every_file(world: World, li: Scope) -> None:
    lin = with_file(world, "lin")
    batch = sent(li, *([lin.name, number, "三1"] for number in numbers()), head=HEAD)
    assert "超过" not in said(batch)
    assert set(states(batch)) - {"refused"}


def test_a_number_of_another_class_gets_into_no_file_of_one_s_own(world: World, qian: Scope) -> None:
    with_file(world, "lin")
    he = world.children["he"]
    Child.objects.everywhere(why=WHY).filter(pk=he.pk).update(id_hash=None, id_number="", birth_on=DAY)
    batch = sent(qian, [he.name, demo_id(DAY, "2", 7), "三2"], head=HEAD)
    assert states(batch) == ["changed"]
    commit.commit(qian, batch)
    assert states(batch) == ["refused"]
    assert Child.objects.everywhere(why=WHY).get(pk=he.pk).id_hash is None


def test_a_row_more_asks_no_query_more(qian: Scope) -> None:
    counts = []
    for count in (5, 50):
        with CaptureQueriesContext(
            connection,
        ) as asked:
            sent(qian, *([f"某{chr(0x4E00 + at)}", one, "三2"] for at, one in enumerate(numbers()[:count])), head=HEAD)
        counts.append(len(asked))
    assert counts[0] == counts[1]
