"""A figure with its value, the figures of a place, and what a closed term kept of them."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date, datetime

from oasis.figures.entry import MONEY
from oasis.figures.where import Period, Place


@dataclass(frozen=True)
class Number:
    """A figure with its value. `before` is the value of the period before, `among` that of the figure it is a share of;
    each is None when nothing is known."""

    code: str
    label: str
    unit: str
    value: int | None
    place: str
    period: str
    before: int | None = None
    among: int | None = None
    gap: bool = False

    @property
    def change(self) -> int | None:
        """How much more or less than in the period before."""
        return None if self.value is None or self.before is None else self.value - self.before

    @property
    def shown(self) -> str:
        """The value as it is written; money is kept in hundredths."""
        return written(self.value, self.unit)

    @property
    def share(self) -> float | None:
        """The part of the whole, 0 to 1; None when the whole is empty."""
        return self.value / self.among if self.value is not None and self.among else None


def written(value: int | None, unit: str) -> str:
    """Write a value; an unknown one is a dash, money has two places."""
    if value is None:
        return "—"
    return f"{value / 100:.2f}" if unit == MONEY else str(value)


@dataclass(frozen=True)
class Row:
    """The figures of one place."""

    place: Place
    numbers: dict[str, Number]
    former: Mapping[str, int] = field(default_factory=dict, kw_only=True)  # kept of a closed term, counted no more

    def __getitem__(self, code: str) -> Number:
        return self.numbers[code]


@dataclass(frozen=True)
class Table(Row):
    """The figures of a place in a period and, for a school, of each of its classes. `frozen` names the snapshot."""

    period: Period
    rows: tuple[Row, ...] = ()


@dataclass(frozen=True)
class Kept:
    """A closed term: its numbers by place code, when it was closed, for the how-manyth time and why."""

    values: Mapping[str, Mapping[str, int | None]]
    on: date
    at: datetime
    number: int
    reason: str = ""
