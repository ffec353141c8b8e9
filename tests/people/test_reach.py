"""Reach ends with the post, whatever pairing still runs; who may see a file is told rightly; what a screen shows is noted."""

from collections.abc import Callable
from datetime import date, timedelta

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from django.urls import reverse

from oasis.children.access import viewers
from oasis.children.models import Child
from oasis.people import trail
from oasis.people.approvals import ask_own_post
from oasis.people.models import Approval, Post, Trail
from oasis.people.roles import ArmKind, Need
from tests.world import TODAY, World

WHY = "the test counts lines"


def test_a_running_pairing_gives_nothing_once_the_post_has_ended(world: World, login: Callable[[str], Client]) -> None:
    lin = world.children["lin"]
    assert Child.objects.within(world.scope("sun")).filter(pk=lin.pk).exists()
    Post.objects.filter(user=world.users["sun"]).update(to_on=date(2026, 10, 1))
    assert not world.scope("sun").arms


def test_who_comes_back_as_an_inspector_sees_neither_the_children_helped_once_nor_those_read_by_a_leaders_word(
    world: World,
) -> None:
    lin, sun = world.children["lin"], world.users["sun"]
    Approval.objects.everywhere(why="a test").create(
        school=lin.school, kind="read", asked_by=sun, child=world.children["he"].pk, purpose="x", granted=True,
        until_on=TODAY + timedelta(days=5),
    )  # fmt: skip
    Post.objects.filter(user=sun).update(role="inspector", to_on=TODAY + timedelta(days=9))
    assert {arm.kind for arm in world.scope("sun").arms} == {ArmKind.PACKAGE}
    assert sun not in {viewer.user for viewer in viewers(lin, TODAY)}


def test_a_counsellor_who_teaches_now_hears_no_confidences_any_more(world: World) -> None:
    xu, school, lin = world.users["xu"], world.schools["青河县"], world.children["lin"]
    assert Child.objects.within(world.scope("xu"), Need.SCREENING).filter(pk=lin.pk).exists()
    Post.objects.filter(user=xu).update(to_on=TODAY - timedelta(days=1))
    Post.objects.create(user=xu, role="homeroom", school=school, klass=world.klasses["五1"], from_on=TODAY)
    for need in (Need.SCREENING, Need.CONFIDENTIAL, Need.RECORD_READ, Need.NAMES):
        assert not Child.objects.within(world.scope("xu"), need).filter(pk=lin.pk).exists()
    assert "xu" not in {viewer.user.username for viewer in viewers(lin, TODAY)}


def test_only_those_who_can_are_named_as_viewers(world: World) -> None:
    he, lin = world.children["he"], world.children["lin"]
    assert {viewer.user.username for viewer in viewers(he, TODAY)} == {"qian", "li", "wu"}
    assert {viewer.user.username for viewer in viewers(lin, TODAY)} == {"zhao", "li", "wu", "sun", "xu"}


@pytest.mark.parametrize(
    "name", ["child-edit", "child-status", "child-care", "child-pair", "child-waivers", "klass-census-child"]
)
def test_every_screen_of_a_child_leaves_a_line(name: str, world: World, login: Callable[[str], Client]) -> None:
    lin = world.children["lin"]
    more = {"group": "home"} if name == "child-edit" else {}
    assert login("zhao").get(reverse(name, kwargs={"pk": lin.pk, **more})).status_code == 200
    assert Trail.objects.everywhere(why=WHY).filter(child=lin.pk, deed="child.look").count() == 1


def test_whole_numbers_on_the_call_desk_leave_a_line(world: World, login: Callable[[str], Client]) -> None:
    lin = world.children["lin"]
    login("zhao").get(reverse("call", kwargs={"kind": "family-call", "pk": lin.pk}))
    assert Trail.objects.everywhere(why=WHY).filter(child=lin.pk, deed="child.phones").count() == 1


def test_a_deed_nobody_declared_is_refused(world: World) -> None:
    with pytest.raises(ValueError, match="not in DEEDS"):
        trail.note(world.scope("zhao"), "child.peek", school=None)


def test_leaders_are_told_when_an_administrator_gives_himself_a_post(
    world: World, login: Callable[[str], Client]
) -> None:
    wang = world.users["wang"]
    Post.objects.filter(user__in=[world.users["li"], world.users["wu"]]).update(to_on=TODAY - timedelta(days=1))
    school = world.schools["青河县"]
    ask_own_post(world.scope("wang"), school=school, role="principal", klass=None, from_on=TODAY, purpose="代理校长")
    Post.objects.filter(user=world.users["li"]).update(to_on=None)
    text = login("li").get("/trail/").text
    assert "给自己安排了“校长”岗位" in text
    assert Trail.objects.within(world.scope("li"), Need.TRAIL).get(deed="post.give").subject == str(wang.pk)


def test_nothing_of_a_child_stays_in_a_browser(world: World, login: Callable[[str], Client]) -> None:
    for address in ("/", "/children/", reverse("child-care", kwargs={"pk": world.children["lin"].pk})):
        assert "no-store" in login("zhao").get(address)["Cache-Control"]


def test_a_body_beyond_measure_is_refused(world: World, login: Callable[[str], Client]) -> None:
    for address, length in (("/account/login/", 6_000_000), ("/intake/", 60_000_000), ("/record/talk/", 6_000_000)):
        answer = login("zhao").post(address, b"x" * length, content_type="application/octet-stream")
        assert answer.status_code == 413, address
        assert "太大" in answer.text


def test_a_photo_as_large_as_the_page_promises_gets_through_the_measure(
    world: World, login: Callable[[str], Client]
) -> None:
    address = reverse("child-papers", kwargs={"pk": world.children["lin"].pk})
    kept = {"kind": "photo", "file": SimpleUploadedFile("a.jpg", b"\xff" * 8_000_000)}
    assert login("zhao").post(address, kept).status_code not in (413, 500)
    larger = login("zhao").post(address, b"x" * 40_000_000, content_type="application/octet-stream")
    assert larger.status_code == 413
