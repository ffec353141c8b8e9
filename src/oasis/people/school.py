"""What an administrator sets for a school: its details, terms, classes and days off."""

from datetime import date
from typing import Any

from django.core.exceptions import ValidationError
from django.db import IntegrityError, models, transaction
from django.db.models import ProtectedError

from oasis.kit.dates import school_year
from oasis.kit.racing import is_double
from oasis.kit.refused import Refused
from oasis.people import trail
from oasis.people.roles import ArmKind, Need
from oasis.people.scope import Scope
from oasis.places.models import Klass, School, SchoolDay, Term

DETAILS = frozenset({"name", "short_name", "code", "system", "address", "duty_phone", "helplines"})
DATES = frozenset(
    {"year", "half", "starts_on", "ends_on", "visit1_until", "visit2_from", "visit2_until", "visit3_from"}
)
MOST_CLASSES = 30


def edit_school(scope: Scope, *, school: School, **details: str) -> School:
    """Change a school's details."""
    _must_run(scope, school)
    with transaction.atomic():
        held = School.objects.select_for_update().get(pk=school.pk)
        changed = _assign(held, details, DETAILS)
        save_checked(held)
        trail.note(scope, "school.edit", school=held.pk, detail=",".join(changed))
    return held


def set_term(scope: Scope, *, school: School, term: Term | None = None, **dates: date | int) -> Term:
    """Open a term or change its dates; a term whose figures are closed stays as it was."""
    _must_run(scope, school)
    with transaction.atomic():
        term = Term.objects.select_for_update().get(pk=term.pk) if term else Term(school=school)
        if term.closed_at:
            raise Refused("term-closed", "这个学期已经结账，日期不能再改")
        _assign(term, dates, DATES)
        others = Term.objects.filter(school=school).exclude(pk=term.pk)
        clash = others.filter(starts_on__lte=term.ends_on, ends_on__gte=term.starts_on).first()
        if clash:
            raise Refused("terms-overlap", f"日期和{clash}重叠，请改开学或放假日期", field="starts_on")
        save_checked(term)
        trail.note(scope, "term.set", school=school.pk, subject=str(term.pk))
    return term


def open_classes(scope: Scope, *, school: School, counts: dict[int, int], on: date) -> list[Klass]:
    """Make classes so that each grade of that day has as many as named, numbered from 1; none is removed."""
    _must_run(scope, school)
    wanted = [klass for grade, count in counts.items() for klass in _grade(school, grade, count, on)]
    have = set(Klass.objects.filter(school=school).values_list("stage", "entry_year", "number"))
    new = [klass for klass in wanted if (klass.stage, klass.entry_year, klass.number) not in have]
    if not new:
        raise Refused("nothing-new", "这些班级都已经有了；要增加班级，请把班数改大")
    with transaction.atomic():
        for klass in new:
            save_checked(klass)
        trail.note(scope, "klass.open", school=school.pk, detail=str(len(new)))
    return new


def _grade(school: School, grade: int, count: int, on: date) -> list[Klass]:
    if not (1 <= grade <= 9 and 0 <= count <= MOST_CLASSES):
        raise Refused("class-count", f"每个年级请填0到{MOST_CLASSES}个班")
    junior = grade > school.primary_years
    stage = Klass.Stage.JUNIOR if junior else Klass.Stage.PRIMARY
    entry = school_year(on) - (grade - (school.primary_years if junior else 0)) + 1
    return [Klass(school=school, stage=stage, entry_year=entry, number=number) for number in range(1, count + 1)]


def remove_class(scope: Scope, *, klass: Klass) -> None:
    """Remove a class made by mistake; one with children, posts or papers stays."""
    _must_run(scope, klass.school)
    key = str(klass.pk)
    try:
        with transaction.atomic():
            klass.delete()
            trail.note(scope, "klass.remove", school=klass.school_id, subject=key)
    except ProtectedError as error:
        raise Refused("class-in-use", "这个班已经有学生或班主任，不能删除；毕业的班会自动离开名单") from error


def mark_day(scope: Scope, *, school: School, on: date, open_: bool, note: str = "") -> SchoolDay:
    """Say that a day differs from the usual week."""
    _must_run(scope, school)
    with transaction.atomic():
        day = SchoolDay(school=school, on=on, open=open_, note=note)
        save_checked(day)
        trail.note(scope, "school-day.mark", school=school.pk, detail=f"{on} {open_}")
    return day


def unmark_day(scope: Scope, *, day: SchoolDay) -> None:
    """Let a day be as usual again."""
    _must_run(scope, day.school)
    with transaction.atomic():
        trail.note(scope, "school-day.unmark", school=day.school_id, detail=str(day.on))
        day.delete()


def save_checked(row: models.Model) -> None:
    """Save a row; what its own rules refuse becomes words for the person who asked."""
    try:
        row.full_clean()
    except ValidationError as error:
        field = next(iter(error.message_dict)) if hasattr(error, "error_dict") else ""
        raise Refused("not-valid", "；".join(error.messages), field="" if field == "__all__" else field) from error
    try:
        with transaction.atomic():
            row.save()
    except IntegrityError as error:
        if not is_double(error):
            raise
        raise Refused("double", "刚刚已经保存过同样的内容，请刷新页面核对") from error


def _must_run(scope: Scope, school: School) -> None:
    if school.pk not in scope.ids(ArmKind.SCHOOL, Need.SETTINGS):
        raise Refused("other-school", "只有本校的管理员可以修改设置")


def _assign(row: models.Model, values: dict[str, Any], allowed: frozenset[str]) -> list[str]:
    unknown = values.keys() - allowed
    if unknown:
        raise TypeError(f"not to be set here: {sorted(unknown)}")
    for name, value in values.items():
        setattr(row, name, value)
    return sorted(values)
