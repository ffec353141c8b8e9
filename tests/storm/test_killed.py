"""Promise 1 of design.md 7: killed at any moment, the program comes back with every acknowledged record, once, and no half act."""

import json
import os
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest

from tools import postgres

pytestmark = pytest.mark.program
ROOT = Path(__file__).resolve().parents[2]
KILLS = os.environ.get("OASIS_KILLS", "200")
SOUND = {"lost": 0, "wrong": 0, "untraced": 0, "broken": 0, "odd": []}


def program(name: str, home: Path, url: str, *words: str) -> dict[str, Any]:
    done = subprocess.run(
        [sys.executable, "-m", f"tests.storm.{name}", *words], cwd=ROOT, stdout=subprocess.PIPE, text=True, check=True, timeout=900,
        env=os.environ | {"OASIS_HOME": str(home), "DATABASE_URL": url, "PYTHONPATH": "src:.:tools"},
    )  # fmt: skip
    return json.loads(done.stdout)


def test_killed_two_hundred_times_sqlite_keeps_what_it_acknowledged(tmp_path: Path) -> None:
    told = program("killing", tmp_path, "", KILLS)
    assert {name: told[name] for name in SOUND} == SOUND
    assert told["acknowledged"] > int(KILLS) // 4
    assert told["cut"] > 0


@pytest.mark.skipif(postgres.binaries() is None, reason="PostgreSQL is not installed")
def test_killed_two_hundred_times_on_postgresql_keeps_what_it_acknowledged(tmp_path: Path) -> None:
    with postgres.cluster() as url:
        told = program("killing", tmp_path, url, KILLS)
    assert {name: told[name] for name in SOUND} == SOUND
    assert told["acknowledged"] > int(KILLS) // 4
    assert told["cut"] > 0


@pytest.mark.skipif(postgres.binaries() is None, reason="PostgreSQL is not installed")
def test_postgresql_restarted_under_load_loses_nothing(tmp_path: Path) -> None:
    with postgres.cluster(postgres.DURABLE) as url:
        told = program("killing", tmp_path, url, "6", "restart")
    assert {name: told[name] for name in SOUND} == SOUND
    assert told["acknowledged"] > 20


def test_a_full_disk_says_so_loses_nothing_and_takes_the_same_press_once_there_is_room(tmp_path: Path) -> None:
    told = program("filling", tmp_path, "")
    assert told["status"] == 503
    assert "硬盘满了" in told["page"]
    assert "没有保存" in told["page"]
    assert told["saved"] == told["kept"] > 0
    assert (told["half"], told["again"], told["then"]) == (0, 302, 1)
