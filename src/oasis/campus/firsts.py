"""Reading of places in tutoring and care: who is signed up, and the share of places by class. No order tells a reason."""

from collections import Counter
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from typing import Any, TypeVar
from uuid import UUID

from django.db.models import Count, Q

from oasis.campus.models import PlaceList, PlaceWish
from oasis.campus.notices import own_classes
from oasis.campus.reach import at_work
from oasis.children.models import Child
from oasis.people.roles import ArmKind, Need
from oasis.people.scope import Scope
from oasis.places.models import Klass

W = TypeVar("W")


def in_turn(wishes: Iterable[W], child: Callable[[W], Child], since: Callable[[W], Any]) -> list[W]:
    """Put wishes for places in the order the rules want: children whose parents are away first, then who came first.

    For whoever gives places out; the result is not shown to anybody as a list.
    """
    return sorted(wishes, key=lambda one: (child(one).left_behind == 0, since(one)))


def lists(scope: Scope) -> list[PlaceList]:
    """Give the lists of one's classes and of the school, with how many signed up and have a place. One query."""
    leads = scope.ids(ArmKind.SCHOOL, Need.CENSUS)
    mine = Q(klass__isnull=True) | Q(klass__in=[klass.pk for klass in own_classes(scope)]) | Q(school__in=leads)
    rows = at_work(scope, PlaceList).filter(mine).select_related("klass", "klass__school", "by")
    wishes = Count("placewish", distinct=True)
    placed = Count("placewish", filter=Q(placewish__placed=True), distinct=True)
    return list(rows.annotate(wished=wishes, given=placed))


def list_of(scope: Scope, pk: UUID) -> PlaceList | None:
    """Give a list one may see."""
    return next((row for row in lists(scope) if row.pk == pk), None)


def may_allot(scope: Scope, row: PlaceList) -> bool:
    """Tell whether a person gives the places of a list out: the class's own teacher, a leader those of the school."""
    if row.school_id in scope.ids(ArmKind.SCHOOL, Need.CENSUS):
        return True
    return row.klass_id is not None and row.klass_id in scope.ids(ArmKind.KLASS, Need.CENSUS)


def signed_up(scope: Scope, row: PlaceList) -> list[PlaceWish]:
    """Give who is signed up as far as one reaches them, by class and sound of name."""
    wishes = PlaceWish.objects.within(scope, Need.CENSUS).filter(place_list=row)
    return list(
        wishes.select_related("child", "child__klass", "child__school").order_by(
            "child__klass__stage", "-child__klass__entry_year", "child__klass__number", "child__pinyin"
        )
    )


def candidates(scope: Scope, row: PlaceList) -> list[Child]:
    """Give the children one may sign up for a list and has not yet."""
    rows = Child.objects.within(scope, Need.CENSUS).filter(school_id=row.school_id, state=Child.State.HERE)
    if row.klass_id:
        rows = rows.filter(klass=row.klass_id)
    signed = PlaceWish.objects.filter(place_list=row).values("child")
    ordered = rows.exclude(pk__in=signed).select_related("klass", "school")
    return list(ordered.order_by("klass__stage", "-klass__entry_year", "klass__number", "pinyin"))


@dataclass(frozen=True)
class Share:
    """Places of one class: all, and those of children whose parents are away; and how many there are of each."""

    klass: Klass
    name: str
    pupils: int
    left: int
    places: int
    left_places: int


def shares(scope: Scope) -> list[Share]:
    """Give the share of places by class: numbers, no names. Two queries and the classes."""
    pupils, places = Counter[tuple[UUID | None, bool]](), Counter[tuple[UUID | None, bool]]()
    rows = Child.objects.within(scope, Need.FIGURES).filter(state=Child.State.HERE)
    for klass, left in rows.order_by().values_list("klass", "left_behind"):
        pupils[klass, left > 0] += 1
    held = PlaceWish.objects.within(scope, Need.FIGURES).filter(placed=True, child__state=Child.State.HERE)
    for klass, left in held.order_by().values_list("child__klass", "child__left_behind"):
        places[klass, left > 0] += 1
    return [
        Share(
            klass, klass.name(scope.on, klass.school.primary_years), pupils[klass.pk, True] + pupils[klass.pk, False],
            pupils[klass.pk, True], places[klass.pk, True] + places[klass.pk, False], places[klass.pk, True],
        )
        for klass in own_classes(scope)
    ]  # fmt: skip
