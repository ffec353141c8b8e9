"""Sending a statement that is sent again and again with other values: PostgreSQL keeps its plan, SQLite's driver keeps it compiled."""

from collections.abc import Sequence
from typing import Any

from django.db import DEFAULT_DB_ALIAS, connections


def rows_of(sql: str, values: Sequence[Any]) -> list[tuple[Any, ...]]:
    """Send one and give what the driver found."""
    own = connections[DEFAULT_DB_ALIAS]
    with getattr(own, "planned_cursor", own.cursor)() as cursor:
        cursor.execute(sql, values)
        return list(cursor.fetchall())
