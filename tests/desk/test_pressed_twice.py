"""A form sent twice without script: one file, one family member, one account; and a race lost is told in words."""

import re
from collections.abc import Callable
from typing import Any

import pytest
from django.db import IntegrityError
from django.test import Client, RequestFactory
from django.urls import reverse

from oasis.campus.actions.screening import hold_screening
from oasis.campus.models import IncidentNotice, Persuasion, ScreenFollow
from oasis.children.models import Child, Tie
from oasis.kit.dates import now
from oasis.kit.ids import new_id
from oasis.people import gate
from oasis.people.models import User
from oasis.records.actions.incidents import open_incident
from oasis.records.actions.schooling import open_case
from oasis.records.actions.screening import add_result
from oasis.records.models import Record
from tests.world import TODAY, World

Login = Callable[[str], Client]
WHY = "a test counts"


def sent_twice(client: Client, address: str, fields: dict[str, Any], times: int = 2) -> list[Any]:
    (made,) = re.findall(r'name="id" value="([0-9a-f-]{36})"', client.get(address).content.decode())
    return [client.post(address, fields | {"id": made}) for _ in range(times)]


def new_child(world: World, **change: str) -> dict[str, str]:
    return {"name": "方小舟", "ethnic": "01", "klass": str(world.klasses["三1"].pk), "on": "2026-11-23"} | change


def test_a_file_is_opened_once(world: World, login: Login) -> None:
    client = login("zhao")
    first, second = sent_twice(client, reverse("child-new"), new_child(world))
    assert first["Location"] == second["Location"]
    assert Child.objects.everywhere(why=WHY).filter(name="方小舟").count() == 1


def test_a_form_gone_back_to_and_changed_opens_no_file_silently(world: World, login: Login) -> None:
    client = login("zhao")
    (made,) = re.findall(r'name="id" value="([0-9a-f-]{36})"', client.get(reverse("child-new")).content.decode())
    client.post(reverse("child-new"), new_child(world, id=made))
    answer = client.post(reverse("child-new"), new_child(world, id=made, name="周一飞"))
    assert "刚才已经建过一份档案" in answer.content.decode()
    assert not Child.objects.everywhere(why=WHY).filter(name="周一飞").exists()


def test_a_family_member_is_added_once(world: World, login: Login) -> None:
    address = reverse("child-person-new", kwargs={"pk": world.children["yang"].pk})
    fields = {"name": "杨大江", "relation": "51", "standing": "legal", "call_order": "1", "number": "19911110001"}
    assert {answer.status_code for answer in sent_twice(login("zhao"), address, fields, 3)} == {302}
    assert Tie.objects.everywhere(why=WHY).filter(person__name="杨大江").count() == 1


def test_a_person_is_invited_once_and_the_later_answer_holds_the_good_password(world: World, login: Login) -> None:
    fields = {"name": "新来者", "role": "subject", "from_on": "2026-11-23"}
    first, second = sent_twice(login("wang"), reverse("settings-person-new"), fields)
    user = User.objects.get(name="新来者")
    shown = [answer.context["invitation"] if answer.context else None for answer in (first, second)]
    passwords = re.findall(r"[a-z2-9]{4}-[a-z2-9]{4}-[a-z2-9]{4}", second.content.decode()) or [
        one.password for one in shown if one
    ]
    assert any(user.check_password(password) for password in passwords)


def test_a_race_lost_is_told_in_words(world: World, rf: RequestFactory) -> None:
    def lost(_request: Any) -> Any:
        raise IntegrityError("UNIQUE constraint failed: children_pairing.child_id")

    answer = gate._answered(lost, rf.post("/"), {})  # type: ignore[arg-type]
    assert answer.status_code == 409
    assert "刚刚保存过" in answer.content.decode()


def test_another_broken_rule_is_not_hidden(rf: RequestFactory) -> None:
    def wrong(_request: Any) -> Any:
        raise IntegrityError("NOT NULL constraint failed: children_child.name")

    with pytest.raises(IntegrityError):
        gate._answered(wrong, rf.post("/"), {})  # type: ignore[arg-type]


def test_whom_the_school_told_of_an_incident_is_noted_once(world: World, login: Login) -> None:
    at = now()
    row = open_incident(
        world.scope("zhao"), world.children["lin"], id=new_id(), happened_at=at, found_at=at, sort="fall", place="操场",
        course="摔倒", on_spot="消毒", harm="slight",
    )  # fmt: skip
    fields = {
        "form": "told",
        "step": "guardian",
        "told_at": "2026-11-23T10:00",
        "whom": "奶奶",
        "way": "phone",
        "heard": "on",
    }
    answers = sent_twice(login("zhao"), reverse("incident", kwargs={"pk": row.pk}), fields)
    assert [answer.status_code for answer in answers] == [302, 302]
    assert IncidentNotice.objects.everywhere(why=WHY).count() == 1


def test_an_attempt_to_bring_a_child_back_is_written_once_on_the_timeline_too(world: World, login: Login) -> None:
    row = open_case(world.scope("zhao"), world.children["lin"], absent_from=TODAY, reason="weary", words="在镇上")
    fields = {"form": "try", "on": str(TODAY), "who": "赵明霞", "way": "visit", "result": "agreed", "words": "下周一来"}
    answers = sent_twice(login("zhao"), reverse("schooling-case", kwargs={"pk": row.pk}), fields)
    assert [answer.status_code for answer in answers] == [302, 302]
    assert Persuasion.objects.everywhere(why=WHY).count() == 1
    assert Record.objects.everywhere(why=WHY).filter(kind="schooling").count() == 2  # found, one attempt


def test_how_a_child_was_later_is_written_once(world: World, login: Login) -> None:
    xu, told = world.scope("xu"), {"scale": "MHT", "about": "三年级", "organiser": "许安", "took": 4, "on": TODAY}
    held = hold_screening(xu, id=new_id(), school=world.schools["青河县"].pk, **told)
    row = add_result(xu, held, world.children["lin"], grade="blue")
    fields = {"form": "follow", "on": str(TODAY), "words": "好些"}
    answers = sent_twice(login("xu"), reverse("screening-result", kwargs={"pk": row.pk}), fields)
    assert [answer.status_code for answer in answers] == [302, 302]
    assert ScreenFollow.objects.everywhere(why=WHY).count() == 1
