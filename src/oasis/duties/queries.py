"""What is owed, to whom, by whom; computed when asked from the records, nothing stored."""

from collections.abc import Callable, Collection, Iterable
from dataclasses import dataclass, replace
from datetime import date
from functools import lru_cache
from uuid import UUID

from django.db.models import BooleanField, ExpressionWrapper, F

from oasis.children.models import Child
from oasis.children.populations import POPULATIONS
from oasis.duties.catalogue import DUTIES, Duty
from oasis.duties.clocks import TermTime
from oasis.duties.evidence import gather
from oasis.duties.judging import PENDING, Line, Pupil, State, judge
from oasis.duties.models import DutySetting, Waiver
from oasis.people.closed import ScopedQuerySet
from oasis.people.roles import ArmKind, Need
from oasis.people.scope import Arm, Scope
from oasis.places.models import Term
from oasis.places.queries import exceptions_of, is_school_day, term_on

COLUMNS = ("id", "school_id", "klass_id", "name", "boarding", "opened_on", "birth_on", "lunar_birthday")


@dataclass(frozen=True)
class Ground:
    """A school on a day: its term, its days with lessons, its duties with the school's own cadences."""

    term: Term
    time: TermTime
    duties: tuple[Duty, ...]

    def lessons_on(self, day: date) -> bool:
        """Tell whether the term is running, so that the clocks do."""
        return self.term.holds(day)


def ground(school_id: UUID, on: date, trial: DutySetting | None = None) -> Ground | None:
    """Give the ground of a school, None before it has a term; `trial` is a cadence to try without saving."""
    term = term_on(school_id, on)
    if term is None:
        return None
    exceptions = exceptions_of(school_id, term.starts_on, term.ends_on)
    settings = {row.duty: row for row in _settings(school_id)} | ({trial.duty: trial} if trial else {})
    duties = tuple(_as_set(duty, settings.get(duty.code)) for duty in DUTIES)
    return Ground(term, _time(term, exceptions), tuple(duty for duty in duties if duty.on))


def _settings(school_id: UUID) -> ScopedQuerySet[DutySetting]:
    why = "the cadences of a school hold for everybody who works there and tell nothing of a child"
    return DutySetting.objects.everywhere(why=why).filter(school_id=school_id)


def _as_set(duty: Duty, setting: DutySetting | None) -> Duty:
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
    return TermTime(
        term.starts_on, term.ends_on, visits, _days(term.starts_on, term.ends_on, frozenset(exceptions.items()))
    )


@lru_cache(maxsize=64)
def _days(start: date, end: date, exceptions: frozenset[tuple[date, bool]]) -> tuple[date, ...]:
    known = dict(exceptions)
    days = (date.fromordinal(day) for day in range(start.toordinal(), end.toordinal() + 1))
    return tuple(day for day in days if is_school_day(day, known))


@dataclass(frozen=True)
class Board:
    """All lines in a person's reach on a day, with what is needed to tell whose they are."""

    on: date
    grounds: dict[UUID, Ground]
    pupils: tuple[Pupil, ...]
    lines: tuple[Line, ...]
    own: frozenset[tuple[UUID, str]]

    def mine(self) -> list[Line]:
        """Give the pending lines that this person owes, worst first."""
        return sorted(
            (line for line in self.lines if self.is_mine(line) and line.state in PENDING), key=lambda line: line.order
        )

    def is_mine(self, line: Line) -> bool:
        """Tell whether this person owes a line."""
        return (line.pupil.id, line.duty.code) in self.own

    @property
    def term(self) -> Term | None:
        """The term of the first school in reach."""
        return next((known.term for known in self.grounds.values()), None)

    @property
    def resting(self) -> bool:
        """Whether no school in reach is in term, so that every clock stands still."""
        return not any(known.lessons_on(self.on) for known in self.grounds.values())


def owed(
    scope: Scope, on: date, *, at: date | None = None, klass: UUID | None = None, codes: Collection[str] = (),
    need: Need = Need.RECORD_WRITE, trial: DutySetting | None = None,
) -> Board:  # fmt: skip
    """Judge every duty for every child in reach; `at` looks at the windows of an earlier day of the term.

    A person sees the lines of the children whose records she may read, and those that she owes herself.
    """
    pupils = children_of(scope, need, klass)
    schools = schools_of(scope, need) | {pupil.school_id for pupil in pupils}
    found = {school: ground(school, on, trial) for school in sorted(schools)}
    grounds = {school: known for school, known in found.items() if known}
    sees, owes = _reach(scope, lambda arm: Need.RECORD_READ in arm.needs or need == Need.CADENCES), _owing(scope)
    lines, own = [], set()
    for known in grounds.values():
        here = [pupil for pupil in pupils if pupil.school_id == known.term.school_id]
        duties = [duty for duty in known.duties if not codes or duty.code in codes]
        for line, helped in _lines(known, duties, here, on, at):
            mine = owes(line, helped)
            if mine:
                own.add((line.pupil.id, line.duty.code))
            if mine or sees(line.pupil):
                lines.append(line)
    return Board(on, grounds, tuple(pupils), tuple(lines), frozenset(own))


def _lines(
    known: Ground, duties: list[Duty], pupils: list[Pupil], on: date, at: date | None
) -> Iterable[tuple[Line, bool]]:
    if not known.lessons_on(at or on):
        return
    whom = {duty.whom for duty in duties}
    concerned = [pupil for pupil in pupils if whom & pupil.belongs]
    kinds = {key for duty in duties for key in duty.settled_by}
    facts = gather([pupil.id for pupil in concerned], known.term, kinds, on, full=at is not None)
    for pupil in concerned:
        told = facts[pupil.id]
        for duty in duties:
            line = judge(duty, pupil, told, known.time, on, at)
            if line is not None:
                yield line, told.helped


def children_of(scope: Scope, need: Need, klass: UUID | None = None) -> list[Pupil]:
    """Give the children at school in reach of a need, by class and sound of name. One query."""
    rows = Child.objects.within(scope, need).filter(state=Child.State.HERE)
    if klass:
        rows = rows.filter(klass_id=klass)
    flags = {
        f"in_{n}": ExpressionWrapper(population.q, output_field=BooleanField())
        for n, population in enumerate(POPULATIONS)
    }
    names = POPULATIONS.codes
    ordered = rows.annotate(entry=F("klass__entry_year"), number=F("klass__number")).annotate(**flags)
    found = ordered.order_by("klass__stage", "-entry", "number", "pinyin").values_list(*COLUMNS, *flags)
    width = len(COLUMNS)
    return [
        Pupil._make((*row[:width], frozenset(name for name, yes in zip(names, row[width:], strict=True) if yes)))
        for row in found
    ]


def schools_of(scope: Scope, need: Need) -> set[UUID]:
    """Give the schools that a person's posts name."""
    reach = scope.reach(need)
    return set(reach.get(ArmKind.SCHOOL, ())) | set(reach.get(ArmKind.BOARDERS, ()))


def reaches(arm: Arm, pupil: Pupil) -> bool:
    """Tell whether a post reaches a child."""
    if arm.kind == ArmKind.BOARDERS:
        return pupil.boarding and pupil.school_id in arm.ids
    return {ArmKind.SCHOOL: pupil.school_id, ArmKind.KLASS: pupil.klass_id, ArmKind.CHILD: pupil.id}.get(
        arm.kind
    ) in arm.ids


def _reach(scope: Scope, chosen: Callable[[Arm], bool]) -> Callable[[Pupil], bool]:
    arms = [arm for arm in scope.arms if chosen(arm)]
    return lambda pupil: any(reaches(arm, pupil) for arm in arms)


def _owing(scope: Scope) -> Callable[[Line, bool], bool]:
    """A helper's duty falls to the homeroom teacher while the child has no helper."""

    def owes(line: Line, helped: bool) -> bool:
        role = line.duty.owes if helped or line.duty.owes != "helper" else "homeroom"
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
