"""What an inspection would find missing: from the plan, the duties and the files (domain.md 5.4; peers.md c12)."""

from collections.abc import Iterator
from dataclasses import dataclass
from uuid import UUID

from oasis.campus.hazards import homes, places
from oasis.campus.models import Rule, Seat
from oasis.campus.organisation import items, meetings, resolutions, rules, seats
from oasis.campus.outside import meeting_children
from oasis.campus.reach import staff
from oasis.campus.schooling import cases, clocks, unreported
from oasis.children.pairs import outsiders_of
from oasis.figures.evidence import EVIDENCE, counted
from oasis.figures.queries import periods, table
from oasis.figures.where import school_place
from oasis.kit.dates import month_start, school_year, zh_full, zh_month
from oasis.people.roles import Need
from oasis.people.scope import Scope
from oasis.people.vetting import WANTING, standings
from oasis.places.models import School

ITEMS = {
    1: "领导小组、分工", 2: "制度", 3: "方案和计划", 4: "摸底和花名册", 5: "一人一档", 6: "结对帮扶", 7: "谈心、家访", 8: "家校联动",
    9: "活动室", 10: "心理健康、法制安全教育", 11: "寄宿、安全、卫生", 12: "强制报告、欺凌防治", 13: "控辍保学", 14: "经费、物资", 15: "成效", 16: "存在问题与整改",
}  # fmt: skip
FIGURES = {
    "census-open": (4, "学生本期还没有排查"), "files-open": (5, "份档案不完整"), "unconfirmed": (5, "名孩子的监护人还没有确认"), "unpaired": (6, "名孩子没有结对教师"),
    "lacking-visit": (7, "名孩子本期还没有家访"), "lacking-talk": (7, "名孩子本期还没有谈过心"), "lacking-parents": (8, "名孩子本期还没有和父母通话、通信"),
    "lacking-carer": (8, "名孩子的监护人本期还没有联系"),
}  # fmt: skip


@dataclass(frozen=True)
class Gap:
    """One thing missing: which of the sixteen items, in words, and where to mend it; `figure` opens a list of children."""

    item: int
    words: str
    route: str = ""
    pk: UUID | None = None
    figure: str = ""
    place: str = ""
    period: str = ""

    @property
    def label(self) -> str:
        """The item's words."""
        return ITEMS[self.item]


def gaps(scope: Scope, school: School) -> list[Gap]:
    """Give what is missing, item by item."""
    found = [
        *_group(scope, school),
        *_rules(scope, school),
        *_plan(scope, school),
        *_schooling(scope, school),
        *_hazards(scope, school),
        *_files(scope, school),
        *_staff(scope, school),
    ]
    return sorted(found, key=lambda gap: gap.item)


def _group(scope: Scope, school: School) -> Iterator[Gap]:
    now, _past = seats(scope, school, scope.on)
    ranks = {row.rank for row in now}
    for rank, label in Seat.Rank.choices:
        if rank not in ranks:
            yield Gap(1, f"领导小组没有{label}", "org")
    for row in now:
        if not row.duties:
            yield Gap(1, f"{row.name}没有写分工", "org-seat", row.pk)
    held = [row for row in meetings(scope, school) if row.kind == "group" and row.on >= month_start(scope.on)]
    if not held:
        yield Gap(1, "本月还没有领导小组会议的记录", "org-meetings")


def _rules(scope: Scope, school: School) -> Iterator[Gap]:
    papers = [paper for paper in rules(scope, school) if not paper.rule.ended_on]
    held = {paper.rule.topic for paper in papers if paper.rule.kind == Rule.Kind.RULE}
    for topic, label in Rule.Topic.choices:
        if topic not in held and topic != Rule.Topic.WHOLE:
            yield Gap(
                12 if topic in ("report", "bullying") else 13 if topic == "dropout" else 2,
                f"没有{label}方面的制度",
                "org-rules",
            )
    if not any(paper.rule.kind in ("scheme", "year") for paper in papers):
        yield Gap(3, "没有实施方案或工作计划的文件", "org-rules")
    people = len(staff(school.pk, scope.on))
    for paper in papers:
        if paper.in_force(scope.on) and paper.readers < people:
            yield Gap(2, f"《{paper.rule.title}》还有{people - paper.readers}人没有读", "org-rule", paper.rule.pk)


def _plan(scope: Scope, school: School) -> Iterator[Gap]:
    year = school_year(scope.on)
    rows = items(scope, school, year)
    if not rows:
        yield Gap(3, "本学年还没有年度工作计划", "org-plan")
    evidence = counted(scope, school, year, {row.evidence for row in rows if row.evidence})
    for row in rows:
        known = evidence.get(row.evidence)
        if row.done_on is None and row.due_on < scope.on:
            yield Gap(3, f"计划“{row.words}”过了{zh_full(row.due_on)}的期限", "org-plan")
        elif known and known.value == 0 and not row.done_on:
            yield Gap(3, f"计划“{row.words}”还没有一条{EVIDENCE.get(row.evidence).label}的记录", "org-plan")
    for one in resolutions(scope, school):
        if one.due_on < scope.on:
            yield Gap(16, f"会议决议“{one.words}”过了期限，责任人{one.owner.name}", "org-meeting", one.meeting_id)


def _schooling(scope: Scope, school: School) -> Iterator[Gap]:
    for month in unreported(scope, [school])[school]:
        if month < month_start(scope.on):
            yield Gap(13, f"{zh_month(month)}的控辍保学月报还没有报", "schooling")
    for row in cases(scope).filter(school=school, ended_on__isnull=True)[:50]:
        late = [one.what for one in clocks(row) if one.due_on < scope.on]
        if late:
            yield Gap(
                13,
                f"{zh_full(row.absent_from)}起没有到校的一名孩子：{'、'.join(late)}过了期限",
                "schooling-case",
                row.pk,
            )


def _hazards(scope: Scope, school: School) -> Iterator[Gap]:
    late = [row for row in (*places(scope).filter(school=school, closed_on__isnull=True), *homes(scope).filter(school=school, closed_on__isnull=True))
            if not row.fixed_on and row.due_on < scope.on]  # fmt: skip
    for row in late:
        whom = "一名孩子家里" if row.child_id else row.where
        yield Gap(11, f"{whom}的隐患（{row.get_sort_display()}）过了{zh_full(row.due_on)}的整改期限", "hazard", row.pk)


def _files(scope: Scope, school: School) -> Iterator[Gap]:
    place = school_place(school)
    period = periods(place, scope.on).current()
    if period is None:
        yield Gap(4, "还没有设本学期", "settings-terms")
        return
    numbers = table(scope, place, period).numbers
    for code, (item, words) in FIGURES.items():
        if value := numbers[code].value:
            yield Gap(item, f"{value}{words}", figure=code, place=place.code, period=period.code)


def _staff(scope: Scope, school: School) -> Iterator[Gap]:
    if scope.can(Need.VETTING):
        wanting = [
            one
            for one in standings(
                scope, school.pk, meeting_children(school.pk, scope.on) | outsiders_of(school.pk, scope.on)
            )
            if one.state in WANTING
        ]
        if wanting:
            yield Gap(12, f"{len(wanting)}名工作人员或校外人员要查询违法犯罪记录", "settings-checks")
