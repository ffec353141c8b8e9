"""EVIDENCE: what an item of the year's plan may be borne out by: a figure of the records, or rows of the school's own work."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date

from oasis.campus.activities import LESSONS
from oasis.campus.models import Activity, Meeting, Opening, RuleVersion
from oasis.campus.reach import at_work
from oasis.figures.catalogue import FIGURES
from oasis.figures.daily import CASES
from oasis.figures.queries import periods, table
from oasis.figures.where import school_place
from oasis.kit.catalogue import Catalogue
from oasis.people.roles import ArmKind, Need
from oasis.people.scope import Scope
from oasis.places.models import School
from oasis.records.kinds import COUNTED

Count = Callable[[Scope, School, date, date], int]


@dataclass(frozen=True)
class Evidence:
    """A countable thing: `count` of the school's own rows between two days, listed at `route`; without it, a figure, of the
    same code unless `figures` name others: several are added, and stand at `route` each by itself."""

    code: str
    label: str
    unit: str
    count: Count | None = None
    route: str = ""
    figures: tuple[str, ...] = ()


def _meetings(*kinds: str) -> Count:
    def count(scope: Scope, school: School, start: date, end: date) -> int:
        return at_work(scope, Meeting).filter(school=school, kind__in=kinds, on__range=(start, end)).count()

    return count


def _rules(scope: Scope, school: School, start: date, end: date) -> int:
    return at_work(scope, RuleVersion).filter(school=school, issued_on__range=(start, end)).count()


def _activities(*kinds: str, other_than: bool = False) -> Count:
    def count(scope: Scope, school: School, start: date, end: date) -> int:
        rows = at_work(scope, Activity).filter(
            school=school, on__range=(start, end), held_on__isnull=False, dropped=False
        )
        return (rows.exclude(kind__in=kinds) if other_than else rows.filter(kind__in=kinds)).count()

    return count


def _openings(scope: Scope, school: School, start: date, end: date) -> int:
    return at_work(scope, Opening).filter(school=school, on__range=(start, end)).count()


def _case(kind: str, matters: tuple[str, ...]) -> Evidence:
    """Evidence from cases goes by the code of their lines, which plans made before they were counted as cases keep."""
    told = [FIGURES.get(f"{matter}-times") for matter in matters]
    label, unit = "、".join(one.label for one in told), told[0].unit
    codes = tuple(one.code for one in told)
    return Evidence(
        f"{kind}-parts", f"{label}（{unit}）", unit, route="school-daily" if len(codes) > 1 else "", figures=codes
    )


EVIDENCE = Catalogue(
    Evidence("own-openings", "活动室开放", "次", _openings, "room"),
    Evidence("own-activities", "活动", "次", _activities(*LESSONS, other_than=True), "activities"),
    Evidence("own-lessons", "安全、法治、心理、思想教育", "次", _activities(*LESSONS), "activities"),
    Evidence("own-drills", "应急演练", "次", _activities("drill"), "activities"),
    Evidence("own-group-meetings", "领导小组会议", "次", _meetings("group"), "org-meetings"),
    Evidence("own-trainings", "培训、师德学习", "次", _meetings("training"), "org-meetings"),
    Evidence("own-rules", "发布或修订制度、方案", "份", _rules, "org-rules"),
    *(Evidence(f"{kind.code}-parts", f"{kind.label}（人次）", "人次") for kind in COUNTED),
    *(_case(kind, matters) for kind, matters in CASES.items()),
    *(Evidence(code, FIGURES.get(code).label, FIGURES.get(code).unit) for code in (
        "census", "files", "confirmed", "paired", "classmate", "covered-visit", "covered-parents", "covered-carer", "covered-talk", "hazards", "screenings")),
)  # fmt: skip


@dataclass(frozen=True)
class Counted:
    """How many there are; `figure` and `period` find the list of a figure, `route` that of the school's own rows."""

    evidence: Evidence
    value: int
    figure: str = ""
    place: str = ""
    period: str = ""


def choices() -> list[tuple[str, str]]:
    """Offer every kind of evidence."""
    return [("", "不用记录说明，由责任人登记完成"), *((one.code, one.label) for one in EVIDENCE)]


def counted(scope: Scope, school: School, year: int, codes: set[str]) -> dict[str, Counted]:
    """Count the evidence of a school year as far as the person may see it: figures of children need a leader's post."""
    found: dict[str, Counted] = {}
    for code in codes & set(EVIDENCE.codes):
        entry = EVIDENCE.get(code)
        if entry.count:
            found[code] = Counted(entry, entry.count(scope, school, date(year, 8, 1), date(year + 1, 7, 31)))
    figures = {
        code: entry.figures or (code,)
        for code in codes & set(EVIDENCE.codes)
        if not (entry := EVIDENCE.get(code)).count
    }
    if figures and school.pk in scope.ids(ArmKind.SCHOOL, Need.FIGURES):
        place = school_place(school)
        calendar = periods(place, scope.on)
        if any(term.year == year for term in calendar.terms):
            period = calendar.period(f"y{year}")
            numbers = table(scope, place, period).numbers
            for code, named in figures.items():
                value = sum(numbers[figure].value or 0 for figure in named)
                only = named[0] if len(named) == 1 else ""
                found[code] = Counted(EVIDENCE.get(code), value, only, place.code, period.code)
    return found
