"""Reading the leading group, rules and plans, meetings, the year's plan; and what of them is owed by whom."""

from collections import Counter
from dataclasses import dataclass, field
from datetime import date, timedelta
from uuid import UUID

from django.db.models import Exists, F, OuterRef, Value

from oasis.campus.models import (
    Activity,
    Meeting,
    MeetingPresence,
    Resolution,
    Rule,
    RuleBody,
    RuleReading,
    RuleVersion,
    Seat,
    WorkItem,
)
from oasis.campus.models.own import Own
from oasis.campus.reach import at_work, staff
from oasis.people.models import User
from oasis.people.scope import Scope
from oasis.places.models import School

RANKS = list(Seat.Rank.values)


def seats(scope: Scope, school: School, on: date) -> tuple[list[Seat], list[Seat]]:
    """Give the group of a day, the head first, and those whose term of office is over."""
    rows = list(at_work(scope, Seat).filter(school=school).select_related("user"))
    now = [row for row in rows if row.to_on is None or row.to_on >= on]
    past = [row for row in rows if row.to_on is not None and row.to_on < on]
    return sorted(now, key=lambda row: (RANKS.index(row.rank), row.from_on)), sorted(
        past, key=lambda row: row.from_on, reverse=True
    )


@dataclass
class Paper:
    """A rule with its versions, newest first, and who has read the one in force."""

    rule: Rule
    versions: list[RuleVersion] = field(default_factory=list)
    readers: int = 0
    mine: bool = False

    def in_force(self, on: date) -> RuleVersion | None:
        """Give the version that holds on a day."""
        return next((one for one in self.versions if one.in_force_on <= on), None)


def rules(scope: Scope, school: School) -> list[Paper]:
    """Give the papers of a school with their versions, those that no longer hold last. Three queries."""
    papers = {row.pk: Paper(row) for row in at_work(scope, Rule).filter(school=school)}
    for version in at_work(scope, RuleVersion).filter(school=school).defer("text"):
        papers[version.rule_id].versions.append(version)
    read = list(at_work(scope, RuleReading).filter(school=school).values_list("version_id", "by_id"))
    count, own = Counter(version for version, _ in read), {version for version, by in read if by == scope.actor}
    for paper in papers.values():
        if held := paper.in_force(scope.on):
            paper.readers, paper.mine = count[held.pk], held.pk in own
    order = list(Rule.Kind.values)
    return sorted(
        papers.values(), key=lambda one: (bool(one.rule.ended_on), order.index(one.rule.kind), one.rule.title)
    )


def rule_of(scope: Scope, pk: UUID) -> tuple[Rule, list[RuleVersion]] | None:
    """Give a paper with its versions, newest first."""
    row = at_work(scope, Rule).filter(pk=pk).select_related("school").first()
    if row is None:
        return None
    return row, list(at_work(scope, RuleVersion).filter(rule=row).select_related("by"))


def readers(scope: Scope, version: RuleVersion) -> tuple[list[RuleReading], list[User]]:
    """Give who has read a version, and who of the staff has not."""
    read = list(at_work(scope, RuleReading).filter(version=version).select_related("by").order_by("at"))
    known = {row.by_id for row in read}
    return read, [user for user in staff(version.school_id, scope.on) if user.pk not in known]


def version_of(scope: Scope, pk: UUID) -> RuleVersion | None:
    """Give a version."""
    return at_work(scope, RuleVersion).filter(pk=pk).first()


def scan_of(scope: Scope, pk: UUID) -> tuple[RuleVersion, bytes] | None:
    """Give a version's scan."""
    body = at_work(scope, RuleBody).filter(version=pk).select_related("version").first()
    return (body.version, bytes(body.data)) if body else None


def meetings(scope: Scope, school: School) -> list[Meeting]:
    """Give the meetings of a school, newest first."""
    return list(at_work(scope, Meeting).filter(school=school).select_related("chair").defer("minutes", "agenda")[:200])


def meeting_of(scope: Scope, pk: UUID) -> Meeting | None:
    """Give a meeting."""
    return at_work(scope, Meeting).filter(pk=pk).select_related("chair", "school").first()


def presences(scope: Scope, meeting: Meeting) -> dict[str, list[str]]:
    """Give the names at a meeting by how they came."""
    found: dict[str, list[str]] = {label: [] for label in MeetingPresence.State.labels}
    for row in at_work(scope, MeetingPresence).filter(meeting=meeting).select_related("user").order_by("user__name"):
        found[row.get_state_display()].append(row.user.name)
    return {label: names for label, names in found.items() if names}


def resolutions(scope: Scope, school: School, meeting: Meeting | None = None) -> list[Resolution]:
    """Give what was resolved at a meeting, or what is still open of all of them."""
    rows = at_work(scope, Resolution).filter(school=school).select_related("owner", "meeting")
    return list(rows.filter(meeting=meeting) if meeting else rows.filter(done_on__isnull=True))


def items(scope: Scope, school: School, year: int) -> list[WorkItem]:
    """Give the plan of a year, part by part."""
    order = list(WorkItem.Area.values)
    rows = at_work(scope, WorkItem).filter(school=school, year=year).select_related("owner")
    return sorted(rows, key=lambda row: (order.index(row.area), row.due_on))


def task_of(scope: Scope, kind: str, pk: UUID) -> Resolution | WorkItem | None:
    """Give a resolution or an item of the plan."""
    rows: dict[str, type[Resolution | WorkItem]] = {"resolution": Resolution, "item": WorkItem}
    return at_work(scope, rows[kind]).filter(pk=pk).select_related("owner", "school").first() if kind in rows else None


SOON = timedelta(days=14)


@dataclass(frozen=True)
class Owed:
    """A line of somebody's due list: a resolution, an item of the plan, an activity to write down."""

    what: str
    kind: str
    pk: UUID
    due_on: date
    late: bool


def owed_by(scope: Scope) -> list[Owed]:
    """Give what this person owes the school itself within two weeks, the longest due first. One query, and one for each kind's words."""
    parts = [
        at_work(scope, model).filter(**{who: scope.actor}, **still).order_by().annotate(which=Value(kind), until=F(day)).values_list("which", "pk", "until")
        for model, kind, who, day, still in (
            (Resolution, "resolution", "owner", "due_on", {"done_on__isnull": True, "due_on__lte": scope.on + SOON}),
            (WorkItem, "item", "owner", "due_on", {"done_on__isnull": True, "due_on__lte": scope.on + SOON}),
            (Activity, "activity", "lead", "on", {"held_on__isnull": True, "dropped": False, "on__lte": scope.on}),
        )
    ]  # fmt: skip
    found = list(parts[0].union(*parts[1:], all=True))
    words = _words(scope, found) if found else {}
    made = [Owed(words.get(pk, ""), kind, pk, day, day < scope.on) for kind, pk, day in found]
    return sorted(made, key=lambda one: (one.due_on, one.pk))


def _words(scope: Scope, found: list[tuple[str, UUID, date]]) -> dict[UUID, str]:
    known: dict[UUID, str] = {}
    tables: tuple[tuple[type[Own], str, str], ...] = (
        (Resolution, "resolution", "words"),
        (WorkItem, "item", "words"),
        (Activity, "activity", "title"),
    )
    for model, kind, column in tables:
        if pks := [pk for one, pk, _ in found if one == kind]:
            known |= dict(at_work(scope, model).filter(pk__in=pks).values_list("pk", column))
    return known


def unread(scope: Scope) -> list[RuleVersion]:
    """Give the versions in force that this person has not said to have read. One query."""
    mine = at_work(scope, RuleReading).filter(by_id=scope.actor, version=OuterRef("pk"))
    rows = at_work(scope, RuleVersion).filter(in_force_on__lte=scope.on, rule__ended_on__isnull=True)
    newest = {
        row.rule_id: row
        for row in rows.annotate(read=Exists(mine)).select_related("rule").defer("text").order_by("number")
    }
    return [row for row in newest.values() if not row.read]
