"""家校联系: visits, calls and letters, carers, letters and meetings of parents, as the summary tells them."""

from collections.abc import Iterator

from oasis.papers.summary.facts import Facts, Stretch
from oasis.papers.wording import Told, coverage, joined, tell


def contact(facts: Facts) -> Iterator[tuple[str, Told]]:
    """Visits, calls and letters, carers, feedback to parents."""
    if not facts.value("left"):
        return
    yield "contact.visits", _visits(facts)
    yield "contact.parents", _parents(facts)
    yield "contact.carers", _carers(facts)
    yield "contact.home", _home(facts)
    if facts.value("feedback-parts"):
        yield "contact.feedback", tell("主动向家长反馈孩子的情况{parts}人次。", parts=facts.cited("feedback-parts"))
    if facts.value("failed"):
        yield (
            "contact.failed",
            tell(
                "联系中没有接通、号码有误或没有见到人的有{failed}人次，都已如实记录，不计入完成数。",
                failed=facts.cited("failed"),
            ),
        )


def _home(facts: Facts) -> Told:
    """Letters to parents and meetings of parents."""
    words = (
        ("letter-sent", "发出致家长的信{one}封"),
        ("letter-answered", "收回回执{one}份"),
        ("met", "参加家长会、家长学校的家庭{one}户"),
    )
    told = [tell(text, one=facts.cited(code)) for code, text in words if facts.value(code)]
    return Told("面向留守儿童家庭，") + joined(told, "，") + Told("。") if told else Told()


def _visits(facts: Facts) -> Told:
    if not facts.value("visit-parts"):
        return Told(f"{facts.when}还没有家访的记录。")
    said = tell(f"{facts.when}家访{{parts}}人次。", parts=facts.cited("visit-parts"))
    said += coverage("家访", facts.cited("covered-visit"), facts.cited("owed-visit"), when="")
    stretches = facts.visits()
    return said + (
        Told("其中，") + _each(stretches, "家访", "visit", facts) + Told("。") if len(stretches) > 1 else Told()
    )


def _parents(facts: Facts) -> Told:
    calls, letters = facts.value("family-call-parts"), facts.value("family-letter-parts")
    if not calls and not letters:
        return Told(f"{facts.when}还没有亲情通话或书信的记录。")
    deeds = [tell(f"{words}{{one}}人次", one=facts.cited(code)) for code, words in
             (("family-call-parts", "与父母通话（视频）"), ("family-letter-parts", "给父母写信")) if facts.value(code)]  # fmt: skip
    said = Told(f"{facts.when}帮助孩子") + joined(deeds, "、") + Told("。")
    said += coverage("与父母通话或写信", facts.cited("covered-parents"), facts.cited("owed-parents"), when="")
    stretches = facts.monthly("parents")
    return said + (
        Told("按月看，") + _each(stretches, "联系", "parents", facts) + Told("。") if len(stretches) > 1 else Told()
    )


def _carers(facts: Facts) -> Told:
    if not facts.value("carer-contact-parts") and not facts.value("covered-carer"):
        return Told(f"{facts.when}还没有与监护人（照护人）联系的记录。")
    said = Told(f"{facts.when}家访时与监护人（照护人）当面沟通孩子的生活、学习和身心状况。")
    if facts.value("carer-contact-parts"):
        said = tell(
            f"{facts.when}与监护人（照护人）沟通孩子的生活、学习和身心状况{{parts}}人次。",
            parts=facts.cited("carer-contact-parts"),
        )
    said += coverage("与监护人联系", facts.cited("covered-carer"), facts.cited("owed-carer"), when="")
    stretches = facts.monthly("carer")
    return said + (
        Told("按月看，") + _each(stretches, "联系", "carer", facts) + Told("。") if len(stretches) > 1 else Told()
    )


def _each(stretches: list[Stretch], act: str, coverage: str, facts: Facts) -> Told:
    """Tell each window or month on its own: 期初12人，期中9人; and to how many it was owed where that is another number."""
    last, told = facts.value(f"owed-{coverage}"), []
    for one in stretches:
        owed = tell(f"（应{act}的{{due}}人）", due=one.due) if one.due.value != last else Told()
        told.append(tell(f"{one.label}{{done}}人", done=one.done) + owed)
        last = int(one.due.value or 0)
    return joined(told, "，")
