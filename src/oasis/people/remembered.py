"""A query worded once: the ORM's SQL kept for the next request, other ids put in.

Wording a query set takes the ORM ten to eighty times as long as the database takes to answer (docs/performance.md). A function
that builds a query set from a scope and ids is therefore asked once for each shape: how many ids of each kind, which arms, which
day. Everything but ids belongs to the shape. The first time, the query is built twice with made-up ids; where both wordings
agree but for the ids, the places of the ids are known.
"""

import uuid
from collections import OrderedDict
from collections.abc import Callable, Hashable, Iterable, Iterator
from dataclasses import dataclass, replace
from datetime import date
from functools import lru_cache, update_wrapper
from threading import RLock
from typing import Any, Generic, ParamSpec
from uuid import UUID

from django.core.exceptions import EmptyResultSet
from django.db import DEFAULT_DB_ALIAS, connection, connections
from django.db.models import QuerySet, UUIDField, Window
from django.db.models.functions import RowNumber

from oasis.kit.asking import rows_of
from oasis.people.closed import ScopedQuerySet
from oasis.people.scope import Arm, Scope

P = ParamSpec("P")
Make = Callable[[UUID], UUID]
FIELD = UUIDField()
KEPT = 300  # shapes a function keeps; the oldest goes


class Unsteady(RuntimeError):
    """The query depends on its ids in another way than by comparing with them: a mistake of ours."""


@dataclass(frozen=True)
class Reader:
    """How the driver's values of one column become Python's: `known` where an equal value was read before, else step by step."""

    place: int
    converters: tuple[Callable[..., Any], ...]
    column: Any
    known: Callable[[Any], Any] | None

    def read(self, values: Iterable[Any], here: Any) -> Iterable[Any]:
        """Give a column's values as the query set would."""
        if self.known:
            return map(self.known, values)
        for convert in self.converters:
            values = [convert(value, self.column, here) for value in values]
        return values


@dataclass(frozen=True)
class Wording:
    """The SQL of a shape, its values with the places of the ids, and how the rows are read."""

    sql: str
    values: tuple[Any, ...]
    places: tuple[tuple[int, int], ...]  # place among the values, number of the id
    width: int = 0  # columns
    empty: bool = False  # nothing can match
    readers: tuple[Reader, ...] = ()

    def rows(self, found: list[tuple[Any, ...]]) -> list[tuple[Any, ...]]:
        """Give what the driver found as the query set would, column by column."""
        if not self.readers or not found:
            return found
        columns: list[Any] = list(zip(*found, strict=True))
        here = own_connection()
        for reader in self.readers:
            columns[reader.place] = reader.read(columns[reader.place], here)
        return list(zip(*columns, strict=True))


class remembered(Generic[P]):
    """Decorates a function that builds an opened query set of plain values; calling it gives the rows as tuples.

    Arguments are scopes, ids, tuples of ids, and values that belong to the shape and must be hashable.
    """

    def __init__(self, build: Callable[P, QuerySet[Any, Any]]) -> None:
        self._build = build
        self._kept: OrderedDict[Hashable, Wording] = OrderedDict()
        self._lock = RLock()
        update_wrapper(self, build)

    def __call__(self, *args: P.args, **kwargs: P.kwargs) -> list[tuple[Any, ...]]:
        wording, values = self.worded(*args, **kwargs)
        if wording.empty:
            return []
        return wording.rows(rows_of(wording.sql, values))

    def worded(self, *args: P.args, **kwargs: P.kwargs) -> tuple[Wording, list[Any]]:
        """Give the wording for these arguments and its values, their ids put in."""
        return self._worded(args, kwargs, numbered=False)

    def numbered(self, *args: P.args, **kwargs: P.kwargs) -> tuple[Wording, list[Any]]:
        """Give the same with one column more, `at_row`: the number of each row in the order that was asked for."""
        return self._worded(args, kwargs, numbered=True)

    def _worded(self, args: tuple[Any, ...], kwargs: dict[str, Any], *, numbered: bool) -> tuple[Wording, list[Any]]:
        ids: list[UUID] = []
        shape = (
            connection.vendor,
            numbered,
            *(_shape(arg, ids) for arg in args),
            *((k, _shape(v, ids)) for k, v in kwargs.items()),
        )
        wording = self._kept.get(shape) or self._word(shape, args, kwargs, numbered=numbered)
        values, stored = list(wording.values), _stored(ids)
        for place, number in wording.places:
            values[place] = stored[number]
        return wording, values

    def _word(self, shape: Hashable, args: tuple[Any, ...], kwargs: dict[str, Any], *, numbered: bool) -> Wording:
        with self._lock:  # of several threads that want a new shape at once, one words it
            if known := self._kept.get(shape):
                return known
            once, again = (self._compile(args, kwargs, numbered=numbered) for _n in range(2))
            if once.sql != again.sql or _rest(once) != _rest(again):  # ids of one arm may stand in any order
                raise Unsteady(self.__name__)  # type: ignore[attr-defined]
            self._kept[shape] = once
            while len(self._kept) > KEPT:
                self._kept.popitem(last=False)
        return once

    def _compile(self, args: tuple[Any, ...], kwargs: dict[str, Any], *, numbered: bool) -> Wording:
        made: list[UUID] = []

        def stand_in(_real: UUID) -> UUID:
            made.append(uuid.uuid4())
            return made[-1]

        stand_ins = [_put(arg, stand_in) for arg in args]
        rows = self._build(*stand_ins, **{k: _put(v, stand_in) for k, v in kwargs.items()})
        if isinstance(rows, ScopedQuerySet):
            rows.must_be_open()
        ordered = numbered and bool(order := _order(rows))
        query = rows.annotate(at_row=Window(RowNumber(), order_by=order)).query if ordered else rows.query
        compiler = query.get_compiler(connection=connection)
        try:
            sql, values = compiler.as_sql()
        except EmptyResultSet:
            return Wording("", (), (), empty=True)
        numbers = {one: number for number, one in enumerate(_stored(made))}
        places = ((place, numbers[v]) for place, v in enumerate(values) if isinstance(v, Hashable) and v in numbers)
        chosen = [column for column, _sql, _name in compiler.select[: compiler.col_count]]
        if ordered:
            chosen.pop()  # the number
        elif numbered:
            sql = f"SELECT own.*, 1 AS at_row FROM ({sql}) own"  # noqa: S608
        readers = (_reader(place, *how) for place, how in compiler.get_converters(chosen).items())
        return Wording(sql, tuple(values), tuple(places), len(chosen), readers=tuple(readers))


def _order(rows: QuerySet[Any, Any]) -> list[Any]:
    """Give what a query set is ordered by; nothing for a union, which none of ours orders."""
    query = rows.query
    if query.combinator:
        if query.order_by:
            raise Unsteady("a union that is ordered")
        return []
    return list(query.order_by or (query.default_ordering and query.get_meta().ordering) or ())


def own_connection() -> Any:
    """Give this thread's connection itself: `django.db.connection` looks for it anew at every touch, a thousand times a page."""
    return connections[DEFAULT_DB_ALIAS]


def _reader(place: int, converters: list[Callable[..., Any]], column: Any) -> Reader:
    """Give how one column is read. SQLite's ids and days, which come by the thousand, are read once and known again."""
    name = getattr(converters[0], "__name__", "") if len(converters) == 1 else ""
    return Reader(place, tuple(converters), column, KNOWN.get(name))


@lru_cache(maxsize=20_000)
def _id(value: str | None) -> UUID | None:
    return None if value is None else UUID(value)


@lru_cache(maxsize=5_000)
def _day(value: str | date | None) -> date | None:
    return date.fromisoformat(value) if isinstance(value, str) else value


KNOWN = {"convert_uuidfield_value": _id, "convert_datefield_value": _day}  # Django's names for SQLite's converters


def _rest(wording: Wording) -> dict[int, Any]:
    taken = {place for place, _number in wording.places}
    return {place: value for place, value in enumerate(wording.values) if place not in taken}


def _stored(ids: list[UUID]) -> list[Any]:
    here = own_connection()
    return [FIELD.get_db_prep_value(one, here) for one in ids]


def _shape(value: Any, ids: list[UUID]) -> Hashable:
    """Give what the wording depends on, and collect the ids in the order in which `_put` meets them."""
    if isinstance(value, UUID):
        ids.append(value)
        return UUID
    if isinstance(value, Scope):
        return (value.on, *((arm.kind, arm.role.code, _shape(_sorted(arm), ids)) for arm in value.arms))
    if isinstance(value, tuple) and value and isinstance(value[0], UUID):
        ids.extend(value)
        return len(value)
    kept: Hashable = value
    return kept


def _put(value: Any, make: Make) -> Any:
    """Give the same argument with other ids."""
    if isinstance(value, UUID):
        return make(value)
    if isinstance(value, Scope):
        arms = tuple(replace(arm, ids=frozenset(_put(_sorted(arm), make))) for arm in value.arms)
        return replace(value, actor=None, name="", address="", arms=arms)
    if isinstance(value, tuple) and value and isinstance(value[0], UUID):
        return tuple(make(one) for one in value)
    return value


def _sorted(arm: Arm) -> tuple[UUID, ...]:
    return tuple(sorted(arm.ids))


def shapes(known: "remembered[Any]") -> Iterator[Hashable]:
    """Give the shapes a function knows, for tests."""
    return iter(known._kept)
