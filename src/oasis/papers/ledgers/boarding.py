"""The six forms of the boarding house: beds, roll calls, rounds, leave, visitors, weekends (domain.md 2.17)."""

from collections import defaultdict
from uuid import UUID

from oasis.campus.models import BedMark, BedStay, HomeLeave, NightCheck, Visitor
from oasis.kit.dates import zh_when
from oasis.papers.forms.told import dotted
from oasis.papers.ledgers.base import Asked, Filled, Ledger
from oasis.people.roles import Need

NEED = Need.BOARDING
NIGHT_SIGN = ("生管老师：＿＿＿＿＿", "值班领导：＿＿＿＿＿", "日期：＿＿＿＿＿")


def _beds(asked: Asked) -> Filled:
    rows = BedStay.objects.within(asked.scope, NEED).filter(
        school=asked.school, to_on__isnull=True, child__boarding=True
    )
    found = list(
        rows.select_related("child", "room__house").order_by("room__house__name", "room__name", "bed")
    )  # fmt: skip
    names = asked.klasses()
    cells = [
        (
            row.room.house.name, row.room.name, str(row.bed), row.child.name, row.child.get_sex_display(), names.get(row.child.klass_id, ""),
            "√" if row.head else "", dotted(row.from_on), "",
        )
        for row in found
    ]  # fmt: skip
    return Filled(cells, frozenset(row.child_id for row in found))


def _checks(asked: Asked, turns: tuple[str, ...]) -> list[NightCheck]:
    rows = NightCheck.objects.within(asked.scope, NEED).filter(
        school=asked.school, on__range=(asked.from_on, asked.to_on), turn__in=turns
    )
    return list(rows.select_related("house", "by").order_by("on", "house__name", "turn"))


def _marks(asked: Asked, checks: list[NightCheck]) -> dict[UUID, list[BedMark]]:
    found: dict[UUID, list[BedMark]] = defaultdict(list)
    rows = BedMark.objects.within(asked.scope, NEED).filter(check_of__in=[row.pk for row in checks])
    for row in rows.select_related("child").order_by("child__pinyin"):
        found[row.check_of_id].append(row)
    return found


def _calls(asked: Asked) -> Filled:
    checks = _checks(asked, ("call",))
    marks, cells, named = _marks(asked, checks), [], set()
    for row in checks:
        seen = marks[row.pk]
        by_state = {state: [one.child.name for one in seen if one.state == state] for state in BedMark.State.values}
        named |= {one.child_id for one in seen if one.state != "in"}
        cells.append(
            (
                dotted(row.on), row.house.name, str(len(seen)), str(len(by_state["in"])), "、".join(by_state["leave"]) or "—",
                "、".join(by_state["absent"]) or "—", "", str(row.by),
            )
        )  # fmt: skip
    return Filled(cells, frozenset(named))


def _rounds(asked: Asked) -> Filled:
    checks = _checks(asked, ("first", "second"))
    marks, cells, named = _marks(asked, checks), [], set()
    for row in checks:
        odd = [one for one in marks[row.pk] if one.care or one.state == "absent"]
        named |= {one.child_id for one in odd}
        told = "；".join(f"{one.child.name}{one.get_care_display() or one.get_state_display()}" for one in odd)
        cells.append(
            (
                dotted(row.on), row.house.name, row.get_turn_display(), zh_when(row.at).rsplit(" ", 1)[-1], "√" if row.safe else "—", told or "无",
                row.note or "—", str(row.by), "",
            )
        )  # fmt: skip
    return Filled(cells, frozenset(named))


def _away(asked: Asked) -> list[HomeLeave]:
    rows = HomeLeave.objects.within(asked.scope, NEED).filter(
        school=asked.school, left_at__date__range=(asked.from_on, asked.to_on)
    )
    return list(rows.select_related("child").order_by("left_at"))


def _leaves(asked: Asked) -> Filled:
    found, names = [row for row in _away(asked) if row.reason != HomeLeave.Reason.WEEKEND], asked.klasses()
    cells = [
        (
            row.child.name, names.get(row.child.klass_id, ""), row.get_reason_display() + (f"：{row.words}" if row.words else ""),
            zh_when(row.left_at), zh_when(row.due_at), row.fetched_by, row.relation, row.approver or "—", str(row.by or ""),
            zh_when(row.back_at) if row.back_at else "—",
        )
        for row in found
    ]  # fmt: skip
    return Filled(cells, frozenset(row.child_id for row in found))


def _weekends(asked: Asked) -> Filled:
    found, names = [row for row in _away(asked) if row.reason == HomeLeave.Reason.WEEKEND], asked.klasses()
    cells = [
        (
            zh_when(row.left_at), row.child.name, names.get(row.child.klass_id, ""), row.fetched_by, row.relation, row.checked or "名单内",
            zh_when(row.home_at) if row.home_at else "—", zh_when(row.back_at) if row.back_at else "—", "",
        )
        for row in found
    ]  # fmt: skip
    return Filled(cells, frozenset(row.child_id for row in found))


def _visitors(asked: Asked) -> Filled:
    rows = Visitor.objects.within(asked.scope, NEED).filter(
        school=asked.school, came_at__date__range=(asked.from_on, asked.to_on)
    )
    found, names = list(rows.select_related("child").order_by("came_at")), asked.klasses()
    cells = [
        (
            row.name, row.relation, row.id_tail or "—", row.child.name, names.get(row.child.klass_id, ""), row.why, zh_when(row.came_at),
            zh_when(row.went_at) if row.went_at else "—", "",
        )
        for row in found
    ]  # fmt: skip
    return Filled(cells, frozenset(row.child_id for row in found))


BEDS = Ledger(
    "dorm-beds", "宿舍安排表", "楼栋、房号、床号、谁住、室长", NEED,
    {"楼栋": 1.6, "房号": 1.2, "床号": 0.9, "姓名": 1.6, "性别": 0.9, "班级": 1.8, "室长": 0.9, "入住": 1.6, "备注": 2}, _beds, now=True,
    sign=NIGHT_SIGN, nil="还没有安排床位",
)  # fmt: skip
CALLS = Ledger(
    "dorm-calls", "晚点名登记表", "应到、实到、请假、缺，和缺的人的去向", NEED,
    {"日期": 1.6, "宿舍": 1.6, "应到": 0.9, "实到": 0.9, "请假": 2.6, "缺": 2.2, "缺者去向、通知家长时间": 3, "生管签名": 1.6}, _calls, sign=NIGHT_SIGN, history=True,
)  # fmt: skip
ROUNDS = Ledger(
    "dorm-rounds", "值班巡夜记录", "两次巡夜的时间、门窗水电、异常、交班", NEED,
    {"日期": 1.5, "宿舍": 1.4, "班次": 1.6, "时间": 1.1, "门窗水电": 1.2, "异常": 3.2, "处理、交班留言": 2.8, "值班人": 1.4, "接班人": 1.4}, _rounds,
    sign=NIGHT_SIGN, history=True,
)  # fmt: skip
LEAVES = Ledger(
    "dorm-leaves", "请销假登记表", "寄宿生平时离校：事由、起止、接送人、准假、返校", NEED,
    {
        "学生": 1.4, "班级": 1.6, "事由": 2, "离校": 2.4, "应当返校": 2.4, "接走的人": 1.5, "关系": 1.1, "准假": 1.3, "生管": 1.3, "返校": 2.4,
    }, _leaves, sign=NIGHT_SIGN, history=True,
)  # fmt: skip
WEEKENDS = Ledger(
    "dorm-weekends", "离校返校登记表（周末、放假）", "谁接走、怎样核实、到家、返校", NEED,
    {
        "离校": 2.4, "学生": 1.4, "班级": 1.6, "接走的人": 1.5, "关系": 1.1, "核实": 1.8, "到家确认": 2.4, "返校": 2.4, "签名": 1.4,
    }, _weekends, title="寄宿生离校返校登记表", sign=NIGHT_SIGN, history=True,
)  # fmt: skip
VISITORS = Ledger(
    "dorm-visitors", "来访登记表", "来访人、证件末四位、看谁、事由、进出时间", NEED,
    {
        "来访人": 1.4, "关系": 1.1, "证件末四位": 1.2, "学生": 1.4, "班级": 1.6, "事由": 2.4, "进": 2.4, "出": 2.4, "签名": 1.4,
    }, _visitors, sign=NIGHT_SIGN, history=True,
)  # fmt: skip
