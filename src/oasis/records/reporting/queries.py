"""Reading of mandatory reports: one's own, those overseen, their clocks, their people, their trail."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from typing import Any
from uuid import UUID

from django.db.models import CharField, Exists, ExpressionWrapper, F, OuterRef, Q, QuerySet

from oasis.children.models import Child
from oasis.people import trail
from oasis.people.closed import ScopedQuerySet
from oasis.people.models import Post, Trail, User
from oasis.people.remembered import remembered
from oasis.people.roles import ArmKind, Need
from oasis.people.scope import Scope
from oasis.people.together import Question
from oasis.places.models import Region, School
from oasis.records.models import Record
from oasis.records.reporting.models import (
    MandatoryReport,
    ReportDeadline,
    ReportNamed,
    ReportRecord,
    ReportStep,
    ReportWords,
)
from oasis.records.reporting.steps import REASONS, STEPS, Step

NAMED = "only the people named in a report read it, never whom it suspects"
LEADERS = frozenset({"principal"})


def own(scope: Scope) -> ScopedQuerySet[MandatoryReport]:
    """Give the reports in which a person is named, while the person works there or oversees the school."""
    return _own(scope.person, scope).select_related("school", "by")


def _own(person: UUID, scope: Scope) -> ScopedQuerySet[MandatoryReport]:
    named = ReportNamed.objects.everywhere(why=NAMED).filter(user_id=person, until_at=None)
    here = Post.objects.at_work(scope.on).filter(user_id=person, school__isnull=False).values("school")
    rows = MandatoryReport.objects.everywhere(why=NAMED).filter(pk__in=named.values("report"))
    return rows.filter(Q(school__in=here) | Q(school__in=_schools_under(scope)))


@remembered
def _own_open(person: UUID, scope: Scope) -> QuerySet[MandatoryReport, tuple[UUID]]:
    return _own(person, scope).filter(closed_at=None).order_by().values_list("pk")


def overseen(scope: Scope) -> ScopedQuerySet[MandatoryReport]:
    """Give the reports of the schools that an education bureau oversees: number and steps, never the text."""
    why = "the bureau sees that a report went out and how it stands, so that a suspected leader cannot bury it"
    rows = MandatoryReport.objects.everywhere(why=why).filter(school__in=_schools_under(scope))
    return rows.select_related("school", "by")


def _schools_under(scope: Scope) -> QuerySet[School]:
    """Give the schools under one's regions, as a part of the query that asks for their reports."""
    ids = scope.ids(ArmKind.REGION, Need.FIGURES)
    if not ids:
        return School.objects.none()
    below = ExpressionWrapper(OuterRef("region__path"), output_field=CharField())
    regions = Region.objects.filter(pk__in=ids).exclude(path="").annotate(below=below)
    return School.objects.filter(Exists(regions.filter(below__startswith=F("path"))))


def workplaces(scope: Scope) -> list[School]:
    """Give the schools at which a person works today: there a report may be started."""
    held = Post.objects.at_work(scope.on).filter(user_id=scope.person, school__isnull=False)
    return list(School.objects.filter(pk__in=held.values("school")).order_by("name"))


def staff(school: School, scope: Scope) -> list[tuple[str, str]]:
    """Give everybody who works at a school today but oneself, as choices: name and posts, leaders first."""
    posts = Post.objects.at_work(scope.on).filter(school=school, user__is_active=True).exclude(user_id=scope.person)
    return _choices(posts)


def officers(school: School, scope: Scope) -> list[tuple[str, str]]:
    """Give the people of the education bureau above a school, as choices."""
    path = school.region.path if school.region else ""
    above = [UUID(one) for one in path.split("/") if one]
    posts = Post.objects.held_on(scope.on).filter(role="county", region__in=above, user__is_active=True)
    return _choices(posts.exclude(user_id=scope.person))


def _choices(posts: QuerySet[Post]) -> list[tuple[str, str]]:
    found: dict[User, list[str]] = {}
    for post in posts.select_related("user"):
        words = found.setdefault(post.user, [])
        if post.get_role_display() not in words:
            words.append(post.get_role_display())
    ranked = sorted(found.items(), key=lambda one: ("校长" not in one[1], one[0].name))
    return [(str(user.pk), f"{user.name}（{'、'.join(words)}）") for user, words in ranked]


def leaders(school: School, scope: Scope) -> set[UUID]:
    """Give the leaders of a school today: they learn of a report unless they are suspected."""
    posts = Post.objects.held_on(scope.on).filter(school=school, role__in=LEADERS, user__is_active=True)
    return set(posts.values_list("user_id", flat=True))


def named_in(report: MandatoryReport) -> list[ReportNamed]:
    """Give who may know of a report, the first first."""
    rows = ReportNamed.objects.everywhere(why=NAMED).filter(report=report, until_at=None)
    return list(rows.select_related("user").order_by("at", "id"))


@dataclass(frozen=True)
class Taken:
    """One step as it stands at a moment."""

    step: Step
    row: ReportStep
    late: bool

    @property
    def state(self) -> str:
        """Done, late, due (a clock runs) or free (no clock)."""
        if self.row.done_at:
            return "done"
        return "late" if self.late else "due" if self.row.due_at else "free"


def steps_of(reports: Iterable[MandatoryReport], at: datetime) -> dict[UUID, list[Taken]]:
    """Give the steps of reports that were opened for these eyes, in the order of the law. One query."""
    found: dict[UUID, list[Taken]] = {report.pk: [] for report in reports}
    rows = ReportStep.objects.everywhere(why=NAMED).filter(report__in=found)
    for row in rows:
        late = row.done_at is None and row.due_at is not None and row.due_at <= at
        found[row.report_id].append(Taken(STEPS.get(row.step), row, late))
    order = STEPS.codes
    return {pk: sorted(steps, key=lambda one: order.index(one.step.code)) for pk, steps in found.items()}


@dataclass(frozen=True)
class Clock:
    """A step that waits, on the due list of those named."""

    report: MandatoryReport
    taken: Taken


def open_asked(scope: Scope) -> Question[bool]:
    """Ask whether one has an open report of one's own; nearly always not, and 今日 asks at every look."""
    return Question(_own_open, (scope.person, scope), bool)


def pending(scope: Scope, at: datetime) -> list[Clock]:
    """Give the steps with a clock that wait in one's own open reports, the law's and the oldest first."""
    reports = {report.pk: report for report in own(scope).filter(closed_at=None)}
    waiting = [
        Clock(reports[pk], taken)
        for pk, steps in steps_of(reports.values(), at).items()
        for taken in steps
        if taken.state in ("late", "due")
    ]
    return sorted(waiting, key=lambda one: (not one.taken.step.by_law, one.taken.row.due_at or at))


def lines(report: MandatoryReport) -> list[Trail]:
    """Give the trail of one report, newest first, for whom it was opened."""
    rows = Trail.objects.everywhere(why="those named, and the bureau, see who opened the report")
    return list(rows.filter(school_key=trail.apart(report.school_id), subject=str(report.pk)).order_by("-seq"))


def told(rows: Iterable[Trail], *, named: bool) -> list[tuple[Trail, str]]:
    """Give a report's lines with what they say; the words typed at them are for the named only. Two queries."""
    rows = list(rows)
    found = ReportWords.objects.everywhere(why=NAMED).filter(line__in=[row.pk for row in rows]) if named else ()
    words = {one.line: one.words for one in found}
    ids = {row.detail for row in rows if row.deed in ("report.name", "report.unname") and is_uuid(row.detail)}
    names = {str(pk): name for pk, name in User.objects.filter(pk__in=ids).values_list("pk", "name")}
    codes = names | dict(REASONS)
    return [
        (row, "：".join(part for part in (codes.get(row.detail, row.detail), words.get(row.pk, "")) if part))
        for row in rows
    ]


def is_uuid(text: str) -> bool:
    """Tell whether a text is an id."""
    try:
        UUID(text)
    except ValueError:
        return False
    return True


def gathered(scope: Scope, report: MandatoryReport) -> tuple[list[Record], int]:
    """Give the gathered records that this person may read anyway, and how many more there are."""
    ids = {one.record for one in _held(report)}
    rows = Record.objects.within(scope, Need.RECORD_READ).filter(pk__in=ids, withdrawn=False)
    found = list(rows.select_related("by").order_by("-happened_on", "-id"))
    return found, len(ids) - len(found)


def copies(scope: Scope, report: MandatoryReport) -> list[dict[str, Any]]:
    """Give the copies of gathered records that were erased since; what was confidential only to who may open such."""
    held = _held(report)
    rows = Record.objects.everywhere(why="which gathered records were erased since; nothing of them is read")
    there = set(rows.filter(pk__in=[one.record for one in held]).values_list("pk", flat=True))
    told = [one.content for one in held if one.record not in there and one.content]
    return [one for one in told if not one["confidential"] or scope.can(Need.CONFIDENTIAL)]


def _held(report: MandatoryReport) -> list[ReportRecord]:
    return list(ReportRecord.objects.everywhere(why=NAMED).filter(report=report).order_by("at", "pk"))


def gatherable(scope: Scope, child: UUID | None, known: Iterable[Record]) -> list[Record]:
    """Give a child's latest records that this person may read and that the report does not hold yet."""
    if child is None:
        return []
    rows = Record.objects.within(scope, Need.RECORD_READ).filter(child=child, withdrawn=False)
    return list(
        rows.exclude(pk__in=[one.pk for one in known]).select_related("by").order_by("-happened_on", "-id")[:30]
    )


def reportable(scope: Scope, child: UUID) -> Child | None:
    """Give the child of whom a report is to be made, when its name is in reach."""
    rows: ScopedQuerySet[Child] = Child.objects.within(scope, Need.NAMES).select_related("klass", "school")
    return rows.filter(pk=child).first()


def namesakes(scope: Scope, report: MandatoryReport, told: dict[str, Any]) -> list[Child]:
    """Give the files that a typed name may belong to, as far as this person may read them; none once it is known."""
    if "id" in told:
        return []
    rows = Child.objects.within(scope, Need.CHILD_READ).filter(school_id=report.school_id, name=told.get("name", ""))
    return list(rows.select_related("klass", "school").order_by("pk")[:10])


def deadlines(school_id: UUID) -> dict[str, tuple[bool, int]]:
    """Give for each step whether a clock runs at this school, and its hours."""
    why = "the deadlines of a school hold for every report and tell nothing of a child"
    rows = ReportDeadline.objects.everywhere(why=why).filter(school_id=school_id)
    own_ways = {row.step: (row.on, row.hours) for row in rows}
    return {
        step.code: (step.on, step.hours) if step.by_law else own_ways.get(step.code, (step.on, step.hours))
        for step in STEPS
    }


def still_open(scope: Scope, school: School) -> list[MandatoryReport]:
    """Give one's own reports of a school that are not closed, newest first."""
    return list(own(scope).filter(closed_at=None, school=school).order_by("-at"))


def named_in_one(scope: Scope, pk: UUID) -> MandatoryReport | None:
    """Give one's own report by its id."""
    return own(scope).filter(pk=pk).first()
