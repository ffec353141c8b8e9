"""How a child stood on a day, worked out from the sources: where, in whose care, since when something is owed to it."""

from collections.abc import Iterable, Sequence
from datetime import date, timedelta
from uuid import UUID

from oasis.children.models import KEY_LEVELS, Child
from oasis.figures.sources import ChildRow, Mark, Sources, Status, Stay
from oasis.figures.where import Period
from oasis.kit.dates import next_month, school_year
from oasis.records.coverage import settled, spell_start

Spells = Iterable[tuple[date, bool]]


def stay_on(child: ChildRow, stays: Sequence[Stay], day: date, now: bool) -> Stay | None:
    """Where the child was on a day, None when it was not at school. Today the file itself says it."""
    if now:
        here = child.state == Child.State.HERE
        return Stay(child.klass, child.boarding, child.opened_on, None) if here else None
    if child.closed_on is not None and child.closed_on < day:
        return None
    begun = [stay for stay in stays if stay.from_on <= day and (stay.to_on is None or stay.to_on >= day)]
    return begun[-1] if begun else None


def last_klass(child: ChildRow, stays: Sequence[Stay]) -> UUID | None:
    """Give the class a child was in last."""
    return next((stay.klass for stay in reversed(stays) if stay.klass), child.klass)


def status_on(child: ChildRow, statuses: Sequence[Status], day: date, now: bool) -> Status:
    """Give how a child stood on a day. Today the file itself says it."""
    if now:
        return Status(day, child.left_behind, child.civil, child.care)
    begun = [status for status in statuses if status.from_on <= day]
    return begun[-1] if begun else Status(day, 0, False, "", told=False)


def stood_before(sources: Sources, child: ChildRow, klass: UUID | None, ref: date) -> tuple[int | None, bool]:
    """Say how a child stood on the day compared with, and whether what is said of it now is the first that is known."""
    if stay_on(child, sources.stays.get(child.id, ()), ref, now=False) is None:
        return None, sources.begins and _unfiled(sources, klass, ref)
    was = status_on(child, sources.statuses.get(child.id, ()), ref, now=False)
    return (was.left_behind, False) if was.told or not sources.begins else (None, True)


def _unfiled(sources: Sources, klass: UUID | None, day: date) -> bool:
    """Tell whether a class was there on a day and nobody of it in the files; a class made since is new."""
    if not sources.compared(day) or klass is None or klass not in sources.grades:
        return not sources.compared(day)
    return sources.grades[klass][1] <= school_year(day) and sources.filed.get(klass, date.max) > day


def _left_spells(statuses: Sequence[Status]) -> Spells:
    return ((one.from_on, bool(one.left_behind or one.civil)) for one in statuses)


def _key_spells(marks: Sequence[Mark]) -> Spells:
    return ((one.from_on, one.code in KEY_LEVELS) for one in marks if one.tag == "risk")


def came_late(
    sources: Sources, child: ChildRow, statuses: Sequence[Status], marks: Sequence[Mark], period: Period
) -> dict[str, bool]:
    """Tell whether a child came to be owed its care, the visits or what key children are owed too late in the period."""
    if not sources.newcomers:
        return dict.fromkeys(("fresh", "fresh_visit", "fresh_key"), False)
    left, key = _since(child, _left_spells(statuses), period), _since(child, _key_spells(marks), period)
    until = period.ends
    if sources.begins:  # what is owed of a month that has not begun is not owed yet
        until = min(until, next_month(period.as_at) - timedelta(days=1))
    late = left > period.starts and not settled(left, until)
    begun = [(start, ends) for start, opens, ends in period.visits if opens <= period.as_at] if sources.begins else []
    missed = all(left > start and not settled(left, ends) for start, ends in begun) if begun else late
    return {
        "fresh": late,
        "fresh_visit": missed,
        "fresh_key": key > period.starts and not settled(key, until),
    }


def _since(child: ChildRow, spells: Spells, period: Period) -> date:
    """Give the day since which something is owed to a child, by dated yes and no."""
    since = spell_start((day, holds) for day, holds in spells if day <= period.as_at)
    return max(since or child.opened_on, child.opened_on)


def cared_for(statuses: Sequence[Status], last: Status, period: Period) -> bool:
    """Tell whether a child was left-behind on any day of the period."""
    if last.left_behind:
        return True
    ends = (*(status.from_on for status in statuses[1:]), date.max)
    return any(
        status.left_behind and status.from_on <= period.as_at and end > period.starts
        for status, end in zip(statuses, ends, strict=False)
    )


def key_on(child: ChildRow, marks: Sequence[Mark], day: date, now: bool) -> bool:
    """Tell whether it was a key child on a day. Today the file itself says it."""
    levels = [mark for mark in marks if mark.tag == "risk"]
    if now or not levels:
        return child.key
    begun = [mark for mark in levels if mark.from_on <= day]
    return bool(begun) and begun[-1].code in KEY_LEVELS


def census_in(marks: Sequence[Mark], since: date, day: date) -> str:
    """Give what the last census between two days found."""
    found = [mark.code for mark in marks if mark.tag == "census" and since <= mark.from_on <= day]
    return found[-1] if found else ""


def grade_on(sources: Sources, klass: UUID | None, day: date) -> int:
    """Give the grade of a class on a day, 0 without one."""
    if klass is None or klass not in sources.grades:
        return 0
    _, entered, added = sources.grades[klass]
    return school_year(day) - entered + 1 + added
