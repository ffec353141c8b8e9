"""The demo's notices: every class has its code, some pupils wrote, teachers weighed part of it."""

from datetime import datetime, time, timedelta

from oasis.campus.actions.notices import LENGTH, LETTERS
from oasis.campus.models import Notice, NoticeCode
from oasis.config.demo.homes import Kept
from oasis.config.demo.sheets import Stage
from oasis.kit.dates import CHINA

WORDS = (
    ("这几天中午不去吃饭，一个人在教室里", False), ("说晚上一个人在家害怕，不敢关灯", True), ("把作业本撕了，哭了很久", False),
    ("奶奶住院了，早上没吃饭就来了", True), ("放学跟着几个大孩子去河边", True), ("最近不和我们玩了，也不说话", False),
)  # fmt: skip


def tell(stage: Stage, kept: list[Kept]) -> None:
    """Give classes codes; about one class in two has something to read."""
    term = [one for one in stage.terms if one.starts_on <= stage.on][-1]
    for klass in stage.klasses:
        by, pupils = stage.homeroom[klass.pk], [one.child for one in kept if one.child.klass_id == klass.pk]
        code = "".join(stage.random.choice(LETTERS) for _n in range(LENGTH))
        until = max(term.ends_on, stage.on)
        stage.rows.add(NoticeCode(school=stage.school, klass=klass, code=code, until_on=until, by=by))
        for words, urgent in stage.random.sample(WORDS, stage.random.choice([0, 0, 1, 2])):
            at = datetime.combine(stage.on - timedelta(days=stage.random.randrange(1, 9)), time(12, 40), CHINA)
            row = Notice(
                school=stage.school,
                klass=klass,
                about=stage.random.choice(pupils).given_name,
                words=words,
                urgent=urgent,
                at=at,
            )
            if stage.random.random() < 0.4:
                row.state, row.why = Notice.State.ASIDE, "已当面了解，是同学间的玩笑，没有事"
                row.decided_by, row.decided_at = by, at + timedelta(hours=4)
            stage.rows.add(row)
