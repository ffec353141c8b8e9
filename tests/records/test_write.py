"""Writing a record: once, for the children in reach, sealed when confidential."""

import pytest

from oasis.kit.ids import new_id
from oasis.kit.refused import Refused
from oasis.people.roles import Need
from oasis.records.actions import Invalid, write_record
from oasis.records.kinds import KINDS
from oasis.records.models import Record, Sealed
from oasis.records.queries import contacted, timeline
from tests.world import TODAY, World

TALK = {"happened_on": str(TODAY), "summary": "聊了聊最近的学习", "reason": "daily"}


def test_a_talk_stands_on_the_timeline(world: World) -> None:
    scope, lin = world.scope("sun"), world.children["lin"]
    write_record(scope, id=new_id(), kind="talk", children=[lin], fields=TALK)
    assert [row.summary for row in timeline(world.scope("zhao"), lin)] == ["聊了聊最近的学习"]


def test_a_concern_is_no_contact(world: World) -> None:
    scope, lin, yang = world.scope("zhao"), world.children["lin"], world.children["yang"]
    noticed = KINDS.get("concern").sample | {"happened_on": str(TODAY)}
    write_record(scope, id=new_id(), kind="concern", children=[lin], fields=noticed)
    write_record(scope, id=new_id(), kind="talk", children=[yang], fields=TALK)
    assert set(contacted(scope, TODAY)) == {yang.pk}


def test_the_same_id_twice_makes_one_record(world: World) -> None:
    scope, both, key = world.scope("zhao"), [world.children["lin"], world.children["yang"]], new_id()
    first = write_record(scope, id=key, kind="talk", children=both, fields=TALK)
    again = write_record(scope, id=key, kind="talk", children=both, fields=TALK)
    assert {row.pk for row in first} == {row.pk for row in again}
    assert Record.objects.within(scope, Need.RECORD_READ).count() == 2


def test_a_form_with_holes_is_refused(world: World) -> None:
    with pytest.raises(Invalid) as caught:
        write_record(
            world.scope("zhao"),
            id=new_id(),
            kind="talk",
            children=[world.children["lin"]],
            fields={"happened_on": "2026-12-01"},
        )
    assert set(caught.value.form.errors) == {"happened_on", "summary", "reason"}


@pytest.mark.parametrize("who", ["qian", "feng", "chen", "chu", "zhou", "wang"])
def test_nobody_writes_out_of_reach(who: str, world: World) -> None:
    with pytest.raises(Refused):
        write_record(world.scope(who), id=new_id(), kind="talk", children=[world.children["lin"]], fields=TALK)


def test_confidential_text_lies_apart(world: World) -> None:
    scope, lin = world.scope("xu"), world.children["lin"]
    write_record(scope, id=new_id(), kind="talk", children=[lin], fields=TALK | {"confidential": "on"})
    row = timeline(world.scope("zhao"), lin).get()
    assert (row.confidential, row.summary, row.details) == (True, "", {})
    assert not Sealed.objects.within(world.scope("zhao"), Need.CONFIDENTIAL)
    assert Sealed.objects.within(world.scope("xu"), Need.CONFIDENTIAL).get().summary == TALK["summary"]
