"""The trail: who looked at or did what, to whose file, when, from where. Appended, chained by hash, never changed."""

import hashlib
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from operator import attrgetter
from typing import TYPE_CHECKING
from uuid import UUID, uuid5

from django.db import OperationalError, connection, transaction

from oasis.kit.bulk import insert
from oasis.kit.dates import now
from oasis.kit.gathered import Gathered
from oasis.people import heads
from oasis.people.deeds import DEEDS
from oasis.people.models import Trail
from oasis.people.remembered import remembered
from oasis.people.scope import Scope

if TYPE_CHECKING:
    from django.db.models import QuerySet

HOUSE = UUID(int=0)  # lines that belong to no school: log-ins, installation
START = "0" * 64
FIELDS = Trail._meta.concrete_fields
NAMES = [field.attname for field in FIELDS]
FEW = 20  # more lines go in by the bulk way
_told = attrgetter(*NAMES)
COLUMNS, MARKS = ", ".join(f'"{field.column}"' for field in FIELDS), ", ".join(["%s"] * len(FIELDS))
INSERT = f"INSERT INTO people_trail ({COLUMNS}) VALUES ({MARKS})"  # noqa: S608 - the table's own columns


@dataclass(eq=False)
class Told:
    """What is to be appended to one chain, one line a child; then the lines."""

    key: UUID
    scope: Scope
    deed: str
    children: Sequence[UUID | None]
    subject: str
    detail: str
    lines: list[Trail] = field(default_factory=list)

    def words(self, at: datetime, after: int) -> list[Trail]:
        """Give the lines as they stand after the line of that number, without their hashes."""
        who = self.scope
        return [
            Trail(
                school_key=self.key, seq=after + n, at=at, actor=who.actor, actor_name=who.name, deed=self.deed, child=child,
                subject=self.subject, detail=self.detail, address=who.address,
            )
            for n, child in enumerate(self.children, 1)
        ]  # fmt: skip


def apart(school: UUID) -> UUID:
    """Give the chain of a school's mandatory reports. No post reaches it, so that a suspected leader sees not even a gap."""
    return uuid5(school, "mandatory-reports")


def note(
    scope: Scope, deed: str, *, school: UUID | None, child: UUID | None = None, subject: str = "", detail: str = ""
) -> Trail:
    """Append one line and give it; raises ValueError for a deed that is not declared. Call it last in a transaction: it holds the school's chain until the commit.

    `subject` and `detail` hold ids and codes, never a child's name, number or phone (design.md 7.7).
    """
    return note_many(scope, deed, school=school, children=[child], subject=subject, detail=detail)[0]


def note_many(
    scope: Scope,
    deed: str,
    *,
    school: UUID | None,
    children: Sequence[UUID | None],
    subject: str = "",
    detail: str = "",
) -> list[Trail]:
    """Append one line a child for an act that touched many, so that each is found by its child; else as `note`."""
    if deed not in DEEDS:
        raise ValueError(f"{deed} is not in DEEDS")
    key = school or HOUSE
    told = Told(apart(key) if DEEDS.get(deed).apart else key, scope, deed, children, subject[:80], detail[:400])
    if connection.in_atomic_block:  # a part of what is done there, there for good with it or not at all
        _append([told])
    else:
        _beside(told.key).do(told)
    return told.lines


def _append(several: Sequence[Told]) -> None:
    with transaction.atomic():
        for key in sorted({told.key for told in several}):
            _lengthen(key, [told for told in several if told.key == key])


def _lengthen(key: UUID, several: Sequence[Told]) -> None:
    _lock(key)
    seq, before = _last(key)
    at, lines = now(), list[Trail]()
    for told in several:
        told.lines = told.words(at, seq + len(lines))
        lines += told.lines
    for line in lines:
        before = line.hash = _hash(before, line)
    _store(lines)
    transaction.on_commit(lambda: heads.keep(key), robust=True)  # the act is done: no error may say otherwise


LOOKS: dict[UUID, Gathered[Told]] = {}  # lines of their own, not part of an act: those of one moment share a commit


def _beside(key: UUID) -> Gathered[Told]:
    """Give with whom a line shares its commit: PostgreSQL locks a school's chain, SQLite the database."""
    return LOOKS.setdefault(
        key if connection.vendor == "postgresql" else HOUSE, Gathered(_append, of_all=OperationalError)
    )


def _store(lines: Sequence[Trail]) -> None:
    """Append; as bulk_create would, without wording it again for every look at a file."""
    if len(lines) > FEW:
        insert(Trail, NAMES, [_told(line) for line in lines])
    else:
        pairs = [zip(FIELDS, _told(line), strict=True) for line in lines]
        with connection.cursor() as cursor:
            cursor.executemany(INSERT, [[f.get_db_prep_save(value, connection) for f, value in pair] for pair in pairs])
    for line in lines:
        line._state.adding, line._state.db = False, connection.alias


def _last(key: UUID) -> tuple[int, str]:
    return next(iter(_end(key)), (0, START))


@remembered
def _end(key: UUID) -> "QuerySet[Trail, tuple[int, str]]":
    lines = Trail.objects.everywhere(why="the chain goes on from its last line").filter(school_key=key)
    return lines.order_by("-seq").values_list("seq", "hash")[:1]


def stand_in_line() -> None:
    """Hold the chain that belongs to no school until the commit: for acts of which only one may happen at a time."""
    _lock(HOUSE)


def _lock(key: UUID) -> None:
    if connection.vendor == "postgresql":  # SQLite's IMMEDIATE transactions already stand in line
        with connection.cursor() as cursor:
            cursor.execute("SELECT pg_advisory_xact_lock(%s)", [key.int % (1 << 62)])


def _hash(before: str, line: Trail) -> str:
    told = (
        before,
        line.school_key,
        line.seq,
        _moment(line.at),
        line.actor,
        line.actor_name,
        line.deed,
        line.child,
        line.subject,
        line.detail,
        line.address,
    )
    return hashlib.sha256("\x1f".join(str(part) for part in told).encode()).hexdigest()


def _moment(at: datetime) -> str:
    return str(int(at.timestamp() * 1_000_000))


def broken(lines: "QuerySet[Trail]") -> Iterator[int]:
    """Walk one school's opened lines in order of `seq` and give each number at which the chain does not hold."""
    before, expected = START, 1
    for line in lines.order_by("seq").iterator():
        if line.seq != expected or line.hash != _hash(before, line):
            yield line.seq
        before, expected = line.hash, line.seq + 1
