"""Goods in and out, the list to sign, counting; gifts stand in every child's file; festivals are seen ahead."""

from collections.abc import Callable
from datetime import date
from typing import Any

import pytest
from django.test import Client
from django.urls import reverse

from oasis.campus.actions.goods import count_goods, scrap, take_in
from oasis.campus.goods import left_of, shelves
from oasis.campus.models import Goods, Handout, Movement
from oasis.children.days import festivals
from oasis.kit.ids import new_id
from oasis.kit.refused import Refused
from oasis.records.actions.gifts import hand_out
from oasis.records.models import Record
from tests.world import World

WHY = "a test looks"
Login = Callable[[str], Client]


def bags(world: World, who: str = "zhou", **more: Any) -> Goods:
    """Five schoolbags in store."""
    told = {"id": new_id(), "name": "书包", "unit": "个", "quantity": 5, "source": "school"} | more
    return take_in(world.scope(who), school=world.schools["青河县"], **told).goods


def code(act: Callable[[], object]) -> str:
    with pytest.raises(Refused) as caught:
        act()
    return caught.value.code


def test_a_gift_day_is_one_act_for_many(world: World) -> None:
    zhou, goods, pressed = world.scope("zhou"), bags(world), new_id()
    both = [world.children["lin"].pk, world.children["he"].pk]
    told: dict[str, Any] = {"goods": goods.pk, "occasion": "moon"}
    for _press in range(2):
        hand_out(zhou, id=pressed, children=both, each=2, **told)
    assert left_of(world.scope("zhou"), goods) == 1
    rows = Record.objects.everywhere(why=WHY).filter(kind="gift")
    assert {row.child_id for row in rows} == set(both)
    assert len({row.group for row in rows}) == 1
    assert Handout.objects.everywhere(why=WHY).count() == 2
    assert code(lambda: hand_out(zhou, id=new_id(), children=both, each=1, **told)) == "short"
    liu = world.children["liu"].pk
    assert code(lambda: hand_out(zhou, id=new_id(), children=[liu], each=1, **told)) == "children"
    assert code(lambda: hand_out(zhou, id=new_id(), children=[], each=1, **told)) == "children"


def test_a_donation_names_giver_and_receipt_and_keeps_the_giver_sealed(world: World) -> None:
    assert code(lambda: bags(world, source="donated", donor="张老板")) == "donor"
    bags(world, source="donated", donor="张老板", receipt="捐12")
    (row,) = Movement.objects.everywhere(why=WHY).all()
    assert row.donor == "张老板"


def test_a_count_that_differs_is_explained(world: World) -> None:
    zhou, goods = world.scope("zhou"), bags(world)
    assert code(lambda: count_goods(zhou, id=new_id(), goods=goods.pk, counted=4)) == "words"
    count_goods(zhou, id=new_id(), goods=goods.pk, counted=4, words="丢了一个")
    assert code(lambda: scrap(zhou, id=new_id(), goods=goods.pk, quantity=9, words="坏了")) == "short"
    scrap(zhou, id=new_id(), goods=goods.pk, quantity=1, words="拉链坏了")
    (shelf,) = shelves(zhou)
    assert shelf.left == 3
    assert shelf.counted_on


def test_others_keep_their_hands_off(world: World) -> None:
    goods, lin = bags(world), world.children["lin"].pk
    for who in ("zhao", "sun", "zheng", "feng", "wang"):
        scope = world.scope(who)
        assert code(lambda: bags(world, who)) == "out-of-reach"  # noqa: B023
        assert (
            code(lambda: hand_out(scope, id=new_id(), goods=goods.pk, children=[lin], each=1, occasion="care"))  # noqa: B023
            == "out-of-reach"
        )


def test_the_store_in_the_browser(world: World, login: Login) -> None:
    zhou, lin = login("zhou"), world.children["lin"]
    first = {"id": str(new_id()), "name": "书包", "unit": "个", "quantity": "3", "source": "donated"}
    assert zhou.post(reverse("goods"), first).status_code == 422
    zhou.post(reverse("goods"), first | {"donor": "王先生", "receipt": "A1"})
    zhou.post(reverse("goods"), first | {"donor": "王先生", "receipt": "A1"})
    goods = Goods.objects.everywhere(why=WHY).get()
    assert left_of(world.scope("zhou"), goods) == 3
    where = reverse("goods-show", kwargs={"pk": goods.pk})
    out = {"form": "out", "id": str(new_id()), "each": "1", "occasion": "children", "children": [str(lin.pk)]}
    assert zhou.post(where, out | {"each": "9"}).status_code == 422
    zhou.post(where, out)
    row = Movement.objects.everywhere(why=WHY).get(sort="out")
    handed = reverse("goods-handed", kwargs={"pk": row.pk})
    page = zhou.get(handed).content.decode()
    assert "林晓晓" in page
    assert "留守" not in page
    zhou.post(handed)
    assert "签领表已收回" in zhou.get(handed).content.decode()
    assert "书包1个" in login("zhao").get(reverse("child-records", kwargs={"pk": lin.pk})).content.decode()
    zhou.post(where, {"form": "count", "id": str(new_id()), "counted": "2"})
    zhou.post(where, {"form": "scrap", "id": str(new_id()), "quantity": "1", "words": "破了"})
    assert left_of(world.scope("zhou"), goods) == 1


def test_festivals_of_sun_and_moon_are_seen_ahead() -> None:
    assert festivals(date(2026, 12, 20)) == [(date(2027, 1, 1), "元旦")]
    assert (date(2027, 2, 6), "春节") in festivals(date(2027, 1, 30))
    assert (date(2026, 9, 25), "中秋节") in festivals(date(2026, 9, 20))
