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

SINCE = "核对以后，这个班里已有同名的孩子建了档，没有重复导入；确实是两个孩子的，请在“孩子”里单独新建档案。"
TAKEN = "这个身份证号已有档案，没有重复导入。孩子是从别的班、别的学校来的，请德育处办调班或转学；不是的，请核对号码。"
OWN = "核对以后，这个孩子已经建了档，没有重复导入；把这份名册再导入一次，就会接着核对、更新那份档案。"


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


def numbers_taken(scope: Scope, told: Iterable[tuple[Waiting, Told]]) -> dict[UUID, str]:
    """Give the rows whose ID number stands in the file of another child, each with why it stays out; of a child out of reach no name."""
    numbers = [
        (row, facts.fields.get("name"), keyed_hash(number, purpose="child-id"))
        for row, facts in told
        if (number := facts.fields.get("id_number"))
    ]
    files = Child.objects.everywhere(why="one ID number has one file in the database")
    held = dict(files.filter(id_hash__in=[number for *_row, number in numbers]).values_list("id_hash", "pk"))
    taken = [(row, name, held[number]) for row, name, number in numbers if held.get(number, row.child) != row.child]
    near = Child.objects.within(scope, Need.IMPORT).filter(pk__in={pk for *_row, pk in taken}) if taken else ()
    names = {child.pk: child.name for child in near}
    return {row.pk: why_taken(names.get(pk), name) for row, name, pk in taken}


def why_taken(holder: str | None, name: str | None) -> str:
    """Say why a number that has a file opens no second one: whose file it is, as far as the importer may know."""
    if holder is None:
        return TAKEN
    return OWN if holder == name else f"这个身份证号在“{holder}”的档案里，没有导入；请对照户口簿，核对是谁的号码。"


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
