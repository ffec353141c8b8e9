"""Reading of batches: whose they are, how they are laid out, what their rows say."""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any
from uuid import UUID

from django.db.models import Case, Q, Value, When

from oasis.intake.cleaning.klasses import KlassName
from oasis.intake.facts import FactReader
from oasis.intake.layout import Column, Layout
from oasis.intake.models import Batch, Row
from oasis.intake.sheets import SHEETS
from oasis.kit.refused import Refused
from oasis.people.closed import ScopedQuerySet
from oasis.people.roles import ArmKind, Need
from oasis.people.scope import Scope

TALLIED = ("new", "changed", "same", "refused", "doubt", "newer", "unnumbered", "said")
# Headings that ask who cares in fact, not who is the guardian by law.
ACTUAL = re.compile("实际|照料|照护|照顾|照看|照管|看护|看管|抚养|代管|谁")


@dataclass(frozen=True, slots=True)
class LayoutGroup:
    """Sheets of one file with the same headings."""

    signature: str
    columns: tuple[Column, ...]
    kind: str
    sheets: list[str]
    without_klass: list[str]

    @property
    def names_klass(self) -> bool:
        """Tell whether every row is sure to name its class."""
        fields = {column.field for column in self.columns}
        return bool(fields & {"klass", "grade"}) or not self.without_klass


def batches(scope: Scope) -> ScopedQuerySet[Batch]:
    """Give the batches a person may see: a school's for who leads it, one's own for a homeroom teacher."""
    rows = Batch.objects.within(scope, Need.IMPORT)
    if not scope.ids(ArmKind.SCHOOL, Need.IMPORT):
        rows = rows.filter(by=scope.actor)
    return rows.select_related("school", "by", "default_klass").order_by("-at")


def batch_in_reach(scope: Scope, pk: UUID) -> Batch:
    """Give a batch, or raise Refused when it is out of reach."""
    batch = batches(scope).filter(pk=pk).first()
    if batch is None:
        raise Refused("out-of-reach", "没有找到这批名册。")
    return batch


def rows_of(scope: Scope, batch: Batch, *, state: str = "", after: int = -1) -> ScopedQuerySet[Row]:
    """Give rows of a batch in reach in their order: of one state, or the doubtful, or those with something said.

    They begin behind the row numbered `after`. Those to `look` at come with what has to be decided first: of them it is a place.
    """
    rows: ScopedQuerySet[Row] = batch.rows.within(scope, Need.IMPORT)
    if state == "look":
        return _to_look_at(rows)[after + 1 :]
    rows = rows.filter(number__gt=after)
    if state in ("doubt", "newer", "unnumbered"):
        rows = rows.filter(**{state: True})
    elif state == "unfinished":
        rows = rows.filter(Q(state__in=(Row.State.REFUSED, Row.State.LEFT)) | Q(skip=True) | Q(unnumbered=True))
    elif state == "left":
        rows = rows.filter(Q(skip=True) | Q(state=Row.State.LEFT))
    elif state == "said":
        rows = rows.exclude(said="").exclude(state=Row.State.REFUSED)
    elif state and state != "all":
        rows = rows.filter(state=state)
    return rows.order_by("number")


def tallied(scope: Scope, batch: Batch) -> dict[str, int]:
    """Count the rows of a preview anew as its lists give them; those left out are counted where they are ticked."""
    return {code: rows_of(scope, batch, state=code).count() for code in TALLIED}


def _to_look_at(rows: ScopedQuerySet[Row]) -> ScopedQuerySet[Row]:
    """Leave out the rows that open a file or change nothing, and of which nothing is said."""
    plain = Q(state__in=(Row.State.NEW, Row.State.SAME), doubt=False, unnumbered=False, newer=False, said="")
    asks = Q(doubt=True) | Q(unnumbered=True) | Q(newer=True)
    return rows.exclude(plain).order_by(Case(When(asks, then=Value(0)), default=Value(1)), "number")


def touched_rows(scope: Scope, batch: Batch) -> ScopedQuerySet[Row]:
    """Give the rows that opened or changed a file and are not yet taken back."""
    rows: ScopedQuerySet[Row] = batch.rows.within(scope, Need.IMPORT)
    return rows.filter(done=True, state__in=(Row.State.NEW, Row.State.CHANGED))


def layouts_of(batch: Batch) -> Iterator[tuple[Layout, dict[str, Any]]]:
    """Give the layouts of a batch as confirmed, each with what is kept beside it."""
    for raw in batch.layouts:
        columns = tuple(Column(**{**column, "samples": tuple(column["samples"])}) for column in raw["columns"])
        klass = KlassName(*raw["klass"]) if raw["klass"] else None
        plain = {key: value for key, value in raw.items() if key not in ("at", "merges", "columns", "klass")}
        yield Layout(columns=columns, klass=klass, **plain), raw


def reader_for(batch: Batch, layout: Layout) -> FactReader:
    """Make the reader of a sheet's rows by its confirmed columns."""
    return FactReader(
        [(column.at, column.field) for column in layout.columns if column.field],
        on=batch.on,
        demo=batch.school.demo,
        since_1904="1904" in batch.remarks,
        all_left_behind=SHEETS.get(layout.kind).all_left_behind,
        actual_carer=any(c.field == "carer.name" and ACTUAL.search(c.head) for c in layout.columns),
    )


def layout_groups(batch: Batch) -> list[LayoutGroup]:
    """Give the sheets of a batch grouped by their headings: their columns are confirmed once."""
    groups: dict[str, LayoutGroup] = {}
    for layout, _raw in layouts_of(batch):
        group = groups.setdefault(
            layout.signature, LayoutGroup(layout.signature, layout.columns, SHEETS.get(layout.kind).label, [], [])
        )
        group.sheets.append(layout.sheet)
        if layout.klass is None:
            group.without_klass.append(layout.sheet)
    return list(groups.values())


def counted(batch: Batch, state: str) -> int:
    """Give how many rows of a batch are of a state, doubtful or spoken about."""
    if state in ("", "all"):
        return sum(batch.counts.get(one, 0) for one in Row.State.values)
    if state == Row.State.LEFT and batch.state == Batch.State.PREVIEW:
        state = "out"
    return int(batch.counts.get(state, 0))
