"""Reading of the boarding house: rooms and beds, the checks of a night, who is on leave, who may fetch a child."""

from collections import defaultdict
from dataclasses import dataclass, field
from datetime import date, datetime, timedelta
from uuid import UUID

from django.db.models import QuerySet

from oasis.campus.models import (
    BedMark,
    BedStay,
    Collector,
    DormRoom,
    HomeLeave,
    House,
    Missing,
    MissingStep,
    NightCheck,
    Visitor,
)
from oasis.children.household import household
from oasis.children.models import Child
from oasis.kit.dates import CHINA
from oasis.people.closed import ScopedQuerySet
from oasis.people.remembered import remembered
from oasis.people.roles import ArmKind, Need
from oasis.people.scope import Scope
from oasis.people.together import Question, whether
from oasis.places.models import School

NOON = 12
LATELY = timedelta(days=30)


def night_of(moment: datetime) -> date:
    """Give the day a moment's night began on: until noon it is still the night before."""
    local = moment.astimezone(CHINA)
    return local.date() - timedelta(days=local.hour < NOON)


def house_schools(scope: Scope) -> list[School]:
    """Give the schools whose boarding house one looks after."""
    ids = scope.ids(ArmKind.SCHOOL, Need.BOARDING) | scope.ids(ArmKind.BOARDERS, Need.BOARDING)
    return list(School.objects.filter(pk__in=ids).order_by("name"))


@dataclass
class Bed:
    """A bed, who sleeps there, and what was seen there in a check."""

    number: int
    stay: BedStay | None = None
    mark: BedMark | None = None
    leave: HomeLeave | None = None


@dataclass
class RoomOfBeds:
    """A room and its beds in order."""

    room: DormRoom
    beds: list[Bed] = field(default_factory=list)

    @property
    def taken(self) -> list[Bed]:
        """The beds somebody sleeps in."""
        return [bed for bed in self.beds if bed.stay]


def houses(scope: Scope) -> list[House]:
    """Give the houses in reach."""
    return list(House.objects.within(scope, Need.BOARDING).select_related("school"))


def rooms(scope: Scope, houses: list[UUID]) -> dict[UUID, list[RoomOfBeds]]:
    """Give the rooms of houses with who sleeps in them now. Two queries."""
    found = {
        row.pk: RoomOfBeds(row, [Bed(number) for number in range(1, row.beds + 1)])
        for row in DormRoom.objects.within(scope, Need.BOARDING).filter(house__in=houses)
    }
    for stay in _stays(scope).filter(room__house__in=houses):
        place = found[stay.room_id]
        bed = next((one for one in place.beds if one.number == stay.bed), None)
        if bed is None:
            place.beds.append(bed := Bed(stay.bed))
        bed.stay = stay
    by_house: dict[UUID, list[RoomOfBeds]] = defaultdict(list)
    for one in found.values():
        by_house[one.room.house_id].append(one)
    return by_house


def _stays(scope: Scope) -> ScopedQuerySet[BedStay]:
    rows = BedStay.objects.within(scope, Need.BOARDING).filter(to_on__isnull=True, child__state=Child.State.HERE)
    return rows.filter(child__boarding=True).select_related("child", "child__klass", "child__school", "room")


def bedless(scope: Scope) -> list[Child]:
    """Give the boarders who have no bed yet. One query."""
    rows = Child.objects.within(scope, Need.BOARDING).filter(boarding=True, state=Child.State.HERE)
    bedded = BedStay.objects.filter(to_on__isnull=True).values("child")
    return list(rows.exclude(pk__in=bedded).select_related("klass", "school").order_by("klass__entry_year", "pinyin"))


def night(scope: Scope, check: NightCheck) -> list[RoomOfBeds]:
    """Give the rooms of a check with what was seen at each bed so far. Four queries."""
    found = rooms(scope, [check.house_id])[check.house_id]
    marks = {row.child_id: row for row in BedMark.objects.within(scope, Need.BOARDING).filter(check_of=check)}
    away = {row.child_id: row for row in on_leave(scope)}
    for bed in (bed for room in found for bed in room.taken):
        if bed.stay:
            bed.mark, bed.leave = marks.get(bed.stay.child_id), away.get(bed.stay.child_id)
    return [room for room in found if room.taken]


def check_of(scope: Scope, pk: UUID) -> NightCheck | None:
    """Give a check in reach."""
    rows = NightCheck.objects.within(scope, Need.BOARDING).select_related("house", "by")
    found: NightCheck | None = rows.filter(pk=pk).first()
    return found


def checks_since(scope: Scope, day: date) -> list[NightCheck]:
    """Give the checks from a day on, newest first."""
    rows = NightCheck.objects.within(scope, Need.BOARDING).filter(on__gte=day)
    return list(rows.select_related("house", "by"))


def cared_for(scope: Scope, since: date) -> list[BedMark]:
    """Give the beds at which somebody had to be looked after, newest first."""
    rows = BedMark.objects.within(scope, Need.BOARDING).filter(check_of__on__gte=since).exclude(care="")
    return list(rows.select_related("child", "check_of", "by").order_by("-at")[:30])


def on_leave(scope: Scope) -> list[HomeLeave]:
    """Give who is away from the house now, soonest due back first."""
    rows = HomeLeave.objects.within(scope, Need.BOARDING).filter(back_at__isnull=True, child__boarding=True)
    rows = rows.filter(child__state=Child.State.HERE)
    return list(rows.select_related("child").order_by("due_at"))


def searches(scope: Scope) -> list[Missing]:
    """Give the searches that run. One query."""
    return list(_running(scope).select_related("child"))


def searching(scope: Scope) -> Question[bool]:
    """Ask whether any runs."""
    return whether(_any_running, scope)


@remembered
def _any_running(scope: Scope) -> QuerySet[Missing, tuple[UUID]]:
    return _running(scope).order_by().values_list("pk")[:1]


def _running(scope: Scope) -> ScopedQuerySet[Missing]:
    return Missing.objects.within(scope, Need.BOARDING).filter(found_at__isnull=True)


def steps_of(scope: Scope, missing: Missing) -> list[MissingStep]:
    """Give the steps taken in a search."""
    return list(MissingStep.objects.within(scope, Need.BOARDING).filter(missing=missing).select_related("by"))


@dataclass(frozen=True)
class Fetcher:
    """Somebody who may fetch a child, or must not."""

    key: str
    name: str
    relation: str
    barred: bool = False
    told: str = ""


def fetchers(scope: Scope, child: Child) -> list[Fetcher]:
    """Give who may fetch a child, carers first, and who must not: from the household and from the guardian's own list."""
    own = [
        Fetcher(f"p{one.person.pk}", one.person.name, one.tie.get_relation_display(), one.tie.no_pickup)
        for one in household(scope, child, scope.on, Need.CONTACTS)
        if one.person.alive and not one.person.nameless
    ]
    rows = Collector.objects.within(scope, Need.BOARDING).filter(child=child, to_on__isnull=True)
    more = [Fetcher(f"c{row.pk}", row.name, row.relation, told=row.agreed) for row in rows.order_by("at")]
    return sorted([*own, *more], key=lambda one: one.barred)


@dataclass(frozen=True)
class Boarder:
    """What the house knows of one child."""

    stays: list[BedStay]
    leaves: list[HomeLeave]
    visitors: list[Visitor]
    nights: list[BedMark]
    fetchers: list[Fetcher]

    @property
    def away(self) -> HomeLeave | None:
        """The leave that runs."""
        return next((row for row in self.leaves if row.back_at is None), None)


def boarder(scope: Scope, child: Child) -> Boarder:
    """Give what the house knows of one child. Six queries."""
    need = Need.BOARDING
    stays = BedStay.objects.within(scope, need).filter(child=child).select_related("room", "room__house")
    return Boarder(
        list(stays.order_by("-from_on", "-pk")),
        list(HomeLeave.objects.within(scope, need).filter(child=child)[:10]),
        list(Visitor.objects.within(scope, need).filter(child=child)[:10]),
        list(
            BedMark.objects.within(scope, need).filter(child=child, check_of__on__gte=scope.on - LATELY).exclude(
                state="in", care=""
            ).select_related("check_of", "by").order_by("-at")[:20]
        ),
        fetchers(scope, child),
    )  # fmt: skip
