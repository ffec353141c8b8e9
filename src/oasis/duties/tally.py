"""Lines put together: by duty and by class, worst first; each number is the length of a list that can be opened."""

from collections.abc import Iterable
from dataclasses import dataclass, field
from uuid import UUID

from oasis.duties.catalogue import DUTIES, Duty
from oasis.duties.judging import PENDING, RANK, Line, Pupil, State

PLACE = {code: n for n, code in enumerate(DUTIES.codes)}


@dataclass
class Sum:
    """How some lines stand."""

    states: dict[State, int] = field(default_factory=lambda: dict.fromkeys(State, 0))

    def add(self, line: Line) -> None:
        """Count one more."""
        self.states[line.state] += 1

    @property
    def pending(self) -> int:
        """What is still to be done."""
        return sum(self.states[state] for state in PENDING)

    @property
    def overdue(self) -> int:
        """What is past its day."""
        return self.states[State.OVERDUE]

    @property
    def done(self) -> int:
        """What is done."""
        return self.states[State.DONE]

    @property
    def total(self) -> int:
        """What was owed, exceptions left out."""
        return self.pending + self.done + self.states[State.MISSED]

    @property
    def worst(self) -> State:
        """The worst state there is."""
        return min((state for state, number in self.states.items() if number), key=RANK.__getitem__, default=State.DONE)


@dataclass
class Group:
    """One duty: its lines, worst first, and how they stand."""

    duty: Duty
    lines: list[Line]
    sum: Sum


@dataclass
class Place:
    """One class: how each duty stands there, and all of them."""

    klass_id: UUID | None
    name: str
    children: int = 0
    sum: Sum = field(default_factory=Sum)
    duties: dict[str, Sum] = field(default_factory=dict)


def by_duty(lines: Iterable[Line]) -> list[Group]:
    """Group lines by duty, the worst duty first: what the law wants, then what is most overdue."""
    found: dict[str, Group] = {}
    for line in lines:
        group = found.setdefault(line.duty.code, Group(line.duty, [], Sum()))
        group.lines.append(line)
        group.sum.add(line)
    for group in found.values():
        group.lines.sort(key=lambda line: line.order)
    return sorted(found.values(), key=_rank)


def _rank(group: Group) -> tuple[int, bool, int, int]:
    return RANK[group.sum.worst], not group.duty.by_law, -group.sum.overdue, PLACE[group.duty.code]


def by_class(lines: Iterable[Line], pupils: Iterable[Pupil]) -> list[Place]:
    """Group lines by class, in the order of the classes; a class without lines is there too."""
    found: dict[UUID | None, Place] = {}
    for pupil in pupils:
        found.setdefault(pupil.klass_id, Place(pupil.klass_id, pupil.klass or "未分班")).children += 1
    for line in lines:
        place = found[line.pupil.klass_id]
        place.sum.add(line)
        place.duties.setdefault(line.duty.code, Sum()).add(line)
    return list(found.values())
