"""What each place of a form is tied to: a field, fixed words, a hand, or nothing yet."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import asdict, dataclass, replace
from typing import Any

from oasis.figures.cuts import CUTS
from oasis.kit.heads import normal
from oasis.kit.refused import Refused
from oasis.papers.bureau.fields import CHILD, FIGURE, FORM_FIELDS, PLACE, FormField
from oasis.papers.bureau.grid import Body, Spot
from oasis.papers.bureau.spots import FIGURES, ROSTER

FIELD, FIXED, HAND, OPEN = "field", "fixed", "hand", ""
CUTTING = ("grade", "sex", "kind", "boarding", "age", "rating", "registered")
MOST_WORDS = 100


@dataclass(frozen=True)
class Tie:
    """A place and what it is tied to."""

    key: str
    label: str
    group: str = ""
    options: tuple[str, ...] = ()
    long: bool = False
    listed: bool = False
    what: str = OPEN
    field: str = ""
    cut: str = ""
    text: str = ""

    @property
    def words(self) -> str:
        """Name the place as a person finds it on the form."""
        label = self.label or "（没有标题的格子）"
        return f"{self.group} · {label}" if self.group and self.group != self.label else label

    @property
    def entry(self) -> FormField | None:
        """The field, where it is tied to one."""
        return FORM_FIELDS.get(self.field) if self.what == FIELD and self.field in FORM_FIELDS else None

    @property
    def chosen(self) -> dict[str, str]:
        """The cut a figure is narrowed to."""
        cut, _, value = self.cut.partition(":")
        return {cut: value} if value else {}


def ties_of(spots: Iterable[Spot]) -> list[Tie]:
    """Make ties of places as guessed."""
    made = []
    for spot in spots:
        what = HAND if spot.by_hand else FIELD if spot.guess else OPEN
        made.append(
            Tie(spot.key, spot.label, spot.group, spot.options, spot.long, spot.listed, what, spot.guess, spot.cut)
        )
    return made


def packed(ties: Iterable[Tie], bodies: Iterable[Body]) -> dict[str, Any]:
    """Give ties and lists as they are kept."""
    return {"ties": [asdict(tie) for tie in ties], "bodies": [asdict(body) for body in bodies]}


def unpacked(kept: Mapping[str, Any]) -> tuple[list[Tie], list[Body]]:
    """Give ties and lists back."""
    ties = [Tie(**{**one, "options": tuple(one["options"])}) for one in kept["ties"]]
    return ties, [Body(**one) for one in kept["bodies"]]


def carried(new: Sequence[Tie], old: Iterable[Tie]) -> list[Tie]:
    """Keep what a person tied before, for places whose words are the same; the n-th of equal words goes to the n-th."""
    held: dict[tuple[str, str, bool], list[Tie]] = {}
    for tie in old:
        held.setdefault(_name(tie), []).append(tie)
    made = []
    for tie in new:
        before = held.get(_name(tie))
        one = before.pop(0) if before else None
        keep = one is not None and one.what != OPEN
        made.append(replace(tie, what=one.what, field=one.field, cut=one.cut, text=one.text) if one and keep else tie)
    return made


def _name(tie: Tie) -> tuple[str, str, bool]:
    return normal(tie.group), normal(tie.label), tie.listed


def fits(tie: Tie, kind: str, one: FormField) -> bool:
    """Tell whether a field can stand in a place of a form of this kind."""
    if one.about == PLACE:
        return True
    if kind == FIGURES:
        return one.about == FIGURE
    return one.about == CHILD and (kind != ROSTER or tie.listed)


def retied(ties: Sequence[Tie], kind: str, chosen: Mapping[str, tuple[str, str, str, str]]) -> list[Tie]:
    """Take a person's choices by address: what, field, cut, words. Raises Refused for one that cannot be."""
    made = []
    for tie in ties:
        what, field, cut, text = chosen.get(tie.key, (tie.what, tie.field, tie.cut, tie.text))
        one = FORM_FIELDS.get(field) if field in FORM_FIELDS else None
        if what not in (FIELD, FIXED, HAND, OPEN) or (what == FIELD and (one is None or not fits(tie, kind, one))):
            raise Refused("no-such-field", f"“{tie.words}”选的内容不能用在这里，请重新选择")
        if what == FIXED and not text.strip():
            raise Refused("no-words", f"“{tie.words}”选了写固定文字，请填上要写的文字")
        if len(text) > MOST_WORDS:
            raise Refused("long", f"“{tie.words}”的固定文字最多{MOST_WORDS}个字")
        if cut and cut not in dict(cut_choices()):
            raise Refused("no-such-cut", f"“{tie.words}”选的范围不在列表里，请重新选择")
        made.append(_chosen(tie, what, one if what == FIELD else None, cut, text.strip() if what == FIXED else ""))
    return made


def _chosen(tie: Tie, what: str, one: FormField | None, cut: str, text: str) -> Tie:
    narrowed = cut if one is not None and one.about == FIGURE else ""
    return replace(tie, what=what, field=one.code if one else "", cut=narrowed, text=text)


def cut_choices() -> list[tuple[str, str]]:
    """Give what a figure may be narrowed to."""
    return [
        (f"{code}:{value}", f"{CUTS.get(code).label}：{label}")
        for code in CUTTING
        for value, label in CUTS.get(code).values
        if value
    ]
