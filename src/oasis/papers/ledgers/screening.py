"""心理筛查与预警登记表: of one screening, for the counsellor alone (domain.md 2.24)."""

from uuid import UUID

from oasis.campus.models import ScreenResult
from oasis.campus.screening import results, screening_of
from oasis.kit.dates import zh_full
from oasis.papers.forms.told import dotted
from oasis.papers.ledgers.base import Filling, Slip
from oasis.papers.places import place_of
from oasis.papers.sheets.shape import Line, Listing, Section, Title
from oasis.people.scope import Scope

COLUMNS = {
    "班级": 1.5, "姓名": 1.3, "得分、维度": 2.2, "等级": 1, "访谈": 2.6, "复核（人、日期、结论）": 2.8, "告知家长": 1.6, "处置": 2.2, "转介": 1.8,
    "下次追踪": 1.5, "解除": 1.5,
}  # fmt: skip


def _fill(scope: Scope, pk: UUID) -> Filling | None:
    row = screening_of(scope, pk)
    if row is None:
        return None
    found = list(results(scope, row).order_by("child__pinyin"))
    cells = tuple(_row(one, scope) for one in found)
    above = (
        f"学校：{row.school.name}", f"量表：{row.scale}", f"日期：{zh_full(row.on)}", f"对象：{row.about}",
        f"参加{row.took}人：红{row.red} 橙{row.orange} 黄{row.yellow} 蓝{row.blue}",
    )  # fmt: skip
    listing = Listing(tuple(COLUMNS), cells or (("—",) * len(COLUMNS),), tuple(COLUMNS.values()))
    sign = (
        "密级：机密，心理教师专柜保管",
        f"组织人：{row.organiser}",
        "心理教师签名：＿＿＿＿＿＿",
        "日期：＿＿＿＿＿＿",
    )
    section = Section((Title("心理筛查与预警登记表"), Line(above), listing, Line(sign)), wide=True)
    return Filling(row.school, [section], children=frozenset(one.child_id for one in found))


def _row(one: ScreenResult, scope: Scope) -> tuple[str, ...]:
    review = f"{one.reviewer} {dotted(one.reviewed_on)} {one.review}".strip()
    return (
        place_of(one.child.school, one.child.klass, scope.on).name, one.child.name, one.score or "—", one.colour, one.talk or "—", review or "—",
        f"{dotted(one.told_on)} {one.told_whom}".strip() or "—", one.handling or "—", f"{dotted(one.referral_on)} {one.referral}".strip() or "—",
        dotted(one.next_on) or "—", dotted(one.closed_on) or "—",
    )  # fmt: skip


SCREENING = Slip("screening", "心理筛查与预警登记表", _fill, history=True)
