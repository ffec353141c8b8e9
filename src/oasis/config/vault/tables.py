"""Every table that must not be lost, read and written as plain rows, whatever the engine."""

import copy
import hashlib
import json
from collections.abc import Callable, Iterable, Iterator
from contextlib import contextmanager
from typing import Any
from uuid import UUID

from django.apps import apps
from django.core.management.color import no_style
from django.core.serializers.json import DjangoJSONEncoder
from django.db import connections, models, transaction
from django.db.models.sql import Query

from oasis.kit.models import DataKey
from oasis.kit.sealed import Sealed, SealedBytes

CHUNK, FEW = 2000, 20
# Sessions, finished tasks, data keys and Django's own lists are made anew.
KEPT = ("oasis.", "allauth.account.", "allauth.mfa.")
Row = list[Any]


def tables() -> list[type[models.Model]]:
    """Give the tables in an order in which each stands after those it points to."""
    wanted = [model for model in apps.get_models() if model.__module__.startswith(KEPT) and model is not DataKey]
    placed: list[type[models.Model]] = []
    while wanted:
        ready = [m for m in wanted if all(t is m or t not in wanted for t in _targets(m))]
        placed += ready or wanted  # a ring is stored in one transaction, its keys are checked at the end
        wanted = [m for m in wanted if m not in placed]
    return placed


def _targets(model: type[models.Model]) -> list[Any]:
    return [field.related_model for field in columns(model) if isinstance(field, models.ForeignKey)]


def columns(model: type[models.Model]) -> list[models.Field[Any, Any]]:
    """Give the columns of a table in their order."""
    return list(model._meta.concrete_fields)


def alias_for(name: str, like: dict[str, Any]) -> str:
    """Make one more connection known to Django under a name and give the name."""
    connections.databases[name] = copy.deepcopy(connections.databases["default"]) | {"OPTIONS": {}} | like
    return name


@contextmanager
def snapshot() -> Iterator[str]:
    """Give a connection that sees the database as it is now, while others go on writing."""
    settings = copy.deepcopy(connections.databases["default"])
    if "sqlite" in settings["ENGINE"]:
        settings["OPTIONS"]["transaction_mode"] = "DEFERRED"
    alias = alias_for("snapshot", settings)
    try:
        with transaction.atomic(using=alias):
            if connections[alias].vendor == "postgresql":
                with connections[alias].cursor() as cursor:
                    cursor.execute("SET TRANSACTION ISOLATION LEVEL REPEATABLE READ READ ONLY")
            yield alias
    finally:
        connections[alias].close()
        del connections.databases[alias]
        del connections[alias]


def count(model: type[models.Model], alias: str) -> int:
    """Count a table's rows, all of them."""
    return models.QuerySet(model, using=alias).count()


def empty(model: type[models.Model], alias: str) -> None:
    """Take all rows out of a table; only for a copy nobody has worked in."""
    with connections[alias].cursor() as cursor:
        cursor.execute(f"DELETE FROM {connections[alias].ops.quote_name(model._meta.db_table)}")  # noqa: S608 - a table of ours


def rows(model: type[models.Model], alias: str) -> Iterator[Row]:
    """Give a table's rows as plain values, by key, so that two databases give them in one order."""
    wanted = [field.attname for field in columns(model)]
    found: models.QuerySet[Any, Any] = (
        models.QuerySet(model, Query(model), using=alias).order_by("pk").values_list(*wanted)
    )
    for row in found.iterator(chunk_size=chunk(model)):
        yield [_plain(value) for value in row]


def chunk(model: type[models.Model]) -> int:
    """How many rows of a table to hold, and to write in one transaction: few, where one may be a scan."""
    return FEW if any(isinstance(field, SealedBytes) for field in columns(model)) else CHUNK


def _plain(value: Any) -> Any:
    return value if value is None or isinstance(value, str | int | float | bool) else json.loads(told(value))


def told(value: Any) -> str:
    """Write a value as JSON, the same in every run."""
    return json.dumps(value, cls=Exact, ensure_ascii=False, sort_keys=True, separators=(",", ":"))


class Exact(DjangoJSONEncoder):
    """Keeps microseconds, which Django's encoder cuts; bytes as hex."""

    def default(self, o: Any) -> Any:
        """Give what JSON can hold."""
        if isinstance(o, bytes | memoryview):
            return bytes(o).hex()
        return o.isoformat() if hasattr(o, "isoformat") else super().default(o)


def store(model: type[models.Model], alias: str, some: Iterable[Row]) -> None:
    """Write plain rows as they are: no default, no date of today, no signal. Sealed columns get the key of that database."""
    connection, fields = connections[alias], columns(model)
    key = fields.index(model._meta.pk)
    names = ", ".join(connection.ops.quote_name(str(field.column)) for field in fields)
    into = connection.ops.quote_name(model._meta.db_table)
    sql = f"INSERT INTO {into} ({names}) VALUES ({', '.join(['%s'] * len(fields))})"  # noqa: S608 - names of our own columns
    values = [
        [
            field.get_db_prep_save(_placed(field, value, row[key]), connection)
            for field, value in zip(fields, row, strict=True)
        ]
        for row in some
    ]
    with connection.cursor() as cursor:
        cursor.executemany(sql, values)


def _placed(field: models.Field[Any, Any], value: Any, row: str) -> Any:
    if isinstance(field, models.BinaryField) and isinstance(value, str):
        return bytes.fromhex(value)  # Django would read base64
    made = field.to_python(value)
    return field.cell(made, UUID(row)) if isinstance(field, Sealed) else made


def count_on(alias: str) -> None:
    """Let the few tables that number their rows themselves go on after the highest number."""
    connection = connections[alias]
    with connection.cursor() as cursor:
        for sql in connection.ops.sequence_reset_sql(no_style(), tables()):
            cursor.execute(sql)


class Meter:
    """Counts rows as they go by and tells how far it is, so that one sees how long is left."""

    EVERY = 500

    def __init__(self, advance: Callable[[int, int, str], None], total: int, what: str) -> None:
        self._advance, self._total, self._what, self._done = advance, total, what, 0
        advance(0, total, what)

    def add(self, more: int) -> None:
        """Tell that so many more are done."""
        self._done += more
        self._advance(self._done, self._total, self._what)

    def over(self, some: Iterable[Row]) -> Iterator[Row]:
        """Give the rows on, and tell after every so many and at the end of them."""
        waiting = 0
        for row in some:
            yield row
            waiting += 1
            if waiting == self.EVERY:
                self.add(waiting)
                waiting = 0
        self.add(waiting)


def digest(some: Iterable[Row]) -> str:
    """Give one hash over rows in their order."""
    seen = hashlib.sha256()
    for row in some:
        seen.update(told(row).encode() + b"\n")
    return seen.hexdigest()
