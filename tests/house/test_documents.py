"""What the documents say exists: links lead somewhere, settings and commands are all told."""

import re
from pathlib import Path

import pytest

from oasis.config.commands import app
from oasis.desk.nav import PLACES

ROOT = Path(__file__).resolve().parents[2]
OPERATIONS = ROOT / "docs/operations.md"
LINK = re.compile(r"\[[^\]]*\]\((?!https?:|mailto:|#)([^)#\s]+)")
VARIABLE = re.compile(r'"(OASIS_[A-Z_]+|DATABASE_URL)"')
PAPERS = sorted(path for folder in (ROOT, ROOT / "docs") for path in folder.glob("*.md")) + sorted(
    path for folder in ("docs/adr", "docs/handbook") for path in (ROOT / folder).glob("*.md")
)


@pytest.mark.parametrize("paper", PAPERS, ids=lambda path: str(path.relative_to(ROOT)))
def test_every_link_of_a_document_leads_to_a_file(paper: Path) -> None:
    missing = [target for target in LINK.findall(paper.read_text("utf-8")) if not (paper.parent / target).exists()]
    assert missing == []


def test_every_environment_variable_is_told() -> None:
    sources = [*(ROOT / "src/oasis/config").rglob("*.py")]
    used = {name for path in sources for name in VARIABLE.findall(path.read_text("utf-8"))}
    told = OPERATIONS.read_text("utf-8")
    assert [name for name in sorted(used) if f"`{name}`" not in told] == []


def test_every_command_is_told() -> None:
    told = OPERATIONS.read_text("utf-8")
    names = [command.name or command.callback.__name__ for command in app.registered_commands if command.callback]
    assert [name for name in names if f"`oasis {name}" not in told and f"`{name} " not in told] == []


def test_every_entry_of_the_menu_is_in_the_handbook() -> None:
    told = (ROOT / "docs/handbook/README.md").read_text("utf-8")
    assert [place.label for place in PLACES if place.label not in told] == []
    linked = set(LINK.findall(told))
    assert (
        sorted(path.name for path in (ROOT / "docs/handbook").glob("*.md") if path.name not in linked | {"README.md"})
        == []
    )
