"""Writing helpers from outside, what they did, the thanks (D7)."""

from datetime import date
from typing import Any
from uuid import UUID

from oasis.campus.actions.own import add, change
from oasis.campus.models import Outsider, OutsiderDeed
from oasis.kit.refused import Refused
from oasis.people.roles import Need
from oasis.people.scope import Scope
from oasis.people.vetting import State, outsider_state
from oasis.places.models import School

WRITE = Need.ACTIVITY
FIT = (State.CLEAR, State.SOON)


def enrol(scope: Scope, *, id: UUID, school: UUID, **fields: Any) -> Outsider:
    """Put a helper from outside on the list."""
    return add(scope, Outsider, id=id, school=school, need=WRITE, deed="outside.enrol", detail=fields["kind"], **fields)


def revise(scope: Scope, row: Outsider, **fields: Any) -> Outsider:
    """Change what is known of a helper."""
    return change(scope, row, need=WRITE, deed="outside.enrol", detail=row.kind, **fields)


def did(scope: Scope, row: Outsider, *, id: UUID, on: date, **fields: Any) -> OutsiderDeed:
    """Write down what a helper did; who meets children must have been checked by then."""
    if on > scope.on:
        raise Refused("ahead", "日期不能晚于今天", field="on")
    if row.meets and outsider_state(School.objects.get(pk=row.school_id), row.name, None, on) not in FIT:
        raise Refused(
            "unchecked", f"{row.name}会接触孩子，这一天还没有有效的违法犯罪记录查询，请先到“设置 · 工作人员查询”登记"
        )
    return add(
        scope, OutsiderDeed, id=id, school=row.school_id, need=WRITE, deed="outside.did", outsider=row, on=on, **fields
    )


def thank(scope: Scope, row: OutsiderDeed, *, thanked_on: date, thanks: str) -> OutsiderDeed:
    """Write the thanks down."""
    if not row.on <= thanked_on <= scope.on:
        raise Refused("day", "致谢日期在做这件事之后，不晚于今天", field="thanked_on")
    return change(scope, row, need=WRITE, deed="outside.thank", thanked_on=thanked_on, thanks=thanks)
