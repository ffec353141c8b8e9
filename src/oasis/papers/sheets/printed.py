"""Prints sections as PDF, or one section as a picture for a phone, without an office program."""

import json
from collections.abc import Sequence
from functools import lru_cache
from pathlib import Path
from typing import Any, Literal

import typst
from django.conf import settings

from oasis.papers.plaintext import plain
from oasis.papers.sheets.shape import Block, Grid, Listing, Para, Section

_SHEET = Path(__file__).with_name("sheet.typ")
_SHARP = 200.0  # points an inch; a phone shows the whole width of the picture


def sheets_pdf(sections: Sequence[Section], *, mark: str = "", numbered: bool = True, first: int = 1) -> bytes:
    """Print the sections on A4, each beginning on a page of its own; `first` is the number of the first page."""
    return _compiled(
        "pdf", {"sections": _sections(sections), "mark": plain(mark), "numbered": numbered, "first": first}
    )


def sheet_png(section: Section) -> bytes:
    """Draw one section as a picture, as long as it needs to be."""
    return _compiled("png", {"sections": _sections([section]), "mark": "", "numbered": False, "first": 1})


def _compiled(ending: Literal["pdf", "png"], data: dict[str, Any]) -> bytes:
    inputs = {"data": json.dumps(data, ensure_ascii=False), "picture": "yes" if ending == "png" else ""}
    folders = tuple(str(one) for one in settings.OASIS_FONT_DIRS)
    made: bytes = typst.compile(
        _SHEET.read_bytes(), font_paths=_fonts(folders), sys_inputs=inputs, format=ending, ppi=_SHARP
    )
    return made


@lru_cache(maxsize=2)
def _fonts(folders: tuple[str, ...]) -> typst.Fonts:
    """Look for fonts once; finding them takes longer than printing."""
    return typst.Fonts(include_system_fonts=True, include_embedded_fonts=False, font_paths=list(folders))


def _sections(sections: Sequence[Section]) -> list[dict[str, Any]]:
    return [{"wide": one.wide, "blocks": [_block(block) for block in one.blocks]} for one in sections]


def _block(block: Block) -> dict[str, Any]:
    """Give a block as the sheet reads it."""
    said = {name: _plain(value) for name, value in vars(block).items()}
    match block:
        case Para():
            said["indent"] = block.indent and block.side == "left"
        case Grid():
            said = {"cells": _cells(block)}
        case Listing():
            said["widths"] = list(block.widths or (1.0,) * len(block.columns))
    return {"kind": type(block).__name__.lower(), **said}


def _plain(value: Any) -> Any:
    """Clean every text inside; an entry of a grid is dealt with apart."""
    if isinstance(value, tuple):
        return [_plain(one) for one in value]
    return plain(value) if isinstance(value, str) else value


def _cells(block: Grid) -> list[dict[str, Any]]:
    cells: list[dict[str, Any]] = []
    for entry in (entry for row in block.rows for entry in row):
        if entry.label:
            cells.append({"text": plain(entry.label), "span": entry.label_width, "label": True, "left": False})
        wide = entry.value_width > 4
        cells.append({"text": plain(entry.value), "span": entry.value_width, "label": False, "left": wide})
    return cells
