"""Who is paired with whom: a class's table, and the load of a school's staff."""

from dataclasses import dataclass, field
from datetime import date
from uuid import UUID

from oasis.children.access import current
from oasis.children.actions.pairing import staff_of
from oasis.children.load import fair_share, staff_load
from oasis.children.models import Child, Pairing
from oasis.people.models import User
from oasis.people.roles import Need
from oasis.people.scope import Scope
from oasis.places.models import Klass


@dataclass
class Paired:
    """A child with the pairings that run."""

    child: Child
    pairs: list[Pairing] = field(default_factory=list)

    @property
    def lacks(self) -> list[str]:
        """What every left-behind child should have and this one has not (requirements.md C1)."""
        staff = any(pair.staff_id and pair.role != Pairing.Role.COUNSELLOR for pair in self.pairs)
        mate = any(pair.classmate_id for pair in self.pairs)
        return (
            [word for word, there in (("教师", staff), ("同学", mate)) if not there] if self.child.left_behind else []
        )


def staff_by_name(school_id: UUID, on: date) -> dict[str, list[UUID]]:
    """Give who works at a school, by name; two people may have the same one."""
    found: dict[str, list[UUID]] = {}
    for pk, name in User.objects.filter(staff_of(school_id, on)).order_by("pk").values_list("pk", "name"):
        found.setdefault(name, []).append(pk)
    return found


@dataclass(frozen=True)
class Loaded:
    """A member of staff, how many children, and how many would be a fair share."""

    user: User
    load: int
    most: int

    @property
    def many(self) -> bool:
        """Tell whether that is more than a fair share."""
        return self.load > self.most


def paired(scope: Scope, klass: Klass, *, everybody: bool = False) -> list[Paired]:
    """Give the children of a class with their helpers: those who lack one first. Two queries."""
    rows = Child.objects.within(scope, Need.PAIR).filter(klass=klass, state=Child.State.HERE).order_by("pinyin", "pk")
    found = {child.pk: Paired(child) for child in rows}
    pairs = Pairing.objects.within(scope, Need.PAIR).filter(current(scope.on), child__klass=klass, to_on__isnull=True)
    for pair in pairs.select_related("staff", "classmate").order_by("role", "from_on"):
        if pair.child_id in found:
            found[pair.child_id].pairs.append(pair)
    shown = [one for one in found.values() if everybody or one.child.left_behind or one.pairs]
    return sorted(shown, key=lambda one: (-len(one.lacks), not one.child.key, one.child.pinyin))


def staff_table(school_id: UUID, on: date) -> list[Loaded]:
    """Give the helpers of a school with their load, the fullest first. Four queries."""
    load = staff_load(school_id, on)
    users = User.objects.filter(pk__in=load)
    most = fair_share(school_id, on)
    return sorted((Loaded(user, load[user.pk], most) for user in users), key=lambda one: (-one.load, one.user.name))


def outsiders_of(school_id: UUID, on: date) -> dict[str, date | None]:
    """Give the helpers from outside who stand by a child of a school, each with the day of check told when pairing."""
    rows = Pairing.objects.everywhere(why="names of grown-up helpers, to see that each was checked; no child is named")
    running = rows.filter(current(on), school_id=school_id).exclude(outsider="").exclude(role=Pairing.Role.UNIT)
    found: dict[str, date | None] = {}
    for name, day in running.values_list("outsider", "checked_on"):
        told = [one for one in (found.get(name), day) if one]
        found[name] = max(told) if told else None
    return found
