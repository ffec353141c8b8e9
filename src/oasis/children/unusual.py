"""Looks at children who are not one's own: neither of one's class nor paired, by somebody who does not lead the school."""

from datetime import date
from uuid import UUID

from django.db.models import Q

from oasis.children.models import Child, Pairing
from oasis.kit.dates import CHINA
from oasis.people.deeds import DEEDS
from oasis.people.looks import LEADING, Unusual, midnight
from oasis.people.models import Post, Trail
from oasis.people.roles import ROLES, ArmKind, Need
from oasis.people.scope import Scope

LOOKS = [deed.code for deed in DEEDS if deed.sort == "look" and deed.code != "child.search"]
BOARDING = [role.code for role in ROLES if role.arm == ArmKind.BOARDERS]


def strange(scope: Scope, since: date) -> list[Unusual]:
    """Give, for each person and day, how many children not her own were looked at; newest first. Four queries."""
    rows = Trail.objects.within(scope, Need.TRAIL).filter(deed__in=LOOKS, at__gte=midnight(since), child__isnull=False)
    seen: dict[tuple[UUID, str, date], set[UUID]] = {}
    for actor, name, child, at in rows.values_list("actor", "actor_name", "child", "at"):
        if actor and child:
            seen.setdefault((actor, name, at.astimezone(CHINA).date()), set()).add(child)
    own, leaders = _own(scope, {actor for actor, _name, _day in seen}, set().union(*seen.values()))
    found = [
        Unusual(actor, name, f"查看了不是自己班、也没有结对的{len(others)}名孩子", day)
        for (actor, name, day), children in seen.items()
        if actor not in leaders and (others := {child for child in children if (actor, child) not in own})
    ]
    return sorted(found, key=lambda one: (one.day, one.name), reverse=True)


def _own(scope: Scope, actors: set[UUID], children: set[UUID]) -> tuple[set[tuple[UUID, UUID]], set[UUID]]:
    """Give who has which child as her own, now or in the past, and who leads the school."""
    posts = list(Post.objects.filter(user__in=actors, school__in=scope.ids(ArmKind.SCHOOL, Need.TRAIL)))
    rows = Child.objects.within(scope, Need.TRAIL).filter(pk__in=children)
    known = list(rows.values_list("pk", "klass", "boarding"))
    own = {
        (post.user_id, pk)
        for post in posts
        for pk, klass, boards in known
        if (post.klass_id and post.klass_id == klass) or (post.role in BOARDING and boards)
    }
    pairs = Pairing.objects.within(scope, Need.TRAIL).filter(Q(staff__in=actors), child__in=children)
    own |= {(staff, child) for staff, child in pairs.values_list("staff", "child") if staff}
    return own, {post.user_id for post in posts if post.role in LEADING}
