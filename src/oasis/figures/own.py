"""What is counted of the school's own work, which concerns no single child: nights, checks, activities, meetings, helpers."""

from dataclasses import dataclass
from datetime import date
from typing import Any, NamedTuple
from uuid import UUID

from django.db.models import CharField, DateField, F, IntegerField, Q, QuerySet, Value
from django.db.models.functions import Cast, TruncDate

from oasis.campus.activities import LESSONS
from oasis.campus.models import (
    Activity,
    ActivityKlass,
    Hazard,
    HealthCheck,
    ItemCount,
    Letter,
    Meeting,
    MeetingPresence,
    Movement,
    NightCheck,
    Notice,
    Opening,
    Outsider,
    OutsiderDeed,
    ParentMeeting,
    Resolution,
    RuleVersion,
    Scrap,
    Screening,
    WorkItem,
)
from oasis.campus.reach import at_work
from oasis.figures.where import Place
from oasis.kit.dates import CHINA
from oasis.people.scope import Scope

OPEN = " open"


class Deed(NamedTuple):
    """A row of the school's own work: `tag` says what, `code` which sort, `ref` finds it again."""

    tag: str
    code: str
    on: date
    to_on: date | None
    klass: UUID | None
    ref: UUID
    quantity: int


ALL, SINGLE = Q(), Value(1)


@dataclass(frozen=True)
class Leg:
    """Rows of one table of the school's own: from when, until when, of which class, how many."""

    tag: str
    model: Any
    code: Any
    on: str
    ends: str = ""
    klass: str = ""
    ref: str = "pk"
    quantity: Any = SINGLE
    which: Q = ALL
    moment: bool = False


ONE = Value("", CharField())
HELD = Q(held_on__isnull=False, dropped=False)
PLACE = Q(child__isnull=True)  # a hazard of the school itself
TAUGHT = Q(activity__held_on__isnull=False, activity__dropped=False)

LEGS = (
    Leg("night", NightCheck, "turn", "on", which=Q(closed_at__isnull=False)),
    Leg("check", HealthCheck, "turn", "on", klass="klass_id"),
    Leg("activity", Activity, "kind", "on", which=HELD & ~Q(kind__in=LESSONS)),
    Leg("lesson", Activity, "kind", "on", which=HELD & Q(kind__in=LESSONS)),
    Leg("activity", ActivityKlass, "activity__kind", "activity__on", klass="klass_id", ref="activity_id", which=TAUGHT & ~Q(activity__kind__in=LESSONS)),
    Leg("lesson", ActivityKlass, "activity__kind", "activity__on", klass="klass_id", ref="activity_id", which=TAUGHT & Q(activity__kind__in=LESSONS)),
    Leg("opening", Opening, "what", "on", quantity=F("count")),
    Leg("rule", RuleVersion, "rule__kind", "issued_on"),
    Leg("meeting", Meeting, "kind", "on"),
    Leg("trained", MeetingPresence, ONE, "meeting__on", which=Q(meeting__kind="training", state="came")),
    Leg("resolution", Resolution, ONE, "meeting__on"),
    Leg("resolution-done", Resolution, ONE, "done_on", which=Q(done_on__isnull=False)),
    Leg("resolution-due", Resolution, ONE, "due_on", "done_on"),
    Leg("item-done", WorkItem, "area", "done_on", which=Q(done_on__isnull=False)),
    Leg("item-due", WorkItem, "area", "due_on", "done_on"),
    Leg("outsider", Outsider, "kind", "from_on", "to_on"),
    Leg("deed", OutsiderDeed, "outsider__kind", "on", quantity=F("children")),
    Leg("thanks", OutsiderDeed, "outsider__kind", "thanked_on", which=Q(thanked_on__isnull=False)),
    Leg("letter", Letter, "part", "issued_on"),
    Leg("parents", ParentMeeting, "kind", "on", klass="klass_id", which=Q(ended=True)),
    Leg("goods-in", Movement, "source", "on", which=Q(sort=Movement.Sort.IN)),
    Leg("goods-out", Movement, "occasion", "on", which=Q(sort=Movement.Sort.OUT)),
    Leg("stocktaking", ItemCount, "state", "on"),
    Leg("scrap", Scrap, ONE, "principal_on", which=Q(principal_on__isnull=False)),
    Leg("hazard", Hazard, "level", "found_on", "closed_on", which=PLACE),
    Leg("hazard-closed", Hazard, "level", "closed_on", which=PLACE),
    Leg("hazard-due", Hazard, "level", "due_on", "fixed_on", which=PLACE),
    Leg("screening", Screening, ONE, "on", quantity=F("took")),
    Leg("notice", Notice, "state", "at", klass="klass_id", moment=True),
)  # fmt: skip


def own_deeds(scope: Scope, place: Place, since: date, until: date) -> tuple[Deed, ...]:
    """Read the school's own rows between two days, and what still runs; for a class those of the class. One query."""
    legs = [leg for leg in LEGS if place.kind == "school" or leg.klass]
    found: list[QuerySet[Any, Any]] = [_rows(scope, place, leg, since, until) for leg in legs]
    rows = found[0].union(*found[1:], all=True).order_by("d_on", "d_ref", "d_tag", "d_klass")
    return tuple(
        Deed(tag, code, on, to_on, UUID(klass) if klass else None, UUID(ref), quantity or 0)
        for tag, code, on, to_on, klass, ref, quantity in rows
    )


def _rows(scope: Scope, place: Place, leg: Leg, since: date, until: date) -> QuerySet[Any, Any]:
    def day(name: str) -> Any:
        return Cast(TruncDate(name, tzinfo=CHINA) if leg.moment else F(name), DateField())

    running = Q(d_on__gte=since)
    if leg.ends:
        running |= Q(d_to__isnull=True) | Q(d_to__gte=since)
    rows = at_work(scope, leg.model).filter(leg.which, school_id=place.school).order_by()
    if place.kind == "klass":
        rows = rows.filter(**{leg.klass: place.id})
    return (
        rows.annotate(
            d_tag=Value(leg.tag, CharField()), d_code=Cast(leg.code, CharField()), d_on=day(leg.on),
            d_to=day(leg.ends) if leg.ends else Cast(Value(None), DateField()),
            d_klass=Cast(F(leg.klass) if leg.klass else Value(""), CharField()), d_ref=Cast(leg.ref, CharField()),
            d_quantity=Cast(leg.quantity, IntegerField()),
        )
        .filter(running, d_on__lte=until)
        .values_list("d_tag", "d_code", "d_on", "d_to", "d_klass", "d_ref", "d_quantity")
    )  # fmt: skip
