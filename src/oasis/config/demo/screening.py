"""The demo's screening of the mind: one of this term, with what it found of the children referred to the counsellor."""

from datetime import datetime, time, timedelta

from oasis.campus.models import ScreenFollow, Screening, ScreenResult
from oasis.children.models import Pairing
from oasis.config.demo.homes import Kept
from oasis.config.demo.sheets import Stage
from oasis.kit.dates import CHINA
from oasis.kit.ids import new_id
from oasis.records.actions.screening import KEPT
from oasis.records.models import Record, Sealed

FOUND = (
    ("orange", "总分58，孤独倾向9，恐怖倾向8", "晚上想妈妈，睡不好，不愿和同学说。", "建议每周一次辅导，请父亲每晚视频", "每周二午休辅导一次", "县医院心理门诊"),
    ("yellow", "总分46，学习焦虑11", "怕考试考不好，奶奶会难过。", "一般焦虑，校内辅导即可", "教放松方法，和班主任商量作业量", ""),
    ("blue", "总分31，自责倾向7", "和同桌吵架后一直怪自己。", "不需转介", "谈过两次，和同桌和好", ""),
)  # fmt: skip


def tell(stage: Stage, kept: list[Kept]) -> None:
    """Draw the screening of the term, three results at most, one still without a word to the parents."""
    if not stage.staff["counsellor"]:
        return
    by, on = stage.staff["counsellor"][0], stage.on - timedelta(days=24)
    pairs = [row for row in stage.rows.tables[Pairing] if isinstance(row, Pairing) and row.role == "counsellor"]
    mine = [row.child for row in pairs if row.staff_id == by.pk and row.from_on <= on][: len(FOUND)]
    held = Screening(
        school=stage.school, on=on, scale="心理健康诊断测验（MHT）", about="全校，家长同意参加的", organiser=by.name, took=max(len(kept) // 2, 8),
        red=0, orange=1, yellow=3, blue=4, by=by,
    )  # fmt: skip
    stage.rows.add(held)
    for n, child in enumerate(mine):
        grade, score, talk, review, handling, referral = FOUND[n]
        told, over = n != 1, n == 2
        at = datetime.combine(on + timedelta(days=1 if told else 20), time(15, 10), CHINA)
        row = ScreenResult(
            school=stage.school, child=child, screening=held, grade=grade, score=score, talk=talk, reviewer="县心理辅导站 王老师",
            reviewed_on=at.date() + timedelta(days=2), review=review, told_on=at.date() + timedelta(days=1) if told else None,
            told_whom="照护人和父亲（电话）" if told else "", handling=handling, referral=referral,
            referral_on=at.date() + timedelta(days=4) if referral else None, next_on=None if over else stage.on + timedelta(days=1 + n),
            closed_on=stage.on - timedelta(days=3) if over else None, by=by, at=at,
        )  # fmt: skip
        stage.rows.add(row)
        stage.rows.add(
            ScreenFollow(
                school=stage.school,
                child=child,
                result=row,
                on=stage.on - timedelta(days=4),
                words="说话比上次多，睡得好一些。",
                by=by,
            )
        )
        line = Record(
            id=new_id(), school=stage.school, child=child, kind="screening", happened_on=on, by=by, confidential=True
        )
        stage.rows.add(line)
        stage.rows.add(Sealed(record=line, school=stage.school, summary=KEPT))
