"""Who may see which child: from posts and pairings to a scope, and back from a child to the people."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from uuid import UUID

from django.db import connection
from django.db.models import Q, QuerySet

from oasis.children.models import Child, Pairing
from oasis.kit.asking import rows_of
from oasis.kit.dates import zh_full
from oasis.people.models import Approval, Post, User
from oasis.people.roles import ROLES, ArmKind, Need
from oasis.people.scope import Arm, Scope

# A pairing or a leader's word needs a post whose holder works here: an inspector who once helped a child does not see it again.
# Written out, because every request asks it and the ORM takes eighty times as long to word it as the database to answer.
AT_WORK = ", ".join(f"'{role.code}'" for role in ROLES if role.works)
HOLDINGS = f"""
SELECT role, school_id, klass_id, region_id, NULL FROM people_post
 WHERE user_id = %s AND from_on <= %s AND (to_on IS NULL OR to_on >= %s)
UNION ALL
SELECT CASE p.role WHEN 'counsellor' THEN 'counsellor' ELSE 'helper' END, NULL, NULL, NULL, p.child_id FROM children_pairing p
 WHERE p.staff_id = %s AND p.from_on <= %s AND (p.to_on IS NULL OR p.to_on >= %s) AND EXISTS (
  SELECT 1 FROM people_post w WHERE w.user_id = p.staff_id AND w.school_id = p.school_id AND w.role IN ({AT_WORK})
   AND w.from_on <= %s AND (w.to_on IS NULL OR w.to_on >= %s) AND (p.role <> 'counsellor' OR w.role = 'counsellor'))
UNION ALL
SELECT 'reader', NULL, NULL, NULL, a.child FROM people_approval a
 WHERE a.asked_by_id = %s AND a.kind = 'read' AND a.granted AND a.until_on >= %s AND EXISTS (
  SELECT 1 FROM people_post w WHERE w.user_id = a.asked_by_id AND w.school_id = a.school_id AND w.role IN ({AT_WORK})
   AND w.from_on <= %s AND (w.to_on IS NULL OR w.to_on >= %s))
"""  # noqa: S608 - the codes of our own roles


def scope_of(user: User, on: date, address: str = "") -> Scope:
    """Make the scope of a person on a day from the posts held and the children paired with. One query."""
    found: dict[tuple[str, ArmKind], set[UUID]] = {}
    for role_code, school, klass, region, child in _holdings(user, on):
        role = ROLES.get(role_code)
        target = {
            ArmKind.SCHOOL: school, ArmKind.BOARDERS: school, ArmKind.PACKAGE: school, ArmKind.KLASS: klass, ArmKind.REGION: region, ArmKind.CHILD: child,
        }.get(role.arm)  # fmt: skip
        found.setdefault((role_code, role.arm), set()).update({target} if target else set())
    arms = tuple(
        Arm(kind, frozenset(ids), ROLES.get(code), ROLES.get(code).needs) for (code, kind), ids in found.items()
    )
    return Scope(actor=user.pk, name=user.name, on=on, arms=arms, address=address)


def _holdings(user: User, on: date) -> Iterator[tuple[str, UUID | None, UUID | None, UUID | None, UUID | None]]:
    me = user._meta.pk.get_db_prep_value(user.pk, connection)
    for role, *ids in rows_of(HOLDINGS, [me, on, on, me, on, on, on, on, me, on, on, on]):
        school, klass, region, child = (UUID(str(value)) if value else None for value in ids)
        yield role, school, klass, region, child


def needs_over(scope: Scope, child: Child) -> frozenset[Need]:
    """Give what a person may do with one child, from the posts that reach it. No query."""
    target = {ArmKind.SCHOOL: child.school_id, ArmKind.KLASS: child.klass_id, ArmKind.CHILD: child.pk}
    if child.boarding:
        target[ArmKind.BOARDERS] = child.school_id
    return frozenset().union(*(arm.needs for arm in scope.arms if target.get(arm.kind) in arm.ids))


def current(on: date) -> Q:
    """The condition that a period holds on a day, its last day included: posts, pairings, hardship, agreements."""
    return (Q(to_on__isnull=True) | Q(to_on__gte=on)) & Q(from_on__lte=on)


@dataclass(frozen=True)
class Viewer:
    """A person who may see a child's file, and why."""

    user: User
    why: str


def viewers(child: Child, on: date) -> list[Viewer]:
    """Give everybody who may see this child's file on a day, with the reason in words (requirements.md F1)."""
    whole = {role.code for role in ROLES if Need.CHILD_READ in role.needs and role.arm == ArmKind.SCHOOL}
    own = {role.code for role in ROLES if Need.CHILD_READ in role.needs and role.arm == ArmKind.KLASS}
    reach = Q(role__in=whole, school=child.school_id) | Q(role__in=own, klass=child.klass_id, klass__isnull=False)
    if child.boarding:
        reach |= Q(role__in={role.code for role in ROLES if role.arm == ArmKind.BOARDERS}, school=child.school_id)
    here = Post.objects.at_work(on).filter(school=child.school_id)
    posts = here.filter(reach, user__is_active=True).select_related("user")
    pairs = Pairing.objects.everywhere(why="everybody in reach of the file may know who else is").filter(
        current(on), child=child, staff__is_active=True, staff__in=here.values("user")
    )
    pairs = pairs.exclude(~Q(staff__in=here.filter(role="counsellor").values("user")), role=Pairing.Role.COUNSELLOR)
    return [
        *(Viewer(post.user, _why(post)) for post in posts),
        *(
            Viewer(pair.staff, f"{pair.get_role_display()}，结对")
            for pair in pairs.select_related("staff")
            if pair.staff
        ),
        *_readers(child, on, here),
    ]


def _why(post: Post) -> str:
    if post.declared.arm == ArmKind.BOARDERS:
        return f"{post.get_role_display()}：孩子住校，只看联系方式和宿舍"
    if post.stand_in and post.to_on:
        return f"代班，到{zh_full(post.to_on)}"
    whole = "全校" if post.declared.arm == ArmKind.SCHOOL else "本班"
    return f"{post.get_role_display()}，{whole}"


def _readers(child: Child, on: date, here: QuerySet[Post]) -> Iterator[Viewer]:
    """Give those to whom a leader has opened this child's file for some days."""
    rows = Approval.objects.everywhere(why="everybody in reach of the file may know who else is").filter(
        kind=Approval.Kind.READ, granted=True, child=child.pk, until_on__gte=on, asked_by__in=here.values("user")
    )
    for row in rows.select_related("asked_by", "decided_by"):
        until = zh_full(row.until_on) if row.until_on else ""
        yield Viewer(row.asked_by, f"经{row.decided_by}同意查阅，到{until}，用途：{row.purpose}")
