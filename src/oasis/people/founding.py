"""The first start of a real school: the school, its term and its administrator, in one act."""

from dataclasses import dataclass
from datetime import date

from django.contrib.auth.password_validation import validate_password
from django.core.exceptions import ValidationError
from django.db import transaction

from oasis.kit.refused import Refused
from oasis.people import trail
from oasis.people.models import Post, User
from oasis.people.scope import Scope
from oasis.places.models import School
from oasis.places.terms import new_term, usual_dates

FOUNDED = "这里已经有学校或账号了，请用管理员账号登录后在设置里修改"


@dataclass(frozen=True)
class TermDates:
    """A term as a school enters it."""

    year: int
    half: int
    starts_on: date
    ends_on: date


def nobody_here() -> bool:
    """Tell whether the database is empty: no school and no user yet."""
    return not School.objects.exists() and not User.objects.exists()


def found_school(
    scope: Scope,
    *,
    name: str,
    administrator: str,
    username: str,
    password: str,
    system: str = School.System.SIX_THREE,
    term: TermDates | None = None,
    also: str = "",
) -> School:
    """Make the school with its current term and its administrator; raises Refused unless the database is empty.

    `also` is a second post of the founder, who in a village school is often the principal.
    """
    if not nobody_here():
        raise Refused("not-empty", FOUNDED)
    chosen = term or TermDates(*usual_dates(scope.on))
    try:
        with transaction.atomic():
            trail.stand_in_line()  # two founders at once: the second finds the first's school
            if not nobody_here():
                raise Refused("not-empty", FOUNDED)
            school = _found(scope, School(name=name.strip(), system=system), chosen)
            _administer(scope, school, administrator, username, password, also)
            return school
    except ValidationError as error:
        raise Refused("not-valid", "；".join(error.messages), field=_first_field(error)) from error


def _found(scope: Scope, school: School, term: TermDates) -> School:
    school.full_clean()
    school.save()
    opened = new_term(school.pk, term.year, term.half, term.starts_on, term.ends_on)
    opened.full_clean()
    opened.save()
    trail.note(scope, "school.found", school=school.pk, subject=str(school.pk))
    return school


def _administer(scope: Scope, school: School, administrator: str, username: str, password: str, also: str) -> None:
    user = User(username=username.strip(), name=administrator.strip())
    _checked(user, password)
    user.set_password(password)
    user.full_clean()
    user.save()
    for role in ("administrator", also) if also else ("administrator",):
        post = Post(user=user, role=role, school=school, from_on=scope.on)
        post.full_clean()
        post.save()
        trail.note(scope, "post.give", school=school.pk, subject=str(user.pk), detail=role)


def _checked(user: User, password: str) -> None:
    try:
        validate_password(password, user)
    except ValidationError as error:
        raise ValidationError({"password": error.messages}) from error


def _first_field(error: ValidationError) -> str:
    return next(iter(error.message_dict)) if hasattr(error, "error_dict") else ""
