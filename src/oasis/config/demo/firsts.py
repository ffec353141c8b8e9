"""The demo's places: a breakfast for the school, a small tutoring group for each class."""

from datetime import datetime, time, timedelta

from oasis.campus.firsts import in_turn
from oasis.campus.models import PlaceList, PlaceWish
from oasis.children.models import Child
from oasis.config.demo.homes import Kept
from oasis.config.demo.sheets import Stage
from oasis.kit.dates import CHINA


def tell(stage: Stage, kept: list[Kept]) -> None:
    """Open the lists and give most places out; one class still waits."""
    at = datetime.combine(stage.on - timedelta(days=50), time(9), CHINA)
    for n, klass in enumerate(stage.klasses):
        pupils = [one.child for one in kept if one.child.klass_id == klass.pk]
        row = PlaceList(
            school=stage.school, sort="tutoring", title="作业辅导小组", hours="周二、周四放学后", seats=6, klass=klass, at=at,
            by=stage.homeroom[klass.pk], allotted_at=at + timedelta(days=3) if n else None,
        )  # fmt: skip
        stage.rows.add(row)
        _wishes(stage, row, stage.random.sample(pupils, min(len(pupils), 9)), at)
    meal = PlaceList(
        school=stage.school, sort="care", title="爱心早餐", hours="每天7:20", seats=max(10, len(kept) // 3), at=at,
        by=stage.staff["dean"][0], allotted_at=at + timedelta(days=2),
    )  # fmt: skip
    stage.rows.add(meal)
    _wishes(stage, meal, stage.random.sample([one.child for one in kept], len(kept) // 2), at)


def _wishes(stage: Stage, row: PlaceList, children: list[Child], at: datetime) -> None:
    wishes = [
        PlaceWish(school=stage.school, child=child, place_list=row, at=at + timedelta(minutes=n), by=row.by)
        for n, child in enumerate(children)
    ]
    for n, wish in enumerate(in_turn(wishes, lambda one: one.child, lambda one: one.at)):
        wish.placed = row.allotted_at is not None and n < row.seats
        stage.rows.add(wish)
