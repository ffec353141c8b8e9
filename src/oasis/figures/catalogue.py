"""FIGURES: every number of the statistics, each with the claim about a child or a record that it counts (see entry.py)."""

from collections.abc import Iterator

from oasis.children.completeness import PARTS
from oasis.children.lacks import LACKS
from oasis.children.models import CensusEntry, Problem, RiskLevel
from oasis.figures import life, own_figures
from oasis.figures.entry import (
    BASES,
    Claim,
    Figure,
    both,
    either,
    fresh,
    fresh_key,
    fresh_visit,
    had,
    having,
    marked,
    no,
    settled,
)
from oasis.figures.facts import Fact
from oasis.figures.sources import OTHERS
from oasis.kit import codes
from oasis.kit.catalogue import Catalogue
from oasis.records.coverage import COVERAGES
from oasis.records.kinds import COUNTED

__all__ = ["BASES", "FIGURES", "GROUPS", "Claim", "Figure"]
NEWCOMERS = "新来、新成为留守儿童，到期末（本期没有结束的，到本月底）不满两周又还没有做到的不算"
LEDGERS = "生病受伤、安全事件、控辍保学、隐患另在“日常”里按台账数"
NEW_VISIT = "新来、新成为留守儿童，到已开始的每次家访截止都不满两周又还没有做到的不算"
NEW_KEY = "新来、新成为重点帮扶对象，到期末（本期没有结束的，到本月底）不满两周又还没有做到的不算"


def _people() -> Iterator[Figure]:
    on = "按统计当日（学期已结束的按最后一天）的在校情况"
    yield Figure("pupils", "在校学生", "people", f"{on}，不含休学、转出、毕业", "here")
    yield Figure("left", "留守儿童", "people", f"{on}，教育口径：父母一方或双方外出", "left", among="pupils")
    for code, label, claim, how in (
        ("left-one", "一方外出", lambda f: f.left == 1, "父母一方外出的"),
        ("left-both", "双方外出", lambda f: f.left == 2, "父母双方外出的"),
        ("left-boys", "男生", lambda f: f.sex == codes.Sex.MALE, "男生"),
        ("left-girls", "女生", lambda f: f.sex == codes.Sex.FEMALE, "女生"),
        ("left-boarding", "寄宿", lambda f: f.boarding, "在校寄宿的"),
        ("left-day", "走读", lambda f: not f.boarding, "不寄宿的"),
        ("civil", "民政口径", lambda f: f.civil, "同时符合民政口径的（未满16周岁，父母双方外出，或一方外出、另一方无监护能力）"),
        ("key", "重点帮扶对象", lambda f: f.key, "等级为“重点帮扶”或“高度关注”的"),
        ("hardship", "困境儿童", lambda f: bool(f.hardship), "登记了困境类别的"),
    ):  # fmt: skip
        yield Figure(code, label, "people", f"留守儿童中{how}", "left", claim, among="left")


def _change() -> Iterator[Figure]:
    for code, label, base, claim, how in (
        ("before", "上期末留守", "all", lambda f: bool(f.before), "上一学期结束时在校的留守儿童"),
        ("new", "新增", "left", lambda f: not f.before and not f.begun, "现在是、上学期末还不是的，含新入学和转入；首次登记的不算"),
        ("ended", "解除留守", "here", lambda f: not f.left and bool(f.before), "仍在校，上学期末是、现在不是的"),
        ("gone", "离校", "all", lambda f: not f.here and bool(f.before), "上学期末是，此后毕业、转出或休学的"),
    ):  # fmt: skip
        yield Figure(code, label, "change", how, base, claim, compares=True)
    how = "现在是，上学期末全班（全校）还没有建档，或者还没有人问过父母是否外出的：是第一次登记，不是增加"
    yield Figure("begun", "首次登记", "change", how, "left", lambda f: f.begun)


def _care() -> Iterator[Figure]:
    for value, label in codes.Care.choices:
        how = f"留守儿童中实际照护类型为“{label}”的"
        yield Figure(f"care-{value}", str(label), "care", how, "left", having("care", value), among="left")
    how = "留守儿童中还没有填写实际照护类型的"
    yield Figure("care-unsaid", "未填照护类型", "care", how, "left", having("care", ""), among="left", gap=True)


def _files() -> Iterator[Figure]:
    parts = "、".join(part.label for part in PARTS)
    for code, label, claim, gap, how in (
        ("files", "档案完整", lambda f: not f.lacks, False, f"下列内容都已填写的：{parts}"),
        ("files-open", "档案不完整", lambda f: bool(f.lacks), True, f"下列内容缺一项以上的：{parts}"),
        ("confirmed", "监护人已确认", lambda f: f.confirmed, False, "有效期内有委托照护告知书、协议或确认记录的"),
        ("unconfirmed", "监护人未确认", lambda f: not f.confirmed, True, "没有有效确认记录的"),
        ("paired", "教师结对", lambda f: bool(f.helpers - OTHERS), False, "有在任结对教师的，心理教师不算"),
        ("unpaired", "没有结对教师", lambda f: not f.helpers - OTHERS, True, "没有在任结对教师的"),
        ("classmate", "同学结对", lambda f: "classmate" in f.helpers, False, "有“爱心同学”的"),
        ("outside", "校外结对", lambda f: "outside" in f.helpers, False, "有校外人员或单位结对的"),
    ):  # fmt: skip
        yield Figure(code, label, "files", f"留守儿童中{how}", "left", claim, among="left", gap=gap)


def _census() -> Iterator[Figure]:
    done, todo = "在校学生中本期已有排查结果的", "在校学生中本期还没有排查结果的"
    yield Figure("census", "已排查", "census", done, "here", lambda f: bool(f.census), among="pupils")
    yield Figure("census-open", "未排查", "census", todo, "here", lambda f: not f.census, among="pupils", gap=True)
    yield Figure("unasked", "外出情况还没有问", "census", "在校学生中从来没有人说过父母是否外出的，不算父母在家", "here",
                 lambda f: f.untold, among="pupils", gap=True)  # fmt: skip
    for value, label in CensusEntry.Finding.choices:
        how = f"本期排查结果为“{label}”的"
        yield Figure(
            f"census-{value}", f"排查为{label}", "census", how, "here", having("census", value), among="census"
        )


def _needs() -> Iterator[Figure]:
    """Needs, problems and plans (requirements.md A4 to A6)."""
    in_term = "本期内最近一次五项需求评估"
    how = "留守儿童中本期评估过五项需求的"
    yield Figure("assessed", "评估过需求", "needs", how, "left", marked("need assessed"), among="left")
    yield Figure("assess-open", "还没有评估", "needs", "留守儿童中本期没有评估五项需求的", "left", no(marked("need assessed")), among="left",
                 gap=True)  # fmt: skip
    for lack in LACKS:
        how = f"留守儿童中{in_term}认为{lack.label}有欠缺的"
        yield Figure(
            f"need-{lack.code}", f"缺{lack.label}", "needs", how, "left", marked(f"need {lack.code}"), among="assessed"
        )
    how = "留守儿童中统计当日还有没有解决的问题的"
    yield Figure("problem", "有问题在跟进", "needs", how, "left", marked("problem"), among="left")
    for kind, label in Problem.Kind.choices:
        how = f"留守儿童中统计当日“{label}”还没有解决的"
        yield Figure(f"problem-{kind}", str(label), "needs", how, "left", marked(f"problem {kind}"), among="problem")
    for level, label in RiskLevel.Level.choices:
        how = f"留守儿童中统计当日最近一次评定为“{label}”的"
        yield Figure(f"level-{level}", f"等级：{label}", "needs", how, "left", marked(f"level {level}"), among="left")
    yield Figure("solved", "解决了问题", "needs", "留守儿童中本期有问题得到解决的", "left", marked("solved"))
    key_plan, key_none = both(_key, marked("plan")), both(_key, no(marked("plan")))
    yield Figure(
        "plan", "有帮扶计划", "needs", "重点帮扶对象中本期有帮扶计划（一人一策）的", "left", key_plan, among="key"
    )
    yield Figure(
        "plan-open",
        "没有帮扶计划",
        "needs",
        "重点帮扶对象中本期没有帮扶计划的",
        "left",
        key_none,
        among="key",
        gap=True,
    )


def _home() -> Iterator[Figure]:
    """Letters to parents and meetings of parents (B8, B9)."""
    for code, label, mark, how in (
        ("letter-sent", "发了致家长的信", "letter sent", "本期内发出致家长的信的"),
        ("letter-answered", "收到回执", "letter answered", "本期内交回回执的"),
        ("met", "参加过家长会", "met", "本期内家里有人参加过家长会、家长学校或培训的"),
    ):
        yield Figure(code, label, "home", f"留守儿童中{how}", "left", marked(mark), among="left")


def _records() -> Iterator[Figure]:
    whom = "本期内曾是留守儿童的学生"
    for kind in COUNTED:
        code, label = kind.code, kind.label
        how = f"{whom}的“{label}”，没有成功的不算"
        yield Figure(
            f"{code}-acts", label, "records", f"{how}，一次多人算一次", "cared", counts="acts", kind=code, unit="次"
        )
        yield Figure(f"{code}-parts", f"{label}人次", "records", f"{how}，一次多人按人数算", "cared", counts="parts", kind=code,
                     unit="人次")  # fmt: skip
        yield Figure(
            f"{code}-children", f"{label}涉及的学生", "records", f"{whom}中至少有一次“{label}”的", "cared", had({code})
        )
    yield Figure(
        "parts",
        "各类记录",
        "records",
        f"{whom}的全部记录，没有成功的不算，按人次；{LEDGERS}",
        "cared",
        counts="parts",
        unit="人次",
    )
    yield Figure("failed", "没有成功的联系", "records", f"{whom}：没有接通、空号错号、对方拒绝", "cared", counts="parts",
                 failed=True, unit="人次")  # fmt: skip
    yield Figure("failed-children", "只有失败联系", "records", "留守儿童中本期联系过但没有一次成功的", "left",
                 lambda f: bool(f.failed) and not f.done, among="left", gap=True)  # fmt: skip
    yield Figure("untouched", "没有任何记录", "records", f"留守儿童中本期没有一条成功记录的（{NEWCOMERS}；{LEDGERS}）", "left",
                 lambda f: not f.done and not f.fresh,
                 among="left", gap=True)  # fmt: skip


def _coverage() -> Iterator[Figure]:
    for entry in COVERAGES:
        visit, done = entry.code == "visit", settled(entry.settled_by)
        people = (
            f"留守儿童中的重点帮扶对象（{NEW_KEY}）"
            if entry.key
            else f"留守儿童（{NEW_VISIT if visit else NEWCOMERS}）"
        )
        owed = either(no(fresh_key if entry.key else fresh_visit if visit else fresh), done)
        whom = both(_key, owed) if entry.key else owed
        besides = f"；{entry.besides}" if entry.besides else ""
        among, how = f"owed-{entry.code}", f"{people}中本期至少有一次成功的{entry.label}的{besides}"
        yield Figure(f"owed-{entry.code}", f"应有{entry.label}", "coverage", people, "left", whom)
        yield Figure(
            f"covered-{entry.code}", f"已有{entry.label}", "coverage", how, "left", both(whom, done), among=among
        )
        how = f"{people}中本期还没有一次成功的{entry.label}的{besides}"
        yield Figure(f"lacking-{entry.code}", f"还没有{entry.label}", "coverage", how, "left", both(whom, no(done)),
                     among=among, gap=True)  # fmt: skip


def _key(fact: Fact) -> bool:
    return fact.key


GROUPS = {
    "people": "基本情况",
    "change": "与上期相比",
    "care": "照护类型",
    "files": "建档与结对",
    "census": "摸底排查",
    "needs": "需求与问题",
    "home": "家长的信和家长会",
    "records": "工作记录",
    "coverage": "落实情况",
    **life.GROUPS,
    "own": "学校工作",
}

FIGURES: Catalogue[Figure] = Catalogue(
    *_people(),
    *_change(),
    *_care(),
    *_files(),
    *_census(),
    *_needs(),
    *_home(),
    *_records(),
    *_coverage(),
    *life.FIGURES,
    *own_figures.FIGURES,
)
