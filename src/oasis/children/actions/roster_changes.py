"""A file brought up to date from a roster: only what was shown to a person before, each change kept in the history."""

from collections.abc import Sequence
from datetime import date
from typing import Any
from uuid import UUID

from django.db.models import Q

from oasis.children.actions.files import keep, set_identity
from oasis.children.actions.moves import end_pairings
from oasis.children.actions.rosters import Opening, begun, known_persons
from oasis.children.models import Away, Change, Child, ChildStatus, Enrolment, Hardship, Pairing, Person, Phone, Tie
from oasis.children.rosters import Difference, Kin, Told, same_kin
from oasis.kit.dates import now
from oasis.kit.ids import new_id
from oasis.kit.keeping import plain
from oasis.kit.sealed import tied
from oasis.people.roles import Need
from oasis.people.scope import Scope

REASON = "名册导入"
MOVED = "名册导入调班"


class Revision:
    """Applies the differences of one child; call inside a transaction that has locked the child."""

    def __init__(self, scope: Scope, child: Child, on: date, batch: UUID) -> None:
        self.scope, self.child, self.on, self.batch = scope, child, on, batch
        self.kept: list[Change] = []

    def apply(self, known: Told, told: Told, found: Sequence[Difference]) -> None:
        """Write the differences and their history."""
        keys = {difference.key for difference in found}
        child = self.child
        for name in (key[6:] for key in sorted(keys) if key.startswith("child.")):
            self.note("child", child.pk, name, getattr(child, name), told.fields[name])
            setattr(child, name, told.fields[name])
        if keys & {"klass", "boarding"}:
            self.place(told)
        if keys & {"left_behind", "civil", "care"}:
            self.status(told)
        for difference in found:
            self.single(difference)
        for at, (old, kin) in enumerate(zip(same_kin(known.kin, told.kin), told.kin, strict=True)):
            mine = [difference for difference in found if difference.key.startswith(f"kin.{at}.")]
            if mine:
                self.kin(old, kin, mine)
        set_identity(child)
        child.version += 1
        child.save()
        keep(self.kept)

    def note(self, table: str, row: UUID, name: str, old: Any, new: Any) -> None:
        self.kept.append(
            Change(
                school_id=self.child.school_id, child=self.child, table=table, row=row, field=name, old=plain(old),
                new=plain(new), at=now(), by_id=self.scope.actor, batch=self.batch,
            )
        )  # fmt: skip

    def dated(self, model: Any, **fields: Any) -> Any:
        """Make a row about the child, signed by the importer."""
        return model.objects.create(school_id=self.child.school_id, child=self.child, by_id=self.scope.actor, **fields)

    def place(self, told: Told) -> None:
        child = self.child
        klass = told.klass or child.klass_id
        boarding = child.boarding if told.boarding is None else told.boarding
        if klass != child.klass_id:
            self.note("child", child.pk, "klass_id", child.klass_id, klass)
            end_pairings(self.scope, child, self.on, MOVED, Q(classmate__isnull=False))
        if boarding != child.boarding:
            self.note("child", child.pk, "boarding", child.boarding, boarding)
        running = Enrolment.objects.within(self.scope, Need.IMPORT)
        running.filter(child=child, to_on__isnull=True).update(to_on=self.on)
        self.dated(Enrolment, klass_id=klass, boarding=boarding, from_on=self.on, reason=REASON)
        child.klass_id, child.boarding = klass, boarding

    def status(self, told: Told) -> None:
        child = self.child
        new = {
            "left_behind": child.left_behind if told.left_behind is None else told.left_behind,
            "civil": child.civil if told.civil is None else told.civil,
            "care": told.care or child.care,
        }
        for name, value in new.items():
            if getattr(child, name) != value:
                self.note("child", child.pk, name, getattr(child, name), value)
                setattr(child, name, value)
        reason = told.civil_reason if new["civil"] else ""
        self.dated(ChildStatus, from_on=self.on, civil_reason=reason, since_on=told.since_on, source="import", **new)

    def single(self, difference: Difference) -> None:
        """Write what stands for itself: a hardship, a helper, a carer who cares no longer."""
        what, _, tie = difference.key.partition(".")
        if what == "hardship":
            row = self.dated(Hardship, kind=difference.new, from_on=self.on)
            self.note("hardship", row.pk, "kind", None, difference.new)
        elif what == "pair":
            role, staff, _name = difference.new.split(":")
            self.pair(role, UUID(staff))
        elif what == "relieve":
            Tie.objects.filter(pk=UUID(tie)).within(self.scope, Need.IMPORT).update(carer=False)
            self.note("tie", UUID(tie), "carer", True, False)

    def pair(self, role: str, staff: UUID) -> None:
        """Let a member of staff stand by the child, unless somebody has paired them since the preview."""
        running = Pairing.objects.within(self.scope, Need.IMPORT).filter(child=self.child, staff=staff)
        if not running.filter(to_on__isnull=True).exists():
            row = self.dated(Pairing, role=role, staff_id=staff, from_on=self.on)
            self.note("pairing", row.pk, "role", None, role)

    def kin(self, old: Kin | None, kin: Kin, found: Sequence[Difference]) -> None:
        """Write what the roster says of one parent or carer."""
        if old is None:
            self.new_kin(kin)
            return
        for difference in found:
            what, _, name = difference.key.split(".", 2)[2].partition(".")
            if what == "person":
                value = kin.name if name == "name" else kin.facts[name]
                person = Person.objects.filter(pk=_id(old.person)).within(self.scope, Need.IMPORT)
                person.update(**tied(Person, _id(old.person), {name: value}))
                self.note("person", _id(old.person), name, difference.old, value)
            elif what == "carer":
                Tie.objects.filter(pk=_id(old.tie)).within(self.scope, Need.IMPORT).update(carer=True)
                self.note("tie", _id(old.tie), "carer", False, True)
            elif what == "phone":
                phone = Phone.objects.create(
                    school_id=self.child.school_id, person_id=_id(old.person), number=difference.new, from_on=self.on
                )
                self.note("phone", phone.pk, "number", None, difference.new)
        self.away(old, kin, [difference for difference in found if ".away." in difference.key])

    def away(self, old: Kin, kin: Kin, found: Sequence[Difference]) -> None:
        """Change a parent's running absence, or begin one."""
        if not found:
            return
        if old.away_id is None:
            ticked = {difference.key.rpartition(".")[2] for difference in found}
            values = {name: value for name, value in begun(kin).items() if name == "reason" or name in ticked}
            row = Away.objects.create(
                **values, id=new_id(), school_id=self.child.school_id, person_id=_id(old.person), by_id=self.scope.actor
            )
            for name, value in values.items():
                self.note("away", row.pk, name, None, value)
            return
        for difference in found:
            name = difference.key.rpartition(".")[2]
            value = kin.away[name]
            Away.objects.filter(pk=old.away_id).within(self.scope, Need.IMPORT).update(**{name: value})
            self.note("away", old.away_id, name, difference.old, value)

    def new_kin(self, kin: Kin) -> None:
        child = self.child
        known = known_persons(self.scope, child.school, kin.phones)
        opening = Opening(self.scope, child.school, self.on, known, self.batch)
        person = opening.add_kin((child.school_id, child.pk, self.scope.actor, opening.at), kin)
        opening.write()
        (tie,) = opening.rows[Tie]
        self.note("tie", tie[0], "person", None, person)
        for phone in opening.rows[Phone]:
            self.note("phone", phone[0], "number", None, phone[3])
        for away in opening.rows[Away]:
            for name, value in begun(kin).items():
                self.note("away", away[0], name, None, value)


def _id(value: UUID | None) -> UUID:
    if value is None:
        raise ValueError("a person of a file has an id")
    return value
