"""A child who stays away from school, with its lines on the timeline: found, each attempt, the end."""

from datetime import date
from typing import Any
from uuid import UUID

from django.db import transaction

from oasis.campus.actions import schooling
from oasis.campus.models import Dropout, Persuasion
from oasis.children.models import Child
from oasis.kit.dates import zh_full
from oasis.people.roles import Need
from oasis.people.scope import Scope
from oasis.records.actions.lines import leave_line


def open_case(scope: Scope, child: Child, *, absent_from: date, reason: str, words: str) -> Dropout:
    """Open a case, also on the timeline."""
    with transaction.atomic():
        row = schooling.open_case(scope, child, absent_from=absent_from, reason=reason, words=words)
        _line(
            scope,
            row,
            "found",
            scope.on,
            f"{zh_full(absent_from)}起没有到校，{row.get_reason_display()}。{words.strip()}",
        )
    return row


def persuade(scope: Scope, case: Dropout, *, id: UUID, **told: Any) -> Persuasion:
    """Write down an attempt, also on the timeline; pressed twice, it is one."""
    with transaction.atomic():
        schooling.hold_case(scope, case)
        rows = Persuasion.objects.within(scope, Need.CHILD_WRITE)
        if known := rows.filter(pk=id, dropout=case, by_id=scope.actor).first():
            return known
        row = schooling.persuade(scope, case, id=id, **told)
        said = f"{row.who}{row.get_way_display()}，{row.get_result_display()}：{row.words}"
        _line(scope, case, "persuaded", row.on, said)
    return row


def end_case(scope: Scope, case: Dropout, *, how: str, on: date, words: str, seen: str | None = None) -> Dropout:
    """End a case, also on the timeline."""
    with transaction.atomic():
        row = schooling.end_case(scope, case, how=how, on=on, words=words, seen=seen)
        _line(scope, row, how, on, words.strip())
    return row


def _line(scope: Scope, row: Dropout, stage: str, day: date, words: str) -> None:
    leave_line(scope, row.child_id, "schooling", day, words, stage=stage)
