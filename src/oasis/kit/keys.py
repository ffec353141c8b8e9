"""The keys that seal cells: a master key outside the database wraps the data keys inside it."""

import os
import secrets
import time
from base64 import b64decode, b64encode
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.ciphers.aead import AESGCM
from cryptography.hazmat.primitives.hashes import SHA256
from cryptography.hazmat.primitives.kdf.hkdf import HKDF
from django.conf import settings

from oasis.kit.models import DataKey

KEPT = "oasis_ring"  # the name under which a connection keeps its ring
NONCE = 12
SHORT = 32  # characters; a file cut short while it was written has wrapped nothing yet
STALE = 600  # seconds; a retired key is kept for a day


class KeyLost(RuntimeError):
    """The master key is missing or another one: what is sealed in this database cannot be read."""


@dataclass(frozen=True)
class Ring:
    """The data keys of one database, unwrapped, by number as text."""

    current: str
    ciphers: dict[str, AESGCM]
    read_at: float


def ring(connection: Any) -> Ring:
    """Give the keys of a connection's database; asked once for each connection."""
    found: Ring | None = getattr(connection, KEPT, None)
    return found or reload(connection)


def fresh(connection: Any) -> Ring:
    """Give the keys to seal with: read again after some minutes, for another process may have made a newer one."""
    found = ring(connection)
    return found if time.monotonic() - found.read_at < STALE else reload(connection)


def reload(connection: Any) -> Ring:
    """Read the keys again, as after a rotation in another process; raises KeyLost."""
    kept = dict(DataKey.objects.using(connection.alias).order_by("number").values_list("number", "wrapped"))
    if not kept:
        raise KeyLost("no data key in this database")
    ciphers = {str(number): AESGCM(unwrapped(number, text)) for number, text in kept.items()}
    made = Ring(str(max(kept)), ciphers, time.monotonic())
    setattr(connection, KEPT, made)
    return made


def ensure(connection: Any) -> None:
    """Give a database its first data key, and the installation its master key, where there is none."""
    rows = DataKey.objects.using(connection.alias)
    if not rows.exists():
        rows.create(number=1, wrapped=wrapped(1, AESGCM.generate_key(256), first_master()))


def first_master() -> str:
    """Give the master key; makes the file the first time, never over another one."""
    if not settings.OASIS_MASTER_KEY and not master_file().exists():
        _make(master_file())
    return masters()[0]


def next_master() -> str:
    """Give the master key that is to come: the one that waits in its file, else a new one put there."""
    if next_file().exists() and len(next_file().read_text().strip()) < SHORT:
        next_file().unlink()
    if not next_file().exists():
        _make(next_file())
    return next_file().read_text().strip()


def put_in_place() -> None:
    """Make the master key that waits the present one."""
    os.replace(next_file(), master_file())
    settle(master_file().parent)


def _make(path: Path) -> None:
    """Write a new master key into a file, whole and on the disk before it has its name, and never over another one."""
    draft = path.with_name(f".{secrets.token_hex(8)}")
    with open(os.open(draft, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600), "w") as file:
        file.write(secrets.token_urlsafe(48))
        file.flush()
        os.fsync(file.fileno())
    with suppress(FileExistsError):  # another process was first
        os.link(draft, path)
    draft.unlink()
    settle(path.parent)


def settle(folder: Path) -> None:
    """Put the names in a folder on the disk."""
    held = os.open(folder, os.O_RDONLY)
    try:
        os.fsync(held)
    finally:
        os.close(held)


def master_file() -> Path:
    """Where the master key lies, unless the environment gives it."""
    path: Path = settings.OASIS_MASTER_KEY_FILE
    return path


def next_file() -> Path:
    """Where a new master key lies while the data keys are wrapped anew."""
    return master_file().with_suffix(".next")


def masters() -> list[str]:
    """Give the master keys that may open a data key, the present one first; raises KeyLost without any."""
    if settings.OASIS_MASTER_KEY:
        return [settings.OASIS_MASTER_KEY, *filter(None, [settings.OASIS_MASTER_KEY_OLD])]
    found: list[str] = []
    for path in (next_file(), master_file()):  # the next one first: it may take the other's place meanwhile
        with suppress(FileNotFoundError):
            found.insert(0, path.read_text().strip())
    if not found:
        raise KeyLost(f"{master_file().name} is missing")
    return found


def _wrapper(master: str) -> AESGCM:
    return AESGCM(HKDF(SHA256(), 32, salt=None, info=b"oasis wrap").derive(master.encode()))


def wrapped(number: int, key: bytes, master: str) -> str:
    """Wrap a data key."""
    nonce = os.urandom(NONCE)
    return b64encode(nonce + _wrapper(master).encrypt(nonce, key, b"data key %d" % number)).decode()


def unwrapped(number: int, text: str) -> bytes:
    """Unwrap a data key with the first master key that fits; raises KeyLost when none does."""
    for master in masters():
        if key := opened_by(master, number, text):
            return key
    raise KeyLost("the master key is not the one this database was sealed with")


def opened_by(master: str, number: int, text: str) -> bytes | None:
    """Unwrap a data key with one master key; None when it does not fit."""
    raw = b64decode(text)
    try:
        return _wrapper(master).decrypt(raw[:NONCE], raw[NONCE:], b"data key %d" % number)
    except InvalidTag:
        return None
