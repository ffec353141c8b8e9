"""Writing records: write, correct, take back."""

from collections.abc import Mapping, Sequence
from typing import Any
from uuid import UUID

from django.db import transaction

from oasis.children.models import Child
from oasis.kit.ids import is_client_id, new_id
from oasis.kit.refused import Refused
from oasis.people import trail
from oasis.people.roles import Need
from oasis.people.scope import Scope
from oasis.records.kinds import KINDS
from oasis.records.kinds.base import RecordForm
from oasis.records.models import Record, Sealed


class Invalid(Refused):
    """The kind's form refused the fields; `form` holds the errors beside what was typed."""

    def __init__(self, form: RecordForm) -> None:
        super().__init__("invalid", "有几项需要改一改，请看标红的地方")
        self.form = form


def write_record(
    scope: Scope, *, id: UUID, kind: str, children: Sequence[Child], fields: Mapping[str, Any]
) -> list[Record]:
    """Write one act for one or many children; the same id twice gives the rows of the first time and writes nothing.

    Raises Invalid when the kind's form refuses the fields, Refused when a child is out of reach or the id is not a
    client's.
    """
    if not is_client_id(id):
        raise Refused("id", "页面已过期，请刷新后再保存")
    entry = KINDS.get(kind)
    form = entry.Form(fields)
    if not form.is_valid():
        raise Invalid(form)
    if not children:
        raise Refused("no-child", "请至少选择一个孩子")
    with transaction.atomic():
        if already := written(scope, id):
            return already
        wanted = [child.pk for child in children]
        held = list(Child.objects.within(scope, Need.RECORD_WRITE).filter(pk__in=wanted))
        if len(held) != len(set(wanted)):
            raise Refused("out-of-reach", "有的孩子不在你负责的范围内，请重新选择")
        rows = [_row(scope, id if n == 0 else new_id(), kind, child, form) for n, child in enumerate(held)]
        if len(rows) > 1:
            for row in rows:
                row.group = id
        _store(rows)
        trail.note(
            scope, "record.write", school=rows[0].school_id, child=rows[0].child_id if len(rows) == 1 else None,
            subject=str(id), detail=f"{kind} {len(rows)}",
        )  # fmt: skip
    return rows


def written(scope: Scope, id: UUID) -> list[Record]:
    """Give the rows an id has made already, for a repeated press; nothing when the id is free.

    Raises Refused when the id belongs to somebody else's record.
    """
    first = Record.objects.everywhere(why="a client's id must be unique in the database").filter(pk=id).first()
    if first is None:
        return []
    if first.by_id != scope.actor:
        raise Refused("id", "页面已过期，请刷新后再保存")
    if first.group is None:
        return [first]
    return list(Record.objects.within(scope, Need.RECORD_WRITE).filter(group=first.group))


def _row(scope: Scope, id: UUID, kind: str, child: Child, form: RecordForm) -> Record:
    entry = KINDS.get(kind)
    row = Record(
        id=id, school_id=child.school_id, child=child, kind=kind, by_id=scope.person, form_version=entry.version,
        details=form.details(), **form.columns(),
    )  # fmt: skip
    row.confidential = row.confidential or entry.confidential
    return row


def _store(rows: list[Record]) -> None:
    sealed = [
        Sealed(record=row, school_id=row.school_id, summary=row.summary, details=row.details)
        for row in rows
        if row.confidential
    ]
    for row in rows:
        if row.confidential:
            row.summary, row.details = "", {}
    Record.objects.bulk_create(rows)
    Sealed.objects.bulk_create(sealed)
