"""Hides who the children and families are in blocks that leave the school: names, numbers, addresses; teachers stay."""

import re
from collections.abc import Callable, Collection, Iterable
from dataclasses import replace

from oasis.papers.files import ChildFile
from oasis.papers.official.form import Entry
from oasis.papers.sheets.shape import Block, Grid, Line, Listing, Para, Section

_DAY = r"(?<!\d)(?:19|20)\d\d-(?:0?[1-9]|1[0-2])-(?:0?[1-9]|[12]\d|3[01])(?!\d)"
_GAP = " \\-\u3000\xa0－–—"  # what people put between the digits of a number
_YEARS = rf"(?<!\d)(?:19|20)\d\d[{_GAP}]+(?:19|20)\d\d(?!\d)"
_NUMBER = re.compile(rf"{_DAY}|{_YEARS}|(?P<run>(?<!\d)\d(?:(?!{_DAY})[\d{_GAP}]){{5,}}[\dXx](?!\d))(?P<money>元?)")
_LEAST, _LONG = 7, 10  # digits of a number worth hiding; of one whose ends may stay to tell it from others
_SHORTEST = 5  # digits of a phone on file: a shorter one would hide years and counts
_LEFT_OUT = "（略）"


def mask_of(files: Collection[ChildFile], pupils: Iterable[str] = ()) -> Callable[[str], str]:
    """Give what hides every name, number and address of these files, and the names of further pupils, in a text."""
    hidden = {name: name[0] + "某" * (len(name) - 1) for name in pupils if len(name) > 1}
    for file in files:
        people = [one.tie.person for one in file.relatives]
        for name in (file.child.name, *(person.name for person in people if not person.nameless)):
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
    rung = _phones(files)

    def mask(text: str) -> str:
        text = found.sub(lambda hit: hidden[hit.group()], text) if found else text
        return _NUMBER.sub(_hide, rung.sub(_LEFT_OUT, text) if rung else text)

    return mask


def _phones(files: Collection[ChildFile]) -> re.Pattern[str] | None:
    """Give what finds every phone of these files, however its digits are set apart."""
    known = {file.child.village_phone for file in files}
    known |= {phone.number for file in files for one in file.relatives for phone in one.phones}
    bare = {re.sub(r"\D", "", part) for number in known for part in re.findall(rf"\d[\d{_GAP}]*", number)}
    apart = [f"[{_GAP}]*".join(number) for number in sorted(bare, key=len, reverse=True) if len(number) >= _SHORTEST]
    return re.compile(rf"(?<!\d)(?:{'|'.join(apart)})(?!\d)") if apart else None


def _hide(hit: re.Match[str]) -> str:
    """Hide a run of digits; days, school years and sums of money stay."""
    whole, run, money = hit.group(), hit.group("run"), hit.group("money")
    bare = re.sub(f"[{_GAP}]", "", run or "")
    if len(bare) < _LEAST or (money and len(bare) < _LONG):
        return whole
    return (f"{bare[:3]}****{bare[-3:]}" if len(bare) >= _LONG else _LEFT_OUT) + money


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
