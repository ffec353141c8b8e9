"""Reading of 控辍保学: who is away, who stays away without a case, what is owed, the numbers of a month."""

from collections.abc import Collection, Iterator
from dataclasses import dataclass
from datetime import date, timedelta
from itertools import groupby
from uuid import UUID

from django.db.models import Count, Exists, Max, Min, OuterRef, Q

from oasis.campus.models import Absence, Dropout, Persuasion, SchoolingMonth
from oasis.children.models import Child
from oasis.kit.dates import month_start, next_month
from oasis.people.closed import ScopedQuerySet
from oasis.people.roles import ArmKind, Need
from oasis.people.scope import Scope
from oasis.places.models import School, Term
from oasis.places.queries import exceptions_of, is_school_day

FIRST, AGAIN, WRITTEN = timedelta(days=1), timedelta(days=7), timedelta(days=7)  # visit, next visit, written report
RUN, RUN_BACK, FRESH = 3, timedelta(days=30), timedelta(days=10)
EXCUSED = (Absence.Reason.ILL, Absence.Reason.LEAVE)
MONTHS_KEPT = 12
TAUGHT = timedelta(days=6)  # from the first day of a week of lessons to its last


def cases(scope: Scope) -> ScopedQuerySet[Dropout]:
    """Give the cases in reach, those that run first; `visits` and `last` tell of the attempts to bring the child back."""
    rows = Dropout.objects.within(scope, Need.CHILD_WRITE).annotate(
        visits=Count("persuasions"), last=Max("persuasions__on")
    )
    return rows.select_related("child__klass", "child__school", "by").order_by("ended_on", "absent_from", "pk")


def persuasions(scope: Scope, case: Dropout) -> list[Persuasion]:
    """Give the attempts of a case, oldest first."""
    return list(Persuasion.objects.within(scope, Need.CHILD_WRITE).filter(dropout=case).select_related("by"))


def children_for(scope: Scope) -> list[Child]:
    """Give the children of whom a case may be opened."""
    open_ones = Dropout.objects.filter(child=OuterRef("pk"), ended_on__isnull=True)
    rows = Child.objects.within(scope, Need.CHILD_WRITE).filter(~Exists(open_ones), state=Child.State.HERE)
    ordered = rows.select_related("klass", "school")
    return list(ordered.order_by("klass__stage", "-klass__entry_year", "klass__number", "pinyin"))


@dataclass(frozen=True)
class Run:
    """A child who missed several school days one after another, up to these days, without a reason that explains it."""

    child: Child
    since: date
    days: int


def runs(scope: Scope) -> list[Run]:
    """Give the children with a run of unexplained absence and no case, the longest first. One query, and one a school."""
    open_ones = Dropout.objects.filter(child=OuterRef("child"), ended_on__isnull=True)
    rows = Absence.objects.within(scope, Need.CHILD_WRITE).filter(
        ~Exists(open_ones), on__range=(scope.on - RUN_BACK, scope.on), part="day", child__state=Child.State.HERE
    )
    known = rows.exclude(reason__in=EXCUSED).select_related("child__klass", "child__school").order_by("child", "-on")
    closed: dict[UUID, dict[date, bool]] = {}
    found = []
    for _child, group in groupby(known, key=lambda row: row.child_id):
        missed = list(group)
        school = missed[0].school_id
        if school not in closed:
            closed[school] = exceptions_of(school, scope.on - RUN_BACK, scope.on)
        days = list(_unbroken([row.on for row in missed], closed[school]))
        if len(days) >= RUN and days[0] >= scope.on - FRESH:
            found.append(Run(missed[0].child, days[-1], len(days)))
    return sorted(found, key=lambda one: (-one.days, one.child.pinyin))


def _unbroken(days: list[date], exceptions: dict[date, bool]) -> Iterator[date]:
    """Give days, newest first, as long as no school day lies between two of them."""
    for place, day in enumerate(days):
        if place and any(is_school_day(one, exceptions) for one in _between(day, days[place - 1])):
            return
        yield day


def _between(first: date, last: date) -> Iterator[date]:
    return (date.fromordinal(n) for n in range(first.toordinal() + 1, last.toordinal()))


@dataclass(frozen=True)
class Clock:
    """Something owed in a case: what, by which day, and whether by who leads the school."""

    what: str
    due_on: date
    leads: bool = False


def clocks(case: Dropout) -> list[Clock]:
    """Give what a running case (read by `cases`) waits for, the earliest first."""
    if not case.running:
        return []
    last: date | None = getattr(case, "last", None)
    found = [Clock("再去劝返" if last else "当天上门了解", last + AGAIN if last else case.opened_on + FIRST)]
    until = case.absent_from + WRITTEN
    if case.bureau_on is None:
        found.append(Clock("书面报告教育局", until, leads=True))
    if case.township_on is None:
        found.append(Clock("书面报告乡镇政府", until, leads=True))
    return sorted(found, key=lambda one: one.due_on)


def report_schools(scope: Scope) -> list[School]:
    """Give the schools whose monthly report one makes."""
    return list(School.objects.filter(pk__in=scope.ids(ArmKind.SCHOOL, Need.GUIDE)).order_by("name"))


def months(scope: Scope) -> list[SchoolingMonth]:
    """Give the reports of the last year, newest first."""
    return list(SchoolingMonth.objects.within(scope, Need.GUIDE).select_related("by", "school")[:MONTHS_KEPT])


@dataclass(frozen=True)
class Numbers:
    """What a month's report says."""

    pupils: int
    suspected: int
    out: int
    opened: int
    back: int


def numbers(scope: Scope, school: School, month: date) -> Numbers:
    """Count a month of a school, as of its last day or of today; the pupils are always those of today."""
    first, end = month_start(month), min(next_month(month) - timedelta(days=1), scope.on)
    rows = Dropout.objects.within(scope, Need.GUIDE).filter(school=school, opened_on__lte=end)
    away = Q(ended_on__isnull=True) | Q(ended_on__gt=end)
    out = Q(out_on__isnull=False, out_on__lte=end)
    told = rows.aggregate(
        suspected=Count("pk", filter=away & ~out), out=Count("pk", filter=away & out),
        opened=Count("pk", filter=Q(opened_on__gte=first)),
        back=Count("pk", filter=Q(state="back", ended_on__range=(first, end))),
    )  # fmt: skip
    pupils = Child.objects.within(scope, Need.GUIDE).filter(school=school, state=Child.State.HERE).count()
    return Numbers(pupils, told["suspected"], told["out"], told["opened"], told["back"])


def reported(scope: Scope, school: School, month: date) -> SchoolingMonth | None:
    """Give a month's report of a school that was handed in."""
    rows = SchoolingMonth.objects.within(scope, Need.GUIDE).filter(school=school, month=month)
    found: SchoolingMonth | None = rows.select_related("by").first()
    return found


def unreported(scope: Scope, schools: Collection[School]) -> dict[School, list[date]]:
    """Give for each school last month and this one as far as they are owed and not reported, the earlier first.

    One query where all is reported, else three.

    A month is owed when a week of a term lies in it, for holidays stop the clock, and the school had files before it was over.
    """
    this = month_start(scope.on)
    asked = [month_start(this - timedelta(days=1)), this]
    done = SchoolingMonth.objects.within(scope, Need.GUIDE).filter(school__in=schools, month__in=asked)
    known = set(done.values_list("school_id", "month"))
    if len(known) == len(asked) * len(schools):
        return {school: [] for school in schools}
    terms = list(Term.objects.filter(school__in=schools, ends_on__gte=asked[0]))
    files = Child.objects.within(scope, Need.GUIDE).filter(school__in=schools).order_by().values_list("school")
    began = dict(files.annotate(Min("opened_on")))

    def owed(school: School, month: date) -> bool:
        last = next_month(month) - timedelta(days=1)
        taught = (min(last, term.ends_on) - max(month, term.starts_on) for term in terms if term.school_id == school.pk)
        return began.get(school.pk, date.max) <= last and any(span >= TAUGHT for span in taught)

    return {
        school: [month for month in asked if (school.pk, month) not in known and owed(school, month)]
        for school in schools
    }


def case_of(scope: Scope, pk: UUID) -> Dropout | None:
    """Give a case in reach."""
    found: Dropout | None = cases(scope).filter(pk=pk).first()
    return found
