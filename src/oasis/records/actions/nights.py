"""One tap at a bed: the mark of the check, and what it leaves on the child's timeline (peers.md c7)."""

from uuid import UUID

from django.db import transaction

from oasis.campus.actions.nights import held_check
from oasis.campus.actions.nights import mark_bed as mark
from oasis.campus.models import BedMark
from oasis.children.models import Child
from oasis.kit.dates import now
from oasis.kit.ids import new_id
from oasis.people import trail
from oasis.people.roles import Need
from oasis.people.scope import Scope
from oasis.records.actions.writing import UNDO_FOR, withdraw, write_record
from oasis.records.models import Record


def mark_bed(scope: Scope, *, check: UUID, child: UUID, state: str, care: str = "") -> BedMark:
    """Mark a bed; a care writes a record of the night, a slip mended within ten minutes takes it back."""
    with transaction.atomic():
        held = held_check(scope, check)
        row = mark(scope, held, child=child, state=state, care=care)
        if row.record and not (care and _same(scope, row.record, care)):
            _take_back(scope, row)
        if care and not row.record:
            fields = {"happened_on": held.on, "care": care}
            (made,) = write_record(scope, id=new_id(), kind="night-care", children=[Child(pk=child)], fields=fields)
            row.record = made.pk
            row.save(update_fields=["record"])
        trail.note(scope, "dorm.mark", school=held.school_id, child=child, subject=str(held.pk), detail=state)
    return row


def _same(scope: Scope, record: UUID, care: str) -> bool:
    row = Record.objects.within(scope, Need.RECORD_WRITE).filter(pk=record, withdrawn=False).first()
    return row is not None and row.details.get("care") == care


def _take_back(scope: Scope, mark: BedMark) -> None:
    """Withdraw the record of a slip; one that is older stays, and the mark lets go of it."""
    own = Record.objects.within(scope, Need.RECORD_WRITE).filter(pk__in=[mark.record], by_id=scope.actor)
    if own.filter(at__gte=now() - UNDO_FOR, withdrawn=False).exists() and mark.record:
        withdraw(scope, record=mark.record)
    mark.record = None
    mark.save(update_fields=["record"])
