"""Forms of the term: filled from open records, one page a visit or child, lists with their signs; refusals; no sealed word."""

from datetime import timedelta
from io import BytesIO

import docx
import openpyxl
import pytest

from oasis.kit.ids import new_id
from oasis.kit.refused import Refused
from oasis.papers.actions import export_child, export_place
from oasis.papers.forms import PAPERS
from oasis.people.models import AccessRules
from oasis.records.actions import write_record
from oasis.records.kinds import KINDS
from tests.world import TODAY, World

pytestmark = pytest.mark.django_db
LOGS = {
    "visit-form": "visit", "talk-form": "talk", "contact-log": "family-call", "carer-log": "carer-contact", "tutoring-log": "tutoring",
    "help-log": "talk",
}  # fmt: skip


def wrote(world: World, kind: str, child: str = "lin", who: str = "zhao", **changed: object) -> None:
    fields = KINDS.get(kind).sample | {"happened_on": TODAY - timedelta(days=3)} | changed
    write_record(world.scope(who), id=new_id(), kind=kind, children=[world.children[child]], fields=fields)


def made(world: World, paper: str, ending: str = "docx", who: str = "zhao", place: str = "三1") -> bytes:
    return export_place(
        world.scope(who),
        paper=paper,
        place=world.klasses[place].pk,
        whom="all",
        purpose="inspection",
        link=str,
        ending=ending,
    ).data


def words(data: bytes) -> str:
    document = docx.Document(BytesIO(data))
    cells = [node.text or "" for table in document.tables for node in table._tbl.iter() if node.tag.endswith("}t")]
    return "\n".join([paragraph.text for paragraph in document.paragraphs] + cells)


@pytest.mark.parametrize("paper", LOGS)
def test_a_form_is_filled_from_the_records_in_every_file_type(world: World, paper: str) -> None:
    sample = KINDS.get(LOGS[paper]).sample
    wrote(world, LOGS[paper])
    said = words(made(world, paper))
    assert "林晓晓" in said
    assert str(sample.get("summary", "视频")) in said
    for ending in PAPERS.get(paper).endings:
        assert len(made(world, paper, ending)) > 3000


@pytest.mark.parametrize("paper", LOGS)
def test_without_records_there_is_no_empty_form(world: World, paper: str) -> None:
    with pytest.raises(Refused, match="nothing"):
        made(world, paper)


def test_what_is_sealed_is_in_no_form(world: World) -> None:
    wrote(world, "talk", summary="只给心理老师", confidential=True)
    wrote(world, "talk", summary="聊了周末")
    for paper in ("talk-form", "help-log"):
        said = words(made(world, paper))
        assert "聊了周末" in said
        assert "只给心理老师" not in said


def test_a_list_names_every_pair_and_prints_as_a_workbook(world: World) -> None:
    book = openpyxl.load_workbook(BytesIO(made(world, "pairing-list", "xlsx")))
    rows = [[str(cell.value or "") for cell in row] for row in book.active]
    assert any("林晓晓" in row and "孙丽" in row for row in rows)


def test_the_key_children_are_listed_with_their_carer(world: World) -> None:
    said = words(made(world, "key-list"))
    assert "林晓晓" in said
    assert "黄桂英" in said
    assert "陈浩" not in said


def test_one_child_gets_a_notice_of_entrusted_care(world: World) -> None:
    notice = export_child(world.scope("zhao"), paper="entrust", child=world.children["lin"], link=str)
    assert "黄桂英" in words(notice.data)


def test_forms_of_many_children_ask_for_a_leaders_word(world: World) -> None:
    AccessRules.objects.everywhere(why="a test").filter(school=world.schools["青河县"]).update(approve_exports=True)
    wrote(world, "visit")
    with pytest.raises(Refused, match="leave"):
        made(world, "visit-form")
    assert made(world, "visit-form", who="li")


def test_another_class_gets_nothing(world: World) -> None:
    wrote(world, "visit")
    with pytest.raises(Refused, match="out-of-reach"):
        made(world, "visit-form", who="qian")
