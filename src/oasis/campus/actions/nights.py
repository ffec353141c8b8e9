"""The checks of a night: begin one, mark bed by bed, close it; and the search for a child who is not there."""

from datetime import datetime
from uuid import UUID

from django.db import transaction
from django.db.models import Q

from oasis.campus.dormitory import night, night_of
from oasis.campus.models import BedMark, BedStay, House, Missing, MissingStep, NightCheck
from oasis.campus.searching import STEPS
from oasis.children.actions.files import hold
from oasis.children.models import Child
from oasis.kit.dates import now
from oasis.kit.racing import first_wins
from oasis.kit.refused import Refused
from oasis.kit.sealed import tied
from oasis.kit.text import fitting
from oasis.people import trail
from oasis.people.roles import Need
from oasis.people.scope import Scope

State = BedMark.State
CLOSED = Refused("closed", "这一次已经结束了，要再看一遍，请开始下一次巡夜")


def begin_check(scope: Scope, house: House, *, turn: str, at: datetime | None = None) -> NightCheck:
    """Begin tonight's check of a house, or go on with it; every boarder on leave is marked so."""
    if turn not in NightCheck.Turn.values:
        raise Refused("turn", "请选择点名还是巡夜")
    on = night_of(at or now())
    rows = NightCheck.objects.within(scope, Need.BOARDING).filter(house=house, on=on, turn=turn)
    if not House.objects.within(scope, Need.BOARDING).filter(pk=house.pk).exists():
        raise Refused("out-of-reach", "没有巡查这栋楼的权限")
    return first_wins(lambda: _begin(scope, house, on=on, turn=turn), rows.first)


def _begin(scope: Scope, house: House, **told: object) -> NightCheck:
    check = NightCheck.objects.create(school_id=house.school_id, house=house, by_id=scope.person, **told)
    away = [bed.stay.child_id for room in night(scope, check) for bed in room.beds if bed.stay and bed.leave]
    BedMark.objects.bulk_create(
        BedMark(school_id=check.school_id, child_id=child, check_of=check, state=State.LEAVE, by_id=scope.actor)
        for child in away
    )
    trail.note(scope, "dorm.check", school=check.school_id, subject=str(check.pk), detail=check.turn)
    return check


def held_check(scope: Scope, pk: UUID) -> NightCheck:
    """Give a running check locked, or raise Refused. Call inside a transaction."""
    rows = NightCheck.objects.within(scope, Need.BOARDING).select_for_update(of=("self",))
    check: NightCheck | None = rows.filter(pk=pk).first()
    if check is None:
        raise Refused("out-of-reach", "没有这次点名，请回到宿舍首页")
    if check.closed_at:
        raise CLOSED
    return check


def mark_bed(scope: Scope, check: NightCheck, *, child: UUID, state: str, care: str = "") -> BedMark:
    """Mark what was seen at a child's bed; marking again writes over it. Call inside a transaction, the check held."""
    if state not in State.values or care not in ("", *BedMark.Care.values):
        raise Refused("mark", "请点一个按钮")
    stays = BedStay.objects.within(scope, Need.BOARDING).filter(child=child, to_on__isnull=True)
    if not stays.filter(room__house=check.house_id).exists():
        raise Refused("out-of-reach", "这个孩子不住这栋楼，请刷新页面")
    rows = BedMark.objects.within(scope, Need.BOARDING)
    row = rows.filter(check_of=check, child=child).first()
    row = row or BedMark(school_id=check.school_id, child_id=child, check_of=check)
    row.state, row.care, row.at, row.by_id = state, care, now(), scope.actor
    row.save()
    return row


def all_in(scope: Scope, *, check: UUID, room: UUID) -> int:
    """Mark every bed of a room that has no mark yet as slept in; gives how many."""
    with transaction.atomic():
        held = held_check(scope, check)
        places = [place for place in night(scope, held) if place.room.pk == room]
        beds = [bed.stay.child_id for place in places for bed in place.taken if bed.stay and not bed.mark]
        BedMark.objects.bulk_create(
            BedMark(school_id=held.school_id, child_id=child, check_of=held, state=State.IN, by_id=scope.actor)
            for child in beds
        )
        if beds:
            trail.note_many(scope, "dorm.all-in", school=held.school_id, children=beds, subject=str(held.pk))
    return len(beds)


def close_check(scope: Scope, *, check: UUID, safe: bool, note: str = "") -> NightCheck:
    """End a check; raises Refused while a bed is unmarked, or a child is not there and nobody searches."""
    with transaction.atomic():
        held = held_check(scope, check)
        beds = [bed for room in night(scope, held) for bed in room.taken]
        if left := sum(bed.mark is None for bed in beds):
            raise Refused("unmarked", f"还有{left}张床没有看")
        gone = [bed.stay.child_id for bed in beds if bed.stay and bed.mark and bed.mark.state == State.ABSENT]
        lately = Q(found_at__isnull=True) | Q(at__gte=held.at)
        searched = Missing.objects.within(scope, Need.BOARDING).filter(lately, child__in=gone)
        if set(gone) - set(searched.values_list("child_id", flat=True)):
            raise Refused("missing", "有孩子不在，还没有开始找。先点“马上找人”；已经回来的，改成“在”。")
        told = {"closed_at": now(), "safe": safe, "note": note.strip()}
        NightCheck.objects.within(scope, Need.BOARDING).filter(pk=held.pk).update(**tied(NightCheck, held.pk, told))
        trail.note(scope, "dorm.check", school=held.school_id, subject=str(held.pk), detail="end")
    return held


def begin_search(scope: Scope, child: Child, *, last_seen: str = "") -> Missing:
    """Begin the search for a child who is not there; while it runs, the same one is given."""
    rows = Missing.objects.within(scope, Need.BOARDING).filter(child=child, found_at__isnull=True)
    return first_wins(lambda: _search(scope, child, last_seen), rows.first)


def _search(scope: Scope, child: Child, last_seen: str) -> Missing:
    held = hold(scope, child, Need.BOARDING)
    row = Missing.objects.create(school_id=held.school_id, child=held, last_seen=last_seen.strip(), by_id=scope.actor)
    trail.note(scope, "dorm.missing", school=held.school_id, child=held.pk, subject=str(row.pk))
    return row


def take_step(scope: Scope, missing: Missing, *, step: str, words: str = "") -> MissingStep:
    """Take a step of a running search, now; raises Refused for one taken already."""
    if step not in STEPS:
        raise Refused("step", "请选择一步")
    with transaction.atomic():
        held = _running(scope, missing)
        if MissingStep.objects.filter(missing=held, step=step).exists():
            raise Refused("taken", "这一步已经登记过了，请刷新页面")
        row = MissingStep.objects.create(
            school_id=held.school_id, child_id=held.child_id, missing=held, step=step, words=fitting(words, 200, "情况", field="words"), by_id=scope.actor
        )  # fmt: skip
        trail.note(scope, "dorm.missing", school=held.school_id, child=held.child_id, subject=str(held.pk), detail=step)
    return row


def end_search(scope: Scope, missing: Missing, *, result: str) -> Missing:
    """End a search: the child is found; says how and how it is."""
    if not result.strip():
        raise Refused("result", "请写怎样找到的，孩子现在怎样", field="result")
    with transaction.atomic():
        held = _running(scope, missing)
        told = {"found_at": now(), "result": result.strip()}
        Missing.objects.within(scope, Need.BOARDING).filter(pk=held.pk).update(**tied(Missing, held.pk, told))
        trail.note(
            scope, "dorm.missing", school=held.school_id, child=held.child_id, subject=str(held.pk), detail="end"
        )
    return held


def _running(scope: Scope, missing: Missing) -> Missing:
    rows = Missing.objects.within(scope, Need.BOARDING).select_for_update(of=("self",)).filter(pk=missing.pk)
    held: Missing | None = rows.first()
    if held is None:
        raise Refused("out-of-reach", "没有处理的权限")
    if held.found_at:
        raise Refused("found", "孩子已经找到，这件事结束了")
    return held
