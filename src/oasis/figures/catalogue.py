"""FIGURES: every number of the statistics, each with the claim about a child or a record that it counts.

A figure counts `children` (those for whom `whom` holds), `parts` (a child's part in an act: 人次) or `acts` (次: a talk with
ten children is one). `among` names the figure it is a share of. `gap` marks what still has to be done.
"""

from collections.abc import Callable, Iterator
from dataclasses import dataclass

from oasis.children.completeness import PARTS
from oasis.children.models import CensusEntry
from oasis.figures.facts import Fact
from oasis.kit import codes
from oasis.kit.catalogue import Catalogue
from oasis.records.coverage import COVERAGES, Coverage
from oasis.records.kinds import KINDS

Claim = Callable[[Fact], bool]


@dataclass(frozen=True)
class Figure:
    """A number: what it is called, what it counts, how it is counted in words a teacher can check."""

    code: str
    label: str
    group: str
    how: str
    whom: Claim
    counts: str = "children"
    kind: str = ""  # for parts and acts: the kind of record, "" for all
    failed: bool = False  # for parts: attempts in vain instead of what was done
    among: str = ""
    gap: bool = False
    compares: bool = False  # speaks of the day compared with; unknown in a school's first term
    unit: str = "人"


def _left(fact: Fact) -> bool:
    return fact.counted


def _cared(fact: Fact) -> bool:
    return fact.cared


def _of_left(claim: Claim) -> Claim:
    return lambda fact: fact.counted and claim(fact)


def _people() -> Iterator[Figure]:
    on = "按统计当日（学期已结束的按最后一天）的在校情况"
    yield Figure("pupils", "在校学生", "people", f"{on}，不含休学、转出、毕业", lambda f: f.here)
    yield Figure("left", "留守儿童", "people", f"{on}，教育口径：父母一方或双方外出", _left, among="pupils")
    for code, label, claim, how in (
        ("left-one", "一方外出", lambda f: f.left == 1, "留守儿童中父母一方外出的"),
        ("left-both", "双方外出", lambda f: f.left == 2, "留守儿童中父母双方外出的"),
        ("left-boys", "男生", lambda f: f.sex == codes.Sex.MALE, "留守儿童中的男生"),
        ("left-girls", "女生", lambda f: f.sex == codes.Sex.FEMALE, "留守儿童中的女生"),
        ("left-boarding", "寄宿", lambda f: f.boarding, "留守儿童中在校寄宿的"),
        ("left-day", "走读", lambda f: not f.boarding, "留守儿童中不寄宿的"),
        ("civil", "民政口径", lambda f: f.civil, "留守儿童中同时符合民政口径的（未满16周岁，父母双方外出，或一方外出、另一方无监护能力）"),
        ("key", "重点帮扶对象", lambda f: f.key, "留守儿童中等级为“重点帮扶”的"),
        ("hardship", "困境儿童", lambda f: bool(f.hardship), "留守儿童中登记了困境类别的"),
    ):  # fmt: skip
        yield Figure(code, label, "people", how, _of_left(claim), among="left")


def _change() -> Iterator[Figure]:
    for code, label, claim, how in (
        ("before", "上期末留守", lambda f: bool(f.before), "上学期结束时在校的留守儿童"),
        ("new", "新增", lambda f: f.counted and not f.before, "现在是、上学期末还不是的，含新入学和转入"),
        ("ended", "父母返乡等解除", lambda f: f.here and not f.left and bool(f.before), "仍在校，上学期末是、现在不是的"),
        ("gone", "离校", lambda f: not f.here and bool(f.before), "上学期末是，已毕业、转出或休学的"),
    ):  # fmt: skip
        yield Figure(code, label, "change", how, claim, compares=True)


def _care() -> Iterator[Figure]:
    for value, label in codes.Care.choices:
        claim = _of_left(lambda f, value=value: f.care == value)  # type: ignore[misc]
        yield Figure(f"care-{value}", str(label), "care", f"留守儿童中实际照护类型为“{label}”的", claim, among="left")
    yield Figure("care-unsaid", "未填照护类型", "care", "留守儿童中还没有填写实际照护类型的", _of_left(lambda f: not f.care),
                 among="left", gap=True)  # fmt: skip


def _files() -> Iterator[Figure]:
    parts = "、".join(part.label for part in PARTS)
    for code, label, claim, gap, how in (
        ("files", "档案完整", lambda f: not f.lacks, False, f"留守儿童中下列内容都已填写的：{parts}"),
        ("files-open", "档案不完整", lambda f: bool(f.lacks), True, f"留守儿童中下列内容缺一项以上的：{parts}"),
        ("confirmed", "监护人已确认", lambda f: f.confirmed, False, "留守儿童中有效期内有委托照护告知书、协议或确认记录的"),
        ("unconfirmed", "监护人未确认", lambda f: not f.confirmed, True, "留守儿童中没有有效确认记录的"),
        ("paired", "教师结对", lambda f: bool(f.helpers - OTHERS), False, "留守儿童中有在任结对教师的"),
        ("unpaired", "没有结对教师", lambda f: not f.helpers - OTHERS, True, "留守儿童中没有在任结对教师的"),
        ("classmate", "同学结对", lambda f: "classmate" in f.helpers, False, "留守儿童中有“爱心同学”的"),
        ("outside", "校外结对", lambda f: "outside" in f.helpers, False, "留守儿童中有校外人员或单位结对的"),
    ):  # fmt: skip
        yield Figure(code, label, "files", how, _of_left(claim), among="left", gap=gap)


OTHERS = frozenset({"classmate", "outside"})


def _census() -> Iterator[Figure]:
    yield Figure(
        "census",
        "已排查",
        "census",
        "在校学生中本期已有排查结果的",
        lambda f: f.here and bool(f.census),
        among="pupils",
    )
    yield Figure("census-open", "未排查", "census", "在校学生中本期还没有排查结果的", lambda f: f.here and not f.census,
                 among="pupils", gap=True)  # fmt: skip
    for value, label in CensusEntry.Finding.choices:
        if value != CensusEntry.Finding.NONE:
            yield Figure(f"census-{value}", f"排查结果：{label}", "census", f"本期排查结果为“{label}”的",
                         lambda f, value=value: f.here and f.census == value, among="census")  # type: ignore[misc]  # fmt: skip


def _records() -> Iterator[Figure]:
    whom = "本期内曾是留守儿童的学生"
    for kind in KINDS:
        yield Figure(f"{kind.code}-acts", kind.label, "records", f"{whom}的“{kind.label}”，一次多人算一次，没有成功的不算",
                     _cared, "acts", kind.code, unit="次")  # fmt: skip
        yield Figure(f"{kind.code}-parts", f"{kind.label}人次", "records", f"{whom}的“{kind.label}”，一次多人按人数算",
                     _cared, "parts", kind.code, unit="人次")  # fmt: skip
        yield Figure(f"{kind.code}-children", f"{kind.label}惠及", "records", f"{whom}中至少有一次“{kind.label}”的",
                     lambda f, code=kind.code: f.cared and code in f.done)  # type: ignore[misc]  # fmt: skip
    yield Figure(
        "parts", "各类记录", "records", f"{whom}的全部记录，按人次，没有成功的不算", _cared, "parts", unit="人次"
    )
    yield Figure("failed", "没有成功的联系", "records", f"{whom}：没有接通、空号错号、对方拒绝的次数", _cared, "parts",
                 failed=True, unit="人次")  # fmt: skip
    yield Figure("failed-children", "只有失败记录", "records", "留守儿童中本期联系过但没有一次成功的",
                 lambda f: f.counted and bool(f.failed) and not f.done, gap=True)  # fmt: skip
    yield Figure("untouched", "没有任何记录", "records", "留守儿童中本期没有一条成功记录的",
                 lambda f: f.counted and not f.done, among="left", gap=True)  # fmt: skip


def owed(coverage: Coverage) -> Claim:
    """Give the claim that a child is one to whom this care is owed."""
    return (lambda f: f.counted and f.key) if coverage.key else _left


def _coverage() -> Iterator[Figure]:
    for entry in COVERAGES:
        whom, kinds = owed(entry), entry.settled_by
        people = "留守儿童中的重点帮扶对象" if entry.key else "留守儿童"
        yield Figure(f"owed-{entry.code}", f"应有{entry.label}", "coverage", people, whom)
        yield Figure(f"covered-{entry.code}", f"已有{entry.label}", "coverage", f"{people}中本期至少有一次成功的{entry.label}的",
                     lambda f, whom=whom, kinds=kinds: whom(f) and not kinds.isdisjoint(f.done),  # type: ignore[misc]
                     among=f"owed-{entry.code}")  # fmt: skip
        yield Figure(f"lacking-{entry.code}", f"还没有{entry.label}", "coverage", f"{people}中本期还没有一次成功的{entry.label}的",
                     lambda f, whom=whom, kinds=kinds: whom(f) and kinds.isdisjoint(f.done),  # type: ignore[misc]
                     among=f"owed-{entry.code}", gap=True)  # fmt: skip


GROUPS = {
    "people": "基本情况",
    "change": "与上期相比",
    "care": "照护类型",
    "files": "建档与结对",
    "census": "摸底排查",
    "records": "工作记录",
    "coverage": "落实情况",
}

FIGURES: Catalogue[Figure] = Catalogue(
    *_people(), *_change(), *_care(), *_files(), *_census(), *_records(), *_coverage()
)
