"""Whom to pair: how many children each helper has already, and whom to ask first."""

from collections import Counter
from dataclasses import dataclass
from datetime import date
from uuid import UUID

from oasis.children.access import current
from oasis.children.actions.pairing import staff_of
from oasis.children.models import Child, Pairing
from oasis.kit.pinyin import spelled
from oasis.people.models import Post, User
from oasis.people.roles import Need
from oasis.people.scope import Scope

MANY = 3  # one teacher to one to three pupils (domain.md 2.7)
MANY_FOR_CLASSMATE = 2
# Posts whose holders do not see pupils every day; they are asked last.
LAST = frozenset({"administrator", "principal", "county"})


@dataclass(frozen=True)
class Helper:
    """A member of staff who may help, with the load, why this place in the list, and what is much at this school."""

    user: User
    load: int
    why: str
    most: int = MANY

    @property
    def many(self) -> bool:
        """Tell whether one child more would be more than a fair share."""
        return self.load >= self.most


@dataclass(frozen=True)
class Mate:
    """A classmate who may help, with the load."""

    child: Child
    load: int


def staff_load(school_id: UUID, on: date) -> Counter[UUID]:
    """Count the children each member of staff is paired with on a day, in all classes."""
    rows = Pairing.objects.everywhere(
        why="a helper's load counts the children of all classes: a number, no name"
    ).filter(current(on), school_id=school_id, staff__isnull=False)
    return Counter(rows.exclude(role=Pairing.Role.COUNSELLOR).values_list("staff_id", flat=True))


def fair_share(school_id: UUID, on: date) -> int:
    """Give how many children one teacher would help if all shared alike; never less than schools think right."""
    rows = Child.objects.everywhere(why="a fair share counts the children of all classes: a number, no name")
    children = rows.filter(school_id=school_id, state=Child.State.HERE, left_behind__gt=0).count()
    held = Post.objects.at_work(on).filter(school_id=school_id, user__is_active=True).exclude(role__in=LAST)
    staff = held.values("user").distinct().count()
    return max(MANY, -(-children // staff) if staff else 0)


def suggested_helpers(scope: Scope, child: Child, limit: int = 0) -> list[Helper]:
    """Give the staff of the child's school who are not paired with it, those with the least load first.

    At equal load the teachers of the child's class come first, those who see few pupils last. Three queries.
    """
    load = staff_load(child.school_id, scope.on)
    paired = Pairing.objects.within(scope, Need.PAIR).filter(child=child, to_on__isnull=True, staff__isnull=False)
    users = User.objects.filter(staff_of(child.school_id, scope.on)).exclude(pk__in=paired.values("staff"))
    posts: dict[UUID, list[Post]] = {}
    for post in Post.objects.held_on(scope.on).filter(school_id=child.school_id):
        posts.setdefault(post.user_id, []).append(post)
    most = fair_share(child.school_id, scope.on)
    found = [Helper(user, load[user.pk], _why(posts.get(user.pk, []), child), most) for user in users]
    found.sort(key=lambda one: (_rank(posts.get(one.user.pk, [])), one.load, not one.why, spelled(one.user.name).full))
    return found[:limit] if limit else found


def suggested_classmates(scope: Scope, child: Child) -> list[Mate]:
    """Give classmates who may stand by the child: the least asked first, of the same sex first. Two queries."""
    if child.klass_id is None:
        return []
    rows = Child.objects.within(scope, Need.PAIR).filter(klass_id=child.klass_id, state=Child.State.HERE)
    helping = Pairing.objects.within(scope, Need.PAIR).filter(current(scope.on), classmate__klass_id=child.klass_id)
    load: Counter[UUID] = Counter()
    for helped, mate in helping.values_list("child", "classmate"):
        load[mate] += 1 if helped != child.pk else MANY_FOR_CLASSMATE
    mates = [Mate(row, load[row.pk]) for row in rows.exclude(pk=child.pk)]
    return sorted(
        mates, key=lambda one: (one.load, one.child.sex != child.sex, one.child.left_behind, one.child.pinyin)
    )


def _why(posts: list[Post], child: Child) -> str:
    if any(post.klass_id and post.klass_id == child.klass_id for post in posts):
        return "本班教师"
    return "、".join(dict.fromkeys(post.declared.label for post in posts if post.role not in LAST))


def _rank(posts: list[Post]) -> bool:
    return bool(posts) and all(post.role in LAST for post in posts)
