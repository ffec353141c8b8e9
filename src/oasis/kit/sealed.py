"""Columns whose cells are sealed with AES-256-GCM, each tied to its table, column and row (docs/adr/0006).

A cell is `number of the data key:base64(nonce, text, tag)`; nothing stays the empty text, so that a filter may ask whether a
column is filled. A select brings the row's key along with the cell, so that a cell put into another row does not open.
Nothing else can be asked of such a column: search by a Hashed column beside it.
"""

import json
import os
import re
from binascii import a2b_base64, b2a_base64
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from typing import TYPE_CHECKING, Any, NamedTuple
from uuid import UUID

from cryptography.exceptions import InvalidTag
from django import forms
from django.core.serializers.json import DjangoJSONEncoder
from django.db import models

from oasis.kit.keys import NONCE, fresh, reload, ring
from oasis.kit.secrets import keyed_hash

if TYPE_CHECKING:
    CharField = models.CharField[str, str]
    TextField = models.TextField[str, str]
    AnyField = models.Field[Any, Any]
else:
    CharField, TextField, AnyField = models.CharField, models.TextField, models.Field

COLUMN = re.compile(r'(.+)\."[^".]+"')
HEX, DASHED = 32, 36  # an id as SQLite and as PostgreSQL write it


class Tampered(RuntimeError):
    """A cell was changed, or belongs to another row, column or key. Names ids only."""


class Cell(NamedTuple):
    """A value on its way into the database, with the row it will stand in."""

    value: Any
    row: str


def seal(connection: Any, context: bytes, row: str, plain: bytes) -> str:
    """Seal bytes for one row; `context` names table and column."""
    keys, nonce = fresh(connection), os.urandom(NONCE)
    shut = keys.ciphers[keys.current].encrypt(nonce, plain, context + row.encode())
    return f"{keys.current}:{b2a_base64(nonce + shut, newline=False).decode()}"


def unseal(connection: Any, context: bytes, row: str, cell: str) -> bytes:
    """Open a cell; raises Tampered."""
    number, _, body = cell.partition(":")
    keys = ring(connection)
    if number not in keys.ciphers:
        keys = reload(connection)
    try:
        raw = a2b_base64(body)
        return keys.ciphers[number].decrypt(raw[:NONCE], raw[NONCE:], context + row.encode())
    except (InvalidTag, KeyError, ValueError) as wrong:
        raise Tampered(f"{context.decode()}{row}") from wrong


class Sealed(AnyField):
    """What the kinds of sealed column share; a kind says how its values become bytes."""

    nothing: Any = ""
    context: bytes  # names table and column, for the seal

    def encode(self, value: Any) -> bytes:
        """Give a value as bytes."""
        return str(value).encode()

    def decode(self, data: bytes) -> Any:
        """Give the value back."""
        return data.decode()

    def get_internal_type(self) -> str:
        """Kept as text, whatever it holds."""
        return "TextField"

    def db_type(self, connection: Any) -> str:
        """Both engines: text without a length."""
        return "text"

    def contribute_to_class(self, cls: Any, name: str, private_only: bool = False) -> None:
        """Remember what is asked for every cell."""
        super().contribute_to_class(cls, name, private_only)
        self.context = f"{cls._meta.label_lower}.{self.attname}:".encode()

    def pre_save(self, model_instance: Any, add: bool) -> Any:
        """Send the row's key along with the value."""
        return self.cell(getattr(model_instance, self.attname), model_instance.pk)

    def cell(self, value: Any, row: Any) -> Any:
        """Tie a value to its row; for update() and bulk_update(), which do not know it."""
        return value if self.empty(value) else Cell(value, row.hex)

    def empty(self, value: Any) -> bool:
        """Tell whether there is nothing to seal."""
        return value is None or value == self.nothing

    def get_db_prep_save(self, value: Any, connection: Any) -> Any:
        """Seal; a value without its row is a mistake of ours."""
        if isinstance(value, Cell):
            return seal(connection, self.context, value.row, self.encode(value.value))
        return value if hasattr(value, "as_sql") else self.get_prep_value(value)

    def get_prep_value(self, value: Any) -> Any:
        """Only nothing may be compared with or written without a row."""
        if isinstance(value, Cell):
            return value
        if not self.empty(value):
            raise TypeError(f"{self.name} is sealed: write it through its row, find it by a Hashed column")
        return value if value is None else ""

    def get_db_prep_value(self, value: Any, connection: Any, prepared: bool = False) -> Any:
        """As prepared; a Cell inside an expression is sealed here."""
        if isinstance(value, Cell):
            return seal(connection, self.context, value.row, self.encode(value.value))
        return value if prepared else self.get_prep_value(value)

    def sealed_column(self, connection: Any, rows: Iterable[str], values: Iterable[Any]) -> list[str | None]:
        """Seal a column of many rows, as `seal` does one by one."""
        keys, context, empty, encode = fresh(connection), self.context, self.empty, self.encode
        shut, head = keys.ciphers[keys.current].encrypt, f"{keys.current}:"
        made: list[str | None] = []
        for row, value in zip(rows, values, strict=True):
            if empty(value):
                made.append(None if value is None else "")
                continue
            nonce = os.urandom(NONCE)
            cell = nonce + shut(nonce, encode(value), context + row.encode())
            made.append(head + b2a_base64(cell, newline=False).decode())
        return made

    def select_format(self, compiler: Any, sql: str, params: Any) -> tuple[str, Any]:
        """Bring the row's key along: it is part of the seal."""
        found = COLUMN.fullmatch(sql)
        if not found:
            return sql, params
        return f'{found[1]}."{self.model._meta.pk.column}" || {sql}', params

    def from_db_value(self, value: Any, expression: Any, connection: Any) -> Any:
        """Open what `select_format` asked for."""
        if value is None:
            return None
        dashed = value[8:9] == "-"
        cut = DASHED if dashed else HEX
        if len(value) == cut:
            return self.nothing
        row = value[:cut].replace("-", "") if dashed else value[:cut]
        return self.decode(unseal(connection, self.context, row, value[cut:]))


def tied(model: type[models.Model], row: UUID, values: dict[str, Any]) -> dict[str, Any]:
    """Give values for update() on one row, the sealed ones tied to it."""
    fields = {name: model._meta.get_field(name) for name in values}
    return {
        name: f.cell(values[name], row) if isinstance(f := fields[name], Sealed) else values[name] for name in values
    }


@contextmanager
def cells(rows: Iterable[models.Model]) -> Iterator[None]:
    """Tie the sealed values of rows to them for a bulk_update, which does not."""
    kept = [
        (row, f, row.__dict__[f.attname]) for row in rows for f in row._meta.concrete_fields if isinstance(f, Sealed)
    ]
    for row, field, value in kept:
        row.__dict__[field.attname] = field.cell(value, row.pk)
    try:
        yield
    finally:
        for row, field, value in kept:
            row.__dict__[field.attname] = value


class SealedChar(Sealed, CharField):
    """A short text; `max_length` bounds what is typed, not what is stored."""


class SealedText(Sealed, TextField):
    """A long text."""


class SealedJSON(Sealed):
    """Anything JSON holds; None stays nothing."""

    nothing = None

    def encode(self, value: Any) -> bytes:
        """As JSON."""
        return json.dumps(value, cls=DjangoJSONEncoder, ensure_ascii=False, separators=(",", ":")).encode()

    def decode(self, data: bytes) -> Any:
        """From JSON."""
        return json.loads(data)


class SealedNumber(Sealed):
    """A whole number, or nothing."""

    nothing = None

    def decode(self, data: bytes) -> int:
        """From its digits."""
        return int(data)

    def to_python(self, value: Any) -> int | None:
        """From a form or a backup."""
        return None if value in (None, "") else int(value)

    def formfield(self, **options: Any) -> Any:
        """Asked as a number from nought."""
        return super().formfield(**{"form_class": forms.IntegerField, "min_value": 0, **options})


class SealedBytes(Sealed):
    """Bytes: a scan, a page of a roster."""

    nothing = b""

    def encode(self, value: Any) -> bytes:
        """As they are."""
        return bytes(value)

    def decode(self, data: bytes) -> bytes:
        """As they are."""
        return data

    def to_python(self, value: Any) -> Any:
        """Read the hex that a backup keeps."""
        return bytes.fromhex(value) if isinstance(value, str) else value


class Hashed(CharField):
    """The keyed hash of another column of the row, written by itself, for finding equal ones; `last` takes its end only."""

    def __init__(self, of: str, *, purpose: str, last: int = 0, **options: Any) -> None:
        self.of, self.purpose, self.last = of, purpose, last
        super().__init__(**{"max_length": 64, "blank": True, "editable": False, **options})

    def deconstruct(self) -> Any:
        """For migrations."""
        name, path, _args, options = super().deconstruct()
        return name, path, [self.of], options | {"purpose": self.purpose, "last": self.last}

    def hashed(self, value: str) -> str:
        """Give the hash under which a value is found; of nothing, nothing."""
        return keyed_hash(value[-self.last :], purpose=self.purpose) if value else ""

    def pre_save(self, model_instance: Any, add: bool) -> str:
        """Follow the column it is made of."""
        found = self.hashed(getattr(model_instance, self.of))
        setattr(model_instance, self.attname, found)
        return found
