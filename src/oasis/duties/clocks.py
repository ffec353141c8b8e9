"""Clocks: from the term's calendar they give the windows in which a duty is done. Pure; holidays stop them."""

from abc import ABC, abstractmethod
from bisect import bisect_left, bisect_right
from collections.abc import Iterable
from dataclasses import dataclass, field, replace
from datetime import date, timedelta
from typing import ClassVar, Self

from oasis.kit.dates import next_month
from oasis.records.coverage import settled

MONTH_COUNTS = 10  # a calendar month with fewer school days than this is no month of duty


@dataclass(frozen=True)
class TermTime:
    """A term as the clocks see it: its bounds, the bounds of the visits, its days with lessons in order."""

    starts_on: date
    ends_on: date
    visits: tuple[tuple[date, date], ...]
    days: tuple[date, ...]
    known: dict[tuple["Clock", date], tuple["Window", ...]] = field(default_factory=dict, compare=False, repr=False)

    def windows(self, clock: "Clock", since: date) -> tuple["Window", ...]:
        """Give a clock's windows, reckoned once for all children of one day."""
        key = (clock, max(since, self.starts_on))
        if (found := self.known.get(key)) is None:
            found = self.known[key] = clock.windows(self, key[1])
        return found

    def after(self, day: date, count: int) -> date:
        """Give the school day that is `count` school days after a day; the term's end when there are not so many."""
        at = bisect_right(self.days, day) + count - 1
        return self.days[at] if at < len(self.days) else self.ends_on

    def before(self, day: date, count: int) -> date:
        """Give the first of the last `count` school days up to a day; that day itself when there are none."""
        upto = bisect_right(self.days, day)
        return self.days[max(upto - count, 0)] if upto and count else day

    def between(self, start: date, end: date) -> int:
        """Count the school days from start to end, both included."""
        return bisect_right(self.days, end) - bisect_left(self.days, start)


@dataclass(frozen=True)
class Window:
    """From `opens` a deed counts; from `presses` it is time; after `due` it is late; after `closes` it is too late."""

    opens: date
    presses: date
    due: date
    closes: date
    label: str = ""

    def holds(self, day: date) -> bool:
        """Tell whether a day lies in the window."""
        return self.opens <= day <= self.closes


@dataclass(frozen=True)
class Clock(ABC):
    """A cadence. `every` and `grace` are the two numbers a school may set.

    `carries`: a window that was missed makes the next one overdue. `rolls`: it runs from the last deed, not from the
    calendar. `every_label` is empty where there is nothing to set.
    """

    every: int = 1
    grace: int = 3
    carries: ClassVar[bool] = False
    rolls: ClassVar[bool] = False
    every_label: ClassVar[str] = ""
    every_range: ClassVar[tuple[int, int]] = (1, 1)

    @abstractmethod
    def windows(self, time: TermTime, since: date) -> tuple[Window, ...]:
        """Give the windows of the term, in order, for a child to whom the duty applies since a day."""

    @abstractmethod
    def words(self) -> str:
        """Say the cadence in words."""

    def at(self, time: TermTime, since: date, on: date, last: date | None) -> Window | None:
        """Give the window that is or was last open on a day, when the last deed was on `last`; None before the first."""
        found = None
        for window in time.windows(self, since):
            if window.opens <= on:
                found = window
        return found

    def unasked(self, time: TermTime, on: date, days: Iterable[date]) -> Window | None:
        """Give the window of a day that a newcomer does not owe, when it was done all the same; None when it was not."""
        window = None if self.rolls else self.at(time, time.starts_on, on, None)
        return window if window and any(window.holds(day) for day in days) else None

    def set_to(self, every: int | None, grace: int | None) -> Self:
        """Give the same clock with the school's numbers; None keeps the usual one."""
        told = {"every": every, "grace": grace}
        return replace(self, **{name: value for name, value in told.items() if value is not None})


@dataclass(frozen=True)
class EachTerm(Clock):
    """One of the three visits of a term (requirements.md B5); it can be made good until the next one begins."""

    part: int = 1
    grace: int = 8

    def windows(self, time: TermTime, since: date) -> tuple[Window, ...]:
        opens, due = time.visits[self.part - 1]
        later = time.visits[self.part :]
        closes = later[0][0] - timedelta(days=1) if later else time.ends_on
        window = Window(opens, max(opens, time.before(due, self.grace)), due, max(closes, due))
        return (window,) if _owed(time, since, due) else ()

    def words(self) -> str:
        return f"每学期{'初中末'[self.part - 1]}一次"


@dataclass(frozen=True)
class Monthly(Clock):
    """Once in every calendar month, or in every so many; its last `grace` school days press."""

    carries: ClassVar[bool] = True
    every_label: ClassVar[str] = "每几个月一次"
    every_range: ClassVar[tuple[int, int]] = (1, 3)

    def windows(self, time: TermTime, since: date) -> tuple[Window, ...]:
        months = [month for month in _months(time) if time.between(*month) >= MONTH_COUNTS]
        groups = [months[at : at + self.every] for at in range(0, len(months), self.every)]
        found = []
        for group in groups:
            first, last = group[0][0], group[-1][1]
            due = time.before(last, 1)
            label = "、".join(f"{month.month}月" for month, _end in group)
            found.append(Window(first, max(first, time.before(due, self.grace)), due, last, label))
        return tuple(window for window in found if _owed(time, since, window.closes))

    def words(self) -> str:
        return "每月一次" if self.every == 1 else f"每{counted(self.every)}个月一次"


def _owed(time: TermTime, since: date, until: date) -> bool:
    return since <= time.starts_on or settled(since, until)


def _months(time: TermTime) -> list[tuple[date, date]]:
    found, first = [], time.starts_on.replace(day=1)
    while first <= time.ends_on:
        following = next_month(first)
        found.append((first, min(following - timedelta(days=1), time.ends_on)))
        first = following
    return found


@dataclass(frozen=True)
class Every(Clock):
    """Again and again, so many weeks of lessons after the last time; a week is five school days."""

    every: int = 2
    rolls: ClassVar[bool] = True
    every_label: ClassVar[str] = "每几周一次"
    every_range: ClassVar[tuple[int, int]] = (1, 10)

    def windows(self, time: TermTime, since: date) -> tuple[Window, ...]:
        """Cut the term into stretches of so many school days, to count in; `at` follows the last time instead."""
        start, found = max(time.starts_on, since), []
        while start <= time.ends_on and time.between(start, time.ends_on):
            due = time.after(start - timedelta(days=1), 5 * self.every)
            found.append(Window(start, max(start, time.before(due, self.grace)), due, due))
            start = due + timedelta(days=1)
        return tuple(found)

    def at(self, time: TermTime, since: date, on: date, last: date | None) -> Window | None:
        base = max(time.starts_on, since) - timedelta(days=1)
        base = max(base, last) if last else base
        due = time.after(base, 5 * self.every)
        opens = base + timedelta(days=1)
        if on < max(time.starts_on, since):
            return None
        return Window(opens, max(opens, time.before(due, self.grace)), due, time.ends_on)

    def words(self) -> str:
        return "每周一次" if self.every == 1 else f"每{counted(self.every)}周一次"


@dataclass(frozen=True)
class OnceATerm(Clock):
    """Once, at any time of the term."""

    grace: int = 15

    def windows(self, time: TermTime, since: date) -> tuple[Window, ...]:
        presses = max(time.starts_on, time.before(time.ends_on, self.grace))
        return (Window(time.starts_on, presses, time.ends_on, time.ends_on),) if since <= time.ends_on else ()

    def words(self) -> str:
        return "每学期一次"


@dataclass(frozen=True)
class Named(Clock):
    """On the day that was written down for each thing; what has no day is not owed."""

    grace: int = 5

    def windows(self, time: TermTime, since: date) -> tuple[Window, ...]:
        return ()

    def words(self) -> str:
        return "按计划写明的日期"

    def window(self, time: TermTime, on: date, due: date) -> Window:
        """Give the window of one thing that is due on a day."""
        return Window(min(on, due), min(time.before(due, self.grace), due), due, date.max)


@dataclass(frozen=True)
class AfterParting(Named):
    """Within a week of the day a parent left."""

    grace: int = 7

    def words(self) -> str:
        return "父母外出后一周内"


@dataclass(frozen=True)
class TermStart(Clock):
    """Within so many school days of the term's start, or of the day a child came later."""

    every: int = 20
    grace: int = 10
    every_label: ClassVar[str] = "开学后几个上课日内"
    every_range: ClassVar[tuple[int, int]] = (3, 60)

    def windows(self, time: TermTime, since: date) -> tuple[Window, ...]:
        start = max(time.starts_on, since)
        due = time.after(start - timedelta(days=1), self.every)
        presses = max(start, time.before(due, self.grace))
        return (Window(time.starts_on, presses, due, time.ends_on),) if start <= time.ends_on else ()

    def words(self) -> str:
        return f"每学期开学后{self.every}个上课日内"


def counted(number: int) -> str:
    """Write a number before a measure word: 两 for 2."""
    return "两" if number == 2 else str(number)
