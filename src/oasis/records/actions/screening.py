"""A child's result of a screening, with a confidential line on the timeline that says nothing of it."""

from typing import Any

from django.db import transaction

from oasis.campus.actions import screening
from oasis.campus.models import Screening, ScreenResult
from oasis.children.models import Child
from oasis.people.scope import Scope
from oasis.records.actions.lines import leave_line

KEPT = "已登记，内容由心理教师保管。"


def add_result(scope: Scope, held: Screening, child: Child, **told: Any) -> ScreenResult:
    """Put down what was found; the timeline tells that it exists."""
    with transaction.atomic():
        row = screening.add_result(scope, held, child, **told)
        leave_line(scope, child.pk, "screening", held.on, KEPT)
    return row
