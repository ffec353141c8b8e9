"""Keyed hashes: equality without the value; and short texts of other people's tables, sealed with the same key."""

import hashlib
import hmac
import os
from base64 import b64decode, b64encode
from functools import lru_cache

from cryptography.hazmat.primitives.ciphers.aead import AESGCM
from django.conf import settings


def keyed_hash(text: str, *, purpose: str) -> str:
    """Give 64 hex digits of HMAC-SHA256 over the text with the installation's data key.

    The same text and purpose give the same hash in one installation and another one elsewhere.
    """
    return hmac.digest(_key(purpose, settings.OASIS_DATA_KEY), text.encode(), "sha256").hex()


@lru_cache(maxsize=32)
def _key(purpose: str, secret: str) -> bytes:
    return hashlib.sha256(f"{purpose}:{secret}".encode()).digest()


MARK, NONCE = "sealed:", 12


def seal_text(text: str, *, purpose: str) -> str:
    """Seal a text for a column that is not ours; a backup brings the key along (columns of ours: oasis.kit.sealed)."""
    nonce = os.urandom(NONCE)
    shut = AESGCM(_key(f"seal {purpose}", settings.OASIS_DATA_KEY)).encrypt(nonce, text.encode(), purpose.encode())
    return f"{MARK}{b64encode(nonce + shut).decode()}"


def open_text(sealed: str, *, purpose: str) -> str:
    """Open a sealed text; one written before it was sealed is given as it is. Raises InvalidTag when it was changed."""
    if not sealed.startswith(MARK):
        return sealed
    raw = b64decode(sealed.removeprefix(MARK))
    cipher = AESGCM(_key(f"seal {purpose}", settings.OASIS_DATA_KEY))
    return cipher.decrypt(raw[:NONCE], raw[NONCE:], purpose.encode()).decode()
