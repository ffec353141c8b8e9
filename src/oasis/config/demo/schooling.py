"""The demo's 控辍保学: one child brought back, one still away, and the months reported."""

from datetime import date, timedelta

from oasis.campus.models import Absence, Dropout, Persuasion, SchoolingMonth
from oasis.config.demo.homes import Kept
from oasis.config.demo.lines import line
from oasis.config.demo.sheets import Stage
from oasis.kit.dates import month_start, next_month
from oasis.places.queries import is_school_day

BACK = (
    ("visit", "奶奶", "unsure", "奶奶说孩子跟着表哥去了镇上的修车铺，说读书没意思。约好晚上给父亲打电话。"),
    ("phone", "父亲（电话）", "unsure", "父亲在宁波，答应劝孩子回来，请了两天假。"),
    ("village", "父亲、孩子", "agreed", "和村主任一起上门，父亲当面谈，孩子答应下周一返校，先从上午的课开始。"),
)
AWAY = (("visit", "外婆", "unsure", "外婆说孩子前天跟姨妈去了县城，电话没打通，留了口信。"),)


def tell(stage: Stage, kept: list[Kept]) -> None:
    """Draw a case that is over and one that runs, and the reports of the term's months."""
    pool = [one for one in kept if one.child.left_behind and one.sibling_of is None and not one.child.key]
    if len(pool) > 12:  # a county's smaller schools have nobody away
        _case(stage, pool[5], 58, "weary", BACK, back=44)
        _case(stage, pool[9], 4, "follow", AWAY)
    _months(stage, len(kept))


def _case(stage: Stage, one: Kept, days: int, reason: str, tries: tuple[tuple[str, ...], ...], back: int = 0) -> None:
    since, by = stage.on - timedelta(days=days), stage.homeroom[one.child.klass_id]
    ended = stage.on - timedelta(days=back) if back else None
    row = Dropout(
        school=stage.school, child=one.child, absent_from=since, opened_on=since + timedelta(days=1), reason=reason, by=by,
        state="back" if back else "suspected", words=f"早读没有来，打电话问{one.carer_word}，说一早就出门了，没有到校。",
        bureau_on=since + timedelta(days=6) if back else None, bureau_no="由中心校转报，第3号" if back else "",
        township_on=since + timedelta(days=6) if back else None, ended_on=ended,
        ended_words="编回原班，请同桌帮着补课，两周看一次" if back else "",
    )  # fmt: skip
    stage.rows.add(row)
    line(stage, one.child, "schooling", "found", row.opened_on, by, row.words)
    for n, (way, met, result, words) in enumerate(tries):
        tried = Persuasion(
            school=stage.school, child=one.child, dropout=row, on=since + timedelta(days=1 + 4 * n), by=by, way=way, met=met, result=result,
            words=words, who=by.name if way != "village" else f"{by.name}、村主任",
        )  # fmt: skip
        stage.rows.add(tried)
        said = f"{tried.who}{tried.get_way_display()}，{tried.get_result_display()}：{words}"
        line(stage, one.child, "schooling", "persuaded", tried.on, by, said)
    if ended:
        line(stage, one.child, "schooling", "back", ended, by, row.ended_words)
    if not back:
        _missed(stage, one, since)


def _missed(stage: Stage, one: Kept, since: date) -> None:
    known = {row.on for row in stage.rows.tables[Absence] if isinstance(row, Absence) and row.child_id == one.child.pk}
    day = since
    while day < stage.on:
        if is_school_day(day, {}) and day not in known:
            by = stage.homeroom[one.child.klass_id]
            stage.rows.add(Absence(school=stage.school, child=one.child, on=day, part="day", reason="unknown", by=by))
        day += timedelta(days=1)


def _months(stage: Stage, pupils: int) -> None:
    """Every whole month since the term began is reported, by the dean; the running one is still owed."""
    begun = max((term.starts_on for term in stage.terms if term.starts_on <= stage.on), default=stage.on)
    month, deans = month_start(begun), stage.staff["dean"] or stage.staff["principal"]
    while next_month(month) <= stage.on and deans:
        last = next_month(month) - timedelta(days=1)
        found = [row for row in stage.rows.tables[Dropout] if isinstance(row, Dropout)]
        away = [row for row in found if row.opened_on <= last and (row.ended_on is None or row.ended_on > last)]
        stage.rows.add(
            SchoolingMonth(
                school=stage.school, month=month, on=last, by=deans[0], pupils=pupils, suspected=len(away), out=0,
                opened=sum(month <= row.opened_on <= last for row in found),
                back=sum(bool(row.ended_on and month <= row.ended_on <= last) for row in found), words="" if away else "无",
            )
        )  # fmt: skip
        month = next_month(month)
