"""Looking at a file, asking for its numbers, searching: each leaves one line on the trail (requirements.md F1)."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Protocol
from uuid import UUID

from django.db.models import Q

from oasis.children.access import needs_over
from oasis.children.models import Child
from oasis.children.opening import opened
from oasis.people import trail
from oasis.people.roles import ArmKind, Need
from oasis.people.scope import Scope
from oasis.places.models import Klass

ASKED = {"child.phones": Need.CONTACTS, "child.id": Need.ID_NUMBER}


@dataclass(frozen=True)
class Look:
    """A child before a person's eyes, and what that person may see and do."""

    child: Child
    may: frozenset[Need]


def look_at(
    scope: Scope, pk: UUID, *, need: Need = Need.NAMES, part: str = "", deed: str = "child.look", closed: bool = False
) -> Look | None:
    """Give a child's file for one look and note it, or None out of reach or without file or contacts to show.

    What is sealed in the file's own row stays shut where the screen shows none of it (`closed`).

    `deed` is one of ASKED when whole numbers are asked for; what one must hold for that is checked here.
    """
    child = opened(scope, pk, ASKED.get(deed, need), closed=closed)
    if child is None:
        return None
    may = needs_over(scope, child)
    if not may & {Need.CHILD_READ, Need.CONTACTS}:
        return None
    trail.note(scope, deed, school=child.school_id, child=child.pk, detail=part)
    return Look(child, may)


def note_look(scope: Scope, child: Child, *, part: str, deed: str = "child.look") -> None:
    """Note that a screen showed something of a child's file; `part` is the screen's route."""
    trail.note(scope, deed, school=child.school_id, child=child.pk, detail=part)


class Found(Protocol):
    """A row that a search brought up."""

    @property
    def school_id(self) -> UUID: ...


def note_search(scope: Scope, by: str, total: int, rows: Sequence[Found] = ()) -> None:
    """Note that a person searched: how, and how many were found; never the words (design.md 7.7).

    The line goes to the school of the first of the `rows` that came up, else to one's own.
    """
    school = rows[0].school_id if rows else _own_school(scope)
    trail.note(scope, "child.search", school=school, detail=f"{by} {total}")


def _own_school(scope: Scope) -> UUID | None:
    reach = scope.reach(Need.NAMES)
    if schools := reach.get(ArmKind.SCHOOL) or reach.get(ArmKind.BOARDERS):
        return min(schools)
    found: UUID | None = (
        Klass.objects.filter(Q(pk__in=reach.get(ArmKind.KLASS, ()))).values_list("school", flat=True).first()
    )
    return found
