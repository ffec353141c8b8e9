"""Places in tutoring and care: open a list, sign children up, give the places out in turn."""

from collections.abc import Sequence
from uuid import UUID

from django.db import transaction

from oasis.campus.firsts import candidates, in_turn, list_of, may_allot
from oasis.campus.models import PlaceList, PlaceWish
from oasis.campus.notices import own_classes
from oasis.children.models import Child
from oasis.kit.dates import now
from oasis.kit.refused import Refused
from oasis.people import trail
from oasis.people.roles import ArmKind, Need
from oasis.people.scope import Scope


def open_list(scope: Scope, *, sort: str, title: str, hours: str, seats: int, klass: UUID | None) -> PlaceList:
    """Open a list for a class of one's own, or for the whole school by a leader."""
    own = {one.pk: one for one in own_classes(scope)}
    schools = scope.ids(ArmKind.SCHOOL, Need.CENSUS)
    if klass is None and not schools:
        raise Refused("school", "全校的名单由校长、德育主任开，请选本班", field="klass")
    if klass is not None and klass not in own:
        raise Refused("out-of-reach", "请选择自己的班级", field="klass")
    with transaction.atomic():
        row = PlaceList.objects.create(
            school_id=own[klass].school_id if klass else min(schools), sort=sort, title=title.strip(), hours=hours.strip(),
            seats=seats, klass_id=klass, by_id=scope.actor,
        )  # fmt: skip
        trail.note(scope, "place.open", school=row.school_id, subject=str(row.pk), detail=str(seats))
    return row


def sign_up(scope: Scope, row: PlaceList, *, children: Sequence[UUID]) -> int:
    """Sign children up; gives how many. Each waits until the places are given out."""
    with transaction.atomic():
        known = {child.pk for child in candidates(scope, row)} if list_of(scope, row.pk) else set()
        wanted = list(dict.fromkeys(children))
        if not wanted or set(wanted) - known:
            raise Refused("children", "请选择自己负责、还没有报名的孩子")
        PlaceWish.objects.bulk_create(
            PlaceWish(school_id=row.school_id, child_id=pk, place_list=row, by_id=scope.actor) for pk in wanted
        )
        trail.note_many(scope, "place.sign-up", school=row.school_id, children=wanted, subject=str(row.pk))
    return len(wanted)


def take_off(scope: Scope, row: PlaceList, *, child: UUID) -> None:
    """Take a child off a list."""
    with transaction.atomic():
        gone, _all = PlaceWish.objects.within(scope, Need.CENSUS).filter(place_list=row, child=child).delete()
        if not gone:
            raise Refused("gone", "名单里没有这个孩子")
        trail.note(scope, "place.sign-up", school=row.school_id, child=child, subject=str(row.pk), detail="end")


def allot(scope: Scope, row: PlaceList) -> int:
    """Give the places out: those the rules put first, then by the hour of signing up; nobody is told which it was."""
    with transaction.atomic():
        if not may_allot(scope, row):
            raise Refused("out-of-reach", "全校的名单由校长、德育主任定名额")
        wishes = PlaceWish.objects.within(scope, Need.CENSUS).filter(place_list=row)
        wishes.exclude(child__state=Child.State.HERE).update(placed=False)
        here = wishes.filter(child__state=Child.State.HERE).select_related("child")
        turn = in_turn(here, lambda one: one.child, lambda one: (one.at, one.pk))
        for n, wish in enumerate(turn):
            wish.placed = n < row.seats
        PlaceWish.objects.within(scope, Need.CENSUS).bulk_update(turn, ["placed"])
        row.allotted_at = now()
        row.save(update_fields=["allotted_at"])
        trail.note(
            scope, "place.allot", school=row.school_id, subject=str(row.pk), detail=str(min(row.seats, len(turn)))
        )
    return min(row.seats, len(turn))
