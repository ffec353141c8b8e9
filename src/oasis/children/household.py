"""Who belongs to a child, read together: each person with numbers and absence, in the order to call."""

from dataclasses import dataclass, field
from datetime import date

from django.db.models import Q

from oasis.children.models import Away, Child, Person, Phone, Tie
from oasis.kit import codes
from oasis.people.roles import Need
from oasis.people.scope import Scope


def running(on: date, start: str = "from_on") -> Q:
    """The condition that a dated row is there at the end of a day: begun, and not ended by then."""
    return (Q(to_on__isnull=True) | Q(to_on__gt=on)) & (Q(**{f"{start}__isnull": True}) | Q(**{f"{start}__lte": on}))


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
    """Give the members of a child's household on a day, carers first, then in the order to call. Three queries."""
    rows = Tie.objects.within(scope, need).filter(running(on), child=child).select_related("person")
    members = {tie.person_id: Member(tie) for tie in rows.order_by("-carer", "call_order", "relation", "pk")}
    if not members:
        return []
    for phone in Phone.objects.within(scope, need).filter(running(on), person__in=list(members)):
        members[phone.person_id].phones.append(phone)
    for away in Away.objects.within(scope, need).filter(running(on, "since_on"), person__in=list(members)):
        members[away.person_id].away = away
    return list(members.values())
