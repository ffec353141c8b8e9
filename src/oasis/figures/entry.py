"""What an entry of FIGURES is made of: whom it counts, what it counts, the claims that entries are put together from."""

from collections.abc import Callable, Iterable
from dataclasses import dataclass

from oasis.figures.facts import Fact

Claim = Callable[[Fact], bool]

BASES: dict[str, Claim] = {
    "all": lambda fact: True,  # also those who left in the period
    "here": lambda fact: fact.here,
    "left": lambda fact: fact.counted,
    "cared": lambda fact: fact.cared,
}
CHILDREN, PARTS, ACTS, TIMES, SUM, OWN = "children", "parts", "acts", "times", "sum", "own"
MONEY = "元"


def everyone(fact: Fact) -> bool:
    """Claim nothing."""
    return True


@dataclass(frozen=True)
class Figure:
    """A number: what it is called, what it counts, how it is counted in words a teacher can check.

    It counts `children` (those of the base for whom `claim` holds), `parts` (a child's part in an act: 人次), `acts` (次: a
    talk with ten children is one), `times` (dated rows of daily life), the `sum` of such rows in hundredths of a yuan, or
    the school's `own` rows. `among` names the figure it is a share of, `within` figures that hold together
    all it counts, too: what they are more than it is a number of people, and as easily told. `gap` marks what still has to be done.
    """

    code: str
    label: str
    group: str
    how: str
    base: str  # all, here, left, cared: see BASES
    claim: Claim = everyone
    counts: str = CHILDREN
    kind: str = ""  # the kind of record, "" for all; of times the key of a matter, of the school's own rows their key
    failed: bool = False  # for parts: attempts in vain instead of what was done
    among: str = ""
    within: tuple[str, ...] = ()
    gap: bool = False
    compares: bool = False  # speaks of the day compared with; unknown in a school's first term
    unit: str = "人"
    by: str = "ref"  # of own rows: what makes them different: ref, on, klass; or their quantity, which is summed

    @property
    def wholes(self) -> tuple[tuple[str, ...], ...]:
        """All that it is a part of: figures to be added up, for each whole."""
        return tuple(whole for whole in ((self.among,) if self.among else (), self.within) if whole)

    def holds(self, fact: Fact) -> bool:
        """Tell whether a child is among those counted, or those whose records are."""
        return BASES[self.base](fact) and self.claim(fact)


def having(name: str, value: str) -> Claim:
    """Claim that a fact of the child has this value."""
    return lambda fact: bool(getattr(fact, name) == value)


def marked(mark: str) -> Claim:
    """Claim that something was found or done in the period."""
    return lambda fact: mark in fact.marked


def had(kinds: Iterable[str]) -> Claim:
    """Claim that a record of one of these kinds was made."""
    wanted = frozenset(kinds)
    return lambda fact: not wanted.isdisjoint(fact.done)


def settled(kinds: Iterable[str]) -> Claim:
    """Claim that a record of one of these kinds was made, or one that stands for it."""
    wanted = frozenset(kinds)
    return lambda fact: not wanted.isdisjoint(fact.settled)


def fresh(fact: Fact) -> bool:
    """Claim that the child came too late in the period to be owed its care."""
    return fact.fresh


def fresh_visit(fact: Fact) -> bool:
    """Claim that the child came too late for every visit that has begun in the period."""
    return fact.fresh_visit


def fresh_key(fact: Fact) -> bool:
    """Claim that the child became a key child too late in the period to be owed what those are."""
    return fact.fresh_key


def no(claim: Claim) -> Claim:
    """Claim the contrary."""
    return lambda fact: not claim(fact)


def both(one: Claim, other: Claim) -> Claim:
    """Claim both."""
    return lambda fact: one(fact) and other(fact)


def either(one: Claim, other: Claim) -> Claim:
    """Claim one of two, or both."""
    return lambda fact: one(fact) or other(fact)
