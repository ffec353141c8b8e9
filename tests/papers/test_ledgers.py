"""Ledgers and slips of the school's own work: each prints from the demo in every file type; who may; each leaves its line."""

from collections.abc import Callable
from datetime import timedelta
from io import BytesIO

import docx
import pytest
from django.test import Client
from django.urls import reverse

from oasis.campus.actions.goods import take_in
from oasis.campus.models import Activity, Meeting, Movement, Scrap
from oasis.children.access import scope_of
from oasis.config import demo
from oasis.kit.ids import new_id
from oasis.papers.ledgers import LEDGERS, SLIPS
from oasis.papers.ledgers.handing import export_ledger, export_slip, open_to
from oasis.people.models import Trail, User
from oasis.people.roles import Need
from tests.house.samples.ledgers import lin_fell
from tests.house.samples.organisation import a_meeting
from tests.house.samples.work import a_scrap, an_activity
from tests.world import TODAY, World

WHY = "a test looks"
Login = Callable[[str], Client]


def words(data: bytes) -> str:
    return "\n".join(
        node.text or "" for node in docx.Document(BytesIO(data)).element.body.iter() if node.tag.endswith("}t")
    )


def test_every_ledger_prints_what_the_demo_holds(world: World) -> None:
    demo.build("village", on=TODAY)
    scope = scope_of(User.objects.get(username="xiaozhang"), TODAY)
    school = next(iter(scope.arms[0].ids))
    assert [one.code for one in open_to(scope)] == [*LEDGERS.codes]
    for entry in LEDGERS:
        days = {"from_on": TODAY - timedelta(days=120), "to_on": TODAY}
        said = words(export_ledger(scope, code=entry.code, school=school, ending="docx", **days).data)
        assert entry.nil not in said, entry.code
        assert "留守" not in said, entry.code


@pytest.mark.parametrize("code", LEDGERS.codes)
def test_an_empty_ledger_says_so_and_leaves_a_line(world: World, code: str) -> None:
    school = world.schools["青河县"].pk
    said = words(
        export_ledger(world.scope("li"), code=code, school=school, from_on=TODAY, to_on=TODAY, ending="docx").data
    )
    assert LEDGERS.get(code).nil in said
    line = Trail.objects.everywhere(why=WHY).get(deed="export.ledger")
    assert line.detail == code


def test_each_post_prints_its_own_ledgers(world: World) -> None:
    own = {who: {one.need for one in open_to(world.scope(who))} for who in ("zheng", "zhou", "zhao", "sun", "wang")}
    assert own == {
        "zheng": {Need.BOARDING}, "zhou": {Need.ACTIVITY, Need.STOCK}, "zhao": set(), "sun": set(), "wang": set(),
    }  # fmt: skip


def test_the_slips_print_and_a_stranger_gets_none(world: World) -> None:
    school = world.schools["青河县"]
    given = take_in(
        world.scope("zhou"),
        id=new_id(),
        school=school,
        name="书包",
        unit="个",
        quantity=5,
        source="donated",
        donor="新华书店",
        receipt="7号",
    )
    bought = take_in(world.scope("zhou"), id=new_id(), school=school, name="笔", unit="支", quantity=5, source="school")
    scrap, minutes, art = (make(world)["pk"] for make in (a_scrap, a_meeting, an_activity))
    rows = {
        "incident": lin_fell(world)["pk"],
        "donation": given.pk,
        "scrap": scrap,
        "minutes": minutes,
        "activity": art,
    }
    assert rows.keys() | {"screening"} == set(SLIPS.codes)
    expected = {
        "incident": "跑时摔倒",
        "donation": "新华书店",
        "scrap": "断了腿",
        "minutes": "都说了",
        "activity": "艺术节",
    }
    for code, pk in rows.items():
        made = export_slip(world.scope("zhao" if code == "incident" else "zhou"), code=code, pk=pk, ending="docx")
        assert made
        assert expected[code] in words(made.data)
        assert export_slip(world.scope("feng"), code=code, pk=pk, ending="pdf") is None
        pdf = export_slip(world.scope("li"), code=code, pk=pk, ending="pdf")
        assert pdf
        assert pdf.data[:4] == b"%PDF"
    assert export_slip(world.scope("zhou"), code="donation", pk=bought.pk, ending="pdf") is None
    assert export_slip(world.scope("zhao"), code="donation", pk=given.pk, ending="pdf") is None
    counted = {
        model.__name__: model.objects.everywhere(why=WHY).count() for model in (Activity, Meeting, Movement, Scrap)
    }
    assert counted == {"Activity": 1, "Meeting": 1, "Movement": 2, "Scrap": 1}


def test_the_scrap_form_has_three_lines_to_sign(world: World) -> None:
    made = export_slip(world.scope("li"), code="scrap", pk=a_scrap(world)["pk"], ending="docx")
    assert made
    assert words(made.data).count("签名：") == 3


def test_a_ledger_is_asked_for_in_the_browser(world: World, login: Login) -> None:
    zheng = login("zheng")
    assert "宿舍安排表" in zheng.get(reverse("ledgers")).text
    assert "隐患排查台账" not in zheng.get(reverse("ledgers")).text
    where = reverse("ledger", kwargs={"code": "dorm-beds"})
    sent = {"school": str(world.schools["青河县"].pk), "from_on": str(TODAY), "to_on": str(TODAY), "ending": "pdf"}
    assert zheng.post(where, sent)["Content-Type"] == "application/pdf"
    assert zheng.post(where, sent | {"leaves": "on", "password": "short"}).status_code == 422
