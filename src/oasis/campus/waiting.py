"""What the ledgers wait for from one person: lines of 今日, computed when asked."""

from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import date, timedelta
from uuid import UUID

from oasis.campus.hazards import AGAIN, owned, unchecked
from oasis.campus.incidents import clocks as incident_clocks
from oasis.campus.incidents import hours_by_school, notices, open_ones
from oasis.campus.schooling import cases, clocks, report_schools, unreported
from oasis.campus.screening import running, steps
from oasis.kit.dates import CHINA, next_month, now, zh_month, zh_short, zh_when
from oasis.people.roles import ArmKind, Need
from oasis.people.scope import Scope

SOON, AHEAD, REPORT_AHEAD, LENIENT = (timedelta(days=days) for days in (2, 7, 7, 5))


@dataclass(frozen=True)
class Waiting:
    """One line: what, about whom or what, where a tap leads, until when."""

    what: str
    note: str
    icon: str
    due_on: date
    late: bool
    route: str
    where: dict[str, object] = field(default_factory=dict)


def waits(scope: Scope) -> list[Waiting]:
    """Give what the ledgers wait for from this person, the longest due first."""
    found = list(_hazards(scope))
    if scope.can(Need.HEALTH):
        found += _incidents(scope)
    if scope.can(Need.SCREENING):
        found += _screening(scope)
    if scope.can(Need.CHILD_WRITE):
        found += _schooling(scope)
    if scope.can(Need.GUIDE):
        found += [*_months(scope), *_unchecked(scope)]
    return sorted(found, key=lambda one: one.due_on)


def _schooling(scope: Scope) -> Iterator[Waiting]:
    """A homeroom teacher owes the attempts, who leads the school the written reports."""
    own, led = scope.ids(ArmKind.KLASS, Need.CHILD_WRITE), scope.ids(ArmKind.SCHOOL, Need.GUIDE)
    for row in cases(scope).filter(ended_on__isnull=True):
        for one in clocks(row):
            mine = row.school_id in led if one.leads else row.child.klass_id in own
            if mine and one.due_on <= scope.on + SOON:
                yield Waiting(
                    f"{row.child.name}：{one.what}", f"{zh_short(row.absent_from)}起没有到校", "school", one.due_on, one.due_on < scope.on,
                    "schooling-case", {"pk": row.pk},
                )  # fmt: skip


def _months(scope: Scope) -> Iterator[Waiting]:
    """The month's report falls to the dean, and to the principal when it is late."""
    deans: set[UUID] = set().union(*(arm.ids for arm in scope.arms if arm.role.code == "dean"))
    for school, months in unreported(scope, report_schools(scope)).items():
        for month in months:
            until = next_month(month) - timedelta(days=1)
            ahead = REPORT_AHEAD if school.pk in deans else -LENIENT
            if scope.on >= until - ahead:
                yield Waiting(
                    f"{zh_month(month)}控辍保学月报", "没有人辍学也要报", "calendar-month", until, until < scope.on, "schooling-month",
                    {"pk": school.pk, "year": month.year, "month": month.month},
                )  # fmt: skip


def _hazards(scope: Scope) -> Iterator[Waiting]:
    """Whoever was named owes the mending."""
    for row in owned(scope):
        if row.due_on <= scope.on + AHEAD:
            whom = row.child.name if row.child else row.where
            yield Waiting(
                f"隐患整改：{whom}", row.get_sort_display(), "alert-triangle", row.due_on, row.due_on < scope.on, "hazard", {"pk": row.pk}
            )  # fmt: skip


def _unchecked(scope: Scope) -> Iterator[Waiting]:
    """Who leads the school owes the second look."""
    for row in unchecked(scope):
        until = (row.fixed_on or scope.on) + AGAIN
        whom = row.child.name if row.child else row.where
        yield Waiting(
            f"隐患复查：{whom}",
            row.get_sort_display(),
            "clipboard-check",
            until,
            until < scope.on,
            "hazard",
            {"pk": row.pk},
        )


def _incidents(scope: Scope) -> Iterator[Waiting]:
    """The homeroom teacher or the writer tells the guardian, who leads the school reports; each by the hour."""
    rows = open_ones(scope)
    own, led = scope.ids(ArmKind.KLASS, Need.HEALTH), scope.ids(ArmKind.SCHOOL, Need.GUIDE)
    told = notices(scope, rows) if rows else {}
    hours = hours_by_school({row.school_id for row in rows})
    for row in rows:
        for one in incident_clocks(row, told.get(row.pk, []), hours[row.school_id]):
            near = row.child.klass_id in own or row.by_id == scope.actor
            if one.done_at is None and (near if one.step == "guardian" else row.school_id in led):
                yield Waiting(
                    f"{row.child.name}：{one.label}", f"{row.get_sort_display()}，{zh_when(one.due_at)}前", "alert-circle",
                    one.due_at.astimezone(CHINA).date(), one.late(now()), "incident", {"pk": row.pk},
                )  # fmt: skip


def _screening(scope: Scope) -> Iterator[Waiting]:
    """The counsellor owes the review, the word to the parents, the next look."""
    for row in running(scope):
        for one in steps(row):
            if one.due_on <= scope.on + SOON:
                yield Waiting(
                    f"{row.child.name}：{one.what}", "心理筛查", "heart", one.due_on, one.due_on < scope.on, "screening-result", {"pk": row.pk}
                )  # fmt: skip
