"""Incidents: put on file, told by the hour, made whole, closed by a leader; delicate ones among few; the school's own hours."""

from collections.abc import Callable
from datetime import timedelta
from typing import Any

import pytest
from django.test import Client
from django.urls import reverse

from oasis.campus import incidents as ask
from oasis.campus.actions.incidents import revise_incident, set_hours, tell_of
from oasis.campus.models import Incident
from oasis.campus.waiting import waits
from oasis.children.actions.moves import leave
from oasis.kit.dates import now
from oasis.kit.ids import new_id
from oasis.kit.refused import Refused
from oasis.records.actions.incidents import close_incident, open_incident
from oasis.records.models import Record
from tests.forms import fill
from tests.house.test_at_rest import clear
from tests.world import TODAY, World

WHY = "a test looks"
Login = Callable[[str], Client]


def fell(world: World, who: str = "zhao", child: str = "lin", **more: Any) -> Incident:
    """Lin fell two hours ago."""
    told: dict[str, Any] = {"sort": "fall", "place": "操场", "course": "跑时摔倒", "on_spot": "消毒", "harm": "slight"}
    at = now() - timedelta(hours=2)
    return open_incident(
        world.scope(who), world.children[child], **{"id": new_id(), "happened_at": at, "found_at": at} | told | more
    )


def told_home(world: World, row: Incident, **more: Any) -> None:
    told: dict[str, Any] = {"step": "guardian", "told_at": now(), "whom": "奶奶", "way": "phone", "heard": True}
    tell_of(world.scope("zhao"), row, **{"id": new_id()} | told | more)


def code(act: Callable[[], object]) -> str:
    with pytest.raises(Refused) as caught:
        act()
    return caught.value.code


def test_an_incident_is_followed_until_a_leader_closes_it(world: World) -> None:
    zhao, li, row = world.scope("zhao"), world.scope("li"), fell(world)
    assert (row.number, fell(world, child="yang").number) == ("2026-001", "2026-002")
    assert code(lambda: close_incident(zhao, row, on=TODAY)) == "lead"
    assert code(lambda: close_incident(li, row, on=TODAY)) == "guardian"
    told_home(world, row, heard=False)
    assert code(lambda: close_incident(li, row, on=TODAY)) == "guardian"
    told_home(world, row)
    assert code(lambda: close_incident(li, row, on=TODAY)) == "cause"
    revise_incident(zhao, row, cause="地面不平", mended="补平了")
    close_incident(li, row, on=TODAY)
    assert code(lambda: told_home(world, row)) == "closed"
    lines = Record.objects.everywhere(why=WHY).filter(kind="incident", child=row.child).order_by("pk")
    assert [one.details["stage"] for one in lines] == ["found", "closed"]


def test_care_for_the_mind_stays_in_the_case_and_a_case_closes_after_the_child_left(world: World) -> None:
    li, row = world.scope("li"), fell(world)
    told_home(world, row)
    revise_incident(li, row, cause="地面不平", mended="补平了", mind_care="怕上操场，每周谈一次")
    close_incident(li, row, on=TODAY)
    lines = Record.objects.everywhere(why=WHY).filter(kind="incident")
    assert not any("怕上操场" in one.summary for one in lines)
    other = fell(world, child="yang")
    told_home(world, other)
    revise_incident(li, other, cause="地面不平", mended="补平了")
    leave(li, other.child, state="moved", on=TODAY, reason="转学")
    close_incident(li, other, on=TODAY)
    assert ask.open_ones(li) == []


def test_times_are_in_order(world: World) -> None:
    later = now() + timedelta(hours=1)
    assert code(lambda: fell(world, found_at=now() - timedelta(hours=9))) == "order"
    assert code(lambda: fell(world, found_at=later)) == "future"
    row = fell(world)
    assert code(lambda: told_home(world, row, told_at=later)) == "told_at"
    assert code(lambda: told_home(world, row, told_at=now() - timedelta(days=3))) == "told_at"


def test_the_clocks_run_by_the_schools_own_hours_and_end_on_today(world: World) -> None:
    zhao, li, row = world.scope("zhao"), world.scope("li"), fell(world)
    (waiting,) = waits(zhao)
    assert (waiting.what, waiting.late) == ("林晓晓：通知监护人", True)
    assert [one.what for one in waits(li) if one.icon == "alert-circle"] == ["林晓晓：书面报告教育局（学区）"]
    told_home(world, row)
    assert waits(zhao) == []
    revise_incident(zhao, row, harm="serious")
    assert [one.what for one in waits(li) if one.icon == "alert-circle"] == [
        "林晓晓：口头报告教育局（学区）",
        "林晓晓：书面报告教育局（学区）",
    ]
    set_hours(li, world.schools["青河县"], step="oral", ordinary=0, serious=0)
    known = ask.clocks(ask.incidents(li).get(), [], ask.hours_of(row.school_id))
    assert [one.step for one in known] == ["guardian", "written"]
    assert code(lambda: set_hours(li, world.schools["青河县"], step="guardian", ordinary=0, serious=1)) == "guardian"
    assert code(lambda: set_hours(zhao, world.schools["青河县"], step="oral", ordinary=1, serious=1)) == "out-of-reach"
    assert ask.hours_of(world.schools["柳溪"].pk)["oral"] == (0, 2)


def test_delicate_ones_stay_among_few_and_are_sealed(world: World) -> None:
    secret = "被高年级同学在厕所要钱"
    row = fell(world, sort="bullying", course=secret, on_spot="带到办公室安抚")
    seen = {who for who in world.users if who != "han" and ask.incident_of(world.scope(who), row.pk)}
    assert seen == {"zhao", "li", "wu"}
    plain = fell(world, who="sun")
    assert {who for who in ("sun", "zheng", "qian", "xu", "feng") if ask.incident_of(world.scope(who), plain.pk)} == {
        "sun"
    }
    assert Record.objects.everywhere(why=WHY).filter(kind="incident", confidential=True).count() == 1
    assert secret not in clear()
    assert "带到办公室安抚" not in clear()
    for who in ("qian", "feng", "zhou", "shen", "xu"):
        assert code(lambda: fell(world, who)) == "out-of-reach"  # noqa: B023


def test_an_incident_in_the_browser(world: World, login: Login) -> None:
    zhao, li, lin = login("zhao"), login("li"), world.children["lin"]
    assert "林晓晓" in zhao.get(reverse("incident-new")).text
    sent = {
        "child": str(lin.pk),
        "sort": "fall",
        "happened_at": "2026-11-22T10:00",
        "found_at": "2026-11-22T10:05",
        "place": "操场",
    }
    sent |= {"course": "摔倒了", "harm": "minor", "on_spot": "", "others": "", "sent_to": ""}
    bad = zhao.post(reverse("incident-new"), sent)
    assert bad.status_code == 422
    assert "摔倒了" in bad.text
    assert zhao.post(reverse("incident-new"), sent | {"on_spot": "冷敷"}).status_code == 302
    row = Incident.objects.everywhere(why=WHY).get()
    where = reverse("incident", kwargs={"pk": row.pk})
    zhao.post(
        where,
        {
            "form": "told",
            "step": "guardian",
            "told_at": "2026-11-22T10:20",
            "whom": "奶奶",
            "way": "phone",
            "heard": "on",
        },
    )
    assert "通知到了" in zhao.get(where).text
    zhao.post(
        where,
        {
            "form": "later",
            "harm": "minor",
            "cause": "地滑",
            "mended": "铺垫子",
            "sent_to": "",
            "liability": "",
            "mind_care": "",
        },
    )
    assert "结案以后不能再改" not in zhao.get(where).text
    li.post(where, {"form": "close", "on": str(TODAY)})
    assert "已经结案的" in zhao.get(reverse("incidents")).text
    hours = {f"{step}_{name}": "3" for step in ("guardian", "oral", "written") for name in ("ordinary", "serious")}
    assert li.post(reverse("settings-incidents"), hours | {"guardian_ordinary": "0"}).status_code == 422
    assert fill(li, reverse("settings-incidents"), hours).status_code == 302
    assert "留守" not in zhao.get(where).text


def test_an_incident_pressed_twice_is_one(world: World, login: Callable[[str], Client]) -> None:
    sent = {
        "id": str(new_id()), "child": str(world.children["lin"].pk), "happened_at": "2026-11-23T08:00", "found_at": "2026-11-23T08:05",
        "place": "操场", "sort": "fall", "harm": "slight", "course": "跑步时摔了一下，膝盖擦伤", "on_spot": "清洗、消毒",
    }  # fmt: skip
    client = login("zhao")
    answers = [client.post(reverse("incident-new"), sent) for _press in range(2)]
    assert [answer.status_code for answer in answers] == [302, 302]
    assert answers[0]["Location"] == answers[1]["Location"]
    assert Incident.objects.everywhere(why="a test").filter(pk=sent["id"]).count() == 1


def test_the_thousandth_incident_of_a_year_gets_its_own_number(world: World) -> None:
    row = fell(world)
    for number in ("2026-999", "2026-1000"):
        Incident.objects.everywhere(why=WHY).filter(pk=row.pk).update(number=number)
        row = fell(world, child="yang")
    assert row.number == "2026-1001"


def test_every_open_incident_stands_on_the_list_and_asks_no_more_queries(
    world: World, django_assert_max_num_queries: Any
) -> None:
    for _n in range(60):
        fell(world)
    with django_assert_max_num_queries(7):
        found = waits(world.scope("zhao"))
    assert len([one for one in found if "通知监护人" in one.what]) == 60
