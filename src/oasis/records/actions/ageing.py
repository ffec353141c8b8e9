"""A number ages with the outcome of each call (peers.md c3), and is as before when the call is corrected or taken back."""

from uuid import UUID

from oasis.children.actions import phones
from oasis.children.models import Phone
from oasis.people.closed import ScopedQuerySet
from oasis.people.roles import Need
from oasis.people.scope import Scope
from oasis.records.models import Record

AGEING = {Record.Outcome.DONE: "worked", Record.Outcome.NO_ANSWER: "failed", Record.Outcome.WRONG: "wrong"}


def age(scope: Scope, row: Record, phone: UUID | None) -> None:
    """Let the number that was called age. A number that has gone meanwhile stops nothing: the record is written."""
    called = _called(scope, row, phone)
    if called is None:
        return
    row.phone = called.pk
    how = AGEING.get(Record.Outcome(row.outcome))
    if how == "worked":
        phones.worked(scope, called, row.happened_on)
    elif how == "failed":
        phones.failed(scope, called, row.happened_on)
    elif how == "wrong":
        phones.wrong(scope, called, row.happened_on)


def unage(scope: Scope, row: Record) -> None:
    """Take back what this call said of its number; a number that another call found wrong stays so."""
    called = _called(scope, row, row.phone)
    if called is None or (row.outcome == Record.Outcome.WRONG and _others(scope, row, called).exists()):
        return
    phones.unmark(scope, called, outcome=AGEING.get(Record.Outcome(row.outcome), ""), on=row.happened_on)


def _called(scope: Scope, row: Record, phone: UUID | None) -> Phone | None:
    if phone is None or row.channel != Record.Channel.PHONE:
        return None
    return Phone.objects.within(scope, Need.RECORD_WRITE).filter(pk=phone, to_on__isnull=True).first()


def _others(scope: Scope, row: Record, called: Phone) -> ScopedQuerySet[Record]:
    """Give the other calls that found the number wrong, since it last worked."""
    rows = Record.objects.within(scope, Need.RECORD_WRITE).filter(
        phone=called.pk, channel=Record.Channel.PHONE, outcome=Record.Outcome.WRONG, withdrawn=False
    )
    since = rows.filter(happened_on__gte=called.last_worked_on) if called.last_worked_on else rows
    return since.exclude(pk=row.pk)
