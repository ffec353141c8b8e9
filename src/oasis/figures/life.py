"""Figures of daily life: of each matter all times, those of left-behind children, and whom they reached."""

from collections.abc import Iterator

from oasis.campus.models import HolidayStay
from oasis.figures.daily import ADVANCED, MATTERS, OPEN
from oasis.figures.entry import MONEY, SUM, TIMES, Figure, marked, no

GROUPS = {
    "boarding": "寄宿",
    "health": "健康",
    "activities": "活动与荣誉",
    "firsts": "三个优先",
    "room": "活动室",
    "goods": "物资与慰问",
    "growing": "出勤",
    "schooling": "控辍保学",
    "safety": "安全",
    "holiday": "假期",
}


def _matters() -> Iterator[Figure]:
    for one in MATTERS:
        code, label, left = one.code, one.label, f"本期内曾是留守儿童的学生：{one.how}"
        yield Figure(f"{code}-times", label, one.group, f"全体学生：{one.how}", "all", counts=TIMES, kind=one.rows, gap=one.gap, unit=one.unit,
                     within=tuple(f"{whole}-times" for whole in one.within))  # fmt: skip
        yield Figure(
            f"{code}-left", f"{label}（留守儿童）", one.group, left, "cared", counts=TIMES, kind=one.rows, among=f"{code}-times", unit=one.unit,
            within=tuple(f"{whole}-left" for whole in one.within),
        )  # fmt: skip
        yield Figure(f"{code}-children", f"{label}的留守儿童", one.group, left, "cared", marked(one.rows))


def _people() -> Iterator[Figure]:
    yield Figure(
        "boarders", "寄宿生", "boarding", "在校学生中寄宿的", "here", lambda fact: fact.boarding, among="pupils"
    )
    yield Figure("ill-open", "还没有回班", "health", "在校学生中生病、受伤后还没有登记回班的", "here",
                 lambda fact: not fact.marked.isdisjoint((f"ill{OPEN}", f"hurt{OPEN}")), among="pupils", gap=True)  # fmt: skip
    for code, label, kind, how in (
        ("advance-sum", "垫付金额", ADVANCED, "本期教师垫付的医药费"),
        ("advance-owed-sum", "还没有归还的金额", f"{ADVANCED}{OPEN}", "统计当日还没有归还的垫付，含以前学期的"),
    ):
        yield Figure(code, label, "health", how, "all", counts=SUM, kind=kind, unit=MONEY)
    yield Figure("took-part", "参加过活动的学生", "activities", "在校学生中本期报名参加活动并且到场的", "here", marked("activity"), among="pupils")  # fmt: skip
    yield Figure("left-took-part", "参加过活动的留守儿童", "activities", "留守儿童中本期报名参加活动并且到场的", "left", marked("activity"),
                 among="left")  # fmt: skip
    yield Figure("never-part", "一次活动都没有参加", "activities", "留守儿童中本期一次报名参加的活动都没有到场的，整班参加的不算", "left",
                 no(marked("activity")), among="left", gap=True)  # fmt: skip
    yield Figure("never-room", "没有去过活动室", "room", "留守儿童中本期活动室开放时没有登记到室的", "left", no(marked("room")), among="left")  # fmt: skip
    yield Figure("holiday-asked", "问过假期去向", "holiday", "留守儿童中本期登记了假期跟谁的", "left", marked("holiday"), among="left")  # fmt: skip
    for value, label in HolidayStay.Whom.choices:
        yield Figure(f"holiday-{value}", f"假期：{label}", "holiday", f"留守儿童中本期登记假期“{label}”的", "left", marked(f"holiday {value}"),
                     among="holiday-asked", gap=value == HolidayStay.Whom.NOBODY)  # fmt: skip
    yield Figure("letter-silent", "没有交回回执", "home", "留守儿童中本期发了致家长的信、还没有交回回执的", "left",
                 lambda fact: "letter sent" in fact.marked and "letter answered" not in fact.marked, among="letter-sent", gap=True)  # fmt: skip


FIGURES = (*_matters(), *_people())
