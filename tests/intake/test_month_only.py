"""A birthday told as year and month is the first of the month, until a roster with day and ID number finds that file."""

from datetime import date

import pytest

from oasis.children.models import Child
from oasis.intake import commit
from oasis.intake.cleaning import dates
from oasis.intake.cleaning.text import Unclear
from oasis.people.scope import Scope
from tests.intake.acts import said, sent, states
from tests.world import demo_id

HEAD = ["姓名", "班级", "出生日期", "身份证号"]
BORN = date(2017, 11, 3)
NUMBER, OTHER = demo_id(BORN, "2", 61), demo_id(BORN, "2", 62)
FULL = ["刘小怡", "三1", "2017-11-03", NUMBER]


@pytest.mark.parametrize(
    ("text", "first"),
    [("2017-11", date(2017, 11, 1)), ("2018.2", date(2018, 2, 1)), ("18.5", date(2018, 5, 1)), ("18年5月", date(2018, 5, 1)),
     ("17-11", date(2017, 11, 1)), ("09.12", date(2009, 12, 1)), ("18.13", None), ("5.18", None)],
)  # fmt: skip
def test_a_year_and_month_is_the_first_of_the_month(text: str, first: date | None) -> None:
    for clean in (dates.birthday, dates.birthday_1904):
        with pytest.raises(Unclear) as unclear:
            clean(text)
        assert unclear.value.value == first
    assert dates.only_month(text) == (first is not None)


@pytest.mark.parametrize("month", ["2017-11", "17.11", "2017年11月"])
def test_the_day_and_the_number_go_into_the_file_that_had_only_the_month(li: Scope, month: str) -> None:
    commit.commit(li, sent(li, ["刘小怡", "三1", month, ""], head=HEAD))
    child = Child.objects.within(li).get(name="刘小怡")
    assert child.birth_on == date(2017, 11, 1)
    batch = sent(li, FULL, head=HEAD)
    assert (states(batch), "不是重复" in said(batch)) == (["changed"], False)
    commit.commit(li, batch)
    child = Child.objects.within(li).get(name="刘小怡")
    assert (child.birth_on, child.id_number) == (BORN, NUMBER)
    assert states(sent(li, FULL, head=HEAD)) == ["same"]


@pytest.mark.parametrize(
    ("kept", "row"),
    [
        (["刘小怡", "三1", "2017-11", OTHER], FULL),  # the file has a number: another child
        (["刘小怡", "三1", "2017-11-02", ""], FULL),  # a day that was told
        (["刘小怡", "三1", "2017-10", ""], FULL),
        (["刘小怡", "三2", "2017-11", ""], FULL),
        (["刘小怡", "三1", "2017-11", ""], [*FULL[:3], ""]),  # no number in the row
    ],
)
def test_any_other_file_stays_another_childs(li: Scope, kept: list[str], row: list[str]) -> None:
    commit.commit(li, sent(li, kept, head=HEAD))
    batch = sent(li, row, head=HEAD)
    assert (states(batch), "就是这个孩子" in said(batch)) == (["new"], True)


def test_two_such_files_are_not_guessed_between(li: Scope) -> None:
    commit.commit(li, sent(li, ["刘小怡", "三1", "2017-11", ""], head=HEAD))
    twin = Child.objects.within(li).get(name="刘小怡")
    commit.commit(li, sent(li, ["刘小二", "三1", "2017-11", ""], head=HEAD))
    Child.objects.within(li).filter(name="刘小二").update(name=twin.name, pinyin=twin.pinyin)
    batch = sent(li, FULL, head=HEAD)
    assert (states(batch), "不止一份同名" in said(batch)) == (["refused"], True)
