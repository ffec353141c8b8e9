"""Declared entries in a fixed order, each with a unique code: the index of what can be added."""

from collections.abc import Iterator
from typing import Generic, Protocol, TypeVar


class Coded(Protocol):
    """Anything with a code."""

    @property
    def code(self) -> str: ...


T = TypeVar("T", bound=Coded)


class Catalogue(Generic[T]):
    """An ordered, frozen list of entries with unique codes.

    Raises ValueError when two entries share a code; `get` raises KeyError for an unknown one.
    """

    def __init__(self, *entries: T) -> None:
        self._entries = entries
        self._by_code = {entry.code: entry for entry in entries}
        if len(self._by_code) != len(entries):
            codes = [entry.code for entry in entries]
            raise ValueError(f"codes are not unique: {sorted(c for c in codes if codes.count(c) > 1)}")

    def get(self, code: str) -> T:
        """Give the entry with this code, or raise KeyError."""
        return self._by_code[code]

    def __contains__(self, code: object) -> bool:
        return code in self._by_code

    def __iter__(self) -> Iterator[T]:
        return iter(self._entries)

    def __len__(self) -> int:
        return len(self._entries)

    @property
    def codes(self) -> tuple[str, ...]:
        """All codes in their order."""
        return tuple(self._by_code)
