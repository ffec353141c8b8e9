"""Keyed hashes: equality without the value. The encryption of columns builds on the same key."""

import hashlib
import hmac

from django.conf import settings


def keyed_hash(text: str, *, purpose: str) -> str:
    """Give 64 hex digits of HMAC-SHA256 over the text with the installation's data key.

    The same text and purpose give the same hash in one installation and another one elsewhere.
    """
    key = hashlib.sha256(f"{purpose}:{settings.OASIS_DATA_KEY}".encode()).digest()
    return hmac.new(key, text.encode(), hashlib.sha256).hexdigest()
