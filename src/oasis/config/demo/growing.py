"""The demo's growth: three exams a class, days absent, good and bad, honours, works, books."""

from datetime import timedelta
from decimal import Decimal

from oasis.campus.models import Absence, Exam, Growth, HolidayStay, Mark
from oasis.config.demo.homes import Kept
from oasis.config.demo.sheets import Stage
from oasis.places.queries import is_school_day

SUBJECTS = ("chinese", "maths", "english")
HONOURS = (
    ("校三好学生", "school", "three-good", "学校"), ("县三好学生", "county", "three-good", "县教育局"),
    ("六一绘画比赛二等奖", "school", "art", "学校"), ("学区作文比赛一等奖", "township", "subject", "柳溪镇学区"),
    ("运动会60米第二名", "school", "sport", "学校"), ("班级进步之星", "klass", "progress", "本班"),
)  # fmt: skip
WORKS = (
    ("我的家", "painting"),
    ("外婆的菜园", "writing"),
    ("写给爸爸妈妈的信", "letter"),
    ("介绍我自己", "self"),
    ("春联", "script"),
    ("泥塑小牛", "craft"),
)
BOOKS = (
    ("十万个为什么", ""),
    ("安徒生童话", "安徒生"),
    ("西游记（少年版）", "吴承恩"),
    ("寄小读者", "冰心"),
    ("昆虫记", "法布尔"),
)
GOOD = (
    ("helps", "帮同桌补落下的作业"),
    ("works", "主动留下来打扫教室"),
    ("honest", "捡到饭卡交给老师"),
    ("studies", "作业比上个月认真多了"),
)
BAD = (
    ("rules", "课上传纸条，提醒后改了"),
    ("net", "周末在家玩手机到很晚，周一上课打瞌睡"),
    ("fight", "和同学推搡，已经互相道歉"),
)
REASONS = ("ill", "ill", "ill", "leave", "leave", "family", "unknown")


def live(stage: Stage, kept: list[Kept]) -> None:
    """Draw what every child of a school did and missed."""
    _exams(stage, kept)
    for one in kept:
        for _n in range(stage.random.choices([0, 1, 2], weights=[60, 28, 12])[0]):
            _absent(stage, one, stage.random.randrange(1, 80))
        _moments(stage, one)
        if one.child.left_behind and stage.random.random() < 0.6:
            _holiday(stage, one)


def _exams(stage: Stage, kept: list[Kept]) -> None:
    terms = sorted((term for term in stage.terms if term.starts_on <= stage.on), key=lambda term: term.starts_on)[-2:]
    level = {one.child.pk: stage.random.gauss(78, 10) for one in kept}
    for term in terms:
        for name, share in (("期中考试", 0.45), ("期末考试", 0.95)):
            day = term.starts_on + timedelta(days=round((term.ends_on - term.starts_on).days * share))
            if day > stage.on:
                continue
            exam = Exam(school=stage.school, term=term, name=name, on=day)
            stage.rows.add(exam)
            for one in kept:
                if one.child.opened_on <= day:
                    _sit(stage, one, exam, level[one.child.pk])


def _sit(stage: Stage, one: Kept, exam: Exam, level: float) -> None:
    for subject in SUBJECTS:
        points = max(8.0, min(100.0, level + stage.random.gauss(0, 3.2)))
        stage.rows.add(
            Mark(
                school=stage.school, child=one.child, exam=exam, subject=subject, points=Decimal(round(points * 2)) / 2,
                by=stage.homeroom[one.child.klass_id],
            )
        )  # fmt: skip


def _absent(stage: Stage, one: Kept, days: int, reason: str = "") -> None:
    day = stage.on - timedelta(days=days)
    if day < one.child.opened_on or not is_school_day(day, {}):
        return
    taken = any(
        isinstance(row, Absence) and row.child_id == one.child.pk and row.on == day
        for row in stage.rows.tables[Absence]
    )
    if not taken:
        stage.rows.add(
            Absence(
                school=stage.school, child=one.child, on=day, part=stage.random.choice(["day", "day", "am"]),
                reason=reason or stage.random.choice(REASONS), by=stage.homeroom[one.child.klass_id],
            )
        )  # fmt: skip


def _moments(stage: Stage, one: Kept) -> None:
    random = stage.random
    if random.random() < 0.3:
        title, level, sort, giver = random.choice(HONOURS)
        number = f"LX{random.randrange(1000, 9999)}" if level in ("county", "township") else ""
        _keep(stage, one, "honour", title=title, level=level, sort=sort, giver=giver, certificate=number)
    if random.random() < 0.35:
        title, sort = random.choice(WORKS)
        _keep(stage, one, "work", title=title, sort=sort)
    if random.random() < 0.5:
        title, giver = random.choice(BOOKS)
        _keep(
            stage,
            one,
            "book",
            title=title,
            giver=giver,
            words="喜欢里面的故事，讲给弟弟听了" if random.random() < 0.3 else "",
        )
    for kind, pool, share in (("good", GOOD, 0.35), ("bad", BAD, 0.08)):
        if random.random() < share:
            sort, words = random.choice(pool)
            _keep(stage, one, kind, sort=sort, words=words)


def _keep(stage: Stage, one: Kept, kind: str, **told: str) -> None:
    day = max(one.child.opened_on, stage.on - timedelta(days=stage.random.randrange(1, 200)))
    by = stage.homeroom[one.child.klass_id]
    stage.rows.add(Growth(school=stage.school, child=one.child, kind=kind, on=min(day, stage.on), by=by, **told))


def _holiday(stage: Stage, one: Kept) -> None:
    """What was asked before the holidays: most stay with whoever cares, some parents come home for New Year."""
    term = max((term for term in stage.terms if term.starts_on <= stage.on), key=lambda term: term.starts_on)
    whom = stage.random.choices(["home", "there", "carer", "kin", "nobody"], weights=[38, 18, 36, 6, 2])[0]
    home = term.ends_on + timedelta(days=stage.random.randrange(2, 9)) if whom == "home" else None
    stage.rows.add(
        HolidayStay(
            school=stage.school, child=one.child, term=term, with_whom=whom, home_on=home,
            leave_on=home + timedelta(days=16 + stage.random.randrange(8)) if home else None,
            note="姑姑答应白天过去看，已经告诉村里" if whom == "nobody" else "", by=stage.homeroom[one.child.klass_id],
        )
    )  # fmt: skip
