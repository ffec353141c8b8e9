"""Nights and health checks as due items: by place and hour, stopped by holidays, switched off by the school."""

from collections.abc import Callable
from datetime import date, datetime, timedelta

import pytest
from django.test import Client
from django.urls import reverse

from oasis.campus.models import BedStay, DormRoom, HealthCheck, House, NightCheck
from oasis.children.models import Child
from oasis.duties.actions import set_cadence
from oasis.duties.queries import rounds_owed
from oasis.duties.rounds import ROUNDS, Turn
from oasis.kit.dates import CHINA, now
from oasis.people.models import Post
from oasis.places.models import SchoolDay, Term
from tests.forms import fill
from tests.world import BEGAN, TODAY, World

Login = Callable[[str], Client]


def at(hour: int, minute: int = 0, on: date = TODAY) -> datetime:
    return datetime(on.year, on.month, on.day, hour, minute, tzinfo=CHINA)


def owed(world: World, who: str, moment: datetime) -> list[Turn]:
    return rounds_owed(world.scope(who, moment.date()), moment)


def states(turns: list[Turn]) -> dict[str, str]:
    return {turn.round.code: turn.state.value for turn in turns if turn.mine}


@pytest.fixture
def house(world: World) -> House:
    """A house in which lin sleeps."""
    school = world.schools["青河县"]
    lin = world.children["lin"]
    Child.objects.within(world.scope("li")).filter(pk=lin.pk).update(boarding=True)
    made = House.objects.create(school=school, name="女生楼")
    room = DormRoom.objects.create(school=school, house=made, name="101")
    BedStay.objects.create(school=school, child=lin, room=room, bed=1, from_on=TODAY)
    return made


@pytest.mark.parametrize(
    ("moment", "told"),
    [
        (at(11), {"night-call": "overdue", "night-first": "overdue", "night-second": "overdue"}),  # of the night before
        (at(14), {"night-call": "soon"}),
        (at(20, 30), {"night-call": "due", "night-first": "soon"}),
        (at(23, 30), {"night-call": "overdue", "night-first": "due", "night-second": "soon"}),
        (
            at(2, 0, TODAY + timedelta(days=1)),
            {"night-call": "overdue", "night-first": "overdue", "night-second": "due"},
        ),
    ],
)
def test_a_house_owes_its_night_by_the_hour(moment: datetime, told: dict[str, str], house: House, world: World) -> None:
    assert states(owed(world, "zheng", moment)) == told


def test_what_is_finished_is_not_owed_and_what_is_begun_is_gone_on_with(house: House, world: World) -> None:
    base = {"school": house.school, "house": house, "on": TODAY, "by": world.users["zheng"]}
    NightCheck.objects.create(**base, turn="call", closed_at=now())
    NightCheck.objects.create(**base, turn="first")
    found = owed(world, "zheng", at(23))
    assert {turn.round.code: turn.begun for turn in found} == {"night-first": True, "night-second": False}


def test_a_house_in_which_nobody_sleeps_owes_nothing(world: World) -> None:
    House.objects.create(school=world.schools["青河县"], name="空楼")
    assert not owed(world, "zheng", at(21))


def test_the_night_before_a_day_off_is_not_owed_but_sunday_night_is(house: House, world: World) -> None:
    friday, sunday = date(2026, 11, 27), date(2026, 11, 29)
    assert not owed(world, "zheng", at(21, on=friday))
    assert states(owed(world, "zheng", at(21, on=sunday)))["night-call"] == "due"


def test_a_class_owes_its_checks_by_the_hour(world: World) -> None:
    assert states(owed(world, "zhao", at(6))) == {"check-morning": "soon"}
    assert states(owed(world, "zhao", at(8))) == {"check-morning": "due"}
    assert states(owed(world, "zhao", at(13, 30))) == {"check-morning": "overdue", "check-noon": "due"}


def test_a_check_made_is_settled_for_its_class_alone(world: World) -> None:
    school, user = world.schools["青河县"], world.users["zhao"]
    HealthCheck.objects.create(
        school=school, klass=world.klasses["三1"], on=TODAY, turn="morning", expected=3, present=3, by=user
    )
    assert states(owed(world, "zhao", at(8))) == {}
    assert [turn.name for turn in owed(world, "qian", at(8))] == ["三（2）班"]
    assert owed(world, "qian", at(8))[0].missed == 5


def test_a_holiday_stops_the_checks(world: World) -> None:
    SchoolDay.objects.create(school=world.schools["青河县"], on=TODAY, open=False)
    assert not owed(world, "zhao", at(9))
    assert not owed(world, "zhao", at(9, on=date(2026, 11, 28)))
    assert not owed(world, "zhao", at(9, on=date(2027, 2, 1)))


def test_a_school_switches_a_round_off(world: World) -> None:
    school = world.schools["青河县"]
    set_cadence(world.scope("wu"), school=school, duty="check-noon", on=False, every=None, grace=None, whom="")
    assert states(owed(world, "zhao", at(13, 30))) == {"check-morning": "overdue"}


def test_a_leader_sees_what_others_have_not_done_in_time(world: World, login: Login) -> None:
    found = owed(world, "li", at(10, 30))
    assert found
    assert not any(turn.mine for turn in found)
    shown = login("li").get(reverse("today-around")).content.decode()
    assert "过了时间还没有做的" in shown
    assert "三（1）班" in shown


@pytest.mark.parametrize("who", ["sun", "zhou", "wang", "feng", "chen", "wei", "shen"])
def test_nobody_else_is_asked(who: str, house: House, world: World) -> None:
    assert not [turn for turn in owed(world, who, at(9)) if turn.place in (house.pk, world.klasses["三1"].pk)]


def test_who_helps_a_child_elsewhere_is_not_told_of_that_class(world: World) -> None:
    Post.objects.create(
        user=world.users["sun"],
        role="homeroom",
        school=world.schools["青河县"],
        klass=world.klasses["三2"],
        from_on=BEGAN,
    )
    assert world.children["lin"].pk in Child.objects.within(world.scope("sun")).values_list("pk", flat=True)
    assert {turn.name for turn in owed(world, "sun", at(10, 30))} == {"三（2）班"}


def test_a_teacher_is_led_to_the_check_of_her_class(world: World, login: Login) -> None:
    shown = login("zhao").get(reverse("today-around")).content.decode()
    assert reverse("health-check", kwargs={"pk": world.klasses["三1"].pk, "turn": "morning"}) in shown


def test_the_cadences_list_every_round_and_save_it(world: World, login: Login) -> None:
    client = login("wu")
    shown = client.get(reverse("settings-cadences")).content.decode()
    for one in ROUNDS:
        address = reverse("settings-cadence", kwargs={"code": one.code})
        assert address in shown
        assert client.get(address).status_code == 200
    client.post(reverse("settings-cadence", kwargs={"code": "night-second"}), {})
    assert "停用" in client.get(reverse("settings-cadences")).content.decode()


@pytest.mark.parametrize("on", [date(2026, 8, 31), date(2027, 2, 21)])
def test_the_night_before_the_first_lessons_of_a_term_is_owed(house: House, world: World, on: date) -> None:
    Term.objects.create(
        school=house.school, year=2026, half=2, starts_on=date(2027, 2, 22), ends_on=date(2027, 7, 3), visit1_until=date(2027, 3, 15),
        visit2_from=date(2027, 4, 10), visit2_until=date(2027, 5, 15), visit3_from=date(2027, 6, 10),
    )  # fmt: skip
    assert states(owed(world, "zheng", at(21, on=on))) == {"night-call": "due", "night-first": "soon"}
    assert not owed(world, "zhao", at(9, on=on))
    assert not owed(world, "zheng", at(21, on=on - timedelta(days=1)))


def test_a_school_sets_the_hour_of_a_round(house: House, world: World, login: Login) -> None:
    client, where = login("wu"), reverse("settings-cadence", kwargs={"code": "night-call"})
    assert client.post(where, {"on": "on", "hour": "12"}).status_code == 422
    assert fill(client, where, {"on": "on", "hour": "21"}).status_code == 302
    assert "21:00" in client.get(reverse("settings-cadences")).text
    assert states(owed(world, "zheng", at(20, 30)))["night-call"] == "soon"
    assert states(owed(world, "zheng", at(21, 30)))["night-call"] == "due"
    assert states(owed(world, "zheng", at(23, 30)))["night-call"] == "due"
    fill(client, where, {"on": "on", "hour": "20"})
    assert states(owed(world, "zheng", at(20, 30)))["night-call"] == "due"
