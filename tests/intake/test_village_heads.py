"""Headings as a village teacher writes them, and cells that say who cares for a child without a proper name."""

import pytest

from oasis.children.models import Child, Hardship, Tie
from oasis.intake import commit
from oasis.intake.cleaning.kin import named
from oasis.kit.heads import meaning, meanings
from oasis.people.scope import Scope
from tests.intake.acts import NEW_ID, said, sent, states
from tests.intake.test_cleaning import used


@pytest.mark.parametrize(
    ("head", "field"),
    [
        ("现由谁照看", "carer.name"), ("照看人", "carer.name"), ("谁照看", "carer.name"), ("由谁照看", "carer.name"), ("照顾人", "carer.name"),
        ("谁带", "carer.name"), ("现在谁带", "carer.name"), ("孩子平时由谁带", "carer.name"), ("由谁照顾", "carer.name"), ("照看人电话", "carer.phone"),
        ("照顾人与孩子关系", "carer.relation"), ("照看者身份证号", "carer.id_number"), ("跟谁生活", "care"), ("随谁居住", "care"),
        ("家庭住址(门牌)", "address"), ("家住哪里", "address"), ("父亲打工地点", "father.place"), ("爸爸在哪里打工", "father.place"), ("母亲去向", "mother.place"),
        ("是否独生", "only_child"), ("代理妈妈", "proxy"), ("怎么上学", "commute"), ("离家距离", "distance_km"), ("自然村", "village"),
        ("低保户", "low_income"), ("是否建档立卡户", "lifted"), ("是否单亲", "single"), ("是否单亲留守", "left_behind"), ("低保证号", None),
        ("父亲年龄", None), ("母亲文化程度", None), ("父亲是否在家", None), ("家长微信名", None), ("父母务工地", None), ("父母何时外出", None),
        ("奶奶姓名", None), ("学生类别", None), ("出生地", None),
    ],
)  # fmt: skip
def test_a_heading_is_taken_for_what_it_asks_and_no_word_in_it_for_more(head: str, field: str | None) -> None:
    assert meaning(head).field == field


def test_bare_words_after_the_carer_belong_to_the_carer() -> None:
    heads = ["姓名", "班级", "现由谁照看", "关系", "电话"]
    assert [one.field for one in meanings(heads, [""] * 5)][2:] == ["carer.name", "carer.relation", "carer.phone"]
    assert [one.field for one in meanings(["姓名", "关系"], ["由谁照看"] * 2)] == ["carer.name", "carer.relation"]


@pytest.mark.parametrize(
    ("text", "found"),
    [("爷爷和奶奶", ("", "grandparents")), ("爷爷奶奶轮流", ("", "grandparents")), ("妈妈在家带", ("", "52")), ("母亲一人", ("", "52")), ("奶奶，71岁", ("", "62")),
     ("王桂英（奶奶，71岁）", ("王桂英", "62")), ("二叔", ("", "83")), ("和小妹", ("和小妹", "")), ("吴大姐", ("吴大姐", "")), ("住校", None), ("托管班", None)],
)  # fmt: skip
def test_who_cares_is_read_and_how_they_live_is_nobodys_name(text: str, found: tuple[str, str] | None) -> None:
    assert used(named, text) == found


@pytest.mark.parametrize("head", ["现由谁照看", "照看人", "跟谁生活", "随谁居住"])
@pytest.mark.parametrize(
    ("cell", "name"), [("奶奶吴桂花", "吴桂花"), ("奶奶", "奶奶（待补姓名）"), ("跟奶奶住", "奶奶（待补姓名）")]
)
def test_whoever_a_village_teacher_names_is_the_carer(head: str, cell: str, name: str, li: Scope) -> None:
    row, top = ["方小舟", NEW_ID, "三1", cell], ["姓名", "身份证号", "班级", head]
    batch = sent(li, row, head=top)
    assert ("照护人没有写姓名" in said(batch)) == (name != "吴桂花")
    commit.commit(li, batch)
    child = Child.objects.within(li).get(name="方小舟")
    ties = Tie.objects.within(li).filter(child=child).values_list("person__name", "relation", "carer")
    assert (child.care, list(ties)) == ("grandparents", [(name, "62", True)])
    assert states(sent(li, row, head=top)) == ["same"]


@pytest.mark.parametrize("cell", ["爷爷奶奶", "隔代", "自己", "妈妈", "邻居"])
def test_a_kind_of_care_makes_nobody_up(cell: str, li: Scope) -> None:
    commit.commit(li, sent(li, ["方小舟", NEW_ID, "三1", cell], head=["姓名", "身份证号", "班级", "跟谁住"]))
    assert not Tie.objects.within(li).filter(child__name="方小舟").exists()


def test_a_column_for_the_carer_goes_before_the_one_that_says_with_whom(li: Scope) -> None:
    head = ["姓名", "身份证号", "班级", "跟谁住", "监护人", "关系"]
    commit.commit(li, sent(li, ["方小舟", NEW_ID, "三1", "爷爷", "吴桂花", "奶奶"], head=head))
    ties = Tie.objects.within(li).filter(child__name="方小舟").values_list("person__name", "carer")
    assert list(ties) == [("吴桂花", True)]


@pytest.mark.parametrize(
    ("head", "cell", "kinds"),
    [("是否低保", "是", {"low-income"}), ("低保户", "√", {"low-income"}), ("低保", "低保户", {"low-income"}), ("是否低保", "否", set()), ("低保户", "非低保", set()),
     ("低保户", "", set()), ("是否建档立卡户", "建档立卡户", {"lifted"}), ("是否单亲家庭", "是", {"single"}), ("是否孤儿", "否", set())],
)  # fmt: skip
def test_a_column_that_asks_for_one_kind_of_hardship_is_heard(head: str, cell: str, kinds: set[str], li: Scope) -> None:
    commit.commit(li, sent(li, ["方小舟", NEW_ID, "三1", cell], head=["姓名", "身份证号", "班级", head]))
    found = Hardship.objects.within(li).filter(child__name="方小舟").values_list("kind", flat=True)
    assert set(found) == kinds


def test_a_no_in_such_a_column_goes_before_the_remark(li: Scope) -> None:
    batch = sent(
        li, ["方小舟", NEW_ID, "三1", "否", "低保/住校"], head=["姓名", "身份证号", "班级", "是否低保", "备注"]
    )
    assert "备注写“低保”，和“是否低保”一列不一样，按那一列登记" in said(batch)
    commit.commit(li, batch)
    assert not Hardship.objects.within(li).filter(child__name="方小舟").exists()
