"""三、工作成效, 四、存在问题 and 五、下一步打算: what the figures show, what they lack, what follows from it."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from oasis.kit.catalogue import Catalogue
from oasis.papers.official.numbering import chinese, heading_number
from oasis.papers.summary import own_work
from oasis.papers.summary.facts import Facts
from oasis.papers.wording import Band, Told, band, change, gap, joined, percent, tell
from oasis.records.coverage import COVERAGES, Coverage


@dataclass(frozen=True)
class Lack:
    """A figure that should be nought: how to say it, and what to do about it."""

    code: str
    words: str
    plan: str
    area: str = ""


@dataclass(frozen=True)
class Area:
    """A part of the work: how a summary names what is lacking there, and what is to be done."""

    code: str
    lacking: str
    aim: str


@dataclass(frozen=True)
class Point:
    """All that is lacking in a part of the work as the text tells it, with what to do about it."""

    said: Told
    plan: str


# Real summaries name three to five problems, not a dozen: what belongs together stands together.
AREAS = Catalogue(
    Area("care", "监护落实还有不足", "落实监护责任"),
    Area("safety", "保学和安全还有没有办结的事", "抓好控辍保学和安全"),
    Area("contact", "家校联系还有遗漏", "密切家校联系"),
    Area("help", "谈心和帮扶还没有到每个人", "做细谈心和帮扶"),
    Area("files", "摸底和档案还不完整", "做实摸底和档案"),
)


LACKS = Catalogue(
    Lack("care-alone", "有{n}名孩子独居或无人照护，须立即处理",
         "立即联系家长和村（居）委会，为独居或无人照护的孩子落实照护人，必要时依法报告", "care"),
    Lack("dropout-open-times", "有{n}名学生可能辍学，还没有返校", "对还没有返校的学生每周上门劝返，按规定书面报告教育局和乡镇政府", "safety"),
    Lack("hazards-late", "校园里有{n}处隐患过了期限还没有整改", "对过期的隐患立即整改，整改好以前先做好防护", "safety"),
    Lack("hazards-open", "校园里有{n}处隐患还没有销号", "按期限整改隐患，由另一个人复查，合格才销号", "safety"),
    Lack("home-hazard-open-times", "孩子家里、路上有{n}处隐患还没有消除", "和家长、村（居）委会一起消除孩子家里、路上的隐患", "safety"),
    Lack("incident-open-times", "有{n}起安全事件还没有结案", "查清安全事件的原因，落实整改和心理跟进，由校领导结案", "safety"),
    Lack("unconfirmed", "有{n}名孩子还没有有效的监护人（照护人）确认记录", "督促家长办理委托照护书面告知，逐一确认监护人（照护人）", "care"),
    Lack("untouched", "有{n}名孩子还没有一条成功的关爱记录", "先从还没有任何记录的孩子做起，安排谈心和走访", "help"),
    Lack("lacking-visit", "还有{n}名孩子一次也没有家访到", "按期初、期中、期末安排家访，先走访还没有去过的家庭", "contact"),
    Lack("lacking-parents", "还有{n}名孩子一次也没有与父母通话或写信", "每月组织孩子与父母通话或写信，重点帮助还没有联系上的孩子", "contact"),
    Lack("lacking-carer", "还有{n}名孩子的监护人一次也没有联系上", "每月与监护人联系一次，了解孩子的生活和身心状况", "contact"),
    Lack("lacking-key-talk", "有{n}名重点帮扶对象还没有谈心记录", "对重点帮扶对象每两周至少谈心一次", "help"),
    Lack("lacking-talk", "还有{n}名孩子没有谈过心", "班主任和帮扶教师分工，把还没有谈过心的孩子谈一遍", "help"),
    Lack("failed-children", "有{n}名孩子的家庭联系过但一次也没有联系上", "核对更新联系电话，请村儿童主任协助联系", "contact"),
    Lack("plan-open", "有{n}名重点帮扶对象还没有帮扶计划", "为每名重点帮扶对象制定一人一策的帮扶计划，期中、期末各评估一次", "help"),
    Lack("problem", "有{n}名孩子的问题还在跟进", "对还没有解决的问题逐一跟进，写明结果", "help"),
    Lack("unpaired", "有{n}名孩子还没有结对教师", "为还没有结对的孩子安排帮扶教师", "help"),
    Lack("files-open", "有{n}名孩子的档案内容还不完整", "补齐档案中缺少的内容", "files"),
    Lack("assess-open", "有{n}名孩子还没有评估五项需求", "开学后一个月内完成五项需求评估", "files"),
    Lack("care-unsaid", "有{n}名孩子的照护类型没有登记", "核实并登记每名孩子的实际照护情况", "care"),
    Lack("census-open", "有{n}名学生还没有完成摸底排查", "尽快完成摸底排查，不漏一人", "files"),
)  # fmt: skip


# What is owed more than once a term is also told by visit or by month.
REPEATED = {"lacking-visit": "没有家访", "lacking-parents": "没有与父母通话或写信", "lacking-carer": "没有联系监护人"}


def results(facts: Facts) -> Iterator[tuple[str, Told]]:
    """Say what came of it; only what is nearly or wholly done is named."""
    if facts.value("left") or facts.value("parts"):
        yield "results.covered", _covered(facts)
        if facts.value("parts"):
            parts = facts.cited("parts")
            # Half a term beside a whole one says nothing.
            before = None if facts.period.running else facts.before("parts")
            moved = change(parts, before, than=facts.last)
            yield "results.counts", tell(f"{facts.when}各类工作记录{{parts}}人次", parts=parts) + moved + Told("。")
        if facts.number("ended").value:
            yield "results.home", tell("有{ended}名孩子因父母返乡等原因不再留守。", ended=facts.cited("ended"))
    yield "results.cases", Told(gap("典型事例，不写真实姓名"))
    yield "results.awards", own_work.awards(facts) or Told(gap("学生和集体获奖情况，其中留守儿童几人"))


def _covered(facts: Facts) -> Told:
    whole, most = [], []
    for entry in COVERAGES:
        done, due = facts.cited(f"covered-{entry.code}"), facts.cited(f"owed-{entry.code}")
        match band(done.value or 0, due.value or 0):
            case Band.ALL if later := _later(facts, entry):
                most.append(
                    tell(f"{entry.label}应做到的{{done}}人，每人至少一次", done=done)
                    + Told(f"，另有{later}人登记得晚，还没有轮到")
                )
            case Band.ALL:
                whole.append(tell(f"{entry.label}（{{done}}人）", done=done))
            case Band.MOST:
                share = percent(done.value or 0, due.value or 0)
                most.append(tell(f"{entry.label}覆盖到{{done}}人，占{share}", done=done))
    said = joined(whole, "、") + Told("覆盖到每名孩子，每人至少一次") if whole else Told()
    told = joined([said, joined(most, "，")], "；")
    return told + Told("。") if told else Told()  # what is wanting stands under the problems, not among what came of it


def _later(facts: Facts, entry: Coverage) -> int:
    """Count those who came too late to be owed a care and have not had it."""
    return max(facts.value("key" if entry.key else "left") - facts.value(f"owed-{entry.code}"), 0)


def _newcomers(facts: Facts) -> str:
    """Name what those who came late still wait for: 家访9人."""
    waiting = ((entry.label, _later(facts, entry)) for entry in COVERAGES if not entry.key)
    return "、".join(f"{label}{count}人" for label, count in waiting if count)


def problems(facts: Facts) -> Iterator[tuple[str, Told]]:
    """Name what the figures lack, the law's concerns first."""
    points = lacking(facts)
    if points:
        yield "problems.lacks", Told("从记录看，有下面的不足：\n") + listed([point.said for point in points])
    elif facts.value("left"):
        late = "到了时间的" if _newcomers(facts) else "各项"
        yield "problems.lacks", Told(f"从记录看，{late}日常工作都已落实到人。")
    yield "problems.others", Told(gap("记录以外的问题和困难，如监护、资料、人手等方面"))


def plans(facts: Facts) -> Iterator[tuple[str, Told]]:
    """Answer each lack with what comes next."""
    steps = [Told(point.plan) for point in lacking(facts)]
    if waiting := _newcomers(facts):
        steps.append(Told(f"登记得晚、还没有轮到的孩子，尽早安排：{waiting}"))
    steps.append(Told("坚持谈心、家访、亲情沟通和联系监护人，做一次记一次"))
    yield "plans.steps", listed(steps)
    yield "plans.others", Told(gap("下一步的其他安排"))


def lacking(facts: Facts) -> list[Point]:
    """Give what is lacking, a point for each part of the work."""
    points = []
    for area in AREAS:
        found = [(said, lack.plan) for lack in LACKS if lack.area == area.code and (said := _lacking(facts, lack))]
        if found:
            said = Told(f"{area.lacking}。") + joined([said for said, _plan in found], "；")
            points.append(Point(said, f"{area.aim}。" + "；".join(plan for _said, plan in found)))
    return points


def _lacking(facts: Facts, lack: Lack) -> Told:
    whole = tell(lack.words, n=facts.cited(lack.code)) if facts.value(lack.code) else Told()
    return joined([whole, _by_stretch(facts, lack.code)], "，")


def _by_stretch(facts: Facts, code: str) -> Told:
    """Name the visits and months, of those that are over, in which somebody was left out."""
    if code not in REPEATED:
        return Told()
    coverage = code.removeprefix("lacking-")
    stretches = facts.visits() if coverage == "visit" else facts.monthly(coverage)
    short = [tell(f"{one.label}有{{n}}人", n=one.lacking) for one in stretches if one.over and one.lacking.some]
    return joined(short, "、") + Told(REPEATED[code]) if short else Told()


def counted(texts: Sequence[Told]) -> Told:
    """Number the points of a paragraph: 一是……；二是……。"""
    if len(texts) == 1:
        return texts[0] + Told("。")
    return joined([Told(f"{chinese(place)}是") + text for place, text in enumerate(texts, start=1)], "；") + Told("。")


def listed(texts: Sequence[Told]) -> Told:
    """Give long points a line and a number each, as a document does: （一）……。"""
    if len(texts) == 1:
        return texts[0] + Told("。")
    lines = [Told(heading_number(2, place)) + text + Told("。") for place, text in enumerate(texts, start=1)]
    return joined(lines, "\n")
