"""One act for several children, corrected once: for all whose records still say the same, or for one; two at once."""

from collections.abc import Callable, Mapping
from typing import Any
from uuid import UUID

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from oasis.children.models import Child
from oasis.kit.ids import new_id
from oasis.people.models import Trail
from oasis.people.roles import Need
from oasis.records.actions import Parted, correct_record, take_out, write_record
from oasis.records.models import Record, Sealed
from oasis.records.queries import earlier
from tests.forms import drawn
from tests.world import TODAY, World

Login = Callable[[str], Client]
TALK = {"happened_on": str(TODAY), "summary": "聊了聊放学路上", "reason": "daily"}
BETTER = TALK | {"summary": "聊了聊放学路上怎样走"}


def act(world: World, *names: str, **more: Any) -> list[Record]:
    children = [world.children[name] for name in names or ("lin", "yang", "chenhao")]
    return write_record(world.scope("zhao"), id=new_id(), kind="talk", children=children, fields=TALK | more)


def told(world: World, rows: list[Record]) -> list[str]:
    by_id = Record.objects.within(world.scope("zhao"), Need.RECORD_READ).in_bulk([row.pk for row in rows])
    return [by_id[row.pk].summary for row in rows]


def where(row: Record) -> str:
    return reverse("record-correct", kwargs={"pk": row.pk})


def page(client: Client, row: Record) -> dict[str, Any]:
    """Give what a browser sends from the correction page of a row, as it is drawn."""
    return shown(client.get(where(row)), row)


def shown(answer: Any, row: Record) -> dict[str, Any]:
    """Give what a browser sends from an answer that shows the form, with or without a problem."""
    answer.status_code = 200  # a form shown again is a form too
    return dict(next(form for form in drawn(answer, where(row)) if "based_on" in form.fields).sent())


def seen(rows: list[Record]) -> Mapping[UUID, int]:
    return {row.pk: row.version for row in rows}


def test_a_correction_mends_every_child_of_the_act_unless_told_otherwise(world: World, login: Login) -> None:
    rows, client = act(world), login("zhao")
    text = client.get(where(rows[0])).content.decode()
    assert "这一次的3名孩子都改" in text
    assert "杨帆" in text
    answer = client.post(where(rows[0]), page(client, rows[0]) | BETTER | {"why": "写漏了"}, follow=True)
    assert "已更正3名孩子的记录" in answer.content.decode()
    assert told(world, rows) == [BETTER["summary"]] * 3
    for row in Record.objects.within(world.scope("zhao"), Need.RECORD_READ):
        assert [(one.number, one.reason) for one in earlier(world.scope("zhao"), row)] == [(1, "写漏了")]
    lines = Trail.objects.within(world.scope("li"), Need.TRAIL).filter(deed="record.correct")
    assert {line.child for line in lines} == {row.child_id for row in rows}


def test_it_is_said_how_many_records_were_written(world: World, login: Login) -> None:
    rows, client = act(world), login("zhao")
    old = page(client, rows[0])
    answer = client.post(where(rows[0]), old, follow=True).text
    assert "没有改动" in answer
    assert "已更正" not in answer
    correct_record(world.scope("li"), record=rows[2].pk, based_on=1, fields=BETTER)
    assert "已更正2名孩子的记录" in client.post(where(rows[0]), old | BETTER, follow=True).text


def test_a_dead_number_is_told_of_one_child_alone(world: World, login: Login) -> None:
    call = {"happened_on": str(TODAY), "with_whom": "carer", "channel": "phone", "outcome": "no-answer"}
    children = [world.children["lin"], world.children["yang"]]
    rows = write_record(world.scope("zhao"), id=new_id(), kind="carer-contact", children=children, fields=call)
    client = login("zhao")
    sent = page(client, rows[0]) | {"outcome": "wrong-number", "summary": "对方说打错了", "why": "听错了"}
    answer = client.post(where(rows[0]), sent)
    text = answer.content.decode()
    assert answer.status_code == 422
    assert "空号或错号要一名孩子一名孩子地记" in text
    assert "对方说打错了" in text
    assert "听错了" in text
    assert {row.outcome for row in Record.objects.within(world.scope("zhao"), Need.RECORD_READ)} == {"no-answer"}
    assert client.post(where(rows[0]), shown(answer, rows[0]) | {"extent": "one"}).status_code == 302
    found = {row.pk: row.outcome for row in Record.objects.within(world.scope("zhao"), Need.RECORD_READ)}
    assert found == {rows[0].pk: "wrong-number", rows[1].pk: "no-answer"}


def test_one_child_may_be_corrected_alone(world: World, login: Login) -> None:
    rows, client = act(world), login("zhao")
    client.post(where(rows[1]), page(client, rows[1]) | BETTER | {"extent": "one"})
    assert told(world, rows) == [TALK["summary"], BETTER["summary"], TALK["summary"]]


def test_a_row_corrected_by_itself_is_not_written_over(world: World, login: Login) -> None:
    rows, client = act(world), login("zhao")
    correct_record(world.scope("zhao"), record=rows[2].pk, based_on=1, fields=TALK | {"summary": "只和他聊了作业"})
    text = client.get(where(rows[0])).content.decode()
    assert "这一次的2名孩子都改" in text
    assert "不会一起改" in text
    client.post(where(rows[0]), page(client, rows[0]) | BETTER)
    assert told(world, rows) == [BETTER["summary"], BETTER["summary"], "只和他聊了作业"]


@pytest.mark.parametrize("gone", [False, True])
def test_what_somebody_did_to_another_row_meanwhile_is_seen_before_it_is_saved(
    gone: bool, world: World, login: Login
) -> None:
    rows, client = act(world), login("zhao")
    sent = page(client, rows[0]) | BETTER
    if gone:
        take_out(world.scope("li"), record=rows[1].pk, based_on=1, reason="他那天请假")
    else:
        correct_record(world.scope("li"), record=rows[1].pk, based_on=1, fields=TALK | {"summary": "校长改的"})
    answer = client.post(where(rows[0]), sent)
    assert answer.status_code == 422
    assert "还没有保存" in answer.content.decode()
    assert BETTER["summary"] in answer.content.decode()
    assert told(world, rows[::2]) == [TALK["summary"]] * 2
    assert client.post(where(rows[0]), shown(answer, rows[0])).status_code == 302
    assert told(world, rows) == [BETTER["summary"], TALK["summary"] if gone else "校长改的", BETTER["summary"]]


def test_of_two_who_correct_the_act_the_second_sees_both(world: World, login: Login) -> None:
    rows, client = act(world), login("zhao")
    sent = page(client, rows[1]) | BETTER
    correct_record(
        world.scope("li"), record=rows[0].pk, based_on=1, fields=TALK | {"summary": "校长改的"}, mates=seen(rows[1:])
    )
    answer = client.post(where(rows[1]), sent)
    assert answer.status_code == 409
    assert "校长改的" in answer.content.decode()
    client.post(where(rows[1]), shown(answer, rows[1]))
    assert told(world, rows) == [BETTER["summary"]] * 3


def test_rows_of_another_act_or_out_of_reach_are_not_touched(world: World) -> None:
    rows, others = act(world, "lin", "yang"), act(world, "chenhao", "yang")
    with pytest.raises(Parted):
        correct_record(world.scope("zhao"), record=rows[0].pk, based_on=1, fields=BETTER, mates=seen(others))
    with pytest.raises(Parted):
        correct_record(world.scope("sun"), record=_of_sun(world).pk, based_on=1, fields=BETTER, mates=seen(rows[1:]))
    assert told(world, [*rows, *others]) == [TALK["summary"]] * 4


def _of_sun(world: World) -> Record:
    lin: Child = world.children["lin"]
    return write_record(world.scope("sun"), id=new_id(), kind="talk", children=[lin], fields=TALK)[0]


def test_confidential_rows_of_one_act_are_corrected_together_by_their_writer(world: World, login: Login) -> None:
    rows, client = act(world, "lin", "yang", confidential="on"), login("zhao")
    assert "这一次的2名孩子都改" in client.get(where(rows[0])).content.decode()
    client.post(where(rows[0]), page(client, rows[0]) | BETTER)
    texts = Sealed.objects.everywhere(why="a test reads the sealed text").filter(record__in=rows)
    assert {text.summary for text in texts} == {BETTER["summary"]}
    assert told(world, rows) == ["", ""]


@pytest.mark.parametrize("more", [{}, {"confidential": "on"}])
def test_a_correction_for_many_children_asks_no_more_of_the_database_than_for_two(
    more: dict[str, Any], world: World, login: Login
) -> None:
    asked, client = [], login("zhao")
    for names in (("lin", "yang"), ("lin", "yang", "chenhao")):
        rows = act(world, *names, **more)
        sent = page(client, rows[0]) | BETTER
        with CaptureQueriesContext(connection) as told_sql:
            assert f"已更正{len(rows)}名孩子的记录" in client.post(where(rows[0]), sent, follow=True).text
        asked.append(len(told_sql))
    assert asked[0] == asked[1]
