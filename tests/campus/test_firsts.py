"""Places in tutoring and care: those the rules put first, without a word of why."""

from collections.abc import Callable

import pytest
from django.test import Client
from django.urls import reverse

from oasis.campus.actions.firsts import allot, open_list, sign_up, take_off
from oasis.campus.firsts import list_of, lists, shares, signed_up
from oasis.campus.models import PlaceList, PlaceWish
from oasis.children.models import Child
from oasis.kit.refused import Refused
from tests.world import World

WHY = "a test looks"


def group(world: World, seats: int = 2) -> PlaceList:
    """A tutoring group of class 3(1)."""
    klass = world.klasses["三1"].pk
    return open_list(world.scope("zhao"), sort="tutoring", title="作业辅导", hours="", seats=seats, klass=klass)


def code(act: Callable[[], object]) -> str:
    with pytest.raises(Refused) as caught:
        act()
    return caught.value.code


def test_children_whose_parents_are_away_come_first(world: World) -> None:
    zhao, row = world.scope("zhao"), group(world)
    yang, lin, chenhao = (world.children[key].pk for key in ("yang", "lin", "chenhao"))
    sign_up(zhao, row, children=[yang])
    sign_up(zhao, row, children=[chenhao, lin])
    assert allot(zhao, row) == 2
    assert {wish.child_id: wish.placed for wish in signed_up(zhao, row)} == {yang: False, lin: True, chenhao: True}
    (share,) = shares(zhao)
    assert (share.pupils, share.left, share.places, share.left_places) == (3, 2, 2, 2)
    take_off(zhao, row, child=lin)
    allot(zhao, row)
    assert {wish.child_id: wish.placed for wish in signed_up(zhao, row)} == {yang: True, chenhao: True}
    assert code(lambda: take_off(zhao, row, child=lin)) == "gone"


def test_who_left_the_school_gets_no_place(world: World) -> None:
    zhao, row = world.scope("zhao"), group(world, seats=1)
    yang, lin = (world.children[key].pk for key in ("yang", "lin"))
    sign_up(zhao, row, children=[yang, lin])
    Child.objects.everywhere(why=WHY).filter(pk=lin).update(state=Child.State.MOVED)
    assert allot(zhao, row) == 1
    placed = PlaceWish.objects.everywhere(why=WHY).filter(placed=True)
    assert [wish.child_id for wish in placed] == [yang]


def test_only_ones_own_children_are_signed_up(world: World) -> None:
    zhao, row = world.scope("zhao"), group(world)
    assert code(lambda: sign_up(zhao, row, children=[world.children["he"].pk])) == "children"
    assert code(lambda: sign_up(zhao, row, children=[])) == "children"
    assert code(lambda: sign_up(world.scope("qian"), row, children=[world.children["he"].pk])) == "children"
    assert list_of(world.scope("qian"), row.pk) is None
    assert list_of(world.scope("feng"), row.pk) is None
    assert code(lambda: allot(world.scope("qian"), row)) == "out-of-reach"
    klass = world.klasses["三1"].pk
    told = {"sort": "care", "title": "早餐", "hours": "", "seats": 3}
    assert code(lambda: open_list(world.scope("qian"), **told, klass=klass)) == "out-of-reach"
    assert code(lambda: open_list(world.scope("zhao"), **told, klass=None)) == "school"


def test_a_list_of_the_school_takes_children_of_every_class(world: World) -> None:
    row = open_list(world.scope("wu"), sort="care", title="早餐", hours="", seats=1, klass=None)
    sign_up(world.scope("zhao"), row, children=[world.children["yang"].pk])
    sign_up(world.scope("qian"), row, children=[world.children["he"].pk])
    assert code(lambda: allot(world.scope("zhao"), row)) == "out-of-reach"
    allot(world.scope("wu"), row)
    (mine,) = signed_up(world.scope("qian"), row)
    assert mine.placed
    assert [one.pk for one in lists(world.scope("qian"))] == [row.pk]


def test_the_list_in_the_browser_says_no_reason(world: World, login: Callable[[str], Client]) -> None:
    zhao, klass = login("zhao"), str(world.klasses["三1"].pk)
    told = {"sort": "tutoring", "title": "作业辅导", "seats": "1", "klass": klass}
    assert zhao.post(reverse("firsts"), told | {"seats": "0"}).status_code == 422
    zhao.post(reverse("firsts"), told)
    row = PlaceList.objects.everywhere(why=WHY).get()
    where = reverse("firsts-show", kwargs={"pk": row.pk})
    both = [str(world.children[key].pk) for key in ("yang", "lin")]
    zhao.post(where, {"what": "sign", "children": both})
    zhao.post(where, {"what": "allot"})
    page = zhao.get(where).content.decode()
    assert "有名额" in page
    assert "候补" in page
    assert "留守" not in page
    zhao.post(where, {"what": "off", "children": both[:1]})
    assert "候补" not in zhao.get(where).content.decode()
    assert "作业辅导" in zhao.get(reverse("firsts")).content.decode()
