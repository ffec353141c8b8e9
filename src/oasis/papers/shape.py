"""What goes out: a file with its name and type."""

from dataclasses import dataclass


@dataclass(frozen=True)
class Export:
    """A file on its way out; its name holds no child's name."""

    name: str
    media: str
    data: bytes
