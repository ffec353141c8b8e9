"""The yearly record check of the staff, and of helpers from outside before they begin (未成年人保护法 62)."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from uuid import UUID

from django.db import transaction
from django.db.models import OuterRef, QuerySet, Subquery

from oasis.kit.dates import months_after
from oasis.kit.refused import Refused
from oasis.people import trail
from oasis.people.models import CheckSetting, Post, StaffCheck, Trail, User
from oasis.people.roles import ArmKind, Need
from oasis.people.school import save_checked
from oasis.people.scope import Scope
from oasis.places.models import School

MOST_MONTHS = 12  # the law wants it every year
FINE = StaffCheck.Result.CLEAR
OWN = "own"  # on the trail: who wrote the check down had made the account


class State(StrEnum):
    """How a person's check stands; the order is worst first."""

    WITHHELD = "withheld"
    MISSING = "missing"
    OVERDUE = "overdue"
    SOON = "soon"
    CLEAR = "clear"


WANTING = (State.WITHHELD, State.MISSING, State.OVERDUE, State.SOON)


@dataclass(frozen=True)
class Standing:
    """A person at a school, the latest check, until when it holds."""

    name: str
    what: str
    state: State
    user: UUID | None = None
    last: StaffCheck | None = None
    due_on: date | None = None

    @property
    def order(self) -> tuple[int, str]:
        """Worst first."""
        return list(State).index(self.state), self.name


def setting_of(school: UUID) -> CheckSetting:
    """Give a school's own cadence, the usual one where it set none."""
    rows = CheckSetting.objects.everywhere(why="a cadence holds for everybody who works there and tells of nobody")
    return rows.filter(school_id=school).first() or CheckSetting(school_id=school)


def judged(last: StaffCheck | None, setting: CheckSetting, on: date) -> tuple[State, date | None]:
    """Say how a latest check stands on a day, and until when it holds."""
    if last is None:
        return State.MISSING, None
    due = months_after(last.done_on, setting.months)
    if last.result != FINE:
        return State.WITHHELD, None
    if due <= on:
        return State.OVERDUE, due
    return (State.SOON if (due - on).days <= setting.warn_days else State.CLEAR), due


def standings(scope: Scope, school: UUID, outsiders: Mapping[str, date | None]) -> list[Standing]:
    """Give everybody who works at a school today, and helpers from outside, with how the check stands, worst first.

    `outsiders` come by name, with the day of check told when they were paired.
    """
    if school not in scope.ids(ArmKind.SCHOOL, Need.VETTING):
        return []
    last = _latest(scope, school)
    posts = list(_posts(scope, school))
    setting = CheckSetting(school_id=school)
    if posts and posts[0].months is not None:  # type: ignore[attr-defined]
        setting.months, setting.warn_days = posts[0].months, posts[0].warn_days  # type: ignore[attr-defined]
    people: dict[User, list[str]] = {}
    for post in posts:
        people.setdefault(post.user, []).append(post.get_role_display())
    found = []
    for user, roles in people.items():
        check = last.get((user.pk, ""))
        state, due = judged(check, setting, scope.on)
        found.append(Standing(user.name, "、".join(dict.fromkeys(roles)), state, user.pk, check, due))
    for name, told in outsiders.items():
        check = last.get((None, name))
        if told and (check is None or (check.result == FINE and check.done_on < told)):
            check = StaffCheck(done_on=told, reference="结对时填写")
        state, due = judged(check, setting, scope.on)
        found.append(Standing(name, "校外人员", state, None, check, due))
    return sorted(found, key=lambda one: one.order)


def _posts(scope: Scope, school: UUID) -> QuerySet[Post]:
    """Give the posts of today, each with the school's cadence. One query."""
    rows = CheckSetting.objects.everywhere(why="a cadence holds for everybody who works there and tells of nobody")
    own = rows.filter(school_id=OuterRef("school_id"))
    posts = Post.objects.at_work(scope.on).filter(school_id=school, user__is_active=True).select_related("user")
    return posts.annotate(months=Subquery(own.values("months")), warn_days=Subquery(own.values("warn_days")))


def _latest(scope: Scope, school: UUID) -> dict[tuple[UUID | None, str], StaffCheck]:
    rows = StaffCheck.objects.within(scope, Need.VETTING).filter(school_id=school).order_by("done_on", "at")
    return {(row.user_id, row.outsider): row for row in rows}


def history(scope: Scope, school: School, user: UUID | None, outsider: str) -> list[StaffCheck]:
    """Give a person's checks, newest first."""
    whose = {"user_id": user} if user else {"outsider": outsider}
    rows = StaffCheck.objects.within(scope, Need.VETTING).filter(school=school, **whose)
    return list(rows.select_related("by").order_by("-done_on", "-at"))


def outsider_state(school: School, name: str, checked_on: date | None, on: date) -> State:
    """Say how the check of a helper from outside stands; `checked_on` is a day that was told beside the list."""
    rows = StaffCheck.objects.everywhere(
        why="whether a helper was checked is one word; the list is read within a scope"
    )
    last = rows.filter(school=school, outsider=name, done_on__lte=on).order_by("done_on", "at").last()
    if last is not None and last.result != FINE:
        return State.WITHHELD
    days = [day for day in (checked_on, last.done_on if last else None) if day]
    told = StaffCheck(done_on=max(days)) if days else None
    return judged(told, setting_of(school.pk), on)[0]


def record_check(
    scope: Scope, *, school: School, done_on: date, result: str, user: User | None = None, outsider: str = "", reference: str = ""
) -> StaffCheck:  # fmt: skip
    """Write down a check; the same one twice is once. Nobody vouches for oneself."""
    _must(scope, school)
    if done_on > scope.on:
        raise Refused("ahead", "查询日期不能晚于今天", field="done_on")
    if user is not None and user.pk == scope.actor:
        raise Refused("oneself", "自己的查询请另一名负责人登记")
    if user is not None and not Post.objects.filter(user=user, school=school).exists():
        raise Refused("not-staff", "只能登记本校的工作人员")
    with transaction.atomic():
        told = {
            "user": user,
            "outsider": outsider.strip(),
            "done_on": done_on,
            "result": result,
            "reference": reference,
        }
        same = StaffCheck.objects.within(scope, Need.VETTING).filter(school=school, **told).first()
        if same is not None:
            return same
        row = StaffCheck(school=school, by_id=scope.person, **told)
        save_checked(row)
        subject = str(user.pk) if user else str(row.pk)
        trail.note(scope, "check.staff", school=school.pk, subject=subject, detail=f"{done_on}{_own(scope, user)}")
    return row


def _own(scope: Scope, user: User | None) -> str:
    """Mark a check of an account that the same person made: the leaders are told aloud."""
    lines = Trail.objects.everywhere(why="whether the checker made the account is one word; no line is shown")
    made = lines.filter(deed="user.invite", actor=scope.actor, subject=str(user.pk)) if user else lines.none()
    return f" {OWN}" if made.exists() else ""


def set_checks(scope: Scope, *, school: School, months: int, warn_days: int, outsiders: str) -> CheckSetting:
    """Set how often a school checks; the law allows no longer than a year."""
    _must(scope, school)
    if not 1 <= months <= MOST_MONTHS:
        raise Refused("months", "法律要求每年至少查询一次，请填1到12", field="months")
    with transaction.atomic():
        row = setting_of(school.pk)
        row.months, row.warn_days, row.outsiders = months, warn_days, outsiders
        save_checked(row)
        trail.note(scope, "check.set", school=school.pk, detail=f"{months} {warn_days} {outsiders}")
    return row


def _must(scope: Scope, school: School) -> None:
    if school.pk not in scope.ids(ArmKind.SCHOOL, Need.VETTING):
        raise Refused("other-school", "只有本校的校长和管理员可以登记")
