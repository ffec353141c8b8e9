"""前言 and 一、基本情况: who the children are."""

from collections.abc import Iterator

from oasis.kit.codes import Care
from oasis.kit.dates import zh_full
from oasis.papers.summary.facts import Facts
from oasis.papers.wording import Told, change, joined, listing, percent, shifted, tell

_CARE_WORDS = {
    Care.ONE_PARENT: "由父亲或母亲一方照护", Care.GRANDPARENTS: "由祖辈照护", Care.ELDER_KIN: "由叔伯姑舅姨等亲属照护",
    Care.SIBLINGS: "由兄姐照护", Care.OTHERS: "由其他亲友或邻居照护", Care.FOSTER: "寄养", Care.SCHOOL: "以学校寄宿为主",
    Care.ALONE: "独居或无人照护",
}  # fmt: skip


def foreword(facts: Facts) -> Iterator[tuple[str, Told]]:
    """Say what the text is about; a period without records says so."""
    period, we = facts.period.label, facts.we
    if not facts.value("left"):
        yield (
            "foreword",
            tell(f"{period}，{we}登记的留守儿童为{{left}}人。现将有关情况说明如下。", left=facts.cited("left")),
        )
    elif not facts.value("parts"):
        yield "foreword", Told(f"{period}，{we}还没有留下关爱工作的记录，下面先列出基本情况，所做工作有待补充。")
    else:
        aim = "按照上级关于农村留守儿童关爱保护的要求，" if facts.whole else ""
        yield (
            "foreword",
            tell(
                f"{period}，{we}{aim}以一人一档为基础，通过谈心、家访、亲情沟通和联系监护人等做法开展日常关爱，"
                "共留下各类工作记录{parts}人次。现将有关情况总结如下。",
                parts=facts.cited("parts"),
            ),
        )


def basics(facts: Facts) -> Iterator[tuple[str, Told]]:
    """Describe the children by the figures; nothing is said of groups that are empty."""
    yield "basics.people", _people(facts)
    if not facts.value("left"):
        return
    yield "basics.kinds", _kinds(facts)
    yield "basics.care", _care(facts)
    yield "basics.change", _moves(facts)


def _people(facts: Facts) -> Told:
    pupils, left = facts.cited("pupils"), facts.cited("left")
    opening = f"截至{zh_full(facts.period.as_at)}，{facts.we}在校学生{{pupils}}人，"
    if not left.some:
        return tell(opening + "其中留守儿童{left}人。", pupils=pupils, left=left)
    share = percent(left.value or 0, pupils.value or 0)
    said = tell(
        opening + f"其中留守儿童（教育口径，父母一方或双方外出）{{left}}人，占{share}", pupils=pupils, left=left
    )
    civil = tell("；按民政口径统计为{civil}人。", civil=facts.cited("civil"))
    like = None if facts.value("begun") else facts.before("left")  # who is told of for the first time is no increase
    return said + change(left, like, than=facts.last) + civil


def _kinds(facts: Facts) -> Told:
    def named(*codes: str) -> Told:
        return listing([facts.cited(code) for code in codes])

    sexes = named("left-boys", "left-girls")
    if facts.value("left-boys") + facts.value("left-girls") < facts.value("left"):
        sexes += Told("，其余没有登记性别")
    groups = [sexes, named("left-both", "left-one"), named("left-boarding", "left-day")]
    said = Told("留守儿童中，") + joined(groups, "；")
    if facts.value("key"):
        said += tell("；列为重点帮扶对象的{key}人", key=facts.cited("key"))
    if facts.value("hardship"):
        said += tell("；同时属于困境儿童的{hardship}人", hardship=facts.cited("hardship"))
    return said + Told("。")


def _care(facts: Facts) -> Told:
    named = [tell(f"{words}的{{one}}人", one=facts.cited(f"care-{code}")) for code, words in _CARE_WORDS.items()
             if facts.value(f"care-{code}")]  # fmt: skip
    if facts.value("care-unsaid"):
        named.append(tell("照护类型尚未登记的{one}人", one=facts.cited("care-unsaid")))
    return Told("从照护情况看，") + joined(named, "，") + Told("。") if named else Told()


def _moves(facts: Facts) -> Told:
    begun = tell(f"{facts.when}首次登记留守儿童{{begun}}人", begun=facts.cited("begun"))
    if facts.number("new").value is None:
        return begun + Told("，此前没有数据可比。")
    moves = [
        shifted(facts.cited("new"), "新增"),
        shifted(facts.cited("ended"), "因父母返乡等解除"),
        shifted(facts.cited("gone"), "离校"),
    ]
    told = listing(moves)
    said = Told(f"与{facts.last}末相比，") + told if told else Told()
    if facts.value("begun"):
        said = (
            said + Told("；另有首次登记的") + tell("{begun}人，不算新增", begun=facts.cited("begun")) if told else begun
        )
    return said + Told("。") if said else Told()
