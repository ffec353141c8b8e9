"""What a summary tells of children kept at school, of dangers and accidents, of screenings; what is secret is not in the figures."""

from oasis.papers.summary.facts import Facts
from oasis.papers.wording import Told, gap, joined, tell


def schooling(facts: Facts) -> Told:
    """Tell who may have left school, who went to bring them back, who is still away; nothing where nobody was."""
    told = _counts(
        facts,
        ("dropout-times", "发现可能辍学的学生{n}人次"),
        ("persuaded-times", "劝返{n}人次"),
        ("returned-times", "复学{n}人次"),
        ("dropout-open-times", "还没有返校的{n}人"),
    )
    return Told("控辍保学方面，") + told + Told("。") if told else Told()


def hazards(facts: Facts) -> Told:
    """Tell the dangers found and mended, of the school and around children at home."""
    home = _counts(
        facts,
        ("home-hazard-times", "登记孩子家里、路上的隐患{n}处"),
        ("home-hazard-open-times", "孩子家里、路上的隐患还有{n}处没有消除"),
    )
    told = joined([_places(facts), home], "；")
    return told + Told("。") if told else Told(gap("安全隐患排查和整改的情况") if facts.whole else "")


def _places(facts: Facts) -> Told:
    """Only where nothing is left open is it said that all was mended."""
    if facts.value("hazards") and not facts.value("hazards-open"):
        return tell("排查校园安全隐患{n}处，都已整改，复查合格", n=facts.cited("hazards"))
    return _counts(
        facts,
        ("hazards", "排查校园安全隐患{n}处"),
        ("hazards-closed", "校园隐患复查合格、销号{n}处"),
        ("hazards-open", "校园隐患还有{n}处没有销号"),
    )


def incidents(facts: Facts) -> Told:
    """Tell the incidents that are no secret, and how far they are."""
    told = _counts(
        facts,
        ("incident-case-times", "登记安全事件{n}起"),
        ("incident-told-times", "通知到监护人{n}起"),
        ("incident-open-times", "还没有结案的安全事件{n}起"),
    )
    return told + Told("（按规定保密的不在内）。") if told else Told()


def screening(facts: Facts) -> Told:
    """Tell that a screening was held and whom it reached; what it found is the counsellor's alone."""
    told = _counts(facts, ("screenings", "开展心理筛查{n}次"), ("screened", "参加{n}人次"))
    return told + Told("。") if told else Told()


def _counts(facts: Facts, *words: tuple[str, str]) -> Told:
    return joined([tell(text, n=facts.cited(code)) for code, text in words if facts.value(code)], "，")
