"""Accounts and posts: what an administrator does."""

from datetime import date

from django.db import transaction

from oasis.kit.refused import Refused
from oasis.people import trail
from oasis.people.models import Post, User
from oasis.people.roles import ArmKind, Need
from oasis.people.scope import Scope
from oasis.places.models import Klass, Region, School


def give_post(
    scope: Scope,
    *,
    user: User,
    role: str,
    from_on: date,
    school: School | None = None,
    klass: Klass | None = None,
    region: Region | None = None,
    to_on: date | None = None,
) -> Post:
    """Give a person a post; raises Refused when the post has no place or ends before it begins."""
    place = school or (klass.school if klass else None)
    if place is None and region is None:
        raise Refused("no-place", "请选择学校或学区")
    if place is not None and place.pk not in scope.ids(ArmKind.SCHOOL, Need.PEOPLE):
        raise Refused("other-school", "只能给本校的人员安排岗位")
    with transaction.atomic():
        post = Post(user=user, role=role, school=place, klass=klass, region=region, from_on=from_on, to_on=to_on)
        post.full_clean()
        post.save()
        trail.note(scope, "post.give", school=place.pk if place else None, subject=str(post.pk), detail=role)
    return post
