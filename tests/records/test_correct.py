"""Correcting, taking back and taking out: nothing silently changed, nothing lost."""

from datetime import timedelta

import pytest
import time_machine

from oasis.kit.ids import new_id
from oasis.kit.refused import Refused
from oasis.people.models import Trail
from oasis.people.roles import Need
from oasis.records.actions import (
    AlreadySaved,
    Conflict,
    Invalid,
    correct_record,
    open_sealed,
    take_out,
    withdraw,
    write_record,
)
from oasis.records.models import Record
from oasis.records.queries import earlier, readable, timeline, typed
from tests.world import TODAY, World

TALK = {"happened_on": str(TODAY), "summary": "聊了聊最近的学习", "reason": "daily"}


def talk(world: World, who: str = "sun", **more: object) -> Record:
    return write_record(
        world.scope(who), id=new_id(), kind="talk", children=[world.children["lin"]], fields=TALK | more
    )[0]


def deeds(world: World) -> list[str]:
    return list(Trail.objects.within(world.scope("li"), Need.TRAIL).order_by("seq").values_list("deed", flat=True))


def test_a_correction_keeps_the_earlier_wording(world: World) -> None:
    row = talk(world)
    (told,) = correct_record(
        world.scope("sun"), record=row.pk, based_on=1, fields=TALK | {"summary": "改"}, reason="写漏了"
    )
    assert (told.summary, told.version) == ("改", 2)
    (before,) = earlier(world.scope("zhao"), told)
    assert (before.number, before.content["columns"]["summary"], before.reason) == (1, TALK["summary"], "写漏了")
    assert deeds(world)[-1] == "record.correct"


def test_the_same_wording_changes_nothing(world: World) -> None:
    row = talk(world)
    assert correct_record(world.scope("sun"), record=row.pk, based_on=1, fields=typed(row)) == []
    row.refresh_from_db()
    assert row.version == 1


@pytest.mark.parametrize(("first", "second"), [("sun", "zhao"), ("zhao", "sun")])
def test_the_second_to_change_sees_both(first: str, second: str, world: World) -> None:
    row = talk(world)
    correct_record(world.scope(first), record=row.pk, based_on=1, fields=TALK | {"summary": "先改的"})
    with pytest.raises(Conflict) as caught:
        correct_record(world.scope(second), record=row.pk, based_on=1, fields=TALK | {"summary": "后改的"})
    assert caught.value.current.summary == "先改的"
    assert caught.value.form.cleaned_data["summary"] == "后改的"
    assert Record.objects.within(world.scope("zhao")).get(pk=row.pk).summary == "先改的"


@pytest.mark.parametrize("who", ["qian", "xu", "zheng", "feng", "chu", "wang"])
def test_others_may_not_correct(who: str, world: World) -> None:
    with pytest.raises(Refused):
        correct_record(world.scope(who), record=talk(world).pk, based_on=1, fields=TALK | {"summary": "改"})


def test_a_correction_with_holes_is_refused(world: World) -> None:
    with pytest.raises(Invalid):
        correct_record(world.scope("sun"), record=talk(world).pk, based_on=1, fields=TALK | {"summary": ""})


def test_a_slip_is_taken_back_within_minutes(world: World) -> None:
    row = talk(world)
    assert withdraw(world.scope("sun"), record=row.pk)
    assert not withdraw(world.scope("sun"), record=row.pk)
    assert not timeline(world.scope("zhao"), world.children["lin"])
    assert deeds(world)[-1] == "record.withdraw"


def test_later_or_by_others_nothing_is_taken_back(world: World) -> None:
    row = talk(world)
    with pytest.raises(Refused):
        withdraw(world.scope("zhao"), record=row.pk)
    with time_machine.travel(row.at + timedelta(minutes=11), tick=False), pytest.raises(Refused) as caught:
        withdraw(world.scope("sun"), record=row.pk)
    assert caught.value.code == "too-late"


def test_one_child_is_taken_out_of_an_act(world: World) -> None:
    scope, both = world.scope("zhao"), [world.children["lin"], world.children["yang"]]
    first, second = write_record(scope, id=new_id(), kind="talk", children=both, fields=TALK)
    take_out(scope, record=second.pk, based_on=1, reason="他那天请假")
    assert [row.pk for row in readable(scope).filter(withdrawn=False)] == [first.pk]
    assert earlier(scope, second)[0].reason == "他那天请假"
    with pytest.raises(Refused):
        take_out(scope, record=first.pk, based_on=1, reason=" ")


def test_an_id_that_stands_for_other_words_is_not_swallowed(world: World) -> None:
    scope, lin, key = world.scope("zhao"), world.children["lin"], new_id()
    write_record(scope, id=key, kind="talk", children=[lin], fields=TALK)
    with pytest.raises(AlreadySaved):
        write_record(scope, id=key, kind="talk", children=[lin], fields=TALK | {"summary": "又写了别的"})
    with pytest.raises(AlreadySaved):
        write_record(scope, id=key, kind="talk", children=[lin, world.children["yang"]], fields=TALK)


def test_a_record_taken_back_does_not_come_again_under_its_id(world: World) -> None:
    row = talk(world)
    withdraw(world.scope("sun"), record=row.pk)
    with pytest.raises(Refused) as caught:
        write_record(world.scope("sun"), id=row.pk, kind="talk", children=[world.children["lin"]], fields=TALK)
    assert caught.value.code == "withdrawn"


def test_an_unknown_kind_is_refused(world: World) -> None:
    with pytest.raises(Refused) as caught:
        write_record(world.scope("zhao"), id=new_id(), kind="x", children=[world.children["lin"]], fields=TALK)
    assert caught.value.code == "kind"


def test_opening_sealed_text_asks_why_and_leaves_a_line(world: World) -> None:
    row = talk(world, "xu", confidential="on")
    with pytest.raises(Refused):
        open_sealed(world.scope("li"), record=row.pk, reason="")
    assert open_sealed(world.scope("li"), record=row.pk, reason="care").record.summary == TALK["summary"]
    assert deeds(world)[-1] == "record.open"


@pytest.mark.parametrize("who", ["zhao", "sun", "qian", "zheng", "feng", "wang"])
def test_few_may_open_sealed_text(who: str, world: World) -> None:
    row = talk(world, "xu", confidential="on")
    with pytest.raises(Refused):
        open_sealed(world.scope(who), record=row.pk, reason="care")
    with pytest.raises(Refused):
        correct_record(world.scope(who), record=row.pk, based_on=1, fields=TALK | {"summary": "改"})


def test_the_writer_opens_and_corrects_what_was_sealed(world: World) -> None:
    row = talk(world, "zhao", confidential="on")
    assert open_sealed(world.scope("zhao"), record=row.pk, reason="correct").record.summary == TALK["summary"]
    fields = TALK | {"summary": "改过的", "confidential": "on"}
    correct_record(world.scope("zhao"), record=row.pk, based_on=1, fields=fields)
    kept = timeline(world.scope("zhao"), world.children["lin"]).get()
    assert (kept.summary, kept.version, kept.confidential) == ("", 2, True)
    assert earlier(world.scope("zhao"), kept)[0].content == {}
    opened = open_sealed(world.scope("zhao"), record=row.pk, reason="correct")
    assert opened.record.summary == "改过的"
    assert opened.earlier[0].content["columns"]["summary"] == TALK["summary"]


def test_what_becomes_confidential_closes_its_earlier_wordings(world: World) -> None:
    row = talk(world)
    correct_record(world.scope("sun"), record=row.pk, based_on=1, fields=TALK | {"confidential": "on"})
    kept = timeline(world.scope("zhao"), world.children["lin"]).get()
    assert kept.summary == ""
    assert all(version.content == {} for version in earlier(world.scope("zhao"), kept))
