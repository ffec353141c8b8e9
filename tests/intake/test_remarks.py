"""What a remark says that the file has a field for: proposed in the preview, taken or left, and never over a column of its own."""

import pytest

from oasis.children.models import Child, Hardship
from oasis.intake import commit, packing, picking
from oasis.intake.hearing import hear
from oasis.intake.models import Batch
from oasis.intake.wording import ShownRow, shown_rows
from oasis.kit.text import plain
from oasis.people.scope import Scope
from tests.intake.acts import NEW_ID, WHY, said, sent, states

HEAD = ["姓名", "身份证号", "班级", "备注"]
ROW = ["方小舟", NEW_ID, "三1", "低保，住校，父亲残疾"]


def shown(scope: Scope, batch: Batch) -> ShownRow:
    (row,) = shown_rows(scope, batch, state="look", after=-1, limit=5)
    return row


def kept(scope: Scope) -> tuple[bool, set[str], str]:
    child = Child.objects.within(scope).get(name="方小舟")
    return (
        child.boarding,
        set(Hardship.objects.within(scope).filter(child=child).values_list("kind", flat=True)),
        child.remark,
    )


@pytest.mark.parametrize(
    ("remark", "said"),
    [("低保户", {"low-income"}), ("建档立卡、单亲家庭", {"lifted", "single"}), ("系孤儿", {"orphan"}), ("事实无人抚养儿童", {"de-facto"}),
     ("三类户", {"watched"}), ("该生住校", {True}), ("走读生", {False}), ("残疾", {"50"}), ("听力残疾", {"50", "2"}),
     ("父亲残疾", set()), ("单亲留守", set()), ("非低保", set()), ("周末回家", set()), ("母亲低保已取消", set()),
     ("低保 住校", {"low-income", True}), ("周末回家，低保；住校，父亲残疾", {"low-income", True}), ("父母离异，低保", {"single", "low-income"}),
     ("该生家庭系低保户", {"low-income"}), ("不住校", {False}), ("父亲服刑，重病", {"prison"}),
     ("低保/住校", {"low-income", True}), ("低保户|住校生|单亲", {"low-income", True, "single"}), ("低保；住校", {"low-income", True}), ("低保+住校", {"low-income", True}),
     ("低保-住校", {"low-income", True}), ("低保（住校）", {"low-income", True}), ("低保住校", {"low-income", True}), ("1.低保 2.住校", {"low-income", True}),
     ("低保 好动", {"low-income"}), ("成绩一般 住校", {True}), ("低保（2020年）", {"low-income"}), ("低保/父亲残疾", {"low-income"}), ("住校 周末爷爷接", {True}),
     ("低保、邻居照看", {"low-income"}), ("不住校/低保", {False, "low-income"}), ("听力残疾/低保", {"50", "2", "low-income"}), ("留守/贫困", {"other"})],
)  # fmt: skip
def test_single_words_are_heard_and_no_part_of_a_phrase(remark: str, said: set[object]) -> None:
    assert {one.value for one in hear(plain(remark))} == said


@pytest.mark.parametrize(
    "remark",
    ["父亲：残疾", "母亲（残疾）", "残疾（父）", "父亲 残疾", "父亲、重病", "父亲，重病", "父亲。残疾", "祖父（重病）", "姐姐（住校）", "残疾，父亲", "残疾家庭",
     "父亲重病、残疾", "父母、重病", "爷爷和奶奶，残疾", "家庭重病", "监护人：残疾、重病", "重病、残疾（母）", "父亲服刑中，重病", "低保：否", "低保 无",
     "低保（已取消）", "低保已取消", "低保，已取消", "低保。已取消", "孤儿：否", "住校：否", "低保，不是", "住校，没有", "否，住校", "曾住校", "孤儿（否）", "低保、孤儿：否",
     "无残疾、重病", "非低保、孤儿", "残疾 不是", "疑似残疾、重病", "低保 2023年取消", "重病（已康复）", "大病，已愈", "低保/否", "残疾-父亲", "父亲 低保 残疾",
     "父亲服刑 残疾", "低保户邻居", "邻居低保", "邻居 低保", "低保（邻居）", "原低保", "原低保 住校", "父亲残疾/住校", "残疾 父亲车祸", "重病/奶奶卧床", "家里 残疾",
     "王强 残疾", "低保/住校/无", "低保，2023年取消", "父亲服刑残疾", "残疾低保户", "住校/去年已停"],
)  # fmt: skip
def test_nothing_is_heard_of_somebody_else_and_nothing_of_a_no(remark: str) -> None:
    assert list(hear(plain(remark))) == []


def test_a_remark_is_raised_taken_and_kept_word_for_word(li: Scope) -> None:
    batch = sent(li, ROW, head=HEAD)
    row = shown(li, batch)
    assert "备注里写了“低保、住校”" in said(batch)
    assert [(one.label, one.new, one.ticked) for one in row.differences] == [
        ("困境类别", "低保家庭", True),
        ("寄宿", "是", True),
    ]
    assert not {label for label, _words in row.facts} & {"寄宿", "困境类别"}
    commit.commit(li, batch)
    assert kept(li) == (True, {"low-income"}, "低保,住校,父亲残疾")
    again = sent(li, ROW, head=HEAD)
    assert (states(again), said(again)) == (["same"], "")


def test_a_new_file_says_anyhow_that_a_child_does_not_board(li: Scope) -> None:
    batch = sent(li, [*ROW[:3], "走读"], head=HEAD)
    assert (batch.rows.everywhere(why=WHY).get().differences, said(batch)) == ("", "")


def test_what_a_person_leaves_out_stays_out_the_second_time_too(li: Scope) -> None:
    batch = picking.pick(li, sent(li, ROW, head=HEAD), shown=[0], rows=[0], fields={0: [1]})
    assert batch.counts["partly"] == 1
    commit.commit(li, batch)
    assert kept(li) == (True, set(), "低保,住校,父亲残疾")
    assert states(sent(li, ROW, head=HEAD)) == ["same"]


def test_a_new_remark_about_a_child_with_a_file_is_a_change_to_be_taken_or_left(li: Scope) -> None:
    commit.commit(li, sent(li, [*ROW[:3], ""], head=HEAD))
    batch = sent(li, ROW, head=HEAD)
    found = packing.unpacked_differences(batch.rows.everywhere(why=WHY).get().differences)
    assert {one.key for one in found} == {"child.remark", "boarding", "hardship"}
    boarding = next(at for at, one in enumerate(found) if one.key == "boarding")
    kept_at = set(range(len(found))) - {boarding}
    commit.commit(li, picking.pick(li, batch, shown=[0], rows=[0], fields={0: kept_at}))
    assert kept(li) == (False, {"low-income"}, "低保,住校,父亲残疾")


def test_a_column_of_its_own_goes_before_the_remark_and_that_is_said(li: Scope) -> None:
    head = [*HEAD, "是否住校", "是否孤儿", "困境类别"]
    batch = sent(li, [*ROW[:3], "住校、孤儿、低保", "走读", "否", "低保"], head=head)
    assert "备注写“住校”，和“寄宿”一列不一样" in said(batch)
    assert "备注写“孤儿”，和“是否孤儿”一列不一样" in said(batch)
    assert shown(li, batch).differences == []
    commit.commit(li, batch)
    assert kept(li)[:2] == (False, {"low-income"})


@pytest.mark.parametrize(
    ("remark", "kind"),
    [
        ("双亲在外", 2),
        ("父母外出务工，低保", 2),
        ("一方外出", 1),
        ("父母一方外出", 1),
        ("双亲未外出", 1),
        ("双亲在外，九月已返乡", 1),
        ("双方外出、一方外出", 1),
    ],
)
def test_a_remark_tells_how_many_are_away_where_a_bare_yes_does_not(remark: str, kind: int, li: Scope) -> None:
    batch = commit.commit(li, sent(li, ["方小舟", "三1", "是", remark], head=["姓名", "班级", "是否留守", "备注"]))
    child = Child.objects.within(li).get(name="方小舟")
    assert (child.left_behind, child.civil) == (kind, kind == 2)
    doubted = "未" in remark or "返" in remark or "双方外出、" in remark
    assert ("暂按一方外出" in said(batch), "备注写“" in said(batch)) == (doubted, not doubted)


@pytest.mark.parametrize("remark", ["住校/走读", "低保—去年", "低保，以前"])
def test_a_choice_nobody_struck_and_what_was_once_are_not_heard(remark: str) -> None:
    assert hear(remark) == []
