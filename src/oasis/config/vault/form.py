"""What a backup looks like inside: a head, each table with its rows a line, and at the end the count and hash of each table."""

import json
import os
import secrets
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any, BinaryIO

from django.conf import settings
from django.db import connections, models
from django.db.migrations.recorder import MigrationRecorder

from oasis.config.vault import sealing, tables

Advance = Callable[[int, int, str], None]  # how much is done, of how much, and what


@dataclass(frozen=True)
class Told:
    """What a backup holds: when it was made, rows by table, and a hash of each table."""

    made_at: str
    counts: dict[str, int]
    digests: dict[str, str]

    @property
    def rows(self) -> int:
        """All rows together."""
        return sum(self.counts.values())


def key() -> bytes:
    """Give the 32 bytes that seal backups: OASIS_BACKUP_KEY, or a file only the owner may read, made at the first backup."""
    if value := os.environ.get("OASIS_BACKUP_KEY"):
        return bytes.fromhex(value)
    path = settings.HOME / "oasis_backup_key.key"
    if not path.exists():
        path.touch(mode=0o600)
        path.write_text(secrets.token_hex(32))
    return bytes.fromhex(path.read_text().strip())


def migrations(alias: str) -> list[str]:
    """Give the applied migrations of a database: a backup fits only the version it was made with."""
    return sorted(f"{app}.{name}" for app, name in MigrationRecorder(connections[alias]).applied_migrations())


def label(model: type[models.Model]) -> str:
    """Give a table's name in a backup."""
    return model._meta.label_lower


def line(value: Any) -> bytes:
    """Write one line."""
    return tables.told(value).encode() + b"\n"


def lines(file: BinaryIO) -> Iterator[Any]:
    """Give the lines of a sealed file; raises sealing.Damaged."""
    rest = b""
    for piece in sealing.opened(file, key()):
        *whole, rest = (rest + piece).split(b"\n")
        yield from map(json.loads, whole)


def head(path: Path) -> dict[str, Any]:
    """Give the first line of a sealed file; raises sealing.Damaged."""
    with path.open("rb") as file:
        for first in lines(file):
            return dict(first)
    raise sealing.Damaged("nothing in it")


def chunks(file: BinaryIO) -> Iterator[tuple[type[models.Model], list[tables.Row]]]:
    """Give the rows of a sealed file, table by table, as many at once as go into one transaction."""
    by_name = {label(model): model for model in tables.tables()}
    model, some = None, []
    for told in lines(file):
        if isinstance(told, list):
            some.append(told)
        if model and some and (isinstance(told, dict) or len(some) >= tables.chunk(model)):
            yield model, some
            some = []
        if isinstance(told, dict) and "table" in told:
            model = by_name[told["table"]]


def whole(path: Path, advance: Advance) -> Told:
    """Read a sealed file to its end without writing anything, and give what it tells of itself; raises sealing.Damaged."""
    size, made, end, rest = path.stat().st_size, head(path)["made_at"], b"", b""
    with path.open("rb") as file:
        for piece in sealing.opened(file, key()):
            *complete, rest = (rest + piece).split(b"\n")
            end = complete[-1] if complete else end
            advance(file.tell(), size, "读一遍文件")
    told = json.loads(end)
    if rest or "digests" not in told:
        raise sealing.Damaged("no end")
    return Told(made, told["counts"], told["digests"])
