"""Finds the figures of a paragraph in its text, and tells which have changed since."""

import re
from collections.abc import Iterator, Sequence
from dataclasses import asdict, dataclass
from typing import Any

from oasis.papers.summary.facts import Facts
from oasis.papers.wording import Cited, number

Stored = list[dict[str, Any]]


@dataclass(frozen=True)
class Piece:
    """A stretch of text; with a figure it is a number that opens its list."""

    text: str
    figure: Cited | None = None


@dataclass(frozen=True)
class Changed:
    """A figure that is no longer what the text says."""

    figure: Cited
    now: str


def stored(cited: Sequence[Cited]) -> Stored:
    """Give figures as they are kept beside a paragraph."""
    return [asdict(one) for one in cited]


def restored(kept: Stored) -> list[Cited]:
    """Give kept figures back."""
    return [Cited(**one) for one in kept]


def pieces(text: str, figures: Sequence[Cited]) -> Iterator[Piece]:
    """Cut a text at its figures, in order; a figure that was edited away is passed over."""
    start = 0
    for figure in figures:
        hit = re.compile(rf"(?<![\d.]){re.escape(figure.shown)}(?![\d.%]|\.\d)").search(text, start)
        if hit is None:
            continue
        if hit.start() > start:
            yield Piece(text[start : hit.start()])
        yield Piece(hit.group(), figure)
        start = hit.end()
    if start < len(text):
        yield Piece(text[start:])


def changed(figures: Sequence[Cited], facts: Facts) -> list[Changed]:
    """Compare the figures a text stands on with those of today, each once."""
    found: dict[tuple[str, str], Changed] = {}
    for figure in figures:
        now = facts.present(figure.code, figure.period)
        if now != figure.value:
            found[figure.code, figure.period] = Changed(figure, "没有数据" if now is None else number(now))
    return list(found.values())
