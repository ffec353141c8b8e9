"""The head of each chain, kept outside the database: whoever takes the newest lines away is found out too.

A head is the number and hash of a chain's last line, signed with the installation's data key. It is written at most once a
minute into OASIS_HOME/heads, and with every backup beside the backup. A head that the database does not bear out is never
written over: it is put aside under a name of its own, and goes on being compared until a person takes it away.
"""

import hashlib
import hmac
import json
import logging
import os
import secrets
import time
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from uuid import UUID

from django.conf import settings

from oasis.kit.dates import now
from oasis.kit.keys import settle
from oasis.kit.secrets import keyed_hash
from oasis.people.models import Trail

LOG = logging.getLogger("oasis.trail")
BESIDE = "trail.heads"  # beside the backups: what the trail had reached
PURPOSE = "trail head"
EVERY = 60.0  # seconds
_kept: dict[UUID, float] = {}


@dataclass(frozen=True)
class Head:
    """What was once the last line of a chain."""

    key: UUID
    seq: int
    hash: str
    at: str

    @property
    def signature(self) -> str:
        """What only the holder of the data key can write."""
        return keyed_hash(f"{self.key} {self.seq} {self.hash} {self.at}", purpose=PURPOSE)

    def written(self) -> str:
        """Give the head as it stands in a file."""
        told = {"key": str(self.key), "seq": self.seq, "hash": self.hash, "at": self.at}
        return json.dumps({**told, "signature": self.signature})


@dataclass(frozen=True)
class Lost:
    """A head that the database no longer bears out."""

    key: UUID
    words: str


def keep(key: UUID) -> None:
    """Write the head of one chain down, unless that was done within the minute by this process."""
    folder: Path | None = settings.OASIS_HEADS
    if folder is None or time.monotonic() - _kept.get(key, -EVERY) < EVERY:
        return
    path = folder / f"{key}.head"
    folder.mkdir(mode=0o700, exist_ok=True)
    _put_lost_aside(path)
    for head in _now(key):
        _write(path, head.written())
    _kept[key] = time.monotonic()


def keep_all(path: Path) -> None:
    """Write the heads of all chains into one file, for beside a backup."""
    _put_lost_aside(path)
    _write(path, "\n".join(head.written() for head in _now()))


def is_kept(key: UUID) -> bool:
    """Tell whether the head of a chain is kept here, so that its newest lines can be answered for."""
    folder: Path | None = settings.OASIS_HEADS
    return folder is not None and (folder / f"{key}.head").is_file()


def forget(keys: set[UUID]) -> None:
    """Forget the heads of chains that went with their school: the demo's."""
    for key in keys:
        _kept.pop(key, None)
        for path in settings.OASIS_HEADS.glob(f"{key}.*head") if settings.OASIS_HEADS else ():
            path.unlink(missing_ok=True)
    for path in _with_aside(settings.OASIS_BACKUPS / BESIDE):
        lines = path.read_text().splitlines()
        left = [line for line in lines if not any(str(key) in line for key in keys)]
        if left != lines:
            _write(path, "\n".join(left))


def lost(*beside: Path) -> Iterator[Lost]:
    """Compare every head that was kept, here and beside backups, with the database; those put aside too."""
    folder: Path | None = settings.OASIS_HEADS
    files = [*sorted(folder.glob("*.head"))] if folder and folder.is_dir() else []
    for path in [*files, *(found for one in beside for found in _with_aside(one))]:
        for line in path.read_text().splitlines():
            yield from _compare(path.name, line)


def _put_lost_aside(path: Path) -> None:
    """Keep each line of a file that is not borne out in a file named by its content, so that nothing writes over it."""
    for line in path.read_text().splitlines() if path.is_file() else ():
        if any(_compare(path.name, line)):
            mark = hashlib.sha256(line.encode()).hexdigest()[:12]
            _write(path.with_name(f"{path.stem}.lost-{mark}{path.suffix}"), line)
            LOG.error("a kept head of the trail is not borne out by the database: see oasis check")


def _with_aside(path: Path) -> list[Path]:
    return [found for found in (path, *sorted(path.parent.glob(f"{path.stem}.lost-*{path.suffix}"))) if found.is_file()]


def _compare(name: str, line: str) -> Iterator[Lost]:
    try:
        told = json.loads(line)
        head = Head(UUID(told["key"]), int(told["seq"]), told["hash"], told["at"])
        genuine = hmac.compare_digest(head.signature, told["signature"])
    except (ValueError, KeyError, TypeError):
        yield Lost(_named(name), f"{name} 读不出来，可能被改动过")
        return
    if not genuine:
        yield Lost(head.key, f"{name} 的签名不对，被改动过，或者换了数据密钥")
        return
    rows = Trail.objects.everywhere(why="the installer checks the chain, and sees line numbers only")
    there = rows.filter(school_key=head.key, seq=head.seq).values_list("hash", flat=True).first()
    if there != head.hash:
        yield Lost(head.key, f"{head.at[:16]} 时已有 {head.seq} 行，现在第 {head.seq} 行不在或不同：最新的痕迹被删改过")


def _named(name: str) -> UUID:
    """Give the chain a file is named by; a file beside a backup is named by none."""
    try:
        return UUID(name.partition(".")[0])
    except ValueError:
        return UUID(int=0)


def _now(key: UUID | None = None) -> Iterator[Head]:
    rows = Trail.objects.everywhere(why="the head of each chain is kept outside the database: numbers and hashes only")
    keys = [key] if key else list(rows.order_by().values_list("school_key", flat=True).distinct())
    for one in keys:
        last = rows.filter(school_key=one).order_by("-seq").values_list("seq", "hash").first()
        if last:
            yield Head(one, last[0], last[1], now().isoformat())


def _write(path: Path, text: str) -> None:
    """Put a file in place whole and on the disk, readable by its owner only."""
    waiting = path.with_name(f".{secrets.token_hex(8)}")
    try:
        with open(os.open(waiting, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600), "w") as file:
            file.write(f"{text}\n" if text else "")
            file.flush()
            os.fsync(file.fileno())
        waiting.replace(path)
    except BaseException:
        waiting.unlink(missing_ok=True)
        raise
    settle(path.parent)
