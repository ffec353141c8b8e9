"""Who belongs to a child, read together: each person with numbers and absence, in the order to call."""

import unicodedata
from dataclasses import dataclass, field
from datetime import date
from typing import Any
from uuid import UUID

from django.db.models import F, FilteredRelation, Q, QuerySet

from oasis.children.models import Away, Child, Merging, Person, Phone, Tie
from oasis.kit import codes
from oasis.kit.columns import Columns
from oasis.people.remembered import remembered
from oasis.people.roles import Need
from oasis.people.scope import Scope
from oasis.people.together import Question, Rows

ENTRIES = "a bar holds whoever looks: teachers do not reach mergers, leaders alone do"
TIES, PERSONS = Columns(Tie), Columns(Person, "person")
SHUT = Columns(Person, "person", sealed=False)
PHONES, AWAYS = Columns(Phone, "phone_then"), Columns(Away, "away_then")


def running(on: date, start: str = "from_on", prefix: str = "") -> Q:
    """The condition that what another thing takes the place of is there at the end of a day: ties, numbers, absences.

    It ends with the beginning of its last day: who comes home today is home today. A period that people agree on is
    asked by `access.current` and holds through its last day.
    """
    at, end = f"{prefix}{start}", f"{prefix}to_on"
    return (Q(**{f"{end}__isnull": True}) | Q(**{f"{end}__gt": on})) & (
        Q(**{f"{at}__isnull": True}) | Q(**{f"{at}__lte": on})
    )


@dataclass
class Member:
    """One person of the household."""

    tie: Tie
    phones: list[Phone] = field(default_factory=list)
    away: Away | None = None

    @property
    def person(self) -> Person:
        """The person tied."""
        return self.tie.person

    @property
    def parent(self) -> bool:
        """Father or mother, step-parents too."""
        return self.tie.relation in codes.PARENTS


def household(scope: Scope, child: Child, on: date, need: Need = Need.CONTACTS) -> list[Member]:
    """Give the members of a child's household on a day, carers first, then in the order to call. One query."""
    return household_asked(scope, child, on, need).answer()


def household_asked(
    scope: Scope, child: Child, on: date, need: Need, *, closed: bool = False
) -> Question[list[Member]]:
    """Ask for the same; `closed` leaves what is sealed about a person shut, but for the numbers."""
    persons = SHUT if closed else PERSONS
    return Question(_rows, (scope, child.pk, on, need, closed), lambda rows: _members(rows, persons))


def _members(rows: Rows, persons: Columns[Person]) -> list[Member]:
    members: dict[UUID, Member] = {}
    phones_at = len(TIES) + len(persons)
    for row in rows:
        key = row[TIES.at]
        if key not in members:
            tie = TIES.sure(row)
            tie.person = persons.sure(row, len(TIES))
            members[key] = Member(tie, away=AWAYS.make(row, phones_at + len(PHONES)))
        phone = PHONES.make(row, phones_at)
        if phone and all(known.pk != phone.pk for known in members[key].phones):
            members[key].phones.append(phone)
    return list(members.values())


@remembered
def _rows(scope: Scope, child: UUID, on: date, need: Need, closed: bool) -> QuerySet[Tie, tuple[Any, ...]]:
    """Each tie with its person, joined with the numbers, the latest told first, and the absence of that day."""
    rows = Tie.objects.within(scope, need).filter(running(on), child_id=child)
    joined = rows.annotate(
        phone_then=FilteredRelation("person__phone", condition=running(on, prefix="person__phone__")),
        away_then=FilteredRelation("person__away", condition=running(on, "since_on", "person__away__")),
    )
    newest = F("phone_then__from_on").desc(nulls_last=True)
    ordered = joined.order_by("-carer", "call_order", "relation", "pk", "phone_then__wrong", newest, "phone_then__pk")
    return ordered.values_list(*TIES.paths, *(SHUT if closed else PERSONS).paths, *PHONES.paths, *AWAYS.paths)


def barred(scope: Scope, child: Child, person: UUID | None, name: str, need: Need) -> bool:
    """Tell whether somebody may not fetch the child, or ever might not: ended ties count, and every entry of the same one."""
    entries, more = set[UUID](), {person} if person else set[UUID]()
    while more:
        entries |= more
        merged = Merging.objects.everywhere(why=ENTRIES).filter(kept__in=more, undone_at__isnull=True)
        more = set(merged.values_list("gone_id", flat=True)) - entries
    ties = Tie.objects.within(scope, need).filter(child=child, no_pickup=True)
    typed = _bare(name)
    return any(
        who in entries or (_bare(called) and _bare(called) in typed)
        for who, called in ties.values_list("person_id", "person__name")
    )


def _bare(name: str) -> str:
    """Give a name's letters alone, however it was typed: no blanks, signs or invisible letters; broad letters made plain."""
    return "".join(letter for letter in unicodedata.normalize("NFKC", name) if letter.isalnum())
