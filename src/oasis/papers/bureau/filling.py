"""Fills a form: what goes into each place, and what the files do not know."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field, replace
from typing import Any

from oasis.kit.masks import masked
from oasis.papers.bureau.counting import Counts
from oasis.papers.bureau.facts import About
from oasis.papers.bureau.fields import FIGURE, FormField
from oasis.papers.bureau.grid import Body
from oasis.papers.bureau.saying import Said, ticked, written
from oasis.papers.bureau.ties import FIELD, FIXED, HAND, Tie
from oasis.papers.models import Template
from oasis.papers.wording import gap

Job = dict[str, Any]
SECRET = ("id_number", "phone", "student_no")


@dataclass
class Sheet:
    """A form about to be filled: its ties and lists, how nothing is written, and what was found wanting."""

    kind: str
    ties: Sequence[Tie]
    bodies: Sequence[Body]
    empties: str = Template.Empties.DASH
    hide: bool = False
    counts: Counts | None = None
    wanting: list[tuple[About, str]] = field(default_factory=list)

    def value(self, tie: Tie, about: About, klass: Any = None) -> Any:
        """Give what goes into a place; None leaves it to a hand."""
        if tie.what == HAND:
            return None
        if tie.what == FIXED:
            return tie.text
        entry = tie.entry
        if tie.what != FIELD or entry is None:
            return self._nothing(tie, about, "还没有定写什么")
        if entry.about == FIGURE:
            number = self.counts.of(tie, klass) if self.counts else None
            return number if number is not None else self._nothing(tie, about, "没有数字")
        said = entry.says(about) if entry.says else None
        if said is None:
            return self._quiet() if entry.quiet else self._nothing(tie, about, "没有登记")
        return self._said(tie, entry, about, said)

    def _said(self, tie: Tie, entry: FormField, about: About, said: Said) -> Any:
        if tie.options:
            boxes = ticked(said, tie.label, tie.options)
            if boxes is None:
                self.wanting.append((about, f"{tie.words}里没有“{written(said, tie.label)}”这个选项，要手写"))
            return boxes or ""
        told = written(said, tie.label, long=tie.long)
        if self.hide and entry.code.rpartition(".")[2] in SECRET and isinstance(told, str):
            return masked(told)
        return told

    def _quiet(self) -> str:
        return "—"

    def _nothing(self, tie: Tie, about: About, why: str) -> str:
        self.wanting.append((about, f"{tie.words}{why}"))
        if tie.options:
            return ""
        return gap(tie.label or tie.words) if self.empties == Template.Empties.GAP else "—"


def one_each(sheet: Sheet, abouts: Iterable[About]) -> list[Job]:
    """Give a filled copy for each child."""
    return [{"values": _values(sheet, about)} for about in abouts]


def all_in_one(sheet: Sheet, whole: About, abouts: Sequence[About]) -> Job:
    """Give one copy with a row for each child."""
    bodies = []
    for body in sheet.bodies:
        rows = [_row(sheet, body, about) for about in abouts]
        bodies.append(_body(body, rows))
    return {"values": _values(sheet, whole), "bodies": bodies}


def counted(sheet: Sheet, whole: About) -> Job:
    """Give one copy with figures, and a row for each class where there is a list."""
    bodies = []
    for body in sheet.bodies:
        rows = []
        for n, (klass, name) in enumerate(sheet.counts.classes if sheet.counts else (), start=1):
            about = replace(whole, number=n, place=replace(whole.place, label=name))
            rows.append(_row(sheet, body, about, klass))
        bodies.append(_body(body, rows))
    return {"values": _values(sheet, whole), "bodies": bodies}


def _values(sheet: Sheet, about: About) -> dict[str, Any]:
    told = {tie.key: sheet.value(tie, about) for tie in sheet.ties if not tie.listed}
    return {key: value for key, value in told.items() if value is not None}


def _row(sheet: Sheet, body: Body, about: About, klass: Any = None) -> dict[str, Any]:
    row = {}
    for tie in sheet.ties:
        if tie.listed and tie.key.startswith(f"t{body.table}c"):
            value = sheet.value(tie, about, klass)
            if value is not None:
                row[tie.key.partition("c")[2]] = value
    return row


def _body(body: Body, rows: list[dict[str, Any]]) -> dict[str, Any]:
    return {"table": body.table, "first": body.first, "last": body.last, "rows": rows}
