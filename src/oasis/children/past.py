"""The file as it was at the end of any past day: later changes rolled back, dated rows by their own dates."""

import copy
from collections import defaultdict
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from typing import Any, TypeVar
from uuid import UUID

from django.db import models
from django.db.models import Q

from oasis.children.access import current
from oasis.children.household import Member, household
from oasis.children.models import (
    Assessment,
    CareArrangement,
    Change,
    Child,
    ChildStatus,
    Enrolment,
    Hardship,
    Pairing,
    Plan,
    Problem,
    RiskLevel,
)  # fmt: skip
from oasis.kit.dates import CHINA
from oasis.people.roles import Need
from oasis.people.scope import Scope

M = TypeVar("M", bound=models.Model)
Undone = dict[tuple[str, UUID], dict[str, Any]]
DATES = frozenset({"from_on", "to_on", "since_on"})  # facts of the day they name, not of the day they were written


@dataclass(frozen=True)
class Past:
    """A child's file at the end of a day. `child` is a copy and is never saved."""

    on: date
    child: Child
    status: ChildStatus | None
    family: list[Member]
    arrangement: CareArrangement | None
    pairings: list[Pairing]
    hardships: list[Hardship]
    assessment: Assessment | None
    level: RiskLevel | None
    problems: list[Problem]
    plan: Plan | None


def as_of(scope: Scope, child: Child, day: date) -> Past:
    """Give the file as it stood at the end of a day, as far as the scope reads it."""
    undone = _undone(scope, child, day)
    was = _rolled(child, "child", undone)
    status = _last(ChildStatus, scope, child, Q(from_on__lte=day))
    if status:
        was.left_behind, was.civil, was.care = status.left_behind, status.civil, status.care
    if enrolment := _last(Enrolment, scope, child, Q(from_on__lte=day)):
        was.klass, was.boarding = enrolment.klass, enrolment.boarding
    if risk := _last(RiskLevel, scope, child, Q(on__lte=day)):
        was.key = risk.key
    family = household(scope, child, day, Need.CHILD_READ)
    for member in family:
        _roll_member(member, undone, _midnight(day))
    held = CareArrangement.objects.within(scope, Need.CHILD_READ).filter(current(day), child=child)
    arrangement = held.select_related("carer").first()
    pairings = Pairing.objects.within(scope, Need.CHILD_READ).filter(current(day), child=child)
    hardships = Hardship.objects.within(scope, Need.CHILD_READ).filter(current(day), child=child)
    open_then = Q(closed_on__isnull=True) | Q(closed_on__gt=day)
    problems = Problem.objects.within(scope, Need.CHILD_READ).filter(open_then, child=child, found_on__lte=day)
    plans = Plan.objects.within(scope, Need.CHILD_READ).filter(open_then, child=child, from_on__lte=day)
    return Past(
        on=day, child=was, status=status, family=family,
        arrangement=_rolled(arrangement, "care", undone) if arrangement else None,
        pairings=list(pairings.select_related("staff", "classmate")), hardships=list(hardships.order_by("from_on", "pk")),
        level=risk, plan=plans.first(), problems=list(problems), assessment=_last(Assessment, scope, child, Q(on__lte=day)),
    )  # fmt: skip


def _undone(scope: Scope, child: Child, day: date) -> Undone:
    """For each row, the value each field had before the first change after the day."""
    later = Change.objects.within(scope, Need.CHILD_READ).filter(child=child, at__gte=_midnight(day))
    undone: Undone = defaultdict(dict)
    for change in later.order_by("-at", "-id"):
        undone[change.table, change.row][change.field] = change.old
    return undone


def _midnight(day: date) -> datetime:
    """Give the end of a day."""
    return datetime.combine(day + timedelta(days=1), time.min, CHINA)


def _rolled(row: M, table: str, undone: Undone) -> M:
    was = copy.copy(row)
    was._state = copy.copy(row._state)
    was._state.fields_cache = dict(row._state.fields_cache)
    for name, old in undone.get((table, row.pk), {}).items():
        field: Any = row._meta.get_field(name)
        if name not in DATES and (old is not None or field.null):  # from nothing: the row began, its own date says when
            setattr(was, name, field.to_python(old))
    return was


def _roll_member(member: Member, undone: Undone, midnight: datetime) -> None:
    person = _rolled(member.tie.person, "person", undone)
    member.tie = _rolled(member.tie, "tie", undone)
    member.tie.person = person
    member.phones = [_rolled(phone, "phone", undone) for phone in member.phones]
    if member.away and member.away.since_on is None and member.away.at >= midnight:
        member.away = None  # nobody knows since when, but on that day nobody had heard of it
    member.away = _rolled(member.away, "away", undone) if member.away else None


def _last(table: type[Any], scope: Scope, child: Child, when: Q) -> Any:
    rows = table.objects.within(scope, Need.CHILD_READ).filter(when, child=child)
    if table is Enrolment:
        rows = rows.select_related("klass")
    return rows.order_by("on" if table in (RiskLevel, Assessment) else "from_on", "pk").last()
