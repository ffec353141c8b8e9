"""Correct a record, or take a child out of it. The earlier wording stays as a Version."""

from collections.abc import Mapping
from typing import Any
from uuid import UUID

from django.db import transaction

from oasis.kit.refused import Refused
from oasis.kit.text import fitting
from oasis.people import trail
from oasis.people.scope import Scope
from oasis.records import sealed
from oasis.records.actions.writing import Invalid, known_kind
from oasis.records.kinds.base import COLUMNS, RecordForm
from oasis.records.models import Record, Version
from oasis.records.queries import correctable


class Conflict(Refused):
    """Somebody changed the record meanwhile; `current` is how it reads now, `form` what this person typed."""

    def __init__(self, form: RecordForm, current: Record) -> None:
        super().__init__("conflict", "您打开以后，这条记录被改过了。请对照两边，再决定怎样保存。")
        self.form = form
        self.current = current


def correct_record(scope: Scope, *, record: UUID, based_on: int, fields: Mapping[str, Any], reason: str = "") -> Record:
    """Give a record new wording; the same wording changes nothing. `based_on` is the version the person has seen.

    Raises Invalid, Conflict when another version came between, Refused when it is not theirs to correct.
    """
    with transaction.atomic():
        row = _held(scope, record)
        form = known_kind(row.kind).Form(fields)
        if not form.is_valid():
            raise Invalid(form)
        before = content(row)
        told = {"columns": before["columns"] | _plain(form.columns()), "details": form.details()}
        if told == before:
            return row
        if row.version != based_on:
            raise Conflict(form, row)
        secret = row.confidential or bool(form.cleaned_data.get("confidential"))
        _keep(scope, row, before, secret, reason)
        for name, value in form.columns().items():
            setattr(row, name, value)
        row.details, row.form_version = form.details(), known_kind(row.kind).version
        row.confidential = row.confidential or known_kind(row.kind).confidential
        sealed.store(row)
        trail.note(
            scope,
            "record.correct",
            school=row.school_id,
            child=row.child_id,
            subject=str(row.pk),
            detail=str(row.version),
        )
    return row


def take_out(scope: Scope, *, record: UUID, based_on: int, reason: str) -> Record:
    """Strike one child's row that should not be there, with a reason; kept in its history. Twice is once.

    Raises Refused without a reason or when the row changed meanwhile.
    """
    if not reason.strip():
        raise Refused("reason", "请写明为什么去掉", field="reason")
    with transaction.atomic():
        row = _held(scope, record, withdrawn=True)
        if row.withdrawn:
            return row
        if row.version != based_on:
            raise Refused("conflict", "您打开以后，这条记录被改过了。请看过以后再决定。")
        _keep(scope, row, content(row), row.confidential, reason)
        row.withdrawn = True
        sealed.store(row)
        trail.note(scope, "record.take-out", school=row.school_id, child=row.child_id, subject=str(row.pk))
    return row


def content(row: Record) -> dict[str, Any]:
    """Give columns and details of a row as JSON keeps them."""
    return {"columns": _plain({name: getattr(row, name) for name in COLUMNS}), "details": row.details}


def _held(scope: Scope, record: UUID, *, withdrawn: bool = False) -> Record:
    """Give the row, locked, its sealed text filled in; raises Refused."""
    rows = correctable(scope).select_for_update(of=("self",)).filter(pk=record)
    row = rows.first() if withdrawn else rows.filter(withdrawn=False).first()
    if row is None:
        raise Refused("out-of-reach", "只有写的人、班主任和校领导能更正这条记录")
    return sealed.fill(row)


def _keep(scope: Scope, row: Record, before: dict[str, Any], secret: bool, reason: str) -> None:
    Version.objects.create(
        record=row, school_id=row.school_id, number=row.version, content=before, sealed=secret, reason=fitting(reason, 120, "原因", field="reason"),
        by_id=scope.person,
    )  # fmt: skip
    if secret:
        sealed.close_versions(row)
    row.version += 1


def _plain(values: Mapping[str, Any]) -> dict[str, Any]:
    return {name: value.isoformat() if hasattr(value, "isoformat") else value for name, value in values.items()}
