"""The ground of a school on a day: its term, its days with lessons, its duties and rounds with the school's own cadences."""

from dataclasses import dataclass, replace
from datetime import date, timedelta
from functools import lru_cache
from typing import Any
from uuid import UUID

from django.db.models import DateField, DateTimeField, F, Field, QuerySet, UUIDField, Value
from django.db.models.functions import Cast

from oasis.duties.catalogue import DUTIES, Duty
from oasis.duties.clocks import TermTime
from oasis.duties.models import DutySetting
from oasis.duties.rounds import ROUNDS, Round
from oasis.people.remembered import remembered
from oasis.people.together import Question, Rows
from oasis.places.models import SchoolDay, Term
from oasis.places.queries import is_school_day, running


@dataclass(frozen=True)
class Ground:
    """A school on a day: its term, its days with lessons, its duties with the school's own cadences."""

    term: Term
    time: TermTime
    duties: tuple[Duty, ...]
    rounds: tuple[Round, ...]

    def lessons_on(self, day: date) -> bool:
        """Tell whether the term is running, so that the clocks do."""
        return self.term.holds(day)

    def seen(self, day: date) -> date:
        """Give the day itself, or the nearest day of the term."""
        return max(min(day, self.term.ends_on), self.term.starts_on)


def ground(school_id: UUID, on: date, trial: DutySetting | None = None) -> Ground | None:
    """Give the ground of a school, None before it has a term; `trial` is a cadence to try without saving."""
    return _ground(_ways(school_id), school_id, on, trial)


def ground_asked(school_id: UUID, on: date) -> Question[Ground | None]:
    """Ask for the same."""
    return Question(_ways, (school_id,), lambda rows: _ground(rows, school_id, on))


def ground_tonight(school_id: UUID, on: date) -> Ground | None:
    """Give the ground of a school in term today or from tomorrow on: the night before the first lessons is a night, too."""
    rows, days = _ways(school_id), (on, on + timedelta(days=1))
    found = ((day, _ground(rows, school_id, day)) for day in days)
    return next((known for day, known in found if known and known.lessons_on(day)), None)


def _ground(rows: Rows, school_id: UUID, on: date, trial: DutySetting | None = None) -> Ground | None:
    terms, settings, exceptions = _own_ways(rows, school_id)
    term = running(terms, on)
    if term is None:
        return None
    if trial:
        settings[trial.duty] = trial
    duties = tuple(as_set(duty, settings.get(duty.code)) for duty in DUTIES)
    kept = (one for one in (round_as_set(one, settings.get(one.code)) for one in ROUNDS) if one.on)
    return Ground(term, _time(term, exceptions), tuple(duty for duty in duties if duty.on), tuple(kept))


def _own_ways(rows: Rows, school_id: UUID) -> tuple[list[Term], dict[str, DutySetting], dict[date, bool]]:
    """Give a school's terms in their order, its cadences, its exceptions from the calendar."""
    terms, found, exceptions = [], {}, {}
    for about, yes, every, grace, whom, day, *term in rows:
        if about == TERM:
            known = dict(zip(TERM_DAYS, term, strict=True))
            terms.append(Term(school_id=school_id, year=every, half=grace, **known))
        elif day:
            exceptions[day] = yes
        elif about in DUTIES or about in ROUNDS:
            found[about] = DutySetting(duty=about, on=yes, every=every, grace=grace, whom=whom)
    return sorted(terms, key=lambda term: term.starts_on), found, exceptions


TERM = "@term"
TERM_DAYS = (
    "id",
    "starts_on",
    "ends_on",
    "visit1_until",
    "visit2_from",
    "visit2_until",
    "visit3_from",
    "closed_at",
)


@remembered
def _ways(school_id: UUID) -> QuerySet[Any, Any]:
    """Ask three small tables at once: every screen with a clock needs all of them."""
    kinds: list[Field[Any, Any]] = [UUIDField(), *(DateField() for _ in TERM_DAYS[1:-1]), DateTimeField()]
    empty = {f"term_{n}": Cast(Value(None), kind) for n, kind in enumerate(kinds)}
    none = Cast(Value(None), DateField())
    settings = DutySetting.objects.everywhere(
        why="the cadences of a school hold for everybody who works there and tell nothing of a child"
    ).filter(school_id=school_id)
    terms = Term.objects.filter(school_id=school_id).order_by()
    terms = terms.annotate(duty=Value(TERM), on=Value(True), every=F("year"), grace=F("half"), whom=Value(""), day=none)
    days = SchoolDay.objects.filter(school_id=school_id)
    off = days.annotate(duty=Value(""), every=Value(0), grace=Value(0), whom=Value(""), day=F("on"), **empty)
    set_here = settings.annotate(day=none, **empty)
    ways = ("every", "grace", "whom", "day")
    return off.values_list("duty", "open", *ways, *empty).union(
        set_here.values_list("duty", "on", *ways, *empty), terms.values_list("duty", "on", *ways, *TERM_DAYS), all=True
    )


def as_set(duty: Duty, setting: DutySetting | None) -> Duty:
    """Give a duty with a school's own values."""
    if setting is None:
        return duty
    clock = duty.clock.set_to(setting.every, setting.grace)
    return replace(duty, on=setting.on, clock=clock, whom=setting.whom or duty.whom)


def round_as_set(one: Round, setting: DutySetting | None) -> Round:
    """Give a daily round as a school keeps it; its `every` is the hour at which it is due."""
    return replace(one.set_to(setting.every), on=setting.on) if setting else one


def _time(term: Term, exceptions: dict[date, bool]) -> TermTime:
    visits = (
        (term.starts_on, term.visit1_until),
        (term.visit2_from, term.visit2_until),
        (term.visit3_from, term.ends_on),
    )
    held = frozenset((day, yes) for day, yes in exceptions.items() if term.holds(day))
    return _calendar(term.starts_on, term.ends_on, visits, held)


@lru_cache(maxsize=64)
def _calendar(
    start: date, end: date, visits: tuple[tuple[date, date], ...], exceptions: frozenset[tuple[date, bool]]
) -> TermTime:
    """Reckon a calendar once, and with it the windows of its clocks: the same days give the same windows."""
    known = dict(exceptions)
    days = (date.fromordinal(day) for day in range(start.toordinal(), end.toordinal() + 1))
    return TermTime(start, end, visits, tuple(day for day in days if is_school_day(day, known)))
