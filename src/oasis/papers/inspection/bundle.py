"""What the items of a package are made of, asked once and kept: the files of the children, the order, the gaps."""

from dataclasses import dataclass, field
from functools import cached_property

from oasis.papers.files import ChildFile, files_of
from oasis.papers.forms.base import Order
from oasis.papers.readiness import Gap, gaps


@dataclass
class Bundle:
    """What all items share: the order, the files of the children, the gaps."""

    order: Order
    samples: int
    known: list[Gap] = field(default_factory=list)

    @cached_property
    def files(self) -> list[ChildFile]:
        return files_of(self.order.scope, self.order.children, self.order.on)

    def gaps(self, item: int) -> list[Gap]:
        """Give what is missing of an item."""
        return [gap for gap in self.known if gap.item == item]


def bundle(order: Order, samples: int) -> Bundle:
    """Gather what is shared."""
    return Bundle(order, samples, gaps(order.scope, order.place.school))
