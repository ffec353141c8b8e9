"""Who may see which child: from posts and pairings to a scope, and back from a child to the people."""

from dataclasses import dataclass
from datetime import date
from uuid import UUID

from django.db.models import Case, CharField, Q, QuerySet, UUIDField, Value, When
from django.db.models.functions import Cast

from oasis.children.models import Child, Pairing
from oasis.people.models import Post, User
from oasis.people.roles import ROLES, ArmKind, Need
from oasis.people.scope import Arm, Scope

COLUMNS = ("role", "school_id", "klass_id", "region_id", "child_of")


def scope_of(user: User, on: date, address: str = "") -> Scope:
    """Make the scope of a person on a day from the posts held and the children paired with. One query."""
    found: dict[tuple[str, ArmKind], set[UUID]] = {}
    for role_code, school, klass, region, child in _holdings(user, on):
        role = ROLES.get(role_code)
        target = {
            ArmKind.SCHOOL: school, ArmKind.BOARDERS: school, ArmKind.KLASS: klass, ArmKind.REGION: region, ArmKind.CHILD: child,
        }.get(role.arm)  # fmt: skip
        found.setdefault((role_code, role.arm), set()).update({target} if target else set())
    arms = tuple(
        Arm(kind, frozenset(ids), ROLES.get(code), ROLES.get(code).needs) for (code, kind), ids in found.items()
    )
    return Scope(actor=user.pk, name=user.name, on=on, arms=arms, address=address)


def _holdings(user: User, on: date) -> QuerySet[Post, tuple[str, UUID | None, UUID | None, UUID | None, UUID | None]]:
    nothing = Cast(Value(None), UUIDField())
    posts = Post.objects.held_on(on).filter(user=user).annotate(child_of=nothing)
    pairs = (
        Pairing.objects.everywhere(why="the scope itself is being made, from the person's own pairings")
        .filter(current(on), staff=user)
        .annotate(
            as_role=Case(
                When(role=Pairing.Role.COUNSELLOR, then=Value("counsellor")),
                default=Value("helper"),
                output_field=CharField(),
            ),
            no_school=nothing,
            no_klass=nothing,
            no_region=nothing,
        )
        .order_by()
    )
    return (
        posts.order_by()
        .values_list(*COLUMNS)
        .union(pairs.values_list("as_role", "no_school", "no_klass", "no_region", "child_id"), all=True)
    )


def needs_over(scope: Scope, child: Child) -> frozenset[Need]:
    """Give what a person may do with one child, from the posts that reach it. No query."""
    target = {ArmKind.SCHOOL: child.school_id, ArmKind.KLASS: child.klass_id, ArmKind.CHILD: child.pk}
    if child.boarding:
        target[ArmKind.BOARDERS] = child.school_id
    return frozenset().union(*(arm.needs for arm in scope.arms if target.get(arm.kind) in arm.ids))


def current(on: date) -> Q:
    """The condition that a row with from_on and to_on holds on a day."""
    return (Q(to_on__isnull=True) | Q(to_on__gte=on)) & Q(from_on__lte=on)


@dataclass(frozen=True)
class Viewer:
    """A person who may see a child's file, and why."""

    user: User
    why: str


def viewers(child: Child, on: date) -> list[Viewer]:
    """Give everybody who may see this child's file on a day, with the reason in words (requirements.md F1)."""
    may = {role.code for role in ROLES if "child-read" in role.needs}
    posts = Post.objects.held_on(on).filter(role__in=may).filter(
        Q(klass=child.klass_id, klass__isnull=False) | Q(school=child.school_id, klass__isnull=True)
    )  # fmt: skip
    found = [Viewer(post.user, post.get_role_display()) for post in posts.select_related("user")]
    pairs = Pairing.objects.everywhere(why="everybody in reach of the file may know who else is").filter(
        current(on), child=child, staff__isnull=False
    )
    return found + [Viewer(pair.staff, pair.get_role_display()) for pair in pairs.select_related("staff") if pair.staff]
