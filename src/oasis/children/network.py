"""The net of care: who stands by whom, and who stands alone (D1)."""

from collections.abc import Iterable
from dataclasses import dataclass, field
from uuid import UUID

from oasis.children.access import current
from oasis.children.models import Child, Pairing
from oasis.people.roles import Need
from oasis.people.scope import Scope


@dataclass
class Knot:
    """One who stands by children: a member of staff, a classmate, somebody from outside; with what role by each."""

    key: str
    name: str
    kind: str  # staff, classmate, outside
    roles: set[str] = field(default_factory=set)
    children: list[Child] = field(default_factory=list)


@dataclass(frozen=True)
class Net:
    """The knots, those with most children first, and the left-behind children whom no member of staff stands by."""

    knots: list[Knot]
    alone: list[Child]
    children: int


def net(scope: Scope, school: UUID) -> Net:
    """Give the net of the children in reach. Two queries."""
    rows = (
        Child.objects.within(scope, Need.PAIR).filter(school_id=school, state=Child.State.HERE).select_related("klass")
    )
    found = {
        child.pk: child for child in rows.order_by("klass__stage", "-klass__entry_year", "klass__number", "pinyin")
    }
    pairs = Pairing.objects.within(scope, Need.PAIR).filter(current(scope.on), school_id=school, to_on__isnull=True)
    knots: dict[str, Knot] = {}
    held: set[UUID] = set()
    for pair in pairs.select_related("staff", "classmate").order_by("from_on", "pk"):
        if pair.child_id not in found:
            continue
        knot = knots.setdefault(_key(pair), _knot(pair))
        knot.roles.add(pair.get_role_display())
        if found[pair.child_id] not in knot.children:
            knot.children.append(found[pair.child_id])
        if pair.staff_id and pair.role != Pairing.Role.COUNSELLOR:
            held.add(pair.child_id)
    alone = [child for child in found.values() if child.left_behind and child.pk not in held]
    return Net(_ordered(knots.values()), alone, len(held | {child.pk for child in alone}))


def _key(pair: Pairing) -> str:
    return str(pair.staff_id or pair.classmate_id or pair.outsider)


def _knot(pair: Pairing) -> Knot:
    if pair.staff:
        return Knot(str(pair.staff_id), pair.staff.name, "staff")
    if pair.classmate:
        return Knot(str(pair.classmate_id), pair.classmate.name, "classmate")
    return Knot(pair.outsider, pair.outsider, "outside")


def _ordered(knots: Iterable[Knot]) -> list[Knot]:
    order = {"staff": 0, "outside": 1, "classmate": 2}
    return sorted(knots, key=lambda knot: (order[knot.kind], -len(knot.children), knot.name))
