"""Reading of hazards: those of places, which everybody at work may know, and those around a child, for who reads its records."""

from datetime import timedelta
from uuid import UUID

from django.db.models import F, Q

from oasis.campus.models import Hazard, HazardCheck
from oasis.campus.reach import at_work
from oasis.children.models import Child
from oasis.people.closed import ScopedQuerySet
from oasis.people.roles import ArmKind, Need
from oasis.people.scope import Scope

AGAIN = timedelta(days=7)  # after it is mended somebody else looks
READS = Need.RECORD_READ
LATEST = 100


def places(scope: Scope) -> ScopedQuerySet[Hazard]:
    """Give the hazards of places at the schools where a person works, open ones first, the earliest due first."""
    rows = at_work(scope, Hazard).filter(child__isnull=True).select_related("owner", "by", "fixed_by", "school")
    return rows.order_by(F("closed_on").desc(nulls_first=True), "due_on", "pk")


def homes(scope: Scope) -> ScopedQuerySet[Hazard]:
    """Give the hazards around children in reach, the earliest due first; delicate ones to few.

    What may be a crime is for its writer, its owner and who writes the child's file.
    """
    own = Child.objects.within(scope, Need.CHILD_WRITE).values("pk")
    rows = Hazard.objects.within(scope, READS).filter(
        ~Q(sort__in=Hazard.DELICATE) | Q(by=scope.actor) | Q(owner=scope.actor) | Q(child__in=own), child__isnull=False
    )
    named = rows.select_related("owner", "by", "fixed_by", "school", "child__klass", "child__school")
    return named.order_by(F("closed_on").desc(nulls_first=True), "due_on", "pk")


def hazard_of(scope: Scope, pk: UUID) -> Hazard | None:
    """Give a hazard in reach."""
    found: Hazard | None = places(scope).filter(pk=pk).first() or homes(scope).filter(pk=pk).first()
    return found


def checks(scope: Scope, hazard: Hazard) -> list[HazardCheck]:
    """Give the second looks at a hazard that is in reach, oldest first."""
    rows = HazardCheck.objects.within(scope, READS) if hazard.child_id else at_work(scope, HazardCheck)
    return list(rows.filter(hazard=hazard).select_related("by"))


def owned(scope: Scope) -> list[Hazard]:
    """Give what this person has to mend. One query for places, one for homes."""
    mine = {"owner": scope.actor, "fixed_on__isnull": True, "closed_on__isnull": True}
    home = list(homes(scope).filter(**mine)) if scope.can(READS) else []
    return [*places(scope).filter(**mine), *home]


def unchecked(scope: Scope) -> list[Hazard]:
    """Give what was mended and waits for the second look of who leads the school, and neither owns it nor said that it is mended. One query."""
    led = scope.ids(ArmKind.SCHOOL, Need.GUIDE)
    rows = Hazard.objects.within(scope, Need.GUIDE).filter(
        school__in=led, fixed_on__isnull=False, closed_on__isnull=True
    )
    return list(
        rows.exclude(owner=scope.actor).exclude(fixed_by=scope.actor).select_related("child").order_by("fixed_on")
    )


def children_for(scope: Scope) -> list[Child]:
    """Give the children around whom a hazard may be written down."""
    rows = (
        Child.objects.within(scope, Need.RECORD_WRITE).filter(state=Child.State.HERE).select_related("klass", "school")
    )
    return list(rows.order_by("klass__stage", "-klass__entry_year", "klass__number", "pinyin"))
