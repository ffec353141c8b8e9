"""Reading of terms, classes and school days."""

from datetime import date, timedelta
from functools import lru_cache
from uuid import UUID

import chinese_calendar

from oasis.places.models import Klass, School, SchoolDay, Term


def term_on(school_id: UUID, on: date) -> Term | None:
    """Give the school's term on a day; between terms the one that ended last; before the first, the first."""
    return running(list(Term.objects.filter(school_id=school_id).order_by("starts_on")), on)


def terms_begun(school_id: UUID, on: date) -> list[Term]:
    """Give the terms of a school that have begun by a day, newest first."""
    return list(Term.objects.filter(school_id=school_id, starts_on__lte=on).order_by("-starts_on"))


def running(terms: list[Term], on: date) -> Term | None:
    """Choose among a school's terms, the earliest first, as `term_on` does."""
    begun = [term for term in terms if term.starts_on <= on]
    return begun[-1] if begun else (terms[0] if terms else None)


def classes_on(school_id: UUID, on: date) -> list[Klass]:
    """Give the classes that are in the school on a day, lowest grade first. One query."""
    rows = Klass.objects.filter(school_id=school_id).select_related("school")
    here = [k for k in rows if 1 <= _years(k, on) <= _longest(k)]
    return sorted(here, key=lambda k: (k.grade(on, k.school.primary_years), k.number))


def _longest(klass: Klass) -> int:
    primary = klass.school.primary_years
    return primary if klass.stage == Klass.Stage.PRIMARY else 9 - primary


@lru_cache(maxsize=2000)
def class_named(stage: str, entry_year: int, number: int, system: str, on: date) -> str:
    """Give the name of a class on a day from columns of its row and its school's."""
    return Klass(stage=stage, entry_year=entry_year, number=number).name(on, School(system=system).primary_years)


def _years(klass: Klass, on: date) -> int:
    return klass.grade(on, 0)


def is_school_day(on: date, exceptions: dict[date, bool]) -> bool:
    """Tell whether lessons are held: the school's own exception, else the public calendar, else Monday to Friday."""
    if on in exceptions:
        return exceptions[on]
    try:
        return bool(chinese_calendar.is_workday(on))
    except RuntimeError:  # the calendar does not know this year yet
        return on.weekday() < 5


def workdays_after(start: date, count: int) -> date:
    """Give the day on which so many working days have passed since a day, which is not counted itself."""
    day = start
    while count > 0:
        day += timedelta(days=1)
        count -= is_school_day(day, {})
    return day


def exceptions_of(school_id: UUID, start: date, end: date) -> dict[date, bool]:
    """Give the school's own exceptions between two days."""
    return dict(SchoolDay.objects.filter(school_id=school_id, on__range=(start, end)).values_list("on", "open"))
