"""A parent's absence as rosters tell it: with a day, or since nobody knows when."""

from datetime import date, timedelta
from importlib import import_module
from types import SimpleNamespace

import pytest
from django.db import connection
from django.db.migrations.loader import MigrationLoader

from oasis.children.days import comings
from oasis.children.household import household
from oasis.children.models import Away, Change, Child
from oasis.children.past import as_of
from oasis.intake import commit, undo
from oasis.intake.models import Batch
from oasis.intake.wording import shown_rows
from oasis.kit.dates import CHINA
from oasis.people.scope import Scope
from tests.intake.acts import ROW, WHY, sent, states
from tests.world import World

HEAD = ["姓名", "身份证号", "班级", "父亲姓名", "父亲电话", "父亲务工地", "父亲外出时间", "母亲姓名", "母亲务工地"]


def lin_row(world: World, place: str = "浙江宁波", since: str = "", mother: str = "") -> list[str]:
    lin = world.children["lin"]
    return [lin.name, lin.id_number, "三1", "林国平", "", place, since, mother and "周玉兰", mother]


def absences(batch: Batch) -> list[Change]:
    return list(Change.objects.everywhere(why=WHY).filter(batch=batch.pk, table="away"))


def test_a_new_childs_father_is_away_since_nobody_knows_when(li: Scope) -> None:
    batch = sent(li, ROW)
    assert batch.counts["undated"] == 1
    (row,) = shown_rows(li, batch, state="", after=-1, limit=5)
    assert any("外出时间不详" in words for _label, words in row.facts)
    commit.commit(li, batch)
    child = Child.objects.within(li).get(name="方小舟")
    (father,) = [member for member in household(li, child, li.on) if member.away]
    assert father.away is not None
    assert (father.away.since_on, father.away.city) == (None, "宁波市")
    assert comings(li, li.on) == []


def test_a_day_that_is_told_is_kept(li: Scope, world: World) -> None:
    batch = sent(li, lin_row(world, since="2025年2月"), head=HEAD)
    assert batch.counts["undated"] == 0
    commit.commit(li, batch)
    assert Away.objects.within(li).get(person=world.persons["lin_father"]).since_on == date(2025, 2, 1)


def test_a_known_fathers_absence_without_a_day_comes_and_goes_with_its_batch(li: Scope, world: World) -> None:
    batch = sent(li, lin_row(world), head=HEAD)
    assert (batch.counts["changed"], batch.counts["undated"]) == (1, 1)
    commit.commit(li, batch)
    away = Away.objects.within(li).get(person=world.persons["lin_father"])
    assert away.since_on is None
    assert states(sent(li, lin_row(world), head=HEAD)) == ["same"]
    later = commit.commit(li, sent(li, lin_row(world, since="2025年2月"), head=HEAD))
    assert Away.objects.within(li).get(pk=away.pk).since_on == date(2025, 2, 1)
    undo.take_back(li, later)
    assert Away.objects.within(li).get(pk=away.pk).since_on is None
    undo.take_back(li, batch)
    assert not Away.objects.within(li).filter(pk=away.pk).exists()


def test_a_new_mothers_absence_is_in_the_history(li: Scope, world: World) -> None:
    row = ["杨帆", world.children["yang"].id_number, "三1", "", "", "", "", "杨秋月", "广东东莞"]
    batch = commit.commit(li, sent(li, row, head=HEAD))
    assert {change.field for change in absences(batch)} == {"reason", "province", "city"}
    undo.take_back(li, batch)
    assert not Away.objects.within(li).filter(province="广东").exists()


def test_the_file_of_a_day_before_tells_nothing_of_it(li: Scope, world: World) -> None:
    commit.commit(li, sent(li, lin_row(world), head=HEAD))
    before = as_of(li, world.children["lin"], date(2026, 9, 30))
    assert not [member for member in before.family if member.away]


@pytest.mark.usefixtures("steps")
def test_days_of_import_stored_before_are_unknown_days_after_the_migration(li: Scope, world: World) -> None:
    told = commit.commit(li, sent(li, ROW))
    father = Away.objects.within(li).get(person__name="方大江")
    Away.objects.within(li).filter(pk=father.pk).update(since_on=father.at.astimezone(CHINA).date())
    day = father.at.astimezone(CHINA).date()
    by_hand = Away.objects.create(
        school=father.school, person=world.persons["lin_father"], since_on=day, at=father.at + timedelta(minutes=1)
    )
    step = import_module("oasis.children.migrations.0003_import_day_is_no_leaving_day")
    apps = MigrationLoader(connection).project_state(("children", "0003_import_day_is_no_leaving_day")).apps
    step.forget_the_day(apps, SimpleNamespace(connection=connection))
    father.refresh_from_db()
    by_hand.refresh_from_db()
    assert (father.since_on, by_hand.since_on) == (None, day)
    assert told.state == "done"
