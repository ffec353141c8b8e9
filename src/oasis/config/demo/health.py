"""The demo's health: checks of every class of the last days, illnesses with clinics, money advanced and paid back."""

from datetime import date, datetime, time, timedelta
from decimal import Decimal

from oasis.campus.models import HealthCheck, HealthFinding, Illness, IllnessTold
from oasis.children.models import Child
from oasis.config.demo.homes import Kept
from oasis.config.demo.sheets import Stage
from oasis.kit.dates import CHINA
from oasis.kit.ids import new_id
from oasis.places.models import Klass
from oasis.places.queries import is_school_day
from oasis.records.models import Record

DAYS = 8
CASES = (
    ("ill", "早读时趴在桌上，量体温38.6℃", "喝温水，通知家里", "镇卫生院", "上呼吸道感染", "68.50"),
    ("ill", "中午呕吐两次，说肚子疼", "躺下休息，没有再吃东西", "镇卫生院", "急性肠胃炎", "126.00"),
    ("accident", "课间跑跳摔倒，右手腕肿", "冷敷，用木板固定", "县人民医院", "右腕软组织挫伤", "215.80"),
    ("ill", "脸上、手背起红疹，发痒", "单独休息，没有接触别的孩子", "镇卫生院", "荨麻疹", "54.00"),
    ("accident", "下楼梯踩空，膝盖擦破", "校医室清洗消毒、包扎", "", "", ""),
)  # fmt: skip


def tell(stage: Stage, kept: list[Kept]) -> None:
    """Draw the checks of the last school days, and an illness for one child in eight."""
    for klass in stage.klasses:
        pupils = [one.child for one in kept if one.child.klass_id == klass.pk]
        for back in range(DAYS, 0, -1):
            day = stage.on - timedelta(days=back)
            if is_school_day(day, {}) and pupils:
                _check(stage, klass, pupils, day)
    for one in kept:
        if one.child.left_behind and stage.random.random() < 0.125:
            _illness(stage, one)


def _check(stage: Stage, klass: Klass, pupils: list[Child], day: date) -> None:
    by = stage.homeroom[klass.pk]
    ill = [child for child in pupils if stage.random.random() < 0.012]
    absent = [child for child in ill if stage.random.random() < 0.4]
    at = datetime.combine(day, time(8, 5), CHINA)
    check = HealthCheck(
        school=stage.school, klass=klass, on=day, turn="morning", expected=len(pupils),
        present=len(pupils) - len(absent), by=by, at=at,
    )  # fmt: skip
    stage.rows.add(check)
    for child in ill:
        stage.rows.add(
            HealthFinding(
                school=stage.school, child=child, check_of=check, absent=child in absent, by=by, at=at, doctor=child in absent,
                symptoms=stage.random.choice([["cough"], ["fever", "cough"], ["diarrhoea"], ["vomit"], ["cheeks"]]),
            )
        )  # fmt: skip


def _illness(stage: Stage, one: Kept) -> None:
    sort, seen, care, clinic, diagnosis, cost = stage.random.choice(CASES)
    by, child, back = stage.homeroom[one.child.klass_id], one.child, stage.random.randrange(1, 45)
    at = datetime.combine(stage.on - timedelta(days=back), time(10, 20), CHINA)
    lent, well = cost and stage.random.random() < 0.6, back > 4
    paid = lent and back > 14 and stage.random.random() < 0.7
    row = Illness(
        school=stage.school, child=child, sort=sort, seen_at=at, at=at, by=by, seen=seen, first_care=care, clinic=clinic,
        diagnosis=diagnosis, went_along=by.name if clinic else "", cost=Decimal(cost) if cost else None,
        advanced=Decimal(cost) if lent else None, advanced_by=by if lent else None,
        repaid_on=at.date() + timedelta(days=9) if paid else None, repaid_how="家里微信转账" if paid else "",
        back_on=at.date() + timedelta(days=2) if well else None, back_words="精神好了，家里确认" if well else "",
    )  # fmt: skip
    stage.rows.add(row)
    stage.rows.add(_record(stage, row, at, "seen", seen))
    if row.back_on:
        stage.rows.add(_record(stage, row, at + timedelta(days=2), "back", row.back_words))
    if back > 1:
        stage.rows.add(
            IllnessTold(
                school=stage.school, child=child, illness=row, whom="carer", told_at=at + timedelta(minutes=15), by=by,
                heard=True, answer=f"{one.carer_word}说马上来学校",
            )
        )  # fmt: skip


def _record(stage: Stage, row: Illness, at: datetime, stage_code: str, words: str) -> Record:
    return Record(
        id=new_id(), school=stage.school, child=row.child, kind="illness", happened_on=at.date(), at=at, by=row.by, summary=words,
        details={"stage": stage_code, "sort": row.sort},
    )  # fmt: skip
