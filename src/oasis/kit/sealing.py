"""Whole tables sealed, opened again, or sealed with a newer key: in chunks, by plain SQL."""

from collections.abc import Callable, Iterator
from typing import Any
from uuid import UUID

from django.db import models

from oasis.kit import keys
from oasis.kit.sealed import Sealed, SealedBytes, seal, unseal

CHUNK, FEW = 1000, 20
Change = Callable[[Sealed, str, Any], Any]  # column, row, what stands there -> what shall stand there


def sealed_fields(model: type[models.Model]) -> list[Sealed]:
    """Give the sealed columns of a table."""
    return [field for field in model._meta.concrete_fields if isinstance(field, Sealed)]


def rewrite(connection: Any, model: type[models.Model], change: Change, after: Any = None) -> tuple[int, Any]:
    """Change the sealed cells of the next rows by key; gives how many rows were read and the last one's key."""
    fields, name = sealed_fields(model), connection.ops.quote_name
    chunk = FEW if any(isinstance(field, SealedBytes) for field in fields) else CHUNK
    key, table = name(model._meta.pk.column), name(model._meta.db_table)
    columns = ", ".join(name(field.column) for field in fields)
    begins, held = ("" if after is None else f"WHERE {key} > %s"), ("FOR UPDATE" if locks(connection) else "")
    with connection.cursor() as cursor:
        cursor.execute(
            f"SELECT {key}, {columns} FROM {table} {begins} ORDER BY {key} LIMIT {chunk} {held}",  # noqa: S608 - our own names
            [] if after is None else [after],
        )
        rows = cursor.fetchall()
        changed = []
        for pk, *old in rows:
            row = pk.hex if isinstance(pk, UUID) else pk
            new = [raw if raw in (None, "") else change(f, row, raw) for f, raw in zip(fields, old, strict=True)]
            if new != old:
                changed.append((*new, pk))
        sets = ", ".join(f"{name(field.column)} = %s" for field in fields)
        if changed:
            cursor.executemany(f"UPDATE {table} SET {sets} WHERE {key} = %s", changed)  # noqa: S608 - names of our own
    return len(rows), rows[-1][0] if rows else None


def locks(connection: Any) -> bool:
    """Tell whether rows are locked one by one; SQLite's transactions already stand in line."""
    return bool(connection.vendor == "postgresql")


def _all(apps: Any, schema_editor: Any, app: str, change: Callable[[Any], Change]) -> None:
    for model in apps.get_app_config(app).get_models():
        if not sealed_fields(model):
            continue
        read, after = rewrite(schema_editor.connection, model, change(schema_editor.connection))
        while read:
            read, after = rewrite(schema_editor.connection, model, change(schema_editor.connection), after)


def seal_all(app: str) -> Callable[[Any, Any], None]:
    """For a migration: seal every sealed column of a room, which holds plain values still."""

    def change(connection: Any) -> Change:
        return lambda field, row, raw: seal(connection, field.context, row, _plain(field, raw))

    def forward(apps: Any, schema_editor: Any) -> None:
        keys.ensure(schema_editor.connection)
        _all(apps, schema_editor, app, change)

    return forward


def open_all(app: str) -> Callable[[Any, Any], None]:
    """For a migration taken back: put the plain values into the sealed columns of a room."""

    def change(connection: Any) -> Change:
        return lambda field, row, raw: _raw(connection, field, unseal(connection, field.context, row, raw))

    return lambda apps, schema_editor: _all(apps, schema_editor, app, change)


def _plain(field: Sealed, raw: Any) -> bytes:
    if not isinstance(field, SealedBytes):
        return str(raw).encode()
    return bytes.fromhex(raw.removeprefix("\\x")) if isinstance(raw, str) else bytes(raw)  # as PostgreSQL writes bytes


def _raw(connection: Any, field: Sealed, data: bytes) -> Any:
    if not isinstance(field, SealedBytes):
        return data.decode()
    return f"\\x{data.hex()}" if connection.vendor == "postgresql" else data


def renewed(connection: Any) -> Change:
    """Give the change that seals with the newest key what an older one sealed."""
    current = f"{keys.ring(connection).current}:"

    def change(field: Sealed, row: str, raw: Any) -> Any:
        if raw.startswith(current):
            return raw
        return seal(connection, field.context, row, unseal(connection, field.context, row, raw))

    return change


def used_keys(connection: Any, models_: list[type[models.Model]]) -> Iterator[str]:
    """Give the numbers of the data keys that some cell is sealed with."""
    name = connection.ops.quote_name
    with connection.cursor() as cursor:
        for model in models_:
            for field in sealed_fields(model):
                column = name(field.column)
                cut = f"substr({column}, 1, {'strpos' if locks(connection) else 'instr'}({column}, ':') - 1)"
                cursor.execute(
                    f"SELECT DISTINCT {cut} FROM {name(model._meta.db_table)} WHERE {column} <> ''"  # noqa: S608 - names of our own
                )
                yield from (row[0] for row in cursor.fetchall())
