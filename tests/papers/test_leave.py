"""Taking many children's data out: a leader's word, the mark, the lock, harmless cells."""

from collections.abc import Callable
from datetime import timedelta
from io import BytesIO

import docx
import openpyxl
import pytest
import pyzipper
from django.test import Client
from django.urls import reverse

from oasis.intake import actions as intake
from oasis.intake.files import refused_rows
from oasis.kit.refused import Refused
from oasis.papers.actions import export_place
from oasis.papers.forms import PAPERS
from oasis.papers.leave import ask_leave
from oasis.papers.marking import locked
from oasis.papers.places import place_of
from oasis.papers.shape import Export
from oasis.papers.spreadsheet import Column, Roster, roster_xlsx
from oasis.papers.statbook import Head, statbook
from oasis.papers.statistics import Sheet
from oasis.people import approvals
from oasis.people.models import AccessRules, Approval, Trail
from tests.world import TODAY, World

BAD = ("=cmd|' /C calc'!A0", "+1+1", "-2+3", "@SUM(A1)")
SENT = {"whom": "cared", "purpose": "report", "until_on": str(TODAY + timedelta(days=7))}


@pytest.fixture
def strict(world: World) -> World:
    AccessRules.objects.everywhere(why="a test").filter(school=world.schools["青河县"]).update(approve_exports=True)
    return world


def roster(world: World, who: str = "zhao") -> bytes:
    pk = world.klasses["三1"].pk
    return export_place(world.scope(who), paper="roster", place=pk, whom="cared", purpose="report", link=str).data


def asked(world: World, purpose: str = "按要求上报") -> Approval:
    place = place_of(world.schools["青河县"], world.klasses["三1"], TODAY)
    return ask_leave(
        world.scope("zhao"), paper=PAPERS.get("roster"), place=place, whom="cared", purpose=purpose,
        until_on=TODAY + timedelta(days=2),
    )  # fmt: skip


def test_a_teacher_asks_and_a_leader_s_word_opens_the_way_for_its_days(strict: World) -> None:
    with pytest.raises(Refused) as refused:
        roster(strict)
    assert refused.value.code == "leave"
    row = asked(strict)
    approvals.decide(strict.scope("li"), approval=row.pk, yes=True)
    assert roster(strict)
    late = strict.scope("zhao", TODAY + timedelta(days=3))
    with pytest.raises(Refused):
        export_place(late, paper="roster", place=strict.klasses["三1"].pk, whom="cared", purpose="report", link=str)


def test_the_word_holds_for_this_paper_and_these_children_only(strict: World) -> None:
    approvals.decide(strict.scope("li"), approval=asked(strict).pk, yes=True)
    for paper, whom in (("roster", "all"), ("registration", "cared"), ("plan", "cared")):
        with pytest.raises(Refused) as refused:
            export_place(
                strict.scope("zhao"), paper=paper, place=strict.klasses["三1"].pk, whom=whom, purpose="report", link=str
            )
        assert refused.value.code == "leave"


def test_the_word_holds_for_its_purpose_only(strict: World) -> None:
    approvals.decide(strict.scope("li"), approval=asked(strict).pk, yes=True)
    with pytest.raises(Refused) as refused:
        export_place(
            strict.scope("zhao"),
            paper="roster",
            place=strict.klasses["三1"].pk,
            whom="cared",
            purpose="archive",
            link=str,
        )
    assert refused.value.code == "leave"


def test_another_purpose_is_asked_for_while_the_first_still_waits(strict: World) -> None:
    first, second = asked(strict), asked(strict, "存档")
    with pytest.raises(Refused) as again:
        asked(strict, "存档")
    assert again.value.code == "asked-already"
    waits = {row.pk: row.purpose for row in approvals.waiting(strict.scope("li"))}
    assert waits == {first.pk: "按要求上报", second.pk: "存档"}


def test_a_refusal_opens_nothing(strict: World) -> None:
    approvals.decide(strict.scope("wu"), approval=asked(strict).pk, yes=False, answer="先核对再报")
    with pytest.raises(Refused):
        roster(strict)


def test_a_leader_gives_a_purpose_only_and_what_goes_home_needs_no_word(strict: World) -> None:
    assert roster(strict, "li")
    place = strict.klasses["三1"].pk
    assert export_place(
        strict.scope("zhao"), paper="cards", place=place, whom="cared", purpose="contact", link=str
    ).data.startswith(b"%PDF")


def test_what_needs_no_word_is_what_goes_home_and_a_list_of_names(strict: World) -> None:
    """THREATS.md and the handbook name these papers; a new one that gathers many children asks."""
    home = {"cards", "consent", "growth", "letter", "entrust", "invitation"}
    assert {paper.code for paper in PAPERS if not paper.gathers} == home | {"sign-in"}
    assert all(PAPERS.get(code).single for code in home)
    place = strict.klasses["三1"].pk
    for code in ("consent", "growth", "entrust"):
        assert export_place(strict.scope("zhao"), paper=code, place=place, whom="all", purpose="contact", link=str).data


def test_the_screens_lead_from_asking_to_the_file(strict: World, login: Callable[[str], Client]) -> None:
    zhao, place = login("zhao"), str(strict.klasses["三1"].pk)
    order = reverse("papers-order", kwargs={"paper": "roster"})
    assert "申请或下载" in zhao.get(order).text
    assert zhao.post(order, SENT | {"place": place})["Location"] == reverse("approvals")
    assert "已经提出过了" in zhao.post(order, SENT | {"place": place}).text
    row = Approval.objects.everywhere(why="a test").get()
    li = login("li")
    assert "导出多名孩子的信息" in li.get("/").text
    li.post(reverse("approval-decide", kwargs={"pk": row.pk}), {"yes": "1"})
    assert "去下载" in zhao.get(reverse("approvals")).text
    answer = zhao.post(order, SENT | {"place": place, "leaves": "on", "password": "下周一带到教育局"})
    assert "至少10个字符" in answer.text
    answer = zhao.post(order, SENT | {"place": place, "leaves": "on", "password": "下周一带到教育局去啊"})
    assert answer["Content-Type"] == "application/zip"
    deeds = Trail.objects.everywhere(why="a test").values_list("deed", flat=True)
    assert {"approval.ask", "approval.grant", "export.roster"} <= set(deeds)


def test_the_lock_is_aes_and_opens_with_the_password_only() -> None:
    closed = locked(Export("花名册.xlsx", "x", b"secret words"), "long-enough-1")
    assert closed.name == "花名册.zip"
    assert b"secret" not in closed.data
    with pyzipper.AESZipFile(BytesIO(closed.data)) as archive:
        archive.setpassword(b"long-enough-1")
        assert archive.read("花名册.xlsx") == b"secret words"
        assert archive.infolist()[0].wz_aes_strength == pyzipper.WZ_AES_256 if hasattr(pyzipper, "WZ_AES_256") else True
        archive.setpassword(b"wrong-password")
        with pytest.raises(RuntimeError):
            archive.read("花名册.xlsx")


@pytest.mark.parametrize("password", ["", "short", "1234567890123"])
def test_a_weak_password_is_refused(password: str) -> None:
    with pytest.raises(Refused):
        locked(Export("a.xlsx", "x", b""), password)


def test_every_file_says_who_took_it_out_and_when(world: World) -> None:
    book = openpyxl.load_workbook(BytesIO(roster(world)))
    assert "赵明霞" in book.active.oddFooter.left.text
    place = world.klasses["三1"].pk
    made = export_place(
        world.scope("zhao"), paper="registration", place=place, whom="cared", purpose="report", link=str
    )
    footer = docx.Document(BytesIO(made.data)).sections[0].footer
    assert any("赵明霞" in line.text and "导出" in line.text for line in footer.paragraphs)


def harmless(data: bytes) -> int:
    """Count the cells that begin like a formula, each a text marked as such."""
    found = 0
    for sheet in openpyxl.load_workbook(BytesIO(data)):
        for row in sheet.iter_rows():
            for cell in row:
                if str(cell.value or "")[:1] in ("=", "+", "-", "@"):
                    assert cell.data_type == "s", cell.coordinate
                    assert cell.quotePrefix, cell.coordinate
                    found += 1
    return found


def test_no_writer_of_spreadsheets_lets_a_formula_out(world: World) -> None:
    assert harmless(roster_xlsx(Roster(BAD[0], BAD, tuple(Column(bad) for bad in BAD), [BAD], BAD))) >= 8
    head = Head(*BAD[:4], BAD[0])
    sheet = Sheet("表", BAD[0], BAD, BAD, ((1, 2, 3, 4),) * 4)
    assert harmless(statbook(head, [sheet], BAD)) >= 10
    text = "姓名,班级,备注\n=cmd(),三1,+1\n@x,九9,-1\n".encode()
    batch = intake.preview(world.scope("li"), intake.receive(world.scope("li"), name="名册.csv", data=text))
    assert harmless(refused_rows(world.scope("li"), batch)) >= 2
