"""The second act: rows become files, a chunk to a transaction, so that others can work meanwhile and nothing is done twice."""

import time
from collections.abc import Collection, Sequence
from uuid import UUID

from django.db import connection, transaction

from oasis.children.actions.roster_changes import Revision
from oasis.children.actions.rosters import open_files
from oasis.children.models import Child
from oasis.children.rosters import Told, differences, known_files
from oasis.intake import packing
from oasis.intake.classes import made
from oasis.intake.models import Batch, Row
from oasis.intake.picking import without
from oasis.intake.queries import batch_in_reach, rows_of, tallied
from oasis.intake.reading import packed, unpacked
from oasis.intake.remarks import drop
from oasis.intake.standing import SINCE, TAKEN, Waiting, numbers_taken, opened_since, takes_number
from oasis.kit import statistics
from oasis.kit.bulk import calm
from oasis.kit.dates import now
from oasis.kit.refused import Refused
from oasis.kit.sealed import tied
from oasis.people import trail
from oasis.people.roles import ArmKind, Need
from oasis.people.scope import Scope
from oasis.places.models import Klass

CHUNK = 2_000
MANY = 100  # rows that change how full the tables are
SMALL = 3_000  # rows that go in without a pause
PACE = 0.4  # seconds a transaction of a large batch should hold the others up
BREATH = 0.12  # seconds between two of them: a writer waiting for SQLite asks again every tenth of a second
LATER = "预览之后有人改过这份档案，为免覆盖没有导入，请重新导入一次核对。"
State = Batch.State


def commit(scope: Scope, batch: Batch) -> Batch:
    """Do what the preview said; goes on where it stopped, when it was stopped. Raises Refused before a preview."""
    batch = batch_in_reach(scope, batch.pk)
    begin(scope, batch)
    keys = KlassKeys(scope, batch)
    size = CHUNK if batch.total <= SMALL else max(1, CHUNK // 4)
    while True:
        began = time.perf_counter()
        if not commit_chunk(scope, batch, keys, size):
            done = finish(scope, batch)
            if batch.total >= MANY:  # what was known of empty tables misleads once they are filled
                transaction.on_commit(statistics.learn, robust=True)
            return done
        took = time.perf_counter() - began
        if batch.total > SMALL:
            size = max(1, CHUNK // 4, min(CHUNK, round(size * PACE / max(took, 0.01))))
        breathe(batch)


def breathe(batch: Batch) -> None:
    """Let another writer have its turn; PostgreSQL locks rows, not the database, and needs no pause."""
    if connection.vendor == "sqlite" and batch.total > SMALL:
        time.sleep(BREATH)


def begin(scope: Scope, batch: Batch) -> None:
    """Take the batch for committing, once; a batch that was stopped halfway is taken up again."""
    with transaction.atomic():
        held = Batch.objects.within(scope, Need.IMPORT).select_for_update().get(pk=batch.pk)
        if held.state not in (State.PREVIEW, State.COMMITTING):
            raise Refused("not-previewed", "请先核对预览，再确认导入。")
        if held.state == State.PREVIEW:
            held.state, held.done, held.started_at = State.COMMITTING, 0, now()
            held.save(update_fields=["state", "done", "started_at"])
    batch.refresh_from_db()


@calm()
def commit_chunk(scope: Scope, batch: Batch, keys: "KlassKeys", size: int = CHUNK) -> int:
    """Commit the next rows in one transaction; give how many, nothing when all are done."""
    with transaction.atomic():
        held = Batch.objects.within(scope, Need.IMPORT).select_for_update().get(pk=batch.pk)
        # numbered from 0, in this order
        waiting = held.rows.within(scope, Need.IMPORT).filter(number__gte=held.done).order_by("number")
        rows = [Waiting(*row) for row in waiting.values_list(*Waiting._fields)[:size]]
        if not rows or held.state != State.COMMITTING:
            return 0
        left = {row.pk for row in rows if row.left}
        refused = open_new(
            scope, held, [row for row in rows if row.state == Row.State.NEW and row.pk not in left], keys
        )
        refused |= revise(
            scope, held, [row for row in rows if row.state == Row.State.CHANGED and row.pk not in left], keys
        )
        mark_done(scope, held, rows, refused, left)
        held.made_klasses = sorted({*held.made_klasses, *(str(pk) for pk in keys.made)})
        held.done += len(rows)
        held.moved_at = now()
        held.counts = recount(held.counts, rows, refused, left)
        held.save(update_fields=["done", "counts", "made_klasses", "moved_at"])
        note(scope, held, [row for row in rows if row.pk not in left and row.pk not in refused])
        for _second in [why for why in refused.values() if why == TAKEN]:
            trail.note(scope, "child.refused-second", school=held.school_id, subject=str(held.pk))
    return len(rows)


class KlassKeys:
    """The classes of a batch by key; those that are not there yet are made."""

    def __init__(self, scope: Scope, batch: Batch) -> None:
        self.school, self.made = batch.school, list[UUID]()
        rows = Klass.objects.filter(school=batch.school).values_list("stage", "entry_year", "number", "pk")
        self._known = {f"{stage}:{year}:{number}": pk for stage, year, number, pk in rows}
        self.whole = batch.school_id in scope.ids(ArmKind.SCHOOL, Need.IMPORT)
        self.own = scope.ids(ArmKind.KLASS, Need.IMPORT)

    def get(self, key: str) -> UUID | None:
        """Give the class, or None when no class was named or it is out of reach by now."""
        if not key or (not self.whole and (":" in key or UUID(key) not in self.own)):
            return None
        if ":" not in key:
            return UUID(key)
        if key not in self._known:
            self._known[key], new = made(self.school, key)
            if new:
                self.made.append(self._known[key])
        return self._known[key]


def open_new(scope: Scope, batch: Batch, rows: Sequence[Waiting], keys: KlassKeys) -> dict[UUID, str]:
    """Open the files of new rows; those whose child got a file since the preview are refused."""
    told = [(row, *packing.unpacked(row.facts)) for row in rows]
    for row, facts, key in told:
        facts.klass = keys.get(key)
        drop(facts, left_out(row))
    taken = numbers_taken(scope, ((row, facts) for row, facts, _key in told))
    twins = opened_since(scope, batch, [(row, facts) for row, facts, _key in told if not facts.fields.get("id_number")])
    refused: dict[UUID, str] = {}
    files: list[tuple[UUID, Told]] = []
    for row, facts, _key in told:
        if row.pk in taken:
            refused[row.pk] = taken[row.pk]
        elif row.pk in twins:
            refused[row.pk] = SINCE
        elif facts.klass is None or row.child is None:
            refused[row.pk] = "这个班已不在您的负责范围内。"
        else:
            files.append((row.child, facts))
    open_files(scope, school=batch.school, on=batch.on, files=files, batch=batch.pk)
    return refused


def left_out(row: Waiting) -> set[tuple[str, object]]:
    """Give what a person left out of a new file: things that only a remark says."""
    shown = packing.unpacked_differences(row.differences) if row.declined else []
    return {(shown[at].key, shown[at].new) for at in packing.unpacked_places(row.declined)}


def revise(scope: Scope, batch: Batch, rows: Sequence[Waiting], keys: KlassKeys) -> dict[UUID, str]:
    """Change the files of changed rows, each only as far as it still says what the preview showed."""
    known = known_files(scope, [row.child for row in rows if row.child])
    held = Child.objects.within(scope, Need.IMPORT).select_for_update(of=("self",)).select_related("school")
    children = held.in_bulk(list(known)) if known else {}
    refused: dict[UUID, str] = {}
    asked = [(row, *packing.unpacked(row.facts)) for row in rows]
    taken = numbers_taken(scope, ((row, told) for row, told, _key in asked if takes_number(row)))
    for row, told, key in asked:
        shown = packing.unpacked_differences(row.differences)
        if row.child is None or row.child not in children:
            refused[row.pk] = "这份档案已不在您的负责范围内。"
            continue
        if row.pk in taken:
            refused[row.pk] = taken[row.pk]
            continue
        told.klass = None if ":" in key or not key else UUID(key)
        found = differences(known[row.child], told)
        if found != [one for one in shown if ":" not in str(one.new) or one.key != "klass"]:
            refused[row.pk] = LATER
            continue
        if ":" in key and not any(shown[at].key == "klass" for at in packing.unpacked_places(row.declined)):
            told.klass = keys.get(key)
        wanted, shown = without(told, shown, row.declined)
        with transaction.atomic():
            Revision(scope, children[row.child], batch.on, batch.pk).apply(known[row.child], wanted, shown)
    return refused


def mark_done(
    scope: Scope, batch: Batch, rows: Sequence[Waiting], refused: dict[UUID, str], left: Collection[UUID]
) -> None:
    """Note what is done and forget the cells; a refused row keeps its reason, one left out opened no file."""
    span = batch.rows.within(scope, Need.IMPORT).filter(number__range=(rows[0].number, rows[-1].number))
    span.filter(done=False).update(done=True, facts="")
    for pk, why in refused.items():
        span.filter(pk=pk).update(**tied(Row, pk, {"state": Row.State.REFUSED, "said": why, "child": None}))
    if left:
        span.filter(pk__in=left, state=Row.State.NEW).update(child=None)
        span.filter(pk__in=left).update(state=Row.State.LEFT, skip=False)


def recount(
    counts: dict[str, int], rows: Sequence[Waiting], refused: dict[UUID, str], left: Collection[UUID]
) -> dict[str, int]:
    """Give the counts with the rows moved that were refused now or left out."""
    counts = dict(counts)
    for row in rows:
        if row.pk in refused or row.pk in left:
            counts[row.state] -= 1
            to = Row.State.REFUSED if row.pk in refused else Row.State.LEFT
            counts[to] = counts.get(to, 0) + 1
    return counts


def note(scope: Scope, batch: Batch, rows: Sequence[Waiting]) -> None:
    """Put a line on the trail for each child whose file these rows opened or changed, in the transaction that did it."""
    told = dict.fromkeys(row.child for row in rows if row.state in (Row.State.NEW, Row.State.CHANGED) and row.child)
    if told:
        trail.note_many(scope, "roster.child", school=batch.school_id, children=list(told), subject=str(batch.pk))


def finish(scope: Scope, batch: Batch) -> Batch:
    """Close the batch with one line of the trail; of its cells only the rows to be handed back are kept."""
    with transaction.atomic():
        held = Batch.objects.within(scope, Need.IMPORT).select_for_update().get(pk=batch.pk)
        if held.state == State.COMMITTING:
            held.state, held.committed_at = State.DONE, now()
            held.counts |= tallied(scope, held)
            held.save(update_fields=["state", "committed_at", "counts"])
            told = ",".join(f"{name}={held.counts.get(name, 0)}" for name in ("new", "changed", "same", "refused"))
            trail.note(scope, "roster.commit", school=held.school_id, subject=str(held.pk), detail=told)
            forget_cells(scope, held)
    return held


def forget_cells(scope: Scope, batch: Batch) -> None:
    """Forget the cells of the rows that went in whole; those of the rows to be handed back stay for a month."""
    kept: dict[int, set[int]] = {}
    for sheet, line in rows_of(scope, batch, state="unfinished").values_list("sheet", "line"):
        kept.setdefault(sheet, set()).add(line)
    pages = batch.pages.within(scope, Need.IMPORT)
    pages.exclude(sheet__in=kept).delete()
    for pk in list(pages.values_list("pk", flat=True)):  # one by one: a page is large
        page = pages.get(pk=pk)
        lines = [line for line in unpacked(bytes(page.body)) if line.number in kept[page.sheet]]
        if lines:
            page.body = packed(lines)
            page.save(update_fields=["body"])
        else:
            page.delete()
