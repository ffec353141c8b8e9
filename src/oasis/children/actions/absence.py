"""Parents away and home again: where, since when, what work, when they come back (peers.md c1)."""

from datetime import date
from typing import Any

from django.db import transaction

from oasis.children.actions.family import family_changes, tied_person
from oasis.children.actions.files import hold, keep
from oasis.children.models import Away, Child, Person
from oasis.kit import codes
from oasis.kit.refused import Refused
from oasis.people import trail
from oasis.people.roles import Need
from oasis.people.scope import Scope

FIELDS = frozenset(
    {"since_on", "reason", "province", "city", "work", "home_every", "last_seen_on", "next_return_on"}
)  # fmt: skip


def went_away(
    scope: Scope,
    child: Child,
    person: Person,
    *,
    since_on: date | None,
    reason: str = codes.AwayReason.WORK,
    **fields: Any,
) -> Away:
    """Say that a parent or carer is away, from a day on or since an unknown one; raises Refused when an absence is running already."""
    if wrong := fields.keys() - FIELDS:
        raise ValueError(f"not of an absence: {wrong}")
    with transaction.atomic():
        held = hold(scope, child)
        mine = tied_person(scope, held, person)
        if _running(scope, mine).exists():
            raise Refused("away", "这位家长已经登记为外出，请先登记返乡", field="since_on")
        _check(scope, since_on, fields)
        away = Away.objects.create(
            school_id=held.school_id, person=mine, since_on=since_on, reason=reason, by_id=scope.actor, **fields
        )
        trail.note(scope, "away.begin", school=held.school_id, child=held.pk, subject=str(away.pk))
    return away


def revise_absence(scope: Scope, child: Child, away: Away, **fields: Any) -> Away:
    """Correct or complete a running absence; each changed field leaves a Change."""
    if wrong := fields.keys() - FIELDS:
        raise ValueError(f"not of an absence: {wrong}")
    with transaction.atomic():
        held = hold(scope, child)
        mine = _held(scope, held, away)
        _check(scope, fields.get("since_on", mine.since_on), fields)
        if _write(scope, mine, fields):
            trail.note(scope, "away.revise", school=held.school_id, child=held.pk, subject=str(mine.pk))
    return mine


def came_home(scope: Scope, child: Child, away: Away, *, on: date) -> Away:
    """Say that the parent is home for good from a day on. The child's status is for the census or the file to change."""
    with transaction.atomic():
        held = hold(scope, child)
        mine = _held(scope, held, away)
        if mine.since_on and on < mine.since_on:
            raise Refused("order", f"返乡日期不能早于外出日期{mine.since_on}", field="on")
        _write(scope, mine, {"to_on": on, "last_seen_on": on, "next_return_on": None})
        trail.note(scope, "away.end", school=held.school_id, child=held.pk, subject=str(mine.pk))
    return mine


def _running(scope: Scope, person: Person) -> Any:
    return Away.objects.within(scope, Need.CHILD_WRITE).filter(person=person, to_on__isnull=True)


def _held(scope: Scope, held: Child, away: Away) -> Away:
    person = tied_person(scope, held, Person(pk=away.person_id))
    mine: Away | None = _running(scope, person).filter(pk=away.pk).first()
    if mine is None:
        raise Refused("home", "这次外出已经登记返乡，请刷新页面")
    return mine


def _check(scope: Scope, since_on: date | None, fields: dict[str, Any]) -> None:
    if since_on and since_on > scope.on:
        raise Refused("future", "外出时间不能晚于今天；还没有走的，请写进“预计”并在走后登记", field="since_on")
    seen_on = fields.get("last_seen_on")
    if seen_on and seen_on > scope.on:
        raise Refused("future", "上次见面的日期不能晚于今天", field="last_seen_on")


def _write(scope: Scope, away: Away, fields: dict[str, Any]) -> bool:
    found = family_changes(away.person, "away", away, fields, scope)
    if not found:
        return False
    for name, value in fields.items():
        setattr(away, name, value)
    away.save(update_fields=list(fields))
    keep(found)
    return True
