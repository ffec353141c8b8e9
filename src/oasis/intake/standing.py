"""The rows that wait to be committed, and which of them would open a second file for a child that has one by now."""

from collections.abc import Iterable, Sequence
from typing import NamedTuple
from uuid import UUID

from oasis.children.models import Child, Enrolment
from oasis.children.rosters import Told
from oasis.intake import packing
from oasis.intake.models import Batch
from oasis.intake.picking import nothing_left
from oasis.kit.secrets import keyed_hash
from oasis.people.roles import Need
from oasis.people.scope import Scope


class Waiting(NamedTuple):
    """A row to be committed: a plain tuple, for a large file has many."""

    pk: UUID
    number: int
    state: str
    child: UUID | None
    facts: str
    differences: str
    skip: bool
    declined: str

    @property
    def left(self) -> bool:
        """Tell whether a person left all of it out."""
        return nothing_left(self.skip, self.state, self.differences, self.declined)


def numbers_taken(told: Iterable[tuple[Waiting, Told]]) -> set[UUID]:
    """Give the rows whose ID number stands in the file of another child. One query."""
    numbers = [
        (row, keyed_hash(number, purpose="child-id"))
        for row, facts in told
        if (number := facts.fields.get("id_number"))
    ]
    files = Child.objects.everywhere(why="one ID number has one file in the database")
    held = dict(files.filter(id_hash__in=[number for _row, number in numbers]).values_list("id_hash", "pk"))
    return {row.pk for row, number in numbers if held.get(number, row.child) != row.child}


def opened_since(scope: Scope, batch: Batch, told: Sequence[tuple[Waiting, Told]]) -> set[UUID]:
    """Give the rows, of those without a number, whose class got a child of that name since the preview, by another roster or by hand.

    Ids are made in order of time (RFC 9562 version 7), so a later enrolment has the greater one.
    """
    if not told:
        return set()
    there = Enrolment.objects.within(scope, Need.IMPORT).filter(
        school=batch.school,
        pk__gt=told[0][0].pk,
        child__name__in={facts.fields["name"] for _row, facts in told},
    )
    own = batch.rows.within(scope, Need.IMPORT).filter(done=True, child__isnull=False).values("child")
    fresh = set(there.exclude(child__in=own).values_list("child__name", "klass_id"))
    return {row.pk for row, facts in told if (facts.fields["name"], facts.klass) in fresh}


def takes_number(row: Waiting) -> bool:
    """Tell whether a row gives its file a number: one that a person left out must not tell whether it is taken."""
    shown, declined = packing.unpacked_differences(row.differences), packing.unpacked_places(row.declined)
    return any(one.key == "child.id_number" and at not in declined for at, one in enumerate(shown))
