"""Plain words that remind of the duty to report, and everyday words that do not."""

import pytest

from oasis.records.reporting.signs import SIGNS, pointing
from oasis.records.reporting.steps import SITUATIONS


@pytest.mark.parametrize(
    "words",
    [
        "昨晚被打了", "被爸爸打了一顿", "爸爸打我", "挨打", "用皮带打他", "手臂有淤青", "背上有伤痕", "说继父虐待她", "被邻居猥亵", "疑似性侵", "说想自杀", "不想活了",
        "上周离家出走", "打我了，我给妈妈打电话", "被关在家里，没有饭吃，还被打",
    ],
)  # fmt: skip
def test_words_of_harm_point_to_the_duty(words: str) -> None:
    assert pointing(["", words])


@pytest.mark.parametrize(
    "words",
    [
        "给妈妈打电话", "电话打通了", "课间打球", "妈妈打我电话", "奶奶说爸爸常打他的手机", "被打断了", "被打动了", "没有被打", "讲了防性侵的知识", "预防自杀讲座", "学了保护隐私部位", "讲了防拐卖",
        "身上没有伤痕", "想死你了", "打他妈妈的电话没人接", "主动打扫卫生", "老师打我的分最高", "考试打了满分", "被打湿了衣服",
    ],
)  # fmt: skip
def test_everyday_words_and_what_was_denied_or_taught_do_not(words: str) -> None:
    assert not pointing([words])


def test_each_sign_stands_under_one_of_the_nine_situations() -> None:
    assert SIGNS.keys() <= dict(SITUATIONS).keys()
