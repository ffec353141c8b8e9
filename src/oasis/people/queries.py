"""Reading of people and posts by those who manage them."""

from dataclasses import dataclass
from datetime import date
from typing import Any
from uuid import UUID

from allauth.usersessions.models import UserSession
from django.db.models import Q, QuerySet

from oasis.kit.columns import Columns
from oasis.kit.pinyin import spelled
from oasis.people.models import Post, User
from oasis.people.remembered import remembered
from oasis.people.roles import ArmKind, Need
from oasis.people.scope import Scope
from oasis.places.models import Klass, School, SchoolDay, Term

POST, USER = Columns(Post), Columns(User, "user", sealed=False)
KLASS, SCHOOL = Columns(Klass), Columns(School, "school")


def own_schools(scope: Scope, need: Need) -> QuerySet[School]:
    """Give the schools whose settings or people this person manages."""
    return School.objects.filter(pk__in=scope.ids(ArmKind.SCHOOL, need)).order_by("name")


def own_people(scope: Scope) -> QuerySet[User]:
    """Give everybody who holds or held a post at one's schools."""
    return User.objects.filter(posts__school__in=scope.ids(ArmKind.SCHOOL, Need.PEOPLE)).distinct()


def own_posts(scope: Scope, user: User | None = None) -> QuerySet[Post]:
    """Give the posts at one's schools, newest first; those of one person if named."""
    posts = Post.objects.filter(school__in=scope.ids(ArmKind.SCHOOL, Need.PEOPLE)).select_related(
        "user", "school", "klass"
    )
    return (posts.filter(user=user) if user else posts).order_by("-from_on")


def own_classes(scope: Scope, school: School | None = None) -> QuerySet[Klass]:
    """Give the classes of one's schools, those that have left included."""
    klasses = Klass.objects.filter(_settled(scope, school)).select_related("school")
    return klasses.order_by("-entry_year", "number")


def own_terms(scope: Scope, school: School | None = None) -> QuerySet[Term]:
    """Give the terms of one's schools, newest first."""
    return Term.objects.filter(_settled(scope, school)).select_related("school").order_by("-starts_on")


def own_days(scope: Scope, school: School | None = None) -> QuerySet[SchoolDay]:
    """Give the special days of one's schools, newest first."""
    return SchoolDay.objects.filter(_settled(scope, school)).select_related("school").order_by("-on")


def _settled(scope: Scope, school: School | None) -> Q:
    reach = Q(school__in=scope.ids(ArmKind.SCHOOL, Need.SETTINGS))
    return reach & Q(school=school) if school else reach


@dataclass(frozen=True)
class Colleague:
    """A person of the school with the posts of today, and those that ended or are to come."""

    user: User
    posts: list[Post]
    others: list[Post]


def colleagues(scope: Scope, school: School) -> list[Colleague]:
    """Give the people of a school by name; those without a post today last."""
    rows = own_posts(scope).filter(school=school)
    found: dict[UUID, Colleague] = {}
    for post in rows:
        person = found.setdefault(post.user_id, Colleague(post.user, [], []))
        (person.posts if held(post, scope.on) else person.others).append(post)
    return sorted(found.values(), key=lambda one: (not one.posts, not one.user.is_active, spelled(one.user.name).full))


def held(post: Post, on: date) -> bool:
    """Tell whether a post holds on a day."""
    return post.from_on <= on and (post.to_on is None or post.to_on >= on)


def posts_of(user: User, on: date) -> QuerySet[Post]:
    """Give a person's own posts of a day."""
    return Post.objects.held_on(on).filter(user=user).select_related("school", "klass", "region")


def teachers_of(klass_id: UUID) -> list[Post]:
    """Give the homeroom posts of a class, the latest first."""
    found = []
    for row in _teachers(klass_id):
        post = POST.sure(row)
        post.user = USER.sure(row, len(POST))
        found.append(post)
    return found


@remembered
def _teachers(klass_id: UUID) -> QuerySet[Post, tuple[Any, ...]]:
    posts = Post.objects.filter(klass_id=klass_id, role="homeroom").order_by("-from_on", "-pk")
    return posts.values_list(*POST.paths, *USER.paths)


def homeroom_teachers(school: School, on: date) -> dict[UUID, list[str]]:
    """Give the names of the homeroom teachers of each class on a day."""
    posts = Post.objects.held_on(on).filter(school=school, role="homeroom", klass__isnull=False)
    found: dict[UUID, list[str]] = {}
    for klass_id, name in posts.values_list("klass_id", "user__name"):
        found.setdefault(klass_id, []).append(name)
    return found


def staff_at(school: School) -> QuerySet[User]:
    """Give everybody who holds or held a post at a school."""
    return User.objects.filter(posts__school=school).distinct()


def session_count(user: User) -> int:
    """Count the browsers in which a person is logged in."""
    return int(UserSession.objects.filter(user=user).count())


def class_in_reach(scope: Scope, need: Need, pk: UUID) -> Klass | None:
    """Give a class for its homeroom teacher and those who lead the school; a helper sees children, not classes."""
    for row in _klass(scope, need, pk):
        klass = KLASS.sure(row)
        klass.school = SCHOOL.sure(row, len(KLASS))
        return klass
    return None


@remembered
def _klass(scope: Scope, need: Need, pk: UUID) -> QuerySet[Klass, tuple[Any, ...]]:
    reach = scope.reach(need)
    own = Q(pk__in=reach.get(ArmKind.KLASS, ())) | Q(school__in=reach.get(ArmKind.SCHOOL, ()))
    return Klass.objects.filter(own, pk=pk).values_list(*KLASS.paths, *SCHOOL.paths)
