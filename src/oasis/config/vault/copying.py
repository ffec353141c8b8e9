"""Backup into a sealed file, restore from it, move into another database: each proves what it did."""

import json
import os
import secrets
import shutil
import tempfile
import time
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any, BinaryIO

from django.conf import settings
from django.db import connections, models, transaction
from django.db.migrations.recorder import MigrationRecorder

from oasis.config.database import database
from oasis.config.laying import lay
from oasis.config.vault import sealing, tables
from oasis.kit import backups
from oasis.kit.backups import ENDING
from oasis.kit.dates import now
from oasis.kit.refused import Refused
from oasis.people import heads

Advance = Callable[[int, int, str], None]


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


LEFT = 86400  # seconds after which a scratch file belongs to nobody


def backup(folder: Path, advance: Advance, *, keep: int = 14) -> tuple[Path, Told]:
    """Write a sealed copy of the database as it is now, prove it in a scratch database, drop all but the newest `keep`.

    Others go on working meanwhile. Raises Damaged when the proof fails; the file is then gone.
    """
    folder.mkdir(parents=True, exist_ok=True)
    clear_leftovers(folder)
    path = folder / backups.name_at(now())
    waiting = path.with_suffix(".part")
    try:
        with open(waiting, "wb", opener=private) as file:
            told = _write(file, advance)
            file.flush()
            os.fsync(file.fileno())
        prove(waiting, advance)
    except BaseException:
        waiting.unlink(missing_ok=True)
        raise
    waiting.rename(path)
    heads.keep_all(folder / heads.BESIDE)
    for old in sorted(folder.glob(f"oasis-*{ENDING}"))[:-keep]:
        old.unlink()
    return path, told


def clear_leftovers(folder: Path) -> None:
    """Remove what a backup that was killed left: scratch databases hold names in clear."""
    for path in [*settings.HOME.glob("oasis-proof-*"), *folder.glob("oasis-proof-*"), *folder.glob("oasis-*.part")]:
        if path.exists() and time.time() - path.stat().st_mtime > LEFT:
            shutil.rmtree(path) if path.is_dir() else path.unlink(missing_ok=True)


def private(path: str, flags: int) -> int:
    """Open a file that only its owner may read."""
    return os.open(path, flags, 0o600)


def _write(file: BinaryIO, advance: Advance) -> Told:
    writer = sealing.Writer(file, key())
    counts, digests, made = {}, {}, now().isoformat()
    with tables.snapshot() as alias:
        head = {"made_at": made, "migrations": migrations(alias), "data_key": settings.OASIS_DATA_KEY}
        writer.write(_line(head))
        every = tables.tables()
        for n, model in enumerate(every):
            advance(n, len(every), "备份")
            counts[label(model)], digests[label(model)] = _put(writer, model, alias)
    writer.write(_line({"counts": counts, "digests": digests}))
    writer.close()
    advance(len(every), len(every), "备份")
    return Told(made, counts, digests)


def _put(writer: sealing.Writer, model: type[models.Model], alias: str) -> tuple[int, str]:
    writer.write(_line({"table": label(model)}))
    put = 0

    def each() -> Iterator[tables.Row]:
        nonlocal put
        for row in tables.rows(model, alias):
            writer.write(_line(row))
            put += 1
            yield row

    digest = tables.digest(each())
    return put, digest


def label(model: type[models.Model]) -> str:
    """Give a table's name in a backup."""
    return model._meta.label_lower


def _line(value: Any) -> bytes:
    return tables.told(value).encode() + b"\n"


def lines(file: BinaryIO) -> Iterator[Any]:
    """Give the lines of a sealed file; raises sealing.Damaged."""
    rest = b""
    for piece in sealing.opened(file, key()):
        *whole, rest = (rest + piece).split(b"\n")
        yield from map(json.loads, whole)


def load(path: Path, alias: str, advance: Advance) -> Told:
    """Write a sealed file into an empty, migrated database in one transaction, and compare every table.

    Raises Damaged for a bad file or a table that differs, Refused for a file of another version.
    """
    by_name = {label(model): model for model in tables.tables()}
    with path.open("rb") as file, transaction.atomic(using=alias):
        read = lines(file)
        head = next(read)
        if head["migrations"] != migrations(alias):
            raise Refused("version", "备份来自另一个版本的绿洲：请先安装同一版本，恢复后再升级")
        model, some, end, done = None, [], {}, 0
        for line in read:
            if isinstance(line, list):
                some.append(line)
            if model and (len(some) >= tables.chunk(model) or isinstance(line, dict)):
                tables.store(model, alias, some)
                some = []
            if isinstance(line, dict) and "table" in line:
                model, done = by_name[line["table"]], done + 1
                advance(done, len(by_name), "恢复")
            elif isinstance(line, dict):
                end = line
        told = Told(head["made_at"], end.get("counts", {}), end.get("digests", {}))
        compare(told, alias, advance)
        tables.count_on(alias)
    return told


def compare(told: Told, alias: str, advance: Advance) -> None:
    """Compare every table of a database with what a backup told; raises Damaged where one differs."""
    every = tables.tables()
    for n, model in enumerate(every):
        advance(n, len(every), "核对")
        if tables.digest(tables.rows(model, alias)) != told.digests.get(label(model)):
            raise sealing.Damaged(f"{label(model)} differs")
    advance(len(every), len(every), "核对")


def prove(path: Path, advance: Advance) -> Told:
    """Restore a sealed file into a scratch database inside OASIS_HOME, never beside the backup; it is thrown away afterwards."""
    with (
        tempfile.TemporaryDirectory(prefix="oasis-proof-", dir=settings.HOME) as folder,
        another(f"sqlite:///{folder}/proof.sqlite3", "proof") as alias,
    ):
        return load(path, alias, advance)


class another:
    """A second database, migrated, for as long as the block lasts. Raises Refused when it holds people already."""

    def __init__(self, url: str, name: str) -> None:
        self._url, self._name = url, name

    def __enter__(self) -> str:
        tables.alias_for(self._name, database(self._url, settings.HOME))
        lay(self._name)
        must_be_empty(self._name)
        return self._name

    def __exit__(self, *_: object) -> None:
        connections[self._name].close()
        del connections.databases[self._name]
        del connections[self._name]


def must_be_empty(alias: str) -> None:
    """Raise Refused when a database holds anything: nothing is ever overwritten."""
    if any(tables.count(model, alias) for model in tables.tables()):
        raise Refused("not-empty", "目标数据库里已经有数据，不会覆盖。请换一个空的数据库")


def restore(path: Path, advance: Advance) -> Told:
    """Bring a sealed file back into the empty database of this installation, with the key its hashes were made with."""
    with path.open("rb") as file:
        data_key = next(lines(file))["data_key"]
    must_be_empty("default")
    if data_key != settings.OASIS_DATA_KEY and os.environ.get("OASIS_DATA_KEY"):
        raise Refused("data-key", "环境变量 OASIS_DATA_KEY 与备份里的不同，请改为备份时所用的值后再恢复")
    told = load(path, "default", advance)
    keep_data_key(data_key)
    return told


def keep_data_key(data_key: str) -> None:
    """Put the data key of the restored database in place, unless the environment gives it."""
    if os.environ.get("OASIS_DATA_KEY"):
        return
    path = settings.HOME / "oasis_data_key.key"
    path.write_text(data_key)
    path.chmod(0o600)


def move(url: str, advance: Advance) -> Told:
    """Copy everything into another, empty database, and prove it table by table; this one stays as it is."""
    with tempfile.TemporaryDirectory(prefix="oasis-move-", dir=settings.HOME) as folder:
        path, _told = backup(Path(folder), advance, keep=1)
        with another(url, "target") as alias:
            return load(path, alias, advance)
