"""Columns that say of a parent whether he is away, and words that are nobody's name."""

import pytest

from oasis.children.alarms import standing
from oasis.children.household import household
from oasis.children.models import Child, Person, Tie
from oasis.intake import commit, undo
from oasis.intake.cleaning import names
from oasis.intake.cleaning.choices import care
from oasis.intake.cleaning.text import Unclear
from oasis.intake.wording import shown_rows
from oasis.kit.codes import Care
from oasis.kit.heads import meaning
from oasis.people.scope import Scope
from tests.intake.acts import NEW_ID, WHY, said, sent, states

HEAD = ["姓名", "身份证号", "班级", "父亲姓名", "父亲外出", "母亲外出"]


@pytest.mark.parametrize("head", ["父亲外出", "父亲是否外出", "父亲外出情况", "父亲情况", "父亲务工情况"])
def test_a_heading_about_a_parents_absence_is_no_name(head: str) -> None:
    assert meaning(head).field == "father.away"


@pytest.mark.parametrize("text", ["去世", "在浙江打工", "是", "否", "√", "广东 电子厂", "浙江杭州", "外出务工", "广东"])
def test_words_that_are_nobodys_name_are_said(text: str) -> None:
    with pytest.raises(Unclear) as unclear:
        names.name(text)
    assert unclear.value.value is None


@pytest.mark.parametrize("text", ["江苏", "方在家", "安徽", "江西平", "欧阳明月"])
def test_a_name_like_a_place_stays_a_name(text: str) -> None:
    assert names.name(text) == text


def test_a_parents_absence_is_read_and_never_a_name(li: Scope) -> None:
    head = [*HEAD, "监护人", "关系"]
    batch = sent(li, ["方小舟", NEW_ID, "三1", "方大江", "在浙江打工", "去世", "吴桂花", "奶奶"], head=head)
    commit.commit(li, batch)
    child = Child.objects.within(li).get(name="方小舟")
    family = {member.tie.relation: member for member in household(li, child, li.on)}
    away = family["51"].away
    assert away is not None
    assert (away.province, away.since_on, away.reason) == ("浙江", None, "work")
    mother = Person.objects.within(li).get(tie__child=child, tie__relation="52")
    assert (mother.name, mother.alive) == ("母亲（待补姓名）", False)
    again = sent(li, ["方小舟", NEW_ID, "三1", "方大江", "在浙江打工", "去世", "吴桂花", "奶奶"], head=head)
    assert states(again) == ["same"]


@pytest.mark.parametrize(
    "cell", ["方大江（去世）", "方大江(已故)", "方大江（亡）", "方大江 去世", "方大江（2020年因病去世）", "已故方大江", "方大江-病故"]
)  # fmt: skip
def test_a_death_beside_the_name_is_kept(cell: str, li: Scope) -> None:
    head = ["姓名", "身份证号", "班级", "父亲姓名", "父亲电话"]
    batch = sent(li, ["方小舟", NEW_ID, "三1", cell, "19911110001"], head=head)
    assert "写明已去世，按已去世登记" in said(batch)
    (shown,) = shown_rows(li, batch, state="", after=-1, limit=5)
    assert ("父亲", "方大江 19911110001 已去世") in shown.facts
    commit.commit(li, batch)
    tie = Tie.objects.within(li).get(child__name="方小舟")
    assert (tie.person.name, tie.person.alive, tie.standing) == ("方大江", False, Tie.Standing.NONE)


@pytest.mark.parametrize(("cell", "alive"), [("吴桂花（奶奶，已故）", False), ("吴桂花（已故）", False), ("王亡故", True), ("故大江", True)])  # fmt: skip
def test_a_carer_who_died_cares_no_longer_and_a_name_stays_a_name(cell: str, alive: bool, li: Scope) -> None:
    commit.commit(
        li, sent(li, ["方小舟", NEW_ID, "三1", cell, "奶奶"], head=["姓名", "身份证号", "班级", "监护人", "关系"])
    )
    tie = Tie.objects.within(li).get(child__name="方小舟")
    assert (tie.person.alive, tie.carer) == (alive, alive)


def test_a_bare_yes_is_away_since_nobody_knows_and_a_no_is_nothing(li: Scope) -> None:
    row = ["方小舟", NEW_ID, "三1", "方大江", "√", "否"]
    batch = sent(li, row, head=HEAD)
    assert batch.counts["undated"] == 1
    (shown,) = shown_rows(li, batch, state="", after=-1, limit=5)
    assert any("在外（外出时间不详）" in words for _label, words in shown.facts)
    commit.commit(li, batch)
    child = Child.objects.within(li).get(name="方小舟")
    (father,) = household(li, child, li.on)
    assert father.away is not None
    assert (father.away.since_on, father.away.province, father.away.reason) == (None, "", "work")
    assert states(sent(li, row, head=HEAD)) == ["same"]


def test_a_known_parent_is_told_dead_and_the_taking_back_undoes_it(li: Scope) -> None:
    commit.commit(li, sent(li, ["方小舟", NEW_ID, "三1", "方大江", "", ""], head=HEAD))
    batch = sent(li, ["方小舟", NEW_ID, "三1", "方大江", "去世", ""], head=HEAD)
    (shown,) = shown_rows(li, batch, state="", after=-1, limit=5)
    assert [(one.label, one.new) for one in shown.differences] == [("父亲健在", "否")]
    commit.commit(li, batch)
    assert not Person.objects.within(li).get(name="方大江").alive
    undo.take_back(li, batch)
    assert Person.objects.within(li).get(name="方大江").alive


def test_a_name_alone_of_a_parent_makes_no_carer(li: Scope) -> None:
    batch = sent(li, ["方小舟", NEW_ID, "三1", "方大江", "19911110001"], head=["姓名", "身份证号", "班级", "家长姓名", "家长电话"])  # fmt: skip
    commit.commit(li, batch)
    tie = Tie.objects.within(li).get(person__name="方大江")
    assert (tie.carer, tie.lives_with) == (False, False)


@pytest.mark.parametrize(
    ("text", "kind"),
    [("爷爷奶奶", Care.GRANDPARENTS), ("妈妈", Care.ONE_PARENT), ("外婆", Care.GRANDPARENTS), ("舅妈", Care.ELDER_KIN),
     ("爸爸妈妈", Care.PARENTS), ("哥哥", Care.SIBLINGS), ("自己", Care.ALONE)],
)  # fmt: skip
def test_whom_a_child_lives_with_is_the_care(li: Scope, text: str, kind: Care) -> None:
    assert care(text) == kind
    batch = sent(li, ["方小舟", NEW_ID, "三1", "方大江", text], head=["姓名", "身份证号", "班级", "家长姓名", "跟谁住"])
    commit.commit(li, batch)
    assert Child.objects.within(li).get(name="方小舟").care == kind


def test_a_nameless_person_with_a_phone_is_no_carer(li: Scope) -> None:
    batch = sent(li, ["方小舟", NEW_ID, "三1", "19911110001"], head=["姓名", "身份证号", "班级", "监护人电话"])
    commit.commit(li, batch)
    tie = Tie.objects.within(li).get(person__name="家长（待补姓名）")
    assert (tie.carer, tie.lives_with, tie.call_order) == (False, False, 9)


@pytest.mark.parametrize("helper", ["李老师", "班主任"])
def test_a_helper_nobody_knows_is_said_before_and_after(li: Scope, helper: str) -> None:
    batch = sent(li, ["方小舟", NEW_ID, "三1", helper], head=["姓名", "身份证号", "班级", "帮扶教师"])
    assert f"没有找到{helper}，结对没有导入" in said(batch)
    assert batch.counts["unpaired"] == 1
    done = commit.commit(li, batch)
    assert f"没有找到{helper}，结对没有导入" in said(done)
    assert Child.objects.everywhere(why=WHY).filter(name="方小舟").exists()


WHO = [
    "姓名",
    "身份证号",
    "班级",
    "留守类型",
    "父亲姓名",
    "父亲电话",
    "父亲外出",
    "母亲姓名",
    "母亲电话",
    "母亲外出",
    "跟谁住",
]
FATHER, MOTHER = ("方大江", "19911110001"), ("吴小梅", "19911110002")


@pytest.mark.parametrize(
    ("row", "carers"),
    [
        (["单亲外出", *FATHER, "在浙江打工", *MOTHER, "否", ""], {"吴小梅"}),
        (["单亲外出", *FATHER, "在浙江打工", *MOTHER, "", ""], {"吴小梅"}),
        (["非留守", *FATHER, "", *MOTHER, "", ""], {"方大江", "吴小梅"}),
        (["单亲外出", *FATHER, "", *MOTHER, "", "妈妈"], {"吴小梅"}),
        (["单亲外出", *FATHER, "在浙江打工", "", MOTHER[1], "在家", ""], {"母亲（待补姓名）"}),
        (["单亲外出", *FATHER, "", *MOTHER, "", ""], set()),
        (["双亲外出", *FATHER, "", *MOTHER, "", ""], set()),
        (["双亲外出", *FATHER, "是", *MOTHER, "是", "奶奶"], {"奶奶（待补姓名）"}),
        (["", *FATHER, "", *MOTHER, "", ""], set()),
        (["非留守", *FATHER, "", *MOTHER, "去世", ""], {"方大江"}),
    ],
)
def test_a_parent_who_stays_at_home_is_the_carer_and_nobody_asks_for_one(
    li: Scope, row: list[str], carers: set[str]
) -> None:
    row = ["方小舟", NEW_ID, "三1", *row]
    commit.commit(li, sent(li, row, head=WHO))
    child = Child.objects.within(li).get(name="方小舟")
    ties = Tie.objects.within(li).filter(child=child, carer=True, lives_with=True)
    assert set(ties.values_list("person__name", flat=True)) == carers
    asked = {alarm.code for alarm in standing([child], li.on).get(child.pk, [])}
    assert ("no-carer" in asked) == (not carers and child.left_behind > 0)
    assert states(sent(li, row, head=WHO)) == ["same"]


def test_a_carer_in_the_file_stays_when_a_row_only_lets_one_guess(li: Scope) -> None:
    head = ["姓名", "身份证号", "班级", "监护人", "关系"]
    commit.commit(li, sent(li, ["方小舟", NEW_ID, "三1", "吴桂花", "奶奶"], head=head))
    commit.commit(li, sent(li, ["方小舟", NEW_ID, "三1", "非留守", *FATHER, "", *MOTHER, "", ""], head=WHO))
    ties = Tie.objects.within(li).filter(child__name="方小舟", carer=True)
    assert list(ties.values_list("person__name", flat=True)) == ["吴桂花"]


@pytest.mark.parametrize(
    ("places", "kind"),
    [
        (("广东东莞", "广东东莞"), 2),
        (("广东东莞", "在家务农"), 1),
        (("广东东莞", ""), 1),
        (("在家", "在家"), 1),
        (("", ""), 1),
    ],
)
def test_a_bare_yes_takes_how_many_are_away_from_where_the_parents_work(
    li: Scope, places: tuple[str, str], kind: int
) -> None:
    for at, head in enumerate((["父亲务工地", "母亲务工地"], ["父亲外出", "母亲外出"])):
        row = [f"方小舟{'甲乙'[at]}", "三1", "是", "方大江", places[0], "吴小梅", places[1]]
        top = ["姓名", "班级", "是否留守", "父亲姓名", head[0], "母亲姓名", head[1]]
        batch = sent(li, row, head=top)
        assert ("暂按一方外出" in said(batch)) == ("广东东莞" not in places)
        commit.commit(li, batch)
        assert Child.objects.within(li).get(name=row[0]).left_behind == kind
        assert states(sent(li, row, head=top)) == ["same"]
