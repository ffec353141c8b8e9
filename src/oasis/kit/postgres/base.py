"""Django looks for an engine's `DatabaseWrapper` in a module of this name.

Django puts the values into the statement, so that the server plans it anew at every look: 14 of the 19 ms that the two largest
statements of a child's page took (docs/performance.md). A planned cursor leaves the values apart, and the server keeps the plan.
"""

from typing import Any

from django.db.backends.postgresql import base, operations

PLANNED = object()


class DatabaseOperations(operations.DatabaseOperations):
    """Django's, which tells a planned statement with its values like any other."""

    def last_executed_query(self, cursor: Any, sql: str, params: Any) -> str:
        """Give the statement with its values, for the log."""
        planned = isinstance(cursor, base.ServerBindingCursor)
        told: str = self.compose_sql(sql, params) if planned else super().last_executed_query(cursor, sql, params)
        return told


class DatabaseWrapper(base.DatabaseWrapper):
    """Django's connection with such cursors; `prepare_threshold` of its options says after how many looks a plan is kept."""

    ops_class = DatabaseOperations

    def planned_cursor(self) -> Any:
        """Open a cursor for statements that are sent again and again, with other values."""
        return self._cursor(PLANNED)  # type: ignore[attr-defined]

    def create_cursor(self, name: Any = None) -> Any:
        """Open a cursor as Django does, with the values apart where a planned one is asked for."""
        if name is not PLANNED:
            return super().create_cursor(name)
        usual = self.connection.cursor_factory
        self.connection.cursor_factory = base.ServerBindingCursor
        try:
            return super().create_cursor()
        finally:
            self.connection.cursor_factory = usual
