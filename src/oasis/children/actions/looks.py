"""Looking at a file, asking for its numbers, searching: each leaves one line on the trail (requirements.md F1)."""

from dataclasses import dataclass
from uuid import UUID

from django.db.models import Q

from oasis.children.access import needs_over
from oasis.children.alarms import marked
from oasis.children.models import Child
from oasis.children.search import Found, Wanted
from oasis.people import trail
from oasis.people.roles import ArmKind, Need
from oasis.people.scope import Scope
from oasis.places.models import Klass


@dataclass(frozen=True)
class Look:
    """A child before a person's eyes, and what that person may see and do."""

    child: Child
    may: frozenset[Need]


def look_at(scope: Scope, pk: UUID, *, need: Need = Need.NAMES, part: str = "") -> Look | None:
    """Give a child's file for one look and note it, or None out of reach or without file or contacts to show."""
    rows = Child.objects.within(scope, need).filter(pk=pk).select_related("klass", "school")
    child = marked(rows, scope.on).first()
    if child is None:
        return None
    may = needs_over(scope, child)
    if not may & {Need.CHILD_READ, Need.CONTACTS}:
        return None
    trail.note(scope, "child.look", school=child.school_id, child=child.pk, detail=part)
    return Look(child, may)


def reveal(scope: Scope, child: Child, what: str) -> bool:
    """Note that a person asks for the whole numbers ("phones") or the ID number ("id"); False when not allowed."""
    need = {"phones": Need.CONTACTS, "id": Need.ID_NUMBER}.get(what)
    if need is None or need not in needs_over(scope, child):
        return False
    trail.note(scope, f"child.{what}", school=child.school_id, child=child.pk)
    return True


def note_search(scope: Scope, wanted: Wanted, found: Found) -> None:
    """Note that a person searched: how, and how many were found; never the words (design.md 7.7)."""
    school = found.rows[0].school_id if found.rows else _own_school(scope)
    trail.note(scope, "child.search", school=school, detail=f"{wanted.by} {found.total}")


def _own_school(scope: Scope) -> UUID | None:
    reach = scope.reach(Need.NAMES)
    if schools := reach.get(ArmKind.SCHOOL) or reach.get(ArmKind.BOARDERS):
        return min(schools)
    found: UUID | None = (
        Klass.objects.filter(Q(pk__in=reach.get(ArmKind.KLASS, ()))).values_list("school", flat=True).first()
    )
    return found
