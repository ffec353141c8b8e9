"""A call written with the ordinary form ages the number it went by, as one made at the call desk."""

from collections.abc import Callable
from typing import Any

import pytest
from django.test import Client
from django.urls import reverse

from oasis.children.models import Phone, Tie
from oasis.kit.ids import new_id
from oasis.people.roles import Need
from oasis.records.actions import correct_record, take_out
from oasis.records.models import Record
from oasis.records.queries import typed
from tests.world import TODAY, World

Login = Callable[[str], Client]


def number(world: World, key: str) -> Phone:
    return Phone.objects.within(world.scope("zhao"), Need.CONTACTS).get(person=world.persons[key])


def address(kind: str, *, of: str = "record-new") -> str:
    return reverse(of, kwargs={"kind": kind})


def send(client: Client, world: World, kind: str, *children: str, **more: Any) -> Any:
    fields = {
        "id": str(new_id()), "child": [str(world.children[name].pk) for name in children or ("lin",)], "channel": "phone",
        "happened_on": str(TODAY), "outcome": "no-answer", "with_whom": "mother", "summary": "打过了",
    }  # fmt: skip
    return client.post(address(kind), fields | more)


def wrote(world: World) -> list[Record]:
    return list(Record.objects.within(world.scope("zhao"), Need.RECORD_READ).order_by("at", "id"))


@pytest.mark.parametrize("kind", ["family-call", "carer-contact", "feedback"])
def test_a_call_ages_the_number_it_went_by(kind: str, world: World, login: Login) -> None:
    client, phone = login("zhao"), str(number(world, "lin_mother").pk)
    for _ in range(2):
        assert send(client, world, kind, phone=phone).status_code == 302
    assert number(world, "lin_mother").dead
    assert {str(row.phone) for row in wrote(world)} == {phone}
    send(client, world, kind, phone=phone, outcome="done")
    told = number(world, "lin_mother")
    assert (told.failed_times, told.wrong, told.last_worked_on) == (0, False, TODAY)


def test_a_call_without_a_number_or_not_by_telephone_says_nothing_of_one(world: World, login: Login) -> None:
    client, phone = login("zhao"), str(number(world, "lin_mother").pk)
    send(client, world, "family-call")
    send(client, world, "family-call", phone="")
    send(client, world, "family-call", phone=phone, channel="video")
    send(client, world, "family-call", "lin", "yang", phone=phone)
    send(client, world, "family-call", "yang", phone=phone)  # the child was changed after the page was drawn
    assert len(wrote(world)) == 6
    assert number(world, "lin_mother").failed_times == 0


def correct(world: World, row: Record, **more: Any) -> None:
    fields = {name: str(value or "") for name, value in typed(row).items()} | more
    correct_record(world.scope("zhao"), record=row.pk, based_on=row.version, fields=fields)


def standing(world: World) -> tuple[int, bool]:
    told = number(world, "lin_mother")
    return told.failed_times, told.wrong


def test_a_corrected_outcome_says_of_the_number_what_it_says_now(world: World, login: Login) -> None:
    send(login("zhao"), world, "family-call", phone=str(number(world, "lin_mother").pk), outcome="wrong-number")
    assert standing(world) == (0, True)
    for more, stands in (
        ({"outcome": "no-answer"}, (1, False)),
        ({"summary": "改了一句"}, (1, False)),
        ({"channel": "video"}, (0, False)),
        ({"channel": "phone", "outcome": "wrong-number"}, (0, True)),
        ({"outcome": "done", "mood": "calm"}, (0, False)),
    ):
        correct(world, wrote(world)[0], **more)
        assert standing(world) == stands, more
    assert number(world, "lin_mother").last_worked_on == TODAY


def test_a_call_struck_out_says_nothing_of_the_number(world: World, login: Login) -> None:
    send(login("zhao"), world, "family-call", phone=str(number(world, "lin_mother").pk), outcome="wrong-number")
    take_out(world.scope("zhao"), record=wrote(world)[0].pk, based_on=1, reason="打的是别家的")
    assert standing(world) == (0, False)


def test_what_another_call_found_of_the_number_stays(world: World, login: Login) -> None:
    client, phone = login("zhao"), str(number(world, "lin_mother").pk)
    for outcome in ("wrong-number", "wrong-number"):
        send(client, world, "family-call", phone=phone, outcome=outcome)
    correct(world, wrote(world)[0], outcome="refused")
    assert standing(world) == (0, True)
    correct(world, wrote(world)[1], outcome="refused")
    assert standing(world) == (0, False)


def test_a_call_before_the_last_success_says_nothing_when_it_is_corrected(world: World, login: Login) -> None:
    client, phone = login("zhao"), str(number(world, "lin_mother").pk)
    for outcome, on in (("no-answer", "2026-11-10"), ("done", "2026-11-12"), ("no-answer", "2026-11-20")):
        send(client, world, "family-call", phone=phone, outcome=outcome, happened_on=on)
    correct(world, next(row for row in wrote(world) if str(row.happened_on) == "2026-11-10"), outcome="refused")
    assert standing(world) == (1, False)


@pytest.mark.parametrize("kind", ["family-call", "carer-contact", "feedback"])
def test_a_number_that_leads_nowhere_is_told_of_one_child_at_a_time(kind: str, world: World, login: Login) -> None:
    client = login("zhao")
    answer = send(client, world, kind, "lin", "yang", outcome="wrong-number", summary="两家都是空号")
    assert answer.status_code == 422
    assert "请只选一名，并选上打的是哪个号码" in answer.text
    assert "两家都是空号" in answer.text
    for name in ("lin", "yang"):
        assert f'value="{world.children[name].pk}" checked' in answer.text
    assert not wrote(world)
    phone = str(number(world, "lin_mother").pk)
    assert send(client, world, kind, "lin", outcome="wrong-number", phone=phone).status_code == 302
    assert number(world, "lin_mother").wrong
    assert send(client, world, kind, "lin", "yang", outcome="no-answer").status_code == 302


def test_a_number_of_somebody_else_is_asked_about(world: World, login: Login) -> None:
    answer = send(login("zhao"), world, "family-call", phone=str(number(world, "lin_father").pk))
    text = answer.content.decode()
    assert answer.status_code == 422
    assert "选的号码登记的是父亲林国平" in text
    assert "打过了" in text
    assert f'value="{number(world, "lin_father").pk}" checked' in text
    assert not wrote(world)


def test_what_is_wrong_with_the_form_is_said_before_the_number_is_weighed(world: World, login: Login) -> None:
    answer = send(login("zhao"), world, "family-call", phone=str(number(world, "lin_father").pk), with_whom="")
    text = answer.content.decode()
    assert answer.status_code == 422
    assert "对不上" not in text
    assert f'value="{number(world, "lin_father").pk}" checked' in text
    assert not wrote(world)


def test_the_form_asks_for_the_numbers_of_the_child_chosen(world: World, login: Login) -> None:
    client, lin = login("zhao"), str(world.children["lin"].pk)
    page = client.get(address("family-call"), {"child": lin}).content.decode()
    assert "打的哪个号码" in page
    assert "199****0001" in page
    assert "19900000001" not in page
    assert "打的哪个号码" not in client.get(address("talk"), {"child": lin}).content.decode()
    asked, htmx = address("family-call", of="record-numbers"), {"HX-Request": "true"}
    assert "母亲周玉兰" in client.get(asked, {"child": lin}, headers=htmx).content.decode()
    both = [lin, str(world.children["yang"].pk)]
    assert "母亲" not in client.get(asked, {"child": both}, headers=htmx).content.decode()
    assert client.get(asked, {"child": lin})["Location"] == f"{address('family-call')}?child={lin}"
    assert client.get(asked, {"child": str(world.children["he"].pk)}, headers=htmx).status_code == 404
    assert client.get(address("talk", of="record-numbers"), {"child": lin}).status_code == 404


def test_the_only_number_stands_chosen(world: World, login: Login) -> None:
    rows = Phone.objects.within(world.scope("li"), Need.CONTACTS)
    rows.exclude(person=world.persons["lin_mother"]).update(to_on=TODAY)
    where, lin = address("family-call"), {"child": str(world.children["lin"].pk)}
    phone = number(world, "lin_mother").pk
    assert f'value="{phone}" checked' in login("zhao").get(where, lin).content.decode()
    assert f'value="{phone}" checked' not in login("zhao").get(where, lin | {"with_whom": "father"}).content.decode()


def test_a_mother_who_cares_for_the_child_is_both(world: World, login: Login) -> None:
    ties = Tie.objects.within(world.scope("li"), Need.CONTACTS).filter(child=world.children["lin"])
    ties.update(carer=False)
    ties.filter(person=world.persons["lin_mother"]).update(carer=True)
    for whom in ("carer", "mother"):
        answer = send(login("zhao"), world, "carer-contact", phone=str(number(world, "lin_mother").pk), with_whom=whom)
        assert answer.status_code == 302
    assert number(world, "lin_mother").dead
