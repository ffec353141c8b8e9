"""Reading the trail: lines by sort, person, child and time, and the looks that deserve a question."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from uuid import UUID

from django.db.models import Count, F, Q, QuerySet

from oasis.kit.dates import CHINA
from oasis.kit.matching import contains, ends_with
from oasis.kit.pinyin import spelled
from oasis.people.closed import ScopedQuerySet
from oasis.people.deeds import DEEDS
from oasis.people.models import Approval, Trail, User
from oasis.people.remembered import remembered
from oasis.people.roles import ROLES, ArmKind, Need
from oasis.people.scope import Scope
from oasis.people.together import Question, whether
from oasis.people.trail import HOUSE
from oasis.people.vetting import OWN

PAGE = 50
PERSONAL = ("user.", "post.", "factor.", "session.", "approval.", "server.")  # deeds whose subject is a person
NIGHT = range(6)  # hours of China's clock at which a look is unusual
LEADING = frozenset(role.code for role in ROLES if Need.APPROVE in role.needs)
MANY = 40  # files one person looked at in a day


@dataclass(frozen=True)
class Sieve:
    """Which lines are wanted; empty values let everything through."""

    sort: str = ""
    deed: str = ""
    actor: UUID | None = None
    child: UUID | None = None
    children: tuple[UUID, ...] | None = None  # those of a name that was asked for
    since: date | None = None
    until: date | None = None
    before: int | None = None  # keyset: only lines with a lower number


def lines(scope: Scope, sieve: Sieve) -> QuerySet[Trail]:
    """Give the school's lines, newest first, for those whose post gives the trail."""
    rows = Trail.objects.within(scope, Need.TRAIL).order_by("-seq")
    if sieve.sort:
        rows = rows.filter(deed__in=[deed.code for deed in DEEDS if deed.sort == sieve.sort])
    if sieve.deed:
        rows = rows.filter(deed=sieve.deed)
    if sieve.children is not None:
        rows = rows.filter(child__in=sieve.children)
    if sieve.actor:
        rows = rows.filter(actor=sieve.actor)
    if sieve.child:
        rows = rows.filter(child=sieve.child)
    if sieve.since:
        rows = rows.filter(at__gte=midnight(sieve.since))
    if sieve.until:
        rows = rows.filter(at__lt=midnight(sieve.until + timedelta(days=1)))
    return rows.filter(seq__lt=sieve.before) if sieve.before else rows


def acted(scope: Scope) -> list[tuple[UUID, str]]:
    """Give the people whose lines a leader may read, by name: those with a post at the school, now or once."""
    held = User.objects.filter(posts__school__in=scope.ids(ArmKind.SCHOOL, Need.TRAIL)).distinct()
    return sorted(held.values_list("pk", "name"), key=lambda one: spelled(one[1]).full)


def midnight(day: date) -> datetime:
    """Give the moment a day begins in China."""
    return datetime.combine(day, time.min, CHINA)


@dataclass(frozen=True)
class Unusual:
    """A person's looks that a leader may ask about: never a verdict."""

    actor: UUID
    name: str
    why: str
    day: date


def unusual(scope: Scope, since: date) -> list[Unusual]:
    """Give looks at night and days on which one person looked at many files (requirements.md F1), newest first."""
    rows = Trail.objects.within(scope, Need.TRAIL).filter(
        deed__in=[deed.code for deed in DEEDS if deed.sort == "look"], at__gte=midnight(since), actor__isnull=False
    )
    found = [*_at_night(rows), *_many(rows), *_own_posts(scope, since)]
    return sorted(found, key=lambda one: (one.day, one.name), reverse=True)


def _own_posts(scope: Scope, since: date) -> Iterable[Unusual]:
    """An administrator who gave himself a post: in a small school often right, always to be seen by the leaders."""
    given = Trail.objects.within(scope, Need.TRAIL).filter(
        deed="post.give", at__gte=midnight(since), actor__isnull=False
    )
    for actor, name, subject, role, at in given.values_list("actor", "actor_name", "subject", "detail", "at"):
        code = role.partition(" ")[0]  # older lines of a stand-in hold its last day too
        if actor and str(actor) == subject and code in ROLES and ROLES.get(code).sees:
            yield Unusual(actor, name, f"给自己安排了“{ROLES.get(code).label}”岗位", at.astimezone(CHINA).date())


@dataclass(frozen=True)
class Told:
    """Something done to the school's own locks, that its leaders should hear of."""

    words: str
    at: datetime


LOUD = {
    "factor.removed": "{actor}解除了{whom}的第二步验证",
    "approval.alone": "{actor}的申请（{detail}）没有第二个人可批，自行生效",
    "rules.set": "{actor}修改了登录规定",
    "user.reset": "{actor}重置了{whom}的密码",
    "user.edit": "{actor}修改了{whom}的邮箱，忘记密码时可以用它重设密码",
    "password.mail": "{whom}的密码用邮件重设过",
    "post.give": "{actor}给{whom}安排了{detail}岗位",
    "post.end": "{actor}结束了{whom}的{detail}岗位",
    "server.code": "有人在服务器上给{whom}发了一次性密码",
    "user.active": "{actor}停用或恢复了{whom}的账号",
    "user.invite": "{actor}添加了账号：{whom}（{detail}）",
    "check.staff": "{actor}登记了{whom}的违法犯罪记录查询，这个账号也是{actor}添加的",
}
ALWAYS = frozenset({"rules.set", "approval.alone", "factor.removed", "check.staff"})
OWN_TOO = frozenset({"password.mail"})  # whoever reset it wrote the line in the person's own name
GIVES = frozenset({"user.invite", "post.give"})  # loud for every role that sees children


def heard(scope: Scope, since: date) -> Question[bool]:
    """Ask whether anything of that kind was done since a day."""
    return whether(_any_loud, scope, since)


@remembered
def _any_loud(scope: Scope, since: date) -> QuerySet[Trail, tuple[int]]:
    return _loud(scope, since).order_by().values_list("seq")[:1]


def _loud(scope: Scope, since: date) -> ScopedQuerySet[Trail]:
    rows = Trail.objects.within(scope, Need.TRAIL).filter(deed__in=LOUD, at__gte=midnight(since))
    rows = rows.exclude(~Q(ends_with("detail", f" {OWN}")), deed="check.staff")
    return rows.exclude(~Q(contains("detail", "email")), deed="user.edit")


def loud(scope: Scope, since: date) -> list[Told]:
    """Give what was done to leaders' accounts, posts and the rules since a day, newest first. Two queries."""
    rows = _loud(scope, since)
    found = [row for row in rows.order_by("-at")[:1000] if row.actor != scope.actor or row.deed in OWN_TOO]
    people = User.objects.filter(pk__in={row.subject for row in found if row.subject}) if found else User.objects.none()
    held = list(people.values_list("pk", "name", "posts__role"))
    names = {str(pk): name for pk, name, _role in held}
    leaders = {str(pk) for pk, _name, role in held if role in LEADING}
    kinds = dict(Approval.Kind.choices)
    return [
        Told(
            LOUD[row.deed].format(
                actor=row.actor_name or "安装人员", whom=names.get(row.subject, ""),
                detail=kinds.get(row.detail) or _role(row.detail),
            ),
            row.at,
        )
        for row in found
        if row.deed in ALWAYS or row.subject in leaders or (row.deed in GIVES and _sees(row.detail))
    ]  # fmt: skip


def _sees(detail: str) -> bool:
    code = detail.partition(" ")[0]
    return code in ROLES and ROLES.get(code).sees


def _role(detail: str) -> str:
    code = detail.partition(" ")[0]  # a day may follow
    return ROLES.get(code).label if code in ROLES else ""


def receivers(rows: Iterable[Trail]) -> dict[str, str]:
    """Give the names of the people whom lines about accounts and posts speak of, by the line's subject."""
    subjects = {row.subject for row in rows if row.deed.startswith(PERSONAL)}
    return {str(pk): name for pk, name in User.objects.filter(pk__in=subjects).values_list("pk", "name")}


def _at_night(rows: QuerySet[Trail]) -> Iterable[Unusual]:
    seen: dict[tuple[UUID, date], str] = {}
    for actor, name, at in rows.filter(at__hour__in=NIGHT).values_list("actor", "actor_name", "at"):
        if actor:
            seen[actor, at.astimezone(CHINA).date()] = name
    return [Unusual(actor, name, "零点到六点之间查看档案", day) for (actor, day), name in seen.items()]


def _many(rows: QuerySet[Trail]) -> Iterable[Unusual]:
    days = rows.values("actor", "actor_name", day=F("at__date")).annotate(files=Count("child", distinct=True))
    return [
        Unusual(row["actor"] or HOUSE, row["actor_name"], f"一天查看了{row['files']}份档案", row["day"])
        for row in days.filter(files__gt=MANY)
    ]
