"""The text of filled papers, compared with what was read and approved; UPDATE_TEXTS=1 writes it anew to be read again."""

import os
from datetime import date
from io import BytesIO
from pathlib import Path

import docx
import openpyxl
import pytest
from docx.table import Table
from docx.text.paragraph import Paragraph

from oasis.children.models import Away
from oasis.papers.actions import export_place
from oasis.papers.places import place_of
from oasis.papers.summary.drafting import begin
from oasis.papers.summary.export import export_summary
from oasis.records.models import Record
from tests.world import TODAY, World

EXPECTED = Path(__file__).parent / "expected"


def agreed(name: str, text: str) -> None:
    path = EXPECTED / f"{name}.txt"
    if os.environ.get("UPDATE_TEXTS"):
        path.write_text(text + "\n")
    assert text + "\n" == path.read_text()


def read_word(data: bytes) -> str:
    lines = []
    for block in docx.Document(BytesIO(data)).iter_inner_content():
        if isinstance(block, Paragraph):
            lines.append(block.text)
        elif isinstance(block, Table):
            lines += [
                "|".join(texts(cell) for cell in row.iterchildren("{*}tc")) for row in block._tbl.iterchildren("{*}tr")
            ]
    return "\n".join(lines)


def texts(cell: object) -> str:
    return "".join(node.text or "" for node in cell.iter("{*}t"))  # type: ignore[attr-defined]


def read_sheet(data: bytes) -> str:
    page = openpyxl.load_workbook(BytesIO(data)).active
    return "\n".join("|".join(str(cell.value or "") for cell in row) for row in page.iter_rows())


@pytest.fixture
def busy(world: World) -> World:
    """The world after some weeks of work."""
    lin, chenhao, he = (world.children[key] for key in ("lin", "chenhao", "he"))
    Away.objects.create(
        school=lin.school,
        person=world.persons["lin_father"],
        since_on=date(2025, 2, 1),
        province="浙江省",
        city="宁波市",
        work="电工",
    )
    for child, kind, on, outcome in (
        (lin, "visit", date(2026, 9, 12), "done"), (chenhao, "visit", date(2026, 9, 13), "done"),
        (lin, "visit", date(2026, 11, 1), "done"), (lin, "talk", date(2026, 9, 20), "done"),
        (lin, "talk", date(2026, 10, 20), "done"), (chenhao, "talk", date(2026, 10, 21), "done"),
        (lin, "family-call", date(2026, 9, 20), "done"), (lin, "family-call", date(2026, 10, 20), "done"),
        (chenhao, "family-letter", date(2026, 11, 2), "done"), (lin, "carer-contact", date(2026, 10, 8), "done"),
        (chenhao, "carer-contact", date(2026, 10, 9), "no-answer"), (he, "talk", date(2026, 10, 30), "done"),
        (he, "tutoring", date(2026, 10, 31), "done"),
    ):  # fmt: skip
        Record.objects.create(
            school=child.school, child=child, kind=kind, happened_on=on, outcome=outcome, by=world.users["zhao"]
        )
    return world


@pytest.mark.parametrize(("name", "who", "klass"), [("summary_class", "zhao", "三1"), ("summary_school", "li", None)])
def test_the_summary_reads_as_approved(name: str, who: str, klass: str | None, busy: World) -> None:
    scope, school = busy.scope(who), busy.schools["青河县"]
    draft = begin(scope, place=place_of(school, busy.klasses[klass] if klass else None, TODAY), period="t2026-1")
    agreed(name, read_word(export_summary(scope, draft=draft).data))


@pytest.mark.parametrize(("paper", "read"), [("roster", read_sheet), ("registration", read_word)])
def test_the_form_is_filled_as_approved(paper: str, read: object, busy: World) -> None:
    export = export_place(
        busy.scope("zhao"), paper=paper, place=busy.klasses["三1"].pk, whom="cared", purpose="archive", link=str
    )
    agreed(paper, read(export.data))  # type: ignore[operator]
