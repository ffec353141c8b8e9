"""What is true of a child in a period, worked out from the sources: pure, so that a figure and its list cannot differ."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from uuid import UUID

from oasis.children.completeness import PARTS
from oasis.figures.daily import OPEN, TIMED
from oasis.figures.sources import Act, ChildRow, Mark, Sources
from oasis.figures.standing import (
    came_late,
    cared_for,
    census_in,
    grade_on,
    key_on,
    last_klass,
    status_on,
    stay_on,
    stood_before,
)
from oasis.figures.where import Period
from oasis.kit.dates import age_on
from oasis.records.models import Record

DONE: str = Record.Outcome.DONE.value  # plain text compares faster than a choice
NOTHING: frozenset[str] = frozenset()


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
    settled: frozenset[str]  # the same, and what stood for a kind
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
    stay = stay_on(child, stays, period.as_at, period.as_at >= sources.today)
    klass = stay.klass if stay else last_klass(child, stays)
    was_here = stay_on(child, stays, period.ref, now=False) is not None
    times = _times(marks, period)
    return Fact(
        child=child.id, here=stay is not None, klass=klass, grade=grade_on(sources, klass, period.as_at), sex=child.sex,
        age=None, boarding=stay.boarding if stay else False, left=0, untold=child.untold,
        before=0 if was_here else None, begun=False, fresh=False, fresh_visit=False, fresh_key=False, cared=False, civil=False, key=False,
        care=child.care, rating="", registered=child.registered, lacks=NOTHING, confirmed=False,
        helpers=NOTHING, hardship=NOTHING, census=census_in(marks, period.starts, period.as_at), acts=(), done=NOTHING, settled=NOTHING,
        failed=NOTHING, marked=_words(times), times=times,
    )  # fmt: skip


def _fact(sources: Sources, child: ChildRow, period: Period) -> Fact:
    day, now = period.as_at, period.as_at >= sources.today
    stays, statuses = sources.stays.get(child.id, ()), sources.statuses.get(child.id, ())
    marks = sources.marks.get(child.id, ())
    stay = stay_on(child, stays, day, now)
    status = status_on(child, statuses, day, now)
    running = [mark for mark in marks if mark.from_on <= day and (mark.to_on is None or mark.to_on >= day)]
    klass = stay.klass if stay else last_klass(child, stays)
    acts = tuple(act for act in sources.acts.get(child.id, ()) if period.starts <= act.on <= period.ends)
    times, done = _times(marks, period), frozenset(act.kind for act in acts if act.outcome == DONE)
    before, begun = stood_before(sources, child, klass, period.ref)
    return Fact(
        child=child.id, here=stay is not None, klass=klass, grade=grade_on(sources, klass, day), sex=child.sex,
        age=age_on(child.birth_on, day) if child.birth_on else None, boarding=stay.boarding if stay else False,
        left=status.left_behind, untold=child.untold, before=before, begun=begun,
        **came_late(sources, child, statuses, marks, period), cared=cared_for(statuses, status, period),
        civil=status.civil, key=key_on(child, marks, day, now), care=status.care or child.care, rating=child.rating,
        registered=child.registered, lacks=frozenset(p.code for p, there in zip(PARTS, child.there, strict=True) if not there),
        confirmed=any(mark.tag == "care" for mark in running),
        helpers=frozenset(mark.code for mark in running if mark.tag == "pair"),
        hardship=frozenset(mark.code for mark in running if mark.tag == "hardship"),
        census=census_in(marks, period.starts, day),
        acts=acts, done=done, settled=done | {act.also for act in acts if act.also},
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
