"""二、主要做法: what was done, as far as the records say."""

from collections.abc import Iterator
from dataclasses import dataclass

from oasis.children.lacks import LACKS
from oasis.papers.summary import guarding, own_work
from oasis.papers.summary.facts import Facts
from oasis.papers.wording import Band, Told, band, coverage, gap, joined, percent, tell


def leading(facts: Facts) -> Iterator[tuple[str, Told]]:
    """The leading group, the rules, the meetings."""
    yield "leading", own_work.leading(facts)


@dataclass(frozen=True)
class Shared:
    """How to say that none, some or all of the children have something."""

    none: str
    some: str
    every: str


FILES = Shared(
    "目前还没有内容完整的档案。",
    "档案内容完整的{done}人，占{share}，其余还需补充。",
    "坚持一人一档，{done}名留守儿童的档案内容都已填写完整。",
)
GUARDIANS = Shared(
    "目前还没有监护人（照护人）的确认记录。",
    "已与家长确认监护人（照护人）并留有记录的{done}人，占{share}。",
    "{done}名留守儿童都已与家长确认监护人（照护人），并留有记录。",
)
PAIRS = Shared(
    "目前还没有安排教师结对帮扶。", "有教师结对帮扶的{done}人，占{share}。", "{done}名留守儿童都有教师结对帮扶。"
)


def files(facts: Facts) -> Iterator[tuple[str, Told]]:
    """Census, files, guardians."""
    yield "files.census", _census(facts)
    if facts.value("left"):
        yield "files.files", _shared(facts, "files", FILES)
        yield "files.guardians", _shared(facts, "confirmed", GUARDIANS)
        yield "files.needs", _needs(facts)
        yield "files.problems", _problems(facts)


def _census(facts: Facts) -> Told:
    done, due = facts.cited("census"), facts.cited("pupils")
    share = percent(done.value or 0, due.value or 0)
    match band(done.value or 0, due.value or 0):
        case Band.NOBODY_DUE | Band.NOTHING:
            return Told(f"{facts.when}还没有摸底排查的记录。{gap('摸底排查情况')}")
        case Band.ALL:
            return tell(f"{facts.when}对在校学生逐一摸底排查，{{due}}人全部完成。", due=due)
        case _:
            said = f"{facts.when}开展摸底排查，已完成{{done}}人，占在校学生的{share}，还有{{rest}}人没有完成。"
            return tell(said, done=done, rest=facts.cited("census-open"))


def _needs(facts: Facts) -> Told:
    """Say what the assessments found; nothing while nobody was assessed."""
    if not facts.value("assessed"):
        return Told()
    said = tell(
        "对{done}名留守儿童评估了生活照料、行为管教、学习辅导、思想道德、安全保障五项需求", done=facts.cited("assessed")
    )
    lacking = [
        tell(f"{lack.label}有欠缺的{{one}}人", one=facts.cited(f"need-{lack.code}"))
        for lack in LACKS
        if facts.value(f"need-{lack.code}")
    ]
    return said + (Told("，其中") + joined(lacking, "、") if lacking else Told("，暂时没有发现欠缺")) + Told("。")


def _problems(facts: Facts) -> Told:
    """Say how many problems are followed, how many were solved, and for whom there is a plan."""
    told = []
    if facts.value("problem"):
        told.append(tell("正在跟进问题的孩子{one}人", one=facts.cited("problem")))
    if facts.value("solved"):
        told.append(tell(f"{facts.when}有问题得到解决的孩子{{one}}人", one=facts.cited("solved")))
    if facts.value("plan"):
        told.append(tell("为{one}名重点帮扶对象制定了一人一策的帮扶计划", one=facts.cited("plan")))
    return joined(told, "，") + Told("。") if told else Told()


def _shared(facts: Facts, code: str, words: Shared) -> Told:
    done, due = facts.cited(code), facts.cited("left")
    match band(done.value or 0, due.value or 0):
        case Band.NOTHING | Band.NOBODY_DUE:
            return Told(words.none)
        case Band.ALL:
            return tell(words.every, done=done)
        case _:
            return tell(words.some.replace("{share}", percent(done.value or 0, due.value or 0)), done=done)


def pairing(facts: Facts) -> Iterator[tuple[str, Told]]:
    """Pairing and talks."""
    if not facts.value("left"):
        return
    others = (("classmate", "有爱心同学结对"), ("outside", "有校外人员或单位结对"))
    helpers = [tell(f"{words}的{{one}}人", one=facts.cited(code)) for code, words in others if facts.value(code)]
    yield (
        "pairing.pairs",
        _shared(facts, "paired", PAIRS) + (Told("其中，") + joined(helpers, "，") + Told("。") if helpers else Told()),
    )
    yield "pairing.talks", _talks(facts)
    if facts.value("owed-key-talk"):
        key = coverage("谈心", facts.cited("covered-key-talk"), facts.cited("owed-key-talk"), when="")
        yield "pairing.key", Told("重点帮扶对象中，") + key
    if facts.value("group-talk-acts"):
        yield "pairing.groups", tell(
            "组织集体座谈{acts}次，参加{parts}人次，当面听取孩子的想法和需要。",
            acts=facts.cited("group-talk-acts"), parts=facts.cited("group-talk-parts"),
        )  # fmt: skip


def _talks(facts: Facts) -> Told:
    if not facts.value("talk-parts"):
        return Told(f"{facts.when}还没有谈心的记录。")
    said = tell(f"{facts.when}与孩子谈心{{parts}}人次，", parts=facts.cited("talk-parts"))
    done, due = facts.cited("covered-talk"), facts.cited("owed-talk")
    match band(done.value or 0, due.value or 0):
        case Band.ALL:
            return said + tell("{done}名留守儿童都至少谈过一次。", done=done)
        case _:
            share = percent(done.value or 0, due.value or 0)
            return said + tell(f"谈到{{done}}名孩子，占{share}。", done=done)


def daily(facts: Facts) -> Iterator[tuple[str, Told]]:
    """Tutoring, life service, boarding."""
    deeds = (("tutoring", "学习辅导"), ("life-service", "生活服务"))
    told = [_deed(facts, code, label) for code, label in deeds if facts.value(f"{code}-parts")]
    yield "daily.deeds", joined(told) or Told(f"{facts.when}还没有学习辅导和生活服务的记录。")
    night = own_work.boarding(facts)
    if (
        facts.whole
        and facts.value("left-boarding")
        and not facts.value("nights-called")
        and not facts.value("nights-round")
    ):
        night += Told(gap("寄宿管理、夜间巡查的情况"))
    yield "daily.boarding", night
    yield "daily.health", own_work.health(facts)
    yield "daily.firsts", own_work.firsts(facts)


def _deed(facts: Facts, code: str, label: str) -> Told:
    return tell(
        f"开展{label}{{acts}}次、{{parts}}人次，惠及{{children}}名孩子。",
        acts=facts.cited(f"{code}-acts"), parts=facts.cited(f"{code}-parts"), children=facts.cited(f"{code}-children"),
    )  # fmt: skip


def safety(facts: Facts) -> Iterator[tuple[str, Told]]:
    """Moral education, concerns, lessons, dangers, accidents, children kept at school."""
    if facts.value("moral-parts"):
        yield "safety.moral", _deed(facts, "moral", "思想品德教育")
    if facts.value("concern-parts"):
        yield "safety.concern", tell(
            "发现并记录需要关注的情况{parts}人次，涉及{children}名孩子。",
            parts=facts.cited("concern-parts"), children=facts.cited("concern-children"),
        )  # fmt: skip
    yield "safety.lessons", own_work.taught(facts)
    yield "safety.screening", guarding.screening(facts)
    yield from own_safety(facts)


def own_safety(facts: Facts) -> Iterator[tuple[str, Told]]:
    """Dangers, accidents, children kept at school: what a class knows of them too."""
    yield "safety.hazards", guarding.hazards(facts)
    yield "safety.incidents", guarding.incidents(facts)
    yield "safety.schooling", guarding.schooling(facts)


def activities(facts: Facts) -> Iterator[tuple[str, Told]]:
    """Activities, the room, help from outside."""
    yield "activities", own_work.activities(facts)


def own_activities(facts: Facts) -> Iterator[tuple[str, Told]]:
    """Activities and the room as far as a class is concerned; nothing is asked for that only the school can say."""
    told = own_work.activities(facts)
    yield "activities", told if told.cited else Told()
