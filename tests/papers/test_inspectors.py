"""An inspector: invited until a day, sees the packages a leader put out and nothing else, each opening on the trail."""

from collections.abc import Callable
from datetime import timedelta

import pytest
import time_machine
from django.test import Client
from django.urls import reverse

from oasis.campus.reach import workplaces
from oasis.children.actions.pairing import staff_of
from oasis.kit.refused import Refused
from oasis.papers.inspection.showing import hide, packages, read, show
from oasis.papers.models import Dossier
from oasis.people.actions import give_post, invite
from oasis.people.approvals import ask_own_post
from oasis.people.models import Post, Trail, User
from oasis.people.roles import ROLES, ArmKind
from tests.world import TODAY, World

LOGIN = Callable[[str], Client]


def finished(world: World, who: str = "li") -> Dossier:
    return Dossier.objects.create(
        school=world.schools["青河县"], by=world.users[who], purpose="秋季督导", state="done", until_on=TODAY + timedelta(days=14),
        pdf=b"%PDF-pages",
    )  # fmt: skip


def test_all_twelve_rows_of_the_table_stand_in_one_place() -> None:
    assert {role.code for role in ROLES} >= {
        "principal", "dean", "homeroom", "helper", "life-care", "counsellor", "keeper", "subject", "classmate", "county", "inspector",
        "administrator", "guardian",
    }  # fmt: skip
    assert all(not role.needs for role in ROLES if role.arm == ArmKind.NONE), "who has no account may nothing"


def test_only_what_a_leader_puts_out_is_seen_and_each_opening_stays(world: World) -> None:
    row, other = finished(world), finished(world)
    li, du = world.scope("li"), world.scope("du")
    assert packages(du) == []
    show(li, dossier=row.pk, until_on=TODAY)
    show(li, dossier=row.pk, until_on=TODAY + timedelta(days=2))  # said again, the newer day holds
    assert [one.pk for one in packages(du)] == [row.pk]
    assert read(du, dossier=row.pk).data == b"%PDF-pages"
    with pytest.raises(Refused, match="gone"):
        read(du, dossier=other.pk)
    with time_machine.travel("2026-11-26T02:00:00+00:00", tick=False):
        assert packages(world.scope("du", TODAY + timedelta(days=3))) == []
    hide(li, dossier=row.pk)
    assert packages(du) == []
    deeds = Trail.objects.everywhere(why="a test reads the trail").filter(deed__startswith="inspection")
    said = list(deeds.order_by("seq").values_list("deed", "actor_name"))
    assert said == [*[("inspection.show", "李建国")] * 2, ("inspection.read", "杜衡"), ("inspection.hide", "李建国")]


def test_nobody_else_puts_it_out_and_no_other_school_s_inspector_reads_it(world: World) -> None:
    row = finished(world)
    for who in ("wu", "feng", "zhao", "du"):
        with pytest.raises(Refused):
            show(world.scope(who), dossier=row.pk, until_on=TODAY)
    show(world.scope("li"), dossier=row.pk, until_on=TODAY)
    Post.objects.filter(user=world.users["du"]).update(school=world.schools["柳溪"])
    assert packages(world.scope("du")) == []


def test_an_ended_post_reads_nothing(world: World) -> None:
    row = finished(world)
    show(world.scope("li"), dossier=row.pk, until_on=TODAY + timedelta(days=14))
    assert packages(world.scope("du", TODAY + timedelta(days=10)))
    assert packages(world.scope("du", TODAY + timedelta(days=11))) == []


def test_an_inspector_comes_until_a_day_and_is_no_staff(world: World) -> None:
    wang, school = world.scope("wang"), world.schools["青河县"]
    for until in (None, TODAY - timedelta(days=1), TODAY + timedelta(days=200)):
        with pytest.raises(Refused, match="ends"):
            invite(wang, school=school, name="费督导", role="inspector", from_on=TODAY, to_on=until)
    assert not User.objects.filter(name="费督导").exists()
    made = invite(wang, school=school, name="费督导", role="inspector", from_on=TODAY, to_on=TODAY).user
    assert made.posts.get().to_on == TODAY
    assert world.users["du"] not in User.objects.filter(staff_of(school.pk, TODAY))
    for refused in (give_post, ask_own_post):
        more = {"user": world.users["wang"]} if refused is give_post else {"purpose": "看看"}
        with pytest.raises(Refused):
            refused(wang, school=school, role="inspector", klass=None, from_on=TODAY, to_on=TODAY, **more)  # type: ignore[operator]


def test_the_screens_lead_from_the_leader_to_the_inspector(world: World, login: LOGIN) -> None:
    row = finished(world)
    li, du = login("li"), login("du")
    address = reverse("paper-inspection-show", kwargs={"pk": row.pk})
    assert "给督导看" in li.get(reverse("paper-inspection")).text
    assert "看到哪一天" in li.post(address, {}, follow=True).text
    assert "督导可以看" in li.post(address, {"until_on": str(TODAY)}, follow=True).text
    assert du.get("/")["Location"] == reverse("inspect")
    page = du.get(reverse("inspect")).text
    assert "秋季督导" in page
    answer = du.post(reverse("inspect-open", kwargs={"pk": row.pk}))
    assert answer["Content-Type"] == "application/pdf"
    assert "督导已经看不到" in li.post(address, {"hide": "1"}, follow=True).text
    assert "现在没有" in du.get(reverse("inspect")).text
    assert "不在了" in du.post(reverse("inspect-open", kwargs={"pk": row.pk}), follow=True).text


def test_who_teaches_here_and_inspects_there_does_not_work_there(world: World) -> None:
    there = world.schools["柳溪"]
    Post.objects.create(user=world.users["zhao"], role="inspector", school=there, from_on=TODAY, to_on=TODAY)
    assert [one.pk for one in workplaces(world.scope("zhao"))] == [world.schools["青河县"].pk]
    assert list(workplaces(world.scope("du"))) == []
