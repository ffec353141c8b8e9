"""Children of one name told apart: by sex and number in the class; without a number by the birthday, for who reads files."""

from collections import Counter
from collections.abc import Iterable, Sequence
from datetime import date
from typing import Protocol, TypeVar
from uuid import UUID

from oasis.children.models import Child
from oasis.kit import codes
from oasis.people.roles import ArmKind, Need
from oasis.people.scope import Scope

SEXES = dict(codes.Sex.choices)
FILE = Need.CHILD_READ


class Named(Protocol):
    """Whoever has a name."""

    @property
    def name(self) -> str: ...


class Alike(Named, Protocol):
    """A child as far as it tells itself apart from one of the same name."""

    @property
    def pk(self) -> UUID: ...
    @property
    def school_id(self) -> UUID: ...
    @property
    def klass_id(self) -> UUID | None: ...
    @property
    def sex(self) -> str: ...
    @property
    def class_no(self) -> str: ...
    @property
    def birth_on(self) -> date | None: ...


Some = TypeVar("Some", bound=Named)


def twins(children: Iterable[Some]) -> list[Some]:
    """Give those of these children whose name another of them bears, too."""
    listed = list(children)
    counted = Counter(child.name for child in listed)
    return [child for child in listed if counted[child.name] > 1]


def words(scope: Scope, child: Alike) -> str:
    """Say what tells a child apart: 女 3号."""
    return " ".join(word for word in (plain(child), "" if child.class_no else _born(scope, child)) if word)


def plain(child: Alike) -> str:
    """Say it without a birthday, for a paper that leaves the house."""
    return " ".join(
        word for word in (SEXES.get(child.sex, ""), f"{child.class_no}号" if child.class_no else "") if word
    )


def called(scope: Scope, children: Iterable[Alike]) -> dict[UUID, str]:
    """Give names that tell these children apart, of those who share one: 李明（女 3号）."""
    told = {child.pk: (child.name, words(scope, child)) for child in twins(children)}
    return {pk: f"{name}（{more}）" if more else name for pk, (name, more) in told.items()}


def called_of(scope: Scope, need: Need, ids: Iterable[UUID]) -> dict[UUID, str]:
    """Give the same, where only the ids are known. One query, none for nobody."""
    wanted = list(ids)
    return called(scope, Child.objects.within(scope, need).filter(pk__in=wanted)) if wanted else {}


def class_twins(scope: Scope, need: Need, children: Sequence[Child]) -> set[UUID]:
    """Give those of these children in whose class another bears their name, whether it is among these or not. One query."""
    rows = Child.objects.within(scope, need).filter(
        state=Child.State.HERE,
        klass__in={child.klass_id for child in children},
        name__in={child.name for child in children},
    )
    counted = Counter[tuple[UUID | None, str]](rows.order_by().values_list("klass_id", "name"))
    return {child.pk for child in children if counted[child.klass_id, child.name] > 1}


def name_of(scope: Scope, need: Need, child: Child) -> str:
    """Give a child's name, told apart where another of the class bears it, too. One query."""
    more = words(scope, child) if class_twins(scope, need, [child]) else ""
    return f"{child.name}（{more}）" if more else child.name


def _born(scope: Scope, child: Alike) -> str:
    reads = child.klass_id in scope.ids(ArmKind.KLASS, FILE) or child.school_id in scope.ids(ArmKind.SCHOOL, FILE)
    return f"{child.birth_on.month}月{child.birth_on.day}日生" if child.birth_on and reads else ""
