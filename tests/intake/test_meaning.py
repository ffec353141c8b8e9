"""A row that may be a child with a file already: left out until a person says which, then taken as that child or as another."""

from collections.abc import Callable
from datetime import date

import pytest
from django.test import Client
from django.urls import reverse

from oasis.children.actions.files import revise
from oasis.children.models import Child
from oasis.desk.intake import FILTERS
from oasis.intake import commit, meaning, picking
from oasis.intake.models import Batch, Row
from oasis.intake.queries import counted, rows_of
from oasis.intake.wording import shown_rows
from oasis.kit.refused import Refused
from oasis.kit.secrets import keyed_hash
from oasis.people.models import Trail
from oasis.people.scope import Scope
from tests.intake.acts import WHY, sent, states
from tests.world import World, demo_id

HEAD = ["姓名", "性别", "身份证号", "班级", "住址"]
OTHER = demo_id(date(2016, 12, 30), "1", 98)
TWIN = ["杨帆", "男", OTHER, "三1", "柳树村9组"]
SOUND = ["林小小", "女", demo_id(date(2017, 3, 5), "2", 99), "三1", "柳树村3组"]


def rows(batch: Batch) -> list[Row]:
    return list(batch.rows.everywhere(why=WHY).order_by("number"))


def test_a_doubted_row_is_left_out_until_somebody_says_who_it_is(li: Scope, world: World) -> None:
    batch = sent(li, TWIN, SOUND, head=HEAD)
    assert [(row.skip, row.alike) for row in rows(batch)] == [(True, world.children[key].pk) for key in ("yang", "lin")]
    assert [(row.ticked, row.same) for row in shown_rows(li, batch, state="doubt", after=-1, limit=9)] == [
        (False, False)
    ] * 2
    assert commit.commit(li, batch).counts["left"] == 2
    assert Child.objects.within(li).filter(name="杨帆").count() == 1


def test_taken_as_that_child_the_file_is_brought_up_to_date_and_stays_who_it_is(li: Scope, world: World) -> None:
    yang = world.children["yang"]
    number = yang.id_number
    batch = meaning.decide(li, sent(li, TWIN, head=HEAD), number=0, same=True)
    (row,) = rows(batch)
    assert (row.state, row.child, row.same, row.skip) == ("changed", yang.pk, True, False)
    (shown,) = shown_rows(li, batch, state="look", after=-1, limit=9)
    assert [(one.label, one.ticked) for one in shown.differences] == [("身份证号", False), ("现住址", True)]
    assert [batch.counts[key] for key in ("new", "changed", "out", "asks")] == [0, 1, 0, 0]
    commit.commit(li, batch)
    yang.refresh_from_db()
    assert (yang.address, yang.id_number) == ("柳树村9组", number)
    assert Child.objects.within(li).filter(name="杨帆").count() == 1


def test_a_slip_is_taken_back_and_another_file_is_opened_when_it_is_ticked(li: Scope) -> None:
    batch = meaning.decide(li, sent(li, TWIN, head=HEAD), number=0, same=True)
    batch = meaning.decide(li, batch, number=0, same=False)
    assert [(row.state, row.skip, row.doubt) for row in rows(batch)] == [("new", True, True)]
    assert [batch.counts[key] for key in ("new", "changed", "out", "asks")] == [1, 0, 1, 1]
    commit.commit(li, picking.pick(li, batch, shown={0}, rows={0}, fields={}))
    assert Child.objects.within(li).filter(name="杨帆").count() == 2


def tabs(scope: Scope, batch: Batch) -> None:
    for code, words in FILTERS[1:]:
        assert counted(batch, code) == rows_of(scope, batch, state=code).count(), words


def test_every_tab_says_as_many_as_its_list_after_each_decision(li: Scope, world: World) -> None:
    away = ["杨帆", "男", OTHER, "三1", "柳树村9组", "深圳市", "没有的人"]
    noticed = ["周一飞", "男", "", "三1", "", "", ""]
    head = [*HEAD, "父亲务工地", "帮扶教师"]
    batch = sent(li, away, [*SOUND, "", ""], noticed, [*noticed[:3], "九9", "", "", ""], head=head)
    tabs(li, batch)
    first = batch.counts
    assert [first[key] for key in ("undated", "unpaired")] == [1, 1]
    for number in (0, 1):
        batch = meaning.decide(li, batch, number=number, same=True)
        tabs(li, batch)
    for number in (0, 1):
        batch = meaning.decide(li, batch, number=number, same=False)
        tabs(li, batch)
    assert {key: n for key, n in batch.counts.items() if n} == {key: n for key, n in first.items() if n}
    batch = meaning.decide(li, batch, number=1, same=True)
    tabs(li, commit.commit(li, batch))


def test_a_row_refused_at_the_commit_is_spoken_of_no_more(li: Scope, world: World) -> None:
    zhao, liu = world.scope("zhao"), world.children["liu"]
    number = demo_id(date(2017, 5, 6), "1", 55)
    Child.objects.everywhere(why=WHY).filter(pk=liu.pk).update(id_hash=keyed_hash(number, purpose="child-id"))
    batch = sent(zhao, ["周一飞", "男", number, "三1", "", "没有的人"], head=[*HEAD, "帮扶教师"])
    assert batch.counts["said"] == 1
    done = commit.commit(zhao, batch)
    assert states(done) == ["refused"]
    tabs(zhao, done)


def test_two_rows_are_not_one_child(li: Scope, world: World) -> None:
    batch = sent(li, TWIN, ["杨帆", "男", world.children["yang"].id_number, "三1", "新村1号"], head=HEAD)
    assert sorted(states(batch)) == ["changed", "new"]
    with pytest.raises(Refused, match="twice"):
        meaning.decide(li, batch, number=0, same=True)


@pytest.mark.parametrize("number", [1, 7])
def test_only_a_doubted_row_can_be_decided(number: int, li: Scope) -> None:
    batch = sent(li, TWIN, ["周一飞", "男", "", "三1", ""], head=HEAD)
    with pytest.raises(Refused, match="no-such-row"):
        meaning.decide(li, batch, number=number, same=True)


def test_a_homeroom_teacher_decides_of_the_own_class_only(world: World, li: Scope) -> None:
    zhao = world.scope("zhao")
    batch = meaning.decide(zhao, sent(zhao, TWIN, head=HEAD), number=0, same=True)
    assert [row.child for row in rows(batch)] == [world.children["yang"].pk]
    Child.objects.within(li).filter(pk=world.children["yang"].pk).update(klass=world.klasses["三2"])
    batch = sent(zhao, TWIN, head=HEAD)
    assert [row.alike for row in rows(batch)] == [None]


def test_the_page_offers_both_and_keeps_what_was_ticked(
    world: World, li: Scope, login: Callable[[str], Client]
) -> None:
    batch, client = (
        sent(li, TWIN, ["周一飞", "男", "", "三1", ""], ["陈浩", "男", "", "三1", "新村6号"], head=HEAD),
        login("li"),
    )
    to = {"kwargs": {"pk": batch.pk}}
    page = client.get(reverse("intake-batch", **to)).content.decode()
    assert "就是这个孩子" in page
    assert "另建一份档案" in page
    assert "2016-12-30生" in page
    assert "周一飞" not in page  # nothing to decide
    sent_ = {"shown": ["0", "2"], "row": [], "go": "same-0", "show": "look"}
    page = client.post(reverse("intake-pick", **to), sent_, follow=True).content.decode()
    assert "不是这个孩子" in page
    assert "已对上原来的档案" in page
    assert [row.skip for row in rows(batch)] == [False, False, True]


REPEATED = [["周一飞", "男", demo_id(date(2017, 4, 2), "1", serial), "三1", ""] for serial in (61, 67)]


def test_a_row_like_another_of_the_file_is_not_offered_a_file_that_is_not_there(
    li: Scope, login: Callable[[str], Client]
) -> None:
    batch, client = sent(li, *REPEATED, head=HEAD), login("li")
    page = client.get(reverse("intake-batch", kwargs={"pk": batch.pk})).content.decode()
    assert [batch.counts[key] for key in ("asks", "repeats")] == [1, 1]
    assert "就是这个孩子" not in page
    assert "在表里合成一行再导入" in page
    both = sent(li, *REPEATED, TWIN, head=HEAD)
    assert [both.counts[key] for key in ("asks", "repeats")] == [2, 1]
    taken = picking.pick(li, both, shown={0, 1}, rows={0, 1}, fields={})
    assert [taken.counts[key] for key in ("asks", "repeats")] == [1, 0]
    assert [taken.counts[key] for key in ("new", "out")] == [3, 1]


def test_what_has_to_be_decided_comes_first_page_after_page(li: Scope) -> None:
    plain = [[f"周{one}", "男", "", "三1", ""] for one in "甲乙丙"]
    batch = sent(li, *plain, ["陈浩", "男", "", "三1", "新村6号"], TWIN, head=HEAD)
    names = [row.name for row in shown_rows(li, batch, state="look", after=-1, limit=9)]
    assert names == ["杨帆", "陈浩"]
    assert [row.name for row in shown_rows(li, batch, state="look", after=0, limit=9)] == ["陈浩"]
    assert [row.name for row in rows_of(li, batch, state="look", after=0)] == ["陈浩"]
    assert rows_of(li, batch, state="look", after=1).count() == 0
    assert len(shown_rows(li, batch, state="all", after=-1, limit=9)) == 5


def test_a_parent_without_a_name_is_not_named_twice(li: Scope) -> None:
    batch = sent(li, ["周一飞", "三1", "19911110009"], head=["姓名", "班级", "父亲电话"])
    (row,) = shown_rows(li, batch, state="all", after=-1, limit=9)
    assert ("父亲", "（待补姓名） 19911110009") in row.facts


@pytest.mark.parametrize("ticked", [False, True])
def test_a_number_left_out_tells_nothing_of_a_child_elsewhere(ticked: bool, world: World, li: Scope) -> None:
    zhao, elsewhere = world.scope("zhao"), world.children["he"]
    revise(li, elsewhere, id_number=OTHER)  # of 三2
    batch = meaning.decide(zhao, sent(zhao, TWIN, head=HEAD), number=0, same=True)
    if ticked:
        batch = picking.pick(zhao, batch, shown={0}, rows={0}, fields={0: {0, 1}})
    batch = commit.commit(zhao, batch)
    lines = Trail.objects.everywhere(why=WHY).filter(deed="child.refused-second", subject=str(batch.pk)).count()
    assert (states(batch), lines) == ((["refused"], 1) if ticked else (["changed"], 0))
