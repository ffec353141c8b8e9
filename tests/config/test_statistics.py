"""What SQLite knows of its tables reaches the connections that are open already."""

import sqlite3
from collections.abc import Iterator
from contextlib import closing
from pathlib import Path

import pytest
from django.db import connections

from oasis.kit import statistics
from oasis.kit.sqlite.base import DatabaseWrapper

PLAN = "EXPLAIN QUERY PLAN SELECT * FROM pupil WHERE school = 1 AND tail = 7"


@pytest.fixture
def place(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Path]:
    """A database that learned its tables when each pupil had a school of its own; now all are of one school."""
    path = tmp_path / "school.sqlite3"
    with closing(sqlite3.connect(path)) as made:
        made.execute("PRAGMA journal_mode=WAL")
        made.execute("CREATE TABLE pupil (id INTEGER PRIMARY KEY, school INTEGER, tail INTEGER)")
        made.execute("CREATE INDEX by_school ON pupil (school)")
        made.execute("CREATE INDEX by_tail ON pupil (tail)")
        made.executemany("INSERT INTO pupil (school, tail) VALUES (?, 1)", [(n,) for n in range(2000)])
        made.execute("ANALYZE")
        made.execute("UPDATE pupil SET tail = school, school = 1")
        made.commit()
    program = DatabaseWrapper(
        connections.databases["default"] | {"ENGINE": "oasis.kit.sqlite", "NAME": str(path), "OPTIONS": {}}
    )
    monkeypatch.setattr(statistics, "connection", program)
    yield path
    program.close()


@pytest.mark.django_db
def test_an_open_connection_takes_the_better_index_afterwards(place: Path) -> None:
    with closing(sqlite3.connect(place)) as open_already:
        assert "by_school" in str(open_already.execute(PLAN).fetchall()), "as it learned it"
        statistics.learn()
        open_already.execute(
            "SELECT count(*) FROM pupil"
        ).fetchone()  # EXPLAIN alone does not look whether the schema changed
        assert "by_tail" in str(open_already.execute(f"{PLAN} ").fetchall()), "worded anew: Python keeps statements"
