"""Accounts and posts: what an administrator does."""

import secrets
from dataclasses import dataclass
from datetime import date, timedelta
from uuid import UUID

from allauth.usersessions.models import UserSession
from django.db import transaction
from django.db.models import QuerySet

from oasis.kit.dates import now
from oasis.kit.ids import new_id
from oasis.kit.pinyin import spelled
from oasis.kit.refused import Refused
from oasis.people import trail
from oasis.people.meanwhile import as_seen, mark
from oasis.people.models import Post, User
from oasis.people.roles import ROLES, ArmKind, Need
from oasis.people.school import save_checked
from oasis.people.scope import Scope
from oasis.places.models import Klass, Region, School

LONGEST = timedelta(days=92)  # of a post that must have a last day
NEWCOMER = timedelta(days=14)  # how long a first password waits to be used
RESET = timedelta(days=1)
LETTERS = "abcdefghjkmnpqrstuvwxyz23456789"  # none that look alike when read from paper


@dataclass(frozen=True)
class Invitation:
    """A person's way in, shown once: the password must be changed at the first log-in."""

    user: User
    password: str


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
    if user.pk == scope.actor and place and reaches_further(scope, place.pk, role):
        raise Refused("own-post", "给自己安排能看孩子信息的岗位，要由另一名校领导同意", field="role")
    check_post(scope, user=user, role=role, place=place, klass=klass, region=region, from_on=from_on)
    if ROLES.get(role).ends and not (to_on and from_on <= to_on <= from_on + LONGEST):
        raise Refused("ends", f"这个岗位要写明到哪一天为止，最长{LONGEST.days}天", field="to_on")
    with transaction.atomic():
        post = Post(user=user, role=role, school=place, klass=klass, region=region, from_on=from_on, to_on=to_on)
        save_checked(post)
        trail.note(scope, "post.give", school=place.pk if place else None, subject=str(user.pk), detail=role)
    return post


def reaches_further(scope: Scope, school: UUID, role: str) -> bool:
    """Tell whether a post would show a person children whom her own posts do not show already."""
    sees = ROLES.get(role).sees if role in ROLES else False
    return sees and school not in scope.ids(ArmKind.SCHOOL, Need.CHILD_READ)


def check_post(
    scope: Scope,
    *,
    user: User,
    role: str,
    place: School | None,
    klass: Klass | None,
    region: Region | None,
    from_on: date,
) -> None:
    """Raise Refused unless the actor may give this post at this place, and it is not held already."""
    if place is None and region is None:
        raise Refused("no-place", "请选择学校或学区")
    if place is None or place.pk not in _own(scope):
        raise Refused("other-school", "只能给本校的人员安排岗位")
    post_fits(user=user, role=role, place=place, klass=klass, from_on=from_on)


def post_fits(*, user: User, role: str, place: School, klass: Klass | None, from_on: date) -> None:
    """Raise Refused unless the post belongs to the school and is not held already; asked again when one is granted."""
    if klass is not None and klass.school_id != place.pk:
        raise Refused("other-class", "请选择本校的班级", field="klass")
    if role not in ROLES or ROLES.get(role).arm == ArmKind.REGION or not ROLES.get(role).given:
        raise Refused("role", "请选择学校里的岗位", field="role")
    same = Post.objects.held_on(from_on).filter(user=user, role=role, school=place, klass=klass)
    if same.exists():
        raise Refused("post-held", "这个岗位已经在任，不用再加", field="role")


def may_stand_in(klass: Klass, on: date) -> QuerySet[User]:
    """Give the staff of the school who do not have the class on a day; nobody of another school."""
    here = Post.objects.at_work(on).filter(school_id=klass.school_id)
    has = here.filter(klass=klass, role="homeroom").values("user")
    return User.objects.filter(is_active=True, pk__in=here.values("user")).exclude(pk__in=has).order_by("name")


def end_post(scope: Scope, *, post: Post, to_on: date, seen: str | None = None) -> Post:
    """Let a post end with a day, that day included; the school keeps at least one administrator.

    `seen` is the mark of the last day the page showed: raises Refused where another is set by now.
    """
    if post.school_id is None or post.school_id not in _own(scope):
        raise Refused("other-school", "只能调整本校的岗位")
    with transaction.atomic():
        held = Post.objects.select_for_update(of=("self",)).get(pk=post.pk)
        as_seen(seen, mark(held.to_on), lambda: f"有人把最后一天改成了{held.to_on or '没有定'}")
        _may_end(scope, held, post.school_id, to_on)
        held.to_on = to_on
        save_checked(held)
        trail.note(scope, "post.end", school=held.school_id, subject=str(held.user_id), detail=f"{held.role} {to_on}")
    return held


def _may_end(scope: Scope, held: Post, school: UUID, to_on: date) -> None:
    if held.to_on is not None and (held.to_on < scope.on or to_on > held.to_on):
        raise Refused("ended", "岗位的最后一天只能提前，不能推后；要继续任职，请重新安排岗位", field="to_on")
    if held.role == "administrator" and not _other_administrator(school, held.user, to_on):
        raise Refused("last-administrator", "学校至少要有一名管理员，请先给另一个人安排管理员岗位")


def invite(
    scope: Scope,
    *,
    school: School,
    name: str,
    role: str,
    from_on: date,
    username: str = "",
    phone: str = "",
    klass: Klass | None = None,
    to_on: date | None = None,
    id: UUID | None = None,
) -> Invitation:
    """Make an account with its first post; the password is given back once and kept nowhere in clear.

    `id` comes with the form: the same press twice makes one account, and the later answer holds the password that is good.
    """
    password = one_time_password()
    if id and (made := User.objects.filter(pk=id).first()):
        if made.name != name:
            raise Refused("saved", "这张表刚才已经添加过一位人员。要再添一位，请重新打开“添加人员”。")
        return reset_password(scope, user=made)
    with transaction.atomic():
        user = User(id=id or new_id(), username=username or free_username(name), name=name, phone=phone)
        set_code(user, password, NEWCOMER)
        save_checked(user)
        give_post(scope, user=user, role=role, school=school, klass=klass, from_on=from_on, to_on=to_on)
        trail.note(scope, "user.invite", school=school.pk, subject=str(user.pk), detail=role)
    return Invitation(user, password)


def reset_password(scope: Scope, *, user: User) -> Invitation:
    """Give a person a new one-time password, good for a day; the second factor stays, for it is another thing."""
    school = must_manage(scope, user)
    password = one_time_password()
    with transaction.atomic():
        set_code(user, password, RESET)
        user.save(update_fields=["password", "must_change_password", "code_until"])
        trail.note(scope, "user.reset", school=school, subject=str(user.pk))
    return Invitation(user, password)


def set_code(user: User, password: str, lasts: timedelta) -> None:
    """Put a one-time password in place of the old one; it must be changed at its first use."""
    user.set_password(password)
    user.must_change_password, user.code_until = True, now() + lasts


def end_sessions(scope: Scope, *, user: User, session: int | None = None, but: str = "") -> int:
    """End a person's log-ins, or one of them; `but` keeps the one with this key. Give how many were ended."""
    school = None if user.pk == scope.actor else must_manage(scope, user)
    held = [one for one in UserSession.objects.purge_and_list(user) if one.session_key != but]
    ended = [one for one in held if session in (None, one.pk)]
    with transaction.atomic():
        for one in ended:
            one.end()
        posts = Post.objects.held_on(scope.on).filter(user=user, school__isnull=False)
        schools: set[UUID | None] = {school} if school else set(posts.values_list("school", flat=True))
        for place in (schools or {None}) if ended else ():
            trail.note(scope, "session.end", school=place, subject=str(user.pk), detail=str(len(ended)))
    return len(ended)


def edit_person(scope: Scope, *, user: User, name: str, phone: str, email: str = "") -> User:
    """Mend a person's name, phone or mail. The trail says which; leaders hear of a mail, for passwords are reset through it."""
    school = must_manage(scope, user)
    told = {"name": name, "phone": phone, "email": email}
    with transaction.atomic():
        held = User.objects.select_for_update(no_key=True).get(pk=user.pk)
        changed = [field for field, value in told.items() if getattr(held, field) != value]
        held.name, held.phone, held.email = name, phone, email
        save_checked(held)
        trail.note(scope, "user.edit", school=school, subject=str(held.pk), detail=" ".join(changed))
    return held


def set_active(scope: Scope, *, user: User, active: bool) -> User:
    """Stop a person's log-in, or let it work again; nobody stops her own."""
    school = must_manage(scope, user)
    if not active and user.pk == scope.actor:
        raise Refused("own-account", "不能停用自己的账号，请另一名管理员来做")
    with transaction.atomic():
        user.is_active = active
        user.save(update_fields=["is_active"])
        trail.note(scope, "user.active", school=school, subject=str(user.pk), detail=str(active))
    return user


def one_time_password() -> str:
    """Make a password that is read from paper and typed once: three groups of four."""
    return "-".join("".join(secrets.choice(LETTERS) for _ in range(4)) for _ in range(3))


def free_username(name: str) -> str:
    """Give a log-in name nobody has, from the sound of the name."""
    base = "".join(letter for letter in spelled(name).full if letter.isascii() and letter.isalnum())[:30] or "user"
    taken = set(User.objects.filter(username__startswith=base).values_list("username", flat=True))
    return next(name for n in range(1, len(taken) + 2) if (name := base if n == 1 else f"{base}{n}") not in taken)


def must_manage(scope: Scope, user: User) -> UUID:
    """Give the school through which the actor may manage this account; its rights elsewhere are out of reach."""
    held = Post.objects.filter(user=user)
    schools = {post.school_id for post in held if post.school_id in _own(scope)}
    if not schools:
        raise Refused("other-school", "只能管理本校人员的账号")
    if any(post.school_id not in _own(scope) for post in held.held_on(scope.on)):
        raise Refused("other-posts", "这个人还在别的单位任职，账号请由那边的管理员处理")
    return min(school for school in schools if school)


def _other_administrator(school_id: UUID, user: User, after: date) -> bool:
    later = Post.objects.filter(school_id=school_id, role="administrator", user__is_active=True).exclude(user=user)
    return any(post.to_on is None or post.to_on > after for post in later)


def _own(scope: Scope) -> frozenset[UUID]:
    return scope.ids(ArmKind.SCHOOL, Need.PEOPLE)
