"""Backup into a sealed file, proved before it is kept."""

import os
import shutil
import time
from collections.abc import Iterator
from pathlib import Path
from typing import BinaryIO

from django.conf import settings
from django.db import models

from oasis.config.vault import sealing, tables
from oasis.config.vault.form import Advance, Told, key, label, line, migrations
from oasis.config.vault.loading import prove
from oasis.kit import backups
from oasis.kit.backups import ENDING
from oasis.kit.dates import now
from oasis.people import heads
from oasis.people.models import Trail

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
        writer.write(line(_head(made, alias)))
        every = tables.tables()
        counts = {label(model): tables.count(model, alias) for model in every}
        meter = tables.Meter(advance, sum(counts.values()), "写备份")
        for model in every:
            writer.write(line({"table": label(model)}))
            digests[label(model)] = tables.digest(meter.over(_put(writer, model, alias)))
    writer.write(line({"counts": counts, "digests": digests}))
    writer.close()
    return Told(made, counts, digests)


def _head(made: str, alias: str) -> dict[str, object]:
    """Say what the backup is of; the number of lines on the trail tells later whether anybody worked since."""
    trail = tables.count(Trail, alias)
    return {
        "made_at": made,
        "migrations": migrations(alias),
        "data_key": settings.OASIS_DATA_KEY,
        "trail": trail,
    }


def _put(writer: sealing.Writer, model: type[models.Model], alias: str) -> Iterator[tables.Row]:
    for row in tables.rows(model, alias):
        writer.write(line(row))
        yield row
