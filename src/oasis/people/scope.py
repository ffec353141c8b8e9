"""Whose eyes are looking: a frozen value made once per request from the posts, never from a global."""

from dataclasses import dataclass, field
from datetime import date
from uuid import UUID

from oasis.people.roles import ArmKind, Need, Role


@dataclass(frozen=True, slots=True)
class Arm:
    """One post's reach: the kind of thing, which ones, and what may be done there."""

    kind: ArmKind
    ids: frozenset[UUID]
    role: Role
    needs: frozenset[Need]


@dataclass(frozen=True, slots=True)
class Scope:
    """A person's reach on a day. `actor` is the user's id; an empty scope sees nothing."""

    actor: UUID | None
    name: str
    on: date
    arms: tuple[Arm, ...] = ()
    address: str = field(default="", compare=False)

    @property
    def person(self) -> UUID:
        """The user's id, for a row that must have a writer; raises ValueError for an empty scope."""
        if self.actor is None:
            raise ValueError("nobody is looking")
        return self.actor

    def can(self, need: Need) -> bool:
        """Tell whether any post gives this need somewhere."""
        return any(need in arm.needs for arm in self.arms)

    def ids(self, kind: ArmKind, need: Need) -> frozenset[UUID]:
        """Give the ids that posts of this kind reach with this need."""
        return frozenset().union(*(arm.ids for arm in self.arms if arm.kind == kind and need in arm.needs))

    def reach(self, need: Need) -> dict[ArmKind, frozenset[UUID]]:
        """Give every arm that holds this need, merged by kind."""
        found: dict[ArmKind, frozenset[UUID]] = {}
        for arm in self.arms:
            if need in arm.needs and arm.kind != ArmKind.NONE:
                found[arm.kind] = found.get(arm.kind, frozenset()) | arm.ids
        return found

    @property
    def roles(self) -> tuple[Role, ...]:
        """The roles held, in the order of the posts, each once."""
        return tuple(dict.fromkeys(arm.role for arm in self.arms))
