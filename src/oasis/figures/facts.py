"""What is true of a child in a period, worked out from the sources: pure, so that a figure and its list cannot differ."""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from uuid import UUID

from oasis.children.completeness import PARTS
from oasis.children.models import KEY_LEVELS, Child
from oasis.figures.daily import OPEN, TIMED
from oasis.figures.sources import Act, ChildRow, Mark, Sources, Status, Stay
from oasis.figures.where import Period
from oasis.kit.dates import age_on, next_month, school_year
from oasis.records.coverage import settled, spell_start
from oasis.records.models import Record

DONE: str = Record.Outcome.DONE.value  # plain text compares faster than a choice
NOTHING: frozenset[str] = frozenset()
Spells = Iterable[tuple[date, bool]]


@dataclass(frozen=True, slots=True)
class Fact:
    """One child on the day the period is counted, and what was done for it in the period.

    `left` and the like hold for that day; `before` is how it stood on the day compared with, None when it was not here or
    nobody knew.
    `cared` says that it was left-behind on any day of the period: its records count even when the parents came home.
    """

    child: UUID
    here: bool
    klass: UUID | None
    grade: int
    sex: str
    age: int | None
    boarding: bool
    left: int
    untold: bool  # as the file stands now: nobody has said whether the parents are away
    before: int | None
    # Nothing is known of it on the day compared with: the class was not in the files yet, or nobody had asked.
    begun: bool
    fresh: bool  # left-behind too late in the period to be owed its care
    fresh_visit: bool  # left-behind too late for every visit that has begun in the period
    fresh_key: bool  # a key child too late in the period to be owed what key children are
    cared: bool
    civil: bool
    key: bool
    care: str
    rating: str
    registered: bool | None
    lacks: frozenset[str]
    confirmed: bool
    helpers: frozenset[str]
    hardship: frozenset[str]
    census: str
    acts: tuple[Act, ...]
    done: frozenset[str]  # kinds of which something was done
    failed: frozenset[str]  # kinds that were tried in vain
    marked: frozenset[str]  # needs, levels, problems, letters and so on, as `_marked` and `_times` word them
    times: tuple[tuple[str, Mark], ...]  # rows of daily life by their key

    @property
    def counted(self) -> bool:
        """Left-behind and at school: whom nearly every figure is about."""
        return self.here and self.left > 0


def facts(sources: Sources, period: Period, *, ever_left: bool = False) -> Iterator[Fact]:
    """Give the facts of every child of the place in the period, also of those who left during it.

    `ever_left` skips children who were never left-behind, for figures in which they cannot count.
    """
    for child in sources.children:
        left = child.left_behind or any(status.left_behind for status in sources.statuses.get(child.id, ()))
        if left or not ever_left:
            fact = _fact(sources, child, period) if left else _other(sources, child, period)
            if sources.place.kind == "school" or fact.klass == sources.place.id:
                yield fact


def _other(sources: Sources, child: ChildRow, period: Period) -> Fact:
    """Give the facts of a child who was never left-behind: where it is and whether it was asked about, no more."""
    stays, marks = sources.stays.get(child.id, ()), sources.marks.get(child.id, ())
    stay = _stay(child, stays, period.as_at, period.as_at >= sources.today)
    klass = stay.klass if stay else _last_klass(child, stays)
    was_here = _stay(child, stays, period.ref, now=False) is not None
    times = _times(marks, period)
    return Fact(
        child=child.id, here=stay is not None, klass=klass, grade=_grade(sources, klass, period.as_at), sex=child.sex,
        age=None, boarding=stay.boarding if stay else False, left=0, untold=child.untold,
        before=0 if was_here else None, begun=False, fresh=False, fresh_visit=False, fresh_key=False, cared=False, civil=False, key=False,
        care=child.care, rating="", registered=child.registered, lacks=NOTHING, confirmed=False,
        helpers=NOTHING, hardship=NOTHING, census=_census(marks, period.starts, period.as_at), acts=(), done=NOTHING,
        failed=NOTHING, marked=_words(times), times=times,
    )  # fmt: skip


def _fact(sources: Sources, child: ChildRow, period: Period) -> Fact:
    day, now = period.as_at, period.as_at >= sources.today
    stays, statuses = sources.stays.get(child.id, ()), sources.statuses.get(child.id, ())
    marks = sources.marks.get(child.id, ())
    stay = _stay(child, stays, day, now)
    status = _status(child, statuses, day, now)
    running = [mark for mark in marks if mark.from_on <= day and (mark.to_on is None or mark.to_on >= day)]
    klass = stay.klass if stay else _last_klass(child, stays)
    acts = tuple(act for act in sources.acts.get(child.id, ()) if period.starts <= act.on <= period.ends)
    times = _times(marks, period)
    before, begun = _before(sources, child, klass, period.ref)
    return Fact(
        child=child.id, here=stay is not None, klass=klass, grade=_grade(sources, klass, day), sex=child.sex,
        age=age_on(child.birth_on, day) if child.birth_on else None, boarding=stay.boarding if stay else False,
        left=status.left_behind, untold=child.untold, before=before, begun=begun,
        **_late(sources, child, statuses, marks, period), cared=_cared(statuses, status, period),
        civil=status.civil, key=_key(child, marks, day, now), care=status.care or child.care, rating=child.rating,
        registered=child.registered, lacks=frozenset(p.code for p, there in zip(PARTS, child.there, strict=True) if not there),
        confirmed=any(mark.tag == "care" for mark in running),
        helpers=frozenset(mark.code for mark in running if mark.tag == "pair"),
        hardship=frozenset(mark.code for mark in running if mark.tag == "hardship"),
        census=_census(marks, period.starts, day),
        acts=acts, done=frozenset(act.kind for act in acts if act.outcome == DONE),
        failed=frozenset(act.kind for act in acts if act.outcome != DONE),
        marked=_marked(marks, period) | _words(times), times=times,
    )  # fmt: skip


def _marked(marks: Sequence[Mark], period: Period) -> frozenset[str]:
    """Say what was found and done in a period: `need assessed`, `need study`, `problem mood`, `solved`, `plan`, `letter sent`, `met`.

    Needs are those of the last assessment of the period; a problem is one still open on the day that is counted.
    """
    found, day = set(), period.as_at
    within = [mark for mark in marks if period.starts <= mark.from_on <= day]
    assessed = [mark.from_on for mark in within if mark.tag == "need"]
    for mark in within:
        if mark.tag in ("letter", "met") or (mark.tag == "need" and mark.from_on == assessed[-1]):
            found.add("met" if mark.tag == "met" else f"{mark.tag} {mark.code}")
    level = next((mark.code for mark in reversed(marks) if mark.tag == "risk" and mark.from_on <= day), "")
    found.add(f"level {level}" if level else "level")
    for mark in marks:
        if mark.tag == "problem" and mark.from_on <= day:
            if mark.to_on is None or mark.to_on > day:
                found |= {"problem", f"problem {mark.code}"}
            elif mark.to_on >= period.starts:
                found.add("solved")
        elif mark.tag == "plan" and mark.from_on <= day and (mark.to_on is None or mark.to_on >= period.starts):
            found.add("plan")
    return frozenset(found)


def _times(marks: Sequence[Mark], period: Period) -> tuple[tuple[str, Mark], ...]:
    """Give the rows of daily life that begin in the period, and those that still run on the day it is counted."""
    day, found = period.as_at, []
    for mark in marks:
        if mark.tag in TIMED and mark.from_on <= day:
            if mark.from_on >= period.starts:
                found.append((mark.tag, mark))
            if mark.to_on is None or mark.to_on > day:
                found.append((f"{mark.tag}{OPEN}", mark))
    return tuple(found)


def _words(times: Sequence[tuple[str, Mark]]) -> frozenset[str]:
    keys = {key for key, _mark in times}
    return frozenset(keys | {f"{key} {mark.code}" for key, mark in times if key == "holiday"}) if keys else NOTHING


def _stay(child: ChildRow, stays: Sequence[Stay], day: date, now: bool) -> Stay | None:
    """Where the child was on a day, None when it was not at school. Today the file itself says it."""
    if now:
        here = child.state == Child.State.HERE
        return Stay(child.klass, child.boarding, child.opened_on, None) if here else None
    if child.closed_on is not None and child.closed_on < day:
        return None
    begun = [stay for stay in stays if stay.from_on <= day and (stay.to_on is None or stay.to_on >= day)]
    return begun[-1] if begun else None


def _last_klass(child: ChildRow, stays: Sequence[Stay]) -> UUID | None:
    return next((stay.klass for stay in reversed(stays) if stay.klass), child.klass)


def _status(child: ChildRow, statuses: Sequence[Status], day: date, now: bool) -> Status:
    if now:
        return Status(day, child.left_behind, child.civil, child.care)
    begun = [status for status in statuses if status.from_on <= day]
    return begun[-1] if begun else Status(day, 0, False, "", told=False)


def _before(sources: Sources, child: ChildRow, klass: UUID | None, ref: date) -> tuple[int | None, bool]:
    """Say how a child stood on the day compared with, and whether what is said of it now is the first that is known."""
    if _stay(child, sources.stays.get(child.id, ()), ref, now=False) is None:
        return None, sources.begins and _unfiled(sources, klass, ref)
    was = _status(child, sources.statuses.get(child.id, ()), ref, now=False)
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


def _late(
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


def _cared(statuses: Sequence[Status], last: Status, period: Period) -> bool:
    if last.left_behind:
        return True
    ends = (*(status.from_on for status in statuses[1:]), date.max)
    return any(
        status.left_behind and status.from_on <= period.as_at and end > period.starts
        for status, end in zip(statuses, ends, strict=False)
    )


def _key(child: ChildRow, marks: Sequence[Mark], day: date, now: bool) -> bool:
    levels = [mark for mark in marks if mark.tag == "risk"]
    if now or not levels:
        return child.key
    begun = [mark for mark in levels if mark.from_on <= day]
    return bool(begun) and begun[-1].code in KEY_LEVELS


def _census(marks: Sequence[Mark], since: date, day: date) -> str:
    found = [mark.code for mark in marks if mark.tag == "census" and since <= mark.from_on <= day]
    return found[-1] if found else ""


def _grade(sources: Sources, klass: UUID | None, day: date) -> int:
    if klass is None or klass not in sources.grades:
        return 0
    _, entered, added = sources.grades[klass]
    return school_year(day) - entered + 1 + added
