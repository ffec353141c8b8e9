"""What a ledger of LEDGERS and a slip of SLIPS declare: papers of the school's own work, not of an order of children."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from datetime import date
from uuid import UUID

from oasis.kit.dates import zh_full
from oasis.papers.forms.told import Table
from oasis.papers.sheets.shape import Listing, Section
from oasis.people.roles import Need
from oasis.people.scope import Scope
from oasis.places.models import School
from oasis.places.queries import classes_on

SIGN = ("填表人：＿＿＿＿＿", "审核人：＿＿＿＿＿", "单位负责人：＿＿＿＿＿")
Rows = Sequence[tuple[str, ...]]


@dataclass(frozen=True)
class Asked:
    """What a ledger is asked for: whose eyes, which school, from which day to which."""

    scope: Scope
    school: School
    from_on: date
    to_on: date

    def klasses(self) -> dict[UUID | None, str]:
        """Give the names of the school's classes."""
        names: dict[UUID | None, str] = {None: ""}
        for klass in classes_on(self.school.pk, self.scope.on):
            names[klass.pk] = klass.name(self.scope.on, self.school.primary_years)
        return names


@dataclass(frozen=True)
class Filled:
    """The rows of a ledger and whose names stand in them."""

    rows: Rows
    children: frozenset[UUID] = field(default_factory=frozenset)


@dataclass(frozen=True)
class Ledger:
    """A list of the school's work: what it is called, who may print it, its columns and how it is filled.

    `title` is what stands above it; `now` ones show what holds today, whatever the days asked for.
    """

    code: str
    label: str
    about: str
    need: Need
    columns: dict[str, float]
    fill: Callable[[Asked], Filled]
    title: str = ""
    now: bool = False
    sign: tuple[str, ...] = SIGN
    nil: str = "这段时间没有登记"
    history: bool = False  # what was written of children in the past: a school may ask for a fresh second factor

    def table(self, asked: Asked, filled: Filled) -> Table:
        """Lay it out; without a row it says so, for a nil report is a report."""
        when = zh_full(asked.scope.on) if self.now else f"{zh_full(asked.from_on)}—{zh_full(asked.to_on)}"
        above = (f"学校（盖章）：{asked.school.name}", when, f"共{len(filled.rows)}行")
        rows = tuple(filled.rows) or ((self.nil, *("—",) * (len(self.columns) - 1)),)
        return Table(
            self.title or self.label, above, Listing(tuple(self.columns), rows, tuple(self.columns.values())), self.sign
        )


@dataclass(frozen=True)
class Filling:
    """A slip filled: of which school, of which child if of one, its pages."""

    school: School
    sections: Sequence[Section]
    child: UUID | None = None
    children: frozenset[UUID] = field(default_factory=frozenset)  # of several, whose names stand in it


@dataclass(frozen=True)
class Slip:
    """A paper of one row: how the row is found for these eyes, and its pages; None when it is out of reach."""

    code: str
    label: str
    fill: Callable[[Scope, UUID], Filling | None]
    history: bool = False  # what was written in the past: a school may ask for a fresh second factor
