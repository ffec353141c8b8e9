"""A roster taken back: its files go, its changes are turned round; nobody has built on them, the caller has checked."""

from collections.abc import Iterable, Sequence
from datetime import datetime
from typing import Any
from uuid import UUID

from django.db.models import Model, Q

from oasis.children.actions.files import set_identity
from oasis.children.actions.roster_changes import MOVED
from oasis.children.models import Away, Change, Child, ChildStatus, Enrolment, Hardship, Pairing, Person, Phone, Tie
from oasis.kit.sealed import tied
from oasis.people.roles import Need
from oasis.people.scope import Scope

ROWS: dict[str, Any] = {
    "person": Person,
    "tie": Tie,
    "phone": Phone,
    "away": Away,
    "hardship": Hardship,
    "pairing": Pairing,
}
MADE_BY = {
    "tie": "person",
    "phone": "number",
    "hardship": "kind",
    "away": "reason",
    "pairing": "role",
}  # this field from nothing: a new row


def built_on(scope: Scope, children: Sequence[UUID], *, until: datetime) -> set[UUID]:
    """Give the children about whom anything was written after a moment, in whatever table."""
    found: set[UUID] = set()
    for relation in Child._meta.related_objects:
        model: Any = relation.related_model
        rows = model.objects.within(scope, Need.IMPORT).filter(**{f"{relation.field.name}__in": children})
        if "at" in {field.name for field in model._meta.concrete_fields}:
            rows = rows.filter(at__gt=until)
        else:
            rows = rows.filter(pk__gte=first_id(until))
        found |= set(rows.values_list(f"{relation.field.name}_id", flat=True).distinct())
    late = Away.objects.within(scope, Need.IMPORT).filter(person__tie__child__in=children, at__gt=until)
    return found | set(late.values_list("person__tie__child", flat=True))


def first_id(moment: datetime) -> UUID:
    """Give the least id a row made from this moment on may have: an id begins with its time."""
    return UUID(int=(int(moment.timestamp() * 1000) + 1) << 80)


def close_opened(scope: Scope, children: Sequence[UUID]) -> None:
    """Remove files opened by a roster, and the persons whom no other child is tied to."""
    persons = list(
        Tie.objects.within(scope, Need.IMPORT).filter(child__in=children).values_list("person_id", flat=True)
    )
    Child.objects.within(scope, Need.IMPORT).filter(pk__in=children).delete()
    _forget(persons)


def _forget(persons: Iterable[UUID]) -> None:
    Person.objects.everywhere(why="a person no child is tied to any more").filter(
        pk__in=list(persons), tie__isnull=True
    ).delete()


def turn_round(scope: Scope, child: UUID, batch: UUID, since: datetime) -> None:
    """Put one file back to what it said before the roster."""
    held = Child.objects.within(scope, Need.IMPORT).select_for_update().get(pk=child)
    lines = Change.objects.within(scope, Need.IMPORT).filter(child=child, batch=batch).order_by("-at", "-id")
    columns = {field.attname: field for field in held._meta.concrete_fields}
    names = set()
    for line in lines:
        if line.table == "child":
            setattr(held, line.field, columns[line.field].to_python(line.old))
            names.add(line.field)
        else:
            _turn_row(scope, line)
    if names & {"klass_id", "boarding"}:
        _reopen(scope, child, since)
    ChildStatus.objects.within(scope, Need.IMPORT).filter(child=child, source="import", at__gte=since).delete()
    set_identity(held)
    held.version += 1
    held.save()
    lines.delete()


def turn_rest(scope: Scope, batch: UUID) -> None:
    """Take back what a roster told a parent in the files of brothers and sisters it does not name; call it last."""
    lines = Change.objects.everywhere(why="a roster taken back leaves no line in a brother's or sister's file")
    for line in (rest := lines.filter(batch=batch).order_by("-at", "-id")):
        _turn_row(scope, line)
    rest.delete()


def _turn_row(scope: Scope, line: Change) -> None:
    rows = ROWS[line.table].objects.within(scope, Need.IMPORT).filter(pk=line.row)
    if line.old is None and MADE_BY.get(line.table) == line.field:
        persons: list[UUID] = list(rows.values_list("person_id", flat=True)) if line.table == "tie" else []
        rows.delete()
        _forget(persons)
        return
    row: Model | None = rows.first()
    if row is not None:
        field = row._meta.get_field(line.field)
        old = field.get_default() if line.old is None and not field.null else line.old  # type: ignore[union-attr]
        rows.update(**tied(type(row), line.row, {line.field: old}))


def _reopen(scope: Scope, child: UUID, since: datetime) -> None:
    """End the enrolment a roster began and let the one before run on."""
    enrolments = Enrolment.objects.within(scope, Need.IMPORT).filter(child=child)
    begun = enrolments.filter(at__gte=since)
    day = begun.values_list("from_on", flat=True).first()
    begun.delete()
    pairs = Pairing.objects.within(scope, Need.IMPORT).filter(Q(child=child) | Q(classmate=child), to_on=day)
    pairs.filter(end_reason=MOVED).update(to_on=None, end_reason="")
    earlier = enrolments.filter(to_on=day).order_by("-from_on", "-id").first()
    if earlier:
        enrolments.filter(pk=earlier.pk).update(to_on=None)
