"""The house keeps its own rules: floors, sizes, open doors, migrations, names."""

import ast
import re
from collections.abc import Iterator
from pathlib import Path

import pytest
from django.apps import apps
from django.core.management import call_command
from django.db.models import ForeignKey

ROOT = Path(__file__).resolve().parents[2]
SOURCE = ROOT / "src" / "oasis"
FLOORS = (
    "kit",
    "places",
    "people",
    "children",
    "campus",
    "records",
    "duties",
    "figures",
    "alerts",
    "papers",
    "intake",
    "desk",
    "config",
)
DOOR = re.compile(r"everywhere\(|_base_manager|cursor\(")


def sources() -> Iterator[Path]:
    """Our Python files, without migrations."""
    return (path for path in sorted(SOURCE.rglob("*.py")) if "migrations" not in path.parts)


def test_foreign_keys_go_down() -> None:
    for model in apps.get_models():
        if not model.__module__.startswith("oasis."):
            continue
        own = FLOORS.index(model._meta.app_label)
        for field in model._meta.get_fields():
            if isinstance(field, ForeignKey) and field.related_model._meta.app_label in FLOORS:
                assert FLOORS.index(field.related_model._meta.app_label) <= own, f"{model.__name__}.{field.name}"


@pytest.mark.parametrize("path", [pytest.param(p, id=str(p.relative_to(SOURCE))) for p in sources()])
def test_files_and_functions_stay_small(path: Path) -> None:
    text = path.read_text()
    assert text.count("\n") <= 400
    tree = ast.parse(text)
    if text.count("\n") > 5:
        assert ast.get_docstring(tree), "a module opens with what it is for"
    for node in ast.walk(tree):
        if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef) and node.end_lineno:
            assert node.end_lineno - node.lineno <= 50, node.name


def test_templates_stay_small() -> None:
    for path in (SOURCE / "desk" / "templates").rglob("*.html"):
        assert path.read_text().count("\n") <= 200, path.name


def test_open_doors_are_on_the_list() -> None:
    found = sorted(
        f"{path.relative_to(SOURCE)}: {line.strip()}"
        for path in sources()
        for line in path.read_text().splitlines()
        if DOOR.search(line) and "def everywhere" not in line and "or everywhere(why=...)" not in line
    )
    listed = (ROOT / "tests" / "house" / "open_doors.txt").read_text().splitlines()
    assert found == listed, (
        "a new everywhere(), _base_manager or cursor(): justify it and list it in tests/house/open_doors.txt"
    )


@pytest.mark.django_db
@pytest.mark.usefixtures("steps")
def test_no_migration_is_missing() -> None:
    call_command("makemigrations", check=True, dry_run=True, verbosity=0)


def test_no_forbidden_files() -> None:
    for name in ("utils.py", "helpers.py", "services.py", "managers.py", "signals.py", "constants.py"):
        assert not list(SOURCE.rglob(name)), name


def test_every_screen_is_on_the_list_of_screens_that_do_not_see_one_another() -> None:
    listed = (ROOT / ".importlinter").read_text()
    screens = [path.stem for path in (SOURCE / "desk").glob("*.py") if re.search(r"^ROUTES\b", path.read_text(), re.M)]
    missing = [name for name in screens if name != "routes" and f"oasis.desk.{name}\n" not in listed]
    assert not missing


def test_screens_neither_filter_nor_save() -> None:
    asking = re.compile(r"\.(filter|exclude|annotate|aggregate|bulk_create|bulk_update|create|save|delete)\(")
    found = [
        f"{path.name}: {line.strip()}"
        for path in sorted((SOURCE / "desk").glob("*.py"))
        for line in path.read_text().splitlines()
        if asking.search(line) and "session" not in line
    ]
    assert not found, "a query belongs into queries.py of its room, a write into its actions"
