"""Reading of health: the checks of a day, what was found lately, illnesses that run, money owed to teachers."""

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from decimal import Decimal
from uuid import UUID

from django.db.models import Exists, F, OuterRef, Q

from oasis.campus.models import HealthCheck, HealthFinding, Illness, IllnessTold
from oasis.campus.models.health import FAMILY
from oasis.children.models import Child
from oasis.people.closed import ScopedQuerySet
from oasis.people.models import Post
from oasis.people.roles import ArmKind, Need
from oasis.people.scope import Scope
from oasis.places.models import Klass, School
from oasis.places.queries import classes_on

LATELY = timedelta(days=3)


@dataclass
class ClassHealth:
    """A class on one day: its checks by turn, and how often each thing was found today and in the last days."""

    klass: Klass
    name: str
    checks: dict[str, HealthCheck]
    today: Counter[str]
    lately: Counter[str]


def checked_classes(scope: Scope) -> list[Klass]:
    """Give the classes whose health check one makes or oversees."""
    rows = Klass.objects.filter(
        Q(pk__in=scope.ids(ArmKind.KLASS, Need.HEALTH)) | Q(school__in=scope.ids(ArmKind.SCHOOL, Need.HEALTH))
    )
    here = {klass.pk for school in {row.school_id for row in rows} for klass in classes_on(school, scope.on)}
    own = [row for row in rows.select_related("school") if row.pk in here]
    return sorted(own, key=lambda row: (row.grade(scope.on, row.school.primary_years), row.number))


def day_of_classes(scope: Scope) -> list[ClassHealth]:
    """Give every class of one's with its checks of today and what was found. Four queries and one a school."""
    found = {
        klass.pk: ClassHealth(klass, klass.name(scope.on, klass.school.primary_years), {}, Counter(), Counter())
        for klass in checked_classes(scope)
    }
    for check in HealthCheck.objects.within(scope, Need.HEALTH).filter(on=scope.on).select_related("by"):
        if check.klass_id in found:
            found[check.klass_id].checks[check.turn] = check
    for row in findings(scope, scope.on - LATELY):
        if row.check_of.klass_id in found:
            one = found[row.check_of.klass_id]
            told = Counter([*row.symptoms, *(["absent"] if row.absent else [])])
            one.lately += told
            one.today += told if row.check_of.on == scope.on else Counter()
    return list(found.values())


def findings(scope: Scope, since: date) -> list[HealthFinding]:
    """Give who was absent or unwell at the checks since a day, newest first."""
    rows = HealthFinding.objects.within(scope, Need.HEALTH).filter(check_of__on__gte=since)
    return list(rows.select_related("child", "check_of").order_by("-check_of__on", "-at"))


def found_at(scope: Scope, check: HealthCheck) -> dict[UUID, HealthFinding]:
    """Give what was found at one check, by child."""
    rows = HealthFinding.objects.within(scope, Need.HEALTH).filter(check_of=check).select_related("child")
    return {row.child_id: row for row in rows}


def illnesses(scope: Scope) -> ScopedQuerySet[Illness]:
    """Give the illnesses and accidents in reach, newest first; `told` says whether the family was reached."""
    told = IllnessTold.objects.filter(illness=OuterRef("pk"), whom__in=FAMILY, heard=True)
    rows = Illness.objects.within(scope, Need.HEALTH).annotate(told=Exists(told))
    return rows.select_related("child", "child__klass", "child__school", "advanced_by", "by").order_by(
        "-seen_at", "-pk"
    )


def running(scope: Scope) -> list[Illness]:
    """Give those not over: the child is not back in class, or a teacher waits for her money. One query."""
    return list(illnesses(scope).filter(Q(back_on__isnull=True) | Q(advanced__gt=0, repaid_on__isnull=True))[:50])


def owed(scope: Scope) -> list[Illness]:
    """Give what is owed to teachers, the oldest first."""
    rows = illnesses(scope).filter(advanced__gt=0, repaid_on__isnull=True)
    return list(rows.order_by(F("seen_at").asc()))


@dataclass(frozen=True)
class Lender:
    """A teacher who advanced money, and how much is still owed to her."""

    name: str
    rows: list[Illness]
    total: Decimal


def lenders(rows: Sequence[Illness]) -> list[Lender]:
    """Gather what is owed by teacher, the largest sum first."""
    by_name: dict[str, list[Illness]] = {}
    for row in rows:
        by_name.setdefault(row.advanced_by.name if row.advanced_by else "", []).append(row)
    found = [
        Lender(name, mine, sum((row.advanced or Decimal(0) for row in mine), Decimal(0)))
        for name, mine in by_name.items()
    ]
    return sorted(found, key=lambda one: -one.total)


def told_of(scope: Scope, illness: Illness) -> list[IllnessTold]:
    """Give whom the school told of an illness."""
    return list(IllnessTold.objects.within(scope, Need.HEALTH).filter(illness=illness).select_related("by"))


def staff_choices(school: School, on: date) -> list[tuple[str, str]]:
    """Give who works at a school on a day, for the choice of who advanced money."""
    posts = Post.objects.at_work(on).filter(school=school, user__is_active=True)
    return [
        (str(pk), name) for pk, name in sorted(set(posts.values_list("user_id", "user__name")), key=lambda one: one[1])
    ]


def children_for(scope: Scope) -> ScopedQuerySet[Child]:
    """Give the children of whom an illness may be written down."""
    rows = Child.objects.within(scope, Need.HEALTH).filter(state=Child.State.HERE).select_related("klass", "school")
    return rows.order_by("klass__stage", "-klass__entry_year", "klass__number", "pinyin")
