"""Two of one relation: nobody takes one for the other, and nobody is lost, because a name is missing somewhere."""

from typing import Any

import pytest

from oasis.children.models import Phone, Tie
from oasis.intake import commit
from oasis.people.scope import Scope
from tests.intake.acts import NEW_ID, said, sent, states

WHO = ["姓名", "身份证号", "班级"]
CHILD = ["方小舟", NEW_ID, "三1"]
MEMBERS = ["家庭成员1姓名", "家庭成员1关系", "家庭成员1联系电话", "家庭成员2姓名", "家庭成员2关系", "家庭成员2联系电话"]
BOTH = ["方大哥", "哥哥", "", "方二哥", "哥哥", ""]
CARER = ["监护人", "与学生关系", "监护人电话"]
PHONE = "19911110002"
NAMELESS = "哥哥（待补姓名）"
Row = tuple[str, bool, list[str]]


def brothers(scope: Scope) -> list[Row]:
    """Give name, whether he cares, and phones of each brother."""
    ties = Tie.objects.within(scope).filter(child__name="方小舟").order_by("person__name")
    phones = Phone.objects.within(scope)
    return [
        (tie.person.name, tie.carer, list(phones.filter(person=tie.person).values_list("number", flat=True)))
        for tie in ties.select_related("person")
    ]


def told(scope: Scope, *parts: tuple[list[str], list[Any]]) -> tuple[str, list[str]]:
    """Send a row of these columns, take it in, and give what was said and the state of the row sent once more."""
    head, row = (
        [*WHO, *(one for heads, _ in parts for one in heads)],
        [*CHILD, *(one for _, row in parts for one in row)],
    )
    batch = commit.commit(scope, sent(scope, row, head=head))
    return said(batch), states(sent(scope, row, head=head))


def test_two_brothers_are_not_both_the_one_whose_name_was_missing(li: Scope) -> None:
    told(li, (CARER, ["", "哥哥", PHONE]))
    words, again = told(li, (MEMBERS, BOTH))
    assert brothers(li) == [(NAMELESS, True, [PHONE]), ("方二哥", False, []), ("方大哥", False, [])]
    assert f"哥哥：档案里有{NAMELESS}，这一行写的是方大哥、方二哥，分不清是不是同一位" in words
    assert again == ["same"]


def test_a_carer_without_a_name_is_none_of_the_two_brothers_of_the_file(li: Scope) -> None:
    told(li, (MEMBERS, BOTH))
    words, again = told(li, (CARER, ["", "哥哥", PHONE]))
    assert brothers(li) == [(NAMELESS, True, [PHONE]), ("方二哥", False, []), ("方大哥", False, [])]
    assert "照护人没有写姓名" in words
    assert f"哥哥：档案里有方大哥、方二哥，这一行写的是{NAMELESS}，分不清是不是同一位" in words
    assert again == ["same"]


@pytest.mark.parametrize("first", [False, True])
def test_a_carer_without_a_name_is_none_of_the_two_brothers_of_the_row(first: bool, li: Scope) -> None:
    nameless = (["家庭成员1姓名", "家庭成员1关系", "家庭成员1联系电话"], ["", "哥哥", PHONE])
    rest = (["家庭成员2姓名", "家庭成员2关系", *CARER], ["方大哥", "哥哥", "方二哥", "哥哥", ""])
    words, again = told(li, nameless, rest) if first else told(li, (MEMBERS, BOTH), (CARER, ["", "哥哥", PHONE]))
    assert brothers(li) == [(NAMELESS, not first, [PHONE]), ("方二哥", first, []), ("方大哥", False, [])]
    assert "分不清“哥哥（待补姓名）”是哪一位" in words
    assert again == ["same"]


def test_the_only_brother_of_the_file_is_still_the_one_meant(li: Scope) -> None:
    told(li, (CARER, ["方大哥", "哥哥", ""]))
    Tie.objects.within(li).filter(child__name="方小舟").update(carer=False)
    words, again = told(li, (CARER, ["", "哥哥", PHONE]))
    assert (brothers(li), words, again) == ([("方大哥", True, [PHONE])], "", ["same"])


def test_the_only_brother_of_the_row_is_the_one_meant_whatever_stands_first(li: Scope) -> None:
    told(li, (MEMBERS[:3], ["", "哥哥", PHONE]), (CARER, ["方大哥", "哥哥", ""]))
    assert brothers(li) == [("方大哥", True, [PHONE])]
