"""A backup brought into a database: proved in a scratch one, restored, or moved to another engine; stopped, it goes on.

Rows go in by their key, so many a transaction, and a table's rows stand in the file in that order: what is there already is
the beginning of the table, and the rest is all that is missing.
"""

import os
import tempfile
from collections import Counter
from pathlib import Path

from django.conf import settings
from django.db import connections, models, transaction

from oasis.config.database import database
from oasis.config.laying import lay
from oasis.config.vault import halfway, sealing, tables
from oasis.config.vault.form import Advance, Told, chunks, head, label, migrations, whole
from oasis.kit.refused import Refused


def load(path: Path, alias: str, advance: Advance) -> Told:
    """Fill an empty, migrated database from a sealed file, or go on where it was stopped, and compare every table.

    Nothing is written from a file that does not read to its end. Raises Damaged for such a file or a table that differs, and
    Refused for a file of another version or a database that holds anything else. Stays marked until `halfway.leave`.
    """
    told = whole(path, advance)
    if head(path)["migrations"] != migrations(alias):
        raise Refused("version", "备份来自另一个版本的绿洲：请先安装同一版本，恢复后再升级")
    begun = halfway.enter(alias, told.made_at)
    meter = tables.Meter(advance, told.rows, "写入")
    _fill(path, alias, meter, _there(alias) if begun else Counter())
    try:
        compare(told, alias, advance)
    except sealing.Damaged:
        halfway.leave(alias, empty=True)
        raise
    tables.count_on(alias)
    return told


def _there(alias: str) -> Counter[type[models.Model]]:
    return Counter({model: tables.count(model, alias) for model in tables.tables()})


def _fill(path: Path, alias: str, meter: tables.Meter, there: Counter[type[models.Model]]) -> None:
    with path.open("rb") as file:
        for model, some in chunks(file):
            missing = some[there[model] :]
            there[model] = max(0, there[model] - len(some))
            if missing:
                with transaction.atomic(using=alias):
                    tables.store(model, alias, missing)
            meter.add(len(some))


def compare(told: Told, alias: str, advance: Advance) -> None:
    """Compare every table of a database with what a backup told; raises Damaged where one differs."""
    meter = tables.Meter(advance, told.rows, "核对")
    for model in tables.tables():
        if tables.digest(meter.over(tables.rows(model, alias))) != told.digests.get(label(model)):
            raise sealing.Damaged(f"{label(model)} differs")


def prove(path: Path, advance: Advance) -> Told:
    """Restore a sealed file into a scratch database inside OASIS_HOME, never beside the backup; it is thrown away afterwards."""
    with (
        tempfile.TemporaryDirectory(prefix="oasis-proof-", dir=settings.HOME) as folder,
        another(f"sqlite:///{folder}/proof.sqlite3", "proof") as alias,
    ):
        return load(path, alias, advance)


class another:
    """A second database, migrated, for as long as the block lasts."""

    def __init__(self, url: str, name: str) -> None:
        self._url, self._name = url, name

    def __enter__(self) -> str:
        tables.alias_for(self._name, database(self._url, settings.HOME))
        lay(self._name)
        return self._name

    def __exit__(self, *_: object) -> None:
        connections[self._name].close()
        del connections.databases[self._name]
        del connections[self._name]


def restore(path: Path, advance: Advance) -> Told:
    """Bring a sealed file back into the empty database of this installation, with the key its hashes were made with."""
    data_key = head(path)["data_key"]
    if not halfway.mark():
        halfway.must_be_empty("default")
    if data_key != settings.OASIS_DATA_KEY and os.environ.get("OASIS_DATA_KEY"):
        raise Refused("data-key", "环境变量 OASIS_DATA_KEY 与备份里的不同，请改为备份时所用的值后再恢复")
    told = load(path, "default", advance)
    keep_data_key(data_key)
    halfway.leave("default")
    return told


def keep_data_key(data_key: str) -> None:
    """Put the data key of the restored database in place, unless the environment gives it."""
    if os.environ.get("OASIS_DATA_KEY"):
        return
    path = settings.HOME / "oasis_data_key.key"
    path.write_text(data_key)
    path.chmod(0o600)
