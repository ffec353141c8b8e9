"""帮扶计划表: a form a key child, with the parts that schools ask (domain.md 2.23)."""

from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import date
from uuid import UUID

from oasis.children.models import Assessment, PlanAction, PlanReview, Problem, RiskLevel
from oasis.children.plans import Sheet, sheets
from oasis.kit.dates import zh_full
from oasis.kit.refused import Refused
from oasis.papers.files import ChildFile, files_of
from oasis.papers.forms.base import Order, Paper
from oasis.papers.official.form import Entry, FormPage, forms_docx
from oasis.people.roles import Need
from oasis.people.scope import Scope

Row = tuple[Entry, ...]


@dataclass
class Known:
    """What the form says beside the plan."""

    level: RiskLevel | None = None
    assessment: Assessment | None = None
    problems: list[Problem] = field(default_factory=list)


def make(order: Order) -> bytes:
    """Fill the forms of those children of a place who have a plan; raises Refused when nobody has."""
    ids = [child.pk for child in order.children]
    plans, known = sheets(order.scope, ids, Need.EXPORT), _known(order.scope, ids)
    files = files_of(order.scope, [child for child in order.children if child.pk in plans], order.on)
    if not files:
        raise Refused("no-plan", "这里还没有帮扶计划。请先在孩子的“帮扶”页制定计划")
    pages = [page(file, plans[file.child.pk], known[file.child.pk], order.place.school.name) for file in files]
    return forms_docx("帮扶计划表", pages)


def page(file: ChildFile, sheet: Sheet, known: Known, school: str) -> FormPage:
    """Fill one form."""
    rows = (*_child(file, known), *_plan(sheet, known), *_goals(sheet), *_actions(sheet.actions), *_views(sheet))
    plan = sheet.plan
    return FormPage(
        title="重点帮扶对象帮扶计划表（一人一策）",
        above=(f"学校（盖章）：{school}", str(plan.term), f"制定日期：{zh_full(plan.from_on)}"),
        rows=rows,
        below=(
            "学生签字：＿＿＿＿",
            "家长（照护人）：＿＿＿＿",
            "责任人：＿＿＿＿",
            "德育主任：＿＿＿＿",
        ),
    )


def _child(file: ChildFile, known: Known) -> tuple[Row, ...]:
    child, carer = file.child, file.carer
    level = f"{known.level.get_level_display()}（{zh_full(known.level.on)}）" if known.level else ""
    return (
        (Entry("姓名", child.name), Entry("性别", child.get_sex_display()), Entry("班级", file.klass)),
        (
            Entry("照护人", carer.given if carer else ""),
            Entry("与儿童关系", carer.relation if carer else ""),
            Entry("联系电话", carer.phone if carer else ""),
        ),
        (Entry("关爱等级", level, 2, 4), Entry("帮扶教师", file.helper.name or file.homeroom.name, 2, 4)),
    )


def _plan(sheet: Sheet, known: Known) -> tuple[Row, ...]:
    found = "；".join(f"{row.get_kind_display()}：{row.what}" for row in known.problems)
    return (
        (Entry("五项需求", known.assessment.words() if known.assessment else "", 2, 10),),
        (Entry("发现的问题", found or "—", 2, 10),),
        (Entry("现状与需求", sheet.plan.situation, 2, 10),),
        (Entry("原因分析", sheet.plan.causes, 2, 10),),
    )


def _goals(sheet: Sheet) -> tuple[Row, ...]:
    return tuple(
        (
            Entry(f"目标{place}", f"{goal.get_lack_display()}：{goal.words}", 2, 6),
            Entry("达到日期", _day(goal.until_on)),
        )
        for place, goal in enumerate(sheet.goals, start=1)
    ) or ((Entry("目标", "", 2, 10),),)


def _actions(actions: Sequence[PlanAction]) -> tuple[Row, ...]:
    head = (
        Entry("", "方面", 0, 1), Entry("", "措施", 0, 5), Entry("", "责任人", 0, 2), Entry("", "期限", 0, 2), Entry("", "完成情况", 0, 2),
    )  # fmt: skip
    return (head, *(_action(one) for one in actions))


def _action(one: PlanAction) -> Row:
    state = f"{one.get_outcome_display()} {_day(one.done_on)} {one.done_words}".strip() if one.done_on else ""
    return (
        Entry("", one.get_area_display(), 0, 1), Entry("", one.words, 0, 5), Entry("", one.owner.name, 0, 2),
        Entry("", _day(one.due_on), 0, 2), Entry("", state, 0, 2),
    )  # fmt: skip


def _views(sheet: Sheet) -> tuple[Row, ...]:
    plan = sheet.plan
    closing = f"{plan.closing}（{plan.closed_by}，{_day(plan.closed_on)}）" if plan.closed_on else ""
    return (
        (Entry("孩子的想法", plan.child_view, 2, 10),),
        (Entry("家长意见", plan.carer_view, 2, 10),),
        (Entry("中期评估", _review(sheet.review("mid")), 2, 10),),
        (Entry("期末评估", _review(sheet.review("end")), 2, 10),),
        (Entry("结案意见", closing, 2, 10),),
    )


def _review(row: PlanReview | None) -> str:
    if row is None:
        return ""
    change = f"调整：{row.change}。" if row.change else ""
    words = row.words.rstrip("。")
    return f"{_day(row.on)} {row.get_progress_display()}。{words}。{change}（{row.by}）"


def _day(day: date | None) -> str:
    return f"{day.year}.{day.month}.{day.day}" if day else ""


def _known(scope: Scope, ids: list[UUID]) -> dict[UUID, Known]:
    """Read levels, assessments and open problems of children. Three queries."""
    found: dict[UUID, Known] = defaultdict(Known)
    for level in RiskLevel.objects.within(scope, Need.EXPORT).filter(child__in=ids).order_by("on", "pk"):
        found[level.child_id].level = level
    scored = Assessment.objects.within(scope, Need.EXPORT).filter(child__in=ids, replaced=False)
    for one in scored.order_by("on", "pk"):
        found[one.child_id].assessment = one
    for row in Problem.objects.within(scope, Need.EXPORT).filter(child__in=ids, closed_on__isnull=True):
        found[row.child_id].problems.append(row)
    return found


PAPER = Paper("plan", "帮扶计划表", "一人一策，给有计划的孩子各一份，留签字处", "docx", make, single=True, gathers=True)
