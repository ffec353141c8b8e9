"""A roster in two acts: preview says what each row would do, commit does it; and a batch can be taken back."""

import re
from collections import Counter
from collections.abc import Iterable, Mapping
from contextlib import suppress
from dataclasses import asdict
from datetime import date, timedelta
from typing import Any
from uuid import UUID

from django.db import transaction

from oasis.intake.fields import FIELDS
from oasis.intake.layout import Layout, laid_out
from oasis.intake.models import EVERYBODY, Batch, Page, Remembered
from oasis.intake.picking import counted_anew
from oasis.intake.previewing import judge_of, judged
from oasis.intake.queries import batch_in_reach, layouts_of, reader_for
from oasis.intake.reading import LARGEST, Book, read
from oasis.intake.rows import Walker
from oasis.kit.bulk import calm, insert
from oasis.kit.dates import now
from oasis.kit.ids import new_id
from oasis.kit.refused import Refused
from oasis.people import trail
from oasis.people.roles import ArmKind, Need
from oasis.people.scope import Scope
from oasis.places.models import Klass, School

KEEP_DAYS = 30
STATED = re.compile(r"(?:填报|制表|填表|统计|更新|截止|截至|上报)(?:日期|时间)?\D{0,3}(20\d\d)\D(\d{1,2})\D(\d{1,2})")
State = Batch.State


@calm()
def receive(scope: Scope, *, name: str, data: bytes, school: UUID | None = None, largest: int = LARGEST) -> Batch:
    """Read a file, find its columns and keep its cells for the preview; raises Refused when it is no roster."""
    place, klass = where(scope, school)
    book = read(data, largest=largest)
    found = [(at, layout) for at, sheet in enumerate(book.sheets) if not sheet.hidden and (layout := laid_out(sheet))]
    if not found:
        raise Refused(
            "roster-no-names", "没有找到“姓名”这一列。请检查第一行（或前几行）是不是列标题，标题里要有“姓名”。"
        )
    forget_old(scope)
    with transaction.atomic():
        batch = Batch.objects.create(
            school=place, klass=klass, by_id=scope.actor, on=scope.on, name=name[-120:], default_klass=klass,
            remarks=list(book.remarks), layouts=[laid(at, layout, book) for at, layout in found],
            total=sum(book.sheets[at].rows for at, _layout in found),
            made_on=made_on([layout.title for _at, layout in found], book.changed_on, scope.on),
        )  # fmt: skip
        keep_pages(batch, book, [at for at, _layout in found])
        recall(scope, batch)
    return batch


def made_on(titles: Iterable[str], changed_on: date | None, today: date) -> date | None:
    """Say of which day a roster tells: the day written above its rows, else the day it was last saved."""
    for found in filter(None, map(STATED.search, titles)):
        with suppress(ValueError):
            stated = date(*map(int, found.groups()))
            return stated if stated <= today else None
    return changed_on if changed_on and changed_on <= today else None


def forget_old(scope: Scope) -> None:
    """Forget cells nobody came back for: those of rows to be handed back and batches never confirmed, after a month."""
    old = now() - timedelta(days=KEEP_DAYS)
    Page.objects.within(scope, Need.IMPORT).filter(batch__at__lt=old).delete()
    Batch.objects.within(scope, Need.IMPORT).filter(at__lt=old, state__in=(State.COLUMNS, State.PREVIEW)).delete()


def where(scope: Scope, school: UUID | None) -> tuple[School, Klass | None]:
    """Give the school an importer fills, and the one class of a homeroom teacher."""
    schools = scope.ids(ArmKind.SCHOOL, Need.IMPORT)
    own = list(Klass.objects.filter(pk__in=scope.ids(ArmKind.KLASS, Need.IMPORT)).select_related("school"))
    if schools and (school is None or school in schools):
        return School.objects.get(pk=school or min(schools)), None
    mine = [klass for klass in own if school in (None, klass.school_id)]
    if not mine:
        raise Refused("out-of-reach", "没有导入名册的权限。")
    return mine[0].school, mine[0]


def laid(at: int, layout: Layout, book: Book) -> dict[str, Any]:
    """Write a layout as JSON, with the cells merged downwards of its sheet."""
    merges = [merge for merge in book.sheets[at].merges if merge[2] > merge[0]]
    return asdict(layout) | {"at": at, "merges": merges, "klass": list(layout.klass) if layout.klass else None}


def keep_pages(batch: Batch, book: Book, sheets: Iterable[int]) -> None:
    """Keep the cells of the sheets with children, page by page."""
    number = 0
    rows = []
    for at in sheets:
        for page in book.sheets[at].pages:
            rows.append((new_id(), batch.pk, number, at, page))
            number += 1
    insert(Page, ("id", "batch_id", "number", "sheet", "body"), rows)


def chooser(scope: Scope, batch: Batch) -> UUID:
    """Say for whom a choice counts: the whole school's when its leaders choose, else only one's own."""
    return EVERYBODY if batch.school_id in scope.ids(ArmKind.SCHOOL, Need.IMPORT) else scope.person


def recall(scope: Scope, batch: Batch) -> None:
    """Use again what was chosen for the same headings before: one's own choice before the school's."""
    kept = Remembered.objects.everywhere(why="choices about headings name nobody; the school's and one's own")
    kept = kept.filter(school=batch.school, owner__in=(EVERYBODY, scope.person))
    choices = {owner: dict[str, dict[str, str]]() for owner in (EVERYBODY, scope.person)}
    for owner, signature, fields in kept.values_list("owner", "signature", "fields"):
        choices[owner][signature] = fields
    known = choices[EVERYBODY] | choices[scope.person]
    if any(layout["signature"] in known for layout in batch.layouts):
        apply_columns(
            batch, {s: {int(at): code for at, code in chosen.items()} for s, chosen in known.items()}, "上次的选择"
        )
        batch.save(update_fields=["layouts"])


def apply_columns(batch: Batch, chosen: Mapping[str, Mapping[int, str]], why: str) -> None:
    """Put chosen fields into the layouts of a batch, with the reason beside them."""
    for layout in batch.layouts:
        for column in layout["columns"]:
            code = chosen.get(layout["signature"], {}).get(column["at"])
            if code is not None and (code or None) != column["field"] and (not code or code in FIELDS):
                column.update(field=code or None, confidence=1.0, why=why)


def choose(scope: Scope, batch: Batch, *, columns: Mapping[str, Mapping[int, str]], klass: UUID | None = None, told_on: date | None = None) -> Batch:  # fmt: skip
    """Take a person's correction of the columns, by signature and column, and remember it for the next file."""
    batch = batch_in_reach(scope, batch.pk)
    for chosen in columns.values():
        twice = [code for code, times in Counter(code for code in chosen.values() if code).items() if times > 1]
        if any(code and code not in FIELDS for code in chosen.values()):
            raise Refused("no-such-field", "有一列选的内容不在列表里，请重新选择。")
        if twice:
            raise Refused("column-twice", f"有两列都选了“{FIELDS.get(twice[0]).label}”，请只留一列。")
        if "name" not in chosen.values():
            raise Refused("no-name-column", "请指明哪一列是姓名。")
    if klass and klass not in {one.pk for one in classes_to_fill(scope, batch)}:
        raise Refused("out-of-reach", "请选择自己负责的班级。")
    if told_on and told_on > scope.on:
        raise Refused("future", "名册的日期不能晚于今天。")
    owner = chooser(scope, batch)
    with transaction.atomic():
        apply_columns(batch, columns, "由您指定")
        batch.default_klass_id = klass or (batch.klass_id if batch.klass_id else None)
        batch.made_on = told_on or batch.made_on
        batch.save(update_fields=["layouts", "default_klass", "made_on"])
        Remembered.objects.bulk_create(
            [
                Remembered(
                    school=batch.school, owner=owner, signature=s, fields={str(at): code for at, code in chosen.items()}
                )
                for s, chosen in columns.items()
            ],
            update_conflicts=True,
            unique_fields=["school", "signature", "owner"],
            update_fields=["fields"],
        )
    return batch


def classes_to_fill(scope: Scope, batch: Batch) -> list[Klass]:
    """Give the classes of the batch's school that a person may fill, lowest grade first."""
    rows = Klass.objects.filter(school=batch.school_id)
    if batch.school_id not in scope.ids(ArmKind.SCHOOL, Need.IMPORT):
        rows = rows.filter(pk__in=scope.ids(ArmKind.KLASS, Need.IMPORT))
    return list(rows.order_by("stage", "-entry_year", "number").select_related("school"))


def preview(scope: Scope, batch: Batch) -> Batch:
    """Judge every row and write down what it would do; an earlier preview is thrown away. Changes no file."""
    batch = batch_in_reach(scope, batch.pk)
    with transaction.atomic():
        held = Batch.objects.within(scope, Need.IMPORT).select_for_update().get(pk=batch.pk)
        if held.state not in (State.COLUMNS, State.PREVIEW, State.PREVIEWING):
            raise Refused("too-late", "这批名册已经导入，不能再改。")
        batch.rows.within(scope, Need.IMPORT).delete()
        batch.state, batch.done, batch.counts, batch.left_aside = State.PREVIEWING, 0, {}, []
        batch.save(update_fields=["state", "done", "counts", "left_aside"])
    judge = judge_of(scope, batch)
    counts = Counter({"undated": 0, "unpaired": 0})
    for layout, raw in layouts_of(batch):
        walker = Walker(layout, tuple(tuple(merge) for merge in raw["merges"]))
        reader = reader_for(batch, layout)
        several = f"“{layout.sheet}”" if len(batch.layouts) > 1 else ""
        # one by one: an open cursor would hold an old picture of the database, and SQLite refuses to write after it
        pages = batch.pages.within(scope, Need.IMPORT).filter(sheet=raw["at"])
        for pk in list(pages.values_list("pk", flat=True)):
            with calm():
                facts = [reader.read(row) for row in walker.rows(bytes(pages.get(pk=pk).body))]
                judged(scope, batch, raw["at"], judge.judge(facts, several), counts)
        batch.left_aside += [[layout.sheet, number, text] for number, text in walker.left_aside]
    batch.state, batch.counts = State.PREVIEW, {**counts, "klasses": judge.classes.to_make()}
    batch.left_aside = batch.left_aside[:200]
    with transaction.atomic():
        batch.save(update_fields=["state", "done", "left_aside"])
        counted_anew(scope, batch)
        told = f"rows={batch.done}"
        trail.note(scope, "roster.preview", school=batch.school_id, subject=str(batch.pk), detail=told)
    return batch
