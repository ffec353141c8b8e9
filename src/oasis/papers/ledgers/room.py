"""The children's room: its hours, its log, books lent, the ledger; and the form that writes a thing off (domain.md 2.15)."""

from uuid import UUID

from oasis.campus.models import Loan, Opening, Scrap
from oasis.campus.reach import at_work
from oasis.campus.room import ledger, openings, week
from oasis.kit.dates import zh_full
from oasis.papers.forms.told import dotted
from oasis.papers.ledgers.base import Asked, Filled, Filling, Ledger, Slip
from oasis.papers.official.form import Entry
from oasis.papers.sheets.shape import Grid, Line, Para, Section, Title
from oasis.people.roles import Need
from oasis.people.scope import Scope

NEED = Need.ACTIVITY
SIGN = ("管理员：＿＿＿＿＿", "分管领导：＿＿＿＿＿", "校长：＿＿＿＿＿")


def _hours(asked: Asked) -> Filled:
    return Filled(
        [
            (row.get_day_display(), f"{row.from_at:%H:%M}—{row.to_at:%H:%M}", str(row.user), row.what or "—", "")
            for row in week(asked.scope, asked.school)
        ]
    )


def _log(asked: Asked) -> Filled:
    rows = sorted(openings(asked.scope, asked.school, asked.from_on, asked.to_on), key=lambda row: (row.on, row.pk))
    return Filled(
        [
            (
                dotted(row.on), _span(row), str(row.user), str(row.count), row.get_what_display() + (f"：{row.theme}" if row.theme else ""),
                "√" if row.safe else "—", row.note or "—",
            )
            for row in rows
        ]
    )  # fmt: skip


def _span(row: Opening) -> str:
    return f"{row.from_at:%H:%M}—{row.to_at:%H:%M}" if row.from_at and row.to_at else "—"


def _loans(asked: Asked) -> Filled:
    rows = Loan.objects.within(asked.scope, NEED).filter(
        school=asked.school, lent_on__range=(asked.from_on, asked.to_on)
    )
    found, names = list(rows.select_related("book", "child").order_by("lent_on", "pk")), asked.klasses()
    cells = [
        (
            row.book.code, row.book.title, names.get(row.child.klass_id, ""), row.child.name, dotted(row.lent_on), dotted(row.due_on),
            dotted(row.back_on) or "—", "",
        )
        for row in found
    ]  # fmt: skip
    return Filled(cells, frozenset(row.child_id for row in found))


def _things(asked: Asked) -> Filled:
    return Filled(
        [
            (
                row.name, row.code or "—", str(row.quantity), row.unit, row.get_source_display() + (f"（{row.from_whom}）" if row.from_whom else ""),
                dotted(row.on), row.place or "—", row.get_state_display(), row.keeper.name, row.checker.name if row.checker else "—",
            )
            for row in ledger(asked.scope, asked.school)
        ]
    )  # fmt: skip


def _scrap(scope: Scope, pk: UUID) -> Filling | None:
    """Give the form with its three lines to sign; who signed on the screen stands beside the line."""
    row = at_work(scope, Scrap).filter(pk=pk).select_related("item", "by", "dean", "principal", "school").first()
    if row is None:
        return None
    item = row.item
    rows = (
        (Entry("物品名称", item.name, 2, 4), Entry("编号", item.code, 2, 4)),
        (Entry("报废数量", f"{row.quantity}{item.unit}", 2, 4), Entry("存放地点", item.place, 2, 4)),
        (Entry("来源", item.get_source_display(), 2, 4), Entry("入账日期", zh_full(item.on), 2, 4)),
        (Entry("报废原因", row.reason, 2, 10),),
        (Entry("管理员申报", _signed(row.by.name if row.by else "", dotted(row.on)), 2, 10),),
        (Entry("主管领导意见", _signed(row.dean.name if row.dean else "", dotted(row.dean_on), "同意"), 2, 10),),
        (
            Entry(
                "校长意见",
                _signed(row.principal.name if row.principal else "", dotted(row.principal_on), "同意"),
                2,
                10,
            ),
        ),
    )
    refused = (Para(f"不同意：{row.refused}", indent=False),) if row.refused else ()
    section = Section(
        (
            Title("报废物品申报表"), Line((f"学校（盖章）：{row.school.name}", f"申报日期：{zh_full(row.on)}")), Grid(rows), *refused,
            Line(("本表一式两份：学校留存一份，随资产账一份。",)),
        )
    )  # fmt: skip
    return Filling(row.school, [section])


def _signed(name: str, on: str, word: str = "") -> str:
    """Give a line to sign: what was said on the screen, and room for the hand."""
    told = f"{word}（{name}，{on}在系统里确认）　" if name and on else ""
    return f"{told}签名：＿＿＿＿＿＿＿　　年　　月　　日"


HOURS = Ledger(
    "room-hours", "活动室开放安排表", "每周哪天开、谁值班、做什么", NEED, {"星期": 1.4, "时段": 2, "值班教师": 2, "活动内容": 4, "备注": 2}, _hours, now=True,
    sign=SIGN, nil="还没有安排开放时间",
)  # fmt: skip
LOG = Ledger(
    "room-log", "活动室开放记录", "开放、到室人数、活动、安全检查", NEED,
    {"日期": 1.6, "起止": 1.8, "值班教师": 1.5, "到室人数": 1.2, "活动": 4, "安全检查": 1.2, "备注": 3}, _log, sign=SIGN,
)  # fmt: skip
LOANS = Ledger(
    "room-loans", "图书借阅登记表", "编号、书名、谁借、借还日期", NEED,
    {"编号": 1.3, "书名": 3.4, "班级": 1.6, "借阅人": 1.5, "借出": 1.6, "应还": 1.6, "归还": 1.6, "签名": 1.5}, _loans, sign=SIGN,
)  # fmt: skip
THINGS = Ledger(
    "room-things", "活动室物品台账", "名称、编号、数量、来源、存放、状态、经手、验收", NEED,
    {"名称": 2.2, "编号": 1.4, "数量": 0.9, "单位": 0.8, "来源": 2, "入库": 1.6, "存放": 1.6, "状态": 1.2, "经手": 1.3, "验收": 1.3}, _things, now=True,
    sign=SIGN, nil="台账里还没有物品",
)  # fmt: skip
SCRAP = Slip("scrap", "报废物品申报表", _scrap)
