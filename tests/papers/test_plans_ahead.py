"""工作计划: a document of its own for the term that follows, drafted from what the records lack."""

import importlib
from collections.abc import Callable
from io import BytesIO

import docx
import pytest
from django.apps import apps
from django.test import Client
from django.urls import reverse

from oasis.figures.catalogue import FIGURES
from oasis.papers.models import Draft, Paragraph
from oasis.papers.places import place_of
from oasis.papers.summary import drafting
from oasis.papers.summary.export import export_summary
from oasis.papers.summary.facts import facts_of
from oasis.papers.summary.planning import CHAPTERS, following
from oasis.people.roles import Need
from tests.world import TODAY, World

Login = Callable[[str], Client]


def begun(world: World, who: str, klass: str | None = None) -> Draft:
    school = world.schools["青河县"]
    place = place_of(school, world.klasses[klass] if klass else None, TODAY)
    return drafting.begin(world.scope(who), place=place, period="t2026-1", kind=Draft.Kind.PLAN)


def texts(world: World, draft: Draft) -> dict[str, str]:
    rows = Paragraph.objects.within(world.scope("li"), Need.SUMMARY).filter(draft=draft)
    return {row.key: row.text for row in rows}


@pytest.mark.parametrize(
    ("period", "told"),
    [("t2026-1", "2026—2027学年度第二学期"), ("t2026-2", "2027—2028学年度第一学期"), ("y2026", "2027—2028学年")],
)
def test_a_plan_is_for_what_follows(period: str, told: str) -> None:
    assert following(period) == told


def test_a_plan_answers_what_the_records_lack_and_stands_beside_the_summary(world: World) -> None:
    plan = begun(world, "zhao", "三1")
    place = place_of(plan.school, plan.klass, TODAY)
    summary = drafting.begin(world.scope("zhao"), place=place, period="t2026-1")
    assert plan.pk != summary.pk
    assert plan.title.endswith("第二学期关爱留守儿童工作计划")
    said = texts(world, plan)
    assert "还有2名孩子没有有效的监护人（照护人）确认记录，开学后20个上课日内逐一确认" in said["plan.files"]
    assert "每月一次的有亲情通话或书信、监护人联系" in said["plan.goals"]
    assert "五是" not in said["plan.goals"]
    assert "plan.leading" not in said, "a class has no leading group"
    assert begun(world, "zhao", "三1").pk == plan.pk


def test_every_number_of_a_plan_is_a_figure_that_opens(world: World) -> None:
    plan = begun(world, "li")
    facts = facts_of(world.scope("li"), plan)
    rows = Paragraph.objects.within(world.scope("li"), Need.SUMMARY).filter(draft=plan)
    cited = [figure for row in rows for figure in row.figures]
    assert cited
    assert all(facts.present(one["code"], one["period"]) == one["value"] for one in cited)
    assert all(lack.code in FIGURES for lacks, _ in CHAPTERS.values() for lack in lacks)


def test_the_word_file_has_the_parts_of_a_plan_and_no_tables(world: World) -> None:
    plan = begun(world, "li")
    made = export_summary(world.scope("li"), draft=plan)
    document = docx.Document(BytesIO(made.data))
    lines = [one.text for one in document.paragraphs]
    for head in (
        "一、指导思想",
        "二、工作目标",
        "三、主要措施",
        "（一）加强领导，健全制度",
        "四、时间安排",
        "五、工作要求",
    ):
        assert head in lines
    assert not document.tables
    assert "工作计划" in made.name
    assert "留守" not in made.name


def test_a_plan_is_begun_and_edited_on_the_screen(world: World, login: Login) -> None:
    client, klass = login("zhao"), world.klasses["三1"]
    sent = client.post(reverse("paper-summary-new"), {"kind": "plan", "place": str(klass.pk), "period": "t2026-1"})
    shown = client.get(sent["Location"]).content.decode()
    assert "班级工作计划" in shown
    assert "2026—2027学年度第二学期" in shown
    assert "从记录里选两三个事例" not in shown
    plan = Draft.objects.within(world.scope("zhao"), Need.SUMMARY).get(kind="plan")
    row = Paragraph.objects.within(world.scope("zhao"), Need.SUMMARY).get(draft=plan, key="plan.steps")
    client.post(reverse("paper-paragraph", kwargs={"pk": row.pk}), {"version": row.version, "text": "按月安排。"})
    assert "按月安排。" in client.get(sent["Location"]).content.decode()
    assert "工作计划" in client.get(reverse("papers")).content.decode()
    assert login("qian").get(sent["Location"]).status_code == 404


def test_going_back_to_the_tables_of_before_leaves_a_class_one_draft_a_period(world: World) -> None:
    """Migration 0003 is taken back only after 0005 was: then the old rule holds again."""
    plan = begun(world, "zhao", "三1")
    summary = drafting.begin(
        world.scope("zhao"), place=place_of(plan.school, plan.klass, TODAY), period=plan.period, kind=Draft.Kind.SUMMARY
    )
    step = importlib.import_module("oasis.papers.migrations.0005_plans_leave_first")
    assert step.Migration.operations[0].reversible
    step.drop_plans(apps, None)
    assert list(Draft.objects.everywhere(why="a test").values_list("pk", flat=True)) == [summary.pk]
