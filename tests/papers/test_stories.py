"""Needs, problems, letters and meetings in the summary with their figures; stories without names."""

from collections.abc import Callable
from datetime import timedelta

import pytest
from django.test import Client

from oasis.campus.actions.letters import mark_sent, write_letter
from oasis.campus.models import LetterCopy
from oasis.children.actions.assessing import assess
from oasis.children.actions.problems import close_problem, find_problem
from oasis.kit.ids import new_id
from oasis.kit.refused import Refused
from oasis.papers.models import Draft, Paragraph
from oasis.papers.places import place_of
from oasis.papers.summary import drafting
from oasis.papers.summary.citing import pieces, restored
from oasis.papers.summary.facts import facts_of
from oasis.papers.summary.stories import candidates, note_looks, tell_stories
from oasis.people.models import Trail
from oasis.people.roles import Need
from oasis.records.actions import write_record
from oasis.records.kinds import KINDS
from oasis.records.models import Record
from tests.world import TODAY, World

pytestmark = pytest.mark.django_db


def begun(world: World, who: str = "zhao", klass: str | None = "三1") -> Draft:
    place = place_of(world.schools["青河县"], world.klasses[klass] if klass else None, TODAY)
    return drafting.begin(world.scope(who), place=place, period="t2026-1")


def paragraph(world: World, draft: Draft, key: str) -> Paragraph:
    return Paragraph.objects.within(world.scope("li"), Need.SUMMARY).get(draft=draft, key=key)


def wrote(world: World, summary: str, child: str = "lin", **changed: object) -> Record:
    fields = KINDS.get("talk").sample | {"happened_on": TODAY - timedelta(days=5), "summary": summary} | changed
    (row,) = write_record(
        world.scope("zhao"), id=new_id(), kind="talk", children=[world.children[child]], fields=fields
    )
    return row


def test_needs_and_problems_stand_in_the_summary_with_figures_that_open(world: World) -> None:
    scope, lin = world.scope("zhao"), world.children["lin"]
    scores = {"life": 0, "conduct": 0, "study": 2, "morals": 0, "safety": 1}
    assess(scope, lin, term=world.terms["青河县"], on=TODAY, scores=dict.fromkeys(scores, 2))
    assess(scope, lin, term=world.terms["青河县"], on=TODAY, scores=scores)
    find_problem(scope, lin, kind="mood", what="话少", evidence="谈心")
    close_problem(scope, find_problem(scope, lin, kind="marks", what="偏科", evidence="单元测"), result="赶上来了")
    draft = begun(world)
    needs = paragraph(world, draft, "files.needs")
    assert needs.text.endswith("五项需求，其中学习辅导有欠缺的1人、安全保障有欠缺的1人。")
    figures = [piece.figure.code for piece in pieces(needs.text, restored(needs.figures)) if piece.figure]
    assert figures == ["assessed", "need-study", "need-safety"]
    said = paragraph(world, draft, "files.problems").text
    assert said == "正在跟进问题的孩子1人，本学期有问题得到解决的孩子1人。"
    lacks = paragraph(world, draft, "problems.lacks").text
    assert "有1名重点帮扶对象还没有帮扶计划" in lacks
    assert "有1名孩子还没有评估五项需求" in lacks
    assert "一人一策" in paragraph(world, draft, "plans.steps").text


def test_letters_stand_in_the_summary_and_old_periods_know_nothing_of_them(world: World) -> None:
    letter = write_letter(
        world.scope("li"), term=world.terms["青河县"], part="term-end", title="信", text="您好", issued_on=TODAY, send_by=TODAY,
        reply_by=TODAY,
    )  # fmt: skip
    copies = [row.pk for row in LetterCopy.objects.everywhere(why="a test").filter(child__klass=world.klasses["三1"])]
    mark_sent(world.scope("zhao"), letter=letter, copies=copies, way="child", on=TODAY)
    draft = begun(world)
    assert paragraph(world, draft, "contact.home").text == "面向留守儿童家庭，发出致家长的信2封。"
    assert facts_of(world.scope("zhao"), draft).value("letter-answered") == 0


def test_a_story_names_nobody(world: World) -> None:
    row = wrote(world, "林晓晓说晓晓想妈妈周玉兰，孙丽老师陪她和陈浩打电话19900000002，何静怡也在，说是五（1）班的事。")
    draft = begun(world)
    told = tell_stories(world.scope("zhao"), draft=draft, records=[row.pk])
    assert told.text.startswith("中年级一名学生，")
    for name in ("林晓晓", "晓晓", "周玉兰", "孙丽", "陈浩", "19900000002", "三（1）", "何静怡", "五（1）"):
        assert name not in told.text
    assert "孩子说孩子想妈妈家人" in told.text
    assert "【待补" not in paragraph(world, draft, "results.cases").text


def test_sealed_records_and_other_classes_are_no_stories(world: World) -> None:
    shut = wrote(world, "只给心理老师", confidential=True)
    draft, other = begun(world), begun(world, "qian", "三2")
    row = wrote(world, "聊了周末")
    shown = candidates(world.scope("zhao"), draft)
    assert [one.text for one in shown] == ["聊了周末"]
    note_looks(world.scope("zhao"), draft, shown)
    assert Trail.objects.everywhere(why="a test").filter(deed="record.look", child=world.children["lin"].pk).exists()
    assert candidates(world.scope("qian"), other) == []
    for records, where, who in (([shut.pk], draft, "zhao"), ([row.pk], other, "qian"), ([], draft, "zhao")):
        with pytest.raises(Refused, match="stories"):
            tell_stories(world.scope(who), draft=where, records=records)


def test_stories_are_chosen_on_the_screen(world: World, login: Callable[[str], Client]) -> None:
    row = wrote(world, "聊了周末")
    draft = begun(world)
    client, there = login("zhao"), f"/papers/summary/{draft.pk}/stories/"
    assert "聊了周末" in client.get(there).content.decode()
    looks = Trail.objects.everywhere(why="a test counts").filter(deed="record.look", detail="stories")
    assert looks.count() == 1
    assert client.post(there, {"records": [str(row.pk)]}).status_code == 302
    assert looks.count() == 1, "an answer that leads on shows nothing"
    assert client.post(there, {"records": []}).status_code == 422
    assert looks.count() == 2
    assert login("qian").get(there).status_code == 404
