"""A remembered query gives what the query itself gives, for other ids and other eyes, and is worded once a shape."""

from typing import Any

import pytest
from django.db.models import F, QuerySet

from oasis.children.models import Child
from oasis.people.closed import ScopeMissing
from oasis.people.models import Post
from oasis.people.remembered import Unsteady, remembered, shapes
from oasis.people.roles import Need
from oasis.people.scope import Scope
from oasis.places.models import Klass
from tests.world import TODAY, World


@remembered
def names(scope: Scope, ids: tuple[Any, ...], sex: str) -> QuerySet[Any, Any]:
    rows = Child.objects.within(scope, Need.NAMES).filter(pk__in=ids, sex=sex)
    return rows.order_by("pinyin").values_list("id", "name", "birth_on", "boarding", F("klass__school"))


def plain(scope: Scope, ids: tuple[Any, ...], sex: str) -> list[Any]:
    rows = Child.objects.within(scope, Need.NAMES).filter(pk__in=ids, sex=sex).order_by("pinyin")
    return list(rows.values_list("id", "name", "birth_on", "boarding", F("klass__school")))


def test_it_gives_what_the_query_gives_for_every_pair_of_eyes(world: World) -> None:
    ids = tuple(child.pk for child in world.children.values())
    for who in world.users:
        for sex in ("1", "2"):
            for some in (ids, ids[:2], ids[2:4], ids[:1]):
                assert names(world.scope(who), some, sex) == plain(world.scope(who), some, sex), (who, sex)


def test_a_shape_is_worded_once(world: World, django_assert_num_queries: Any) -> None:
    ids = tuple(child.pk for child in world.children.values())
    zhao, qian = world.scope("zhao"), world.scope("qian")
    names(zhao, ids, "1")
    before = len(list(shapes(names)))
    with django_assert_num_queries(2):
        names(qian, ids, "1")
        names(zhao, tuple(reversed(ids)), "1")
    assert len(list(shapes(names))) == before


def test_many_posts_stand_in_any_order(world: World) -> None:
    for n, role in enumerate(["homeroom"] * 6):
        klass = Klass.objects.create(school=world.schools["青河县"], entry_year=2020, number=n + 1)
        Post.objects.create(user=world.users["zhao"], role=role, school=klass.school, klass=klass, from_on=TODAY)
    ids = tuple(child.pk for child in world.children.values())
    scope = world.scope("zhao")
    assert {row[1] for row in names(scope, ids, "1")} == {"陈浩", "杨帆"}


def test_no_eyes_and_no_ids_give_nothing(world: World) -> None:
    ids = tuple(child.pk for child in world.children.values())
    assert names(world.scope("han"), ids, "1") == []
    assert names(world.scope("zhao"), (), "1") == []


def test_a_closed_query_stays_closed(world: World) -> None:
    @remembered
    def closed(pk: Any) -> QuerySet[Any, Any]:
        return Child.objects.filter(pk=pk).values_list("name")

    with pytest.raises(ScopeMissing):
        closed(world.children["lin"].pk)


def test_a_query_that_looks_into_its_ids_is_refused(world: World) -> None:
    @remembered
    def unsteady(scope: Scope, pk: Any) -> QuerySet[Any, Any]:
        return Child.objects.within(scope).filter(name__contains=str(pk)).values_list("name")

    with pytest.raises(Unsteady):
        unsteady(world.scope("zhao"), world.children["lin"].pk)
