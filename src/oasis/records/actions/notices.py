"""A pupil's notice becomes a concern about the child the teacher recognises in it."""

from typing import Any

from django.db import transaction

from oasis.campus.actions.notices import decide, held_notice
from oasis.campus.models import Notice
from oasis.children.models import Child
from oasis.kit.ids import new_id
from oasis.kit.refused import Refused
from oasis.people.roles import Need
from oasis.people.scope import Scope
from oasis.records.actions.writing import write_record
from oasis.records.models import Record


def take_up(scope: Scope, notice: Notice, *, child: Child, areas: list[str], weight: str, summary: str) -> Record:
    """Write a concern from a notice; raises Refused for a child of another class or a notice weighed already."""
    with transaction.atomic():
        held = held_notice(scope, notice)
        if not Child.objects.within(scope, Need.CHILD_WRITE).filter(pk=child.pk, klass=held.klass_id).exists():
            raise Refused("child", "请选择本班的孩子", field="child")
        fields: dict[str, Any] = {
            "happened_on": scope.on, "areas": areas, "weight": weight, "source": "classmate", "summary": summary
        }  # fmt: skip
        (row,) = write_record(scope, id=new_id(), kind="concern", children=[child], fields=fields)
        decide(scope, held, state=Notice.State.TAKEN)
    return row
