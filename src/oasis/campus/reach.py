"""Who may read the school's own papers: everybody who works there; they tell of no child."""

from datetime import date
from typing import TypeVar
from uuid import UUID

from django.db.models import QuerySet

from oasis.kit.pinyin import spelled
from oasis.people.closed import ScopedModel, ScopedQuerySet
from oasis.people.models import Post, User
from oasis.people.scope import Scope
from oasis.places.models import School

M = TypeVar("M", bound=ScopedModel)


def workplaces(scope: Scope) -> QuerySet[School]:
    """Give the schools where a person works today, by name: an inspector does not work where she looks."""
    posts = Post.objects.at_work(scope.on).filter(user=scope.actor, school__isnull=False)
    return School.objects.filter(pk__in=posts.values("school")).order_by("name")


def at_work(scope: Scope, model: type[M]) -> ScopedQuerySet[M]:
    """Give the rows of a table at the schools where a person works."""
    rows = model.objects.everywhere(
        why="rules, meetings, openings hold for everybody who works there and name no child"
    )
    path = model.scope_paths["school"]
    found: ScopedQuerySet[M] = rows.filter(**{f"{path}__in": workplaces(scope).values("pk")})
    return found


def staff(school_id: UUID, on: date) -> list[User]:
    """Give everybody who holds a post at a school on a day, by sound of name."""
    posts = Post.objects.at_work(on).filter(school_id=school_id)
    users = User.objects.filter(pk__in=posts.values("user"), is_active=True)
    return sorted(users, key=lambda user: spelled(user.name).full)
