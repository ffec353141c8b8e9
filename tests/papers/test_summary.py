"""A work summary says what the records say, keeps what people write, and tells what changed since."""

import re
import time
from datetime import date
from io import BytesIO

import docx
import pytest

from oasis.children.actions.status import set_status
from oasis.children.models import Child
from oasis.figures.catalogue import FIGURES
from oasis.kit.ids import new_id
from oasis.kit.refused import Refused
from oasis.papers.models import Draft, Paragraph, Wording
from oasis.papers.places import place_of
from oasis.papers.summary import drafting
from oasis.papers.summary.citing import changed, pieces, restored
from oasis.papers.summary.export import export_summary
from oasis.papers.summary.facts import facts_of
from oasis.papers.summary.outcomes import AREAS, LACKS
from oasis.people.models import Trail
from oasis.people.roles import Need
from oasis.records.models import Record
from tests.figures.chance import fill, spring
from tests.world import TODAY, World

HARSH = ("问题儿童", "畸形", "差生", "品质低下", "心态不良", "后进生")


def begun(world: World, who: str = "zhao", klass: str | None = "三1", period: str = "t2026-1") -> Draft:
    school = world.schools["青河县"]
    place = place_of(school, world.klasses[klass] if klass else None, TODAY)
    return drafting.begin(world.scope(who), place=place, period=period)


def texts(world: World, draft: Draft, who: str = "li") -> dict[str, str]:
    rows = Paragraph.objects.within(world.scope(who), Need.SUMMARY).filter(draft=draft)
    return {row.key: row.text for row in rows}


def row_of(world: World, draft: Draft, key: str, who: str = "zhao") -> Paragraph:
    return Paragraph.objects.within(world.scope(who), Need.SUMMARY).select_related("draft__school", "draft__klass").get(
        draft=draft, key=key
    )  # fmt: skip


def record(world: World, child: str, kind: str, on: date = TODAY) -> Record:
    kid = world.children[child]
    return Record.objects.create(
        school=kid.school, child=kid, kind=kind, happened_on=on, by=world.users["zhao"], outcome="done"
    )


def test_a_class_without_records_is_not_praised(world: World) -> None:
    said = texts(world, begun(world))
    assert said["contact.visits"] == "本学期还没有家访的记录。"
    assert "results.covered" not in said, "nor blamed where it should say what came of its work"
    assert "还有2名孩子一次也没有家访到，期初有2人没有家访" in said["problems.lacks"]
    assert "先走访还没有去过的家庭" in said["plans.steps"]
    assert "还没有留下关爱工作的记录" in said["foreword"]


@pytest.mark.parametrize(("who", "klass"), [("zhao", "三1"), ("li", None)])
def test_a_dozen_lacks_are_told_as_a_few_problems(world: World, who: str, klass: str | None) -> None:
    said = texts(world, begun(world, who, klass))
    for part in ("problems.lacks", "plans.steps"):
        points = [line for line in said[part].splitlines() if line.startswith("（")]
        assert [line[:3] for line in points] == ["（一）", "（二）", "（三）", "（四）", "（五）"][: len(points)]
        assert 4 <= len(points) <= 5
        assert all(line.endswith("。") for line in points)
    assert {lack.area for lack in LACKS} == {area.code for area in AREAS}


def test_what_was_done_is_told_and_no_longer_lacking(world: World) -> None:
    for child in ("lin", "chenhao"):
        record(world, child, "visit", date(2026, 9, 10))
    record(world, "lin", "talk")
    said = texts(world, begun(world))
    assert said["contact.visits"].startswith("本学期家访2人次。应家访的孩子2人，都至少家访一次。其中，期初2人")
    assert said["pairing.talks"] == "本学期与孩子谈心1人次，谈到1名孩子，占50%。"
    assert "家访（2人）覆盖到每名孩子，每人至少一次" in said["results.covered"]
    assert "家访" not in said["problems.lacks"]


def test_who_came_late_is_not_among_every_child_and_is_planned_for(world: World) -> None:
    set_status(world.scope("zhao"), world.children["yang"], on=TODAY, left_behind=2, civil=False)
    for child in ("lin", "chenhao"):
        record(world, child, "visit", date(2026, 9, 10))
    said = texts(world, begun(world))
    assert "家访应做到的2人，每人至少一次，另有1人登记得晚，还没有轮到" in said["results.covered"]
    assert "每名孩子" not in said["results.covered"]
    assert "登记得晚、还没有轮到的孩子，尽早安排：谈心1人、家访1人" in said["plans.steps"]


def test_children_whose_sex_nobody_wrote_are_not_lost_in_the_sum(world: World) -> None:
    assert "没有登记性别" not in texts(world, begun(world))["basics.kinds"]
    Child.objects.everywhere(why="a test").filter(pk=world.children["lin"].pk).update(sex="")
    said = texts(world, begun(world, "li", None))["basics.kinds"]
    assert re.search(r"[男女]生\d+人，其余没有登记性别", said), said


@pytest.mark.parametrize("seed", range(6))
@pytest.mark.parametrize(("who", "klass"), [("zhao", "三1"), ("li", None)])
def test_every_number_in_the_text_is_a_figure_of_the_records(
    seed: int, who: str, klass: str | None, world: World
) -> None:
    spring(world)
    fill(world, seed)
    draft = begun(world, who, klass)
    facts = facts_of(world.scope(who), draft)
    for row in Paragraph.objects.within(world.scope(who), Need.SUMMARY).filter(draft=draft):
        figures = restored(row.figures)
        found = [piece.figure for piece in pieces(row.text, figures) if piece.figure]
        assert found == figures, row.text
        assert all(facts.present(one.code, one.period) == one.value for one in figures)
        assert changed(figures, facts) == []
        assert not any(word in row.text for word in HARSH)
        assert not re.search(r"。。|，，|；；|，。|None|\{", row.text), row.text


def test_every_lack_is_a_figure() -> None:
    assert all(lack.code in FIGURES for lack in LACKS)


def test_a_figure_that_changed_is_shown_and_the_paragraph_can_be_drafted_anew(world: World) -> None:
    record(world, "lin", "visit")
    draft, zhao = begun(world), world.scope("zhao")
    record(world, "chenhao", "visit")
    row = row_of(world, draft, "contact.visits")
    news = changed(restored(row.figures), facts_of(zhao, draft))
    assert {(one.figure.code, one.figure.shown, one.now) for one in news} >= {("visit-parts", "1", "2")}
    again = drafting.draft_anew(zhao, paragraph=row, version=row.version)
    assert again.text.startswith("本学期家访2人次")
    assert changed(restored(again.figures), facts_of(zhao, draft)) == []


def test_two_people_never_overwrite_one_another(world: World) -> None:
    draft = begun(world)
    row = row_of(world, draft, "foreword")
    drafting.save_paragraph(world.scope("zhao"), paragraph=row, version=1, text="赵老师写的")
    with pytest.raises(drafting.Overtaken) as caught:
        drafting.save_paragraph(world.scope("li"), paragraph=row, version=1, text="校长写的")
    assert (caught.value.theirs.text, caught.value.mine) == ("赵老师写的", "校长写的")
    drafting.save_paragraph(world.scope("li"), paragraph=row, version=2, text="两人商量的")
    assert row_of(world, draft, "foreword").text == "两人商量的"


def test_an_earlier_wording_comes_back(world: World) -> None:
    draft, zhao = begun(world), world.scope("zhao")
    row = row_of(world, draft, "foreword")
    first = row.text
    drafting.save_paragraph(zhao, paragraph=row, version=1, text="改过的")
    back = drafting.go_back(zhao, paragraph=row_of(world, draft, "foreword"), version=2, to=1)
    assert (back.text, back.version) == (first, 3)
    assert [one.text for one in Wording.objects.within(zhao, Need.SUMMARY).filter(paragraph=row)] == ["改过的", first]


def test_refreshing_leaves_alone_what_a_person_wrote(world: World) -> None:
    draft, zhao = begun(world), world.scope("zhao")
    drafting.save_paragraph(zhao, paragraph=row_of(world, draft, "foreword"), version=1, text="自己写的开头")
    own = drafting.add_paragraph(zhao, draft=draft, section="results", id=new_id(), text="自己加的一段")
    record(world, "lin", "visit")
    assert drafting.refresh(zhao, draft=draft) > 0
    said = texts(world, draft)
    assert (said["foreword"], said[own.key]) == ("自己写的开头", "自己加的一段")
    assert said["contact.visits"].startswith("本学期家访1人次")
    assert drafting.refresh(zhao, draft=draft) == 0


def test_the_same_paragraph_added_twice_is_there_once(world: World) -> None:
    draft, key = begun(world), new_id()
    for _ in range(2):
        drafting.add_paragraph(world.scope("zhao"), draft=draft, section="results", id=key, text="一段")
    assert sum(text == "一段" for text in texts(world, draft).values()) == 1
    with pytest.raises(Refused, match="empty"):
        drafting.add_paragraph(world.scope("zhao"), draft=draft, section="results", id=new_id(), text="  ")


def test_a_draft_begun_twice_is_one(world: World) -> None:
    assert begun(world) == begun(world)
    assert begun(world, "li", "三1") == begun(world)


def test_another_teacher_sees_no_draft(world: World) -> None:
    draft = begun(world)
    for who in ("qian", "sun", "feng", "wei", "wang", "zheng"):
        assert not Draft.objects.within(world.scope(who), Need.SUMMARY).filter(pk=draft.pk).exists()
    with pytest.raises(Refused):
        begun(world, "qian", "三1", "y2026")


def test_a_month_has_no_summary(world: World) -> None:
    with pytest.raises(Refused):
        begun(world, period="m2026-11")


def test_the_word_file_has_numbered_parts_and_the_tables(world: World) -> None:
    record(world, "lin", "visit")
    draft, li = begun(world, "li", None), world.scope("li")
    drafting.save_paragraph(li, paragraph=row_of(world, draft, "leading", "li"), version=1, text="")
    export = export_summary(li, draft=draft)
    document = docx.Document(BytesIO(export.data))
    heads = [p.text for p in document.paragraphs if p.style.name.startswith("Heading")]
    assert heads[:4] == ["一、基本情况", "二、主要做法", "（一）摸清底数，建立档案", "（二）结对帮扶，谈心关爱"]
    assert heads[-3:] == ["三、工作成效", "四、存在问题", "五、下一步打算"]
    cells = [[cell.text for cell in row.cells] for row in document.tables[0].rows]
    assert cells[0][:3] == ["班级", "在校学生", "留守儿童"]
    assert cells[-1][:3] == ["合计", "4", "3"]
    assert [row[0] for row in cells[1:-1]] == ["三（1）班", "三（2）班"]
    assert "留守" not in export.name
    line = Trail.objects.everywhere(why="a test looks").order_by("-seq").first()
    assert line is not None
    assert (line.deed, line.detail) == ("export.summary", "t2026-1")


def test_a_year_is_told_without_months(world: World) -> None:
    spring(world)
    record(world, "lin", "family-call")
    said = texts(world, begun(world, period="y2026"))
    assert said["contact.parents"].startswith("本学年帮助孩子与父母通话（视频）1人次。")
    assert "按月看" not in said["contact.parents"]


def test_a_visit_that_was_owed_to_fewer_says_to_how_many(world: World) -> None:
    set_status(world.scope("zhao"), world.children["yang"], on=date(2026, 10, 20), left_behind=2, civil=False)
    for child in ("lin", "chenhao", "yang"):
        record(world, child, "visit", date(2026, 11, 5))
    said = texts(world, begun(world))["contact.visits"]
    assert (
        said
        == "本学期家访3人次。应家访的孩子3人，都至少家访一次。其中，期初0人（应家访的2人），期中3人（应家访的3人）。"
    )


def test_a_school_of_a_thousand_is_drafted_quickly(world: World) -> None:
    fill(world, 1, count=300)
    began = time.perf_counter()
    begun(world, "li", None)
    assert time.perf_counter() - began < 10  # a broad limit; the bench measures


def test_the_word_file_says_when_figures_changed_since_the_text(world: World) -> None:
    record(world, "lin", "visit")
    draft, li = begun(world, "li", None), world.scope("li")
    first = "\n".join(p.text for p in docx.Document(BytesIO(export_summary(li, draft=draft).data)).paragraphs)
    assert "待核对" not in first
    record(world, "he", "visit")
    after = "\n".join(p.text for p in docx.Document(BytesIO(export_summary(li, draft=draft).data)).paragraphs)
    assert "正文写好以后，有" in after
    assert "现为" in after
    drafting.refresh(li, draft=draft)
    again = "\n".join(p.text for p in docx.Document(BytesIO(export_summary(li, draft=draft).data)).paragraphs)
    assert "待核对" not in again
