"""A wrong digit in an ID number: what is said helps to find it."""

from datetime import date

import pytest

from oasis.intake.cleaning.ids import compared
from oasis.kit import idcard
from oasis.people.scope import Scope
from tests.intake.acts import NEW_ID, said, sent
from tests.world import demo_id

BORN = date(2017, 4, 2)
HEAD = ["姓名", "身份证号", "班级", "出生日期", "性别"]
DAY = NEW_ID[:12] + "12" + NEW_ID[14:]  # the 2nd became the 12th
LAST = NEW_ID[:17] + ("1" if NEW_ID[17] != "1" else "2")


def told(scope: Scope, number: str, born: str = "2017-04-02", sex: str = "男") -> str:
    return said(sent(scope, ["方小舟", number, "三1", born, sex], head=HEAD))


def test_a_birthday_that_differs_is_said_and_that_it_would_mend_the_number(li: Scope) -> None:
    words = told(li, DAY)
    assert "校验位不对" in words
    assert "身份证号：身份证里的出生日期是2017-04-12，表里写的是2017-04-02；照表里的日期改，校验位就对了" in words
    assert "性别" not in words


def test_a_birthday_that_is_none_is_set_beside_the_column(li: Scope) -> None:
    assert "身份证里的出生日期是2017-14-02，表里写的是2017-04-02" in told(li, NEW_ID[:10] + "1402" + NEW_ID[14:])


def test_a_sex_that_differs_is_said(li: Scope) -> None:
    number = NEW_ID[:16] + "2" + NEW_ID[17]
    assert "身份证号：身份证第17位2是女，表里性别写的是男。" in told(li, number)


@pytest.mark.parametrize(("born", "sex", "agree"), [("2017-04-02", "男", "出生日期和性别与表里的对得上；"), ("2017-04", "", "出生日期与表里的对得上；"), ("", "", "")])  # fmt: skip
def test_where_nothing_differs_the_check_digit_is_said_plainly(born: str, sex: str, agree: str, li: Scope) -> None:
    words = told(li, LAST, born, sex)
    right = idcard.check_digit(NEW_ID[:17])
    assert f"身份证号：{agree}按前17位算，最后一位（校验位）应是{right}，写的是{LAST[17]}：至少有一位写错" in words
    assert "不要只改最后一位" in words


def test_of_a_month_only_the_month_is_compared(li: Scope) -> None:
    assert "身份证里的出生日期是2017-04-12，表里写的是2017-05。" in told(li, DAY, "2017-05")


@pytest.mark.parametrize("number", ["", NEW_ID[:17], NEW_ID[:15] + "000", "4.1E+17", "没带户口簿"])
def test_a_number_cut_short_or_lost_is_not_compared(number: str) -> None:
    assert compared(number, BORN, "1", month=False) == ""


def test_a_right_number_is_compared_as_before(li: Scope) -> None:
    words = told(li, demo_id(BORN, "2", 5), "2017-04-03", "男")
    assert "按身份证号取 2017-04-02" in words
    assert "性别：与身份证号不一致" in words
