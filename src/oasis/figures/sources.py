"""What figures are counted from: the rows of a school or class, read once, and kept as they stood when a term is closed."""

from dataclasses import dataclass, field
from datetime import date
from typing import NamedTuple
from uuid import UUID

from oasis.figures.own import Deed
from oasis.figures.where import Place

OTHERS = frozenset({"classmate", "outside", "counsellor"})  # paired, but no helper of the staff


class ChildRow(NamedTuple):
    """A child as the file says today."""

    id: UUID
    klass: UUID | None
    state: str
    sex: str
    birth_on: date | None
    boarding: bool
    left_behind: int
    civil: bool
    key: bool
    care: str
    rating: str
    registered: bool | None
    opened_on: date
    closed_on: date | None
    untold: bool  # nobody has ever said whether the parents are away
    there: tuple[bool, ...]  # the parts of the file, in the order of PARTS


class Stay(NamedTuple):
    """A class and a bed, from a day to a day."""

    klass: UUID | None
    boarding: bool
    from_on: date
    to_on: date | None


class Status(NamedTuple):
    """Left-behind or not, from a day on."""

    from_on: date
    left_behind: int
    civil: bool
    care: str
    told: bool = True  # somebody has said so; a file opened without a word of it only says no


class Mark(NamedTuple):
    """Something dated about a child: `tag` says what, `code` which."""

    tag: str  # care, pair, hardship, risk, census, need, problem, plan, letter, met; of daily life those of daily.LEGS
    code: str
    from_on: date
    to_on: date | None


class Act(NamedTuple):
    """A record: one child's part of an act. Parts of one act share `group`; an act for one child has none.

    `also` is the kind that it settles besides its own; a term closed by an older program knows of none.
    """

    kind: str
    outcome: str
    on: date
    group: UUID | None
    also: str = ""


@dataclass(frozen=True)
class Sources:
    """Everything a place's figures are counted from, children first, the rest by child."""

    place: Place
    today: date
    grades: dict[UUID, tuple[str, int, int]]  # class: name then, entry year, what to add for the grade
    children: tuple[ChildRow, ...]
    stays: dict[UUID, list[Stay]] = field(default_factory=dict)
    statuses: dict[UUID, list[Status]] = field(default_factory=dict)
    marks: dict[UUID, list[Mark]] = field(default_factory=dict)
    acts: dict[UUID, list[Act]] = field(default_factory=dict)
    own: tuple[Deed, ...] = ()
    # The first entry of the whole school; a term closed by an older program has all its rows instead.
    first: date | None = None
    # What a term closed by an older program did not know, and goes on without: who came late is owed nothing (`newcomers`);
    # who was never in the files or asked about is no increase, and what has not begun is not owed yet (`begins`).
    newcomers: bool = True
    begins: bool = True
    # The first entry of each class, whoever looks; a class that nobody ever was in has none.
    filed: dict[UUID, date] = field(default_factory=dict)

    def compared(self, day: date) -> bool:
        """Tell whether the school's files reach back to a day, so that who was not in them then is new since."""
        return self.first <= day if self.first else self.known(day)

    def known(self, day: date) -> bool:
        """Tell whether the files say who was in the place on a day: before the first entry nothing is known."""
        return any(stay.from_on <= day for stays in self.stays.values() for stay in stays)
