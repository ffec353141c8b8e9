"""家访记录表: a page a visit, filled from the record, with lines for the parents to sign (domain.md 2.10)."""

from collections.abc import Sequence

from oasis.papers.files import ChildFile
from oasis.papers.forms.base import Order
from oasis.papers.forms.told import dotted, files, form_paper, told
from oasis.papers.official.form import Entry
from oasis.papers.sheets.shape import Grid, Line, Section, Title
from oasis.records.kinds import KINDS
from oasis.records.models import Record
from oasis.records.wording import choice_words

VISIT = KINDS.get("visit")


def sections(order: Order) -> Sequence[Section]:
    """Give a page for every visit of the term that took place."""
    rows = {
        child: [row for row in visits if row.outcome == Record.Outcome.DONE]
        for child, visits in told(order, ("visit",)).items()
    }
    here = files(order, {child for child, visits in rows.items() if visits})
    return [_page(file, row, order.place.school.name) for file in here for row in rows[file.child.pk]]


def _page(file: ChildFile, row: Record, school: str) -> Section:
    said = dict(VISIT.lines(row))
    child, carer = file.child, file.carer
    teachers = "、".join(part for part in (str(row.by), said.get("同行教师", "")) if part)
    return Section(
        (
            Title("家访记录表"),
            Line((f"学校：{school}", f"班级：{file.klass}")),
            Grid(
                (
                    (Entry("学生姓名", child.name), Entry("性别", child.get_sex_display()), Entry("家访日期", dotted(row.happened_on))),
                    (
                        Entry("家访教师", teachers), Entry("家访类型", said.get("家访类型", "")),
                        Entry("家访方式", choice_words(VISIT, "channel", row.channel)),
                    ),
                    (
                        Entry("见到的人", choice_words(VISIT, "with_whom", row.with_whom)), Entry("照护人", carer.name if carer else ""),
                        Entry("联系电话", carer.phone if carer else ""),
                    ),
                    (Entry("家庭住址", child.address, 2, 10),),
                    (Entry("家里的情况", row.summary, 2, 10),),
                    (Entry("与父母联系", said.get("孩子与父母的联系", ""), 2, 10),),
                    (Entry("安全隐患", said.get("安全隐患", "") or "没有发现", 2, 10),),
                    (Entry("家长的意见和建议", said.get("家长的意见和建议", ""), 2, 10),),
                    (Entry("达成的约定", said.get("达成的约定", ""), 2, 10),),
                    (Entry("需要帮助的事", said.get("需要帮助的事", ""), 2, 10),),
                    (Entry("回访日期", dotted(row.next_step_on), 2, 10),),
                )
            ),
            Line(("家长（照护人）签字：＿＿＿＿＿＿", "家访教师签字：＿＿＿＿＿＿", "日期：＿＿＿＿")),
        )
    )  # fmt: skip


PAPER = form_paper("visit-form", "家访记录表", "本学期每次家访一页，留家长签字处", sections, history=True)
