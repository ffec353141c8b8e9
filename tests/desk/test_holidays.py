"""Reunion and parting: a talk is due within a week; the holiday list says who has nobody."""

from collections.abc import Callable
from datetime import date, timedelta
from typing import Any

import pytest
from django.test import Client
from django.urls import reverse

from oasis.campus.actions.holidays import tell_holiday
from oasis.campus.holidays import stays
from oasis.children.models import Away
from oasis.duties.queries import owed
from oasis.kit.ids import new_id
from oasis.kit.refused import Refused
from oasis.places.models import Term
from oasis.records.actions import write_record
from oasis.records.kinds import KINDS
from tests.world import TODAY, World


def due(world: World, who: str = "zhao", on: date = TODAY) -> list[str]:
    return [line.reason for line in owed(world.scope(who, on), on).mine() if line.duty.code == "parting-talk"]


def test_a_talk_is_due_in_the_week_after_a_parent_left(world: World) -> None:
    lin = world.children["lin"]
    Away.objects.create(school=lin.school, person=world.persons["lin_father"], since_on=TODAY - timedelta(days=3))
    assert due(world) == ["父亲或母亲离家外出后还没有谈心，请在11月27日前完成"]
    assert due(world, "qian") == []
    assert "应在11月27日前完成" in due(world, on=TODAY + timedelta(days=9))[0]
    fields = KINDS.get("talk").sample | {"happened_on": str(TODAY)}
    write_record(world.scope("sun"), id=new_id(), kind="talk", children=[lin], fields=fields)
    assert due(world) == []


def test_the_list_puts_first_who_has_nobody_then_who_was_not_asked(world: World) -> None:
    zhao, term = world.scope("zhao"), world.terms["青河县"]
    assert [one.stay for one in stays(zhao)[1]] == [None, None]
    tell_holiday(zhao, world.children["chenhao"], term=term, with_whom="carer")
    assert [one.child.name for one in stays(zhao)[1]] == ["林晓晓", "陈浩"]
    tell_holiday(zhao, world.children["chenhao"], term=term, with_whom="nobody", note="找村里商量")
    told = stays(zhao)[1]
    assert [(one.child.name, one.stay and one.stay.with_whom) for one in told] == [("陈浩", "nobody"), ("林晓晓", None)]


@pytest.mark.parametrize(
    "told", [{"with_whom": "nobody", "note": ""}, {"home_on": TODAY, "leave_on": TODAY - timedelta(days=1)},
             {"back_on": TODAY + timedelta(days=1)}],
)  # fmt: skip
def test_nobody_without_a_word_and_days_out_of_order_are_refused(world: World, told: dict[str, Any]) -> None:
    with pytest.raises(Refused):
        tell_holiday(
            world.scope("zhao"), world.children["lin"], term=world.terms["青河县"], **{"with_whom": "carer"} | told
        )


def test_another_class_writes_nothing(world: World, login: Callable[[str], Client]) -> None:
    with pytest.raises(Refused):
        tell_holiday(world.scope("qian"), world.children["lin"], term=world.terms["青河县"], with_whom="carer")
    where = reverse("holiday", kwargs={"pk": world.children["lin"].pk})
    assert login("qian").post(where, {"with_whom": "carer"}).status_code == 404
    zhao = login("zhao")
    assert zhao.post(where, {"with_whom": "nobody"}).status_code == 422
    zhao.post(where, {"with_whom": "home", "home_on": "2027-01-28", "leave_on": "2027-02-20"})
    body = zhao.get(reverse("holidays")).content.decode()
    assert "1月28日回来" in body
    assert "林晓晓" not in login("qian").get(reverse("holidays")).content.decode()


def test_key_children_are_not_called_by_one_level(world: World, login: Callable[[str], Client]) -> None:
    Term.objects.all().delete()
    assert "登记父母外出的孩子和重点帮扶对象" in login("zhao").get(reverse("holidays")).content.decode()
