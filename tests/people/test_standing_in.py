"""代班: a class for some days, by a leader at once, by the homeroom teacher with a leader's word."""

from collections.abc import Callable
from datetime import timedelta

import pytest
from django.test import Client
from django.urls import reverse

from oasis.children.access import viewers
from oasis.children.models import Child
from oasis.kit.refused import Refused
from oasis.people import approvals, trail
from oasis.people.models import Approval, Post, Trail
from oasis.people.roles import Need
from oasis.people.standing_in import end_stand_in, stand_in, standing_in
from tests.world import TODAY, World

DAYS = {"from_on": TODAY, "to_on": TODAY + timedelta(days=4), "purpose": "外出学习"}


def sees(world: World, who: str, days: int = 0) -> bool:
    scope = world.scope(who, TODAY + timedelta(days=days))
    return Child.objects.within(scope, Need.CHILD_WRITE).filter(pk=world.children["lin"].pk).exists()


def test_a_leader_s_stand_in_holds_for_its_days(world: World) -> None:
    post = stand_in(world.scope("li"), klass=world.klasses["三1"], user=world.users["qian"], **DAYS)
    assert isinstance(post, Post)
    assert [sees(world, "qian", days) for days in (0, 4, 5)] == [True, True, False]
    assert any(one.why == "代班，到2026年11月27日" for one in viewers(world.children["lin"], TODAY))


def test_a_homeroom_teacher_asks_and_a_leader_agrees(world: World) -> None:
    asked = stand_in(world.scope("zhao"), klass=world.klasses["三1"], user=world.users["shen"], **DAYS)
    assert isinstance(asked, Approval)
    assert not sees(world, "shen")
    approvals.decide(world.scope("wu"), approval=asked.pk, yes=True)
    assert sees(world, "shen")
    assert not sees(world, "shen", 5)


@pytest.mark.parametrize(
    ("who", "user", "code"),
    [("qian", "shen", "other-class"), ("feng", "shen", "other-class"), ("li", "chen", "person"), ("li", "zhao", "person"), ("li", "han", "person")],
)  # fmt: skip
def test_strangers_give_and_get_no_class(who: str, user: str, code: str, world: World) -> None:
    with pytest.raises(Refused) as refused:
        stand_in(world.scope(who), klass=world.klasses["三1"], user=world.users[user], **DAYS)
    assert refused.value.code == code


def test_days_are_few_and_to_come(world: World) -> None:
    for change in ({"to_on": TODAY + timedelta(days=90)}, {"from_on": TODAY - timedelta(days=1)}):
        with pytest.raises(Refused):
            stand_in(world.scope("li"), klass=world.klasses["三1"], user=world.users["qian"], **(DAYS | change))


def test_it_ends_at_once_and_by_nobody_else(world: World) -> None:
    klass = world.klasses["三1"]
    post = stand_in(world.scope("li"), klass=klass, user=world.users["qian"], **DAYS)
    for who in ("feng", "sun", "qian"):
        with pytest.raises(Refused):
            end_stand_in(world.scope(who), klass=klass, post=post.pk)
    end_stand_in(world.scope("zhao"), klass=klass, post=post.pk)
    assert not sees(world, "qian")
    assert not standing_in(klass, TODAY)


def test_the_screen_asks_and_ends(world: World, login: Callable[[str], Client]) -> None:
    li, address = login("li"), reverse("klass-stand-in", kwargs={"pk": world.klasses["三1"].pk})
    sent = {"user": str(world.users["qian"].pk), "from_on": "2026-11-23", "to_on": "2026-11-27", "purpose": "病假"}
    assert "已安排代班" in li.post(address, sent, follow=True).text
    post = Post.objects.get(stand_in=True)
    assert "钱志远" in li.get(address).text
    assert "代班已结束" in li.post(f"{address}end/", {"post": str(post.pk)}, follow=True).text
    assert login("zhao").post(address, sent | {"purpose": "事假"}).status_code == 302
    assert Approval.objects.everywhere(why="a test").get().kind == "stand-in"
    assert li.post(f"{address}end/", {"post": "x"}).status_code == 404


def test_a_leader_s_own_stand_in_breaks_neither_the_trail_nor_the_audit(
    world: World, login: Callable[[str], Client]
) -> None:
    stand_in(world.scope("li"), klass=world.klasses["三1"], user=world.users["li"], **DAYS)
    line = Trail.objects.everywhere(why="a test").get(deed="post.give")
    assert line.detail == "homeroom"
    school = line.school_key
    trail.note(world.scope("li"), "post.give", school=school, subject=line.subject, detail="homeroom 2026-11-27")
    assert "给自己安排了“班主任”岗位" in login("li").get("/trail/").text
    assert login("li").post("/trail/audit/2026/").status_code == 200


def test_a_stand_in_who_left_meanwhile_gets_no_class(world: World) -> None:
    asked = stand_in(world.scope("zhao"), klass=world.klasses["三1"], user=world.users["shen"], **DAYS)
    Post.objects.filter(user=world.users["shen"]).update(to_on=TODAY - timedelta(days=1))
    with pytest.raises(Refused) as refused:
        approvals.decide(world.scope("wu"), approval=asked.pk, yes=True)
    assert refused.value.code == "person"
