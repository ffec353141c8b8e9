"""What is owed, to whom, by whom; computed when asked from the records, nothing stored."""

from collections.abc import Callable, Collection, Iterable
from dataclasses import dataclass, replace
from datetime import date, datetime
from functools import lru_cache
from typing import Any
from uuid import UUID

from django.db.models import (
    BooleanField,
    DateField,
    DateTimeField,
    ExpressionWrapper,
    F,
    Field,
    QuerySet,
    UUIDField,
    Value,
)  # fmt: skip
from django.db.models.functions import Cast

from oasis.children.models import Child
from oasis.children.populations import POPULATIONS
from oasis.duties.catalogue import DUTIES, Duty
from oasis.duties.clocks import TermTime
from oasis.duties.evidence import gather, gathering
from oasis.duties.judging import PENDING, Facts, Line, Pupil, State, judge, judge_items
from oasis.duties.models import DutySetting, Waiver
from oasis.duties.rounds import ROUNDS, Round, Turn, turns
from oasis.people.closed import ScopedQuerySet
from oasis.people.remembered import remembered
from oasis.people.roles import ArmKind, Need
from oasis.people.scope import Arm, Scope
from oasis.people.together import Question, Rows
from oasis.places.models import Klass, School, SchoolDay, Term
from oasis.places.queries import is_school_day, running

CLASS = ("klass__stage", "klass__entry_year", "klass__number", "school__system")
OWN = ("name", "boarding", "opened_on", "birth_on", "lunar_birthday")


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


def _ground(rows: Rows, school_id: UUID, on: date, trial: DutySetting | None = None) -> Ground | None:
    terms, settings, exceptions = _own_ways(rows, school_id)
    term = running(terms, on)
    if term is None:
        return None
    if trial:
        settings[trial.duty] = trial
    duties = tuple(as_set(duty, settings.get(duty.code)) for duty in DUTIES)
    kept = (one for one in ROUNDS if (settings[one.code].on if one.code in settings else one.on))
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


@dataclass(frozen=True)
class Board:
    """All lines in a person's reach on a day, with what is needed to tell whose they are."""

    on: date
    grounds: dict[UUID, Ground]
    pupils: tuple[Pupil, ...]
    lines: tuple[Line, ...]
    own: frozenset[tuple[UUID, str, UUID | None]]

    def mine(self) -> list[Line]:
        """Give the pending lines that this person owes, worst first."""
        return sorted(
            (line for line in self.lines if self.is_mine(line) and line.state in PENDING), key=lambda line: line.order
        )

    def is_mine(self, line: Line) -> bool:
        """Tell whether this person owes a line."""
        return (line.pupil.id, line.duty.code, line.owner) in self.own

    @property
    def term(self) -> Term | None:
        """The term of the first school in reach."""
        return next((known.term for known in self.grounds.values()), None)

    @property
    def resting(self) -> bool:
        """Whether no school in reach is in term, so that every clock stands still."""
        return not any(known.lessons_on(self.on) for known in self.grounds.values())


def owed(
    scope: Scope, on: date, *, at: date | None = None, klass: UUID | None = None, child: UUID | None = None, codes: Collection[str] = (),
    need: Need = Need.RECORD_WRITE, trial: DutySetting | None = None,
) -> Board:  # fmt: skip
    """Judge every duty for every child in reach; `at` looks at the windows of an earlier day of the term.

    A person sees the lines of the children whose records she may read, and those that she owes herself.
    """
    pupils = children_of(scope, need, klass, child)
    schools = schools_of(scope, need) | {pupil.school_id for pupil in pupils}
    found = {school: ground(school, on, trial) for school in sorted(schools)}
    return judged(scope, on, pupils, found, need=need, at=at, codes=codes)


def judged(
    scope: Scope, on: date, pupils: list[Pupil], found: dict[UUID, Ground | None], *, need: Need, at: date | None = None,
    codes: Collection[str] = (), facts: dict[UUID, Facts] | None = None,
) -> Board:  # fmt: skip
    """Judge as `owed` does, where the children in reach and the grounds of their schools are known. One query a school, none with `facts`."""
    grounds = {school: known for school, known in found.items() if known}
    sees, owes = _reach(scope, lambda arm: Need.RECORD_READ in arm.needs or need == Need.CADENCES), _owing(scope)
    lines, own = [], set()
    for known in grounds.values():
        here = [pupil for pupil in pupils if pupil.school_id == known.term.school_id]
        duties = [duty for duty in known.duties if not codes or duty.code in codes]
        for line, helped in _lines(known, duties, here, on, at, facts):
            mine = owes(line, helped)
            if mine:
                own.add((line.pupil.id, line.duty.code, line.owner))
            if mine or sees(line.pupil):
                lines.append(line)
    return Board(on, grounds, tuple(pupils), tuple(lines), frozenset(own))


def facts_asked(known: Ground | None, pupils: list[Pupil], on: date) -> Question[dict[UUID, Facts]] | None:
    """Ask for the facts behind today's lines of some children of one school, for `judged`; None where no clock runs."""
    if known is None or not pupils or not known.lessons_on(on):
        return None
    kinds = {key for duty in known.duties for key in duty.settled_by}
    return gathering([pupil.id for pupil in pupils], known.term, kinds, on)


def rounds_owed(scope: Scope, moment: datetime) -> list[Turn]:
    """Give the nights and checks that are still to be done in reach, the latest first."""
    schools = {school for need in (Need.BOARDING, Need.HEALTH) for school in schools_of(scope, need)}
    schools |= set(
        Klass.objects.filter(pk__in=scope.ids(ArmKind.KLASS, Need.HEALTH)).values_list("school_id", flat=True)
    )
    known = {school: found for school in schools if (found := ground(school, scope.on)) and found.lessons_on(scope.on)}
    days = {school: found.time.days for school, found in known.items()}
    return turns(
        scope, moment, days, {school: frozenset(r.code for r in found.rounds) for school, found in known.items()}
    )


def _lines(
    known: Ground, duties: list[Duty], pupils: list[Pupil], on: date, at: date | None, facts: dict[UUID, Facts] | None
) -> Iterable[tuple[Line, bool]]:
    if at is None and not known.lessons_on(on):
        return
    at = known.seen(at) if at else None
    whom = {duty.whom for duty in duties}
    concerned = [pupil for pupil in pupils if whom & pupil.belongs]
    kinds = {key for duty in duties for key in duty.settled_by}
    facts = facts or gather([pupil.id for pupil in concerned], known.term, kinds, on, full=at is not None)
    for pupil in concerned:
        told = facts[pupil.id]
        for duty in duties:
            if duty.dated:
                items = judge_items(duty, pupil, told, known.time, on) if at is None else ()
                yield from ((line, told.helped) for line in items)
                continue
            line = judge(duty, pupil, told, known.time, on, at)
            if line is not None:
                yield line, told.helped


def children_of(scope: Scope, need: Need, klass: UUID | None = None, child: UUID | None = None) -> list[Pupil]:
    """Give the children at school in reach of a need, by class and sound of name. One query."""
    return children_asked(scope, need, klass, child).answer()


def children_asked(scope: Scope, need: Need, klass: UUID | None, child: UUID | None) -> Question[list[Pupil]]:
    """Ask for the same."""
    return Question(_children, (scope, need, klass, child), lambda rows: _pupils(rows, scope.on))


def _pupils(rows: Rows, on: date) -> list[Pupil]:
    klasses: dict[UUID | None, str] = {None: ""}
    pupils = []
    for pk, school, place, stage, entry, number, system, *own in rows:
        if place not in klasses:
            year = Klass(stage=stage, entry_year=entry, number=number)
            klasses[place] = year.name(on, School(system=system).primary_years)
        belongs = frozenset(name for name, yes in zip(POPULATIONS.codes, own[len(OWN) :], strict=True) if yes)
        pupils.append(Pupil._make((pk, school, place, klasses[place], *own[: len(OWN)], belongs)))
    return pupils


@remembered
def _children(scope: Scope, need: Need, klass: UUID | None, child: UUID | None) -> QuerySet[Any, Any]:
    rows = Child.objects.within(scope, need).filter(state=Child.State.HERE)
    if klass:
        rows = rows.filter(klass_id=klass)
    if child:
        rows = rows.filter(pk=child)
    flags = {
        f"in_{n}": ExpressionWrapper(population.q, output_field=BooleanField())
        for n, population in enumerate(POPULATIONS)
    }
    ordered = rows.annotate(**flags).order_by("klass__stage", "-klass__entry_year", "klass__number", "pinyin")
    return ordered.values_list("id", "school_id", "klass_id", *CLASS, *OWN, *flags)


def schools_of(scope: Scope, need: Need) -> set[UUID]:
    """Give the schools that a person's posts name."""
    reach = scope.reach(need)
    return set(reach.get(ArmKind.SCHOOL, ())) | set(reach.get(ArmKind.BOARDERS, ()))


def may(scope: Scope, need: Need, pupil: Pupil) -> bool:
    """Tell whether a post that reaches this child gives a need."""
    return any(need in arm.needs and reaches(arm, pupil) for arm in scope.arms)


def reaches(arm: Arm, pupil: Pupil) -> bool:
    """Tell whether a post reaches a child."""
    if arm.kind == ArmKind.KLASS:
        return pupil.klass_id in arm.ids
    if arm.kind == ArmKind.CHILD:
        return pupil.id in arm.ids
    return pupil.school_id in arm.ids and (
        arm.kind == ArmKind.SCHOOL or (arm.kind == ArmKind.BOARDERS and pupil.boarding)
    )


def _reach(scope: Scope, chosen: Callable[[Arm], bool]) -> Callable[[Pupil], bool]:
    arms = [arm for arm in scope.arms if chosen(arm)]
    return lambda pupil: any(reaches(arm, pupil) for arm in arms)


def _owing(scope: Scope) -> Callable[[Line, bool], bool]:
    """A helper's duty falls to the homeroom teacher while the child has no helper; a dated one that is late, to both."""

    def owes(line: Line, helped: bool) -> bool:
        if line.owner is not None and (line.owner == scope.actor or line.state != State.OVERDUE):
            return line.owner == scope.actor
        role = "homeroom" if line.owner else line.duty.owes if helped or line.duty.owes != "helper" else "homeroom"
        return any(arm.role.code == role and reaches(arm, line.pupil) for arm in scope.arms)

    return owes


def count(lines: Iterable[Line]) -> dict[State, int]:
    """Count lines by state."""
    found = dict.fromkeys(State, 0)
    for line in lines:
        found[line.state] += 1
    return found


def waivers(scope: Scope, child: Child) -> ScopedQuerySet[Waiver]:
    """Give a child's exceptions, running and ended, newest first."""
    return Waiver.objects.within(scope, Need.CHILD_READ).filter(child=child).select_related("by")


def settings_of(scope: Scope, school_id: UUID) -> dict[str, DutySetting]:
    """Give a school's own cadences by duty."""
    rows = DutySetting.objects.within(scope, Need.CADENCES).filter(school_id=school_id)
    return {row.duty: row for row in rows.select_related("by")}
