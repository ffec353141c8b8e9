"""A sealed envelope between two installations: signed by one, opened only by the other.

X25519 with a fresh key each time, HKDF-SHA256, AES-256-GCM; Ed25519 over everything. An installation's card carries its
two public keys; people compare its fingerprint by telephone, so that nobody can put another card in its place.
"""

import base64
import hashlib
import json
import os
import zlib
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path
from typing import Any

from cryptography.exceptions import InvalidSignature, InvalidTag
from cryptography.hazmat.primitives import hashes
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey, Ed25519PublicKey
from cryptography.hazmat.primitives.asymmetric.x25519 import X25519PrivateKey, X25519PublicKey
from cryptography.hazmat.primitives.ciphers.aead import AESGCM
from cryptography.hazmat.primitives.kdf.hkdf import HKDF

MAGIC = b"OASIS-HANDOVER\x01"
CARD = "OASIS1"
PUBLIC, SIGNATURE, NONCE, LENGTH = 32, 64, 12, 4
LARGEST = 64 * 1024 * 1024  # bytes a letter may swell to


class Unsealed(ValueError):
    """The envelope cannot be opened; `code` is not-one, changed, not-ours."""

    def __init__(self, code: str) -> None:
        super().__init__(code)
        self.code = code


@dataclass(frozen=True)
class Card:
    """The public half of an installation: one key to seal for it, one to check what it signed."""

    opens: bytes
    signs: bytes

    @property
    def text(self) -> str:
        """Write it so that it can be sent and typed: a mark, both keys, a check."""
        body = self.opens + self.signs
        check = hashlib.sha256(body).digest()[:3]
        return f"{CARD}-{base64.b32encode(body + check).decode().rstrip('=')}"

    @property
    def fingerprint(self) -> str:
        """Give eight groups of four digits to compare by telephone."""
        number = int.from_bytes(hashlib.sha256(self.opens + self.signs).digest()[:16], "big") % 10**32
        digits = f"{number:032d}"
        return " ".join(digits[at : at + 4] for at in range(0, 32, 4))

    @classmethod
    def read(cls, text: str) -> "Card":
        """Read a card as somebody pasted it; raises Unsealed when a letter is wrong."""
        mark, _, rest = "".join(text.split()).upper().partition("-")
        try:
            raw = base64.b32decode(rest + "=" * (-len(rest) % 8))
        except ValueError as error:
            raise Unsealed("not-one") from error
        body, check = raw[: 2 * PUBLIC], raw[2 * PUBLIC :]
        if mark != CARD or len(body) != 2 * PUBLIC or check != hashlib.sha256(body).digest()[:3]:
            raise Unsealed("not-one")
        _met(X25519PrivateKey.generate(), body[:PUBLIC])
        return cls(body[:PUBLIC], body[PUBLIC:])


@dataclass(frozen=True)
class Keys:
    """The private half."""

    opens: X25519PrivateKey
    signs: Ed25519PrivateKey

    @cached_property
    def card(self) -> Card:
        """Give the public half."""
        return Card(self.opens.public_key().public_bytes_raw(), self.signs.public_key().public_bytes_raw())


def keys_in(folder: Path) -> Keys:
    """Give the keys of this installation, made at the first use in a file only the owner may read."""
    path = folder / "oasis_handover_key.key"
    try:
        with open(path, "xb", opener=lambda name, flags: os.open(name, flags, 0o600)) as file:
            file.write(os.urandom(2 * PUBLIC).hex().encode())
    except FileExistsError:
        pass
    raw = bytes.fromhex(path.read_text().strip())
    return Keys(X25519PrivateKey.from_private_bytes(raw[:PUBLIC]), Ed25519PrivateKey.from_private_bytes(raw[PUBLIC:]))


def seal(letter: dict[str, Any], *, to: Card, keys: Keys) -> bytes:
    """Seal a letter for one installation and sign it."""
    fresh = X25519PrivateKey.generate()
    nonce = os.urandom(NONCE)
    head = (
        MAGIC + keys.card.opens + keys.card.signs + to.opens + to.signs + fresh.public_key().public_bytes_raw() + nonce
    )
    plain = zlib.compress(json.dumps(letter, ensure_ascii=False, separators=(",", ":")).encode())
    body = AESGCM(_key(fresh.exchange(X25519PublicKey.from_public_bytes(to.opens)), head)).encrypt(nonce, plain, head)
    return head + body + keys.signs.sign(head + body)


def opened(data: bytes, keys: Keys) -> tuple[dict[str, Any], Card]:
    """Give the letter and the card of who signed it; raises Unsealed with the reason."""
    start = len(MAGIC)
    size = start + 5 * PUBLIC + NONCE
    if not data.startswith(MAGIC) or len(data) < size + SIGNATURE + 16:
        raise Unsealed("not-one")
    head, body, signature = data[:size], data[size:-SIGNATURE], data[-SIGNATURE:]
    parts = [head[start + at * PUBLIC : start + (at + 1) * PUBLIC] for at in range(5)]
    sender, receiver = Card(parts[0], parts[1]), Card(parts[2], parts[3])
    try:
        Ed25519PublicKey.from_public_bytes(sender.signs).verify(signature, head + body)
    except (InvalidSignature, ValueError) as wrong:
        raise Unsealed("changed") from wrong
    if receiver != keys.card:
        raise Unsealed("not-ours")
    shared = _met(keys.opens, parts[4])
    try:
        plain = AESGCM(_key(shared, head)).decrypt(head[-NONCE:], body, head)
    except InvalidTag as wrong:
        raise Unsealed("changed") from wrong
    return _letter(plain), sender


def _met(own: X25519PrivateKey, other: bytes) -> bytes:
    """Give what both keys lead to; raises Unsealed for a key made to lead nowhere."""
    try:
        return own.exchange(X25519PublicKey.from_public_bytes(other))
    except ValueError as wrong:
        raise Unsealed("not-one") from wrong


def _letter(plain: bytes) -> dict[str, Any]:
    """Read what was sealed; whoever signed it may have sealed anything at all. Raises Unsealed."""
    try:
        swell = zlib.decompressobj()
        told = swell.decompress(plain, LARGEST)
        letter = None if swell.unconsumed_tail else json.loads(told)
    except (zlib.error, ValueError, RecursionError) as wrong:
        raise Unsealed("not-one") from wrong
    if not isinstance(letter, dict):
        raise Unsealed("not-one")
    return letter


def _key(shared: bytes, head: bytes) -> bytes:
    return HKDF(hashes.SHA256(), 32, salt=None, info=hashlib.sha256(head).digest()).derive(shared)
