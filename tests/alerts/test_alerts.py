"""Alerts: each says why and since when, a person decides, they end themselves; nobody else's children."""

from collections.abc import Callable
from datetime import date, timedelta
from typing import Any

import pytest
from django.test import Client
from django.urls import reverse

from oasis.alerts.actions import LONGEST, set_aside, set_limits, take_up, usual_limits
from oasis.alerts.catalogue import ALERTS
from oasis.alerts.queries import Alert, alerts_for, decisions, mark_of, standing
from oasis.children.models import Assessment, Away, Phone
from oasis.duties.queries import children_of
from oasis.kit.ids import new_id
from oasis.kit.refused import Refused
from oasis.people.roles import Need
from oasis.records.actions import write_record
from oasis.records.kinds import KINDS
from oasis.records.models import Record
from tests.forms import drawn, fill, press
from tests.world import BEGAN, TODAY, World

WEEK = timedelta(weeks=1)


def found(world: World, who: str = "zhao", on: date = TODAY, child: str = "lin") -> dict[str, Alert]:
    kids = children_of(world.scope(who, on), Need.RECORD_READ, child=world.children[child].pk)
    return {one.signal.code: one for one in alerts_for(kids, on)}


def wrote(world: World, kind: str, on: date, **more: Any) -> None:
    fields = KINDS.get(kind).sample | {"happened_on": str(on)} | more
    write_record(world.scope("zhao"), id=new_id(), kind=kind, children=[world.children["lin"]], fields=fields)


def test_a_child_nobody_saw_is_named_with_the_reason_until_somebody_does(world: World) -> None:
    alert = found(world)["quiet"]
    assert (alert.since, alert.why) == (BEGAN + 5 * WEEK, "5周没有和孩子或家里接触的任何记录，还没有过记录")
    assert "missed" not in found(world), "the weaker word of the same thing is left out"
    wrote(world, "talk", TODAY)
    assert set(found(world)) == {"missed"}
    assert found(world, on=BEGAN + timedelta(days=20)) == {}, "a young term has no long silence"


def test_in_the_holidays_nobody_is_missing(world: World) -> None:
    assert found(world, on=date(2027, 2, 10)) == {}


def test_two_low_talks_in_a_row_speak_and_a_better_one_ends_it(world: World) -> None:
    wrote(world, "talk", TODAY - 2 * WEEK, mood="upset")
    assert "mood" not in found(world)
    wrote(world, "talk", TODAY - WEEK, mood="low")
    assert found(world)["mood"].since == TODAY - 2 * WEEK
    wrote(world, "talk", TODAY, mood="calm")
    assert "mood" not in found(world)


def test_the_mood_of_a_confidential_talk_stays_inside(world: World) -> None:
    for weeks in (2, 1):
        wrote(world, "talk", TODAY - weeks * WEEK, mood="low", confidential="on")
    assert "mood" not in found(world)


def test_failed_calls_concerns_needs_numbers_and_partings_speak(world: World) -> None:
    lin, zhao = world.children["lin"], world.users["zhao"]
    wrote(world, "talk", TODAY - 2 * WEEK)
    for days in (6, 4, 2):
        Record.objects.create(
            id=new_id(), school=lin.school, child=lin, kind="family-call", happened_on=TODAY - timedelta(days=days), by=zhao,
            outcome="no-answer", channel="phone",
        )  # fmt: skip
    wrote(world, "concern", TODAY, weight="now")
    none = dict.fromkeys(("life", "conduct", "study", "morals", "safety"), 0)
    for key, on, much in (("柳溪", BEGAN, 0), ("青河县", TODAY, 2)):
        Assessment.objects.create(
            school=lin.school, child=lin, term=world.terms[key], on=on, by=zhao, **none | {"life": much}
        )
    Phone.objects.everywhere(why="a test").filter(person__tie__child=lin).update(wrong=True)
    Away.objects.create(school=lin.school, person=world.persons["lin_father"], since_on=TODAY - WEEK)
    now = found(world)
    assert {"unreached", "concern", "needs", "dead", "left"} <= set(now)
    assert now["unreached"].why.startswith("接连3次没有联系上家里")
    wrote(world, "talk", TODAY)
    assert not {"left", "concern"} & set(found(world)), "a talk was what they waited for"


def test_a_decision_stands_until_a_new_cause_comes(world: World) -> None:
    lin = world.children["lin"]
    take_up(world.scope("sun"), lin, alert=found(world)["quiet"], reason="这周去看看")
    said = found(world)["quiet"].said
    assert said is not None
    assert (said.who, said.state) == ("孙丽", "taken")
    set_aside(
        world.scope("zhao"),
        lin,
        alert=found(world)["quiet"],
        reason="妈妈在家陪着",
        until_on=TODAY + timedelta(days=10),
    )
    assert found(world)["quiet"].aside
    assert found(world, on=TODAY + timedelta(days=11))["quiet"].open, "the reason's time is over, the cause is not"
    wrote(world, "visit", TODAY)
    later = TODAY + 6 * WEEK
    assert found(world, on=later)["quiet"].open, "another silence is another alert"


@pytest.mark.parametrize(
    "told", [{"reason": ""}, {"until_on": None}, {"until_on": TODAY}, {"until_on": TODAY + LONGEST + timedelta(days=1)}]
)
def test_setting_aside_wants_a_reason_and_an_end(world: World, told: dict[str, Any]) -> None:
    asked: dict[str, Any] = {"reason": "在家", "until_on": TODAY + timedelta(days=3)} | told
    with pytest.raises(Refused):
        set_aside(world.scope("zhao"), world.children["lin"], alert=found(world)["quiet"], **asked)


def test_an_alert_that_is_over_and_anothers_child_are_refused(world: World) -> None:
    with pytest.raises(Refused):
        take_up(world.scope("zhao"), world.children["lin"], alert=None)
    with pytest.raises(Refused):
        take_up(world.scope("qian"), world.children["lin"], alert=found(world)["quiet"])


def test_a_school_sets_its_own_limits_and_no_others(world: World) -> None:
    school = world.schools["青河县"]
    usual = {one.code: one.limit for one in ALERTS}
    set_limits(world.scope("li"), school=school, limits=usual | {"quiet": 12}, off=frozenset({"missed"}))
    assert found(world) == {}
    usual_limits(world.scope("li"), school=school)
    assert "quiet" in found(world)
    with pytest.raises(Refused):
        set_limits(world.scope("li"), school=school, limits={"quiet": 99}, off=frozenset())
    with pytest.raises(Refused):
        set_limits(world.scope("feng"), school=school, limits=usual, off=frozenset())


def test_the_teacher_sees_it_today_and_takes_it_up(world: World, login: Callable[[str], Client]) -> None:
    zhao, lin = login("zhao"), world.children["lin"]
    where = reverse("alert", kwargs={"pk": lin.pk, "code": "quiet"})
    assert where in zhao.get(reverse("today-around")).content.decode()
    assert where not in login("qian").get(reverse("today-around")).content.decode()
    assert "请写明" not in zhao.post(where, {"form": "take", "reason": "今天就谈"}, follow=True).content.decode()
    assert where not in zhao.get(reverse("today-around")).content.decode()
    (taken,) = past = decisions(world.scope("zhao"), lin, "quiet")
    assert standing(past) == taken
    marks = [form.fields["seen"].held for form in drawn(zhao.get(where), where) if "seen" in form.fields]
    assert marks == [[mark_of(past)]] * 2
    assert "赵明霞已接手" in zhao.get(reverse("alerts")).content.decode()
    wrong = zhao.post(where, {"form": "aside", "reason": "", "until_on": ""})
    assert wrong.status_code == 422
    assert login("qian").post(where, {"form": "take"}).status_code == 404
    assert zhao.get(reverse("alert", kwargs={"pk": lin.pk, "code": "nothing"})).status_code == 404


def test_the_limits_are_set_on_a_page(world: World, login: Callable[[str], Client]) -> None:
    li, where = login("li"), reverse("settings-alerts")
    assert "父母外出的孩子和重点帮扶对象" in li.get(where).content.decode(), "every key child, not one level"
    form = {one.code: one.limit for one in ALERTS} | {f"on-{one.code}": "on" for one in ALERTS}
    assert fill(li, where, {"quiet": 12}, follow=True).status_code == 200
    assert "quiet" not in found(world)
    assert li.post(where, form | {"quiet": 0}).status_code == 422
    press(li, where, "reset")
    assert "quiet" in found(world)
