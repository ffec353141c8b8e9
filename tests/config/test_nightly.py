"""The backup nobody has to remember: when it is due, that the running program makes it, what the administrator reads."""

import os
import sqlite3
import subprocess
import sys
import time
from collections.abc import Callable
from contextlib import closing
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

import pytest
from django.conf import settings
from django.test import Client
from django.urls import reverse

from oasis.config import server
from oasis.config.vault import copying
from oasis.kit import backups
from oasis.people.models import Trail
from tests.program import Oasis, free_port, read_until

NOON = datetime(2026, 11, 23, 4, tzinfo=UTC)  # twelve o'clock in China
NIGHT = datetime(2026, 11, 23, 18, tzinfo=UTC)  # two in the morning there


def kept(folder: Path, *ages: timedelta, at: datetime = NOON) -> backups.Backups:
    for age in ages:
        (folder / backups.name_at(at - age)).write_bytes(b"sealed")
    return backups.state(folder)


@pytest.mark.parametrize(
    ("hours", "at", "due"),
    [(2, NOON, False), (20, NOON, False), (27, NOON, True), (11, NIGHT, False), (13, NIGHT, True), (25, NIGHT, True)],
)
def test_it_is_due_in_the_night_and_when_a_day_is_missing(tmp_path: Path, hours: int, at: datetime, due: bool) -> None:
    assert kept(tmp_path, timedelta(hours=hours), timedelta(days=9), at=at).due(at) is due


def test_without_any_it_is_due_at_once_but_an_hour_after_a_failure(tmp_path: Path) -> None:
    folder = tmp_path / "none"
    assert backups.state(folder).due(NOON)
    assert backups.state(folder).stale(NOON)
    folder.mkdir()
    backups.note(folder, "硬盘满了")
    told = backups.state(folder)
    assert told.failure == "硬盘满了"
    assert told.failed_at
    assert not told.due(told.failed_at + timedelta(minutes=50))
    assert told.due(told.failed_at + timedelta(minutes=61))


def test_a_wish_is_due_at_once_and_is_answered_by_an_attempt(tmp_path: Path) -> None:
    kept(tmp_path, timedelta(hours=1))
    backups.ask(tmp_path)
    assert backups.state(tmp_path).due(NOON)
    backups.note(tmp_path, "")
    assert not backups.state(tmp_path).due(NOON)


def test_other_files_in_the_folder_are_no_backups(tmp_path: Path) -> None:
    for name in ("oasis-.oasis", "oasis-20261123-200000.part", "notes.txt", "oasis-2026.oasis"):
        (tmp_path / name).touch()
    assert backups.state(tmp_path).last is None


@pytest.mark.program
def test_the_running_program_makes_the_first_one_by_itself(tmp_path: Path) -> None:
    oasis, port = Oasis(tmp_path), free_port()
    oasis.environment["OASIS_BACKUP_AFTER"] = "1"
    with oasis.up(port) as program:
        read_until(program, "Ctrl-C")
        until = time.monotonic() + 60
        while time.monotonic() < until and not backups.state(tmp_path / "backups").last:
            time.sleep(0.5)
    told = backups.state(tmp_path / "backups")
    assert (told.count, told.failure) == (1, "")
    with closing(sqlite3.connect(tmp_path / "oasis.sqlite3")) as database:
        known = {table for (table,) in database.execute("SELECT tbl FROM sqlite_stat1")}
    assert "kit_datakey" in known, "the night also learns how the tables are filled"


def test_the_administrator_reads_the_state_and_asks_for_one(
    login: Callable[[str], Client], tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(settings, "OASIS_BACKUPS", tmp_path)
    client, address = login("wang"), reverse("settings-backup")
    assert "还没有备份" in client.get(address).content.decode()
    assert "还没有备份" in client.get(reverse("today")).content.decode()
    assert client.post(address).status_code == 302
    assert (tmp_path / backups.WANTED).exists()
    assert Trail.objects.everywhere(why="a test reads the trail").filter(deed="backup.ask").count() == 1
    kept(tmp_path, timedelta(hours=2), at=datetime.now(UTC))
    assert "现在存着1份" in client.get(address).content.decode()


def test_nobody_else_reaches_the_page(login: Callable[[str], Client]) -> None:
    assert login("zhao").post(reverse("settings-backup")).status_code == 404


def test_a_folder_that_cannot_be_read_never_ends_the_program(settings: Any, tmp_path: Path) -> None:
    settings.OASIS_BACKUPS = tmp_path
    (tmp_path / backups.FAILED).mkdir()
    with pytest.raises(OSError, match="directory"):
        backups.state(tmp_path)
    children = [subprocess.Popen([sys.executable, "-c", ""]) for _ in range(2)]
    server._back_up(children)
    assert [child.wait() for child in children] == [0, 0], "and none was started"


def test_what_a_killed_backup_left_goes_after_a_day(settings: Any, tmp_path: Path) -> None:
    settings.HOME, stick = tmp_path / "home", tmp_path / "stick"
    old = [settings.HOME / "oasis-proof-a", stick / "oasis-proof-b", stick / "oasis-20260101-000000.part"]
    for path in old:
        path.mkdir(parents=True) if "proof" in path.name else path.touch()
        os.utime(path, (0, 0))
    (settings.HOME / "oasis-proof-now").mkdir()
    copying.clear_leftovers(stick)
    assert list(tmp_path.glob("*/*")) == [settings.HOME / "oasis-proof-now"]
