"""The demo's boarding house: two houses, beds, nights with a fever now and then, weekends at home."""

from datetime import datetime, time, timedelta

from oasis.campus.models import BedMark, BedStay, Collector, DormRoom, HomeLeave, House, NightCheck, Visitor
from oasis.children.models import Child
from oasis.config.demo.homes import Kept
from oasis.config.demo.sheets import Stage
from oasis.kit.dates import CHINA
from oasis.kit.ids import new_id
from oasis.people.models import User
from oasis.records.models import Record

BEDS = 8
NIGHTS = 10
NOTES = ("", "", "一楼水龙头滴水，已报修", "二号房窗户关不严", "天冷，加了一遍被子")


def tell(stage: Stage, kept: list[Kept]) -> None:
    """Give every boarder a bed, and the house its nights; one boarder came this week and has none yet."""
    boarders = [one.child for one in kept if one.child.boarding]
    for sex, name in (("2", "女生楼"), ("1", "男生楼")):
        mine = [child for child in boarders if child.sex == sex]
        if mine:
            house = House(school=stage.school, name=name, sex=sex)
            stage.rows.add(house)
            bedded = _beds(stage, house, mine)
            _nights(stage, house, bedded)
            _weekends(stage, bedded)
            _visitors(stage, bedded)
            _collectors(stage, bedded)


def _beds(stage: Stage, house: House, children: list[Child]) -> list[Child]:
    bedded = children[:-1] if len(children) > 3 else children
    term = [one for one in stage.terms if one.starts_on <= stage.on][-1]
    for n, child in enumerate(bedded):
        if n % BEDS == 0:
            room = DormRoom(school=stage.school, house=house, name=f"{101 + n // BEDS}", beds=BEDS)
            stage.rows.add(room)
        stage.rows.add(
            BedStay(
                school=stage.school, child=child, room=room, bed=n % BEDS + 1, head=n % BEDS == 0, by=_keeper(stage),
                from_on=max(child.opened_on, term.starts_on),
            )
        )  # fmt: skip
        child.dorm, child.bed = f"{house.name}{room.name}", str(n % BEDS + 1)
    return bedded


def _keeper(stage: Stage) -> User:
    return stage.staff["life-care"][0]


def _nights(stage: Stage, house: House, children: list[Child]) -> None:
    for back in range(NIGHTS, 0, -1):
        day = stage.on - timedelta(days=back)
        if day.weekday() in (4, 5):
            continue
        for turn, clock in (("call", time(21, 10)), ("first", time(23, 30))):
            began = datetime.combine(day, clock, CHINA)
            check = NightCheck(
                school=stage.school, house=house, on=day, turn=turn, at=began, by=_keeper(stage), safe=stage.random.random() < 0.9,
                closed_at=began + timedelta(minutes=12), note=stage.random.choice(NOTES),
            )  # fmt: skip
            stage.rows.add(check)
            for child in children:
                _mark(stage, check, child)


def _mark(stage: Stage, check: NightCheck, child: Child) -> None:
    care = ""
    if check.turn == "first" and stage.random.random() < 0.06:
        care = stage.random.choice(["quilt", "quilt", "crying", "fever", "unwell"])
    row = BedMark(
        school=stage.school,
        child=child,
        check_of=check,
        state="in",
        care=care,
        by=check.by,
        at=check.at + timedelta(minutes=5),
    )
    if care:
        record = Record(
            id=new_id(), school=stage.school, child=child, kind="night-care", happened_on=check.on, at=row.at, by=check.by,
            details={"care": care},
        )  # fmt: skip
        stage.rows.add(record)
        row.record = record.pk
    stage.rows.add(row)


def _weekends(stage: Stage, children: list[Child]) -> None:
    """Most went home last Friday with the family and came back on Sunday; one is away today."""
    friday = stage.on - timedelta(days=(stage.on.weekday() - 4) % 7 or 7)
    for n, child in enumerate(children):
        left = datetime.combine(friday, time(16, 20), CHINA)
        back = left + timedelta(days=2, minutes=stage.random.randrange(90))
        if n == 1:
            left = datetime.combine(stage.on, time(8, 5), CHINA) - timedelta(days=1)
        elif back.date() >= stage.on or stage.random.random() > 0.7:
            continue
        stage.rows.add(
            HomeLeave(
                school=stage.school, child=child, reason="ill" if n == 1 else "weekend", fetched_by=f"{child.name[:1]}家爷爷",
                relation="祖父", approver="班主任", left_at=left, due_at=left + timedelta(days=2, hours=1), home_at=left + timedelta(hours=1),
                back_at=None if n == 1 else back, by=_keeper(stage),
            )
        )  # fmt: skip


VISITS = (("外公", "送换洗衣服和药"), ("姑姑", "父亲托她来看孩子，带了冬鞋"), ("村妇联主任", "走访，和孩子谈了谈"))


def _visitors(stage: Stage, children: list[Child]) -> None:
    """A few came to see a boarder; each was checked and signed out."""
    for n, (relation, why) in enumerate(VISITS):
        if n < len(children):
            came = datetime.combine(stage.on - timedelta(days=4 + 6 * n), time(17, 30), CHINA)
            name = f"{children[n].name[:1]}家{relation}" if n < 2 else "柳溪村刘主任"
            stage.rows.add(
                Visitor(
                    school=stage.school, child=children[n], name=name, relation=relation, id_tail=f"{3021 + 7 * n}", why=why,
                    came_at=came, went_at=came + timedelta(minutes=25), by=_keeper(stage), at=came,
                )
            )  # fmt: skip


def _collectors(stage: Stage, children: list[Child]) -> None:
    """A neighbour may fetch one child, as the mother said."""
    for child in children[:1]:
        stage.rows.add(
            Collector(
                school=stage.school, child=child, name="邻居鲁婶", relation="邻居", agreed="母亲电话同意，班主任在旁", by=_keeper(stage)
            )
        )  # fmt: skip
