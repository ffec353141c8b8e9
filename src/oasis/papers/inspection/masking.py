"""Hides who the children and families are in blocks that leave the school: names, numbers, addresses; teachers stay."""

import re
from collections.abc import Callable, Iterable
from dataclasses import replace

from oasis.papers.files import ChildFile
from oasis.papers.official.form import Entry
from oasis.papers.sheets.shape import Block, Grid, Line, Listing, Para, Section

_NUMBER = re.compile(r"(?<!\d)(\d{3})\d{4,11}(\d{3}[\dXx])(?![\dXx])")
_LEFT_OUT = "（略）"


def mask_of(files: Iterable[ChildFile], pupils: Iterable[str] = ()) -> Callable[[str], str]:
    """Give what hides every name, number and address of these files, and the names of further pupils, in a text."""
    hidden = {name: name[0] + "某" * (len(name) - 1) for name in pupils if len(name) > 1}
    for file in files:
        people = [one.tie.person for one in file.relatives]
        for name in (file.child.name, *(person.name for person in people)):
            if len(name) > 1:
                hidden[name] = name[0] + "某" * (len(name) - 1)
        for secret in (
            file.child.address,
            file.child.household_place,
            file.child.student_no,
            *(person.address for person in people),
        ):
            if len(secret) > 1:
                hidden[secret] = _LEFT_OUT
    found = re.compile("|".join(re.escape(text) for text in sorted(hidden, key=len, reverse=True))) if hidden else None

    def mask(text: str) -> str:
        text = found.sub(lambda hit: hidden[hit.group()], text) if found else text
        return _NUMBER.sub(r"\1****\2", text)

    return mask


def masked(section: Section, mask: Callable[[str], str]) -> Section:
    """Give a section with every text hidden."""
    return replace(section, blocks=tuple(_block(block, mask) for block in section.blocks))


def _block(block: Block, mask: Callable[[str], str]) -> Block:
    match block:
        case Line():
            return Line(tuple(mask(text) for text in block.texts))
        case Para():
            return replace(block, text=mask(block.text))
        case Grid():
            return Grid(tuple(tuple(_entry(entry, mask) for entry in row) for row in block.rows))
        case Listing():
            return replace(block, rows=tuple(tuple(mask(cell) for cell in row) for row in block.rows))
        case _:
            return block


def _entry(entry: Entry, mask: Callable[[str], str]) -> Entry:
    return replace(entry, value=mask(entry.value))
