"""Prints contact cards as one PDF."""

import json
from collections.abc import Sequence
from dataclasses import asdict
from functools import lru_cache
from io import BytesIO
from pathlib import Path
from typing import Literal

import segno
import typst

from oasis.papers.cards.shape import HELP_LINES, Card, Contact, HelpLine
from oasis.papers.official.numbering import official_date
from oasis.papers.plaintext import plain

_SHEET = Path(__file__).with_name("sheet.typ")


def cards_pdf(
    cards: Sequence[Card],
    *,
    help_lines: Sequence[HelpLine] = HELP_LINES,
    font_dirs: Sequence[str] = (),
    copies: Literal[1, 2] = 2,
    mark: str = "",
) -> bytes:
    """Print the cards, each once for the home and, with two copies, once for the bag."""
    data = {
        "cards": [_values(card) for card in cards],
        "help_lines": [{"label": plain(line.label), "number": plain(line.number)} for line in help_lines],
        "copies": copies,
        "mark": plain(mark),
    }
    fonts = _fonts(tuple(font_dirs))
    pdf: bytes = typst.compile(
        _SHEET.read_bytes(), font_paths=fonts, sys_inputs={"data": json.dumps(data, ensure_ascii=False)}, format="pdf"
    )
    return pdf


@lru_cache(maxsize=2)
def _fonts(font_dirs: tuple[str, ...]) -> typst.Fonts:
    """Look for fonts once; finding them takes longer than printing."""
    return typst.Fonts(include_system_fonts=True, include_embedded_fonts=False, font_paths=list(font_dirs))


def _values(card: Card) -> dict[str, object]:
    return {
        "school": plain(card.school),
        "klass": plain(card.klass),
        "child": plain(card.child),
        "apart": plain(card.apart),
        "teachers": [_person(one) for one in card.teachers],
        "family": [_person(one) for one in card.family],
        "updated_on": official_date(card.updated_on),
        "call_time": plain(card.call_time),
        "qr": _qr(card.link) if card.link else "",
    }


def _person(contact: Contact) -> dict[str, str]:
    return {field: plain(value) for field, value in asdict(contact).items()}


def _qr(link: str) -> str:
    drawn = BytesIO()
    segno.make(link, error="m", micro=False).save(drawn, kind="svg", border=1, xmldecl=False)
    return drawn.getvalue().decode()
