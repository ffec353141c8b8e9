"""谈心谈话记录表: a child's talks of the term under one another; confidential ones are never printed (domain.md 2.9)."""

from collections.abc import Sequence

from oasis.papers.files import ChildFile
from oasis.papers.forms.base import Order
from oasis.papers.forms.told import OPEN, dotted, files, form_paper, told
from oasis.papers.official.form import Entry
from oasis.papers.sheets.shape import Grid, Line, Section, Title
from oasis.records.kinds import KINDS
from oasis.records.models import Record

TALK = KINDS.get("talk")


def sections(order: Order) -> Sequence[Section]:
    """Give a section a child who had a talk this term."""
    rows = told(order, ("talk",))
    return [_section(file, rows[file.child.pk], order.place.school.name) for file in files(order, rows.keys())]


def _section(file: ChildFile, talks: list[Record], school: str) -> Section:
    head = (
        f"学校：{school}",
        f"班级：{file.klass}",
        f"学生：{file.child.name}",
        f"帮扶教师：{file.helper.name or file.homeroom.name}",
    )
    return Section(
        (
            Title("谈心谈话记录表"),
            Line(head),
            *(_talk(row) for row in talks),
            Line((OPEN, "检查人：＿＿＿＿＿", "检查日期：＿＿＿＿")),
        )
    )


def _talk(row: Record) -> Grid:
    said = dict(TALK.lines(row))
    return Grid(
        (
            (
                Entry("谈话日期", dotted(row.happened_on)),
                Entry("谈话教师", str(row.by)),
                Entry("谈话原因", said.get("谈话原因", "")),
            ),
            (Entry("内容要点", row.summary, 2, 10),),
            (
                Entry("孩子的想法", said.get("孩子的想法或心愿", ""), 2, 6),
                Entry("孩子的情绪", said.get("孩子的情绪", "")),
            ),
            (Entry("问题和建议", said.get("发现的问题和建议", ""), 2, 10),),
            (
                Entry("是否转介", said.get("是否需要转介", "") or "否", 2, 6),
                Entry("回访日期", dotted(row.next_step_on)),
            ),
        )
    )


PAPER = form_paper("talk-form", "谈心谈话记录表", "一个孩子一份，本学期的谈心；保密的不印", sections, history=True)
