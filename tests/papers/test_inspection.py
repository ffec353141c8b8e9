"""The inspection package: only for leaders, made whole, masked when asked, gaps named, handed out once made, dropped later."""

import io
import re
import zipfile
from collections.abc import Callable
from datetime import timedelta
from io import BytesIO

import docx
import pytest
import time_machine
from django.test import Client

from oasis.kit.ids import new_id
from oasis.kit.refused import Refused
from oasis.papers.files import ChildFile
from oasis.papers.inspection.building import dossiers, forget_old, order_dossier, take_out
from oasis.papers.inspection.masking import mask_of
from oasis.papers.models import Dossier
from oasis.people.models import Trail
from oasis.records.actions import write_record
from oasis.records.kinds import KINDS
from tests.world import TODAY, World

pytestmark = pytest.mark.django_db


def made(world: World, *, masked: bool = True, who: str = "li") -> Dossier:
    scope = world.scope(who)
    row = order_dossier(scope, school=world.schools["青河县"], purpose="秋季督导", masked=masked, samples=2)
    return Dossier.objects.everywhere(why="a test").get(pk=row.pk)


def archive_words(data: bytes) -> dict[str, str]:
    found = {}
    with zipfile.ZipFile(io.BytesIO(data)) as archive:
        for name in archive.namelist():
            if name.endswith(".docx"):
                document = docx.Document(BytesIO(archive.read(name)))
                nodes = [node.text or "" for node in document.element.body.iter() if node.tag.endswith("}t")]
                found[name] = "\n".join(nodes)
    return found


def test_all_sixteen_items_are_in_it_with_what_is_missing(world: World) -> None:
    row = made(world)
    assert (row.state, row.done) == ("done", row.total)
    assert bytes(row.pdf)[:4] == b"%PDF"
    words = archive_words(bytes(row.archive))
    assert len(words) == 16
    assert "还缺：领导小组没有组长" in words["01领导小组分工.docx"]
    assert "系统里还没有这一项的材料" in words["14经费物资.docx"]
    assert "没有疑似辍学、辍学的学生" in words["13控辍保学.docx"]
    assert "还缺：2026年10月的控辍保学月报还没有报" in words["13控辍保学.docx"]


def test_names_numbers_and_addresses_are_hidden_unless_asked(world: World) -> None:
    hidden, shown = ("\n".join(archive_words(bytes(made(world, masked=yes).archive)).values()) for yes in (True, False))
    for secret in ("林晓晓", "陈浩", "黄桂英", "19900000003", world.children["lin"].id_number):
        assert secret not in hidden
        assert secret in shown
    assert "林某某" in hidden
    assert "孙丽" in hidden


def test_numbers_are_hidden_however_they_are_written_and_days_stay(world: World) -> None:
    child = world.children["lin"]
    child.village_phone = "661-234"
    mask = mask_of([ChildFile(child, "三1")])
    for said in (
        "5551234",
        "0839-5551234",
        "139 1234 5678",
        "0839－5551234",
        "13912345678",
        "661234",
        "661 234",
        "2026-11-24 5551234",
    ):
        assert not re.search(r"5551|1234", mask(said)), said
    assert "234" not in mask("661 234") + mask("5551234")
    for said in (
        "2026-11-24",
        "2025-2026学年",
        "2026-11-24 08:30",
        "2026-11-24 2026-12-01",
        "支出1234567元",
        "共120人",
        "2026",
    ):
        assert mask(said) == said


def test_what_is_sealed_never_comes_into_it(world: World) -> None:
    fields = KINDS.get("talk").sample | {"happened_on": TODAY, "summary": "只给心理老师", "confidential": True}
    write_record(world.scope("zhao"), id=new_id(), kind="talk", children=[world.children["lin"]], fields=fields)
    assert all(
        "只给心理老师" not in words for words in archive_words(bytes(made(world, masked=False).archive)).values()
    )


def test_only_leaders_order_it_and_only_who_ordered_takes_it_out(world: World) -> None:
    for who in ("zhao", "feng"):
        with pytest.raises(Refused):
            made(world, who=who)
    with pytest.raises(Refused, match="purpose"):
        order_dossier(world.scope("li"), school=world.schools["青河县"], purpose=" ", masked=True, samples=2)
    row = made(world)
    assert take_out(world.scope("li"), dossier=row.pk, ending="zip").name.endswith(".zip")
    assert Trail.objects.everywhere(why="a test").filter(deed="export.inspection").count() == 1
    with pytest.raises(Refused):
        take_out(world.scope("wu"), dossier=row.pk, ending="pdf")


def test_it_is_dropped_after_its_days(world: World) -> None:
    made(world)
    assert forget_old() == 0
    with time_machine.travel("2026-12-20T02:00:00+00:00", tick=False):
        assert dossiers(world.scope("li", TODAY + timedelta(days=27))) == []
        assert forget_old() == 1


def test_it_is_ordered_and_taken_out_on_the_screen(world: World, login: Callable[[str], Client]) -> None:
    client = login("li")
    asked = {"purpose": "秋季督导", "masked": "on", "samples": "1"}
    assert client.post("/papers/inspection/", asked).status_code == 302
    page = client.get("/papers/inspection/").content.decode()
    assert "已做好" in page
    row = Dossier.objects.everywhere(why="a test").get()
    sent = client.post(f"/papers/inspection/{row.pk}/take/", {"ending": "pdf"})
    assert b"".join(sent)[:4] == b"%PDF" if sent.streaming else sent.content[:4] == b"%PDF"
    assert client.post("/papers/inspection/", {"purpose": ""}).status_code == 422
    assert login("zhao").get("/papers/inspection/").status_code == 404
