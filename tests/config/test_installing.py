"""The command line of the person who installs: init, then check."""

import shutil
from pathlib import Path

import pytest

from tests.config.installation import Installation
from tests.program import Oasis

pytestmark = pytest.mark.program

SCHOOL = ("init", "--school", "新溪小学", "--name", "王立新", "--username", "admin")


@pytest.fixture
def oasis(tmp_path: Path) -> Oasis:
    return Oasis(tmp_path)


@pytest.fixture(scope="module")
def tables(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A data folder with tables and no school, as a first start leaves it."""
    home = tmp_path_factory.mktemp("tables")
    Installation(home).lay()
    return home


@pytest.fixture
def started(tables: Path, tmp_path: Path) -> Oasis:
    """A program started before and never founded."""
    return Oasis(Path(shutil.copytree(tables, tmp_path / "home")))


def test_init_makes_the_school_once(oasis: Oasis) -> None:
    first = oasis(*SCHOOL, OASIS_ADMIN_PASSWORD="river-stone-41")
    assert first.returncode == 0, first.stderr
    assert "river-stone-41" not in first.stdout, "a given password is not repeated on the screen"
    again = oasis(*SCHOOL, OASIS_ADMIN_PASSWORD="river-stone-41")
    assert again.returncode == 1
    assert "已经有学校或账号" in again.stdout


@pytest.mark.parametrize(
    ("words", "told"),
    [
        (("--password", "12345"), "密码"),
        (("--term", "autumn"), "2026-1"),
        (("--term", "2026-1", "--starts", "2026-09-01", "--ends", "2026-09-20"), "日期要依次排列"),
    ],
)
def test_a_refused_init_leaves_nothing_behind(started: Oasis, words: tuple[str, ...], told: str) -> None:
    refused = started(*SCHOOL, *words)
    assert refused.returncode == 1, refused.stdout + refused.stderr
    assert told in refused.stdout
    assert started(*SCHOOL).returncode == 0


def test_check_is_content_after_init_and_names_what_must_be_mended(oasis: Oasis) -> None:
    before = oasis("check")
    assert before.returncode == 1
    assert "oasis up" in before.stdout
    oasis(*SCHOOL)
    key = oasis.home / "oasis_data_key.key"
    key.chmod(0o644)
    open_key = oasis("check", OASIS_DEBUG="1")
    assert open_key.returncode == 1
    assert "chmod 600" in open_key.stdout
    assert "OASIS_DEBUG" in open_key.stdout
    key.chmod(0o600)
    after = oasis("check")
    assert "须处理" not in after.stdout, after.stdout
    assert after.returncode == 0
