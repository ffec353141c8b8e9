"""The line that a ledger leaves on a child's timeline when it takes a step."""

from datetime import date
from typing import Any
from uuid import UUID

from oasis.children.models import Child
from oasis.kit.ids import new_id
from oasis.people.scope import Scope
from oasis.records.actions.writing import write_record


def leave_line(scope: Scope, child: UUID, kind: str, on: date, words: str, **fields: Any) -> None:
    """Write the line; the file of a child who has left stays as it is, so that its ledger can still be closed."""
    if Child.objects.filter(pk=child, state__in=Child.GONE).exists():
        return
    told = {"happened_on": on, "summary": words, **fields}
    write_record(scope, id=new_id(), kind=kind, children=[Child(pk=child)], fields=told)
