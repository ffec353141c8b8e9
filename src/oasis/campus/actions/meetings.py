"""Meetings of parents: planned, signed in, and those who missed one told afterwards."""

from collections.abc import Collection
from datetime import date
from typing import Any, NamedTuple
from uuid import UUID

from django.db import transaction

from oasis.campus.meetings import seat_mark
from oasis.campus.models import ParentMeeting, ParentSeat
from oasis.children.actions.files import hold
from oasis.children.models import Child
from oasis.kit.refused import Refused
from oasis.kit.sealed import tied
from oasis.people import trail
from oasis.people.consenting import must_lead
from oasis.people.queries import class_in_reach
from oasis.people.roles import Need
from oasis.people.school import save_checked
from oasis.people.scope import Scope
from oasis.places.models import Klass, School

PLAN = ("kind", "topic", "on", "hours", "room", "speaker", "agenda", "tell_by")
AFTER = ("opinions", "summary")


def plan_meeting(scope: Scope, *, school: School, klass: Klass | None, **said: Any) -> ParentMeeting:
    """Plan a meeting of a class or the school and lay a seat for every child; a class is planned by its own teacher."""
    _may(scope, school, klass)
    with transaction.atomic():
        row = ParentMeeting(school=school, klass=klass, by_id=scope.actor, **_known(said, PLAN))
        save_checked(row)
        _lay_seats(scope, row)
        trail.note(scope, "meeting.plan", school=school.pk, subject=str(row.pk), detail=row.kind)
    return row


def revise_meeting(scope: Scope, *, meeting: ParentMeeting, **said: Any) -> ParentMeeting:
    """Change the plan, or write what came of it."""
    _may(scope, meeting.school, meeting.klass)
    with transaction.atomic():
        held = _held(scope, meeting)
        for name, value in _known(said, (*PLAN, *AFTER)).items():
            setattr(held, name, value)
        save_checked(held)
        trail.note(scope, "meeting.plan", school=held.school_id, subject=str(held.pk), detail=f"{held.kind} again")
    return held


class Signed(NamedTuple):
    """How many came, how many seats were changed, and the seats left as they stand although the older page says otherwise."""

    came: int
    changed: int
    left_out: tuple[ParentSeat, ...]


def sign_in(
    scope: Scope, *, meeting: ParentMeeting, came: Collection[UUID], ended: bool, seen: Collection[str] | None = None
) -> Signed:
    """Take down who came; a seat that is no more as it was `seen` stays as it stands, whatever the older page says of it.

    Without `seen` no page was looked at, and `came` speaks for every seat in reach: whoever is not in it did not come.
    Who came needs no telling afterwards: the words of one told are dropped, but only where they were seen.
    A meeting of the school is ended by a leader alone: the classes sign in one after another.
    """
    if ended:
        _may(scope, meeting.school, meeting.klass)
    with transaction.atomic():
        held = _held(scope, meeting)
        if held.on > scope.on:
            raise Refused("early", "会还没有开，到那天再签到")
        rows = ParentSeat.objects.within(scope, Need.CHILD_WRITE).filter(meeting=held)
        seats = list(rows.select_for_update(of=("self",)).select_related("child"))
        stale = {seat.pk for seat in seats if seen is not None and seat_mark(seat) not in seen}
        ticked, shown = set(came), {seat.pk for seat in seats} - stale
        differs = [seat for seat in seats if seat.came != (seat.pk in ticked)]
        rows.filter(pk__in=ticked & shown).update(came=True, told_on=None, way="", words="", told_by=None)
        rows.filter(pk__in=shown - ticked).update(came=False)
        if ended and not held.ended:
            ParentMeeting.objects.within(scope, Need.CHILD_WRITE).filter(pk=held.pk).update(ended=True)
        count = rows.filter(came=True).count()
        trail.note(scope, "meeting.sign-in", school=held.school_id, subject=str(held.pk), detail=f"{count} {ended}")
    left_out = tuple(seat for seat in differs if seat.pk in stale)
    return Signed(count, len(differs) - len(left_out), left_out)


def tell_after(scope: Scope, *, seat: ParentSeat, told_on: date | None, way: str, words: str) -> ParentSeat:
    """Say that a family that missed the meeting was told; the same once more leaves who told it.

    Raises Refused before the meeting or for a family that came.
    """
    with transaction.atomic():
        rows = ParentSeat.objects.within(scope, Need.CHILD_WRITE).select_for_update(of=("self",))
        held = rows.filter(pk=seat.pk).select_related("meeting", "child").first()
        if held is None:
            raise Refused("out-of-reach", "没有办理的权限")
        hold(scope, held.child)
        if held.came or not held.meeting.ended:
            raise Refused("not-missed", "会还没有签到完，或者这家已经到会")
        if told_on is None or not held.meeting.on <= told_on <= scope.on:
            raise Refused("on", "告知日期要在开会日期和今天之间", field="told_on")
        if way not in ParentSeat.Way.values:
            raise Refused("way", "请选择怎样告知的", field="way")
        told = {"told_on": told_on, "way": way, "words": words.strip()}
        if told == {name: getattr(held, name) for name in told}:
            return held
        told["told_by_id"] = scope.actor
        ParentSeat.objects.within(scope, Need.CHILD_WRITE).filter(pk=held.pk).update(**tied(ParentSeat, held.pk, told))
        trail.note(scope, "meeting.told", school=held.school_id, child=held.child_id, subject=str(held.pk), detail=way)
    return held


def _known(said: dict[str, Any], names: Collection[str]) -> dict[str, Any]:
    if unknown := said.keys() - set(names):
        raise TypeError(f"not part of a meeting: {sorted(unknown)}")
    return said


def _may(scope: Scope, school: School, klass: Klass | None) -> None:
    if klass is None:
        must_lead(scope, school)
    elif klass.school_id != school.pk or class_in_reach(scope, Need.CHILD_WRITE, klass.pk) is None:
        raise Refused("other-class", "这个班不在您负责的范围内，请重新选择", field="place")


def _held(scope: Scope, meeting: ParentMeeting) -> ParentMeeting:
    """Give a meeting locked; a school's meeting is signed in by every homeroom teacher, planned by leaders alone."""
    rows = ParentMeeting.objects.within(scope, Need.CHILD_WRITE).select_for_update(of=("self",))
    held = rows.filter(pk=meeting.pk).first()
    if held is None:
        raise Refused("out-of-reach", "没有办理这次家长会的权限")
    return held


def _lay_seats(scope: Scope, meeting: ParentMeeting) -> None:
    rows = Child.objects.within(scope, Need.CHILD_WRITE).filter(
        school=meeting.school, state=Child.State.HERE, klass__isnull=False
    )
    if meeting.klass_id:
        rows = rows.filter(klass=meeting.klass_id)
    if meeting.kind == ParentMeeting.Kind.CARERS:
        rows = rows.exclude(left_behind=0, civil=False)
    seats = [
        ParentSeat(school_id=meeting.school_id, child_id=child, meeting=meeting)
        for child in rows.values_list("pk", flat=True)
    ]
    ParentSeat.objects.bulk_create(seats, batch_size=500)
