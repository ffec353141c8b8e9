"""代班: somebody takes a class for some days, by a leader's word or at the homeroom teacher's asking."""

from datetime import date, timedelta
from uuid import UUID

from django.db import transaction
from django.db.models import QuerySet

from oasis.kit.refused import Refused
from oasis.people import trail
from oasis.people.actions import may_stand_in
from oasis.people.approvals import ask
from oasis.people.models import Approval, Post, User
from oasis.people.roles import ArmKind, Need
from oasis.people.school import save_checked
from oasis.people.scope import Scope
from oasis.places.models import Klass

LONGEST = timedelta(days=60)


def standing_in(klass: Klass, on: date) -> QuerySet[Post]:
    """Give who stands in for a class now or later, the first to come first."""
    posts = Post.objects.filter(klass=klass, role="homeroom", stand_in=True, to_on__gte=on)
    return posts.select_related("user").order_by("from_on")


def stand_in(scope: Scope, *, klass: Klass, user: User, from_on: date, to_on: date, purpose: str) -> Post | Approval:
    """Give somebody a class for some days: a leader's post at once, a homeroom teacher's asking otherwise."""
    leads = klass.school_id in scope.ids(ArmKind.SCHOOL, Need.APPROVE)
    if not leads and klass.pk not in scope.ids(ArmKind.KLASS, Need.PAIR):
        raise Refused("other-class", "只能给自己的班安排代班")
    if not scope.on <= from_on <= to_on <= from_on + LONGEST:
        raise Refused("days", f"请选今天以后、不超过{LONGEST.days}天的一段日期", field="to_on")
    if not may_stand_in(klass, scope.on).filter(pk=user.pk).exists():
        raise Refused("person", "请选本校在岗、现在不带这个班的老师", field="user")
    if not purpose.strip():
        raise Refused("purpose", "请写明原因，例如外出学习", field="purpose")
    if not leads:
        row = Approval(school=klass.school, kind=Approval.Kind.STAND_IN, about=user, role="homeroom", klass=klass)
        row.from_on, row.until_on, row.purpose = from_on, to_on, purpose
        return ask(scope, row)
    with transaction.atomic():
        post = Post(user=user, role="homeroom", school=klass.school, klass=klass, from_on=from_on, to_on=to_on)
        post.stand_in = True
        save_checked(post)
        trail.note(scope, "post.give", school=klass.school_id, subject=str(user.pk), detail="homeroom")
    return post


def end_stand_in(scope: Scope, *, klass: Klass, post: UUID) -> None:
    """Let a stand-in end yesterday: from now on the class is out of sight. One that has not begun is taken back."""
    leads = klass.school_id in scope.ids(ArmKind.SCHOOL, Need.APPROVE)
    row = standing_in(klass, scope.on).filter(pk=post).first()
    if row is None or not (leads or klass.pk in scope.ids(ArmKind.KLASS, Need.PAIR)) or row.user_id == scope.actor:
        raise Refused("not-there", "没有找到这个代班，或者不由您结束")
    last = scope.on - timedelta(days=1)
    with transaction.atomic():
        if row.from_on > last:
            row.delete()
        else:
            row.to_on = last
            save_checked(row)
        trail.note(scope, "post.end", school=klass.school_id, subject=str(row.user_id), detail=f"homeroom {last}")
