"""The demo's goods: schoolbags given by a donor, quilts by the state, books bought, a gift day, one count."""

from datetime import timedelta
from decimal import Decimal

from oasis.campus.models import Goods, Handout, Movement
from oasis.config.demo.homes import Kept
from oasis.config.demo.sheets import Stage
from oasis.kit.ids import new_id
from oasis.records.models import Record

THINGS = (
    ("书包", "个", 60, "donated", "68.00", "青河县商会（演示）", "捐字第0012号"), ("棉被", "床", 40, "state", "120.00", "", ""),
    ("课外书", "套", 30, "school", "45.00", "", "发票0387"), ("文具盒", "个", 80, "teacher", "9.50", "", ""),
    ("跳绳", "根", 20, "school", "6.00", "", ""),
)  # fmt: skip


def tell(stage: Stage, kept: list[Kept]) -> None:
    """Draw what came in, one gift day for those looked after, birthdays, and the count at mid-term."""
    by, things = stage.staff["keeper"][0], {}
    for name, unit, number, source, price, donor, receipt in THINGS:
        things[name] = Goods(
            school=stage.school, name=name, unit=unit, place="活动室储物柜" if unit != "床" else "宿舍库房"
        )
        stage.rows.add(things[name])
        stage.rows.add(
            Movement(
                school=stage.school, goods=things[name], sort="in", on=stage.on - timedelta(days=60), quantity=max(number, len(kept)),
                source=source, price=Decimal(price), donor=donor, receipt=receipt, by=by,
            )
        )  # fmt: skip
    _gift_day(stage, things["书包"], [one for one in kept if one.child.left_behind])
    counted = max(20, len(kept)) - 1
    stage.rows.add(
        Movement(school=stage.school, goods=things["跳绳"], sort="count", on=stage.on - timedelta(days=9), quantity=-1, counted=counted, words="借出一根没有还", by=by)
    )  # fmt: skip
    for one in stage.random.sample(kept, min(len(kept), 12)):
        _birthday(stage, one)


def _gift_day(stage: Stage, goods: Goods, whom: list[Kept]) -> None:
    by, on, group = stage.staff["keeper"][0], stage.on - timedelta(days=40), new_id()
    row = Movement(
        school=stage.school, goods=goods, sort="out", on=on, quantity=-len(whom), occasion="moon", by=by, words="中秋慰问",
        signed_on=on + timedelta(days=2),
    )  # fmt: skip
    stage.rows.add(row)
    for n, one in enumerate(whom):
        stage.rows.add(Handout(school=stage.school, child=one.child, movement=row, by=by))
        details = {"occasion": "moon", "what": f"{goods.name}1{goods.unit}", "source": "store"}
        stage.rows.add(
            Record(
                id=new_id() if n else group, school=stage.school, child=one.child, kind="gift", happened_on=on, by=by, group=group,
                summary="中秋慰问", details=details,
            )
        )  # fmt: skip


def _birthday(stage: Stage, one: Kept) -> None:
    on = stage.on - timedelta(days=stage.random.randrange(3, 70))
    details = {
        "occasion": "birthday",
        "what": stage.random.choice(["蛋糕一个", "水果一份", "一本书"]),
        "source": "teacher",
    }
    stage.rows.add(
        Record(
            id=new_id(), school=stage.school, child=one.child, kind="gift", happened_on=on, by=stage.homeroom[one.child.klass_id],
            summary="全班一起唱了生日歌，孩子笑得很开心。", details=details,
        )
    )  # fmt: skip
