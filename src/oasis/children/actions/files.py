"""Open a file, revise it, move the child to another class, close the file."""

from collections.abc import Iterable, Iterator, Mapping
from contextlib import contextmanager
from datetime import date
from typing import Any
from uuid import UUID

from django.db import models, transaction

from oasis.children.consents import answered
from oasis.children.models import Change, Child, ChildStatus, Enrolment
from oasis.kit import idcard
from oasis.kit.dates import now
from oasis.kit.ids import new_id
from oasis.kit.keeping import plain
from oasis.kit.racing import first_wins
from oasis.kit.refused import Refused
from oasis.kit.secrets import keyed_hash
from oasis.people import trail
from oasis.people.roles import Need
from oasis.people.scope import Scope
from oasis.people.uses import use_of_column
from oasis.places.models import Klass, School

NO_WRITING = "没有修改这份档案的权限"
FROZEN = "孩子已经离校，档案封存，不再修改。回来上学的，先办理返校。"
DERIVED = frozenset({"school", "klass", "boarding", "left_behind", "civil", "key"})  # written by their own actions


class SecondFile(Refused):
    """The ID number has a file already."""


def hold(scope: Scope, child: Child, need: Need = Need.CHILD_WRITE, *, frozen: bool = False) -> Child:
    """Give the child locked for writing, or raise Refused, also for a file frozen on leaving unless `frozen` is meant.

    Call inside a transaction.
    """
    held = Child.objects.within(scope, need).select_for_update(of=("self",)).filter(pk=child.pk).first()
    if held is None:
        raise Refused("out-of-reach", NO_WRITING)
    if held.state in Child.GONE and not frozen:
        raise Refused("frozen", FROZEN)
    return held


def set_identity(child: Child) -> None:
    """Set what follows from name and ID number: spelling, hash, last four."""
    child.spell()
    child.id_number = idcard.clean(child.id_number)
    child.id_hash = keyed_hash(child.id_number, purpose="child-id") if child.id_number else None
    child.id_tail = keyed_hash(child.id_number[-4:], purpose="id-tail") if child.id_number else ""


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


def open_file(
    scope: Scope, *, klass: Klass | None, school: School, on: date, boarding: bool = False, id: UUID | None = None,
    **fields: Any,
) -> Child:  # fmt: skip
    """Open a child's file in a class; raises Refused when the class is out of reach or the ID number has a file.

    `id` comes with the form: the same press twice opens one file.
    """
    reach = scope.reach(Need.CHILD_WRITE)
    if school.pk not in reach.get("school", ()) and (klass is None or klass.pk not in reach.get("klass", ())):  # type: ignore[call-overload]
        raise Refused("out-of-reach", "只能在自己负责的班级或学校建档")
    child = Child(id=id or new_id(), school=school, klass=klass, boarding=boarding, opened_on=on, **fields)
    set_identity(child)
    with second_file_noted(scope, school.pk):
        return first_wins(lambda: _open(scope, child, on), lambda: _opened(scope, child))


def _open(scope: Scope, child: Child, on: date) -> Child:
    refuse_second_file(child)
    child.save(force_insert=True)
    dated = {"school": child.school, "child": child, "from_on": on, "by_id": scope.actor}
    Enrolment.objects.create(**dated, klass=child.klass, boarding=child.boarding, reason="建档")
    ChildStatus.objects.create(**dated, left_behind=0, source=ChildStatus.UNTOLD)
    trail.note(scope, "child.open", school=child.school_id, child=child.pk)
    return child


def _opened(scope: Scope, child: Child) -> Child | None:
    """Give the file this very press has opened already; raises Refused when the id stands for another one.

    One out of reach is asked for and answered as one's own: what differs would tell that it is there.
    """
    if not Child.objects.filter(pk=child.pk).exists():
        refuse_second_file(child)
        return None
    made = Child.objects.within(scope, Need.CHILD_WRITE).filter(pk=child.pk).first()
    if made is None or (made.name, made.id_number) != (child.name, child.id_number):
        raise Refused("saved", "这张表刚才已经建过一份档案。要再建一份，请重新打开“新建档案”。")
    return made


def refuse_second_file(child: Child) -> None:
    """Raise SecondFile when another file has this ID number."""
    if child.id_hash and Child.objects.filter(id_hash=child.id_hash).exclude(pk=child.pk).exists():
        raise SecondFile("has-file", "这个身份证号已经有档案，请先查找，不要重复建档", field="id_number")


@contextmanager
def second_file_noted(scope: Scope, school: UUID) -> Iterator[None]:
    """Leave a line on the trail when an ID number was tried that has a file, though the act itself is undone."""
    try:
        yield
    except SecondFile:
        trail.note(scope, "child.refused-second", school=school)
        raise


def revise(scope: Scope, child: Child, **fields: Any) -> Child:
    """Change fields of the file itself; each changed field leaves a Change. Dated facts have actions of their own."""
    if wrong := DERIVED & fields.keys():
        raise ValueError(f"not by revise: {wrong}")
    with second_file_noted(scope, child.school_id), transaction.atomic():
        held = hold(scope, child)
        if "id_number" in fields:
            fields["id_number"] = idcard.clean(fields["id_number"])
        found = changes(held, "child", held, fields, scope.actor)
        if not found:
            return held
        refuse_unasked(scope, held, fields)
        for name, value in fields.items():
            setattr(held, name, value)
        set_identity(held)
        refuse_second_file(held)
        held.version += 1
        held.save()
        keep(found)
        trail.note(scope, "child.revise", school=held.school_id, child=held.pk, detail=",".join(c.field for c in found))
    return held


def refuse_unasked(scope: Scope, held: Child, fields: Mapping[str, Any]) -> None:
    """Raise Refused for a column that is filled before a guardian has said yes to its use (PIPL 13, 29)."""
    asked = [(name, use) for name, value in fields.items() if value and (use := use_of_column(name))]
    known = answered(scope, held) if asked else None
    for name, use in asked:
        if known and not known.allows(use.code) and getattr(held, name) != fields[name]:
            raise Refused(
                "no-consent", f"家长还没有同意“{use.label}”，这一项先空着；家长答复后在“家长同意”里登记", field=name
            )


def keep(found: Iterable[Change]) -> None:
    """Store changes; call inside the transaction of the act."""
    Change.objects.bulk_create(found)
