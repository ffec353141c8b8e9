"""One parent entered twice: proposed with a reason, brought together by a leader, taken apart again."""

from collections.abc import Callable
from datetime import date

import pytest
from django.test import Client
from django.urls import reverse

from oasis.children.actions.absence import went_away
from oasis.children.actions.care import arrange
from oasis.children.actions.family import add_person, revise_person
from oasis.children.actions.merging import merge, unmerge
from oasis.children.doubles import doubles
from oasis.children.history import history
from oasis.children.household import household
from oasis.children.models import Away, CareArrangement, Merging, Person, Phone, Tie
from oasis.kit.refused import Refused
from oasis.people.models import Trail
from oasis.people.scope import Scope
from tests.world import BEGAN, World

WHY = "a test looks at everything"


@pytest.fixture
def li(world: World) -> Scope:
    return world.scope("li")


@pytest.fixture
def second(world: World, li: Scope) -> Person:
    """lin's father once more, with a number and an absence of his own, in the family of chenhao."""
    tie = add_person(
        li,
        world.children["chenhao"],
        relation="51",
        from_on=BEGAN,
        name="林国平",
        number="19900000001",
        workplace="建筑工地",
    )
    Phone.objects.create(school=tie.school, person=tie.person, number="19911112222", from_on=BEGAN)
    went_away(li, world.children["chenhao"], tie.person, since_on=date(2025, 2, 1), province="浙江")
    return tie.person


def state() -> list[object]:
    return [
        sorted(model.objects.everywhere(why=WHY).values_list(*names))  # type: ignore[attr-defined]
        for model, names in (
            (Tie, ("pk", "person_id", "carer", "standing", "reason")), (Phone, ("pk", "person_id", "number")),
            (Away, ("pk", "person_id", "province")), (Person, ("pk", "workplace")), (CareArrangement, ("pk", "carer_id")),
        )
    ]  # fmt: skip


def test_the_same_name_and_number_are_proposed_to_leaders_only(world: World, li: Scope, second: Person) -> None:
    (found,) = doubles(li)
    assert {found.first.pk, found.second.pk} == {second.pk, world.persons["lin_father"].pk}
    assert found.why == "同名，电话相同"
    for who in ("zhao", "sun", "feng", "chen"):
        assert doubles(world.scope(who)) == []


def test_two_fathers_of_one_child_are_proposed(world: World, li: Scope) -> None:
    add_person(li, world.children["lin"], relation="51", from_on=BEGAN, name="林平")
    assert [one.why for one in doubles(li)] == ["同一个孩子登记了两位父亲或两位母亲"]


def test_family_numbers_and_absence_follow_the_one_who_stays(world: World, li: Scope, second: Person) -> None:
    father = world.persons["lin_father"]
    before = Trail.objects.everywhere(why=WHY).count()
    merge(li, kept=father.pk, gone=second.pk)
    (member,) = household(li, world.children["chenhao"], li.on)
    assert member.person.pk == father.pk
    assert member.person.workplace == "建筑工地"
    assert {phone.number for phone in member.phones} == {"19900000001", "19911112222"}
    assert member.away is not None
    assert member.away.province == "浙江"
    assert Trail.objects.everywhere(why=WHY).count() == before + 1
    assert any("合并" in event.title for event in history(li, world.children["chenhao"]))
    assert doubles(li) == []


def test_twice_in_one_family_becomes_once_with_both_marks(world: World, li: Scope) -> None:
    lin, granny = world.children["lin"], world.persons["lin_granny"]
    twin = add_person(li, lin, relation="62", from_on=BEGAN, name="黄桂英", lives_with=True, call_order=1)
    arrange(
        li, lin, kind="notice", carer=twin.person, signed="paper", signer="林国平", on=BEGAN, from_on=BEGAN, checked=True,
        child_heard=True,
    )  # fmt: skip
    merge(li, kept=granny.pk, gone=twin.person_id)
    grannies = [member for member in household(li, lin, li.on) if member.person.name == "黄桂英"]
    assert len(grannies) == 1
    assert (grannies[0].tie.carer, grannies[0].tie.standing) == (True, "entrusted")
    assert CareArrangement.objects.within(li).get(child=lin).carer_id == granny.pk


def test_a_merger_undone_leaves_everything_as_it_was(world: World, li: Scope, second: Person) -> None:
    before = state()
    merging = merge(li, kept=world.persons["lin_father"].pk, gone=second.pk)
    assert state() != before
    unmerge(li, merging)
    assert state() == before
    with pytest.raises(Refused):
        unmerge(li, merging)


def test_what_was_changed_since_is_not_undone(world: World, li: Scope, second: Person) -> None:
    father = world.persons["lin_father"]
    merging = merge(li, kept=father.pk, gone=second.pk)
    revise_person(li, world.children["lin"], father, workplace="服装厂")
    after = state()
    with pytest.raises(Refused) as refused:
        unmerge(li, merging)
    assert "逐项更正" in refused.value.message
    assert state() == after


def test_others_cannot_merge(world: World, li: Scope, second: Person) -> None:
    kept = world.persons["lin_father"].pk
    for who in ("zhao", "feng", "wang", "chen", "sun"):
        with pytest.raises(Refused):
            merge(world.scope(who), kept=kept, gone=second.pk)
    stranger = Person.objects.create(school=world.schools["柳溪"], name="林国平")
    with pytest.raises(Refused):
        merge(li, kept=kept, gone=stranger.pk)
    with pytest.raises(Refused):
        merge(li, kept=kept, gone=kept)


def test_the_screen_shows_the_pair_joins_it_and_parts_it(
    world: World, login: Callable[[str], Client], second: Person
) -> None:
    client = login("li")
    shown = client.get(reverse("child-doubles")).content.decode()
    assert "同名，电话相同" in shown
    father = world.persons["lin_father"]
    answer = client.post(reverse("child-doubles-join"), {"of": [father.pk, second.pk], "kept": father.pk}, follow=True)
    assert "已合并" in answer.content.decode()
    merging = Merging.objects.everywhere(why=WHY).get()
    assert (
        "恢复原样"
        in client.post(reverse("child-doubles-part", kwargs={"pk": merging.pk}), follow=True).content.decode()
    )
    named = client.post(reverse("child-doubles"), {"name": "林国平"}).content.decode()
    assert "保留哪一位" in named
    assert login("zhao").get(reverse("child-doubles")).status_code == 404
