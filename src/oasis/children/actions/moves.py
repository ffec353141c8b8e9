"""Where a child is: class and dormitory, leaving the school, coming back."""

from datetime import date

from django.db import transaction
from django.db.models import Q

from oasis.children.actions.files import changes, hold, keep, refuse_second_file, set_identity
from oasis.children.models import Child, Enrolment, Pairing
from oasis.kit.refused import Refused
from oasis.people import trail
from oasis.people.roles import Need
from oasis.people.scope import Scope
from oasis.places.models import Klass


def place(scope: Scope, child: Child, *, klass: Klass | None, boarding: bool, on: date, reason: str = "") -> Child:
    """Put a child into a class or dormitory from a day on; ends the running enrolment, keeps the history.

    A classmate of the old class stops helping when the class changes.
    """
    with transaction.atomic():
        held = hold(scope, child, frozen=True)
        if held.state != Child.State.HERE:
            raise Refused("not-here", "孩子现在不在校，不能调班或改住宿。已经回校的，请刷新页面后先“办理返校”。")
        if klass is not None and klass.school_id != held.school_id:
            raise Refused("out-of-reach", "只能调到本校的班级", field="klass")
        if (held.klass_id, held.boarding) == (klass.pk if klass else None, boarding):
            return held
        if held.klass_id != (klass.pk if klass else None):
            end_pairings(scope, held, on, "调班", Q(classmate__isnull=False))
        _enrol(scope, held, klass=klass, boarding=boarding, on=on, reason=reason)
        trail.note(scope, "child.place", school=held.school_id, child=held.pk)
    return held


def leave(scope: Scope, child: Child, *, state: str, on: date, reason: str = "") -> Child:
    """Close a child's file at this school: moved away, graduated, suspended or dead; pairings and enrolment end."""
    with transaction.atomic():
        held = hold(scope, child, frozen=True)
        if state not in Child.State.values or state == Child.State.HERE:
            raise Refused("state", "请选择离校的情形", field="state")
        if held.state == state:
            raise Refused("left", "这份档案已经是这个状态", field="state")
        end_pairings(scope, held, on, Child.State(state).label, Q())
        _end_enrolment(scope, held, on)
        found = changes(held, "child", held, {"state": state, "closed_on": on}, scope.actor)
        held.state, held.closed_on, held.version = state, on, held.version + 1
        held.save(update_fields=["state", "closed_on", "version"])
        keep(found)
        trail.note(scope, "child.leave", school=held.school_id, child=held.pk, subject=state)
    return held


def come_back(
    scope: Scope, child: Child, *, klass: Klass | None, boarding: bool, on: date, reason: str = "返校"
) -> Child:
    """Open a closed file again and place the child in a class."""
    with transaction.atomic():
        held = hold(scope, child, frozen=True)
        if held.state == Child.State.HERE:
            raise Refused("here", "孩子已经在校，不必再办返校")
        if klass is not None and klass.school_id != held.school_id:
            raise Refused("out-of-reach", "只能安排到本校的班级", field="klass")
        if held.erased_on:
            raise Refused("erased", "这份档案已到期去名，不能恢复。请重新建档。")
        set_identity(held)  # a hand-over may have lent the ID number's one file to the next school
        refuse_second_file(held)
        found = changes(held, "child", held, {"state": Child.State.HERE, "closed_on": None}, scope.actor)
        held.state, held.closed_on = Child.State.HERE, None
        keep(found)
        _enrol(scope, held, klass=klass, boarding=boarding, on=on, reason=reason)
        trail.note(scope, "child.return", school=held.school_id, child=held.pk)
    return held


def _enrol(scope: Scope, held: Child, *, klass: Klass | None, boarding: bool, on: date, reason: str) -> None:
    _end_enrolment(scope, held, on)
    new = {"klass_id": klass.pk if klass else None, "boarding": boarding}
    found = changes(held, "child", held, new, scope.actor)
    held.klass, held.boarding, held.version = klass, boarding, held.version + 1
    held.save()
    keep(found)
    Enrolment.objects.create(
        school_id=held.school_id, child=held, klass=klass, boarding=boarding, from_on=on, by_id=scope.actor, reason=reason
    )  # fmt: skip


def _end_enrolment(scope: Scope, held: Child, on: date) -> None:
    running = Enrolment.objects.within(scope, Need.CHILD_WRITE).filter(child=held, to_on__isnull=True)
    if any(row.from_on > on for row in running):
        raise Refused("order", "日期早于孩子现在这个班的入班日期，请改正", field="on")
    running.update(to_on=on)


def end_pairings(scope: Scope, held: Child, on: date, reason: str, which: Q) -> None:
    """End the pairings of whoever leaves a class or school, on both sides."""
    rows = Pairing.objects.everywhere(why="whoever leaves no longer helps, wherever the helped child is")
    rows = rows.filter(which, Q(child=held) | Q(classmate=held), to_on__isnull=True)
    rows.update(to_on=on, end_reason=reason)
