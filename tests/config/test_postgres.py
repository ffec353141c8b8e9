"""PostgreSQL keeps the plans of what is asked again and again; the values stay apart and are told in the log."""

from pathlib import Path

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from oasis.config.database import database
from oasis.kit.asking import rows_of

SUM = "SELECT %s::int + 1, %s::text"
only_postgres = pytest.mark.skipif(
    connection.vendor != "postgresql", reason="SQLite's driver keeps its statements itself"
)


@only_postgres
@pytest.mark.django_db
def test_a_statement_is_kept_planned_and_its_values_are_not() -> None:
    with CaptureQueriesContext(connection) as seen:
        assert [rows_of(SUM, [n, f"王{n}'"]) for n in range(5)] == [[(n + 1, f"王{n}'")] for n in range(5)]
    assert [query["sql"] for query in seen.captured_queries][-1] == "SELECT 4::int + 1, '王4'''::text"
    with connection.cursor() as cursor:
        cursor.execute("SELECT statement FROM pg_prepared_statements")
        assert "SELECT $1::int + 1, $2::text" in {statement for (statement,) in cursor.fetchall()}


@only_postgres
@pytest.mark.django_db
def test_an_ordinary_cursor_puts_its_values_in_as_before() -> None:
    for n in range(5):
        with connection.cursor() as cursor:
            cursor.execute("SELECT %s - 1", [n])
            assert cursor.fetchone() == (n - 1,)
    with connection.cursor() as cursor:
        cursor.execute("SELECT count(*) FROM pg_prepared_statements WHERE statement LIKE '%%- 1%%'")
        assert cursor.fetchone() == (0,)


def test_behind_a_pooler_no_plan_is_kept(tmp_path: Path) -> None:
    assert database("postgres://a:b@host/name", tmp_path)["OPTIONS"] == {"prepare_threshold": 2}
    assert database("postgres://a:b@host/name?plans=none", tmp_path)["OPTIONS"] == {"prepare_threshold": None}
