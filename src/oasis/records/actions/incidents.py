"""An incident with its lines on the timeline: one when it is found, one when it is closed; delicate ones are confidential."""

from datetime import date
from typing import Any
from uuid import UUID

from django.db import transaction

from oasis.campus.actions import incidents
from oasis.campus.models import Incident
from oasis.children.models import Child
from oasis.kit.dates import CHINA
from oasis.people.scope import Scope
from oasis.records.actions.lines import leave_line


def open_incident(scope: Scope, child: Child, *, id: UUID, **told: Any) -> Incident:
    """Put an incident on file and on the timeline; pressed twice, it is one."""
    if known := Incident.objects.within(scope).filter(pk=id, by_id=scope.actor, child_id=child.pk).first():
        return known
    with transaction.atomic():
        row = incidents.open_incident(scope, child, id=id, **told)
        said = f"{row.place}，{row.get_sort_display()}，{row.get_harm_display()}。处置：{row.on_spot}"
        _line(scope, row, "found", row.found_at.astimezone(CHINA).date(), said)
    return row


def close_incident(scope: Scope, incident: Incident, *, on: date) -> Incident:
    """Close an incident, also on the timeline."""
    with transaction.atomic():
        row = incidents.close_incident(scope, incident, on=on)
        _line(scope, row, "closed", on, f"{row.get_sort_display()}已结案。")  # the care for the mind stays in the case
    return row


def _line(scope: Scope, row: Incident, stage: str, day: date, words: str) -> None:
    hidden = row.sort in Incident.DELICATE
    leave_line(scope, row.child_id, "incident", day, words, stage=stage, confidential=hidden)
