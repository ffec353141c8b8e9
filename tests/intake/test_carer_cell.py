"""A column that holds the carer's name and the relation in one cell."""

import pytest

from oasis.children.alarms import standing
from oasis.children.models import Child, Tie
from oasis.intake import actions, commit
from oasis.intake.models import Batch
from oasis.intake.wording import shown_rows
from oasis.papers.cards.issuing import card_of
from oasis.papers.files import files_of
from oasis.papers.forms.registration import page
from oasis.papers.queries import card_states
from oasis.people.scope import Scope
from oasis.records.numbers import numbers
from tests.intake import ugly
from tests.intake.acts import NEW_ID, said, sent, states

GROUPS = ["姓名", "身份证号", "班级", "父亲", "", "监护人", ""]
HEADS = ["", "", "", "姓名", "电话", "姓名及关系", "联系电话"]
CARER = ["姓名", "身份证号", "班级", "监护人", "与学生关系"]


def two_rows(scope: Scope, cell: str) -> Batch:
    row = ["方小舟", NEW_ID, "三1", "方大江", "19911110001", cell, "19911110002"]
    batch = actions.receive(scope, name="名册.xlsx", data=ugly.xlsx(("名单", [GROUPS, HEADS, row])))
    return actions.preview(scope, batch)


@pytest.mark.parametrize("cell", ["吴桂花 奶奶", "吴桂花（奶奶）", "奶奶：吴桂花", "奶奶吴桂花", "吴桂花/祖母"])
def test_the_carer_under_two_rows_of_headings_is_read_with_the_relation(li: Scope, cell: str) -> None:
    batch = two_rows(li, cell)
    assert [column["field"] for column in batch.layouts[0]["columns"]] == [
        "name", "id_number", "klass", "father.name", "father.phone", "carer.name", "carer.phone",
    ]  # fmt: skip
    assert "关系" not in said(batch)
    commit.commit(li, batch)
    tie = Tie.objects.within(li).get(child__name="方小舟", carer=True)
    assert (tie.person.name, tie.relation, Child.objects.within(li).get(name="方小舟").care) == (
        "吴桂花", "62", "grandparents",
    )  # fmt: skip
    assert states(two_rows(li, cell)) == ["same"]


def test_a_carer_the_file_has_gets_no_second_one(li: Scope) -> None:
    head = ["姓名", "身份证号", "班级", "监护人", "关系"]
    commit.commit(li, sent(li, ["方小舟", NEW_ID, "三1", "吴桂花", "奶奶"], head=head))
    for cell in ("吴桂花奶奶", "吴桂花 奶奶"):
        commit.commit(li, two_rows(li, cell))
        commit.commit(li, sent(li, ["方小舟", NEW_ID, "三1", cell], head=head[:4]))
    assert list(Tie.objects.within(li).filter(carer=True, child__name="方小舟").values_list("person__name", flat=True)) == ["吴桂花"]  # fmt: skip


def test_a_relation_alone_is_nobodys_name_and_a_father_is_the_father(li: Scope) -> None:
    commit.commit(li, two_rows(li, "父亲"))
    ties = Tie.objects.within(li).filter(child__name="方小舟")
    assert [(tie.person.name, tie.relation, tie.carer) for tie in ties] == [("方大江", "51", True)]


@pytest.mark.parametrize(("relation", "code"), [("祖孙", "62"), ("", "62"), ("外婆", "64")])
def test_the_relation_beside_the_name_is_heard_where_its_column_says_less(relation: str, code: str, li: Scope) -> None:
    head = ["姓名", "身份证号", "班级", "监护人姓名及关系", "与学生关系"]
    batch = commit.commit(li, sent(li, ["方小舟", NEW_ID, "三1", "奶奶吴桂花", relation], head=head))
    assert "其他亲属" not in said(batch)
    assert ("两处写的不一样，按“外婆”登记" in said(batch)) == (relation == "外婆")
    assert Tie.objects.within(li).get(child__name="方小舟", carer=True).relation == code


def test_a_relation_that_leaves_open_who_it_is_tells_the_care_and_what_was_taken(li: Scope) -> None:
    batch = commit.commit(li, sent(li, ["方小舟", NEW_ID, "三1", "吴桂花", "祖孙"], head=CARER))
    assert "只写到祖辈，没有写明是爷爷、奶奶还是外公、外婆，暂记为其他亲属" in said(batch)
    assert cared_by(li) == ("grandparents", [("吴桂花", "97", True)])
    again = sent(li, ["何小满", "", "三1", "姐姐何小红", "祖孙"], head=CARER)
    assert "两处写的不一样，按“姐姐”登记" in said(again)


@pytest.mark.parametrize("cells", [("姐姐", ""), ("", "姐姐"), ("跟姐姐住", ""), ("姐姐带", "姐弟")])
def test_a_carer_of_whom_only_the_relation_is_written_waits_for_a_name(li: Scope, cells: tuple[str, str]) -> None:
    batch = sent(li, ["方小舟", NEW_ID, "三1", *cells], head=CARER)
    assert said(batch) == "照护人没有写姓名，先记“姐姐（待补姓名）”；问到姓名，请在家庭成员里补上。"
    (row,) = shown_rows(li, batch, state="", after=-1, limit=5)
    assert row.facts[-2:] == [("照护类型", "兄姐照护"), ("姐姐", "（待补姓名） 日常照护")]
    commit.commit(li, batch)
    assert cared_by(li) == ("siblings", [("姐姐（待补姓名）", "75", True)])
    assert states(sent(li, ["方小舟", NEW_ID, "三1", *cells], head=CARER)) == ["same"]


def test_the_name_told_later_names_the_one_who_waited_and_is_heard_ever_after(li: Scope) -> None:
    commit.commit(li, sent(li, ["方小舟", NEW_ID, "三1", "姐姐", ""], head=CARER))
    batch = sent(li, ["方小舟", NEW_ID, "三1", "方小红", "姐姐"], head=CARER)
    (row,) = shown_rows(li, batch, state="", after=-1, limit=5)
    assert [(one.label, one.old, one.new) for one in row.differences] == [("姐姐姓名", "姐姐（待补姓名）", "方小红")]
    commit.commit(li, batch)
    assert cared_by(li) == ("siblings", [("方小红", "75", True)])
    again = sent(li, ["方小舟", NEW_ID, "三1", "姐姐", ""], head=CARER)
    assert (states(again), said(again)) == (["same"], "")


@pytest.mark.parametrize(("cell", "called"), [("外婆", "外婆"), ("姐姐", "姐姐"), ("大伯", "伯父")])
def test_a_carer_known_by_the_relation_alone_stands_on_every_paper(cell: str, called: str, li: Scope) -> None:
    row = ["方小舟", NEW_ID, "三1", cell, "19911110002", "双亲留守"]
    commit.commit(li, sent(li, row, head=["姓名", "身份证号", "班级", "监护人", "监护人电话", "留守类型"]))
    child = Child.objects.within(li).get(name="方小舟")
    (file,) = files_of(li, [child], li.on)
    contact = card_of(file, li.on).family[0]
    assert (contact.role, contact.name, contact.relation, contact.phone) == ("日常照护人", called, "", "19911110002")
    assert f"日常照护人{called}还没有姓名" in card_states(li, [child])[0].missing
    alarms = {alarm.code for alarm in standing([child], li.on)[child.pk]}
    assert ("carer-nameless" in alarms, "no-carer" in alarms) == (True, False)
    form = {entry.label: entry.value for row in page(file, school="", on=li.on).rows for entry in row}
    assert (form["照护人"], form["与儿童关系"], form["紧急联系人"]) == ("", called, f"{called}（待补姓名）19911110002")
    (number,) = numbers(li, [child], "carer-contact")[child.pk]
    assert (number.whom, number.words, number.unsaid) == ("carer", f"{called}（待补姓名）", False)


@pytest.mark.parametrize(
    ("cell", "kind", "care"),
    [("爷爷奶奶", "双亲留守", "grandparents"), ("爷爷、奶奶", "", "grandparents"), ("父母", "非留守", "parents"),
     ("父母", "单亲留守", "one-parent"), ("父母", "双亲留守", "")],
)  # fmt: skip
def test_several_carers_without_names_are_kept_as_the_kind_of_care(li: Scope, cell: str, kind: str, care: str) -> None:
    batch = commit.commit(li, sent(li, ["方小舟", NEW_ID, "三1", cell, kind], head=[*CARER[:4], "留守类型"]))
    assert "照护人" in said(batch)
    assert cared_by(li) == (care, [])


def test_a_second_father_is_told_to_be_taken_as_another(li: Scope) -> None:
    batch = sent(li, ["方小舟", NEW_ID, "三1", "方大海", "父亲", "方大江"], head=[*CARER, "父亲姓名"])
    assert "两处写的不一样，按“其他亲属”登记" in said(batch)


def test_the_relation_alone_of_a_mere_contact_is_said(li: Scope) -> None:
    head = ["姓名", "身份证号", "班级", "家长姓名", "家长与学生关系"]
    assert "家长只写了与学生的关系" in said(sent(li, ["方小舟", NEW_ID, "三1", "", "姑姑"], head=head))


def cared_by(scope: Scope) -> tuple[str, list[tuple[str, str, bool]]]:
    child = Child.objects.within(scope).get(name="方小舟")
    ties = Tie.objects.within(scope).filter(child=child).values_list("person__name", "relation", "carer")
    return child.care, list(ties)
