"""What a paper of PAPERS declares."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import date

from oasis.children.models import Child
from oasis.papers.places import Place
from oasis.people.scope import Scope


@dataclass(frozen=True)
class Order:
    """What is asked for: whose eyes, which place, which children, on what day, and how a card's token becomes a link."""

    scope: Scope
    place: Place
    children: Sequence[Child]
    on: date
    link: Callable[[str], str]
    mark: str = ""  # who takes it out and when


@dataclass(frozen=True)
class Paper:
    """A paper the school hands out: its words, its file type, and how it is made."""

    code: str
    label: str
    about: str
    ending: str
    make: Callable[[Order], bytes]
    single: bool = False  # may be made for one child
    gathers: bool = False  # puts many children into one file, where each sheet does not go to its own family
    others: tuple[tuple[str, Callable[[Order], bytes]], ...] = ()  # further file types, from the same data
    history: bool = False  # what was written in the past: a school may ask for a fresh second factor

    @property
    def endings(self) -> tuple[str, ...]:
        """The file types it comes in, the usual one first."""
        return (self.ending, *(ending for ending, _make in self.others))

    def maker(self, ending: str) -> Callable[[Order], bytes] | None:
        """Give how it is made as a file of this type; None when it does not come so."""
        return dict(((self.ending, self.make), *self.others)).get(ending)
