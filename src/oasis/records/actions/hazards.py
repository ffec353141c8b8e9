"""A hazard around a child with its lines on the timeline: found, and over. What may be a crime stays confidential."""

from datetime import date
from typing import Any

from django.db import transaction

from oasis.campus.actions import hazards
from oasis.campus.models import Hazard, HazardCheck
from oasis.children.models import Child
from oasis.kit.ids import new_id
from oasis.people.scope import Scope
from oasis.records.actions.writing import write_record


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
        if passed and hazard.child_id:
            _line(scope, hazard, "closed", on, f"{hazard.get_sort_display()}：复查合格。{words}".strip())
    return row


def _line(scope: Scope, row: Hazard, stage: str, day: date, words: str) -> None:
    fields = {"happened_on": day, "stage": stage, "summary": words, "confidential": row.sort in Hazard.DELICATE}
    write_record(scope, id=new_id(), kind="hazard", children=[Child(pk=row.child_id)], fields=fields)
