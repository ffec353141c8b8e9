"""How a person gets in and stays in: what the schools of today's posts ask, in one small value for the session."""

from collections.abc import Iterable
from dataclasses import asdict, dataclass
from datetime import date, timedelta
from typing import Any
from uuid import UUID

from allauth.mfa.models import Authenticator
from django.db.models import Q

from oasis.kit.dates import CHINA, now
from oasis.people.models import AccessRules, Post, User
from oasis.people.roles import ROLES

FACTORS = (Authenticator.Type.TOTP, Authenticator.Type.WEBAUTHN)
DEMANDED = frozenset(role.code for role in ROLES if role.second_factor)


@dataclass(frozen=True)
class Doorway:
    """What holds for one log-in. `due` is the last day without a second factor, None where none is demanded."""

    shared: int  # minutes of rest on a shared computer
    own: int
    fresh: int  # minutes a second factor stays fresh for reading history; 0: not asked
    factor: bool
    due: str | None

    def shut(self, on: date) -> bool:
        """Tell whether the second factor must be set up before anything else."""
        return self.due is not None and not self.factor and on.isoformat() > self.due

    @property
    def wanting(self) -> bool:
        """Tell whether a second factor is demanded and missing."""
        return self.due is not None and not self.factor

    def kept(self) -> dict[str, Any]:
        """Give plain values for the session."""
        return asdict(self)


def doorway(user: User, on: date) -> Doorway:
    """Say what holds for a person today; of several schools the strictest rule counts."""
    posts = list(Post.objects.held_on(on).filter(user=user))
    rules = rules_of({post.school_id for post in posts if post.school_id})
    fresh = [one.fresh_minutes for one in rules.values() if one.fresh_minutes]
    return Doorway(
        shared=min((one.shared_minutes for one in rules.values()), default=30),
        own=min((one.own_minutes for one in rules.values()), default=720),
        fresh=min(fresh, default=0),
        factor=has_factor(user),
        due=min((str(day) for post in posts if (day := _due(user, post, rules))), default=None),
    )


def has_factor(user: User) -> bool:
    """Tell whether a person has a second factor of her own; recovery codes alone are none."""
    return bool(Authenticator.objects.filter(user=user, type__in=FACTORS).exists())


def with_factor(users: Iterable[UUID]) -> set[UUID]:
    """Give those of these people who have a second factor of their own. One query."""
    return set(Authenticator.objects.filter(user__in=users, type__in=FACTORS).values_list("user_id", flat=True))


def demands(user: User, on: date) -> bool:
    """Tell whether any post of today asks for a second factor."""
    return doorway(user, on).due is not None


def rules_of(schools: Iterable[UUID]) -> dict[UUID, AccessRules]:
    """Give each school's rules, the defaults where it has settled none."""
    wanted = set(schools)
    rows = AccessRules.objects.everywhere(why="rules of getting in hold before anybody's eyes are known")
    found = {row.school_id: row for row in rows.filter(school__in=wanted)}
    return {pk: found.get(pk) or AccessRules(school_id=pk) for pk in wanted}


def use_code(user: User) -> bool:
    """End a one-time password with its first log-in; of two log-ins at once only the first gets True."""
    held = User.objects.filter(pk=user.pk, must_change_password=True)
    held = held.filter(Q(code_until__isnull=True) | Q(code_until__gte=now()))
    user.code_until = now() - timedelta(seconds=1)
    return held.update(code_until=user.code_until) == 1


def _due(user: User, post: Post, rules: dict[UUID, AccessRules]) -> date | None:
    """Give the last day on which this post is held without a second factor, or None."""
    joined = user.date_joined.astimezone(CHINA).date()
    if post.school_id is None:
        demanded = post.role in DEMANDED and not user.demo
        return max(joined, post.from_on) + timedelta(days=AccessRules().grace_days) if demanded else None
    rule = rules[post.school_id]
    if not rule.demand_factor or not (post.role in DEMANDED or post.role in rule.more_roles):
        return None
    return max(joined, post.from_on, rule.since_on or date.min) + timedelta(days=rule.grace_days)
