"""ALERTS: declared signals, each a rule over a child's facts that says why in words; a person judges, nothing is a verdict.

The limits follow local practice where domain.md 4.3 knows one and are else our own proposal; a school sets its own.
"""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date, timedelta

from oasis.alerts.facts import Facts
from oasis.campus.models.growth import Subject
from oasis.kit.catalogue import Catalogue
from oasis.kit.dates import zh_short

LOW = frozenset({"low", "upset"})
FOLLOWED = timedelta(days=14)  # within so many days a pressing concern waits for a talk or a visit
NEEDS_FRESH = timedelta(days=60)
CONCERN_DAYS = timedelta(days=30)
A_WEEK = timedelta(days=7)  # the talk after a parting is due by then (duties)
ABSENT_DAYS, MARKS_FRESH = timedelta(days=14), timedelta(days=60)


@dataclass(frozen=True)
class Raised:
    """A signal that holds: since when, None when nobody knows, and why."""

    since: date | None
    why: str


Rule = Callable[[Facts, int, date], Raised | None]


@dataclass(frozen=True)
class Signal:
    """One thing to look out for. `limit` is the one number a school may set; `about` says what is looked at.

    `everyone`: also of children whose parents are at home. `hides`: signals that say the same in weaker words. `ends` says
    in words when it is over.
    """

    code: str
    label: str
    icon: str
    about: str
    ends: str
    rule: Rule
    limit: int
    unit: str
    least: int = 1
    most: int = 20
    everyone: bool = False
    hides: frozenset[str] = frozenset()


def _weeks_since(day: date, on: date) -> int:
    return (on - day).days // 7


def _quiet(facts: Facts, weeks: int, on: date) -> Raised | None:
    if facts.begun is None or _weeks_since(facts.counted(facts.contact), on) < weeks:
        return None
    last = f"上一次是{zh_short(facts.contact)}" if facts.contact else "还没有过记录"
    return Raised(
        facts.counted(facts.contact) + timedelta(weeks=weeks), f"{weeks}周没有和孩子或家里接触的任何记录，{last}"
    )


def _missed(facts: Facts, weeks: int, on: date) -> Raised | None:
    if facts.begun is None or _weeks_since(facts.counted(facts.family), on) < weeks:
        return None
    last = f"上一次是{zh_short(facts.family)}" if facts.family else "还没有过记录"
    return Raised(facts.counted(facts.family) + timedelta(weeks=weeks), f"{weeks}周没有联系上父母或照护人，{last}")


def _unreached(facts: Facts, times: int, on: date) -> Raised | None:
    run = sorted(day for day in facts.failed if facts.family is None or day > facts.family)
    if len(run) < times:
        return None
    return Raised(run[times - 1], f"接连{len(run)}次没有联系上家里，最近一次是{zh_short(run[-1])}")


def _dead(facts: Facts, _limit: int, on: date) -> Raised | None:
    if not facts.dead_phones or facts.live_phones:
        return None
    return Raised(max(facts.failed, default=None), f"监护人和照护人登记的{facts.dead_phones}个号码都打不通或是空号")


def _left(facts: Facts, weeks: int, on: date) -> Raised | None:
    lately = [day for day in facts.left if on - timedelta(weeks=weeks) <= day <= on - A_WEEK]
    if not lately or (facts.talk and facts.talk >= max(lately)):
        return None
    return Raised(max(lately) + A_WEEK, f"父亲或母亲{zh_short(max(lately))}离家外出，一周过去还没有和孩子谈过心")


def _mood(facts: Facts, times: int, on: date) -> Raised | None:
    run: list[date] = []
    for day, mood in sorted(facts.moods, reverse=True):
        if mood not in LOW:
            break
        run.append(day)
    if len(run) < times:
        return None
    return Raised(run[-1], f"最近{len(run)}次谈心孩子都低落或烦躁（{'、'.join(zh_short(day) for day in run[::-1])}）")


def _concern(facts: Facts, times: int, on: date) -> Raised | None:
    pressing = max((day for day, weight in facts.concerns if weight == "now" and on - day <= FOLLOWED), default=None)
    if pressing and (facts.contact is None or facts.contact < pressing):
        return Raised(pressing, f"{zh_short(pressing)}有“今天就要处理”的关注，之后还没有接触的记录")
    lately = [day for day, _weight in facts.concerns if on - day <= CONCERN_DAYS]
    if len(lately) < times:
        return None
    return Raised(max(lately), f"30天内有{len(lately)}次关注，最近一次是{zh_short(max(lately))}")


def _needs(facts: Facts, points: int, on: date) -> Raised | None:
    course = sorted(facts.scores)
    if len(course) < 2 or on - course[-1][0] > NEEDS_FRESH:
        return None
    (_day, before), (last, now) = course[-2:]
    if now - before < points:
        return None
    return Raised(last, f"五项需求比上一次评估缺得更多（{zh_short(last)}评）")


def _absent(facts: Facts, times: int, on: date) -> Raised | None:
    run = sorted(set(facts.absent))
    lately = [day for day in run if on - day <= ABSENT_DAYS]
    if len(lately) < times:
        return None
    return Raised(
        lately[times - 1], f"14天内有{len(lately)}天缺勤（{'、'.join(zh_short(day) for day in lately[-5:])}）"
    )


def _marks(facts: Facts, points: int, on: date) -> Raised | None:
    fell: list[tuple[date, str, int]] = []
    for subject, course in facts.marks.items():
        course.sort()
        if len(course) > 1 and on - course[-1][0] <= MARKS_FRESH and course[-2][1] - course[-1][1] >= points * 10:
            fell.append((course[-1][0], str(Subject(subject).label), (course[-2][1] - course[-1][1]) // 10))
    if not fell:
        return None
    last = max(day for day, _label, _by in fell)
    told = "、".join(f"{label}低了{by}分" for day, label, by in fell)
    return Raised(last, f"和班级平均相比，{zh_short(last)}的考试比上一次{told}（按百分制）")


ALERTS = Catalogue(
    Signal("quiet", "很久没人接触", "clock-exclamation", "任何一种接触（谈心、家访、通话、辅导等）多久没有", "有了接触的记录",
        _quiet, 5, "周", most=12, hides=frozenset({"missed"})),
    Signal("missed", "很久没联系上家里", "phone-off", "和父母、照护人的通话、书信、家访多久没有", "联系上了家里",
        _missed, 7, "周", most=16),
    Signal("unreached", "接连联系不上", "phone-x", "联系家里接连几次没有联系上", "联系上了家里", _unreached, 3, "次", least=2, most=10),
    Signal("dead", "号码都打不通", "phone-off", "监护人和照护人的号码是不是都打不通", "登记了能打通的号码",
        _dead, 1, "", most=1),
    Signal("left", "父母刚外出", "home-heart", "父亲或母亲离家一周以后还没有谈心，看到第几周", "谈过心，或者过了这几周",
        _left, 3, "周", most=8, everyone=True),
    Signal("mood", "情绪接连低落", "mood-sad", "接连几次谈心孩子低落或烦躁", "有一次谈心情绪平静或开心", _mood, 2, "次", least=2, most=6, everyone=True),
    Signal("concern", "关注接连出现", "flag", "30天内有几次关注；“今天就要处理”的有一次就算", "30天内没有那么多次，急的已经接触过",
        _concern, 2, "次", most=10, everyone=True),
    Signal("needs", "需求缺得更多", "trending-down", "五项需求合计比上一次多缺几分", "再评估时好转，或者过了两个月",
        _needs, 2, "分", most=6, everyone=True),
    Signal("absent", "接连缺勤", "calendar-off", "14天内缺勤几天（半天也算一天）", "14天内没有那么多天缺勤", _absent, 3, "天", least=2, most=10, everyone=True),
    Signal("marks", "成绩明显下降", "chart-line", "和班级平均相比，同一科比上一次考试低了几分（按百分制）", "下一次考试回升，或者过了两个月",
        _marks, 15, "分", least=5, most=50, everyone=True),
)  # fmt: skip
