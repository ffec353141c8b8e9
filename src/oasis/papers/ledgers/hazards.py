"""隐患排查台账: places and children at home, with who mends what until when and what the second look found (domain.md 2.20)."""

from collections import defaultdict
from uuid import UUID

from oasis.campus.models import Hazard, HazardCheck
from oasis.papers.forms.told import dotted
from oasis.papers.ledgers.base import Asked, Filled, Ledger
from oasis.people.roles import Need

COLUMNS = {
    "排查日期": 1.5, "排查人": 1.3, "对象": 2.2, "隐患类别": 1.5, "等级": 0.9, "描述": 3.4, "整改措施": 3, "责任人": 1.3, "期限": 1.5,
    "整改完成": 1.5, "复查结果": 2.4,
}  # fmt: skip


def _fill(asked: Asked, *, homes: bool) -> Filled:
    rows = Hazard.objects.within(asked.scope, Need.GUIDE).filter(
        school=asked.school, child__isnull=not homes, found_on__range=(asked.from_on, asked.to_on)
    )
    found = list(rows.select_related("by", "owner", "child").order_by("found_on", "pk"))
    looks: dict[UUID, list[HazardCheck]] = defaultdict(list)
    for row in HazardCheck.objects.within(asked.scope, Need.GUIDE).filter(hazard__in=[one.pk for one in found]):
        looks[row.hazard_id].append(row)
    names = asked.klasses()
    cells = []
    for one in found:
        whom = f"{names.get(one.child.klass_id, '')}{one.child.name}" if one.child else one.where
        delicate = homes and one.sort in Hazard.DELICATE
        words = "（保密，见台账原件）" if delicate else one.words
        cells.append(
            (
                dotted(one.found_on), str(one.by or ""), whom, "其他" if delicate else one.get_sort_display(), one.get_level_display(), words,
                "（保密）" if delicate else one.measure, one.owner.name, dotted(one.due_on), dotted(one.fixed_on) or "—",
                "；".join(_look(row, quiet=delicate) for row in looks[one.pk]) or "—",
            )
        )  # fmt: skip
    return Filled(cells, frozenset(one.child_id for one in found if one.child_id))


def _look(row: HazardCheck, *, quiet: bool) -> str:
    return f"{dotted(row.on)}{'合格' if row.passed else '不合格'}{'，' + row.words if row.words and not quiet else ''}"


HAZARDS = Ledger(
    "hazards", "隐患排查台账（校园）", "校园和周边的隐患、措施、责任人、期限、复查", Need.GUIDE, COLUMNS, lambda asked: _fill(asked, homes=False),
    title="安全隐患排查整改台账", nil="没有查出隐患",
)  # fmt: skip
HOMES = Ledger(
    "hazards-home", "隐患排查台账（孩子家里）", "家访、排查看到的孩子家里和路上的隐患", Need.GUIDE, COLUMNS, lambda asked: _fill(asked, homes=True),
    title="学生家庭安全隐患排查整改台账", nil="没有查出隐患", history=True,
)  # fmt: skip
