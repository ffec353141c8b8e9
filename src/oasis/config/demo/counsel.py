"""The demo's counsellor: a few key children are entrusted to her, and what they say stays sealed."""

from datetime import datetime, time, timedelta
from random import Random

from oasis.children.models import Child, Pairing
from oasis.config.demo.homes import Kept
from oasis.config.demo.sheets import Stage
from oasis.kit.dates import CHINA
from oasis.kit.ids import new_id
from oasis.places.queries import is_school_day
from oasis.records.models import Record, Sealed

MOST = 8  # children a counsellor can follow beside her lessons
TALKS = (
    "画了一家人，自己站得很远。说夜里常醒，想妈妈。教他睡前数呼吸，约好每周来一次。",
    "说同学笑话他没人接。一起想了三句可以回答的话，下周看看管不管用。",
    "这次话多了，说爸爸答应过年回来。睡得好一些，还是不愿意上台发言。",
    "哭了一会儿，说怕奶奶的病。陪着坐了半节课，请班主任这几天多看看她。",
)


def tell(stage: Stage, kept: list[Kept]) -> None:
    """Entrust some of the key children to the counsellor, with a talk or two; drawn apart, so that the rest stays."""
    random = Random(f"counsel {stage.school.name}")  # noqa: S311 - a demo wants a seed
    key = [one.child for one in kept if one.child.key and one.child.left_behind and one.child.state == Child.State.HERE]
    for child in random.sample(key, min(MOST, len(key))):
        begun = max(child.opened_on, stage.on - timedelta(days=50))
        stage.rows.add(
            Pairing(
                school=stage.school, child=child, staff=stage.staff["counsellor"][0], role="counsellor", from_on=begun,
                aim="情绪和睡眠，两周谈一次", by=stage.staff["dean"][0],
            )
        )  # fmt: skip
        for back in (34, 13):
            day = stage.on - timedelta(days=back + random.randrange(6))
            if day > begun and is_school_day(day, {}):
                _talk(stage, child, datetime.combine(day, time(12, 40), CHINA), random.choice(TALKS))


def _talk(stage: Stage, child: Child, at: datetime, words: str) -> None:
    row = Record(
        id=new_id(), school=stage.school, child=child, kind="talk", happened_on=at.date(), at=at, by=stage.staff["counsellor"][0],
        with_whom="child", channel="face", confidential=True, summary="", details={},
    )  # fmt: skip
    stage.rows.add(row)
    stage.rows.add(Sealed(record=row, school=stage.school, summary=words, details={"reason": "mood"}))
