"""Backup, restore and move: what goes in comes out, and a damaged file is never taken for a good one."""

import io
import os
import sqlite3
from pathlib import Path
from typing import Any

import pytest

from oasis.config.vault import sealing
from tests.config.installation import Installation

KEY = bytes(range(32))


def sealed(data: bytes) -> bytes:
    file = io.BytesIO()
    writer = sealing.Writer(file, KEY)
    writer.write(data)
    writer.close()
    return file.getvalue()


def opened(data: bytes, key: bytes = KEY) -> bytes:
    return b"".join(sealing.opened(io.BytesIO(data), key))


@pytest.mark.parametrize("size", [0, 1, 1000, 3_500_000])
def test_what_goes_in_comes_out(size: int) -> None:
    data = os.urandom(size)
    assert opened(sealed(data)) == data


def test_any_damage_shows() -> None:
    whole = sealed(os.urandom(2_500_000))
    for n in (0, 7, 14, 20, 1000, len(whole) // 2, len(whole) - 1):
        with pytest.raises((sealing.Damaged, ValueError)):
            opened(whole[:n] + bytes([whole[n] ^ 1]) + whole[n + 1 :])
    for cut in (5, 100, len(whole) // 2, len(whole) - 1):
        with pytest.raises(sealing.Damaged):
            opened(whole[:cut])
    with pytest.raises(sealing.Damaged):
        opened(whole, bytes(32))


def backup_of(made: Any) -> Path:
    return next((made.home / "backups").glob("*.oasis"))


def counted(home: Path) -> dict[str, int]:
    base = sqlite3.connect(home / "oasis.sqlite3")
    names = ("children_child", "records_record", "people_trail", "children_phone", "people_user")
    return {name: base.execute(f"SELECT count(*) FROM {name}").fetchone()[0] for name in names}


def test_a_backup_comes_back_on_another_machine(village: Any, tmp_path: Path) -> None:
    (tmp_path / "oasis_backup_key.key").write_text((village.home / "oasis_backup_key.key").read_text())
    other = Installation(tmp_path)
    done = other("restore", str(backup_of(village)))
    assert done.returncode == 0, done.stdout + done.stderr
    assert counted(tmp_path) == counted(village.home)
    assert (tmp_path / "oasis_data_key.key").read_text() == (village.home / "oasis_data_key.key").read_text()
    again = other("restore", str(backup_of(village)))
    assert again.returncode == 1
    assert "不会覆盖" in again.stdout


def test_a_backup_gives_nothing_away(village: Any) -> None:
    data = backup_of(village).read_bytes()
    base = sqlite3.connect(village.home / "oasis.sqlite3")
    for (name,) in base.execute("SELECT name FROM children_child"):
        assert name.encode() not in data
    assert backup_of(village).stat().st_mode & 0o077 == 0


def test_a_damaged_file_or_another_key_restores_nothing(village: Any, tmp_path: Path) -> None:
    bad = tmp_path / "bad.oasis"
    data = bytearray(backup_of(village).read_bytes())
    data[len(data) // 2] ^= 1
    bad.write_bytes(data)
    home = tmp_path / "home"
    home.mkdir()
    (home / "oasis_backup_key.key").write_text((village.home / "oasis_backup_key.key").read_text())
    done = Installation(home)("restore", str(bad))
    assert done.returncode == 1
    assert "被改动过" in done.stdout
    assert not any(counted(home).values())
    stranger = Installation(tmp_path / "stranger")("restore", str(backup_of(village)))
    assert stranger.returncode == 1


def test_the_proof_never_lies_beside_the_backup(village: Any, tmp_path: Path) -> None:
    seen = village.python(f"""
from pathlib import Path
from django.conf import settings
from oasis.config.vault import copying
seen = set()
def look(*_):
    seen.update(path.parent for folder in (Path({str(tmp_path)!r}), settings.HOME) for path in folder.glob("oasis-proof-*"))
copying.backup(Path({str(tmp_path)!r}), look)
print(*seen)
""")
    assert seen.split() == [str(village.home)]


def test_only_the_newest_backups_are_kept(village: Any, tmp_path: Path) -> None:
    for n in range(3):
        (tmp_path / f"oasis-2026010{n}-000000.oasis").write_bytes(b"old")
    assert village("backup", "--to", str(tmp_path), "--keep", "2").returncode == 0
    assert len(list(tmp_path.glob("*.oasis"))) == 2
    assert not list(tmp_path.glob("*.part"))


@pytest.mark.skipif(
    "postgres" not in os.environ.get("DATABASE_URL", ""), reason="runs in the PostgreSQL half of the suite"
)
def test_a_school_moves_to_postgresql(village: Any) -> None:
    import psycopg

    server = os.environ["DATABASE_URL"]
    with psycopg.connect(server, autocommit=True) as connection:
        connection.execute("DROP DATABASE IF EXISTS moved")
        connection.execute("CREATE DATABASE moved")
    target = f"{server.rsplit('/', 1)[0]}/moved"
    done = village("move", "--to", target)
    assert done.returncode == 0, done.stdout + done.stderr
    with psycopg.connect(target) as connection:
        row = connection.execute("SELECT count(*) FROM records_record").fetchone()
    assert row == (counted(village.home)["records_record"],)
    assert "不会覆盖" in village("move", "--to", target).stdout
    back = Installation(village.home, DATABASE_URL=target)
    assert back("backup").returncode == 0, "a backup of PostgreSQL is proved in SQLite"
