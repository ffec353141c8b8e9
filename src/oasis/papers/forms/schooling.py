"""控辍保学台账: every child who stayed away this school year, each attempt, the written reports, the day it was back (domain.md 2.29)."""

from collections import defaultdict
from datetime import date
from uuid import UUID

from oasis.campus.models import Dropout, Persuasion
from oasis.children.models import Child
from oasis.kit.dates import school_year, zh_full
from oasis.papers.forms.base import Order
from oasis.papers.forms.told import Table, dotted, list_paper
from oasis.papers.places import place_of
from oasis.papers.sheets.shape import Listing
from oasis.people.roles import Need

COLUMNS = {
    "序号": 0.7, "班级": 1.3, "姓名": 1.3, "学籍号": 3.3, "状态": 1.2, "缺勤起日": 1.6, "原因": 1.5, "劝返记录（日期、人、方式、结果）": 4.6,
    "报告教育局": 1.6, "报告乡镇": 1.6, "复学日期": 1.6,
}  # fmt: skip
_SIGN = ("填表人：＿＿＿＿＿", "审核人：＿＿＿＿＿", "校长：＿＿＿＿＿")
NOBODY = "本学年没有疑似辍学、辍学的学生"


def ledger(order: Order) -> Table:
    """Give the cases of the school year; with nobody away the sheet says so, for a nil report is asked for too."""
    year = school_year(order.on)
    known = {child.pk: child for child in order.children}
    rows = Dropout.objects.within(order.scope, Need.EXPORT).filter(
        child__in=known, absent_from__range=(date(year, 8, 1), order.on)
    )
    cases = list(rows.order_by("absent_from", "pk"))
    tries = _tries(order, [case.pk for case in cases])
    cells = tuple(
        _row(n, case, known[case.child_id], tries[case.pk], order.on) for n, case in enumerate(cases, start=1)
    )
    empty = ((*("—",) * 7, NOBODY, "—", "—", "—"),)
    above = (
        f"学校（盖章）：{order.place.school.name}", order.place.label, f"{year}—{year + 1}学年度", f"填表日期：{zh_full(order.on)}", f"共{len(cells)}人",
    )  # fmt: skip
    return Table("控辍保学工作台账", above, Listing(tuple(COLUMNS), cells or empty, tuple(COLUMNS.values())), _SIGN)


def _tries(order: Order, cases: list[UUID]) -> dict[UUID, list[Persuasion]]:
    found: dict[UUID, list[Persuasion]] = defaultdict(list)
    for row in Persuasion.objects.within(order.scope, Need.EXPORT).filter(dropout__in=cases):
        found[row.dropout_id].append(row)
    return found


def _row(number: int, case: Dropout, child: Child, tries: list[Persuasion], on: date) -> tuple[str, ...]:
    told = "；".join(f"{dotted(one.on)} {one.who} {one.get_way_display()} {one.get_result_display()}" for one in tries)
    back = dotted(case.ended_on) if case.state == Dropout.State.BACK else "—"
    return (
        str(number), place_of(child.school, child.klass, on).name, child.name, child.student_no, case.get_state_display(), dotted(case.absent_from),
        case.get_reason_display(), told or "—", " ".join((dotted(case.bureau_on), case.bureau_no)).strip() or "—",
        " ".join((dotted(case.township_on), case.township_no)).strip() or "—", back,
    )  # fmt: skip


PAPER = list_paper(
    "dropout-ledger",
    "控辍保学台账",
    "没有来上学的孩子：缺勤起日、原因、劝返、书面报告、复学；没有的出零报告",
    ledger,
    history=True,
)
