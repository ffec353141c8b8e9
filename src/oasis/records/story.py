"""A child's timeline and a person's own list, ready to be shown: each record with its words."""

from dataclasses import dataclass, replace
from datetime import date
from itertools import groupby
from uuid import UUID

from oasis.children.models import Child
from oasis.people.scope import Scope
from oasis.people.together import Question
from oasis.records.kinds import KINDS, Kind
from oasis.records.models import Record
from oasis.records.queries import Slice, newest, newest_asked, sliced, timeline, written_by_me
from oasis.records.wording import headline

TONES = {"visit": "green", "talk": "green", "concern": "amber"}


@dataclass(frozen=True)
class Entry:
    """One record as it stands in a list."""

    record: Record
    kind: type[Kind]
    title: str
    details: list[tuple[str, str]]
    tone: str
    tags: list[str]
    children: int = 1  # how many rows of one act this line stands for


@dataclass(frozen=True)
class Story:
    """One page of records, the kind it is narrowed to, and the mark at which the next page begins."""

    entries: list[Entry]
    after: str
    kind: str

    @property
    def kinds(self) -> list[tuple[str, str]]:
        """Code and label of every kind, for the filter."""
        return [(kind.code, kind.label) for kind in KINDS]


def tell(record: Record) -> Entry:
    """Give a record with its words."""
    kind = KINDS.get(record.kind)
    failed = record.outcome != Record.Outcome.DONE
    tags = [word for word, here in (("保密", record.confidential), ("更正过", record.version > 1)) if here]
    return Entry(
        record, kind, headline(record), kind.lines(record), "quiet" if failed else TONES.get(kind.code, ""), tags
    )


def story(scope: Scope, child: Child, kind: str = "", after: str = "", size: int = 20) -> Story:
    """Give one page of a child's timeline. One query."""
    kind = kind if kind in KINDS else ""
    page = (
        sliced(timeline(scope, child, kind), "happened_on", after, size) if after else newest(scope, child, kind, size)
    )
    return _story(page, kind)


def latest_asked(scope: Scope, child: Child, size: int) -> Question[Story]:
    """Ask for the newest records of a child."""
    asked = newest_asked(scope, child, "", size)
    return Question(asked.known, asked.given, lambda rows: _story(asked.read(rows)))


def _story(page: Slice, kind: str = "") -> Story:
    return Story([tell(row) for row in page.rows], page.after, kind)


def own_story(scope: Scope, kind: str = "", after: str = "", size: int = 20) -> Story:
    """Give one page of what the person wrote; the rows of one act are one line. One query."""
    kind = kind if kind in KINDS else ""
    page = sliced(written_by_me(scope, kind), "at", after, size)
    acts = [list(rows) for _, rows in groupby(page.rows, key=lambda row: row.group or row.pk)]
    return Story([replace(tell(rows[0]), children=len(rows)) for rows in acts], page.after, kind)


def own_part(scope: Scope, start: date, end: date) -> list[tuple[str, int, int]]:
    """Give for each kind what the person did between two days: words, times, children; nobody else's. One query."""
    rows = written_by_me(scope).filter(happened_on__range=(start, end), outcome=Record.Outcome.DONE).order_by()
    acts: dict[str, set[UUID]] = {}
    children: dict[str, set[UUID]] = {}
    for kind, pk, group, child in rows.values_list("kind", "pk", "group", "child_id"):
        acts.setdefault(kind, set()).add(group or pk)
        children.setdefault(kind, set()).add(child)
    return [(kind.label, len(acts[kind.code]), len(children[kind.code])) for kind in KINDS if kind.code in acts]
