"""A roster written by this house and read again tells the house nothing new."""

from datetime import date

import pytest

from oasis.children.models import Away
from oasis.intake import actions
from oasis.intake.models import Batch
from oasis.papers.actions import export_place
from oasis.people.scope import Scope
from oasis.places.models import School
from tests.intake import ugly
from tests.world import World

WHY = "a test looks at everything"


@pytest.fixture
def li(world: World) -> Scope:
    School.objects.filter(pk=world.schools["青河县"].pk).update(demo=True)
    return world.scope("li")


def judged(scope: Scope, data: bytes) -> list[tuple[str, str, str]]:
    batch = actions.preview(scope, actions.receive(scope, name="名册.xlsx", data=data))
    return rows(batch)


def rows(batch: Batch) -> list[tuple[str, str, str]]:
    return list(batch.rows.everywhere(why=WHY).values_list("name", "state", "differences"))


def test_our_own_roster_read_again_changes_nothing(li: Scope, world: World) -> None:
    father = world.persons["lin_father"]
    Away.objects.create(
        school=father.school, person=father, since_on=date(2025, 2, 1), province="浙江省", city="宁波", by_id=li.actor
    )
    export = export_place(li, paper="roster", place=world.klasses["三1"].pk, whom="all", purpose="archive", link=str)
    data = b"".join(export.data) if not isinstance(export.data, bytes) else export.data
    found = judged(li, data)
    assert len(found) == 3
    assert {state for _name, state, _differences in found} == {"same"}, found


def test_a_title_makes_no_child_at_home_left_behind(li: Scope, world: World) -> None:
    head = ["姓名", "身份证号", "班级", "父亲姓名", "监护人"]
    yang = world.children["yang"]
    data = ugly.xlsx(("留守儿童花名册", [head, [yang.name, yang.id_number, "三1", "", ""]]))
    assert [state for _name, state, _differences in judged(li, data)] == ["same"]


def test_a_month_is_no_other_birthday(li: Scope, world: World) -> None:
    rows = [["林晓晓", "2017年3月", "三1"], ["杨帆", "2016.12", "三1"]]
    data = ugly.xlsx(("名单", [["姓名", "出生年月", "班级"], *rows]))
    assert [state for _name, state, _differences in judged(li, data)] == ["same", "same"]
