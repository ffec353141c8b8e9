"""The last day: a period people agreed on includes it; who left or came home on a day is gone or home on that day."""

from datetime import date

import pytest

from oasis.children.access import scope_of
from oasis.children.actions.absence import came_home, went_away
from oasis.children.actions.family import clean_number, end_tie
from oasis.children.actions.pairing import end
from oasis.children.household import household
from oasis.children.models import Hardship, Pairing, Tie
from oasis.children.past import as_of
from oasis.kit.refused import Refused
from oasis.papers.files import files_of
from tests.world import BEGAN, TODAY, World

BEFORE, AFTER = date(2026, 11, 22), date(2026, 11, 24)


def test_a_pairing_holds_through_its_last_day_in_reach_in_the_file_and_on_paper(world: World) -> None:
    li, lin = world.scope("li"), world.children["lin"]
    pair = Pairing.objects.within(li).get(child=lin, staff=world.users["sun"])
    end(li, pair, on=TODAY, reason="工作调整")
    for day, holds in ((BEFORE, True), (TODAY, True), (AFTER, False)):
        assert (lin.pk in {pk for arm in scope_of(world.users["sun"], day).arms for pk in arm.ids}) is holds
        assert any(one.staff == world.users["sun"] for one in as_of(li, lin, day).pairings) is holds
        assert (files_of(li, [lin], day)[0].helper.name == "孙丽") is holds


def test_hardship_holds_through_its_last_day(world: World) -> None:
    li, lin = world.scope("li"), world.children["lin"]
    Hardship.objects.create(school=lin.school, child=lin, kind="low-income", from_on=BEGAN, to_on=TODAY)
    for day, holds in ((TODAY, True), (AFTER, False)):
        assert bool(as_of(li, lin, day).hardships) is holds
        assert bool(files_of(li, [lin], day)[0].hardships) is holds


def test_who_left_the_family_today_is_gone_today_in_the_file_and_on_paper(world: World) -> None:
    li, lin = world.scope("li"), world.children["lin"]
    tie = Tie.objects.within(li).get(child=lin, person=world.persons["lin_granny"])
    end_tie(li, lin, tie, on=TODAY, reason="回老家")
    for day, there in ((BEFORE, True), (TODAY, False)):
        assert any(member.person.name == "黄桂英" for member in household(li, lin, day)) is there
        assert any(one.name == "黄桂英" for one in files_of(li, [lin], day)[0].relatives) is there


def test_who_came_home_today_is_home_today_in_the_file_and_on_paper(world: World) -> None:
    li, lin = world.scope("li"), world.children["lin"]
    away = went_away(li, lin, world.persons["lin_father"], since_on=date(2026, 3, 1), city="宁波")
    came_home(li, lin, away, on=TODAY)
    for day, gone in ((BEFORE, True), (TODAY, False)):
        assert any(member.away for member in household(li, lin, day)) is gone
        father = files_of(li, [lin], day)[0].father
        assert father is not None
        assert (father.place == "宁波") is gone


@pytest.mark.parametrize(
    ("number", "says"),
    [("1990000000", "现在是10位"), ("199000000012", "现在是12位"), ("12345", "现在是5位"), ("一二三四五六七", "只能是数字"), ("٠١٢٣٤٥٦٧", "只能是数字")],
)  # fmt: skip
def test_an_impossible_number_is_refused_with_what_is_wrong(number: str, says: str) -> None:
    with pytest.raises(Refused) as refused:
        clean_number(number)
    assert says in refused.value.message


@pytest.mark.parametrize("number", ["19900000001", "0571-88888888", "＋8619900000001", "1234567", ""])
def test_a_possible_number_is_kept_as_digits(number: str) -> None:
    assert clean_number(number).removeprefix("+").isdigit() or not number
