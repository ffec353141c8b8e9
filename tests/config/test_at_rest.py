"""Losing the files gives nothing away: the raw database is searched for every sensitive value it holds."""

import json
import re
import shutil
import sqlite3
import stat
from pathlib import Path

import pytest

from tests.config.installation import Installation

VALUES = """
import json
from django.apps import apps
from django.db import models
from django.db.models.sql import Query
from oasis.kit.sealing import sealed_fields
found = {}
for model in apps.get_models():
    for field in sealed_fields(model):
        rows = models.QuerySet(model, Query(model)).order_by("pk").values_list("pk", field.attname)
        found[f"{model._meta.db_table}.{field.column}"] = {str(pk): value for pk, value in rows if value not in ("", None)}
print(json.dumps(found, ensure_ascii=False, default=str))
"""
OLD = ("children_child.", "children_person.", "children_phone.", "children_change.")  # tables the version before has
CODE = re.compile("[a-z_.-]+")  # a code of ours stands in many columns
BLANK = ("papers_templatefile.layout", "papers_templatefile.ties")  # the printed words of an empty form: 姓名, 联系电话
ASKED = {"children_child.id_number", "children_phone.number", "children_child.address", "records_sealed.summary"}


def values(made: Installation) -> dict[str, dict[str, object]]:
    """Every sealed value as the program reads it, by column and row."""
    found: dict[str, dict[str, object]] = json.loads(made.python(VALUES))
    return found


def texts(value: object) -> set[str]:
    """The texts inside a value that are long enough to be told from chance."""
    if isinstance(value, dict):
        return set().union(*map(texts, value.values()))
    if isinstance(value, list):
        return set().union(*map(texts, value))
    told = isinstance(value, str) and len(value.encode()) > 8 and not CODE.fullmatch(value)
    return {str(value)} if told else set()


def given_away(told: dict[str, dict[str, object]], data: bytes) -> set[tuple[str, str]]:
    """The texts that stand in raw bytes after all."""
    return {
        (column, text)
        for column, rows in told.items()
        if column not in BLANK
        for text in texts(list(rows.values()))
        if text.encode() in data
    }


def raw(home: Path) -> bytes:
    return b"".join(path.read_bytes() for path in sorted(home.glob("oasis.sqlite3*")))


@pytest.fixture
def copy(village: Installation, tmp_path: Path) -> Installation:
    """The village again, to be changed."""
    shutil.copytree(village.home, tmp_path / "home")
    return Installation(tmp_path / "home")


def test_the_raw_file_holds_no_sensitive_value(village: Installation) -> None:
    told = values(village)
    assert all(told[column] for column in ASKED)
    data = raw(village.home)
    assert "柳".encode() in data, "names of places are not sealed, so the file is what we think"
    assert not given_away(told, data)
    assert stat.S_IMODE((village.home / "oasis_master_key.key").stat().st_mode) == 0o600


def test_a_cell_in_another_row_or_changed_does_not_open(copy: Installation) -> None:
    base = sqlite3.connect(copy.home / "oasis.sqlite3")
    (one, cell), (other, _cell) = base.execute("SELECT id, number FROM children_phone ORDER BY id LIMIT 2").fetchall()
    base.execute("UPDATE children_phone SET number = ? WHERE id = ?", [cell, other])
    base.commit()
    base.close()
    code = f"""
from oasis.kit.sealed import Tampered
from oasis.children.models import Phone
rows = Phone.objects.everywhere(why="a test looks")
print(len(rows.get(pk="{one}").number))
try:
    rows.get(pk="{other}")
except Tampered as wrong:
    print(wrong)
"""
    length, told = copy.python(code).split()
    assert length == "11"
    assert told == f"children.phone.number:{other}"


def test_without_the_master_key_nothing_opens(copy: Installation) -> None:
    (copy.home / "oasis_master_key.key").unlink()
    assert "不在" in copy("check").stdout
    (copy.home / "oasis_master_key.key").write_text("another key, long enough to be one")
    done = copy("check")
    assert done.returncode == 1
    assert "主密钥打不开" in done.stdout


def test_keys_are_changed_by_one_command_and_the_old_one_goes_after_a_day(copy: Installation) -> None:
    before, master = values(copy), (copy.home / "oasis_master_key.key").read_text()
    done = copy("rotate-key")
    assert done.returncode == 0, done.stdout + done.stderr
    assert values(copy) == before
    assert (copy.home / "oasis_master_key.key").read_text() != master
    base = sqlite3.connect(copy.home / "oasis.sqlite3")
    assert not base.execute("SELECT count(*) FROM children_phone WHERE number LIKE '1:%'").fetchone()[0]
    assert [row[0] for row in base.execute("SELECT number FROM kit_datakey")] == [1, 2]
    base.execute("UPDATE kit_datakey SET retired_at = '2020-01-01 00:00:00' WHERE number = 1")
    base.commit()
    assert copy("rotate-key", "--finish").returncode == 0
    assert [row[0] for row in base.execute("SELECT number FROM kit_datakey")] == [2]
    assert values(copy) == before


def test_a_rotation_that_was_stopped_is_finished(copy: Installation) -> None:
    before = values(copy)
    copy.python("""
from django.db import connection, transaction
from cryptography.hazmat.primitives.ciphers.aead import AESGCM
from oasis.children.models import Phone
from oasis.config.vault import rotating
from oasis.kit import keys, sealing
from oasis.kit.models import DataKey
rotating.new_master()
DataKey.objects.create(number=2, wrapped=keys.wrapped(2, AESGCM.generate_key(256), keys.masters()[0]))
keys.reload(connection)
sealing.CHUNK = 10
with transaction.atomic():
    sealing.rewrite(connection, Phone, sealing.renewed(connection))
""")
    assert values(copy) == before, "cells of two keys are read side by side"
    assert copy("rotate-key").returncode == 0
    base = sqlite3.connect(copy.home / "oasis.sqlite3")
    assert base.execute("SELECT count(*), min(number LIKE '2:%') FROM children_phone").fetchone()[1] == 1
    assert values(copy) == before


KILLED = """
import os
from oasis.config.vault import rotating
os.{at} = lambda *_: os._exit(0)
rotating.rotate(lambda *_: None)
raise SystemExit(1)
"""


@pytest.mark.parametrize("words", [(), ("--finish",)])
def test_a_kill_after_the_keys_are_wrapped_and_before_the_file_is_in_place_loses_nothing(
    copy: Installation, words: tuple[str, ...]
) -> None:
    before, old = values(copy), (copy.home / "oasis_master_key.key").read_text()
    copy.python(KILLED.format(at="replace"))
    waiting = (copy.home / "oasis_master_key.next").read_text()
    assert (copy.home / "oasis_master_key.key").read_text() == old, "killed where it was meant"
    done = copy("rotate-key", *words)
    assert done.returncode == 0, done.stdout + done.stderr
    assert (copy.home / "oasis_master_key.key").read_text() == waiting
    assert not (copy.home / "oasis_master_key.next").exists()
    assert values(copy) == before


def test_a_master_key_that_wraps_nothing_yet_is_used_not_written_over(copy: Installation) -> None:
    before, waiting = values(copy), "w" * 64
    (copy.home / "oasis_master_key.next").write_text(waiting)
    assert copy("rotate-key").returncode == 0
    assert (copy.home / "oasis_master_key.key").read_text() == waiting
    assert values(copy) == before


def test_a_master_key_in_the_environment_is_changed_only_after_a_restart_with_both(copy: Installation) -> None:
    before, old = values(copy), (copy.home / "oasis_master_key.key").read_text()
    alone = Installation(copy.home, OASIS_MASTER_KEY=old)("rotate-key")
    assert alone.returncode == 1
    assert "OASIS_MASTER_KEY_OLD" in alone.stdout
    both = Installation(copy.home, OASIS_MASTER_KEY="n" * 64, OASIS_MASTER_KEY_OLD=old)
    first = both("rotate-key")
    assert first.returncode == 1
    assert "重新启动" in first.stdout
    assert values(copy) == before, "nothing is wrapped anew for a server that knows the old key only"
    assert both("rotate-key", "--restarted").returncode == 0
    assert values(Installation(copy.home, OASIS_MASTER_KEY="n" * 64)) == before


def test_a_database_of_the_version_before_is_sealed_and_opened_again(copy: Installation) -> None:
    before = {column: rows for column, rows in values(copy).items() if column.startswith(OLD)}
    back = copy.run("oasis.config.manage", "migrate", "-v0", "children", "0003")
    assert back.returncode == 0, back.stderr
    base = sqlite3.connect(copy.home / "oasis.sqlite3")
    number, tail = base.execute("SELECT id_number, id_tail FROM children_child WHERE id_tail <> '' LIMIT 1").fetchone()
    assert number.endswith(tail)
    base.close()
    assert number.encode() in raw(copy.home)
    done = copy("rotate-key", "--finish")
    assert done.returncode == 0, done.stdout + done.stderr
    after = values(copy)
    assert {column: after[column] for column in before} == before
    assert not given_away(before, raw(copy.home)), "no page of the file keeps what stood there before"


def test_a_scan_is_sealed_in_the_file_and_comes_back_from_a_backup(copy: Installation, tmp_path: Path) -> None:
    copy.python("""
import datetime
from oasis.children.models import Child, Paper, PaperBody
child = Child.objects.everywhere(why="a test writes")[0]
paper = Paper.objects.create(
    school_id=child.school_id, child=child, kind="other", on=datetime.date(2026, 1, 2), media="application/pdf", size=9
)
PaperBody.objects.create(paper=paper, data=b"%PDF-secret words%%EOF" * 5000)
""")
    assert b"secret words" not in raw(copy.home)
    shutil.rmtree(copy.home / "backups")
    assert copy("backup").returncode == 0
    (backup,) = (copy.home / "backups").glob("*.oasis")
    other = Installation(tmp_path / "other")
    other.home.mkdir()
    shutil.copy(copy.home / "oasis_backup_key.key", other.home)
    done = other("restore", str(backup))
    assert done.returncode == 0, done.stdout + done.stderr
    told = other.python("""
from oasis.children.models import PaperBody
print(max(len(body.data) for body in PaperBody.objects.everywhere(why="a test reads")))
""")
    assert told.strip() == "110000"
    assert b"secret words" not in raw(other.home)
