"""Goods: what was donated and how it was receipted, every movement; and the thanks to a giver (domain.md 2.25)."""

from uuid import UUID

from oasis.campus.goods import movement_of
from oasis.campus.models import Movement
from oasis.kit.dates import zh_full
from oasis.papers.forms.told import dotted
from oasis.papers.ledgers.base import Asked, Filled, Filling, Ledger, Slip
from oasis.papers.official.form import Entry
from oasis.papers.sheets.shape import Cut, Grid, Line, Para, Section, Title
from oasis.people.roles import Need
from oasis.people.scope import Scope

NEED = Need.STOCK
SIGN = ("经手人：＿＿＿＿＿", "验收人：＿＿＿＿＿", "校长：＿＿＿＿＿")
PLAIN = "受赠物品由学校统一登记、保管和发放，发放有签领，接受监督。学校不为捐赠做商业广告，不要求学生出面致谢、拍照。"


def _rows(asked: Asked) -> list[Movement]:
    rows = Movement.objects.within(asked.scope, NEED).filter(
        school=asked.school, on__range=(asked.from_on, asked.to_on)
    )
    return list(rows.select_related("goods", "by").order_by("on", "at"))


def _worth(row: Movement) -> str:
    return f"{row.price * row.amount:g}" if row.price is not None else "—"


def _donated(asked: Asked) -> Filled:
    found = [row for row in _rows(asked) if row.source == Movement.Source.DONATED]
    return Filled(
        [
            (
                dotted(row.on), row.donor, row.goods.name, f"{row.amount}{row.goods.unit}", f"{row.price:g}" if row.price is not None else "—", _worth(row),
                row.receipt or "—", row.goods.place or "—", row.by.name, row.words or "—",
            )
            for row in found
        ]
    )  # fmt: skip


def _all(asked: Asked) -> Filled:
    return Filled(
        [
            (
                dotted(row.on), row.goods.name, row.get_sort_display(), str(row.counted if row.sort == "count" else row.amount), row.goods.unit,
                row.get_source_display() or "—", " ".join(part for part in (row.donor, row.receipt, row.words) if part) or "—", row.by.name,
                dotted(row.signed_on) if row.sort == "out" and row.signed_on else "—",
            )
            for row in _rows(asked)
        ]
    )  # fmt: skip


def _thanks(scope: Scope, pk: UUID) -> Filling | None:
    """Give the receipt of a donation, and below it the stub the school keeps."""
    row = movement_of(scope, pk)
    if row is None or row.source != Movement.Source.DONATED:
        return None
    what = f"{row.goods.name}{row.amount}{row.goods.unit}" + (
        f"（合计约{_worth(row)}元）" if row.price is not None else ""
    )
    stub = (
        (Entry("捐赠人（单位）", row.donor, 3, 4), Entry("收据（证书）号", row.receipt, 2, 3)),
        (Entry("物品、数量", what, 3, 9),),
        (Entry("用途、说明", row.words, 3, 9),),
        (Entry("经手人", "", 3, 3), Entry("验收人", "", 2, 4)),
    )
    section = Section(
        (
            Title("接受捐赠证明", 22), Line((f"编号：{row.receipt}",)), Para(f"{row.donor}：", indent=False),
            Para(f"您（贵单位）于{zh_full(row.on)}捐赠给我校{what}，已如数收到，登记入账。感谢您对孩子们的关心。"), Para(PLAIN),
            Para("特此证明。"), Para(f"{row.school.name}（盖章）", side="right"), Para(zh_full(row.on), side="right"),
            Cut("以下学校留存"), Title("捐赠登记存根", 15), Grid(stub),
        )
    )  # fmt: skip
    return Filling(row.school, [section])


DONATED = Ledger(
    "donations", "捐赠登记表", "捐赠人、物品、数量、金额、收据或证书号、经手", NEED,
    {
        "日期": 1.5, "捐赠人（单位）": 2.6, "物品": 2, "数量": 1.2, "单价（元）": 1.2, "金额（元）": 1.3, "收据、证书号": 1.8, "存放": 1.4, "经手": 1.3, "说明": 2.4,
    }, _donated, title="接受捐赠登记表", sign=SIGN, nil="没有捐赠",
)  # fmt: skip
BOOK = Ledger(
    "goods-book", "物资收发台账", "入库、发放、盘点、报废，一笔一行", NEED,
    {"日期": 1.6, "物品": 2.2, "类别": 1.1, "数量": 1.1, "单位": 0.9, "来源": 1.5, "捐赠人、说明": 4, "经手": 1.4, "签领表收回": 1.6}, _all, sign=SIGN,
)  # fmt: skip
THANKS = Slip("donation", "接受捐赠证明", _thanks)
