"""What a part of a summary is made of."""

from collections.abc import Callable, Iterator
from dataclasses import dataclass

from oasis.papers.summary.facts import Facts
from oasis.papers.wording import Told

Writer = Callable[[Facts], Iterator[tuple[str, Told]]]


@dataclass(frozen=True)
class Section:
    """A part with a heading; level 0 has none. Its writer gives named paragraphs, empty ones are left out."""

    code: str
    level: int
    heading: str
    write: Writer


@dataclass(frozen=True)
class Composed:
    """A paragraph as the figures tell it."""

    section: str
    key: str
    told: Told


def nothing(facts: Facts) -> Iterator[tuple[str, Told]]:
    """A heading that only holds further parts together."""
    yield from ()
