"""What is owed, to whom, by whom; computed when asked from the records, nothing stored."""

from collections.abc import Callable, Collection, Iterable
from dataclasses import dataclass
from datetime import date, datetime
from functools import cache
from typing import Any
from uuid import UUID

from django.db.models import BooleanField, ExpressionWrapper, QuerySet

from oasis.children.models import Child
from oasis.children.populations import POPULATIONS
from oasis.duties.catalogue import Duty
from oasis.duties.evidence import gather, gathering
from oasis.duties.grounds import Ground, ground, ground_tonight
from oasis.duties.judging import PENDING, Facts, Line, Pupil, State, judge, judge_items
from oasis.duties.models import DutySetting, Waiver
from oasis.duties.rounds import Turn, turns
from oasis.people.closed import ScopedQuerySet
from oasis.people.remembered import remembered
from oasis.people.roles import ArmKind, Need
from oasis.people.scope import Arm, Scope
from oasis.people.together import Question, Rows
from oasis.places.models import Klass, Term
from oasis.places.queries import class_named

CLASS = ("klass__stage", "klass__entry_year", "klass__number", "school__system")
OWN = ("name", "boarding", "opened_on", "birth_on", "lunar_birthday")


@dataclass(frozen=True)
class Board:
    """All lines in a person's reach on a day, with what is needed to tell whose they are."""

    on: date
    grounds: dict[UUID, Ground]
    pupils: tuple[Pupil, ...]
    lines: tuple[Line, ...]
    owing: tuple[Line, ...]  # those of them that this person owes

    def mine(self) -> list[Line]:
        """Give the pending lines that this person owes, worst first."""
        return sorted((line for line in self.owing if line.state in PENDING), key=lambda line: line.order)

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
    reads = [arm for arm in scope.arms if Need.RECORD_READ in arm.needs or need == Need.CADENCES]
    lines, owing = [], []
    for known in grounds.values():
        here = [pupil for pupil in pupils if pupil.school_id == known.term.school_id]
        duties = [duty for duty in known.duties if not codes or duty.code in codes]
        for pupil, helped, told in _lines(known, duties, here, on, at, facts):
            roles = frozenset(arm.role.code for arm in scope.arms if reaches(arm, pupil))
            mine = [line for line in told if _owes(scope, line, helped, roles)]
            owing += mine
            lines += told if any(reaches(arm, pupil) for arm in reads) else mine
    return Board(on, grounds, tuple(pupils), tuple(lines), tuple(owing))


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
    known = {school: found for school in schools if (found := ground_tonight(school, scope.on))}
    days = {school: found.time.days for school, found in known.items()}
    return turns(scope, moment, days, {school: found.rounds for school, found in known.items()})


def _lines(
    known: Ground, duties: list[Duty], pupils: list[Pupil], on: date, at: date | None, facts: dict[UUID, Facts] | None
) -> Iterable[tuple[Pupil, bool, list[Line]]]:
    """Give each child with whether somebody helps it and its lines."""
    if at is None and not known.lessons_on(on):
        return
    at = known.seen(at) if at else None
    whom = {duty.whom for duty in duties}
    concerned = [pupil for pupil in pupils if whom & pupil.belongs]
    kinds = {key for duty in duties for key in duty.settled_by}
    facts = facts or gather([pupil.id for pupil in concerned], known.term, kinds, on, full=at is not None)
    for pupil in concerned:
        told = facts[pupil.id]
        lines: list[Line] = []
        for duty in duties:
            if duty.dated:
                lines += judge_items(duty, pupil, told, known.time, on) if at is None else ()
            elif line := judge(duty, pupil, told, known.time, on, at):
                lines.append(line)
        yield pupil, told.helped, lines


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
            klasses[place] = class_named(stage, entry, number, system, on)
        belongs = _belonging(tuple(own[len(OWN) :]))
        pupils.append(Pupil._make((pk, school, place, klasses[place], *own[: len(OWN)], belongs)))
    return pupils


@cache
def _belonging(flags: tuple[bool, ...]) -> frozenset[str]:
    return frozenset(name for name, yes in zip(POPULATIONS.codes, flags, strict=True) if yes)


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


def needs_known(scope: Scope) -> Callable[[Pupil], frozenset[Need]]:
    """Give what says for a child which needs the posts that reach it give, reckoned once a child."""
    known: dict[UUID, frozenset[Need]] = {}

    def needs(pupil: Pupil) -> frozenset[Need]:
        if pupil.id not in known:
            known[pupil.id] = frozenset().union(*(arm.needs for arm in scope.arms if reaches(arm, pupil)))
        return known[pupil.id]

    return needs


def reaches(arm: Arm, pupil: Pupil) -> bool:
    """Tell whether a post reaches a child."""
    if arm.kind == ArmKind.KLASS:
        return pupil.klass_id in arm.ids
    if arm.kind == ArmKind.CHILD:
        return pupil.id in arm.ids
    return pupil.school_id in arm.ids and (
        arm.kind == ArmKind.SCHOOL or (arm.kind == ArmKind.BOARDERS and pupil.boarding)
    )


def _owes(scope: Scope, line: Line, helped: bool, roles: Collection[str]) -> bool:
    """A helper's duty falls to the homeroom teacher while the child has no helper; a dated one that is late, to both."""
    if line.owner is not None and (line.owner == scope.actor or line.state != State.OVERDUE):
        return line.owner == scope.actor
    role = "homeroom" if line.owner else line.duty.owes if helped or line.duty.owes != "helper" else "homeroom"
    return role in roles


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
