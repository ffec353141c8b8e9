"""Two children of one name in a class are told apart wherever a teacher picks one of them."""

from collections.abc import Callable

import pytest
from django.test import Client
from django.urls import reverse

from oasis.children.actions.files import open_file
from oasis.children.actions.status import set_status
from oasis.children.models import Child
from oasis.kit.ids import new_id
from oasis.papers.cards.issuing import cards_of, digest
from tests.world import BEGAN, TODAY, World

Login = Callable[[str], Client]


@pytest.fixture
def twin(world: World) -> Child:
    zhao, lin = world.scope("zhao"), world.children["lin"]
    made = open_file(
        zhao, klass=world.klasses["三1"], school=world.schools["青河县"], on=BEGAN, name=lin.name, sex="1", class_no="7"
    )
    set_status(zhao, made, on=BEGAN, left_behind=2, civil=False)
    return made


def pages(world: World, twin: Child) -> list[str]:
    klass, child = {"pk": world.klasses["三1"].pk}, {"pk": twin.pk}
    place = f"?place={world.klasses['三1'].pk}"
    return [
        reverse("klass-census-list", kwargs=klass), reverse("klass-census-child", kwargs=child),
        reverse("klass-assess-list", kwargs=klass), reverse("klass-assess-child", kwargs=child),
        reverse("klass", kwargs=klass), reverse("papers-cards") + place, reverse("calls") + place,
        reverse("call", kwargs={"kind": "carer-contact"} | child) + place,
    ]  # fmt: skip


def test_two_of_one_name_are_told_apart_where_one_is_picked(world: World, login: Login, twin: Child) -> None:
    lin, client = world.children["lin"], login("zhao")
    for address in pages(world, twin):
        assert f"{lin.name}（男 7号）" in client.get(address).text, address
    assert lin.birth_on
    told = f"{lin.name}（女 {lin.birth_on.month}月{lin.birth_on.day}日生）"
    assert told in client.get(reverse("klass", kwargs={"pk": world.klasses["三1"].pk})).text
    assert f"{world.children['chenhao'].name}（" not in client.get(pages(world, twin)[0]).text


def test_a_call_from_the_morning_tells_whom_it_is_for(world: World, login: Login, twin: Child) -> None:
    """今日 leads to one child's card, without a class; the twin need not be looked after."""
    set_status(world.scope("zhao"), twin, on=TODAY, left_behind=0, civil=False)
    lin, client = world.children["lin"], login("zhao")
    assert lin.birth_on
    told = f"{lin.name}（女 {lin.birth_on.month}月{lin.birth_on.day}日生）"
    where = reverse("call", kwargs={"kind": "carer-contact", "pk": lin.pk})
    assert told in client.get(where, {"next": "/"}).text
    fields = {"id": str(new_id()), "with_whom": "carer", "channel": "wechat", "outcome": "done"}
    assert f"已记下 {told}" in client.post(where, fields, follow=True).text


def test_printed_cards_tell_two_of_one_name_apart_and_an_old_card_stays_good(world: World, twin: Child) -> None:
    zhao, lin = world.scope("zhao"), world.children["lin"]
    alone, both = cards_of(zhao, [lin], TODAY), cards_of(zhao, [lin, twin], TODAY)
    assert [card.apart for card in (*alone, *both)] == ["女", "女", "男 7号"], "also where one alone is printed"
    Child.objects.within(zhao).filter(pk=twin.pk).update(state=Child.State.MOVED)
    (later,) = cards_of(zhao, [lin], TODAY)
    assert later.apart == ""
    assert digest(later) == digest(alone[0])
