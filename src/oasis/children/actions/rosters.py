"""Many files at once, opened from a roster."""

from collections.abc import Iterable, Sequence
from datetime import date, datetime
from typing import Any
from uuid import UUID

from django.db import models

from oasis.children.models import Away, Change, Child, ChildStatus, Enrolment, Hardship, Pairing, Person, Phone, Tie
from oasis.children.rosters import OF_AWAY, OF_PERSON, PLAIN, Kin, Told
from oasis.kit.bulk import insert
from oasis.kit.codes import PARENTS, AwayReason
from oasis.kit.dates import now
from oasis.kit.ids import new_id
from oasis.kit.keeping import plain
from oasis.kit.pinyin import spelled
from oasis.kit.sealed import cells
from oasis.kit.secrets import keyed_hash
from oasis.people.roles import Need
from oasis.people.scope import Scope
from oasis.places.models import School

CHILD = (
    "id", "school_id", "klass_id", "boarding", "left_behind", "civil", "care", "opened_on", "demo",
    "pinyin", "initials", "given_name", "given_pinyin", "id_hash", "id_tail", *PLAIN,
)  # fmt: skip


def defaults(model: type[models.Model], names: Sequence[str]) -> dict[str, Any]:
    """Give what these columns hold when nothing is told, in this order."""
    known = {field.name: field.get_default() for field in model._meta.concrete_fields}
    return {name: known[name] for name in names}


BLANK = defaults(Child, PLAIN)
DATED = ("id", "school_id", "child_id", "by_id", "at")
ENROLMENT = (*DATED, "klass_id", "boarding", "from_on", "reason")
STATUS = (*DATED, "from_on", "left_behind", "civil", "civil_reason", "care", "since_on", "source")
HARDSHIP = (*DATED, "kind", "from_on")
PAIRING = (*DATED, "role", "staff_id", "from_on")
TIE = (*DATED, "person_id", "relation", "standing", "lives_with", "carer", "call_order", "from_on")
PERSON = ("id", "school_id", "demo", *OF_PERSON)
PERSON_BLANK = defaults(Person, OF_PERSON[1:])
AWAY_BLANK: dict[str, Any] = {**dict.fromkeys(OF_AWAY, ""), "since_on": None, "reason": AwayReason.WORK.value}
LEGAL, NO_STANDING = Tie.Standing.LEGAL.value, Tie.Standing.NONE.value
PHONE = ("id", "school_id", "person_id", "number", "from_on")
AWAY = ("id", "school_id", "person_id", "by_id", "at", *OF_AWAY)
HISTORY = "what a parent is told belongs to the file of every brother and sister"
ORDER = {"51": 2, "52": 3}


class Opening:
    """Collects the rows of a chunk of new files, table by table, and writes them in one go."""

    def __init__(
        self, scope: Scope, school: School, on: date, known: dict[tuple[str, str], UUID], batch: UUID | None
    ) -> None:
        self.scope, self.school, self.on, self.at, self.batch = scope, school, on, now(), batch
        self.known = known  # (name, number) -> a person who is in the house already: siblings share parents
        self.kept: dict[UUID, list[dict[str, Any]]] = {}  # what persons who were there before are told
        self.rows: dict[type, list[tuple[Any, ...]]] = {
            model: [] for model in (Child, Enrolment, ChildStatus, Hardship, Pairing, Person, Tie, Phone, Away)
        }
        self.fresh: set[UUID] = set()  # persons made in this chunk
        self.met: list[tuple[UUID, Kin]] = []  # persons who were there before, and what the roster says of them

    def add(self, child: UUID, told: Told) -> None:
        """Take one child with family."""
        school, by = self.school.pk, self.scope.actor
        number = told.fields.get("id_number") or ""
        spelling = spelled(told.fields["name"])
        left, civil, boarding = told.left_behind or 0, bool(told.civil), bool(told.boarding)
        self.rows[Child].append((
            child, school, told.klass, boarding, left, civil, told.care, self.on, self.school.demo,
            spelling.full, spelling.initials, spelling.given_name, spelling.given,
            keyed_hash(number, purpose="child-id") if number else None, keyed_hash(number[-4:], purpose="id-tail") if number else "",
            *filled(BLANK, told.fields),
        ))  # fmt: skip
        head = (school, child, by, self.at)
        self.rows[Enrolment].append((new_id(), *head, told.klass, boarding, self.on, "名册导入"))
        source = ChildStatus.UNTOLD if told.left_behind is None and not civil else "import"
        self.rows[ChildStatus].append(
            (new_id(), *head, self.on, left, civil, told.civil_reason, told.care, told.since_on, source)
        )
        for kind in told.hardships:
            self.rows[Hardship].append((new_id(), *head, kind, self.on))
        for pair in told.pairs:
            role, staff, _name = pair.split(":")
            self.rows[Pairing].append((new_id(), *head, role, UUID(staff), self.on))
        for kin in told.kin:
            self.add_kin(head, kin)

    def add_kin(self, head: tuple[UUID, UUID, UUID | None, datetime], kin: Kin) -> UUID:
        """Take a parent or carer of a child; somebody known by name and number is the same person."""
        person = next((found for number in kin.phones if (found := self.known.get((kin.name, number)))), None)
        if person is None:
            person = new_id()
            self.fresh.add(person)
            values = filled(PERSON_BLANK, kin.facts)
            self.rows[Person].append((person, self.school.pk, self.school.demo, kin.name, *values))
            for number in kin.phones:
                self.rows[Phone].append((new_id(), self.school.pk, person, number, self.on))
                self.known[kin.name, number] = person
            if kin.away:
                self.add_away(person, kin)
        elif person not in self.fresh:
            self.met.append((person, kin))
        standing = LEGAL if kin.relation in PARENTS and kin.facts.get("alive", True) else NO_STANDING
        order = 1 if kin.carer else ORDER.get(kin.relation, 9)
        row = (person, kin.relation, standing, kin.carer, kin.carer, order, self.on)
        self.rows[Tie].append((new_id(), *head, *row))
        return person

    def add_away(self, person: UUID, kin: Kin) -> tuple[Any, ...]:
        head = (new_id(), self.school.pk, person, self.scope.actor, self.at)
        row = (*head, *filled(AWAY_BLANK, kin.away))
        self.rows[Away].append(row)
        return row

    def write(self) -> None:
        """Insert everything taken; call inside the transaction of the chunk."""
        self.complete()
        for model, columns in (
            (Child, CHILD), (Enrolment, ENROLMENT), (ChildStatus, STATUS), (Hardship, HARDSHIP), (Pairing, PAIRING),
            (Person, PERSON), (Tie, TIE), (Phone, PHONE), (Away, AWAY),
        ):  # fmt: skip
            if self.rows[model]:
                insert(model, columns, self.rows[model])

    def complete(self) -> None:
        """Tell persons who were there before what the house does not know of them yet; what it knows stays."""
        ids = {person for person, _kin in self.met}
        if not ids:
            return
        mine = Person.objects.within(self.scope, Need.IMPORT)
        persons = mine.in_bulk(list(ids))
        rows = Away.objects.within(self.scope, Need.IMPORT).filter(person__in=ids)
        away = set(rows.values_list("person_id", flat=True))
        for pk, kin in self.met:
            self.complete_person(persons[pk], kin)
            if kin.away and pk not in away:
                away.add(pk)
                self.complete_away(pk, kin)
        told = [persons[pk] for pk in self.kept if pk in persons]
        with cells(told):
            mine.bulk_update(told, OF_PERSON[1:])
        self.keep()

    def complete_person(self, person: Person, kin: Kin) -> None:
        for name, value in kin.facts.items():
            old = getattr(person, name)
            if (value and old in ("", None)) or (name == "alive" and value is False and old):
                setattr(person, name, value)
                self.told(person.pk, "person", person.pk, name, value, old)
        for number in kin.phones:
            if (kin.name, number) not in self.known:
                self.known[kin.name, number] = person.pk
                self.rows[Phone].append((row := new_id(), self.school.pk, person.pk, number, self.on))
                self.told(person.pk, "phone", row, "number", number)

    def complete_away(self, person: UUID, kin: Kin) -> None:
        row, *_rest = self.add_away(person, kin)
        for name, value in begun(kin).items():
            self.told(person, "away", row, name, value)

    def told(self, person: UUID, table: str, row: UUID, name: str, new: Any, old: Any = None) -> None:
        """Remember what was added to a person who was there before."""
        line = {"table": table, "row": row, "field": name, "old": plain(old), "new": plain(new)}
        self.kept.setdefault(person, []).append(line)

    def keep(self) -> None:
        """Write what was added to a person into the history of every child tied to it by now."""
        ties = Tie.objects.everywhere(why=HISTORY).filter(person__in=list(self.kept), to_on__isnull=True)
        Change.objects.bulk_create(
            Change(
                school_id=self.school.pk, child_id=child, at=self.at, by_id=self.scope.actor, batch=self.batch, **line
            )
            for person, child in ties.order_by("pk").values_list("person_id", "child_id")
            for line in self.kept[person]
        )  # fmt: skip


def begun(kin: Kin) -> dict[str, Any]:
    """Give what is told of an absence that begins; without a day it is since nobody knows when."""
    return {"reason": AwayReason.WORK.value} | {name: value for name, value in kin.away.items() if value}


def filled(blank: dict[str, Any], values: dict[str, Any]) -> list[Any]:
    """Give the values in the order of the blanks; what is not told, or told as nothing, is blank. No is an answer."""
    found = []
    for name, default in blank.items():
        value = values.get(name)
        found.append(default if value is None or value == "" else value)
    return found


def open_files(
    scope: Scope, *, school: School, on: date, files: Sequence[tuple[UUID, Told]], batch: UUID | None = None
) -> None:
    """Open a file for each child under the id given. Call inside a transaction, with classes already judged.

    The batch that calls this writes the one line of the trail (intake.actions.commit).
    """
    numbers = {number for _child, told in files for kin in told.kin for number in kin.phones}
    opening = Opening(scope, school, on, known_persons(scope, school, numbers), batch)
    for child, told in files:
        opening.add(child, told)
    opening.write()


def known_persons(scope: Scope, school: School, numbers: Iterable[str]) -> dict[tuple[str, str], UUID]:
    """Give the persons of a school who answer to these numbers, by name and number, as far as the importer reaches.

    Whoever knows the name and number of a parent of another class must not get at that parent by writing them down.
    """
    rows = Phone.objects.within(scope, Need.IMPORT)
    rows = rows.filter(number_hash__in=Phone.hashes(numbers), to_on__isnull=True).order_by()
    found = rows.values_list("person__name", "number", "person_id", "school_id")
    # Asked for in the statement, the school leads SQLite to read all its numbers for each chunk of a roster.
    return {(name, number): person for name, number, person, place in found if place == school.pk}
