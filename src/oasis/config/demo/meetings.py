"""The demo's meetings of parents: one a class at the term's start, parent school for all, one still to come."""

from datetime import timedelta
from random import Random

from oasis.campus.models import ParentMeeting, ParentSeat
from oasis.config.demo.homes import Kept
from oasis.config.demo.sheets import Stage
from oasis.places.models import Klass

TOPICS = ("新学期我们一起做的事", "怎样陪伴不在身边的孩子", "作业和手机", "安全过好每一天")
LESSONS = ("隔代照护怎样和孩子说话", "孩子的情绪从哪里来", "防溺水、防火、防意外")
WORDS = ("电话里都说了，孩子妈妈说知道了", "微信发了会上的内容，孩子爸爸回了谢谢", "上门告诉了奶奶")


def hold(stage: Stage, kept: list[Kept]) -> None:
    """Hold and plan the meetings. Draws apart, so that the rest stays."""
    random = Random(f"meetings {stage.school.name}")  # noqa: S311 - a demo wants a seed
    term = [term for term in stage.terms if term.starts_on <= stage.on][-1]
    for klass in stage.klasses:
        _meeting(random, stage, kept, klass, "meeting", random.choice(TOPICS), 10 - (stage.on - term.starts_on).days)
    for days, topic in ((-160, LESSONS[0]), (-40, LESSONS[1])):
        _meeting(random, stage, kept, None, "carers", topic, days)
    _meeting(random, stage, kept, None, "school", LESSONS[2], 12)


def _meeting(
    random: Random, stage: Stage, kept: list[Kept], klass: Klass | None, kind: str, topic: str, days: int
) -> None:
    day = stage.on + timedelta(days=days)
    by = stage.homeroom[klass.pk] if klass else stage.staff["dean"][0]
    held = day < stage.on
    row = ParentMeeting(
        school=stage.school, klass=klass, kind=kind, topic=topic, on=day, hours="下午2:30—4:00", room="本班教室" if klass else "学校会议室",
        speaker=by.name, agenda="一、学校情况\n二、怎样和孩子联系\n三、安全\n四、自由交流", tell_by=day + timedelta(days=10),
        ended=held, summary="家长关心学习和手机，约好每周至少一次通话。" if held else "", by=by,
    )  # fmt: skip
    stage.rows.add(row)
    for one in kept:
        if (klass is None or one.child.klass_id == klass.pk) and (kind != "carers" or one.child.left_behind):
            _seat(random, stage, row, one)


def _seat(random: Random, stage: Stage, row: ParentMeeting, one: Kept) -> None:
    seat = ParentSeat(school=stage.school, child=one.child, meeting=row, came=row.ended and random.random() < 0.82)
    if row.ended and not seat.came and random.random() < 0.9:
        seat.told_on = min(stage.on, row.on + timedelta(days=random.randrange(1, 8)))
        seat.told_by, seat.way, seat.words = (
            stage.homeroom[one.child.klass_id],
            random.choice(["phone", "wechat", "visit"]),
            random.choice(WORDS),
        )
    stage.rows.add(seat)
