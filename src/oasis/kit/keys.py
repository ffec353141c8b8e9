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
        draft = master_file().with_name(f".{secrets.token_hex(8)}")
        write_private(draft, new_master())
        with suppress(FileExistsError):  # another process was first
            os.link(draft, master_file())
        draft.unlink()
    return masters()[0]


def new_master() -> str:
    """Make a master key."""
    return secrets.token_urlsafe(48)


def write_private(path: Path, text: str) -> None:
    """Write a file that only its owner may read, and put it on the disk."""
    with open(os.open(path, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, 0o600), "w") as file:
        file.write(text)
        file.flush()
        os.fsync(file.fileno())


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
    found = [path.read_text().strip() for path in (master_file(), next_file()) if path.exists()]
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
    raw = b64decode(text)
    for master in masters():
        with suppress(InvalidTag):
            return _wrapper(master).decrypt(raw[:NONCE], raw[NONCE:], b"data key %d" % number)
    raise KeyLost("the master key is not the one this database was sealed with")
