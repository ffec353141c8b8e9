"""Reading of screenings: for the counsellor alone; results only of the children referred to her."""

from dataclasses import dataclass
from datetime import date, timedelta
from uuid import UUID

from django.db.models import QuerySet

from oasis.campus.models import ScreenFollow, Screening, ScreenResult, ScreenVersion
from oasis.campus.reach import at_work
from oasis.children.models import Child
from oasis.kit.dates import CHINA
from oasis.people.closed import ScopedQuerySet
from oasis.people.meanwhile import mark
from oasis.people.models import Post
from oasis.people.roles import ROLES, Need
from oasis.people.scope import Scope
from oasis.places.models import School

NEED = Need.SCREENING
ROLES_OF = [role.code for role in ROLES if NEED in role.needs]
URGENT, USUAL = timedelta(days=1), timedelta(days=7)  # to be reviewed and told to the parents


def counselled(scope: Scope) -> QuerySet[School]:
    """Give the schools where a person is counsellor today, by name; other posts of hers open no screening."""
    posts = Post.objects.held_on(scope.on).filter(user=scope.actor, school__isnull=False, role__in=ROLES_OF)
    return School.objects.filter(pk__in=posts.values("school")).order_by("name")


def screenings(scope: Scope) -> ScopedQuerySet[Screening]:
    """Give the screenings of the schools where one is counsellor, newest first; nothing for anybody else."""
    rows = at_work(scope, Screening).select_related("by", "school")
    return rows.filter(school__in=counselled(scope).values("pk"))


def results(scope: Scope, screening: Screening | None = None) -> ScopedQuerySet[ScreenResult]:
    """Give the results of the children referred, of one screening if named."""
    rows = ScreenResult.objects.within(scope, NEED).select_related(
        "child__klass", "child__school", "screening", "school"
    )
    return rows.filter(screening=screening) if screening else rows


def running(scope: Scope) -> list[ScreenResult]:
    """Give the results still followed, the next to be looked at first."""
    rows = list(results(scope).filter(closed_on__isnull=True))
    return sorted(rows, key=lambda row: (not row.urgent, row.next_on or date.max, row.child.pinyin))


def follows(scope: Scope, result: ScreenResult) -> list[ScreenFollow]:
    """Give how the child was later, earliest first."""
    return list(ScreenFollow.objects.within(scope, NEED).filter(result=result).select_related("by"))


def mark_of(scope: Scope, result: ScreenResult) -> str:
    """Give the mark of what a page shows of the following: how often the child was seen, when to look again."""
    looks = ScreenFollow.objects.within(scope, NEED).filter(result=result).count()
    return mark(looks or None, result.next_on)


def versions(scope: Scope, result: ScreenResult) -> list[ScreenVersion]:
    """Give what stood in a result before it was corrected, earliest first."""
    return list(ScreenVersion.objects.within(scope, NEED).filter(result=result).select_related("by"))


def referred(scope: Scope) -> list[Child]:
    """Give the children referred to this counsellor."""
    rows = Child.objects.within(scope, NEED).filter(state=Child.State.HERE).select_related("klass", "school")
    return list(rows.order_by("klass__stage", "-klass__entry_year", "klass__number", "pinyin"))


@dataclass(frozen=True)
class Step:
    """Something owed for a child: what, and by which day."""

    what: str
    due_on: date


def steps(row: ScreenResult) -> list[Step]:
    """Give what a running result waits for."""
    if row.closed_on:
        return []
    until = row.at.astimezone(CHINA).date() + (URGENT if row.urgent else USUAL)
    found = [] if row.reviewed_on else [Step("请专业人员复核", until)]
    found += [] if row.told_on else [Step("告知家长", until)]
    found += [Step("追踪", row.next_on)] if row.next_on else []
    return sorted(found, key=lambda one: one.due_on)


def screening_of(scope: Scope, pk: UUID) -> Screening | None:
    """Give a screening in reach."""
    found: Screening | None = screenings(scope).filter(pk=pk).first()
    return found


def result_of(scope: Scope, pk: UUID) -> ScreenResult | None:
    """Give a result in reach."""
    found: ScreenResult | None = results(scope).filter(pk=pk).first()
    return found
