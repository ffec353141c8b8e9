"""Health: the checks of the classes, who was absent for illness, visits to a doctor (domain.md 2.18)."""

from collections import Counter, defaultdict
from uuid import UUID

from oasis.campus.models import HealthCheck, HealthFinding, Illness, IllnessTold
from oasis.campus.models.health import FAMILY
from oasis.kit.dates import age_on, zh_when
from oasis.papers.forms.told import dotted
from oasis.papers.ledgers.base import Asked, Filled, Ledger
from oasis.people.roles import Need

NEED = Need.HEALTH
SIGN = ("填表人：＿＿＿＿＿", "校医（保健教师）：＿＿＿＿＿", "分管领导：＿＿＿＿＿")


def _checks(asked: Asked) -> Filled:
    """One row a class and turn; no name, the counts of each thing found."""
    rows = HealthCheck.objects.within(asked.scope, NEED).filter(
        school=asked.school, on__range=(asked.from_on, asked.to_on)
    )
    checks = list(
        rows.select_related("by").order_by("on", "turn", "klass__stage", "-klass__entry_year", "klass__number")
    )
    found: dict[UUID, Counter[str]] = defaultdict(Counter)
    for row in HealthFinding.objects.within(asked.scope, NEED).filter(check_of__in=[one.pk for one in checks]):
        found[row.check_of_id].update(row.symptoms)
    names, labels = asked.klasses(), dict(HealthFinding.Symptom.choices)
    return Filled(
        [
            (
                dotted(row.on), row.get_turn_display(), names.get(row.klass_id, ""), str(row.expected), str(row.present),
                str(row.expected - row.present), "、".join(f"{labels[code]}{n}" for code, n in found[row.pk].items()) or "零报告", str(row.by),
            )
            for row in checks
        ]
    )  # fmt: skip


def _absent(asked: Asked) -> Filled:
    rows = HealthFinding.objects.within(asked.scope, NEED).filter(
        school=asked.school, absent=True, check_of__on__range=(asked.from_on, asked.to_on)
    )
    found, names = (
        list(rows.select_related("child", "check_of").order_by("check_of__on", "child__pinyin")),
        asked.klasses(),
    )
    labels = dict(HealthFinding.Symptom.choices)
    cells = [
        (
            dotted(row.check_of.on), names.get(row.child.klass_id, ""), row.child.name, row.child.get_sex_display(),
            str(age_on(row.child.birth_on, asked.scope.on)) if row.child.birth_on else "", "、".join(str(labels[code]) for code in row.symptoms) or "—",
            "是" if row.doctor else "否", row.diagnosis or "—", "",
        )
        for row in found
    ]  # fmt: skip
    return Filled(cells, frozenset(row.child_id for row in found))


def _ill(asked: Asked) -> Filled:
    rows = Illness.objects.within(asked.scope, NEED).filter(
        school=asked.school, seen_at__date__range=(asked.from_on, asked.to_on)
    )
    found, names = list(rows.select_related("child", "advanced_by").order_by("seen_at")), asked.klasses()
    told: dict[UUID, list[IllnessTold]] = defaultdict(list)
    calls = IllnessTold.objects.within(asked.scope, NEED).filter(illness__in=[row.pk for row in found], whom__in=FAMILY)
    for row in calls:
        told[row.illness_id].append(row)
    cells = [
        (
            zh_when(row.seen_at), names.get(row.child.klass_id, ""), row.child.name, row.seen, row.first_care or "—",
            "；".join(f"{zh_when(one.told_at)} {one.get_whom_display()}{'' if one.heard else '（没联系上）'}" for one in told[row.pk]) or "—",
            row.clinic or "—", row.went_along or "—", row.diagnosis or "—", _money(row), dotted(row.back_on) or "—",
        )
        for row in found
    ]  # fmt: skip
    return Filled(cells, frozenset(row.child_id for row in found))


def _money(row: Illness) -> str:
    if row.cost is None:
        return "—"
    lent = f"，{row.advanced_by}垫付，{'已还' if row.repaid_on else '未还'}" if row.advanced else ""
    return f"{row.cost:g}元{lent}"


CHECKS = Ledger(
    "health-checks", "晨检、午检汇总表", "各班应到、实到、缺、症状；没有的写零报告，不写姓名", NEED,
    {"日期": 1.6, "班次": 1.1, "班级": 1.8, "应到": 1, "实到": 1, "因病缺": 1, "症状": 4.4, "报的人": 1.6}, _checks, title="晨检、午检登记汇总表", sign=SIGN,
)  # fmt: skip
ABSENT = Ledger(
    "health-absent", "因病缺勤登记表", "缺勤的孩子、症状、是否就诊、诊断", NEED,
    {"日期": 1.6, "班级": 1.7, "姓名": 1.5, "性别": 0.9, "年龄": 0.9, "主要症状": 3, "是否就诊": 1.2, "诊断": 2.6, "排查结果": 2.4}, _absent,
    title="因病缺勤病因登记追踪表", sign=SIGN, history=True,
)  # fmt: skip
ILL = Ledger(
    "health-ill", "生病、受伤就医登记表", "发现、处理、通知家长、就医、诊断、费用、回班", NEED,
    {
        "发现": 1.8, "班级": 1.3, "姓名": 1.3, "情况": 3, "处理": 2, "通知家里": 2.6, "医院": 1.5, "陪同": 1.3, "诊断": 1.8, "费用": 1.8, "回班": 1.4,
    }, _ill, title="学生生病、受伤就医登记表", sign=SIGN, history=True,
)  # fmt: skip
