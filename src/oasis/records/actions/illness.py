"""An illness or accident with its lines on the timeline: one when it is seen, one when the child is back in class."""

from datetime import date, datetime
from typing import Any

from django.db import transaction

from oasis.campus.actions import health
from oasis.campus.models import Illness
from oasis.children.models import Child
from oasis.kit.dates import CHINA
from oasis.kit.ids import new_id
from oasis.people.scope import Scope
from oasis.records.actions.writing import write_record


def open_illness(scope: Scope, child: Child, *, sort: str, seen_at: datetime, seen: str, **more: Any) -> Illness:
    """Put an illness on file and on the timeline."""
    with transaction.atomic():
        row = health.open_illness(scope, child, sort=sort, seen_at=seen_at, seen=seen, **more)
        _line(scope, row, "seen", seen_at.astimezone(CHINA).date(), seen)
    return row


def back_in_class(scope: Scope, illness: Illness, *, on: date, words: str = "") -> Illness:
    """Note that the child is back in class, also on the timeline."""
    with transaction.atomic():
        row = health.back_in_class(scope, illness, on=on, words=words)
        _line(scope, row, "back", on, words.strip() or "回到班上上课")
    return row


def _line(scope: Scope, row: Illness, stage: str, day: date, words: str) -> None:
    fields = {"happened_on": day, "stage": stage, "sort": row.sort, "summary": words}
    write_record(scope, id=new_id(), kind="illness", children=[Child(pk=row.child_id)], fields=fields)
