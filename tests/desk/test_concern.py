"""A subject teacher hands a concern to the homeroom teacher and reads nothing back."""

from collections.abc import Callable

import pytest
from django.test import Client

from oasis.kit.ids import new_id
from oasis.people.models import Post
from oasis.people.roles import Need
from oasis.records.kinds import KINDS
from oasis.records.models import Record
from tests.world import TODAY, World


@pytest.fixture
def taught(world: World) -> World:
    Post.objects.filter(user=world.users["shen"]).update(klass=world.klasses["三1"])
    return world


def sent(world: World, child: str = "lin") -> dict[str, object]:
    fields = KINDS.get("concern").sample
    return {**fields, "happened_on": str(TODAY), "child": str(world.children[child].pk), "id": str(new_id())}


def test_it_reaches_the_homeroom_teacher(taught: World, login: Callable[[str], Client]) -> None:
    shen = login("shen")
    assert "林晓晓" in shen.get("/concern/").text
    assert "班主任会在" in shen.post("/concern/", sent(taught), follow=True).text
    row = Record.objects.within(taught.scope("zhao"), Need.RECORD_READ).get(kind="concern")
    assert (row.child, row.by) == (taught.children["lin"], taught.users["shen"])


def test_nothing_is_read_back(taught: World, login: Callable[[str], Client]) -> None:
    shen = login("shen")
    shen.post("/concern/", sent(taught))
    row = Record.objects.everywhere(why="a test").get()
    for address in (f"/children/{taught.children['lin'].pk}/", "/children/", f"/records/{row.pk}/", "/record/mine/"):
        assert shen.get(address).status_code == 404, address
    assert "午饭" not in shen.get("/concern/").text


def test_a_child_of_a_class_not_taught_is_no_choice(taught: World, login: Callable[[str], Client]) -> None:
    shen = login("shen")
    assert "何静怡" not in shen.get("/concern/").text
    for child in ("he", "liu", "ma"):
        assert shen.post("/concern/", sent(taught, child)).status_code == 200
    assert not Record.objects.everywhere(why="a test").exists()


def test_without_a_class_the_page_says_what_to_do(world: World, login: Callable[[str], Client]) -> None:
    assert "请管理员在您的岗位里选上任教的班级" in login("shen").get("/concern/").text
