"""A hazard around a child with its lines on the timeline: found, and over. What may be a crime stays confidential."""

from datetime import date
from typing import Any

from django.db import transaction

from oasis.campus.actions import hazards
from oasis.campus.models import Hazard, HazardCheck
from oasis.children.models import Child
from oasis.people.scope import Scope
from oasis.records.actions.lines import leave_line


def report_home(scope: Scope, child: Child, **told: Any) -> Hazard:
    """Write down a hazard around a child, also on the timeline."""
    with transaction.atomic():
        again = Hazard.objects.filter(pk=told["id"]).exists()
        row = hazards.report_home(scope, child, **told)
        if not again:
            said = f"{row.get_sort_display()}（{row.get_level_display()}）：{row.words}。措施：{row.measure}"
            _line(scope, row, "found", row.found_on, said)
    return row


def check_hazard(scope: Scope, hazard: Hazard, *, on: date, passed: bool, words: str, **more: Any) -> HazardCheck:
    """Look again; a hazard around a child that is over leaves a line."""
    with transaction.atomic():
        row = hazards.check_hazard(scope, hazard, on=on, passed=passed, words=words, **more)
        if passed:
            _line(scope, hazard, "closed", on, f"{hazard.get_sort_display()}：复查合格。{words}".strip())
    return row


def _line(scope: Scope, row: Hazard, stage: str, day: date, words: str) -> None:
    if row.child_id:
        leave_line(scope, row.child_id, "hazard", day, words, stage=stage, confidential=row.sort in Hazard.DELICATE)
