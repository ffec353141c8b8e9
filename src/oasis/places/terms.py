"""The usual dates of a term, offered to a school that has not entered its own."""

from datetime import date, timedelta
from uuid import UUID

from oasis.places.models import Term

WINDOW = timedelta(weeks=4)


def usual_dates(on: date) -> tuple[int, int, date, date]:
    """Give school year, half, first and last day of the term that a day lies in, or that comes next."""
    if on.month >= 8:
        return on.year, Term.Half.AUTUMN, date(on.year, 9, 1), date(on.year + 1, 1, 20)
    if on <= date(on.year, 1, 20):
        return on.year - 1, Term.Half.AUTUMN, date(on.year - 1, 9, 1), date(on.year, 1, 20)
    return on.year - 1, Term.Half.SPRING, date(on.year, 2, 24), date(on.year, 7, 5)


def new_term(school_id: UUID, year: int, half: int, starts_on: date, ends_on: date) -> Term:
    """Give an unsaved term whose three windows for home visits lie at its start, middle and end."""
    middle = starts_on + (ends_on - starts_on) / 2
    return Term(
        school_id=school_id,
        year=year,
        half=half,
        starts_on=starts_on,
        ends_on=ends_on,
        visit1_until=starts_on + WINDOW,
        visit2_from=middle - WINDOW / 2,
        visit2_until=middle + WINDOW / 2,
        visit3_from=ends_on - WINDOW,
    )
