"""What a roster says of a child and what the file says already, in one shape, so that the two can be compared."""

import re
from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from datetime import date
from typing import Any
from uuid import UUID

from oasis.children.models import Away, Child, Hardship, Pairing, Phone, Tie
from oasis.children.models.care import NAMELESS
from oasis.kit.codes import PARENTS, Relation
from oasis.kit.keeping import plain
from oasis.people.roles import Need
from oasis.people.scope import Scope

Q_NOW = {"to_on__isnull": True}
# Columns of the file that a roster may fill; an empty cell never empties one.
PLAIN = [
    "name",
    "sex",
    "birth_on",
    "id_number",
    "ethnic",
    "student_no",
    "class_no",
    "former_name",
    "native_place",
    "household",
    "household_place",
    "address",
    "village",
    "commute",
    "distance_km",
    "only_child",
    "entered_on",
    "aid",
    "income",
    "interests",
    "character",
    "remark",
    "health",
    "health_note",
    "allergies",
    "disability",
    "care_rating",
]
OF_PERSON = ("name", "id_number", "birth_on", "occupation", "workplace", "address", "health", "alive")
# Words at the end of a place that make it no other place: 浙江省 is 浙江.
STEM = re.compile("(?:省|市|壮族自治区|回族自治区|维吾尔自治区|自治区|特别行政区)$")
OF_AWAY = ("since_on", "province", "city", "work", "reason")


@dataclass(slots=True)
class Kin:
    """A parent or carer, as a roster or a file tells it; `away` holds since_on, province, city, work, reason."""

    relation: str
    name: str
    phones: tuple[str, ...] = ()
    facts: dict[str, Any] = field(default_factory=dict)
    carer: bool = False
    away: dict[str, Any] = field(default_factory=dict)
    tie: UUID | None = None
    person: UUID | None = None
    away_id: UUID | None = None


@dataclass(slots=True)
class Told:
    """Everything a roster or a file tells of one child; None and empty mean that nothing was said."""

    fields: dict[str, Any]
    klass: UUID | None = None
    boarding: bool | None = None
    left_behind: int | None = None
    civil: bool | None = None
    civil_reason: str = ""
    care: str = ""
    since_on: date | None = None
    hardships: tuple[str, ...] = ()
    kin: list[Kin] = field(default_factory=list)
    pairs: tuple[str, ...] = ()  # role:id:name of a member of staff
    relieves: bool = False  # the carer named is the one who cares in fact: whoever did before does no longer


@dataclass(frozen=True, slots=True)
class Difference:
    """One thing the roster says otherwise: its key, the old value and the new one, both as JSON keeps them.

    Keys: child.<column>, klass, boarding, left_behind, civil, care, hardship, pair, relieve.<tie>; kin.<n>.new,
    kin.<n>.phone, kin.<n>.carer, kin.<n>.person.<column>, kin.<n>.away.<column>, with n the place in the roster's list of kin.
    """

    key: str
    old: Any
    new: Any


def known_files(scope: Scope, ids: Iterable[UUID]) -> dict[UUID, Told]:
    """Give what the files of these children say, for those in reach of the import."""
    ids = list(ids)
    columns = ("pk", "klass_id", "boarding", "left_behind", "civil", "care", *PLAIN)
    rows = Child.objects.within(scope, Need.IMPORT).filter(pk__in=ids).values_list(*columns)
    files = {
        pk: Told(dict(zip(PLAIN, rest, strict=True)), klass, boarding, left, civil, care=care)
        for pk, klass, boarding, left, civil, care, *rest in rows
    }
    kinds = Hardship.objects.within(scope, Need.IMPORT).filter(child__in=files, **Q_NOW).values_list("child_id", "kind")
    for child, kind in kinds:
        files[child].hardships += (kind,)
    for child, kin in _known_kin(scope, files):
        files[child].kin.append(kin)
    pairs = Pairing.objects.within(scope, Need.IMPORT).filter(child__in=files, staff__isnull=False, **Q_NOW)
    for child, staff in pairs.values_list("child_id", "staff_id"):
        files[child].pairs += (str(staff),)
    return files


def _known_kin(scope: Scope, ids: Iterable[UUID]) -> Iterator[tuple[UUID, Kin]]:
    names = [f"person__{name}" for name in OF_PERSON]
    ties = Tie.objects.within(scope, Need.IMPORT).filter(child__in=list(ids), **Q_NOW)
    rows = list(ties.order_by("pk").values_list("child_id", "pk", "person_id", "relation", "carer", *names))
    persons = {row[2] for row in rows}
    phones: dict[UUID, tuple[str, ...]] = {}
    numbers = Phone.objects.within(scope, Need.IMPORT).filter(person__in=persons, **Q_NOW).order_by("pk")
    for person, number in numbers.values_list("person_id", "number"):
        phones[person] = (*phones.get(person, ()), number)
    away = {
        person: (pk, dict(zip(OF_AWAY, rest, strict=True)))
        for person, pk, *rest in Away.objects.within(scope, Need.IMPORT)
        .filter(person__in=persons, **Q_NOW)
        .values_list("person_id", "pk", *OF_AWAY)
    }
    for child, tie, person, relation, carer, *rest in rows:
        facts = dict(zip(OF_PERSON, rest, strict=True))
        away_id, told = away.get(person, (None, {}))
        name = facts.pop("name")
        yield child, Kin(relation, name, phones.get(person, ()), facts, carer, told, tie, person, away_id)


def same_kin(known: Sequence[Kin], told: Sequence[Kin]) -> list[Kin | None]:
    """Find in a file the persons a roster means, each for one of them at most, in the order of the roster.

    A parent is known by the relation, anybody else by name; who has no name yet only where file and roster have but one
    of the relation: of two brothers nobody knows which is meant.
    """
    counts = Counter(one.relation for one in known), Counter(one.relation for one in told)
    single = {relation for relation in counts[0] if counts[0][relation] == counts[1][relation] == 1}
    rules: tuple[Callable[[Kin, Kin], bool], ...] = (
        lambda one, kin: kin.relation in PARENTS and one.relation == kin.relation,
        lambda one, kin: one.name == kin.name,
        lambda one, kin: kin.relation in single and nameless_twin(one, kin),
    )
    free = list(known)
    found: list[Kin | None] = [None] * len(told)
    for same in rules:
        for at, kin in enumerate(told):
            if found[at] is None and (one := next((one for one in free if same(one, kin)), None)):
                found[at] = one
                free = [other for other in free if other is not one]
    return found


def nameless_twin(one: Kin, other: Kin) -> bool:
    """Tell whether two may be the same because one of them has no name yet and both are the 奶奶."""
    told = one.relation not in (Relation.OTHER_KIN, Relation.NOT_KIN)
    return told and one.relation == other.relation and NAMELESS in one.name + other.name


def differences(known: Told, told: Told) -> list[Difference]:
    """Give what a roster says otherwise than the file; what it does not say is no difference."""
    found = [
        Difference(f"child.{name}", plain(known.fields[name]), plain(new))
        for name, new in told.fields.items()
        if new not in (None, "") and plain(known.fields[name]) != plain(new)
    ]
    for name in ("klass", "boarding", "left_behind", "civil", "care"):
        old, new = getattr(known, name), getattr(told, name)
        if new not in (None, "") and old != new:
            found.append(Difference(name, plain(old), plain(new)))
    found += [Difference("hardship", None, kind) for kind in told.hardships if kind not in known.hardships]
    found += [Difference("pair", None, pair) for pair in told.pairs if pair.split(":")[1] not in known.pairs]
    for at, (old, kin) in enumerate(zip(same_kin(known.kin, told.kin), told.kin, strict=True)):
        found += _of_kin(f"kin.{at}", old, kin)
    return found + (_relieved(known, told) if told.relieves else [])


def _relieved(known: Told, told: Told) -> list[Difference]:
    """Give the former carers, when the roster names another who cares in fact."""
    carers = [one for one, kin in zip(same_kin(known.kin, told.kin), told.kin, strict=True) if kin.carer]
    if not carers or any(one is not None and one.carer for one in carers):
        return []
    return [Difference(f"relieve.{one.tie}", one.name, None) for one in known.kin if one.carer]


def _of_kin(key: str, old: Kin | None, kin: Kin) -> Iterator[Difference]:
    if old is None:
        yield Difference(f"{key}.new", None, kin.name)
        return
    if kin.name != old.name and not kin.name.endswith(NAMELESS):
        yield Difference(f"{key}.person.name", old.name, kin.name)
    if kin.carer and not old.carer:
        yield Difference(f"{key}.carer", False, True)
    yield from _of_values(f"{key}.person", old.facts, kin.facts)
    yield from (Difference(f"{key}.phone", None, number) for number in kin.phones if number not in old.phones)
    yield from _of_values(f"{key}.away", old.away, kin.away)


def _of_values(key: str, old: dict[str, Any], new: dict[str, Any]) -> Iterator[Difference]:
    for name, value in new.items():
        if name in ("province", "city") and STEM.sub("", old.get(name) or "") == STEM.sub("", str(value)):
            continue
        if name == "reason" and old.get(name):  # away already, whatever for
            continue
        if value not in (None, "") and plain(old.get(name)) != plain(value):
            yield Difference(f"{key}.{name}", plain(old.get(name)), plain(value))
