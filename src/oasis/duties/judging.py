"""From a child's facts and the clocks to what is owed, with the reason in words. Pure; no database here."""

from bisect import bisect_left, bisect_right
from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import date
from enum import StrEnum
from typing import NamedTuple
from uuid import UUID

from oasis.campus.models import Letter, ParentMeeting
from oasis.children.models import PlanAction, PlanReview
from oasis.children.populations import POPULATIONS
from oasis.duties.catalogue import HELPER, Duty
from oasis.duties.clocks import Named, TermTime, Window
from oasis.kit.dates import zh_short
from oasis.records.coverage import spell_start


class State(StrEnum):
    """How a duty stands for a child; the order is worst first."""

    OVERDUE = "overdue"
    DUE = "due"
    SOON = "soon"
    MISSED = "missed"
    DONE = "done"
    WAIVED = "waived"


PENDING = (State.OVERDUE, State.DUE, State.SOON)
AREAS: dict[str, str] = dict(
    [*PlanAction.Area.choices, *PlanReview.Part.choices, *Letter.Part.choices, *ParentMeeting.Kind.choices]
)
RANK = {state: rank for rank, state in enumerate(State)}


class Pupil(NamedTuple):
    """The few facts of a child that duties ask for."""

    id: UUID
    school_id: UUID
    klass_id: UUID | None
    klass: str
    name: str
    boarding: bool
    opened_on: date
    birth_on: date | None
    lunar_birthday: str
    belongs: frozenset[str]


class Item(NamedTuple):
    """One thing that is still to be done: its duty, its owner if one person owes it, what it is about, its day."""

    duty: str
    owner: UUID | None
    area: str
    due: date


@dataclass(slots=True)
class Facts:
    """What was done for a child: days by kind; what was tried today; exceptions in force; since when the child belongs to a population."""

    deeds: dict[str, list[date]] = field(default_factory=dict)
    waived: dict[str, date | None] = field(default_factory=dict)
    spells: dict[str, list[tuple[date, bool]]] = field(default_factory=dict)
    items: list[Item] = field(default_factory=list)
    tried: set[str] = field(default_factory=set)  # kinds that were tried today without success
    begun: dict[str, date] = field(default_factory=dict)  # of each history, reckoned once

    def days(self, kinds: frozenset[str], upto: date) -> list[date]:
        """Give the days of deeds of these kinds up to a day, oldest first."""
        return sorted([day for kind in self.deeds.keys() & kinds for day in self.deeds[kind] if day <= upto])

    def since(self, pupil: Pupil, population: str) -> date:
        """Give the day from which the child has belonged to a population without a break."""
        history = POPULATIONS.get(population).since
        if history not in self.begun:
            spell = spell_start(self.spells.get(history, []))
            self.begun[history] = max(spell, pupil.opened_on) if spell else pupil.opened_on
        return self.begun[history]

    @property
    def helped(self) -> bool:
        """Whether somebody of the staff is paired with the child."""
        return HELPER in self.deeds


class Line(NamedTuple):
    """One duty for one child on one day."""

    pupil: Pupil
    duty: Duty
    state: State
    window: Window
    last_on: date | None
    carried: bool
    reason: str
    owner: UUID | None = None  # of a dated duty: who alone owes it

    @property
    def order(self) -> tuple[int, date]:
        """Worst first, oldest first."""
        return RANK[self.state], self.window.due

    @property
    def look(self) -> str:
        """How it is drawn: red is kept for what the law wants."""
        return "late" if self.state == State.OVERDUE and not self.duty.by_law else self.state.value

    @property
    def late(self) -> bool:
        """Whether it was done, but after its last day."""
        return self.state == State.DONE and self.last_on is not None and self.last_on > self.window.due


def judge(duty: Duty, pupil: Pupil, facts: Facts, time: TermTime, on: date, at: date | None = None) -> Line | None:
    """Say how a duty stands for a child on a day; None when it does not apply or its time has not come.

    With `at`, the window that was open on that earlier day is looked at, seen from `on`; without it, a window that is
    closed is left out: nothing can be done about it.
    """
    if duty.whom not in pupil.belongs:
        return None
    since = facts.since(pupil, duty.whom)
    seen = at or on
    days = facts.days(duty.settled_by, seen if duty.clock.rolls else on)
    window = duty.clock.at(time, since, seen, _before(days, seen)) or duty.clock.unasked(time, seen, days)
    if window is None or (at is None and seen > window.closes):
        return None
    return _line(duty, pupil, facts, time, seen if duty.clock.rolls else on, window, days, since)


def judge_items(duty: Duty, pupil: Pupil, facts: Facts, time: TermTime, on: date) -> Iterable[Line]:
    """Give a line for each open thing of a dated duty."""
    for item in facts.items:
        if item.duty == duty.code and duty.whom in pupil.belongs and isinstance(duty.clock, Named):
            window = duty.clock.window(time, on, item.due)
            state = State.WAIVED if duty.code in facts.waived else _pending(window, on, False, rolled=False)
            said = duty.undone.format(area=AREAS.get(item.area, item.area))
            when = f"应在{zh_short(item.due)}前完成" if on > item.due else f"请在{zh_short(item.due)}前完成"
            yield Line(pupil, duty, state, window, None, False, f"{said}，{when}", item.owner)


def _before(days: list[date], upto: date) -> date | None:
    reached = bisect_right(days, upto)
    return days[reached - 1] if reached else None


def _line(
    duty: Duty, pupil: Pupil, facts: Facts, time: TermTime, on: date, window: Window, days: list[date], since: date
) -> Line:
    inside = days if duty.standing else days[bisect_left(days, window.opens) : bisect_right(days, window.closes)]
    last = inside[0] if inside and not duty.standing else _before(days, on)
    carried = False
    if duty.code in facts.waived:
        state = State.WAIVED
    elif inside:
        state = State.DONE
    else:
        carried = duty.clock.carries and _missed_before(duty, time, since, window, days)
        state = _pending(window, on, carried, rolled=duty.clock.rolls and window.opens > max(time.starts_on, since))
    reason = "" if state == State.DONE else worded(duty, state, window, last, carried)
    if state in PENDING and facts.tried & duty.settled_by:
        reason = f"{duty.tried}，{reason}"
    return Line(pupil, duty, state, window, last, carried, reason)


def _pending(window: Window, on: date, carried: bool, rolled: bool) -> State:
    if on > window.closes:
        return State.MISSED
    if on > window.due or carried:
        return State.OVERDUE
    if on >= window.presses:
        return State.DUE
    return State.DONE if rolled else State.SOON


def _missed_before(duty: Duty, time: TermTime, since: date, window: Window, days: list[date]) -> bool:
    earlier = [before for before in time.windows(duty.clock, since) if before.closes < window.opens]
    return bool(earlier) and not any(day >= earlier[-1].opens for day in days)


def worded(duty: Duty, state: State, window: Window, last: date | None, carried: bool) -> str:
    """Say in words what is missing, since when, until when."""
    if state == State.WAIVED:
        return "有例外，不用做"
    told = [duty.undone.format(when=_when(window, state, carried))]
    if last and not duty.standing:
        told.append(f"上次{zh_short(last)}")
    elif duty.asks and not last:
        told.append("此前没有记录")
    if state == State.OVERDUE and not carried:
        told.append(f"应在{zh_short(window.due)}前完成")
    elif state in PENDING and not duty.clock.carries:
        told.append(f"请在{zh_short(window.due)}前完成")
    return "，".join(told)


def _when(window: Window, state: State, carried: bool) -> str:
    if state == State.MISSED or "、" in window.label:
        return window.label
    return "上月和本月都" if carried else "本月"
