"""Houses and rooms, and which bed a child sleeps in."""

from datetime import date
from uuid import UUID

from django.db import transaction

from oasis.campus.dormitory import house_schools
from oasis.campus.models import BedStay, DormRoom, House
from oasis.children.actions.files import hold
from oasis.children.models import Child
from oasis.kit.refused import Refused
from oasis.people import trail
from oasis.people.closed import ScopedQuerySet
from oasis.people.meanwhile import as_seen, mark
from oasis.people.roles import Need
from oasis.people.scope import Scope
from oasis.places.models import School

MOST_BEDS = 40


def open_house(scope: Scope, *, school: School, name: str, sex: str = "") -> House:
    """Enter a boarding house; raises Refused for a name that is there."""
    if school not in house_schools(scope):
        raise Refused("out-of-reach", "没有登记宿舍的权限")
    with transaction.atomic():
        if House.objects.filter(school=school, name=name.strip()).exists():
            raise Refused("there", "这栋楼已经有了", field="name")
        row = House.objects.create(school=school, name=name.strip(), sex=sex)
        trail.note(scope, "dorm.house", school=school.pk, subject=str(row.pk))
    return row


def open_room(scope: Scope, house: House, *, name: str, beds: int) -> DormRoom:
    """Enter a room, or change how many beds a room of that name has; never fewer than are slept in."""
    if not 1 <= beds <= MOST_BEDS:
        raise Refused("beds", f"床位请填1到{MOST_BEDS}", field="beds")
    with transaction.atomic():
        held = House.objects.within(scope, Need.BOARDING).select_for_update(of=("self",)).filter(pk=house.pk).first()
        if held is None:
            raise Refused("out-of-reach", "没有登记宿舍的权限")
        rows = DormRoom.objects.within(scope, Need.BOARDING).filter(house=held, name=name.strip())
        row: DormRoom | None = rows.first()
        if row is None:
            row = DormRoom.objects.create(school_id=held.school_id, house=held, name=name.strip(), beds=beds)
        elif _slept_in(scope, row).filter(bed__gt=beds).exists():
            raise Refused("slept-in", "后面的床上还有孩子，先给他们换床", field="beds")
        else:
            rows.update(beds=beds)
            row.beds = beds
        trail.note(scope, "dorm.house", school=held.school_id, subject=str(row.pk), detail=str(beds))
    return row


def _slept_in(scope: Scope, room: DormRoom) -> ScopedQuerySet[BedStay]:
    return BedStay.objects.within(scope, Need.BOARDING).filter(room=room, to_on__isnull=True)


def give_bed(
    scope: Scope, child: Child, *, room: UUID, bed: int, head: bool = False, seen: str | None = None
) -> BedStay:
    """Give a boarder a bed from today on, out of the one before; the same bed twice changes only who heads the room.

    `seen` is the mark of the stay that the person saw, empty for none: raises Refused when another stands now.
    """
    with transaction.atomic():
        held = hold(scope, child, Need.BOARDING)
        _same_bed(held, scope, seen)
        if not held.boarding:
            raise Refused("day-pupil", "这个孩子现在不住校；住校的，先请班主任在档案里改成寄宿")
        place = DormRoom.objects.within(scope, Need.BOARDING).select_related("house").filter(pk=room).first()
        if place is None or place.school_id != held.school_id or not 1 <= bed <= place.beds:
            raise Refused("bed", "没有这张床，请重新选择", field="bed")
        if held.sex and place.house.sex and held.sex != place.house.sex:
            raise Refused("sex", f"{place.house.name}住的是{place.house.get_sex_display()}生，请换一栋楼", field="bed")
        _free(place, bed, held, scope.on)
        _leave_bed(held, scope)
        row = BedStay.objects.create(
            school_id=held.school_id, child=held, room=place, bed=bed, head=head, from_on=scope.on, by_id=scope.actor
        )
        trail.note(scope, "dorm.bed", school=held.school_id, child=held.pk, subject=str(row.pk))
    return row


def _free(room: DormRoom, bed: int, child: Child, on: date) -> None:
    """Raise Refused when somebody else sleeps there; end the stay of a child who no longer boards."""
    rows = BedStay.objects.everywhere(
        why="a bed is free once its child no longer boards, though that child is out of reach"
    )
    others = rows.filter(room=room, bed=bed, to_on__isnull=True).exclude(child=child)
    if others.filter(child__boarding=True, child__state=Child.State.HERE).exists():
        raise Refused("taken", "这张床已经有人了，请选空床", field="bed")
    others.update(to_on=on)


def _same_bed(child: Child, scope: Scope, seen: str | None) -> None:
    now = BedStay.objects.within(scope, Need.BOARDING).filter(child=child, to_on__isnull=True).first()
    as_seen(
        seen, mark(now.pk if now else None), field="bed",
        happened=lambda: f"有人改过{child.name}的床位，现在是：{f'{now.room.name}{now.bed}号床' if now else '没有床位'}",
    )  # fmt: skip


def _leave_bed(child: Child, scope: Scope) -> None:
    rows = BedStay.objects.within(scope, Need.BOARDING).filter(child=child, to_on__isnull=True)
    rows.update(to_on=scope.on)


def take_bed_back(scope: Scope, child: Child, *, seen: str | None = None) -> Child:
    """Let a child's bed be free from today; `seen` as when it was given."""
    with transaction.atomic():
        held = hold(scope, child, Need.BOARDING, frozen=True)
        _same_bed(held, scope, seen)
        _leave_bed(held, scope)
        trail.note(scope, "dorm.bed", school=held.school_id, child=held.pk, detail="end")
    return held
