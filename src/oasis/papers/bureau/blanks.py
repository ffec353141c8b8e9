"""Blanks inside a line of words: after a label and a colon, over a rule of underscores, and boxes to tick.

Imports nothing of the house: the process that opens files reads this too.
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass

GAP = " \t\u3000\xa0_＿"
DATE = rf"[{GAP}]*年[{GAP}]+月[{GAP}]+日"
_LABEL = r"[^\s：:_＿、，。；,;□☐√]{1,16}?(?:[（(][^）)]{1,12}[）)])?"
AFTER_COLON = re.compile(rf"(?P<label>{_LABEL})[ \u3000]*[：:](?P<blank>(?:{DATE}|[{GAP}]*))(?=(?P<next>.?))")
RULED = re.compile(r"(?P<label>[\u4e00-\u9fff（）()]{1,16})(?P<blank>[_＿]{2,})")
LONE_DATE = re.compile(rf"^(?P<blank>{DATE})[{GAP}]*$", re.M)
BOX = "□☐"
OPTION = r"[^\s□☐：:，,；;、√]{1,14}"
TICKS = re.compile(
    rf"(?:(?P<label>{_LABEL})[ \u3000]*[：:][ \u3000]*)?(?P<boxes>(?:[{BOX}]\s*{OPTION}\s*[、，,；;]?\s*){{2,}})"
)
TICKS_AFTER = re.compile(
    rf"(?:(?P<label>{_LABEL})[ \u3000]*[：:][ \u3000]*)?(?P<boxes>(?:{OPTION}\s*[{BOX}]\s*[、，,；;]?\s*){{2,}})"
)
NOT_LABELS = frozenset({"注", "说明", "填表说明", "备注说明", "注意", "填表要求", "例", "附"})


@dataclass(frozen=True)
class Blank:
    """A place in a text to be filled: the label before it, where it begins and ends; boxes to tick have options."""

    label: str
    start: int
    end: int
    options: tuple[str, ...] = ()

    @property
    def ticks(self) -> bool:
        """Tell whether it is boxes to tick."""
        return bool(self.options)


def empty(text: str) -> bool:
    """Tell whether a cell holds nothing but room to write, or the words of a date to be written."""
    return not text.strip(GAP + "\r\n") or bool(re.fullmatch(DATE, text.strip(GAP + "\r\n") and text.strip("\r\n")))


def blanks_in(text: str) -> list[Blank]:
    """Give the blanks of a text in reading order."""
    found = [*_ticks(text)]
    for blank in (*_after_colon(text), *_ruled(text), *_dates(text)):
        if not any(blank.start < one.end and one.start < max(blank.end, blank.start + 1) for one in found):
            found.append(blank)
    return sorted(found, key=lambda one: one.start)


def _ticks(text: str) -> Iterator[Blank]:
    if not any(box in text for box in BOX):
        return
    first = re.search(rf"[{BOX}]", text)
    before = text[: first.start()] if first else ""
    boxes_first = not before.strip() or before.rstrip()[-1] in "：:"
    for hit in (TICKS if boxes_first else TICKS_AFTER).finditer(text):
        pattern = rf"[{BOX}]\s*({OPTION})" if boxes_first else rf"({OPTION})\s*[{BOX}]"
        options = tuple(re.findall(pattern, hit["boxes"]))
        yield Blank(hit["label"] or "", hit.start("boxes"), hit.end("boxes"), options)


def _after_colon(text: str) -> Iterator[Blank]:
    for hit in AFTER_COLON.finditer(text):
        label, blank, following = hit["label"].strip(), hit["blank"], hit["next"]
        if label in NOT_LABELS or (following and following in BOX):
            continue
        if following and len(blank) < 2 and "＿" not in blank and "_" not in blank:
            continue  # the words go on: it is filled already, or a sentence
        yield Blank(label, hit.start("blank"), hit.end("blank"))


def _ruled(text: str) -> Iterator[Blank]:
    for hit in RULED.finditer(text):
        yield Blank(hit["label"], hit.start("blank"), hit.end("blank"))


def _dates(text: str) -> Iterator[Blank]:
    for hit in LONE_DATE.finditer(text):
        yield Blank("日期", hit.start("blank"), hit.end("blank"))


def written(text: str, blank: Blank, value: str) -> str:
    """Give the words that take the place of a blank: the value, or the boxes with the right ones ticked."""
    if not blank.ticks:
        room = text[blank.start : blank.end]
        tail = len(room) - len(room.rstrip(GAP)) if "年" not in room else 0
        rest = text[blank.end : blank.end + 1]
        spare = room[len(room) - min(tail, 2) :] if rest and rest not in "\n" else ""
        return value + (re.sub("[_＿]", " ", spare) or ("  " if rest and rest not in "\n人名次岁元个" else ""))
    chosen = set(value.split("\x1f")) if value else set()
    boxes = text[blank.start : blank.end]
    for option in blank.options:
        if option in chosen:
            boxes = re.sub(rf"[{BOX}](\s*){re.escape(option)}(?=$|[\s{BOX}、，,；;])", rf"☑\1{option}", boxes, count=1)
            boxes = (
                re.sub(rf"(^|[\s、，,；;☑{BOX}]){re.escape(option)}(\s*)[{BOX}]", rf"\1{option}\2☑", boxes, count=1)
                if (f"☑{option}" not in boxes.replace(" ", ""))
                else boxes
            )
    return boxes
