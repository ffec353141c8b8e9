"""Which children a screen offers for a record: the chosen, the recent, one's own, the class; or a search."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from functools import cached_property
from typing import Any, NamedTuple
from uuid import UUID

from django.db.models import F, Q, QuerySet

from oasis.children.models import Child
from oasis.children.namesakes import twins, words
from oasis.kit.refused import Refused
from oasis.people.closed import ScopedQuerySet
from oasis.people.remembered import remembered
from oasis.people.roles import ArmKind, Need
from oasis.people.scope import Scope
from oasis.places.queries import class_named
from oasis.records.models import Record

MOST = 80  # more children than this are searched for, not listed
RECENT = 6  # so many of those one wrote about last come first
OWN = ("id", "school_id", "klass_id", "name", "sex", "class_no", "birth_on")
CLASS = ("klass__stage", "klass__entry_year", "klass__number", "school__system")
LONGEST = 40  # characters of a search: no name is longer, and SQLite matches no pattern of 50,000
NEAR = 12  # so many stand open; the rest is folded


class Chip(NamedTuple):
    """A child to choose; `klass` is the name of the class, "" without one."""

    pk: UUID
    school_id: UUID
    klass_id: UUID | None
    name: str
    sex: str
    class_no: str
    birth_on: date | None
    klass: str


@dataclass(frozen=True)
class Offer:
    """Children to choose from: `near` stand open, `rest` is folded, `many` says that there are more to search for."""

    near: list[Chip]
    rest: list[Chip]
    chosen: frozenset[UUID]
    many: bool
    classes: bool
    found: int  # how many a search has found, before the chosen are put to them

    def small(self, child: Chip, scope: Scope) -> str:
        """Give the words under a name: the class, where there are several and it is not the one class of one's own.

        Children of one name are told apart.
        """
        own, told = scope.ids(ArmKind.KLASS, Need.RECORD_WRITE), []
        if self.classes and own != {child.klass_id}:
            told.append(child.klass)
        if child.name in self.twins:
            told.append(words(scope, child))
        return " ".join(word for word in told if word)

    @cached_property
    def twins(self) -> frozenset[str]:
        """The names that more than one of these children bears."""
        return frozenset(child.name for child in twins((*self.near, *self.rest)))


def in_reach(scope: Scope) -> ScopedQuerySet[Child]:
    """Give the children about whom a person may write, those looked after first."""
    rows = Child.objects.within(scope, Need.RECORD_WRITE).select_related("klass", "school")
    return rows.order_by(F("left_behind").desc(), "klass__stage", "-klass__entry_year", "klass__number", "pinyin")


def children_by_id(scope: Scope, ids: Iterable[UUID]) -> list[Child]:
    """Give these children in the order asked for; raises Refused when one is out of reach."""
    wanted = list(dict.fromkeys(ids))
    found = in_reach(scope).in_bulk(wanted)
    if len(found) != len(wanted):
        raise Refused("out-of-reach", "有的孩子不在您负责的范围内，请重新选择")
    return [found[pk] for pk in wanted]


def offered(scope: Scope, chosen: Iterable[UUID], words: str = "") -> Offer:
    """Give the children to choose from; of `chosen` only those in reach. With words: those whose name, its sound or its initials begin so."""
    marked = list(dict.fromkeys(chosen))
    rows = _made(_asked(scope, words), scope.on)
    many = len(rows) > MOST or bool(words)
    first = [] if words else list(dict.fromkeys(pk for (pk,) in _latest(scope, scope.person)))[:RECENT]
    by_id = {child.pk: child for child in rows[:MOST]}
    if missing := [pk for pk in (*marked, *first) if pk not in by_id]:
        by_id = {child.pk: child for child in _made(_these(scope, tuple(missing)), scope.on)} | by_id
    order = [by_id[pk] for pk in dict.fromkeys((*marked, *first, *by_id)) if pk in by_id]
    near = max(len([child for child in order if child.pk in marked]), 0 if marked and not words else NEAR)
    classes = len({child.klass_id for child in order}) > 1
    return Offer(order[:near], order[near:], frozenset(marked) & by_id.keys(), many, classes, len(rows))


def _asked(scope: Scope, words: str) -> Iterable[tuple[Any, ...]]:
    return _chips(in_reach(scope).filter(_called(words), state=Child.State.HERE)) if words else _first(scope)


@remembered
def _first(scope: Scope) -> QuerySet[Child, tuple[Any, ...]]:
    return _chips(in_reach(scope).filter(state=Child.State.HERE))


@remembered
def _these(scope: Scope, ids: tuple[UUID, ...]) -> QuerySet[Child, tuple[Any, ...]]:
    return _chips(in_reach(scope).filter(pk__in=ids))


def _chips(rows: ScopedQuerySet[Child]) -> QuerySet[Child, tuple[Any, ...]]:
    return rows.select_related(None).values_list(*OWN, *CLASS)[: MOST + 1]


def _made(rows: Iterable[tuple[Any, ...]], on: date) -> list[Chip]:
    return [
        Chip(pk, school, place, name, sex, number, born, class_named(*klass, on) if place else "")
        for pk, school, place, name, sex, number, born, *klass in rows
    ]


@remembered
def _latest(scope: Scope, person: UUID) -> QuerySet[Record, tuple[UUID]]:
    """The children of the last records a person wrote."""
    rows = Record.objects.within(scope, Need.RECORD_WRITE).filter(by_id=person, withdrawn=False)
    return rows.order_by("-at", "-id").values_list("child_id")[:20]


def _called(words: str) -> Q:
    plain = words.strip()[:LONGEST]
    spelled = plain.lower().replace(" ", "")
    return (
        Q(name__startswith=plain) | Q(given_name__startswith=plain) | Q(pinyin__startswith=spelled)
        | Q(initials__startswith=spelled) | Q(given_pinyin__startswith=spelled)
    )  # fmt: skip
