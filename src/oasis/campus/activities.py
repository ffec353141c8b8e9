"""Reading activities: the calendar, who is signed up, the share of children whose parents are away, who never takes part."""

from collections import Counter
from dataclasses import dataclass
from datetime import date
from uuid import UUID

from oasis.campus.models import Activity, ActivityKlass, ActivityPart
from oasis.campus.reach import at_work
from oasis.children.models import Child
from oasis.people.closed import ScopedQuerySet
from oasis.people.roles import Need
from oasis.people.scope import Scope
from oasis.places.models import School

LESSONS = ("safety", "drill", "law", "mind", "moral")


def calendar(scope: Scope, school: School, start: date, end: date, kinds: tuple[str, ...] = ()) -> list[Activity]:
    """Give the activities between two days, the earliest first."""
    rows = (
        at_work(scope, Activity)
        .filter(school=school, on__range=(start, end))
        .select_related("lead")
        .defer("story", "effect")
    )
    return list((rows.filter(kind__in=kinds) if kinds else rows).order_by("on", "id"))


def activity_of(scope: Scope, pk: UUID) -> Activity | None:
    """Give an activity."""
    return at_work(scope, Activity).filter(pk=pk).select_related("lead", "school").first()


def parts_of(scope: Scope, activity: Activity) -> list[ActivityPart]:
    """Give who is signed up, as far as one may see names: by class and sound of name, so that no order tells a reason."""
    rows = (
        ActivityPart.objects.within(scope, Need.NAMES)
        .filter(activity=activity)
        .select_related("child__klass", "child__school")
    )
    return list(
        rows.order_by(
            "-placed", "child__klass__stage", "-child__klass__entry_year", "child__klass__number", "child__pinyin"
        )
    )


def signed(scope: Scope, activity: Activity) -> int:
    """Count all who are signed up: a number, no names."""
    return at_work(scope, ActivityPart).filter(activity=activity).count()


def part_of(scope: Scope, pk: UUID) -> ActivityPart | None:
    """Give one child's part."""
    return ActivityPart.objects.within(scope, Need.NAMES).filter(pk=pk).select_related("child", "activity").first()


def free(scope: Scope, activity: Activity) -> list[Child]:
    """Give the children in reach who are not signed up, by class and sound of name."""
    have = ActivityPart.objects.within(scope, Need.NAMES).filter(activity=activity).values("child")
    rows = (
        Child.objects.within(scope, Need.NAMES)
        .filter(school_id=activity.school_id, state=Child.State.HERE)
        .exclude(pk__in=have)
    )
    return list(
        rows.select_related("klass", "school").order_by("klass__stage", "-klass__entry_year", "klass__number", "pinyin")
    )


def whole_classes(scope: Scope, activity: Activity) -> list[ActivityKlass]:
    """Give the classes that take part whole."""
    return list(at_work(scope, ActivityKlass).filter(activity=activity).select_related("klass"))


@dataclass(frozen=True)
class Share:
    """Of a class or all in reach: pupils, those whose parents are away; who took part and who won, of both."""

    klass: UUID | None
    pupils: int
    left: int
    took: int
    left_took: int
    wins: int
    left_wins: int
    never: tuple[Child, ...] = ()


def shares(scope: Scope, school: School, start: date, end: date) -> tuple[Share, list[Share]]:
    """Count a period for all in reach and class by class: who may read figures only. Two queries."""
    rows = Child.objects.within(scope, Need.FIGURES).filter(school=school, state=Child.State.HERE, klass__isnull=False)
    children = list(
        rows.select_related("klass").order_by("klass__stage", "-klass__entry_year", "klass__number", "pinyin")
    )
    parts = ActivityPart.objects.within(scope, Need.FIGURES).filter(
        school=school, came=True, activity__on__range=(start, end)
    )
    told = list(parts.values_list("child_id", "award"))
    took, wins = {child for child, _ in told}, Counter(child for child, award in told if award)
    return _share(None, children, took, wins), [
        _share(klass, [child for child in children if child.klass_id == klass], took, wins)
        for klass in dict.fromkeys(child.klass_id for child in children)
    ]


def _share(klass: UUID | None, children: list[Child], took: set[UUID], wins: Counter[UUID]) -> Share:
    left = {child.pk for child in children if child.left_behind}
    own = {child.pk for child in children} & took
    never = tuple(child for child in children if child.pk not in took)
    return Share(
        klass, len(children), len(left), len(own), len(own & left), sum(wins[child.pk] for child in children),
        sum(wins[pk] for pk in left), never,
    )  # fmt: skip


def of_child(scope: Scope, child: Child) -> ScopedQuerySet[ActivityPart]:
    """Give what a child took part in, newest first."""
    rows = ActivityPart.objects.within(scope, Need.CHILD_READ).filter(child=child, came=True)
    return rows.select_related("activity").order_by("-activity__on")


def lessons(scope: Scope, school: School, start: date, end: date) -> dict[str, tuple[int, set[UUID]]]:
    """Give for each kind of lesson how many were held and which classes they reached. Two queries."""
    rows = at_work(scope, Activity).filter(
        school=school, on__range=(start, end), kind__in=LESSONS, dropped=False, held_on__isnull=False
    )
    kinds = dict(rows.values_list("pk", "kind"))
    reached: dict[str, set[UUID]] = {kind: set() for kind in LESSONS}
    for activity, klass in (
        at_work(scope, ActivityKlass).filter(activity__in=kinds).values_list("activity_id", "klass_id")
    ):
        reached[kinds[activity]].add(klass)
    counts = Counter(kinds.values())
    return {kind: (counts[kind], reached[kind]) for kind in LESSONS}
