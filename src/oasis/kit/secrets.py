"""Keyed hashes: equality without the value. The encryption of columns builds on the same key."""

import hashlib
import hmac
from functools import lru_cache

from django.conf import settings


def keyed_hash(text: str, *, purpose: str) -> str:
    """Give 64 hex digits of HMAC-SHA256 over the text with the installation's data key.

    The same text and purpose give the same hash in one installation and another one elsewhere.
    """
    return hmac.digest(_key(purpose, settings.OASIS_DATA_KEY), text.encode(), "sha256").hex()


@lru_cache(maxsize=32)
def _key(purpose: str, secret: str) -> bytes:
    return hashlib.sha256(f"{purpose}:{secret}".encode()).digest()
