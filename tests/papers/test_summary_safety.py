"""Children kept at school, dangers, accidents and screenings in summary and plan: told as they are, secret ones not at all."""

from datetime import date, datetime, timedelta
from typing import Any

import pytest

from oasis.campus.models import Dropout, Hazard, Incident, IncidentNotice, Persuasion, Screening
from oasis.kit.dates import CHINA
from oasis.papers.models import Draft, Paragraph
from oasis.papers.places import place_of
from oasis.papers.summary import drafting
from oasis.people.roles import Need
from tests.world import TODAY, World

AT = datetime(2026, 11, 3, 23, 30, tzinfo=CHINA)
SINCE = date(2026, 11, 2)


def said(world: World, who: str = "li", klass: str | None = None, kind: str = "summary") -> dict[str, str]:
    place = place_of(world.schools["青河县"], world.klasses[klass] if klass else None, TODAY)
    draft = drafting.begin(world.scope(who), place=place, period="t2026-1", kind=Draft.Kind(kind).value)
    rows = Paragraph.objects.within(world.scope(who), Need.SUMMARY).filter(draft=draft)
    return {row.key: row.text for row in rows}


def base(world: World, child: str = "lin") -> dict[str, Any]:
    return {"school": world.schools["青河县"], "by": world.users["zhao"], "child": world.children[child]}


def hazard(world: World, **told: Any) -> None:
    usual = {"child": None, "found_on": SINCE, "sort": "water", "where": "池塘", "due_on": TODAY + timedelta(days=3)}
    Hazard.objects.create(**{**base(world), **usual, **told}, owner=world.users["li"])


@pytest.fixture
def troubled(world: World) -> World:
    """A child away and visited once, a danger past its day, one at home, an accident not closed."""
    case = Dropout.objects.create(**base(world), absent_from=SINCE, opened_on=SINCE, reason="weary")
    Persuasion.objects.create(**base(world), dropout=case, on=SINCE, who="赵明霞", result="agreed")
    hazard(world, due_on=TODAY - timedelta(days=1))
    hazard(world, child=world.children["lin"], sort="alone")
    row = Incident.objects.create(**base(world), number="1", sort="fall", happened_at=AT, found_at=AT)
    IncidentNotice.objects.create(**base(world), incident=row, step="guardian", told_at=AT)
    return world


def test_nothing_on_record_is_neither_praised_nor_passed_over(world: World) -> None:
    told = said(world)
    assert told["safety.hazards"] == "【待补：安全隐患排查和整改的情况】"
    assert {"safety.schooling", "safety.incidents", "safety.screening"}.isdisjoint(told)
    assert "safety.hazards" not in said(world, "zhao", "三1"), "a class has no school to look over"


def test_a_school_tells_what_is_open_among_its_problems(troubled: World) -> None:
    told = said(troubled)
    assert told["safety.schooling"] == "控辍保学方面，发现可能辍学的学生1人次，劝返1人次，还没有返校的1人。"
    assert told["safety.hazards"] == "排查校园安全隐患1处，校园隐患还有1处没有销号；登记孩子家里、路上的隐患1处，孩子家里、路上的隐患还有1处没有消除。"  # fmt: skip
    assert (
        told["safety.incidents"] == "登记安全事件1起，通知到监护人1起，还没有结案的安全事件1起（按规定保密的不在内）。"
    )
    for words in ("有1名学生可能辍学，还没有返校", "校园里有1处隐患过了期限还没有整改", "有1起安全事件还没有结案"):
        assert words in told["problems.lacks"]
    assert "每周上门劝返" in told["plans.steps"]


def test_a_class_tells_of_its_own_children(troubled: World) -> None:
    told = said(troubled, "zhao", "三1")
    assert "还没有返校的1人" in told["safety.schooling"]
    assert told["safety.hazards"].startswith("登记孩子家里、路上的隐患1处")
    assert "校园里" not in told["problems.lacks"]


def test_the_plan_answers_what_is_open(troubled: World) -> None:
    told = said(troubled, kind="plan")["plan.daily"]
    for words in (
        "开学前上门劝返",
        "校园里有1处隐患过了期限没有整改",
        "孩子家里、路上有1处隐患没有消除",
        "由校领导结案",
    ):
        assert words in told


def test_only_what_is_mended_to_the_last_is_said_to_be(world: World) -> None:
    hazard(world, fixed_on=TODAY, closed_on=TODAY)
    Screening.objects.create(
        school=world.schools["青河县"], by=world.users["feng"], on=TODAY, scale="量表", about="三年级", organiser="冯", took=40, red=2
    )  # fmt: skip
    told = said(world)
    assert told["safety.hazards"] == "排查校园安全隐患1处，都已整改，复查合格。"
    assert told["safety.screening"] == "开展心理筛查1次，参加40人次。"
    assert "隐患" not in told["problems.lacks"]


def test_what_may_be_a_crime_is_in_no_paper(world: World) -> None:
    for sort in Hazard.DELICATE:
        hazard(world, child=world.children["lin"], sort=sort)
    Incident.objects.create(**base(world), number="1", sort="bullying", happened_at=AT, found_at=AT)
    for told in (said(world), said(world, kind="plan"), said(world, "zhao", "三1")):
        assert "安全事件" not in "".join(told.values())
        assert "家里、路上" not in "".join(told.values())
