"""Fills a database of a chosen size: the demo school or county, or a county after ten years (100,000 files, 15 million records).

The ten years are drawn month by month, so that one child's rows lie scattered over the table as in life.
"""

import itertools
import random
import sys
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from datetime import UTC, date, datetime, time, timedelta
from time import perf_counter

import django

django.setup()

from django.db import connection

from oasis.children.models import Child
from oasis.config import demo
from oasis.people.models import User
from oasis.places.models import School
from oasis.records.models import Record

WHY = "the benchmark fills a database of its own"
FILES, RECORDS = 100_000, 15_000_000
KINDS = ("talk", "family-call", "carer-contact", "visit", "tutoring")
CHUNK = 20_000
TEXT = "聊了近况，情绪平稳，作业按时完成，周末和爸爸视频了一次。"
SUMMARY, DETAILS = (Record._meta.get_field(name) for name in ("summary", "details"))


def fill(size: str, records: int = RECORDS) -> None:
    """Fill an empty, migrated database."""
    started = perf_counter()
    if not School.objects.exists():
        demo.build("county" if size == "decade" else size, progress=say)
    if size == "decade":
        _files(FILES)
        _records(records)
    with connection.cursor() as cursor:
        cursor.execute("ANALYZE")
    print(f"filled {size} in {perf_counter() - started:.0f} s", file=sys.stderr)


def say(done: int, total: int, name: str) -> None:
    """Tell how far the demo is."""
    print(f"  {done}/{total} {name}", file=sys.stderr)


def _files(wanted: int) -> None:
    """Add the files of pupils who have left."""
    have = Child.objects.everywhere(why=WHY).count()
    rng = random.Random(1)
    rows: list[Child] = []
    for n, school in enumerate(itertools.cycle(School.objects.all()), start=have):
        if n >= wanted:
            break
        child = Child(
            school=school, name=f"旧档{n}", state="graduated", opened_on=date(2016, 9, 1), left_behind=rng.randrange(3)
        )
        child.spell()
        rows.append(child)
    Child.objects.bulk_create(rows, batch_size=2000)


def _records(wanted: int) -> None:
    """Add records over ten years with the driver's own bulk way; each child gets about the same share."""
    children = [(pk.hex, school.hex) for pk, school in Child.objects.everywhere(why=WHY).values_list("pk", "school_id")]
    writer = User.objects.values_list("pk", flat=True)[0].hex
    months = 120
    a_month = (wanted - Record.objects.everywhere(why=WHY).count()) // months
    rng = random.Random(2)
    with _loading() as definitions:
        for month in range(months):
            first = date(2016, 9, 1) + timedelta(days=30 * month)
            for done in range(0, a_month, CHUNK):
                _insert(_rows(rng, children, writer, first, min(CHUNK, a_month - done)))
            if month % 12 == 11:
                say(month + 1, months, "months of records")
        for definition in definitions:
            with connection.cursor() as cursor:
                cursor.execute(definition)
            print("  " + definition[:60], file=sys.stderr)


@contextmanager
def _loading() -> Iterator[list[str]]:
    """Load without the care that only living data need: no wait for the disk, no check of each reference, indexes at the end."""
    before, after = {
        "postgresql": (("SET session_replication_role = replica", "SET maintenance_work_mem = '1GB'"), ("RESET ALL",)),
        "sqlite": (("PRAGMA synchronous=OFF", "PRAGMA foreign_keys=OFF", "PRAGMA threads=2"), ("PRAGMA wal_checkpoint(TRUNCATE)",)),
    }[connection.vendor]  # fmt: skip
    with connection.cursor() as cursor:
        for order in before:
            cursor.execute(order)
    yield _without_indexes()
    with connection.cursor() as cursor:
        for order in after:
            cursor.execute(order)
    connection.close()  # the next one has the program's own settings


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
    rng: random.Random, children: list[tuple[str, str]], writer: str, first: date, count: int
) -> Iterator[tuple[str, ...]]:
    """Draw a chunk of a month's records, sealed as the program seals them. All is text, as either engine reads it."""
    stamp = int(datetime.combine(first, time.min, UTC).timestamp() * 1000)
    ids = [f"{stamp + n:012x}7000{0x8000000000000000 | rng.getrandbits(60):016x}"[:32] for n in range(count)]
    days = [str(first + timedelta(days=n)) for n in range(30)]
    summaries = SUMMARY.sealed_column(connection, ids, itertools.repeat(TEXT, count))
    details = DETAILS.sealed_column(connection, ids, itertools.repeat({}, count))
    for one, summary, detail in zip(ids, summaries, details, strict=True):
        child, school = children[int(rng.random() * len(children))]
        yield (
            one, school, child, KINDS[int(rng.random() * 5)], days[int(rng.random() * 30)], f"{first} 08:00:00+00:00", writer,
            "child", "face", "done", summary or "", "0", "1", "1", "0", detail or "",
        )  # fmt: skip


COLUMNS = (
    "id", "school_id", "child_id", "kind", "happened_on", "at", "by_id", "with_whom", "channel", "outcome", "summary",
    "confidential", "version", "form_version", "withdrawn", "details",
)  # fmt: skip


def _insert(rows: Iterable[tuple[str, ...]]) -> None:
    names = ", ".join(f'"{name}"' for name in COLUMNS)
    with connection.cursor() as cursor:
        if connection.vendor == "postgresql":
            # First the lines: sealing may ask for its keys, which a connection in the midst of COPY never answers.
            lines = "".join("\t".join(row) + "\n" for row in rows)
            with cursor.cursor.copy(f"COPY records_record ({names}) FROM STDIN") as copy:
                copy.write(lines)
            return
        raw = connection.connection
        raw.execute("BEGIN IMMEDIATE")
        raw.executemany(f"INSERT INTO records_record ({names}) VALUES ({', '.join('?' * len(COLUMNS))})", rows)
        raw.execute("COMMIT")


if __name__ == "__main__":
    fill(sys.argv[1], int(sys.argv[2]))
