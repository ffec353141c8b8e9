"""What a sheet is made of."""

from dataclasses import dataclass
from typing import Literal

from oasis.papers.official.form import Entry, FormPage

Side = Literal["left", "center", "right"]


@dataclass(frozen=True)
class Title:
    """A heading in the middle."""

    text: str
    size: float = 18


@dataclass(frozen=True)
class Line:
    """Short facts on one line, above or below a table."""

    texts: tuple[str, ...]


@dataclass(frozen=True)
class Para:
    """A paragraph of running text."""

    text: str
    indent: bool = True
    side: Side = "left"
    strong: bool = False


@dataclass(frozen=True)
class Grid:
    """Rows of labelled cells, widths in twelfths."""

    rows: tuple[tuple[Entry, ...], ...]


@dataclass(frozen=True)
class Listing:
    """A table with a head that is repeated on every page; widths are shares of the page."""

    columns: tuple[str, ...]
    rows: tuple[tuple[str, ...], ...]
    widths: tuple[float, ...] = ()


@dataclass(frozen=True)
class Cut:
    """A line along which the lower part is cut off."""

    text: str


@dataclass(frozen=True)
class Anchor:
    """A place that a table of contents names."""

    code: str


@dataclass(frozen=True)
class Contents:
    """A table of contents: what stands where, and how it stands; a line without a code has no page."""

    lines: tuple[tuple[str, str, str], ...]  # words, code of the anchor, remark


Block = Title | Line | Para | Grid | Listing | Cut | Anchor | Contents


@dataclass(frozen=True)
class Section:
    """Blocks that begin on a page of their own, upright or lying."""

    blocks: tuple[Block, ...]
    wide: bool = False


def of_form(page: FormPage) -> Section:
    """Give a filled form as a section."""
    return Section((Title(page.title), Line(page.above), Grid(page.rows), Line(page.below)))
