"""Django looks for an engine's `DatabaseWrapper` in a module of this name.

Django writes %s, SQLite's driver ?. Turning one into the other anew took 0.6 ms for the statement of 20 kB that 今日 sends at every
look (docs/performance.md); the few hundred statements of the program are therefore turned once each.
"""

from collections.abc import Iterable
from functools import lru_cache
from typing import Any

from django.db.backends.sqlite3 import base

KEPT = 400  # statements; the longest has 20 kB


class Cursor(base.SQLiteCursorWrapper):
    """Django's cursor with a memory."""

    def convert_query(self, query: str, *, param_names: Iterable[str] | None = None) -> str:
        """Give the statement as the driver wants it; named places, which are rare, as Django does."""
        return _with_marks(query) if param_names is None else super().convert_query(query, param_names=param_names)


class DatabaseWrapper(base.DatabaseWrapper):
    """Django's connection with that cursor."""

    def create_cursor(self, name: Any = None) -> Cursor:
        """Open one; SQLite knows no named ones."""
        return self.connection.cursor(factory=Cursor)  # type: ignore[no-any-return]


@lru_cache(maxsize=KEPT)
def _with_marks(query: str) -> str:
    return base.FORMAT_QMARK_REGEX.sub("?", query).replace("%%", "%")
