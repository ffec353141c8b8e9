"""ROUNDS: what a boarding house owes every night before lessons and a class every day of lessons (domain.md 2.17, 2.18)."""

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass, replace
from datetime import date, datetime, time, timedelta
from uuid import UUID

from django.db.models import Q

from oasis.campus.dormitory import night_of
from oasis.campus.models import BedStay, HealthCheck, House, NightCheck
from oasis.children.models import Child
from oasis.duties.judging import State
from oasis.kit.catalogue import Catalogue
from oasis.kit.dates import CHINA
from oasis.people.roles import ArmKind, Need
from oasis.people.scope import Scope
from oasis.places.models import Klass

HOUSE, KLASS = "house", "klass"
LOOK_BACK = 5  # days of lessons of which it is said how often a check is missing


@dataclass(frozen=True)
class Round:
    """Something done again each day: for which place, by whom; from an hour it is time, from another it is late.

    Hours are counted from midnight of its day: a round at one in the night is hour 25 of the evening before.
    """

    code: str
    label: str
    turn: str
    place: str
    owes: str
    opens: int
    presses: int
    late: int
    icon: str
    on: bool = True

    @property
    def hours(self) -> range:
        """The hours among which a school chooses when it is due."""
        return range(18, 31) if self.place == HOUSE else range(6, 17)

    def set_to(self, hour: int | None) -> "Round":
        """Give it due at a school's own hour; what comes before and after moves along."""
        if hour is None:
            return self
        shift = hour - self.presses
        return replace(self, opens=self.opens + shift, presses=hour, late=self.late + shift)


def hour_words(hour: int) -> str:
    """Write an hour counted from midnight of the day: 20:00, 次日1:00."""
    return f"次日{hour - 24}:00" if hour >= 24 else f"{hour}:00"


ROUNDS = Catalogue(
    Round("night-call", "晚点名", "call", HOUSE, "life-care", 12, 20, 23, "moon"),
    Round("night-first", "第一次巡夜", "first", HOUSE, "life-care", 20, 22, 25, "moon"),
    Round("night-second", "第二次巡夜", "second", HOUSE, "life-care", 22, 25, 30, "moon"),
    Round("check-morning", "晨检", "morning", KLASS, "homeroom", 0, 7, 10, "stethoscope"),
    Round("check-noon", "午检", "noon", KLASS, "homeroom", 11, 13, 15, "stethoscope"),
)  # fmt: skip


@dataclass(frozen=True)
class Turn:
    """A round that is still to be done: where, how it stands, what to know; `mine` when this person owes it."""

    round: Round
    name: str
    place: UUID
    state: State
    begun: bool
    missed: int  # how often it is missing in the last days of lessons
    mine: bool

    @property
    def late(self) -> bool:
        """Tell whether its time has passed."""
        return self.state == State.OVERDUE


Days = dict[UUID, tuple[date, ...]]  # days with lessons, by school
Kept = dict[UUID, tuple[Round, ...]]  # the rounds a school keeps, at its own hours


def turns(scope: Scope, moment: datetime, days: Days, kept: Kept) -> list[Turn]:
    """Give what is still to be done today and tonight in reach, the latest first. Nothing in the holidays. Four queries."""
    found = [*_houses(scope, moment, days, kept), *_classes(scope, moment, days, kept)]
    order = {code: n for n, code in enumerate(ROUNDS.codes)}
    return sorted(found, key=lambda turn: (not turn.late, order[turn.round.code]))


def _houses(scope: Scope, moment: datetime, days: Days, kept: Kept) -> Iterable[Turn]:
    night = night_of(moment)
    reach = scope.ids(ArmKind.BOARDERS, Need.BOARDING) | scope.ids(ArmKind.SCHOOL, Need.BOARDING)
    schools = [school for school in reach if night + timedelta(days=1) in days.get(school, ())]
    if not schools:
        return
    slept = BedStay.objects.filter(to_on__isnull=True, child__state=Child.State.HERE, child__boarding=True)
    houses = House.objects.within(scope, Need.BOARDING).filter(school__in=schools, pk__in=slept.values("room__house"))
    done = {
        (row.house_id, row.turn): row.closed_at
        for row in NightCheck.objects.within(scope, Need.BOARDING).filter(on=night)
    }
    own = _owners(scope, "life-care")
    for house in houses:
        for one in (entry for entry in kept[house.school_id] if entry.place == HOUSE):
            begun = (house.pk, one.turn) in done
            if not (begun and done[house.pk, one.turn]) and (state := _state(one, night, moment)):
                yield Turn(one, house.name, house.pk, state, begun, 0, house.school_id in own)


def _classes(scope: Scope, moment: datetime, days: Days, kept: Kept) -> Iterable[Turn]:
    today = moment.astimezone(CHINA).date()
    schools = [school for school, known in days.items() if today in known]
    own_classes, led = scope.ids(ArmKind.KLASS, Need.HEALTH), scope.ids(ArmKind.SCHOOL, Need.HEALTH)
    if not schools or not (own_classes or led):
        return
    pupils = Child.objects.within(scope, Need.HEALTH).filter(state=Child.State.HERE, school__in=schools)
    here = Q(pk__in=own_classes) | Q(school__in=led)  # not the class of a child one only helps
    rows = Klass.objects.filter(here, pk__in=pupils.order_by().values("klass")).select_related("school")
    since = {school: _lately(days[school], today) for school in schools}
    made: dict[tuple[UUID, str], set[date]] = defaultdict(set)
    checks = HealthCheck.objects.within(scope, Need.HEALTH).filter(on__gte=min(map(min, since.values())), on__lte=today)
    for klass_id, turn, on in checks.values_list("klass_id", "turn", "on"):
        made[klass_id, turn].add(on)
    own = _owners(scope, "homeroom")
    for klass in sorted(rows, key=lambda row: (row.grade(today, row.school.primary_years), row.number)):
        for one in (entry for entry in kept[klass.school_id] if entry.place == KLASS):
            held = made[klass.pk, one.turn]
            if today not in held and (state := _state(one, today, moment)):
                missed = sum(day not in held for day in since[klass.school_id] if day < today)
                name = klass.name(today, klass.school.primary_years)
                yield Turn(one, name, klass.pk, state, False, missed, klass.pk in own)


def _lately(days: tuple[date, ...], today: date) -> tuple[date, ...]:
    return tuple(day for day in days if day <= today)[-LOOK_BACK - 1 :]


def _owners(scope: Scope, role: str) -> set[UUID]:
    return {key for arm in scope.arms if arm.role.code == role for key in arm.ids}


def _state(one: Round, day: date, moment: datetime) -> State | None:
    """Say how a round of a day stands at a moment; None before its time has come."""
    hours = (moment - datetime.combine(day, time(), CHINA)) / timedelta(hours=1)
    if hours < one.opens:
        return None
    return State.SOON if hours < one.presses else State.DUE if hours < one.late else State.OVERDUE
