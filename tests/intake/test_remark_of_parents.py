"""A remark that the parents are away: proposed where no column and no title says so, and taken by the official definitions."""

import time
from datetime import date

import pytest

from oasis.children.models import Child, ChildStatus
from oasis.intake import commit, packing, picking
from oasis.intake.absence import away_in
from oasis.intake.hearing import hear
from oasis.intake.models import Batch
from oasis.intake.wording import shown_rows
from oasis.kit.text import plain
from oasis.people.scope import Scope
from tests.intake.acts import NEW_ID, WHY, said, sent, states
from tests.world import demo_id

HEAD = ["姓名", "身份证号", "班级", "备注"]
ROW = ["方小舟", NEW_ID, "三1", "父母都在外打工，低保"]


def child(scope: Scope) -> Child:
    return Child.objects.within(scope).get(name="方小舟")


def differences(batch: Batch) -> dict[str, object]:
    found = packing.unpacked_differences(batch.rows.everywhere(why=WHY).get().differences)
    return {one.key: one.new for one in found}


@pytest.mark.parametrize(
    ("remark", "kind"),
    [("双亲在外", 2), ("父母都在外打工", 2), ("爸妈在广东打工", 2), ("父母在浙江宁波务工", 2), ("父母在东莞打工", 2), ("父母2020年起在外打工", 2),
     ("父母常年在外，过年才回家", 2), ("父母在外打工，一年回来一次", 2), ("监护人：奶奶，父母在外打工", 2), ("爸爸在广东打工、妈妈在浙江打工", 2), ("低保/双亲在外", 2),
     ("父母在外打工，无人辅导", 2), ("一方外出", 1), ("父亲在外打工，母亲在家", 1), ("妈妈在家，爸爸在外", 1), ("母亲改嫁，父亲在外打工", 1),
     ("父母均在家", 0), ("双亲未外出", 0), ("双亲在外，九月已返乡", 0), ("双方外出、一方外出", 0), ("邻居父母在外打工", 0), ("祖父母在外打工", 0),
     ("叔叔在外打工", 0), ("同桌：父母在外", 0), ("父母在外打工，现在家", 0), ("以前父母在外打工", 0), ("父母准备外出务工", 0), ("双亲在外，否", 0),
     ("父亲在外，父亲在家", 0), ("父母在镇上打工", 0), ("父母在小学工作", 0), ("父母在超市上班", 0), ("父母在政府上班", 0), ("父母在菜市场做生意", 0), ("父母在地里做工", 0),
         ("父母在石桥镇上班", 0), ("父母在柳树村务工", 0), ("父母在青河县打工", 0), ("父母在卫生室上班", 0), ("父母在电子厂上班", 0), ("父母在本县打工", 0), ("是否父母在外", 0), ("姐姐在外打工，父母在家", 0)],
)  # fmt: skip
def test_only_what_is_plainly_said_of_the_childs_own_parents_is_heard(remark: str, kind: int) -> None:
    assert away_in(plain(remark))[1] == kind


@pytest.mark.parametrize(
    ("remark", "heard"),
    [
        ("双亲在外，低保", {"low-income"}),
        ("父母在外打工 住校", {True}),
        ("父亲在外打工，残疾", set()),
        ("父母在外打工，重病", set()),
    ],
)
def test_a_remark_of_the_parents_silences_nothing_of_the_house(remark: str, heard: set[object]) -> None:
    assert {one.value for one in hear(plain(remark))} == heard


def test_it_is_proposed_taken_by_both_definitions_and_not_asked_again(li: Scope) -> None:
    batch = sent(li, ROW, head=HEAD)
    assert "备注里写了“低保、父母都在外打工”，将照此登记" in said(batch)
    (row,) = shown_rows(li, batch, state="look", after=-1, limit=5)
    assert [(one.label, one.new, one.ticked) for one in row.differences] == [
        ("困境类别", "低保家庭", True),
        ("留守类型", "双方外出", True),
    ]
    assert not {label for label, _words in row.facts} & {"留守类型", "困境类别"}
    commit.commit(li, batch)
    status = ChildStatus.objects.within(li).get(child=child(li))
    assert (status.left_behind, status.civil, status.civil_reason) == (2, True, "both-away")
    again = sent(li, ROW, head=HEAD)
    assert (states(again), said(again)) == (["same"], "")


@pytest.mark.parametrize(
    ("born", "household", "remark", "civil"),
    [(date(2017, 4, 2), "农业", "双亲在外", True), (date(2017, 4, 2), "非农业", "双亲在外", False), (date(2009, 4, 2), "农业", "双亲在外", False),
     (date(2017, 4, 2), "农业", "父亲在外打工", False)],
)  # fmt: skip
def test_what_is_taken_counts_for_civil_affairs_only_by_their_own_definition(
    born: date, household: str, remark: str, civil: bool, li: Scope
) -> None:
    row = ["方小舟", demo_id(born, "1", 77), "三1", household, remark]
    commit.commit(li, sent(li, row, head=["姓名", "身份证号", "班级", "户口性质", "备注"]))
    assert (child(li).left_behind, child(li).civil) == (1 if "父亲" in remark else 2, civil)


def test_what_a_person_leaves_out_leaves_both_definitions_out(li: Scope) -> None:
    commit.commit(li, picking.pick(li, sent(li, ROW, head=HEAD), shown=[0], rows=[0], fields={0: [0]}))
    assert (child(li).left_behind, child(li).civil) == (0, False)
    assert states(sent(li, ROW, head=HEAD)) == ["same"]


def test_a_new_remark_about_a_child_with_a_file_is_a_change_and_lowers_nothing(li: Scope) -> None:
    commit.commit(li, sent(li, [*ROW[:3], ""], head=HEAD))
    batch = sent(li, ROW, head=HEAD)
    assert differences(batch) == {
        "child.remark": plain(ROW[3]),
        "hardship": "low-income",
        "left_behind": 2,
        "civil": True,
    }
    commit.commit(li, batch)
    assert (child(li).left_behind, child(li).civil) == (2, True)
    assert differences(sent(li, [*ROW[:3], "父亲在外打工"], head=HEAD)) == {"child.remark": "父亲在外打工"}


@pytest.mark.parametrize(
    ("column", "cell", "kind", "notice"),
    [
        ("是否留守", "否", 0, True),
        ("留守类型", "单亲留守", 1, True),
        ("留守类型", "双亲留守", 2, False),
        ("父母双方同时外出", "否", 0, False),
    ],
)
def test_a_column_of_its_own_goes_before_the_remark(column: str, cell: str, kind: int, notice: bool, li: Scope) -> None:
    batch = sent(li, [*ROW[:3], "双亲在外", cell], head=[*HEAD, column])
    assert ("备注写“双亲在外”，和“留守类型”一列不一样，按那一列登记" in said(batch)) == notice
    commit.commit(li, batch)
    assert child(li).left_behind == kind


def test_a_title_of_left_behind_children_asks_nothing_more(li: Scope) -> None:
    batch = sent(li, [*ROW[:3], "双亲在外"], head=HEAD, sheet="留守儿童花名册")
    assert "备注写“双亲在外”，按双方外出登记" in said(batch)
    assert differences(batch) == {}


@pytest.mark.parametrize(
    "remark", ["双亲在外," + "父母" * 148 + "x", "父母" * 150, "年" * 300, "2020年" * 60 + "x", "在外" * 150]
)
def test_a_long_remark_is_read_in_a_moment(remark: str) -> None:
    begun = time.process_time()
    away_in(remark)
    assert time.process_time() - begun < 0.5
