"""Rows and single differences left out of a preview; older news than the file; helpers; who cares in fact."""

from collections.abc import Collection, Mapping
from datetime import date

import pytest
import time_machine

from oasis.children.actions.absence import came_home, went_away
from oasis.children.actions.files import revise
from oasis.children.models import Away, Change, Child, Pairing, Tie
from oasis.intake import actions, commit, packing, picking, undo
from oasis.intake.models import Batch, Row
from oasis.kit.refused import Refused
from oasis.people.models import User
from oasis.people.scope import Scope
from tests.intake import ugly
from tests.intake.acts import NEW_ID, ROW, WHY, said, sent, states
from tests.world import World, demo_id

LIN = ["姓名", "身份证号", "班级", "家庭住址", "特长"]


def lin_row(world: World, *more: str) -> list[str]:
    return [world.children["lin"].name, world.children["lin"].id_number, *more]


def rows_of(batch: Batch) -> list[Row]:
    return list(batch.rows.everywhere(why=WHY).order_by("number"))


def pick(
    scope: Scope, batch: Batch, rows: Collection[int], fields: Mapping[int, Collection[int]] | None = None
) -> Batch:
    shown = range(batch.total)
    every = {row.number: range(len(packing.unpacked_differences(row.differences))) for row in rows_of(batch)}
    return picking.pick(scope, batch, shown=shown, rows=rows, fields={**every, **(fields or {})})


def old_roster(scope: Scope, rows: list[list[str]], head: list[str], day: date = date(2026, 9, 10)) -> Batch:
    batch = actions.receive(scope, name="旧名册.xlsx", data=ugly.xlsx(("名单", [head, *rows])))
    batch = actions.choose(scope, batch, columns={}, told_on=day)
    return actions.preview(scope, batch)


def test_a_row_not_ticked_stays_out(li: Scope) -> None:
    other = ["周一飞", "男", demo_id(date(2017, 6, 2), "1", 78), *ROW[3:]]
    batch = pick(li, sent(li, ROW, other), rows={1})
    assert batch.counts["out"] == 1
    batch = commit.commit(li, batch)
    assert (batch.counts["new"], batch.counts["left"]) == (1, 1)
    assert not Child.objects.everywhere(why=WHY).filter(name="方小舟").exists()
    undo.take_back(li, batch)
    assert states(sent(li, ROW)) == ["new"]


def test_a_single_difference_not_ticked_stays_as_it_is(li: Scope, world: World) -> None:
    lin = world.children["lin"]
    batch = sent(li, lin_row(world, "三2", "新村8号", "画画"), head=LIN)
    (row,) = rows_of(batch)
    keys = [one.key for one in packing.unpacked_differences(row.differences)]
    ticked = {at for at, key in enumerate(keys) if key in ("klass", "child.interests")}
    batch = commit.commit(li, pick(li, batch, {0}, {0: ticked}))
    lin.refresh_from_db()
    assert (lin.klass, lin.address, lin.interests) == (world.klasses["三2"], "", "画画")
    assert not Change.objects.within(li).filter(batch=batch.pk, field="address").exists()


def test_a_class_to_be_made_is_not_made_for_a_child_who_stays(li: Scope, world: World) -> None:
    batch = sent(li, lin_row(world, "四3", "新村8号", ""), head=LIN)
    (row,) = rows_of(batch)
    address = [at for at, one in enumerate(packing.unpacked_differences(row.differences)) if one.key == "child.address"]
    batch = commit.commit(li, pick(li, batch, {0}, {0: address}))
    world.children["lin"].refresh_from_db()
    assert (world.children["lin"].klass, world.children["lin"].address) == (world.klasses["三1"], "新村8号")
    assert batch.made_klasses == []


def test_nothing_ticked_is_left_and_touches_nothing(li: Scope, world: World) -> None:
    batch = pick(li, sent(li, lin_row(world, "三1", "新村8号", ""), head=LIN), {0}, {0: ()})
    assert (batch.counts["out"], batch.counts["partly"]) == (1, 0)
    batch = commit.commit(li, batch)
    assert states(batch) == ["left"]
    assert not Change.objects.within(li).filter(batch=batch.pk).exists()


def test_nobody_picks_after_the_commit_nor_in_anothers_batch(li: Scope, world: World) -> None:
    batch = sent(li, ROW)
    for who in ("feng", "qian"):
        with pytest.raises(Batch.DoesNotExist):
            picking.pick(world.scope(who), batch, shown=[0], rows=[], fields={})
    commit.commit(li, batch)
    with pytest.raises(Refused):
        pick(li, batch, {0})


def test_an_older_roster_leaves_what_was_changed_since(li: Scope, world: World) -> None:
    lin = world.children["lin"]
    with time_machine.travel("2026-10-05T02:00:00+00:00", tick=False):
        revise(li, lin, address="老街1号")
    batch = old_roster(li, [lin_row(world, "三1", "新村8号", "画画")], LIN)
    (row,) = rows_of(batch)
    assert (row.newer, batch.counts["newer"]) == (True, 1)
    batch = commit.commit(li, batch)
    lin.refresh_from_db()
    assert (lin.address, lin.interests) == ("老街1号", "画画")


def test_the_older_value_is_taken_when_a_person_ticks_it(li: Scope, world: World) -> None:
    lin = world.children["lin"]
    with time_machine.travel("2026-10-05T02:00:00+00:00", tick=False):
        revise(li, lin, address="老街1号")
    commit.commit(li, pick(li, old_roster(li, [lin_row(world, "三1", "新村8号", "")], LIN), {0}))
    lin.refresh_from_db()
    assert lin.address == "新村8号"


def test_a_newer_roster_wins_and_an_older_one_after_it_does_not(li: Scope, world: World) -> None:
    lin = world.children["lin"]
    commit.commit(li, old_roster(li, [lin_row(world, "三1", "新村8号", "")], LIN, date(2026, 11, 1)))
    batch = old_roster(li, [lin_row(world, "三1", "老街1号", "")], LIN)
    assert batch.counts["newer"] == 1
    assert states(commit.commit(li, batch)) == ["left"]
    lin.refresh_from_db()
    assert lin.address == "新村8号"


def test_a_father_who_came_home_is_not_sent_away_by_an_older_roster(li: Scope, world: World) -> None:
    lin, father = world.children["lin"], world.persons["lin_father"]
    away = went_away(li, lin, father, since_on=date(2025, 2, 1), province="浙江", city="宁波")
    came_home(li, lin, away, on=date(2026, 11, 1))
    head = ["姓名", "身份证号", "班级", "父亲姓名", "父亲务工地"]
    batch = commit.commit(li, old_roster(li, [lin_row(world, "三1", "林国平", "浙江宁波")], head))
    assert states(batch) == ["left"]
    assert not Away.objects.within(li).filter(person=father, to_on__isnull=True).exists()


def test_the_day_of_a_roster_is_read_from_its_title_and_its_properties() -> None:
    today = date(2026, 11, 23)
    assert actions.made_on(["花名册 填报日期：2026年9月10日"], date(2026, 11, 1), today) == date(2026, 9, 10)
    assert actions.made_on(["花名册"], date(2026, 11, 1), today) == date(2026, 11, 1)
    assert actions.made_on(["填报日期：2026年13月40日"], None, today) is None


def test_a_helper_named_in_the_roster_is_paired_and_parted_with_the_batch(li: Scope, world: World) -> None:
    lin, yang = world.children["lin"], world.children["yang"]
    head = ["姓名", "身份证号", "班级", "帮扶教师", "代理家长"]
    rows = [[lin.name, lin.id_number, "三1", "孙丽", ""], [yang.name, yang.id_number, "三1", "吴秀英老师", "查无此人"]]
    batch = sent(li, *rows, [ROW[0], NEW_ID, "三1", "赵明霞", "赵明霞"], head=head)
    assert states(batch) == ["same", "changed", "new"]
    assert "代理家长：没有找到查无此人，结对没有导入" in said(batch)
    commit.commit(li, batch)
    paired = Pairing.objects.within(li).filter(at__gte=batch.at, to_on__isnull=True)
    assert set(paired.values_list("child__name", "staff__name", "role")) == {
        ("杨帆", "吴秀英", "helper"),
        ("方小舟", "赵明霞", "helper"),
    }
    assert states(sent(li, *rows, [ROW[0], NEW_ID, "三1", "赵明霞", ""], head=head)) == ["same"] * 3
    undo.take_back(li, batch)
    assert not Pairing.objects.within(li).filter(child=yang, staff__isnull=False).exists()


def test_two_teachers_of_one_name_are_left_to_a_person(li: Scope, world: World) -> None:
    User.objects.filter(pk=world.users["wu"].pk).update(name="孙丽")
    batch = sent(li, [ROW[0], NEW_ID, "三1", "孙丽"], head=["姓名", "身份证号", "班级", "帮扶教师"])
    assert states(batch) == ["new"]
    assert "不止一位同名" in said(batch)


def test_the_one_who_cares_in_fact_takes_the_mark_from_the_former_carer(li: Scope, world: World) -> None:
    head = ["姓名", "身份证号", "班级", "实际照料人", "与学生关系"]
    batch = sent(li, lin_row(world, "三1", "周阿婆", "外婆"), head=head)
    keys = {one.key.split(".")[0] for one in packing.unpacked_differences(rows_of(batch)[0].differences)}
    assert "relieve" in keys
    commit.commit(li, batch)
    carers = Tie.objects.within(li).filter(child=world.children["lin"], carer=True, to_on__isnull=True)
    assert list(carers.values_list("person__name", flat=True)) == ["周阿婆"]
    assert states(sent(li, lin_row(world, "三1", "周阿婆", "外婆"), head=head)) == ["same"]
    undo.take_back(li, batch)
    assert list(carers.values_list("person__name", flat=True)) == ["黄桂英"]


def test_a_guardian_by_law_takes_no_mark_away(li: Scope, world: World) -> None:
    commit.commit(li, sent(li, lin_row(world, "三1", "林国平"), head=["姓名", "身份证号", "班级", "监护人"]))
    carers = Tie.objects.within(li).filter(child=world.children["lin"], carer=True, to_on__isnull=True)
    assert set(carers.values_list("person__name", flat=True)) == {"林国平", "黄桂英"}
