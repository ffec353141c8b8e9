"""Turns figures into plain sentences that say what the figures say, and no more."""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from enum import Enum
from string import Formatter

_MISSING, _DOUBTED = "待补", "待核对"  # what a person still has to fill, or to check
_GAP = re.compile(f"(【(?:{_MISSING}|{_DOUBTED})[^】]*】)")


@dataclass(frozen=True)
class Cited:
    """A figure a text stands on: what it is, what it was, and where its list is."""

    code: str
    label: str
    value: float | None
    unit: str = "人"
    place: str = ""
    period: str = ""

    @property
    def shown(self) -> str:
        """The value as it stands in the text; a missing one is a marked gap."""
        return gap(self.label) if self.value is None else number(self.value)

    @property
    def some(self) -> bool:
        """Tell whether there is anything to report."""
        return bool(self.value)


@dataclass(frozen=True)
class Told:
    """A text and the figures in it, in the order they are read."""

    text: str = ""
    cited: tuple[Cited, ...] = ()

    def __add__(self, other: "Told") -> "Told":
        return Told(self.text + other.text, self.cited + other.cited)

    def __bool__(self) -> bool:
        return bool(self.text)


class Band(Enum):
    """How far a duty has been carried out."""

    NOBODY_DUE = "nobody-due"
    NOTHING = "nothing"
    FEW = "few"
    MANY = "many"
    MOST = "most"
    ALL = "all"


def gap(what: str) -> str:
    """Mark what the records cannot say, for a person to fill."""
    return f"【{_MISSING}：{what}】"


def doubt(what: str) -> str:
    """Mark what a person has to check before the text goes out."""
    return f"【{_DOUBTED}：{what}】"


def cut_at_gaps(text: str) -> Iterator[tuple[str, bool]]:
    """Give a text in pieces, each with whether it is a mark that a person has to deal with; pages and Word files show these."""
    return ((piece, bool(place % 2)) for place, piece in enumerate(_GAP.split(text)) if piece)


def number(value: float) -> str:
    """Write a number without needless noughts."""
    return str(int(value)) if float(value).is_integer() else f"{value:.1f}".rstrip("0").rstrip(".")


def percent(part: float, whole: float) -> str:
    """Write a share; less than all is never shown as 100%, more than nothing never as 0%."""
    if whole <= 0:
        return "—"
    share = round(100 * part / whole, 1)
    if part < whole and share >= 100:
        share = 99.9
    if part > 0 and share <= 0:
        share = 0.1
    return f"{number(share)}%"


def band(done: float, due: float) -> Band:
    """Judge how far a duty has been carried out."""
    if due <= 0:
        return Band.NOBODY_DUE
    if done <= 0:
        return Band.NOTHING
    if done >= due:
        return Band.ALL
    return Band.FEW if done * 2 < due else Band.MANY if done * 10 < due * 9 else Band.MOST


def tell(template: str, **figures: Cited) -> Told:
    """Fill named places with figures and remember them in reading order."""
    cited = tuple(figures[name] for _, name, _, _ in Formatter().parse(template) if name)
    shown = template.format(**{name: figure.shown for name, figure in figures.items()})
    return Told(shown, tuple(one for one in cited if one.value is not None))


_COVERAGE = {
    Band.NOBODY_DUE: "{when}没有应{act}的孩子。",
    Band.NOTHING: "{when}应{act}的孩子{{due}}人，目前没有一条记录。",
    Band.FEW: "{when}应{act}的孩子{{due}}人，至少{act}一次的{{done}}人，占{share}，其余{left}人一次也没有，差距较大。",
    Band.MANY: "{when}应{act}的孩子{{due}}人，至少{act}一次的{{done}}人，占{share}，还有{left}人需要补上。",
    Band.MOST: "{when}应{act}的孩子{{due}}人，至少{act}一次的{{done}}人，占{share}，其余{left}人还没有。",
    Band.ALL: "{when}应{act}的孩子{{due}}人，都至少{act}一次。",
}


def coverage(act: str, done: Cited, due: Cited, *, when: str = "本学期") -> Told:
    """Say how many of those due were reached; praise only what was done in full."""
    if done.value is None or due.value is None:
        return Told(f"{act}的落实情况{gap(f'{when}{act}情况')}。")
    template = _COVERAGE[band(done.value, due.value)].format(
        act=act,
        when=when,
        share=percent(done.value, due.value),
        left=number(max(due.value - done.value, 0)),
    )
    return tell(template, done=done, due=due)


def change(now: Cited, before: float | None, *, than: str = "上学期") -> Told:
    """Say how a figure moved since last time, as the tail of a sentence."""
    if before is None or now.value is None:
        return Told()
    moved = now.value - before
    if moved == 0:
        return Told(f"，与{than}持平")
    return Told(f"，比{than}{'增加' if moved > 0 else '减少'}{number(abs(moved))}{now.unit}")


def listing(figures: Sequence[Cited], *, none: str = "") -> Told:
    """Name the figures that are not nought: 谈心12人次、家访3人次."""
    told = [tell(f"{one.label}{{one}}{one.unit}", one=one) for one in figures if one.some]
    return joined(told, "、") if told else Told(none)


def joined(texts: Sequence[Told], between: str = "") -> Told:
    """Join texts that say something."""
    whole = Told()
    for text in texts:
        if text:
            whole = whole + (Told(between) if whole else Told()) + text
    return whole


def shifted(figure: Cited, label: str) -> Cited:
    """Give the same figure another name in the sentence."""
    return replace(figure, label=label)
