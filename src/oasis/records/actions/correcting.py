"""Correct a record, or take a child out of it. The earlier wording stays as a Version."""

from collections.abc import Mapping, Sequence
from typing import Any
from uuid import UUID

from django.db import transaction

from oasis.kit.refused import Refused
from oasis.kit.text import fitting
from oasis.people import trail
from oasis.people.scope import Scope
from oasis.records import sealed
from oasis.records.actions.ageing import age, unage
from oasis.records.actions.writing import ONE_BY_ONE, Invalid, known_kind, note_act
from oasis.records.acts import content, plain
from oasis.records.kinds.base import RecordForm
from oasis.records.models import Record, Version
from oasis.records.queries import correctable

ONLY = "只有写的人、班主任和校领导能更正这条记录"
ONE_ALONE = f"{ONE_BY_ONE}请在“改哪些孩子的”里选只改一名，一名一名地更正。"
OF_NUMBER = ("happened_on", "channel", "outcome")  # what a call says of the number it went by


class Conflict(Refused):
    """Somebody changed the record meanwhile; `current` is how it reads now, `form` what this person typed."""

    def __init__(self, form: RecordForm, current: Record) -> None:
        super().__init__("conflict", "您打开以后，这条记录被改过了。请对照两边，再决定怎样保存。")
        self.form = form
        self.current = current


class Parted(Refused):
    """Another child's row of the act was changed meanwhile; `form` is what this person typed."""

    def __init__(self, form: RecordForm) -> None:
        super().__init__(
            "parted",
            "您打开以后，同一次里有孩子的记录被改过或去掉了，所以还没有保存。一起改的孩子已经重新列出，请看过再保存。",
        )
        self.form = form


def correct_record(
    scope: Scope, *, record: UUID, based_on: int, fields: Mapping[str, Any], reason: str = "",
    mates: Mapping[UUID, int] = {},
) -> list[Record]:  # fmt: skip
    """Give a record new wording; the same wording changes nothing. `based_on` is the version the person has seen.

    Gives the rows that were changed.

    `mates` are rows of the same act, each with the version seen, that get the same wording, each as a version of its own. Raises
    Invalid, also when a dead number would be told of several at once, Conflict when another version came between, Parted when that befell a mate, Refused when it is not theirs to correct.
    """
    with transaction.atomic():
        row, others = _together(scope, record, mates)
        form = known_kind(row.kind).Form(fields)
        if not form.is_valid():
            raise Invalid(form)
        changed = [one for one in (row, *others) if _differs(one, form)]
        if row in changed and row.version != based_on:
            raise Conflict(form, row)
        if len(others) < len(mates) or any(one.version != mates[one.pk] for one in changed if one != row):
            raise Parted(form)
        if len(changed) > 1 and _newly_dead(changed, form):
            form.add_error("outcome", ONE_ALONE)
            raise Invalid(form)
        _keep(scope, changed, reason, shut=bool(form.cleaned_data.get("confidential")))
        for one in changed:
            _reword(scope, one, form)
        sealed.store(changed)
        for version in sorted({one.version for one in changed}):
            note_act(scope, "record.correct", [one for one in changed if one.version == version], record, str(version))
    return changed


def _together(scope: Scope, record: UUID, mates: Mapping[UUID, int]) -> tuple[Record, list[Record]]:
    """Give the row and those of its act, locked always in the same order, so that nobody waits in a ring; raises Refused."""
    rows = correctable(scope).select_for_update(of=("self",)).filter(pk__in=[record, *mates], withdrawn=False)
    found = {row.pk: row for row in sealed.fill_all(list(rows.order_by("id")))}
    row = found.pop(record, None)
    if row is None:
        raise Refused("out-of-reach", ONLY)
    return row, [one for one in found.values() if one.group and one.group == row.group]


def _newly_dead(rows: list[Record], form: RecordForm) -> bool:
    wrong = Record.Outcome.WRONG
    return form.cleaned_data.get("outcome") == wrong and any(row.outcome != wrong for row in rows)


def _differs(row: Record, form: RecordForm) -> bool:
    before = content(row)
    return before != {"columns": before["columns"] | plain(form.columns()), "details": form.details()}


def _reword(scope: Scope, row: Record, form: RecordForm) -> None:
    told = form.columns()
    another = any(getattr(row, name) != told.get(name, getattr(row, name)) for name in OF_NUMBER)
    if another:
        unage(scope, row)
    for name, value in told.items():
        setattr(row, name, value)
    if another:
        age(scope, row, row.phone)
    row.details, row.form_version = form.details(), known_kind(row.kind).version
    row.confidential = row.confidential or known_kind(row.kind).confidential


def take_out(scope: Scope, *, record: UUID, based_on: int, reason: str) -> Record:
    """Strike one child's row that should not be there, with a reason; kept in its history. Twice is once.

    Raises Refused without a reason or when the row changed meanwhile.
    """
    if not reason.strip():
        raise Refused("reason", "请写明为什么去掉", field="reason")
    with transaction.atomic():
        row = _held(scope, record)
        if row.withdrawn:
            return row
        if row.version != based_on:
            raise Refused("conflict", "您打开以后，这条记录被改过了。请看过以后再决定。")
        _keep(scope, [row], reason)
        row.withdrawn = True
        sealed.store([row])
        unage(scope, row)
        trail.note(scope, "record.take-out", school=row.school_id, child=row.child_id, subject=str(row.pk))
    return row


def _held(scope: Scope, record: UUID) -> Record:
    """Give the row, locked, its sealed text filled in; raises Refused."""
    row = correctable(scope).select_for_update(of=("self",)).filter(pk=record).first()
    if row is None:
        raise Refused("out-of-reach", ONLY)
    return sealed.fill(row)


def _keep(scope: Scope, rows: Sequence[Record], reason: str, *, shut: bool = False) -> None:
    """Keep the wording these rows have now, closed where it is confidential or, by `shut`, becomes so."""
    told = {"reason": fitting(reason, 120, "原因", field="reason"), "by_id": scope.person}
    Version.objects.bulk_create(
        Version(
            record=row,
            school_id=row.school_id,
            number=row.version,
            content=content(row),
            sealed=shut or row.confidential,
            **told,
        )
        for row in rows
    )
    if secret := [row for row in rows if shut or row.confidential]:
        sealed.close_versions(secret)
    for row in rows:
        row.version += 1
