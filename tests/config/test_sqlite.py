"""Our SQLite engine says what Django's says."""

import pytest
from django.db import connection
from django.db.backends.sqlite3.base import SQLiteCursorWrapper

from oasis.kit.sqlite.base import Cursor

pytestmark = pytest.mark.once
STATEMENTS = (
    ("SELECT %s, '%%'", ["a"]),
    ("SELECT %s || %s", ["100%", "?"]),
    ("SELECT '%%s' || %s", ["b"]),
)


@pytest.mark.skipif(connection.vendor != "sqlite", reason="SQLite's own way of writing places")
@pytest.mark.parametrize(("sql", "values"), STATEMENTS)
def test_a_statement_reads_as_django_reads_it(sql: str, values: list[str], db: None) -> None:
    with connection.cursor() as ours:
        assert isinstance(ours.cursor, Cursor)
        theirs = connection.connection.cursor(factory=SQLiteCursorWrapper)
        for _time in range(2):
            assert ours.execute(sql, values).fetchall() == theirs.execute(sql, values).fetchall()


@pytest.mark.skipif(connection.vendor != "sqlite", reason="SQLite's own way of writing places")
def test_named_places_are_read_too(db: None) -> None:
    with connection.cursor() as cursor:
        assert cursor.execute("SELECT %(one)s, %(two)s", {"one": 1, "two": "%"}).fetchall() == [(1, "%")]
