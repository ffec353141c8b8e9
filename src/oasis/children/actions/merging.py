"""One parent entered twice becomes one person: ties, numbers, absence and agreements move; and all of it can be undone."""

from collections.abc import Iterable
from typing import Any
from uuid import UUID

from django.db import models, transaction

from oasis.children.actions.family import PERSON_FIELDS
from oasis.children.actions.files import keep
from oasis.children.models import Away, CareArrangement, Change, Consent, Merging, Person, Petition, Phone, Tie
from oasis.kit.dates import now
from oasis.kit.keeping import plain
from oasis.kit.refused import Refused
from oasis.people import trail
from oasis.people.roles import Need
from oasis.people.scope import Scope

TABLES: dict[str, Any] = {
    "person": Person, "tie": Tie, "phone": Phone, "away": Away, "care": CareArrangement, "consent": Consent,
    "petition": Petition,
}  # fmt: skip
REASON = "重复登记，已合并"
RANK = (Tie.Standing.NONE, Tie.Standing.ENTRUSTED, Tie.Standing.LEGAL)
OF_AWAY = ("since_on", "province", "city", "work", "home_every", "last_seen_on", "next_return_on")
WHY = "agreements, answers and petitions follow the person, though a school's leader reads them by need"


class Steps:
    """Writes values one by one and remembers what stood there; what concerns a child's file goes into its history."""

    def __init__(self, scope: Scope, merging: Merging) -> None:
        self.scope, self.merging = scope, merging
        self.lines: list[Change] = []

    def set(self, table: str, row: models.Model, child: UUID | None = None, **fields: Any) -> None:
        """Write columns of one row; with a child, each is a line of its history."""
        changed = {name: new for name, new in fields.items() if getattr(row, name) != new}
        for name, new in changed.items():
            old = getattr(row, name)
            self.merging.steps.append([table, str(row.pk), name, plain(old), plain(new)])
            if child:
                self.line(child, table, row.pk, name, old, new)
            setattr(row, name, new)
        if changed:
            row.save(update_fields=list(changed))

    def line(self, child: UUID, table: str, row: UUID, name: str, old: Any, new: Any) -> None:
        """Keep a line for the history of a child."""
        self.lines.append(
            Change(
                school_id=self.merging.school_id, child_id=child, table=table, row=row, field=name, old=plain(old),
                new=plain(new), at=self.merging.at, by_id=self.scope.actor,
            )
        )  # fmt: skip


def merge(scope: Scope, *, kept: UUID, gone: UUID) -> Merging:
    """Bring two entries of one person together under the first; raises Refused when they are not two of one school."""
    with transaction.atomic():
        first, second = _both(scope, kept, gone)
        merging = Merging(school_id=first.school_id, kept=first, gone=second, on=scope.on, by_id=scope.actor)
        steps = Steps(scope, merging)
        children = _ties(scope, steps, first, second)
        if not children:
            raise Refused("nobody", "这一位现在不在任何孩子的家庭成员里，不用合并。")
        _phones(scope, steps, first, second)
        _absence(scope, steps, first, second)
        for table, column in (("care", "carer"), ("consent", "signer"), ("petition", "guardian")):
            rows = TABLES[table].objects.everywhere(why=WHY).filter(**{column: second})
            for row in rows:
                steps.set(table, row, **{f"{column}_id": first.pk})
        _complete(scope, steps, first, second)
        merging.save(force_insert=True)
        for child in children:
            steps.line(child, "merge", merging.pk, "name", second.name, first.name)
        keep(steps.lines)
        trail.note(scope, "family.merge", school=merging.school_id, subject=str(merging.pk))
    return merging


def unmerge(scope: Scope, merging: Merging) -> Merging:
    """Undo a merger; raises Refused when a value it wrote was changed by somebody since."""
    with transaction.atomic():
        held = Merging.objects.within(scope, Need.MERGE).select_for_update(of=("self",)).filter(pk=merging.pk).first()
        if held is None or held.undone_at:
            raise Refused("undone", "这次合并已经撤销，请刷新页面。")
        held.at = now()
        steps = Steps(scope, held)
        done, held.steps = held.steps, []
        children = _back(steps, reversed(done))
        for child in children:
            steps.line(child, "merge", held.pk, "name", held.kept.name, held.gone.name)
        keep(steps.lines)
        Merging.objects.within(scope, Need.MERGE).filter(pk=held.pk).update(undone_at=held.at)
        trail.note(scope, "family.unmerge", school=held.school_id, subject=str(held.pk))
    return held


def _back(steps: Steps, done: Iterable[list[Any]]) -> set[UUID]:
    children: set[UUID] = set()
    for table, pk, name, old, new in done:
        row = TABLES[table].objects.everywhere(why=WHY).filter(pk=pk).first()
        column = TABLES[table]._meta.get_field(name)
        if row is None or plain(getattr(row, name)) != new:
            raise Refused("changed", "合并之后又有人改过这位家长的信息，不能整个撤销。请到家庭成员里逐项更正。")
        value = column.target_field.to_python(old) if column.is_relation else column.to_python(old)
        steps.set(table, row, row.child_id if table == "tie" and name != "person_id" else None, **{name: value})
        if table == "tie":
            children.add(row.child_id)
    return children


def _both(scope: Scope, kept: UUID, gone: UUID) -> tuple[Person, Person]:
    rows = Person.objects.within(scope, Need.MERGE).select_for_update(of=("self",)).order_by("pk")
    found = {person.pk: person for person in rows.filter(pk__in=(kept, gone))}
    if len(found) != 2:
        raise Refused("two", "请选择两位不同的家庭成员。")
    first, second = found[kept], found[gone]
    if first.school_id != second.school_id:
        raise Refused("two", "只能合并同一所学校登记的家庭成员。")
    return first, second


def _ties(scope: Scope, steps: Steps, first: Person, second: Person) -> set[UUID]:
    """Move the running ties; where both are tied to a child the second ends and its marks pass over."""
    running = Tie.objects.within(scope, Need.MERGE).filter(to_on__isnull=True)
    own = {tie.child_id: tie for tie in running.filter(person=first)}
    children = set()
    for tie in running.filter(person=second).order_by("pk"):
        children.add(tie.child_id)
        if (mine := own.get(tie.child_id)) is None:
            steps.set("tie", tie, person_id=first.pk)
            continue
        steps.set("tie", tie, tie.child_id, to_on=scope.on, reason=REASON)
        steps.set(
            "tie", mine, tie.child_id, carer=mine.carer or tie.carer, lives_with=mine.lives_with or tie.lives_with,
            call_order=min(mine.call_order, tie.call_order), no_pickup=mine.no_pickup or tie.no_pickup,
            standing=max(mine.standing, tie.standing, key=lambda one: RANK.index(Tie.Standing(one))),
        )  # fmt: skip
    return children


def _phones(scope: Scope, steps: Steps, first: Person, second: Person) -> None:
    running = Phone.objects.within(scope, Need.MERGE).filter(to_on__isnull=True)
    known = set(running.filter(person=first).values_list("number", flat=True))
    for phone in running.filter(person=second).order_by("pk"):
        if phone.number in known:
            steps.set("phone", phone, to_on=scope.on)
        else:
            steps.set("phone", phone, person_id=first.pk)


def _absence(scope: Scope, steps: Steps, first: Person, second: Person) -> None:
    """Move a running absence, or complete the one there is."""
    running = Away.objects.within(scope, Need.MERGE).filter(to_on__isnull=True)
    mine, other = running.filter(person=first).first(), running.filter(person=second).first()
    if other and mine:
        told = {name: getattr(other, name) for name in OF_AWAY if getattr(mine, name) in (None, "")}
        steps.set("away", mine, **told)
    elif other:
        steps.set("away", other, person_id=first.pk)


def _complete(scope: Scope, steps: Steps, first: Person, second: Person) -> None:
    """Fill what the kept entry does not know from the other one."""
    told = {
        name: value for name in sorted(PERSON_FIELDS) if (value := getattr(second, name)) and getattr(first, name) in (None, "")
    }  # fmt: skip
    steps.set("person", first, **told)
    ties = Tie.objects.within(scope, Need.MERGE).filter(person=first, to_on__isnull=True)
    for child in ties.values_list("child_id", flat=True):
        for name, value in told.items():
            steps.line(child, "person", first.pk, name, None, value)
