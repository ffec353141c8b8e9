"""What an official document consists of, before it has a layout."""

from dataclasses import dataclass, field
from datetime import date


@dataclass(frozen=True)
class Part:
    """A headed part; its number comes from its place, never from its text."""

    heading: str
    paragraphs: tuple[str, ...] = ()
    parts: tuple["Part", ...] = ()


@dataclass(frozen=True)
class Table:
    """A statistics table that goes behind the text as an attachment."""

    title: str
    columns: tuple[str, ...]
    rows: tuple[tuple[str, ...], ...]
    above: tuple[str, ...] = ()
    below: tuple[str, ...] = ()


@dataclass(frozen=True)
class OfficialText:
    """A whole document; the empty addressee is left out."""

    title: str
    foreword: tuple[str, ...] = ()
    parts: tuple[Part, ...] = ()
    closing: tuple[str, ...] = ()
    addressee: str = ""
    signature: str = ""
    signed_on: date | None = None
    attachments: tuple[Table, ...] = field(default=())
