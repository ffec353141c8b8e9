"""A phone cell without a number: plain words for nothing are nothing, and anything else is told."""

import pytest

from oasis.children.models import Phone, Tie
from oasis.intake import commit
from oasis.people.scope import Scope
from tests.intake.acts import NEW_ID, said, sent

HEAD = ["姓名", "身份证号", "班级", "监护人电话"]


@pytest.mark.parametrize(
    "cell", ["无", "没有", "/", "-", "——", "----", "暂无", "无电话", "没有手机", " 无 ", "没有。", "×××", "不详", "　"]
)
def test_words_for_nothing_are_nothing(cell: str, li: Scope) -> None:
    batch = sent(li, ["方小舟", NEW_ID, "三1", cell], head=HEAD)
    assert said(batch) == ""
    commit.commit(li, batch)
    assert not Tie.objects.within(li).filter(child__name="方小舟").exists()


@pytest.mark.parametrize("cell", ["0", 0, "00", "停机", "空号", "爷爷的", "13800", "见上"])
def test_anything_else_that_is_no_number_is_told_and_makes_nobody_up(cell: object, li: Scope) -> None:
    batch = sent(li, ["方小舟", NEW_ID, "三1", cell], head=HEAD)
    assert "电话" in said(batch)
    commit.commit(li, batch)
    assert not Tie.objects.within(li).filter(child__name="方小舟").exists()


@pytest.mark.parametrize(("cell", "told"), [("19911110001、无", False), ("19911110001/0", True)])
def test_a_number_beside_it_is_kept(cell: str, told: bool, li: Scope) -> None:
    batch = commit.commit(li, sent(li, ["方小舟", NEW_ID, "三1", cell], head=HEAD))
    assert bool(said(batch)) == told
    (phone,) = Phone.objects.within(li).filter(person__tie__child__name="方小舟")
    assert phone.number == "19911110001"
