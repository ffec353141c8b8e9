"""Children x duties, of a month or of the term: one look at who was cared for and who was not."""

from dataclasses import dataclass
from datetime import date, timedelta
from uuid import UUID

from oasis.duties.catalogue import Duty
from oasis.duties.evidence import gather
from oasis.duties.grounds import Ground
from oasis.duties.judging import RANK, Facts, Line, Pupil, State, judge
from oasis.kit.dates import next_month, zh_short

WORDS = {
    State.OVERDUE: "已过期限", State.DUE: "该做了", State.SOON: "还没到期", State.MISSED: "没有做", State.DONE: "已做",
    State.WAIVED: "有例外",
}  # fmt: skip


@dataclass(frozen=True, slots=True)
class Cell:
    """One duty for one child: its state (None: not owed), a short text, whole words, the line behind it."""

    state: State | None
    text: str
    words: str
    line: Line | None = None


@dataclass(frozen=True)
class Column:
    """One duty; `done` of `total` children, or no count where the cells are counts themselves."""

    duty: Duty
    done: int
    total: int
    counted: bool


@dataclass(frozen=True)
class Matrix:
    """Rows of children, columns of duties. `month` is the first day of the month shown, None for the whole term."""

    month: date | None
    months: tuple[date, ...]
    columns: tuple[Column, ...]
    rows: tuple[tuple[Pupil, tuple[Cell, ...]], ...]
    census: tuple[int, int] | None


def matrix(known: Ground, pupils: list[Pupil], on: date, month: date | None) -> Matrix:
    """Make the matrix of some children of one school on a day, for a month or for the term so far."""
    kinds = {key for duty in known.duties for key in duty.settled_by}
    facts = gather([pupil.id for pupil in pupils], known.term, kinds, on, full=True)
    at = known.seen(moment(on, month))
    told = [(pupil, facts[pupil.id]) for pupil in pupils]
    table = {
        duty: [_cell(duty, pupil, of_child, known, on, at, month) for pupil, of_child in told]
        for duty in known.duties
        if not duty.bulk and not duty.dated and not (month and duty.standing)
    }
    shown = [duty for duty, cells in table.items() if any(cell.state for cell in cells)]
    rows = [(pupil, tuple(table[duty][n] for duty in shown)) for n, pupil in enumerate(pupils)]
    return Matrix(
        month, months_until(known, on), tuple(_column(duty, table[duty], month) for duty in shown),
        tuple(row for row in rows if any(cell.state for cell in row[1])), _census(known, pupils, facts, on, at),
    )  # fmt: skip


def moment(on: date, month: date | None) -> date:
    """Give the day on which a month, or the term so far, is looked at."""
    return next_month(month) - timedelta(days=1) if month and month < on.replace(day=1) else on


def months_until(known: Ground, on: date) -> tuple[date, ...]:
    """Give the first days of the term's months that have begun."""
    found, first = [], known.term.starts_on.replace(day=1)
    while first <= min(on, known.term.ends_on):
        found.append(first)
        first = next_month(first)
    return tuple(found)


def in_month(line: Line | None, month: date | None) -> bool:
    """Tell whether a line belongs to the month looked at: its window had not closed before."""
    return line is not None and (month is None or line.window.closes >= month)


def _cell(duty: Duty, pupil: Pupil, facts: Facts, known: Ground, on: date, at: date, month: date | None) -> Cell:
    line = judge(duty, pupil, facts, known.time, on, at)
    if line is None or not in_month(line, month):
        return Cell(None, "", f"{duty.label}：不用做或未到时候")
    if month is None and duty.clock.carries and line.state != State.WAIVED:
        return _counted(line, facts, known, on)
    text = zh_day(line.last_on, month) if line.state == State.DONE and line.last_on and not duty.standing else ""
    words = f"{duty.label}：{line.reason or WORDS[line.state]}"
    return Cell(line.state, text, f"{words}，{zh_short(line.last_on)}" if text and line.last_on else words, line)


def zh_day(day: date, month: date | None) -> str:
    """Write a day shortly: 3日 in its own month, else 9月3日."""
    return f"{day.day}日" if month and (day.year, day.month) == (month.year, month.month) else zh_short(day)


def _counted(line: Line, facts: Facts, known: Ground, on: date) -> Cell:
    """Several months in one cell: how many of those begun are done; the worst of them gives the state."""
    since = facts.since(line.pupil, line.duty.whom)
    days = facts.days(line.duty.settled_by, on)
    owed = known.time.windows(line.duty.clock, since)
    every = known.time.windows(line.duty.clock, known.term.starts_on)
    done = [window for window in every if any(window.holds(day) for day in days)]
    begun = [window for window in every if window.opens <= on and (window in owed or window in done)]
    missed = [window for window in begun if window not in done and window.closes < on]
    state = min([line.state, *([State.MISSED] if missed else [])], key=RANK.__getitem__)
    gaps = "、".join(window.label for window in begun if window not in done)
    words = f"{line.duty.label}：{len(begun)}个月中做到{len(done)}个月" + (f"，缺{gaps}" if gaps else "")
    return Cell(state, f"{len(done)}/{len(begun)}", words, line)


def _column(duty: Duty, cells: list[Cell], month: date | None) -> Column:
    owed = [cell for cell in cells if cell.state not in (None, State.WAIVED)]
    done = sum(cell.state == State.DONE for cell in owed)
    return Column(duty, done, len(owed), counted=month is not None or not duty.clock.carries)


def _census(known: Ground, pupils: list[Pupil], facts: dict[UUID, Facts], on: date, at: date) -> tuple[int, int] | None:
    duty = next((duty for duty in known.duties if duty.code == "census"), None)
    if duty is None:
        return None
    lines = [judge(duty, pupil, facts[pupil.id], known.time, on, at) for pupil in pupils]
    told = [line for line in lines if line is not None and line.state != State.WAIVED]
    return sum(line.state == State.DONE for line in told), len(told)
