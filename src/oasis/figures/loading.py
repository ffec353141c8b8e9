"""Reads what figures are counted from: the rows of a place, in a handful of questions whatever its size."""

from collections import defaultdict
from collections.abc import Iterable, Sequence
from datetime import date
from decimal import Decimal
from typing import Any
from uuid import UUID

from django.db.models import BooleanField, Case, CharField, DateField, OuterRef, Q, QuerySet, Subquery, Value, When
from django.db.models.functions import Cast

from oasis.campus.models import LetterCopy, ParentSeat
from oasis.children.census import unasked
from oasis.children.completeness import PARTS
from oasis.children.lacks import LACKS
from oasis.children.models import (
    Assessment,
    CareArrangement,
    CensusEntry,
    Child,
    ChildStatus,
    Enrolment,
    Hardship,
    Pairing,
    Plan,
    Problem,
    RiskLevel,
)
from oasis.children.populations import CONFIRMS, HELPS
from oasis.figures.daily import ADVANCED, LEGS, Leg
from oasis.figures.own import own_deeds
from oasis.figures.sources import OTHERS, Act, ChildRow, Mark, Sources, Status, Stay
from oasis.figures.where import Place
from oasis.people.closed import ScopedQuerySet
from oasis.people.roles import Need
from oasis.people.scope import Scope
from oasis.places.models import Klass
from oasis.records.also import ALSO
from oasis.records.kinds import UNCOUNTED
from oasis.records.models import Record


def load(
    scope: Scope, place: Place, *, named_on: date, since: date, until: date, recorded: tuple[date, date]
) -> Sources:
    """Read a place's rows within the scope: people since a day, records between two days. Seven queries, whatever the size."""
    wide = len(ChildRow._fields) - 1
    rows = [(key, ChildRow._make((*row[:wide], tuple(row[wide:])))) for key, *row in _children(scope, place, since)]
    children = {key: child.id for key, child in rows}
    ids = list(children.values()) if place.kind == "klass" else None
    grades, filed, first = _grades(place, named_on)
    return Sources(
        place=place,
        today=scope.on,
        grades=grades,
        first=first,
        filed=filed,
        children=tuple(child for _, child in rows),
        stays=_by_child(Stay, children, _stays(scope, place, ids, since, until)),
        statuses=_by_child(Status, children, _statuses(scope, place, ids, since, until)),
        marks=_by_child(Mark, children, _marks(scope, place, ids, since, until, recorded[0])),
        acts=_by_child(Act, children, _acts(scope, place, ids, *recorded)),
        own=own_deeds(scope, place, recorded[0], until),
    )


def _text(column: str) -> Cast:
    """An id as the database writes it: to make a UUID of every row would be half the cost of a page."""
    return Cast(column, CharField())


def _by_child(made: Any, children: dict[str, UUID], rows: Iterable[tuple[Any, ...]]) -> dict[UUID, list[Any]]:
    found: dict[str, list[Any]] = defaultdict(list)
    make = made._make
    for child, *rest in rows:
        found[child].append(make(rest))
    return {children[key]: held for key, held in found.items() if key in children}


def _grades(place: Place, on: date) -> tuple[dict[UUID, tuple[str, int, int]], dict[UUID, date], date | None]:
    """Give the classes of the school, the day of the first entry of each, and that of the school."""
    entries = Enrolment.objects.everywhere(why="a day of the school, nothing of a child: how far back its files reach")
    days = entries.filter(school_id=place.school).order_by("from_on").values_list("from_on")
    classes = Klass.objects.filter(school_id=place.school).select_related("school")
    found, filed, began = {}, {}, None
    of_klass = days.filter(klass_id=OuterRef("pk"))
    for klass in classes.annotate(first=Subquery(days[:1]), filed=Subquery(of_klass[:1])):
        added = klass.school.primary_years if klass.stage == Klass.Stage.JUNIOR else 0
        found[klass.pk] = (klass.name(on, klass.school.primary_years), klass.entry_year, added)
        began = klass.first
        if klass.filed:
            filed[klass.pk] = klass.filed
    return found, filed, began if found else next((day for (day,) in days[:1]), None)


def _children(scope: Scope, place: Place, since: date) -> Iterable[tuple[Any, ...]]:
    rows = Child.objects.within(scope, Need.FIGURES).filter(_lately("", since), school_id=place.school)
    if place.kind == "klass":
        stayed = Enrolment.objects.filter(klass_id=place.id, school_id=place.school)
        rows = rows.filter(Q(klass_id=place.id) | Q(pk__in=stayed.values("child")))
    parts = {
        f"there_{part.code}": Case(
            When(part.there, then=Value(True)), default=Value(False), output_field=BooleanField()
        )
        for part in PARTS
    }
    untold = Case(When(unasked(), then=Value(True)), default=Value(False), output_field=BooleanField())
    return rows.annotate(untold=untold, **parts).order_by("pk").values_list(
        _text("pk"), "pk", "klass_id", "state", "sex", "birth_on", "boarding", "left_behind", "civil", "key", "care", "care_rating",
        "registered", "opened_on", "closed_on", "untold", *parts,
    )  # fmt: skip


def _lately(path: str, since: date) -> Q:
    """The condition that a child was at the school on or after a day."""
    gone = (Child.State.MOVED, Child.State.GRADUATED, Child.State.DEAD)
    return ~Q(**{f"{path}state__in": gone}) | Q(**{f"{path}closed_on__gte": since})


def _dated(model: Any, scope: Scope, place: Place, ids: Sequence[UUID] | None, since: date) -> ScopedQuerySet[Any]:
    rows: ScopedQuerySet[Any] = model.objects.within(scope, Need.FIGURES).filter(school_id=place.school)
    return rows.filter(_lately("child__", since)) if ids is None else rows.filter(child_id__in=ids)


def _stays(
    scope: Scope, place: Place, ids: Sequence[UUID] | None, since: date, until: date
) -> Iterable[tuple[Any, ...]]:
    rows = _dated(Enrolment, scope, place, ids, since).filter(from_on__lte=until)
    return rows.order_by("from_on", "pk").values_list(_text("child_id"), "klass_id", "boarding", "from_on", "to_on")


def _statuses(
    scope: Scope, place: Place, ids: Sequence[UUID] | None, since: date, until: date
) -> Iterable[tuple[Any, ...]]:
    rows = _dated(ChildStatus, scope, place, ids, since).filter(from_on__lte=until)
    told = Case(When(source=ChildStatus.UNTOLD, then=Value(False)), default=Value(True), output_field=BooleanField())
    columns = (_text("child_id"), "from_on", "left_behind", "civil", "care", told)
    return rows.order_by("from_on", "pk").values_list(*columns)


def _marks(
    scope: Scope, place: Place, ids: Sequence[UUID] | None, since: date, until: date, daily: date
) -> Iterable[tuple[Any, ...]]:
    """Arrangements of care, pairings, hardship, needs, plans, letters, meetings, and daily life since a day: one question."""
    rows: list[QuerySet[Any, Any]] = []
    for leg in (*_person_legs(), *LEGS):
        found = _marked(_dated(leg.model, scope, place, ids, since).filter(leg.which), leg).filter(m_from__lte=until)
        if leg in LEGS:
            lately = Q(m_from__gte=daily)
            found = found.filter(lately | Q(m_to__isnull=True) | Q(m_to__gte=daily) if leg.ends else lately)
        rows.append(found.values_list("m_child", "m_tag", "m_code", "m_from", "m_to"))
    for child, tag, code, *span in rows[0].union(*rows[1:], all=True).order_by("m_from", "m_tag", "m_code"):
        yield child, tag, _told(tag, code), *span


def _told(tag: str, code: str) -> str:
    """Write a code alike on every database: an id, a sum of money in hundredths."""
    if tag == "pair" and code not in OTHERS:
        return str(UUID(code))
    return str(round(Decimal(code) * 100)) if tag == ADVANCED else code


def _marked(rows: ScopedQuerySet[Any], leg: Leg) -> ScopedQuerySet[Any]:
    ends = Cast(leg.day(leg.ends) if leg.ends else Value(None), DateField())
    return rows.order_by().annotate(
        m_child=_text("child_id"), m_tag=Value(leg.tag, CharField()), m_code=Cast(leg.code, CharField()),
        m_from=Cast(leg.day(leg.starts), DateField()), m_to=ends,
    )  # fmt: skip


def _person_legs() -> Iterable[Leg]:
    helper = Case(
        When(HELPS, then=_text("staff_id")),
        When(staff__isnull=False, then=Value("counsellor")),
        When(classmate__isnull=False, then=Value("classmate")),
        default=Value("outside"),
    )
    yield Leg("care", CareArrangement, "kind", "from_on", "to_on", CONFIRMS)
    yield Leg("pair", Pairing, helper, "from_on", "to_on")
    yield Leg("hardship", Hardship, "kind", "from_on", "to_on")
    yield Leg("risk", RiskLevel, "level", "on")
    yield Leg("census", CensusEntry, "finding", "on")
    for lack in LACKS:
        yield Leg("need", Assessment, Value(lack.code), "on", "", Q(**{f"{lack.code}__gt": 0}, replaced=False))
    yield Leg("need", Assessment, Value("assessed"), "on", "", Q(replaced=False))
    yield Leg("problem", Problem, "kind", "found_on", "closed_on")
    yield Leg("plan", Plan, Value("plan"), "from_on", "closed_on")
    yield Leg("letter", LetterCopy, Value("sent"), "sent_on")
    yield Leg("letter", LetterCopy, Value("answered"), "answered_on")
    yield Leg("met", ParentSeat, Value("came"), "meeting__on", "", Q(came=True))


def _acts(
    scope: Scope, place: Place, ids: Sequence[UUID] | None, since: date, until: date
) -> Iterable[tuple[Any, ...]]:
    rows = (
        Record.objects.within(scope, Need.FIGURES)
        .filter(school_id=place.school, happened_on__range=(since, until), withdrawn=False)
        .exclude(kind__in=UNCOUNTED)
    )
    if ids is not None:
        rows = rows.filter(child_id__in=ids)
    told = rows.order_by().annotate(also=ALSO)
    return told.values_list(_text("child_id"), "kind", "outcome", "happened_on", "group", "also")
