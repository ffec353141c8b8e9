"""What the judging of a row brings out: the file it may mean, what it would do, why it cannot be used."""

from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import date
from itertools import zip_longest
from typing import NamedTuple
from uuid import UUID

from oasis.children.rosters import Difference, Told
from oasis.intake.facts import Facts
from oasis.intake.models import Row
from oasis.intake.vaguer import vaguer

WHY = "one child has one file: a roster must find it wherever it is"
State = Row.State


class Found(NamedTuple):
    """A file that might be the child of a row."""

    pk: UUID
    name: str
    birth_on: date | None
    klass_id: UUID | None
    id_hash: str | None
    pinyin: str
    state: str


@dataclass(slots=True)
class Verdict:
    """A row judged."""

    facts: Facts
    state: str
    child: UUID | None = None
    klass: str = ""
    found: list[Difference] = field(default_factory=list)
    days: list[date | None] = field(default_factory=list)  # for each difference: when the file was changed since
    doubt: bool = False
    alike: UUID | None = None  # the file it may mean

    @property
    def asks(self) -> bool:
        """Tell whether a person has to say whether it is the child it looks like: until then it is left out."""
        return self.doubt and self.state == State.NEW

    @property
    def waits(self) -> bool:
        """Tell whether the row goes in only when a person says so: its ID number cannot be right."""
        return self.facts.unnumbered and self.state in (State.NEW, State.CHANGED) and not self.asks

    @property
    def kept(self) -> set[int]:
        """Give the places of the differences that are left out until a person ticks them: the file tells later news, or more."""
        return {at for at, (one, day) in enumerate(zip_longest(self.found, self.days)) if day or vaguer(one)}

    @property
    def undated(self) -> bool:
        """Tell whether a parent's absence would begin without a day."""
        return undated(self.state, self.facts.told, self.found)


def undated(state: str, told: Told, found: Sequence[Difference]) -> bool:
    """Tell whether a row that opens a file, or differs from one, begins a parent's absence without a day."""
    kin = [f"kin.{at}." for at, one in enumerate(told.kin) if one.away and "since_on" not in one.away]
    if state == State.NEW:
        return bool(kin)
    return any(
        one.key == f"{key}new" or (one.key.startswith(f"{key}away.") and one.old is None)
        for key in kin for one in found
    )  # fmt: skip


def refuse(verdict: Verdict, why: str) -> None:
    """Turn a verdict into a refusal."""
    verdict.state, verdict.child, verdict.found, verdict.days = State.REFUSED.value, None, [], []
    verdict.facts.unnumbered = False
    verdict.facts.refusals.append(why)
