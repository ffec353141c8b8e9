"""What a field says: words, a day, a yes or no; and how it is written where a form asks for it."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from oasis.kit.dates import zh_full, zh_month
from oasis.papers.plaintext import plain

ASKS_YES = ("是否", "有无", "有没有", "是不是", "能否")
GAP = "\x1f"  # between the boxes that are ticked


@dataclass(frozen=True)
class Said:
    """An answer: its words, the day it is, or the yes or no it comes to; `also` names it as boxes may."""

    text: str = ""
    yes: bool | None = None
    day: date | None = None
    also: tuple[str, ...] = ()
    number: int | None = None


def written(said: Said, label: str, *, long: bool = False) -> str | int:
    """Write an answer as its label asks: a month for 年月, 是 or 否 for 是否, a number as a number."""
    if said.number is not None:
        return said.number
    if said.day is not None:
        month = "年月" in label and "日" not in label
        if long:
            return zh_month(said.day) if month else zh_full(said.day)
        return f"{said.day.year}.{said.day.month}" if month else f"{said.day.year}.{said.day.month}.{said.day.day}"
    if said.yes is not None and any(word in label for word in ASKS_YES):
        return ("有" if said.yes else "无") if "有无" in label or "有没有" in label else "是" if said.yes else "否"
    return plain(said.text)


def ticked(said: Said, label: str, options: Sequence[str]) -> str | None:
    """Give the boxes to tick, joined by GAP; None when none of them says it."""
    names = {said.text, *said.also, *(part for part in said.text.replace("；", "、").split("、"))} - {""}
    if said.yes is not None:
        names |= {"是", "有", "√"} if said.yes else {"否", "无", "没有", "不是"}
    same = [option for option in options if option in names]
    if not same:
        same = [o for o in options if any(len(o) > 1 and len(n) > 1 and (o in n or n in o) for n in names)]
    return GAP.join(same) if same else None
