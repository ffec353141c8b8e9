"""An empty database gets its tables at once: the same ones that all migrations lead to."""

import re
import sqlite3
from pathlib import Path

import psycopg
import pytest

from tests.config.installation import Installation
from tools import postgres

pytestmark = pytest.mark.program
CHECKS = re.compile(r'CONSTRAINT "[^"]+" (?:CHECK|UNIQUE) [^"]*(?:"[^"]*"[^"]*?)*?(?=, CONSTRAINT|\)$)')
POSTGRES = (
    "SELECT table_name, column_name, data_type, is_nullable, column_default, character_maximum_length, collation_name"
    " FROM information_schema.columns WHERE table_schema = 'public'"
    # Django numbers its own join of groups and permissions, empty here, by int in the models and by bigint in the migrations.
    " AND (table_name, column_name) <> ('auth_group_permissions', 'id')",
    "SELECT conrelid::regclass::text, conname, pg_get_constraintdef(oid) FROM pg_constraint WHERE connamespace = 'public'::regnamespace",
    "SELECT tablename, indexname, indexdef FROM pg_indexes WHERE schemaname = 'public'",
)


def of_sqlite(home: Path) -> set[tuple[object, ...]]:
    """Tell columns, keys, checks and indexes, in no order: a column added later stands last."""
    base = sqlite3.connect(home / "oasis.sqlite3")
    told: set[tuple[object, ...]] = set()
    for kind, name, sql in base.execute(
        "SELECT type, name, sql FROM sqlite_master WHERE name NOT LIKE 'sqlite_%'"
    ).fetchall():
        if kind == "index":
            told.add((name, sql))
            continue
        told |= {(name, *column[1:]) for column in base.execute(f'PRAGMA table_info("{name}")')}
        told |= {(name, "key", *key[2:]) for key in base.execute(f'PRAGMA foreign_key_list("{name}")')}
        told |= {(name, check) for check in CHECKS.findall(sql)}
        told |= {
            (name, "unique", *unique_columns(base, row[1]))
            for row in base.execute(f'PRAGMA index_list("{name}")')
            if row[2]
        }
    return told


def unique_columns(base: sqlite3.Connection, index: str) -> list[str]:
    return sorted(str(row[2]) for row in base.execute(f'PRAGMA index_info("{index}")'))


def of_postgres(url: str) -> set[tuple[object, ...]]:
    with psycopg.connect(url) as link:
        return {(n, *row) for n, question in enumerate(POSTGRES) for row in link.execute(question).fetchall()}


def both(at_once: Installation, one_by_one: Installation) -> None:
    at_once.lay()
    done = one_by_one.run("oasis.config.manage", "migrate", "-v0")
    assert done.returncode == 0, done.stderr
    assert at_once.run("oasis.config.manage", "migrate", "--check").returncode == 0, "every migration is noted as done"


def test_tables_laid_at_once_are_those_of_the_migrations(tmp_path: Path) -> None:
    both(Installation(tmp_path / "a"), Installation(tmp_path / "b"))
    assert of_sqlite(tmp_path / "a") == of_sqlite(tmp_path / "b")
    assert len(of_sqlite(tmp_path / "a")) > 1000


@pytest.mark.skipif(postgres.binaries() is None, reason="PostgreSQL is not installed")
def test_tables_laid_at_once_are_those_of_the_migrations_on_postgresql(tmp_path: Path) -> None:
    with postgres.cluster() as first, postgres.cluster() as second:
        both(Installation(tmp_path / "a", DATABASE_URL=first), Installation(tmp_path / "b", DATABASE_URL=second))
        assert of_postgres(first) == of_postgres(second)
        assert len(of_postgres(first)) > 1000


@pytest.mark.parametrize("at", ["ensure_schema", "record_applied"])
def test_a_start_that_broke_off_leaves_nothing_and_goes_on(tmp_path: Path, at: str) -> None:
    made = Installation(tmp_path)
    broken = (
        "from django.db.migrations.recorder import MigrationRecorder as R\n"
        f"R.{at} = lambda *args: 1 / 0\n"
        "from oasis.config.laying import lay\n"
        "try: lay()\n"
        "except ZeroDivisionError: print('broken')"
    )
    assert made.python(broken).strip() == "broken"
    assert of_sqlite(tmp_path) == set()
    made.lay()
    assert made.run("oasis.config.manage", "migrate", "--check").returncode == 0
    asked = "from oasis.kit.models import DataKey; from django.db import connection as c; k = DataKey.objects.count()"
    keys = "print(k, c.cursor().execute('PRAGMA foreign_keys').fetchone()[0])"
    assert made.python(f"{asked}\n{keys}").strip() == "1 1"
