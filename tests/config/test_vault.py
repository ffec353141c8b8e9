"""Backup, restore and move: what goes in comes out, and a damaged file is never taken for a good one."""

import io
import json
import os
import sqlite3
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest
from django.db.models import BinaryField

from oasis.config.vault import sealing, tables
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


@pytest.mark.once
@pytest.mark.parametrize("value", [b"", b"\x00\x01", b"\x00\x01\xff"])
def test_every_column_of_plain_bytes_comes_back_as_it_was(value: bytes) -> None:
    found = [field for model in tables.tables() for field in tables.columns(model) if isinstance(field, BinaryField)]
    assert {f"{field.model.__name__}.{field.name}" for field in found} >= {"Snapshot.facts", "HandOver.sealed"}
    for field in found:
        assert tables._placed(field, json.loads(tables.told(value)), "") == value


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


KILLED = """
import django; django.setup()
import os
from pathlib import Path
from oasis.config.laying import lay
from oasis.config.vault import loading, moving
lay()
proofs = [{proofs}]
def advance(done, total, what):
    if what == "写入" and done > {share} * total and not proofs[0]: os.kill(os.getpid(), 9)  # each chunk is committed by then
    proofs[0] -= what == "核对" and done == total > 0 and proofs[0] > 0
{call}
"""


def killed(made: Installation, share: float, call: str, *, proofs: int = 0) -> None:
    """Let the program kill itself outright when that share of the rows is written, after so many backups were proved."""
    code = KILLED.format(share=share, call=call, proofs=proofs)
    environment = made.environment | {"DJANGO_SETTINGS_MODULE": "oasis.config.settings"}
    assert subprocess.run([sys.executable, "-c", code], env=environment, check=False).returncode == -9


@pytest.fixture(scope="module")
def founded(tmp_path_factory: pytest.TempPathFactory) -> Installation:
    """A school on its first day: few rows in several tables."""
    made = Installation(tmp_path_factory.mktemp("founded"))
    assert made("init", "--school", "新溪小学", "--name", "王立新").returncode == 0
    return made


def all_rows(home: Path) -> int:
    base = sqlite3.connect(home / "oasis.sqlite3")
    tables = ("places_school", "places_term", "people_user", "people_post", "people_trail")
    return sum(base.execute(f"SELECT count(*) FROM {name}").fetchone()[0] for name in tables)


def test_a_restore_that_is_killed_goes_on_where_it_was_and_nobody_works_in_half_a_school(
    founded: Installation, tmp_path: Path
) -> None:
    for name in ("first", "second"):
        assert founded("backup", "--to", str(tmp_path / name)).returncode == 0
        founded("unlock")  # one more line on the trail
    first, second = (next((tmp_path / name).glob("*.oasis")) for name in ("first", "second"))
    home = tmp_path / "home"
    home.mkdir()
    (home / "oasis_backup_key.key").write_text((founded.home / "oasis_backup_key.key").read_text())
    other = Installation(home)
    seen = []
    for share in (0.1, 0.7):
        killed(other, share, f"loading.restore(Path({str(first)!r}), advance)")
        seen.append(all_rows(home))
    assert 0 < seen[0] < seen[1] < all_rows(founded.home)
    refused = other("up")
    assert refused.returncode == 1
    assert "还没有恢复完" in refused.stdout
    done = other("restore", str(first))
    assert done.returncode == 0, done.stdout + done.stderr
    assert all_rows(home) == all_rows(founded.home) - 2
    assert "不会覆盖" in other("restore", str(second)).stdout
    killed(other, 0.5, f"moving.move('sqlite:///{tmp_path}/half.sqlite3', advance)", proofs=1)
    half = Installation(home, DATABASE_URL=f"sqlite:///{tmp_path}/half.sqlite3")
    done = half("restore", str(second))
    assert done.returncode == 0, "half of one copy gives way to another: " + done.stdout + done.stderr


def test_one_sees_how_long_is_left(founded: Installation, tmp_path: Path) -> None:
    told = founded.python(f"""
from pathlib import Path
from oasis.config.vault import copying
steps = {{}}
def look(done, total, what): steps.setdefault(what, []).append(done / total if total else 1)
copying.backup(Path({str(tmp_path)!r}), look)
print(all(told == sorted(told) and told[-1] == 1 for told in steps.values()), *steps)
""")
    assert told.split() == ["True", "写备份", "读一遍文件", "写入", "核对"]


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

    target = an_empty_one("moved")
    done = village("move", "--to", target)
    assert done.returncode == 0, done.stdout + done.stderr
    with psycopg.connect(target) as connection:
        row = connection.execute("SELECT count(*) FROM records_record").fetchone()
    assert row == (counted(village.home)["records_record"],)
    assert "不会覆盖" in village("move", "--to", target).stdout
    assert not (village.home / "moving").exists()
    back = Installation(village.home, DATABASE_URL=target)
    assert back("backup").returncode == 0, "a backup of PostgreSQL is proved in SQLite"


@pytest.mark.parametrize("engine", ["sqlite", "postgres"])
def test_a_move_that_was_killed_goes_on_and_starts_anew_when_somebody_worked_since(
    engine: str, founded: Installation, tmp_path: Path
) -> None:
    target = f"sqlite:///{tmp_path}/moved.sqlite3" if engine == "sqlite" else an_empty_one("halfmoved")
    killed(founded, 0.1, f"moving.move({target!r}, advance)", proofs=1)
    (kept,) = (founded.home / "moving").glob("*.oasis")
    first = kept.stat().st_mtime_ns
    killed(founded, 0.7, f"moving.move({target!r}, advance)")
    assert kept.stat().st_mtime_ns == first, "the same copy goes on"
    founded("unlock")  # leaves a line on the trail
    done = founded("move", "--to", target)
    assert done.returncode == 0, done.stdout + done.stderr
    assert "不会覆盖" in founded("move", "--to", target).stdout


def an_empty_one(name: str) -> str:
    """Give the address of a new database on the server under test."""
    import psycopg

    server = os.environ.get("DATABASE_URL", "")
    if "postgres" not in server:
        pytest.skip("runs in the PostgreSQL half of the suite")
    with psycopg.connect(server, autocommit=True) as connection:
        connection.execute(f"DROP DATABASE IF EXISTS {name}")
        connection.execute(f"CREATE DATABASE {name}")
    return f"{server.rsplit('/', 1)[0]}/{name}"
