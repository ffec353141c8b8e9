"""Two people on one row: a field that only one of them changed survives; where both did, the second sees both and chooses."""

import re
from collections.abc import Callable
from datetime import timedelta
from typing import Any, NamedTuple

import pytest
from django.db import models
from django.test import Client
from django.urls import reverse

from oasis.campus.actions.meetings import plan_meeting
from oasis.campus.actions.organisation import hold_meeting
from oasis.children.models import Child
from oasis.kit.dates import now
from oasis.kit.ids import new_id
from oasis.records.actions.illness import open_illness
from oasis.records.actions.incidents import open_incident
from oasis.records.actions.schooling import open_case
from tests.forms import drawn as forms_of
from tests.forms import fill
from tests.house.samples import SAMPLES
from tests.world import TODAY, World, demo_id

Login = Callable[[str], Client]


class Shared(NamedTuple):
    """A row with the address of its form, and two fields of it with two values each."""

    row: models.Model
    where: str
    form: str
    one: tuple[str, str, str]
    other: tuple[str, str, str]


def _schooling(world: World) -> Shared:
    row = open_case(world.scope("zhao"), world.children["lin"], absent_from=TODAY, reason="weary", words="在镇上")
    where = reverse("schooling-case", kwargs={"pk": row.pk})
    return Shared(row, where, "written", ("bureau_no", "教〔1〕", "教〔2〕"), ("township_no", "乡〔1〕", "乡〔2〕"))


def _incident(world: World) -> Shared:
    at = now()
    row = open_incident(
        world.scope("zhao"), world.children["lin"], id=new_id(), happened_at=at, found_at=at, sort="fall", place="操场",
        course="摔倒", on_spot="消毒", harm="slight",
    )  # fmt: skip
    where = reverse("incident", kwargs={"pk": row.pk})
    return Shared(row, where, "later", ("cause", "地面湿滑", "绊了脚"), ("liability", "学校有责任", "各有责任"))


def _illness(world: World) -> Shared:
    row = open_illness(world.scope("zhao"), world.children["lin"], sort="ill", seen_at=now(), seen="发热38.4")
    where = reverse("health-case", kwargs={"pk": row.pk})
    return Shared(row, where, "more", ("clinic", "镇卫生院", "县医院"), ("went_along", "吴老师", "李校长"))


def _meeting(world: World) -> Shared:
    li = world.scope("li")
    row = hold_meeting(
        li, id=new_id(), school=world.klasses["三1"].school_id, chair=li.actor, came=set(), leave=set(), asked=set(), on=TODAY,
        kind="staff", topic="安全", place="会议室",
    )  # fmt: skip
    where = reverse("org-meeting-edit", kwargs={"pk": row.pk})
    return Shared(row, where, "", ("agenda", "一、接送\n二、食堂", "一、食堂"), ("minutes", "都到了", "两人请假"))


def _parents(world: World) -> Shared:
    row = plan_meeting(
        world.scope("li"), school=world.klasses["三1"].school, klass=None, kind="meeting", topic="安全", on=TODAY, hours="下午", room="教室",
        speaker="李建国", agenda="安全", tell_by=TODAY,
    )  # fmt: skip
    where = reverse("meeting-edit", kwargs={"pk": row.pk})
    return Shared(row, where, "", ("opinions", "想早放学", "想晚放学"), ("summary", "都到了", "两人请假"))


@pytest.fixture(params=[_schooling, _incident, _illness, _meeting, _parents])
def shared(request: pytest.FixtureRequest, world: World) -> Shared:
    made: Shared = request.param(world)
    return made


def drawn(client: Client, shared: Shared) -> dict[str, str]:
    """Give what the form holds, as a browser would send it."""
    return held(client.get(shared.where), shared)


def held(answer: Any, shared: Shared) -> dict[str, str]:
    forms = re.findall(r'<form[^>]* method="post" class="form.*?</form>', answer.content.decode(), re.DOTALL)
    (text,) = [one for one in forms if f'name="{shared.one[0]}"' in one]
    sent = {"form": shared.form}
    for tag in re.findall(r"<input[^>]*>", text):
        known = dict(re.findall(r'(name|value|type)="([^"]*)"', tag))
        if known["type"] != "radio" or " checked" in tag:
            sent[known["name"]] = known.get("value", "")
    for name, value in re.findall(r'<textarea[^>]*name="(\w+)"[^>]*>(.*?)</textarea>', text, re.DOTALL):
        sent[name] = value.removeprefix("\n").replace("\n", "\r\n")
    for name, options in re.findall(r'<select[^>]*name="(\w+)"[^>]*>(.*?)</select>', text, re.DOTALL):
        sent[name] = "".join(re.findall(r'<option value="([^"]*)"[^>]*selected', options))
    return sent


def stands(shared: Shared) -> list[str]:
    row = type(shared.row).objects.everywhere(why="a test looks").get(pk=shared.row.pk)  # type: ignore[attr-defined]
    return [getattr(row, name).replace("\r", "") for name, *_values in (shared.one, shared.other)]


@pytest.mark.parametrize("order", [("li", "wu"), ("wu", "li")])
def test_two_fields_both_survive(shared: Shared, login: Login, order: tuple[str, str]) -> None:
    first, second = login(order[0]), login(order[1])
    old, name, value = drawn(second, shared), *shared.one[:2]
    assert first.post(shared.where, drawn(first, shared) | {name: value}).status_code == 302
    assert second.post(shared.where, old | {shared.other[0]: shared.other[1]}).status_code == 302
    assert stands(shared) == [shared.one[1], shared.other[1]]


@pytest.mark.parametrize("order", [("li", "wu"), ("wu", "li")])
@pytest.mark.parametrize("choice", ["theirs", "mine"])
def test_one_field_is_asked_about(shared: Shared, login: Login, order: tuple[str, str], choice: str) -> None:
    first, second = login(order[0]), login(order[1])
    old, (name, theirs, mine) = drawn(second, shared), shared.one
    first.post(shared.where, drawn(first, shared) | {name: theirs})
    answer = second.post(shared.where, old | {name: mine, shared.other[0]: shared.other[1]})
    text = answer.content.decode()
    assert answer.status_code == 422
    assert "有人改过同样的内容" in text
    assert f"用别人改的：{theirs}" in text
    assert f"用我填的：{mine}" in text
    assert stands(shared) == [theirs, ""]
    again = held(answer, shared)
    assert (again[name], again[shared.other[0]]) == (mine, shared.other[1])
    assert second.post(shared.where, again | {f"keep-{name}": choice}).status_code == 302
    assert stands(shared) == [theirs if choice == "theirs" else mine, shared.other[1]]


def test_the_same_value_twice_is_no_clash(shared: Shared, login: Login) -> None:
    first, second = login("li"), login("wu")
    old, name, value = drawn(second, shared), *shared.one[:2]
    first.post(shared.where, drawn(first, shared) | {name: value})
    assert second.post(shared.where, old | {name: value.replace("\n", "\r\n")}).status_code == 302


@pytest.mark.parametrize("mark", ["", "x:y:z"])
def test_without_a_mark_of_its_own_a_form_undoes_nothing(shared: Shared, login: Login, mark: str) -> None:
    li, (name, theirs, mine) = login("li"), shared.one
    li.post(shared.where, drawn(li, shared) | {name: theirs})
    answer = li.post(shared.where, drawn(li, shared) | {name: mine, "drawn": mark})
    assert answer.status_code == 422
    assert f"用别人改的：{theirs}" in answer.content.decode()
    assert stands(shared) == [theirs, ""]


def test_what_two_people_wrote_must_agree_like_what_one_wrote(world: World, login: Login) -> None:
    lin, rows = world.children["lin"], Child.objects.everywhere(why="a test looks")
    rows.filter(pk=lin.pk).update(id_number="", id_hash=None, id_tail="")
    where = reverse("child-edit", kwargs={"pk": lin.pk, "group": "identity"})
    li, born = login("li"), rows.get(pk=lin.pk).birth_on
    assert born is not None
    old = next(form for form in forms_of(li.get(where), where) if "id_number" in form.fields).sent()
    number = demo_id(born, "2", 55)
    assert fill(login("zhao"), where, {"id_number": number}).status_code == 302
    answer = li.post(where, old | {"birth_on": [str(born + timedelta(days=1))]})
    assert answer.status_code == 422
    assert "出生日期和身份证号不一致" in answer.content.decode()
    assert f'value="{number}"' in answer.content.decode(), "what the other wrote is shown"
    row = rows.get(pk=lin.pk)
    assert (row.birth_on, row.id_number) == (born, number)


@pytest.mark.parametrize("route", ["klass-assess-child", "org-outsider-thanks"])
def test_keeping_theirs_where_nothing_stands_is_an_error_of_the_form(world: World, login: Login, route: str) -> None:
    where = reverse(route, kwargs=SAMPLES[route][0](world))
    li = login("li")
    for form in forms_of(li.get(where), where):
        sent = form.sent(1) | {f"keep-{name}": ["theirs"] for name in form.fields}
        for asked in (sent, {name: value for name, value in sent.items() if name != "drawn"}):
            assert li.post(form.target, asked).status_code == 422
