"""工作计划: the plan of the coming term, drafted from what the records of this one still lack (requirements.md E4)."""

from collections.abc import Iterator, Sequence

from oasis.duties.catalogue import Duty
from oasis.duties.clocks import EachTerm, TermStart
from oasis.duties.grounds import ground
from oasis.kit.dates import zh_full
from oasis.papers.official.numbering import chinese
from oasis.papers.summary.facts import Facts
from oasis.papers.summary.outcomes import Lack, counted
from oasis.papers.wording import Told, gap, joined, tell

TERMS = {"1": "第一学期", "2": "第二学期"}


def following(period: str) -> str:
    """Name the term or year after a period: the plan is for it."""
    if period.startswith("y"):
        year = int(period[1:]) + 1
        return f"{year}—{year + 1}学年"
    year, half = int(period[1:5]), period[-1]
    return f"{year}—{year + 1}学年度{TERMS['2']}" if half == "1" else f"{year + 1}—{year + 2}学年度{TERMS['1']}"


FILES = (
    Lack("care-alone", "还有{n}名孩子独居或无人照护", "立即联系家长和村（居）委会落实照护人，必要时依法报告"),
    Lack(
        "unconfirmed",
        "还有{n}名孩子没有有效的监护人（照护人）确认记录",
        "开学后20个上课日内逐一确认，督促家长办理委托照护书面告知",
    ),
    Lack("care-unsaid", "还有{n}名孩子没有登记照护类型", "开学摸底时核实登记"),
    Lack("census-open", "还有{n}名学生没有摸底排查", "开学后20个上课日内排查一遍，不漏一人"),
    Lack("assess-open", "还有{n}名孩子没有评估五项需求", "开学后40个上课日内完成评估"),
    Lack("files-open", "还有{n}名孩子的档案不完整", "补齐缺少的内容，一人一档"),
)
PAIRING = (
    Lack("unpaired", "还有{n}名孩子没有结对教师", "开学后20个上课日内安排结对"),
    Lack("plan-open", "还有{n}名重点帮扶对象没有帮扶计划", "制定一人一策的帮扶计划，期中、期末各评估一次"),
    Lack("problem", "还有{n}名孩子的问题在跟进", "逐一跟进到有结果，写明怎样解决"),
    Lack("lacking-key-talk", "有{n}名重点帮扶对象没有谈过心", "每两周谈心一次"),
    Lack("lacking-talk", "有{n}名孩子没有谈过心", "班主任和帮扶教师分工，先从这些孩子谈起"),
    Lack("untouched", "有{n}名孩子一条成功的记录也没有", "开学第一个月内安排谈心和走访"),
)
CONTACT = (
    Lack("lacking-visit", "有{n}名孩子一次也没有家访到", "期初先走访这些家庭，期中、期末各走访一次"),
    Lack("lacking-parents", "有{n}名孩子没有与父母通话或写信", "每月组织一次，帮助打不通电话的孩子写信"),
    Lack("lacking-carer", "有{n}名孩子的监护人没有联系上", "每月联系一次，了解生活和身心状况"),
    Lack("failed-children", "有{n}名孩子的家庭联系过没有联系上", "核对更新联系电话，请村（居）儿童主任协助"),
    Lack("letter-silent", "有{n}名孩子没有交回致家长的信的回执", "下学期的信由班主任逐户收回回执"),
    Lack("holiday-nobody", "假期有{n}名孩子没有人照看", "放假前和家长、村（居）儿童主任商定照看的人，开学后回访"),
)
DAILY = (
    Lack("advance-owed-times", "教师垫付的医药费还有{n}笔没有归还", "和家长核对，写明归还日期"),
    Lack("ill-open", "有{n}名学生生病、受伤后还没有登记回班", "问清近况，写明回班日期"),
    Lack(
        "dropout-open-times",
        "有{n}名学生可能辍学、还没有返校",
        "开学前上门劝返，每周至少一次，按规定书面报告教育局和乡镇政府",
    ),
    Lack("truant-times", "有没有请假的缺勤{n}人次", "当天联系家长，连续三天的上门了解，按控辍保学的步骤办"),
    Lack("search-times", "夜里找过人{n}人次", "晚点名、巡夜逐床看，请假和返校当面登记"),
    Lack("hazards-late", "校园里有{n}处隐患过了期限没有整改", "开学前整改完，整改好以前先做好防护"),
    Lack("hazards-open", "校园里有{n}处隐患没有销号", "由责任人按期限整改，另一个人复查，合格才销号"),
    Lack(
        "home-hazard-open-times",
        "孩子家里、路上有{n}处隐患没有消除",
        "和家长、村（居）委会一起消除，消除以前每周问一次",
    ),
    Lack("incident-open-times", "有{n}起安全事件没有结案", "查清原因，落实整改和心理跟进，由校领导结案"),
)
ACTIVITIES = (
    Lack("never-part", "有{n}名孩子一次活动都没有参加", "报名时先问这些孩子的兴趣，名额按优先办法安排"),
    Lack("never-room", "有{n}名孩子没有到过活动室", "排好各班的开放时间，由班主任带去一次"),
)
LEADING = (
    Lack("resolutions-late", "有{n}项会议决议过了期限没有完成", "由责任人说明情况，定出新的期限"),
    Lack("items-late", "年度计划有{n}项过了期限没有完成", "领导小组逐项过一遍，能做的做完，做不了的写明原因"),
)
CHAPTERS = {
    "files": (FILES, "坚持一人一档，转入、转出、父母外出和返乡随时更新"),
    "pairing": (PAIRING, "结对教师坚持谈心，做一次记一次"),
    "contact": (CONTACT, "按期初、期中、期末家访，每月联系监护人、组织亲情通话"),
    "daily": (DAILY, "每个上课日晨检、午检，没有人不舒服也报一次"),
    "activities": (ACTIVITIES, "活动室按时开放，活动、辅导、照顾的名额优先安排"),
    "leading": (LEADING, "领导小组定期开会，决议写明责任人和期限"),
}


def foreword(facts: Facts) -> Iterator[tuple[str, Told]]:
    """Say from what the plan is drawn."""
    told = tell(
        f"截至{zh_full(facts.period.as_at)}，{facts.we}登记的留守儿童{{left}}人", left=facts.cited("left")
    )  # fmt: skip
    if facts.value("key"):
        told += tell("，其中重点帮扶对象{key}人", key=facts.cited("key"))
    yield "plan.foreword", told + Told(f"。根据上一阶段的记录，{following(facts.period.code)}的关爱工作安排如下。")


def aims(facts: Facts) -> Iterator[tuple[str, Told]]:
    """The guiding thought: the law that holds for every school; what the place adds is for a person to write."""
    yield "plan.aims", Told(
        "依照《中华人民共和国未成年人保护法》《中华人民共和国家庭教育促进法》和上级关于农村留守儿童关爱保护的要求，"
        "坚持儿童利益最大、家庭尽责、学校关爱、保护隐私，把关爱做到每一名孩子。"
    )  # fmt: skip
    yield "plan.aims-own", Told(gap("上级本年度的文件和要求"))


def goals(facts: Facts) -> Iterator[tuple[str, Told]]:
    """What is meant to be reached: every duty the school keeps, in its own cadence."""
    known = ground(facts.place.school, facts.scope.on) if facts.scope else None
    duties = [duty for duty in known.duties if not duty.dated] if known else []
    if duties:
        told = [Told(said) for said in _cadences(duties)]
        yield "plan.goals", Told("下面各项落实到每名应关爱的孩子，不漏一人：") + counted(told)
    yield "plan.goals-own", Told(gap("本学期的其他目标"))


def _cadences(duties: Sequence[Duty]) -> list[str]:
    """Gather duties by their cadence: a plan names a few, each with what it holds."""
    often: dict[str, list[str]] = {}
    soon: dict[int, list[str]] = {}
    for duty in duties:
        if isinstance(duty.clock, TermStart):
            soon.setdefault(duty.clock.every, []).append(duty.label)
        else:
            cadence = "一学期里分次做" if isinstance(duty.clock, EachTerm) else duty.clock.words()
            often.setdefault(cadence, []).append(duty.label)
    told = [f"{when}的有{'、'.join(labels)}" for when, labels in often.items()]
    if soon:
        told.append("开学后" + "，".join(f"{n}个上课日内完成{'、'.join(soon[n])}" for n in sorted(soon)))
    return told


def chapter(code: str, facts: Facts) -> Iterator[tuple[str, Told]]:
    """Answer each lack of a chapter with what is to be done, then say what goes on as before."""
    lacks, always = CHAPTERS[code]
    points = [
        tell(f"{lack.words}，", n=facts.cited(lack.code)) + Told(lack.plan) for lack in lacks if facts.value(lack.code)
    ]
    yield f"plan.{code}", counted([*points, Told(always)])


def steps(facts: Facts) -> Iterator[tuple[str, Told]]:
    """The course of a term by its stretches; days are for a person to add."""
    whole = facts.whole
    course: Sequence[tuple[str, str]] = (
        ("开学第一个月", "摸底排查，确认监护人，安排结对，期初家访" + ("，修订制度和年度计划" if whole else "")),
        (
            "学期中",
            "评估五项需求，制定和评估帮扶计划，期中家访，每月通话和联系监护人"
            + ("，组织活动和教育课" if whole else ""),
        ),
        ("学期末", "期末家访，致家长的信，登记假期去向，交接和总结" + ("，学期结账" if whole else "")),
    )
    yield "plan.steps", joined(
        [Told(f"{chinese(n)}是{when}，{what}") for n, (when, what) in enumerate(course, start=1)], "；"
    ) + Told("。")  # fmt: skip
    yield "plan.steps-own", Told(gap("本学期的日期安排和负责人"))


def demands(facts: Facts) -> Iterator[tuple[str, Told]]:
    """What everybody keeps to."""
    yield "plan.demands", Told(
        "一是做一次记一次，没有联系上的也如实记；二是不在公开场合点名，不发孩子的姓名、照片和家庭情况；"
        "三是发现孩子受到伤害或面临危险，立即依法报告；四是按期检查，期中通报进度，期末总结。"
    )  # fmt: skip
