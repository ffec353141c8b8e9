"""A roster in and a summary out by the command line, as one of the school's people."""

from pathlib import Path

import pytest
from docx import Document

from tests.program import Oasis

pytestmark = pytest.mark.program

ROSTER = """\
三年级1班学生名单
姓名,性别,出生年月,班级
林晓月,女,2017-05-03,三年级1班
何小山,男,2017年6月,三年级1班
,男,,三年级1班
"""


@pytest.fixture(scope="module")
def oasis(tmp_path_factory: pytest.TempPathFactory) -> Oasis:
    """A program with the village school of the demo."""
    made = Oasis(tmp_path_factory.mktemp("work"))
    filled = made("demo", "--size", "village")
    assert filled.returncode == 0, filled.stderr
    assert "banzhuren" in filled.stdout
    return made


def test_a_roster_comes_in_once_and_says_what_it_left_out(oasis: Oasis, tmp_path: Path) -> None:
    file = tmp_path / "名单.csv"
    file.write_bytes(ROSTER.encode("gbk"))
    first = oasis("import", str(file), "--as", "xiaozhang", "--yes")
    assert first.returncode == 0, first.stdout + first.stderr
    assert "新增 2" in first.stdout
    assert "没有写姓名" in first.stdout
    assert "林晓月" not in first.stdout + first.stderr
    again = oasis("import", str(file), "--as", "xiaozhang", "--yes")
    assert "没有要写入的内容" in again.stdout


@pytest.mark.parametrize("who", ["keren", "nobody-of-this-name"])
def test_who_may_not_import_in_the_browser_may_not_here(oasis: Oasis, tmp_path: Path, who: str) -> None:
    file = tmp_path / "roster.csv"
    file.write_text(ROSTER, encoding="utf-8")
    assert oasis("import", str(file), "--as", who, "--yes").returncode == 1


def test_a_summary_is_written_for_the_class_of_the_teacher(oasis: Oasis, tmp_path: Path) -> None:
    made = oasis("summary", "--as", "banzhuren", "--to", str(tmp_path))
    assert made.returncode == 0, made.stdout + made.stderr
    [file] = tmp_path.glob("*.docx")
    assert "留守" not in file.name
    assert len(Document(str(file)).paragraphs) > 20
    refused = oasis("summary", "--as", "banzhuren", "--class", "全校", "--to", str(tmp_path))
    assert refused.returncode == 1
    assert "可以选" in refused.stdout


def test_the_demo_goes_without_a_trace_and_never_mixes(oasis: Oasis) -> None:
    assert "不是空的" in oasis("demo").stdout
    assert oasis("demo", "--clear").returncode == 0
    check = oasis("check")
    assert "演示账号" not in check.stdout
    assert "oasis init" in check.stdout
