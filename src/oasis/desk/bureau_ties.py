"""What each place of a bureau's form is filled with, as the page lists it and as it is sent back."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from django import forms

from oasis.papers.bureau.fields import offered
from oasis.papers.bureau.places import address
from oasis.papers.bureau.queries import Opened
from oasis.papers.bureau.ties import FIELD, FIXED, HAND, OPEN, Tie, cut_choices
from oasis.papers.models import Template, TemplateFile

WHOLE = "全部"
REMARKS = {
    "nested": "表格里面还套着表格，里面那层填不到，要手写。",
    "controls": "表里有“内容控件”，填好后请看一看有没有错位。",
    "pictures": "表里有图片或图表，填好后可能不在了，请在试填的文件里看一看。",
}


@dataclass(frozen=True)
class Line:
    """A place as the page lists it: its number, the tie, and what the select and fields hold now, with their words."""

    number: int
    tie: Tie
    value: str
    text: str
    cut: str
    label: str
    only: str

    @property
    def unknown(self) -> bool:
        """Tell whether nobody has decided yet."""
        return self.value == OPEN

    @property
    def shown(self) -> str:
        """What stands in the place on the picture of the form."""
        return self.text if self.value == FIXED else self.label


@dataclass(frozen=True)
class Places:
    """The places of a form in order, and how far they are settled."""

    opened: Opened
    lines: list[Line]

    @property
    def waiting(self) -> list[Line]:
        """Those nobody has decided about."""
        return [line for line in self.lines if line.unknown]

    @property
    def settled(self) -> list[Line]:
        """Those that are decided."""
        return [line for line in self.lines if not line.unknown]

    @property
    def tried(self) -> bool:
        """Tell whether the form was filled with samples as it stands."""
        return self.opened.file.tried_at is not None and not self.waiting

    @property
    def to_look(self) -> bool:
        """Tell whether all is decided and nobody has looked at it filled yet."""
        return self.opened.file.tried_at is None and not self.waiting

    @property
    def fit(self) -> bool:
        """Tell whether the form may be put in use."""
        return self.tried and self.opened.file.state != TemplateFile.State.USED

    def spots(self) -> dict[str, list[Line]]:
        """Give the lines by where their numbers stand on the picture: p3, or t0r2c1; of a list in its first row."""
        found: dict[str, list[Line]] = {}
        for line in self.lines:
            spot = address(line.tie.key)
            if spot.paragraph >= 0:
                found.setdefault(f"p{spot.paragraph}", []).append(line)
                continue
            first = next((body.first for body in self.opened.bodies if body.table == spot.table), -1)
            row = spot.row if spot.row >= 0 else first
            found.setdefault(f"t{spot.table}r{row}c{spot.column}", []).append(line)
        return found


class TieForm(forms.Form):
    """What is sent with a sheet: what each place is filled with, the name of the form, what stands for the unknown."""

    number = forms.IntegerField(max_value=99999, min_value=0)
    title = forms.CharField(label="表名", max_length=60)
    empties = forms.ChoiceField(label="档案里没有登记的内容", choices=Template.Empties.choices)

    def __init__(self, *args: Any, opened: Opened, **kwargs: Any) -> None:
        """Ask about each place."""
        super().__init__(*args, **{"initial": stands(opened)} | kwargs)
        labels = labels_of(opened)
        for line in lines_of(opened):
            key, place = line.tie.key, f"第{line.number}格“{line.tie.words}”"
            self.fields[f"w-{key}"] = forms.ChoiceField(
                label=f"{place}填什么", choices=list(labels.items()), required=False
            )
            self.fields[f"x-{key}"] = forms.CharField(label=f"{place}的固定文字", max_length=100, required=False)
            self.fields[f"c-{key}"] = forms.ChoiceField(
                label=f"{place}只数哪些", choices=[("", WHOLE), *cut_choices()], required=False
            )


def stands(opened: Opened) -> dict[str, Any]:
    """Give what the fields of the form hold as kept."""
    told: dict[str, Any] = {"title": opened.template.title, "empties": opened.template.empties}
    for line in lines_of(opened):
        told |= {f"w-{line.tie.key}": line.value, f"x-{line.tie.key}": line.text, f"c-{line.tie.key}": line.cut}
    return told


def lines_of(opened: Opened, sent: Mapping[str, str] | None = None) -> list[Line]:
    """Give the places in order, as kept or as just sent."""
    labels, cuts, sent = labels_of(opened), dict(cut_choices()), sent or {}
    lines = []
    for n, tie in enumerate(opened.ties, start=1):
        value = sent.get(f"w-{tie.key}", f"{FIELD}:{tie.field}" if tie.what == FIELD else tie.what)
        text, cut = sent.get(f"x-{tie.key}", tie.text), sent.get(f"c-{tie.key}", tie.cut)
        value = value if value in labels else OPEN
        lines.append(Line(n, tie, value, text, cut, labels[value], cuts.get(cut, WHOLE)))
    return lines


def chosen(value: str, text: str, cut: str) -> tuple[str, str, str, str]:
    """Give what was chosen for a place: what, field, cut, words."""
    what, _, field = value.partition(":")
    return (what, field, cut, text)


def labels_of(opened: Opened) -> dict[str, str]:
    """Give the words of everything a place may be filled with."""
    labels = {f"{FIELD}:{code}": label for _group, fields in offered(opened.template.kind) for code, label in fields}
    return labels | {FIXED: "写固定文字", HAND: "留给人手填", OPEN: "还没有定"}
