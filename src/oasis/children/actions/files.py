"""Open a file, revise it, move the child to another class, close the file."""

from collections.abc import Iterable
from datetime import date
from decimal import Decimal
from typing import Any
from uuid import UUID

from django.db import models, transaction

from oasis.children.models import Change, Child, ChildStatus, Enrolment
from oasis.kit import idcard
from oasis.kit.dates import now
from oasis.kit.refused import Refused
from oasis.kit.secrets import keyed_hash
from oasis.people import trail
from oasis.people.roles import Need
from oasis.people.scope import Scope
from oasis.places.models import Klass, School

DERIVED = frozenset({"school", "klass", "boarding", "left_behind", "civil", "key"})  # written by their own actions


def set_identity(child: Child) -> None:
    """Set what follows from name and ID number: spelling, hash, last four."""
    child.spell()
    child.id_number = idcard.clean(child.id_number)
    child.id_hash = keyed_hash(child.id_number, purpose="child-id") if child.id_number else None
    child.id_tail = child.id_number[-4:]


def changes(child: Child, table: str, row: models.Model, fields: dict[str, Any], by: UUID | None) -> list[Change]:
    """Compare a row with new values and give a Change for each field that differs; saves nothing."""
    at = now()
    found = []
    for name, new in fields.items():
        old = getattr(row, name)
        if old != new:
            found.append(
                Change(
                    school_id=child.school_id,
                    child=child,
                    table=table,
                    row=row.pk,
                    field=name,
                    old=plain(old),
                    new=plain(new),
                    at=at,
                    by_id=by,
                )
            )
    return found


def plain(value: Any) -> Any:
    """Give a value as JSON keeps it: dates and numbers as text, rows as their id."""
    if isinstance(value, date | Decimal | UUID):
        return str(value)
    return str(value.pk) if isinstance(value, models.Model) else value


def open_file(
    scope: Scope, *, klass: Klass | None, school: School, on: date, boarding: bool = False, **fields: Any
) -> Child:
    """Open a child's file in a class; raises Refused when the class is out of reach or the ID number has a file."""
    reach = scope.reach(Need.CHILD_WRITE)
    if school.pk not in reach.get("school", ()) and (klass is None or klass.pk not in reach.get("klass", ())):  # type: ignore[call-overload]
        raise Refused("out-of-reach", "只能在自己负责的班级或学校建档")
    child = Child(school=school, klass=klass, boarding=boarding, opened_on=on, **fields)
    set_identity(child)
    refuse_second_file(child)
    with transaction.atomic():
        child.save(force_insert=True)
        Enrolment.objects.create(
            school=school, child=child, klass=klass, boarding=boarding, from_on=on, by_id=scope.actor, reason="建档"
        )
        ChildStatus.objects.create(school=school, child=child, from_on=on, left_behind=0, by_id=scope.actor)
        trail.note(scope, "child.open", school=school.pk, child=child.pk)
    return child


def refuse_second_file(child: Child) -> None:
    """Raise Refused when another file has this ID number."""
    if child.id_hash and Child.objects.filter(id_hash=child.id_hash).exclude(pk=child.pk).exists():
        raise Refused("has-file", "这个身份证号已经有档案，请先查找，不要重复建档", field="id_number")


def revise(scope: Scope, child: Child, **fields: Any) -> Child:
    """Change fields of the file itself; each changed field leaves a Change. Dated facts have actions of their own."""
    if wrong := DERIVED & fields.keys():
        raise ValueError(f"not by revise: {wrong}")
    with transaction.atomic():
        held = Child.objects.within(scope, Need.CHILD_WRITE).select_for_update().filter(pk=child.pk).first()
        if held is None:
            raise Refused("out-of-reach", "没有修改这份档案的权限")
        found = changes(held, "child", held, fields, scope.actor)
        if not found:
            return held
        for name, value in fields.items():
            setattr(held, name, value)
        set_identity(held)
        refuse_second_file(held)
        held.version += 1
        held.save()
        keep(found)
        trail.note(scope, "child.revise", school=held.school_id, child=held.pk, detail=",".join(c.field for c in found))
    return held


def keep(found: Iterable[Change]) -> None:
    """Store changes; call inside the transaction of the act."""
    Change.objects.bulk_create(found)


def place(scope: Scope, child: Child, *, klass: Klass | None, boarding: bool, on: date, reason: str = "") -> Child:
    """Put a child into a class or dormitory from a day on; ends the running enrolment, keeps the history."""
    with transaction.atomic():
        held = Child.objects.within(scope, Need.CHILD_WRITE).select_for_update().filter(pk=child.pk).first()
        if held is None or (klass is not None and klass.school_id != held.school_id):
            raise Refused("out-of-reach", "没有调整这个孩子班级的权限")
        if (held.klass_id, held.boarding) == (klass.pk if klass else None, boarding):
            return held
        Enrolment.objects.within(scope, Need.CHILD_WRITE).filter(child=held, to_on__isnull=True).update(to_on=on)
        found = changes(
            held, "child", held, {"klass_id": klass.pk if klass else None, "boarding": boarding}, scope.actor
        )
        held.klass, held.boarding, held.version = klass, boarding, held.version + 1
        held.save()
        keep(found)
        Enrolment.objects.create(
            school_id=held.school_id,
            child=held,
            klass=klass,
            boarding=boarding,
            from_on=on,
            by_id=scope.actor,
            reason=reason,
        )
        trail.note(scope, "child.place", school=held.school_id, child=held.pk)
    return held
