"""控辍保学月报表: the months reported, nil ones too (domain.md 2.29)."""

from oasis.campus.models import SchoolingMonth
from oasis.kit.dates import month_start, zh_month
from oasis.papers.forms.told import dotted
from oasis.papers.ledgers.base import Asked, Filled, Ledger
from oasis.people.roles import Need


def _months(asked: Asked) -> Filled:
    rows = SchoolingMonth.objects.within(asked.scope, Need.GUIDE).filter(
        school=asked.school, month__range=(month_start(asked.from_on), asked.to_on)
    )
    return Filled(
        [
            (
                zh_month(row.month), str(row.pupils), str(row.suspected), str(row.out), str(row.opened), str(row.back),
                row.words or ("零报告" if row.nil else ""), dotted(row.on), str(row.by or ""),
            )
            for row in rows.select_related("by").order_by("month")
        ]
    )  # fmt: skip


MONTHS = Ledger(
    "schooling-months", "控辍保学月报表", "每月疑似辍学、辍学、复学几人，没有的写零报告", Need.GUIDE,
    {"月份": 1.8, "在校学生": 1.4, "疑似辍学": 1.4, "辍学": 1.2, "本月新发现": 1.6, "本月复学": 1.4, "说明": 5, "报出日期": 1.6, "报出人": 1.5}, _months,
    nil="还没有报过",
)  # fmt: skip
