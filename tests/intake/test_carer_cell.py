"""A column that holds the carer's name and the relation in one cell."""

import pytest

from oasis.children.models import Child, Tie
from oasis.intake import actions, commit
from oasis.intake.models import Batch
from oasis.people.scope import Scope
from tests.intake import ugly
from tests.intake.acts import NEW_ID, said, sent, states

GROUPS = ["姓名", "身份证号", "班级", "父亲", "", "监护人", ""]
HEADS = ["", "", "", "姓名", "电话", "姓名及关系", "联系电话"]


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
    assert "没有写姓名" in said(two_rows(li, "外祖母"))


@pytest.mark.parametrize(("relation", "code"), [("祖孙", "62"), ("", "62"), ("外婆", "64")])
def test_the_relation_beside_the_name_is_heard_where_its_column_says_less(relation: str, code: str, li: Scope) -> None:
    head = ["姓名", "身份证号", "班级", "监护人姓名及关系", "与学生关系"]
    commit.commit(li, sent(li, ["方小舟", NEW_ID, "三1", "奶奶吴桂花", relation], head=head))
    assert Tie.objects.within(li).get(child__name="方小舟", carer=True).relation == code
