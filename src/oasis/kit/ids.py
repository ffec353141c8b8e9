"""Identity of rows: UUIDv7, made by the application or the client, never by the database."""

import uuid
from collections.abc import Iterable

from uuid_utils.compat import uuid7


def new_id() -> uuid.UUID:
    """Give a new time-ordered id (RFC 9562 version 7)."""
    made: uuid.UUID = uuid7()
    return made


def is_client_id(value: uuid.UUID) -> bool:
    """Tell whether a client may use this id for a new row: version 7 and of the standard variant."""
    return value.version == 7 and value.variant == uuid.RFC_4122


def ids_in(texts: Iterable[object], most: int = 200) -> list[uuid.UUID]:
    """Give the ids among texts that were sent; what is none is left aside."""
    found = []
    for text, _count in zip(texts, range(most), strict=False):
        try:
            found.append(uuid.UUID(str(text)))
        except ValueError:
            continue
    return found
