"""Pressed several times at the same moment, for real, on both engines: one row comes of it and nobody sees an error."""

import json
import os
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from django.db import connection

from oasis.kit.ids import new_id

PROGRAM = Path(__file__).resolve().parents[1] / "races.py"
REFUSED = {
    "found": "not-empty",
    "number": "has-file",
    "approval": "asked-already",
}  # the later presses are told why; the others get the first row
LEFT = {"looks": 40, "apart": 2}  # each look once, and no line of the chain broken


@pytest.fixture
def empty(tmp_path: Path, db: None) -> Iterator[str]:
    """Give the address of an empty database of the engine under test."""
    if connection.vendor == "sqlite":
        yield f"sqlite:///{tmp_path}/race.sqlite3"
        return
    name = f"race_{new_id().hex}"
    given = os.environ["DATABASE_URL"]
    with psycopg_to(given) as admin:
        admin.execute(f"CREATE DATABASE {name}")
    yield f"{given.rpartition('/')[0]}/{name}"
    with psycopg_to(given) as admin:
        admin.execute(f"DROP DATABASE {name} WITH (FORCE)")


def psycopg_to(url: str) -> Any:
    import psycopg

    return psycopg.connect(url, autocommit=True)


def test_several_presses_at_once_make_one_row_and_no_error(empty: str, tmp_path: Path) -> None:
    environment = {**os.environ, "DATABASE_URL": empty, "OASIS_HOME": str(tmp_path)}
    done = subprocess.run(
        [sys.executable, str(PROGRAM)], env=environment, capture_output=True, encoding="utf-8", check=False, timeout=240
    )
    assert done.returncode == 0, done.stderr[-2000:]
    told = {line["race"]: line for line in map(json.loads, done.stdout.splitlines())}
    assert told.keys() == {
        "found",
        "open",
        "number",
        "family",
        "invite",
        "day",
        "approval",
        "summary",
        "card",
        "month",
        "told",
        "tried",
        *LEFT,
    }
    for race, line in told.items():
        assert line["left"] == LEFT.get(race, 2 if race == "found" else 1), line
        assert "made" in line["answers"], line
        assert all(answer == "made" or answer.startswith("refused ") for answer in line["answers"]), line
    for race, code in REFUSED.items():
        assert told[race]["answers"].count(f"refused {code}") == 3, told[race]
    for race in ("open", "family", "summary", "card", "told", "tried", *LEFT):
        assert set(told[race]["answers"]) == {"made"}, told[race]
    assert sorted(told["month"]["answers"]) == ["made"] * 2 + ["refused meanwhile"] * 2, (
        "one's own report may be sent again"
    )
