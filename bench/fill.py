"""Fills a database of a chosen size: the demo school or county, or a county after ten years (100,000 files, 15 million records).

The ten years are drawn month by month, so that one child's rows lie scattered over the table as in life.
"""

import itertools
import random
import sys
import time
import uuid
from collections.abc import Iterable, Iterator
from datetime import date, timedelta
from typing import Any

import django

django.setup()

from django.db import connection

from oasis.children.models import Child
from oasis.config import demo
from oasis.kit.dates import now
from oasis.kit.ids import new_id
from oasis.people.models import User
from oasis.places.models import Klass, School
from oasis.records.models import Record

WHY = "the benchmark fills a database of its own"
FILES, RECORDS = 100_000, 15_000_000
KINDS = ("talk", "family-call", "carer-contact", "visit", "tutoring")
CHUNK = 20_000


def fill(size: str, records: int = RECORDS) -> None:
    """Fill an empty, migrated database."""
    started = time.perf_counter()
    if not School.objects.exists():
        demo.build("county" if size == "decade" else size, progress=say)
    if size == "decade":
        _files(FILES)
        _records(records)
    with connection.cursor() as cursor:
        cursor.execute("ANALYZE")
    print(f"filled {size} in {time.perf_counter() - started:.0f} s", file=sys.stderr)


def say(done: int, total: int, name: str) -> None:
    """Tell how far the demo is."""
    print(f"  {done}/{total} {name}", file=sys.stderr)


def _files(wanted: int) -> None:
    """Add the files of pupils who have left, in classes of earlier years."""
    have = Child.objects.everywhere(why=WHY).count()
    rng = random.Random(1)
    rows: list[Child] = []
    for n, school in enumerate(itertools.cycle(School.objects.all()), start=have):
        if n >= wanted:
            break
        klass = Klass(school=school, entry_year=2010, number=1) if n < have + 20 else None
        if klass:
            klass.save()
        child = Child(
            school=school, name=f"旧档{n}", state="graduated", opened_on=date(2016, 9, 1), left_behind=rng.randrange(3)
        )
        child.spell()
        rows.append(child)
    Child.objects.bulk_create(rows, batch_size=2000)


def _records(wanted: int) -> None:
    """Add records over ten years with the driver's own bulk way; each child gets about the same share."""
    children = list(Child.objects.everywhere(why=WHY).values_list("pk", "school_id"))
    writer = User.objects.values_list("pk", flat=True)[0]
    months = 120
    a_month = (wanted - Record.objects.everywhere(why=WHY).count()) // months
    rng, definitions = random.Random(2), _without_indexes()
    for month in range(months):
        day = date(2016, 9, 1) + timedelta(days=30 * month)
        _insert(_rows(rng, children, writer, day, a_month))
        if month % 12 == 11:
            say(month + 1, months, "months of records")
    for definition in definitions:
        with connection.cursor() as cursor:
            cursor.execute(definition)


def _without_indexes() -> list[str]:
    """Drop the secondary indexes of the records and give the statements that make them again: once at the end is faster."""
    with connection.cursor() as cursor:
        if connection.vendor == "postgresql":
            cursor.execute(
                "SELECT indexname, indexdef FROM pg_indexes WHERE tablename = 'records_record' AND indexname NOT LIKE %s",
                ["%pkey"],
            )
        else:
            cursor.execute(
                "SELECT name, sql FROM sqlite_master WHERE type = 'index' AND tbl_name = 'records_record' AND sql IS NOT NULL"
            )
        found = cursor.fetchall()
        for name, _sql in found:
            cursor.execute(f'DROP INDEX "{name}"')
    return [sql for _name, sql in found]


def _rows(
    rng: random.Random, children: list[Any], writer: uuid.UUID, day: date, count: int
) -> Iterator[tuple[Any, ...]]:
    at = now()
    for _n in range(count):
        child, school = children[int(rng.random() * len(children))]
        yield (
            new_id(), school, child, KINDS[int(rng.random() * 5)], day + timedelta(days=int(rng.random() * 30)), at, writer, "child", "face",
            "done", "聊了近况，情绪平稳。", None, False, None, 1, 1, False, "{}",
        )  # fmt: skip


COLUMNS = (
    "id", "school_id", "child_id", "kind", "happened_on", "at", "by_id", "with_whom", "channel", "outcome", "summary", "next_step_on",
    "confidential", "group", "version", "form_version", "withdrawn", "details",
)  # fmt: skip


def _insert(rows: Iterable[tuple[Any, ...]]) -> None:
    names = ", ".join(f'"{name}"' for name in COLUMNS)
    with connection.cursor() as cursor:
        if connection.vendor == "postgresql":
            with cursor.cursor.copy(f"COPY records_record ({names}) FROM STDIN") as copy:
                for row in rows:
                    copy.write_row(row)
            return
        marks = ", ".join("?" * len(COLUMNS))
        raw = connection.connection
        raw.execute("BEGIN IMMEDIATE")
        raw.executemany(f"INSERT INTO records_record ({names}) VALUES ({marks})", map(_plain, rows))
        raw.execute("COMMIT")


def _plain(row: tuple[Any, ...]) -> tuple[Any, ...]:
    """Give a row as Django keeps it in SQLite: ids as 32 hex digits, dates as text."""
    return tuple(
        value.hex if isinstance(value, uuid.UUID) else str(value) if isinstance(value, date) else value for value in row
    )


if __name__ == "__main__":
    fill(sys.argv[1], int(sys.argv[2]))
