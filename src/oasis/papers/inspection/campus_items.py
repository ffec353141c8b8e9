"""What the school runs, as an inspection reads it: the children's room, lessons and activities, nights, honours."""

from collections.abc import Sequence

from oasis.campus.activities import calendar
from oasis.campus.models import Activity, Growth, NightCheck
from oasis.campus.room import ledger, openings, week
from oasis.papers.forms.base import Order
from oasis.papers.forms.told import dotted, term_of
from oasis.papers.places import place_of
from oasis.papers.sheets.shape import Listing, Section, Title
from oasis.people.roles import Need

Rows = list[tuple[str, ...]]
LESSONS = ("safety", "drill", "law", "mind", "moral")


def listed(
    title: str, columns: dict[str, float], rows: Sequence[tuple[str, ...]], *, wide: bool = False
) -> list[Section]:
    """Give one page with one table; nothing when there is no row."""
    listing = Listing(tuple(columns), tuple(rows), tuple(columns.values()))
    return [Section((Title(title, 15), listing), wide=wide)] if rows else []


def room(order: Order) -> list[Section]:
    """Give the timetable, the log of the term and the ledger of the children's room."""
    scope, school, term = order.scope, order.place.school, term_of(order)
    hours: Rows = [
        (row.get_day_display(), f"{row.from_at:%H:%M}—{row.to_at:%H:%M}", str(row.user), row.what)
        for row in week(scope, school)
    ]
    log: Rows = [
        (dotted(row.on), str(row.user), row.get_what_display(), row.theme, str(row.count), "√" if row.safe else "—")
        for row in openings(scope, school, term.starts_on, order.on)
    ]
    things: Rows = [
        (
            row.code,
            row.name,
            f"{row.quantity}{row.unit}",
            row.get_source_display(),
            dotted(row.on),
            row.place,
            row.get_state_display(),
        )
        for row in ledger(scope, school)
    ]
    return [
        *listed("活动室开放安排", {"星期": 1.4, "时间": 2, "值班教师": 2, "内容": 4}, hours),
        *listed("活动室开放记录（本学期）", {"日期": 1.6, "值班": 1.4, "做什么": 2.4, "主题": 4, "人数": 1, "安全检查": 1.2}, log),
        *listed("物品台账", {"编号": 1.6, "名称": 2.6, "数量": 1.2, "来源": 1.6, "入库": 1.6, "存放": 1.8, "状态": 1.6}, things),
    ]  # fmt: skip


def lessons(order: Order) -> list[Section]:
    """Give the lessons and drills of the term."""
    return listed("安全、法治、心理、品德教育（本学期）", _WIDTHS, _held(order, lessons=True))


_WIDTHS = {"日期": 1.6, "类型": 2, "名称": 4, "地点": 2, "负责人": 1.4}


def _held(order: Order, *, lessons: bool) -> Rows:
    rows: list[Activity] = calendar(order.scope, order.place.school, term_of(order).starts_on, order.on)
    chosen = [row for row in rows if (row.kind in LESSONS) == lessons and not row.dropped]
    return [(dotted(row.on), row.get_kind_display(), row.title, row.place, str(row.lead)) for row in chosen]


def nights(order: Order) -> list[Section]:
    """Give roll calls and rounds of the last month: that they were held, by whom; no child."""
    rows = NightCheck.objects.within(order.scope, Need.EXPORT).filter(
        school=order.place.school, on__gte=max(term_of(order).starts_on, order.on.replace(day=1))
    )
    cells: Rows = [
        (dotted(row.on), str(row.house), row.get_turn_display(), str(row.by), "√" if row.safe else "—")
        for row in rows.select_related("house", "by").order_by("on", "turn")
    ]
    return listed("晚点名、巡夜（本月）", {"日期": 1.6, "宿舍": 2.4, "班次": 2, "值班": 1.6, "门窗水电": 1.4}, cells)


def results(order: Order) -> list[Section]:
    """Give the activities of the term and the honours of the children."""
    rows = Growth.objects.within(order.scope, Need.EXPORT).filter(
        child__in=[child.pk for child in order.children],
        kind=Growth.Kind.HONOUR,
        on__range=(term_of(order).starts_on, order.on),
    )
    honours: Rows = [
        (dotted(row.on), place_of(row.child.school, row.child.klass, order.on).name, row.child.name, row.title, row.get_level_display(), row.giver)
        for row in rows.select_related("child__klass", "child__school").order_by("on", "pk")
    ]  # fmt: skip
    return [
        *listed("活动（本学期）", _WIDTHS, _held(order, lessons=False)),
        *listed("荣誉（本学期）", {"日期": 1.6, "班级": 1.8, "姓名": 1.6, "荣誉": 4, "级别": 1.6, "授予单位": 2.4}, honours),
    ]  # fmt: skip
