"""Writing down where a child is in the holidays."""

from datetime import date
from typing import Any

from django.db import transaction

from oasis.campus.models import HolidayStay
from oasis.children.actions.files import hold
from oasis.children.models import Child
from oasis.kit.refused import Refused
from oasis.people import trail
from oasis.people.roles import Need
from oasis.people.scope import Scope
from oasis.places.models import Term


def tell_holiday(scope: Scope, child: Child, *, term: Term, with_whom: str, **fields: Any) -> HolidayStay:
    """Write down with whom a child is in the holidays of a term; raises Refused out of reach or out of order."""
    home_on: date | None = fields.get("home_on")
    leave_on: date | None = fields.get("leave_on")
    if home_on and leave_on and leave_on < home_on:
        raise Refused("order", "再外出的日期不能早于回来的日期", field="leave_on")
    for name in ("handed_on", "back_on"):
        if fields.get(name) and fields[name] > scope.on:
            raise Refused("future", "这一天还没有到，到了再登记", field=name)
    if with_whom == HolidayStay.Whom.NOBODY and not fields.get("note", "").strip():
        raise Refused("note", "没有人照看的，请写明怎么办（找谁、告诉了谁）", field="note")
    with transaction.atomic():
        held = hold(scope, child)
        if term.school_id != held.school_id:
            raise Refused("out-of-reach", "不是这所学校的学期")
        rows = HolidayStay.objects.within(scope, Need.CHILD_WRITE)
        row = rows.filter(child=held, term=term).first() or HolidayStay(school_id=held.school_id, child=held, term=term)
        row.with_whom, row.by_id = with_whom, scope.actor
        for name, value in fields.items():
            setattr(row, name, value)
        row.save()
        trail.note(scope, "holiday.tell", school=held.school_id, child=held.pk, subject=str(row.pk), detail=with_whom)
    return row
