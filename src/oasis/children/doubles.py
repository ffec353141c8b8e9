"""Persons who are likely to have been entered twice, each pair with the reason; for leaders to judge."""

from collections import defaultdict
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from itertools import combinations
from uuid import UUID

from oasis.children.models import Merging, Phone, Tie
from oasis.kit import masks
from oasis.kit.codes import Relation
from oasis.people.closed import ScopedQuerySet
from oasis.people.roles import Need
from oasis.people.scope import Scope

PARENTS = (Relation.FATHER.value, Relation.MOTHER.value)
MOST = 100  # pairs shown at once; the rest come when these are dealt with


@dataclass
class Entry:
    """A person as entered: whose family, which numbers."""

    pk: UUID
    school: UUID
    name: str
    id_number: str
    children: list[tuple[UUID, str, str, str]] = field(default_factory=list)  # id, name, relation, address
    numbers: set[str] = field(default_factory=set)

    @property
    def masked(self) -> list[str]:
        """The numbers with their middle hidden: enough to compare, not to call."""
        return [masks.masked(number) for number in sorted(self.numbers)]

    @property
    def families(self) -> list[str]:
        """Whose what this person is: 林晓晓的父亲."""
        words = dict(Relation.choices)
        return [f"{name}的{words[relation]}" for _pk, name, relation, _address in self.children]


@dataclass(frozen=True)
class Double:
    """Two entries that may be one person, and why."""

    first: Entry
    second: Entry
    why: str


def entries(scope: Scope, name: str = "") -> list[Entry]:
    """Give the persons in reach of a leader who belong to a child now, by name; those of one name. Two queries."""
    ties = Tie.objects.within(scope, Need.MERGE).filter(to_on__isnull=True, child__state="here")
    if name:
        ties = ties.filter(person__name=name)
    found: dict[UUID, Entry] = {}
    rows = ties.order_by("person__name", "person_id", "child__pinyin").values_list(
        "person_id", "person__school_id", "person__name", "person__id_number", "child_id", "child__name", "relation", "child__address"
    )  # fmt: skip
    for pk, school, called, number, child, pupil, relation, home in rows:
        found.setdefault(pk, Entry(pk, school, called, number)).children.append((child, pupil, relation, home))
    numbers = Phone.objects.within(scope, Need.MERGE).filter(to_on__isnull=True)
    if name:
        numbers = numbers.filter(person__name=name)
    for person, number in numbers.values_list("person_id", "number"):
        if person in found:
            found[person].numbers.add(number)
    return list(found.values())


def doubles(scope: Scope) -> list[Double]:
    """Give the pairs that are likely one person, the surest reasons first. Two queries."""
    known = entries(scope)
    found: dict[frozenset[UUID], Double] = {}
    for why, groups in _groups(known):
        for group in groups:
            for first, second in combinations(group[:6], 2):
                if first.school == second.school:
                    found.setdefault(frozenset((first.pk, second.pk)), Double(first, second, why))
    return list(found.values())[:MOST]


def _groups(known: Iterable[Entry]) -> Iterator[tuple[str, Iterable[list[Entry]]]]:
    by: dict[str, dict[tuple[object, ...], list[Entry]]] = {
        "身份证号相同": defaultdict(list), "同名，电话相同": defaultdict(list), "同名，在同一个孩子家里": defaultdict(list),
        "同一个孩子登记了两位父亲或两位母亲": defaultdict(list), "同名，孩子住址相同": defaultdict(list),
    }  # fmt: skip
    number, phone, child, twice, address = by.values()
    for one in known:
        if one.id_number:
            number[(one.id_number,)].append(one)
        for called in one.numbers:
            phone[one.name, called].append(one)
        for pk, _name, relation, home in one.children:
            child[one.name, pk].append(one)
            if relation in PARENTS:
                twice[pk, relation].append(one)
                if home and one not in address[one.name, relation, home]:
                    address[one.name, relation, home].append(one)
    for why, groups in by.items():
        yield why, [group for group in groups.values() if len(group) > 1]


def mergings(scope: Scope) -> ScopedQuerySet[Merging]:
    """Give the mergers of the schools led, the newest first."""
    return Merging.objects.within(scope, Need.MERGE).select_related("kept", "gone", "by")
