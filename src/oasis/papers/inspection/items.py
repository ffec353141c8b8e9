"""ITEMS: what of each of the sixteen items the records can show; the rest is named as a gap and put in by hand."""

from collections import Counter
from collections.abc import Callable
from dataclasses import dataclass

from oasis.campus import letters, meetings
from oasis.campus.organisation import items, resolutions, rules, seats
from oasis.campus.organisation import meetings as group_meetings
from oasis.campus.schooling import months as schooling_months
from oasis.figures.catalogue import FIGURES
from oasis.figures.queries import periods, table
from oasis.figures.where import school_place
from oasis.kit.catalogue import Catalogue
from oasis.kit.dates import school_year, zh_month
from oasis.kit.refused import Refused
from oasis.papers.forms import lists, registration, roster, schooling
from oasis.papers.forms.base import Order
from oasis.papers.forms.told import Table, dotted, term_of
from oasis.papers.inspection import campus_items
from oasis.papers.inspection.bundle import Bundle
from oasis.papers.inspection.campus_items import listed
from oasis.papers.ledgers import LEDGERS
from oasis.papers.ledgers.base import Asked
from oasis.papers.sheets.shape import Section, of_form
from oasis.people.roles import Need
from oasis.records.models import Record


@dataclass(frozen=True)
class Item:
    """One item: its number, how it makes its pages, and what must be put in by hand."""

    code: str
    number: int
    make: Callable[[Bundle], list[Section]]
    by_hand: str = ""


def _nothing(one: Bundle) -> list[Section]:
    return []


def _group(one: Bundle) -> list[Section]:
    now, _past = seats(one.order.scope, one.order.place.school, one.order.on)
    rows = [(row.get_rank_display(), row.name, row.post, row.duties, row.paper_no, dotted(row.from_on)) for row in now]
    held = group_meetings(one.order.scope, one.order.place.school)
    told = [(dotted(row.on), row.get_kind_display(), row.topic, str(row.chair)) for row in held]
    return [
        *listed("领导小组名单和分工", {"职务": 1.2, "姓名": 1.4, "工作职务": 2.4, "分工": 5, "文号": 2, "任期自": 1.6}, rows),
        *listed("会议记录目录", {"日期": 1.4, "类别": 2, "主题": 5, "主持": 1.4}, told),
    ]  # fmt: skip


def _rules(one: Bundle) -> list[Section]:
    return _papers(one, "制度目录", {"rule"})


def _schemes(one: Bundle) -> list[Section]:
    year = school_year(one.order.on)
    rows = [
        (row.get_area_display(), row.words, str(row.owner), dotted(row.due_on), dotted(row.done_on) or "—")
        for row in items(one.order.scope, one.order.place.school, year)
    ]
    plan = listed(
        f"{year}—{year + 1}学年度工作计划", {"方面": 2, "做什么": 5, "责任人": 1.4, "期限": 1.6, "完成": 1.6}, rows
    )
    return [*_papers(one, "方案和计划目录", {"scheme", "year"}), *plan]


def _papers(one: Bundle, title: str, kinds: set[str]) -> list[Section]:
    rows = []
    for paper in rules(one.order.scope, one.order.place.school):
        held = paper.in_force(one.order.on)
        if held and str(paper.rule.kind) in kinds and not paper.rule.ended_on:
            rows.append((paper.rule.title, f"第{held.number}版", dotted(held.in_force_on), f"{paper.readers}人"))
    return listed(title, {"名称": 6, "版本": 1.2, "生效": 1.6, "已读": 1.2}, rows)


def _roster(one: Bundle) -> list[Section]:
    kept = (0, 1, 2, 3, 5, 9, 10, 11, 14, 17, 18, 19, 21)  # of the roster's columns those that an inspection reads
    heads = (
        "序号",
        "班级",
        "姓名",
        "性别",
        "出生年月",
        "寄宿",
        "外出",
        "父亲",
        "母亲",
        "照护人",
        "关系",
        "电话",
        "帮扶教师",
    )
    widths = (0.8, 1.6, 1.5, 0.8, 1.8, 1, 1.6, 1.5, 1.5, 1.5, 1.4, 2.2, 1.5)
    rows = [(str(n), *roster.row(file)) for n, file in enumerate(one.files, start=1)]
    cells = [tuple(row[at] for at in kept) for row in rows]
    return listed("花名册", dict(zip(heads, widths, strict=True)), cells, wide=True) + _figures(
        one, "摸底排查", "census", "people"
    )


def _figures(one: Bundle, title: str, *groups: str) -> list[Section]:
    place = school_place(one.order.place.school)
    period = periods(place, one.order.on).current()
    if period is None:
        return []
    found = table(one.order.scope, place, period)
    rows = [
        (number.label, "—" if number.value is None else str(number.value), number.unit)
        for code, number in found.numbers.items() if FIGURES.get(code).group in groups
    ]  # fmt: skip
    return listed(f"{title}统计（{period.label}）", {"项目": 5, "数": 1.4, "单位": 1}, rows)


def _sample(one: Bundle) -> list[Section]:
    """Take files at even steps through the roll, so that every class has its turn."""
    step = max(1, len(one.files) // max(one.samples, 1))
    school, on = one.order.place.school.name, one.order.on
    return [of_form(registration.page(file, school=school, on=on)) for file in one.files[::step][: one.samples]]


def _listed(make: Callable[[Order], Table]) -> Callable[[Bundle], list[Section]]:
    def sections(one: Bundle) -> list[Section]:
        try:
            return [make(one.order).section]
        except Refused:
            return []

    return sections


def _care(one: Bundle) -> list[Section]:
    """Count for each child what was done this term; numbers only."""
    counted = _counts(one, ("talk", "visit", "tutoring"))
    rows = [
        (str(n), file.klass, file.child.name, *(str(counted[file.child.pk, kind] or "—") for kind in ("talk", "visit", "tutoring")))
        for n, file in enumerate(one.files, start=1)
    ]  # fmt: skip
    return listed(
        "谈心、家访、辅导次数（本学期）", {"序号": 1, "班级": 2, "姓名": 2, "谈心": 1.2, "家访": 1.2, "辅导": 1.2}, rows
    )


def _counts(one: Bundle, kinds: tuple[str, ...]) -> Counter[tuple[object, str]]:
    rows = Record.objects.within(one.order.scope, Need.EXPORT).filter(
        child__in=[child.pk for child in one.order.children], kind__in=kinds, withdrawn=False, outcome=Record.Outcome.DONE,
        happened_on__range=(term_of(one.order).starts_on, one.order.on),
    )  # fmt: skip
    return Counter(rows.values_list("child_id", "kind"))


def _home(one: Bundle) -> list[Section]:
    scope, school = one.order.scope, one.order.place.school
    counted = _counts(one, ("family-call", "family-letter", "carer-contact"))
    rows = [
        (
            str(n), file.klass, file.child.name,
            *(str(counted[file.child.pk, kind] or "—") for kind in ("family-call", "family-letter", "carer-contact")),
        )
        for n, file in enumerate(one.files, start=1)
    ]  # fmt: skip
    sent = [
        (str(letter), held.name, str(held.total), str(held.sent), str(held.answered))
        for letter in letters.letters(scope).filter(school=school)[:2] for held in letters.standing(scope, letter)
    ]  # fmt: skip
    met = [
        (dotted(held.meeting.on), held.place, str(held.meeting), f"{held.came}/{held.seats}", str(held.told))
        for held in meetings.listed(scope) if held.meeting.school_id == school.pk and held.meeting.ended
    ]  # fmt: skip
    return [
        *listed("亲情通话、书信和监护人联系次数（本学期）", {"序号": 1, "班级": 2, "姓名": 2, "通话": 1.2, "书信": 1.2, "联系监护人": 1.6}, rows),
        *listed("致家长的信和回执", {"信": 4, "班级": 2, "应发": 1, "发出": 1, "回执": 1}, sent),
        *listed("家长会、家长学校", {"日期": 1.6, "范围": 1.8, "主题": 5, "到会": 1.4, "会后告知": 1.4}, met),
    ]  # fmt: skip


def _dropout(one: Bundle) -> list[Section]:
    """Give the ledger of the school year and the months reported; a nil month is a line too."""
    school = one.order.place.school
    told = [
        (zh_month(row.month), str(row.pupils), str(row.suspected), str(row.out), str(row.back), dotted(row.on), str(row.by or ""))
        for row in schooling_months(one.order.scope) if row.school_id == school.pk
    ]  # fmt: skip
    columns = {"月份": 2, "在校学生": 1.4, "疑似": 1.2, "辍学": 1.2, "复学": 1.2, "报出": 1.6, "报出人": 1.6}
    return [*listed("控辍保学月报", columns, told), *_listed(schooling.ledger)(one)]


def _results(one: Bundle) -> list[Section]:
    return [*_figures(one, "工作", "coverage", "records", "care"), *campus_items.results(one.order)]


def _ledgers(*codes: str) -> Callable[[Bundle], list[Section]]:
    """Give ledgers of the term that have rows."""

    def sections(one: Bundle) -> list[Section]:
        order = one.order
        asked = Asked(order.scope, order.place.school, term_of(order).starts_on, order.on)
        made = [(LEDGERS.get(code), LEDGERS.get(code).fill(asked)) for code in codes]
        return [entry.table(asked, filled).section for entry, filled in made if filled.rows]

    return sections


def _problems(one: Bundle) -> list[Section]:
    rows = [(str(gap.item), gap.label, gap.words) for gap in one.known]
    todo = [
        (row.words, str(row.owner), dotted(row.due_on)) for row in resolutions(one.order.scope, one.order.place.school)
    ]
    return [
        *listed("系统里查出的缺项", {"序号": 0.8, "哪一项": 2.4, "缺什么": 6}, rows),
        *listed("正在整改的会议决议", {"做什么": 6, "责任人": 1.4, "期限": 1.6}, todo),
    ]


ITEMS = Catalogue(
    Item("group", 1, _group, "成立文件（盖章）"),
    Item("rules", 2, _rules, "各项制度的正文"),
    Item("schemes", 3, _schemes, "实施方案和计划的正文、审批"),
    Item("roster", 4, _roster, "盖章的原件"),
    Item("files", 5, _sample, "家长签字的原件、照片、作品"),
    Item("pairing", 6, _listed(lists.pairing), "帮扶协议"),
    Item("care", 7, _care, "有家长签字的家访记录表"),
    Item("home", 8, _home, "会议签到表、回执原件"),
    Item("room", 9, lambda one: campus_items.room(one.order), "现场查看"),
    Item("mind", 10, lambda one: campus_items.lessons(one.order), "教案、照片"),
    Item(
        "boarding",
        11,
        lambda one: [*campus_items.nights(one.order), *_ledgers("hazards", "incidents", "health-checks")(one)],
        "签字的原件",
    ),
    Item("report", 12, _nothing, "承诺书、培训记录；个案保密，不放进资料包"),
    Item("dropout", 13, _dropout, "月报的盖章原件、书面报告的回执"),
    Item("money", 14, _ledgers("goods-book", "donations"), "经费账目"),
    Item("results", 15, _results, "荣誉证书、照片、工作总结"),
    Item("problems", 16, _problems, "整改报告"),
)
