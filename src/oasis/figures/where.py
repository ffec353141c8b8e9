"""Where and when a figure is taken: a place, a period, and their codes as they stand in links and papers."""

from dataclasses import dataclass, replace
from datetime import date, timedelta
from uuid import UUID

from oasis.kit.dates import month_start, next_month, zh_month
from oasis.kit.refused import Refused
from oasis.people.roles import ArmKind, Need
from oasis.people.scope import Scope
from oasis.places.models import Klass, School, Term
from oasis.places.queries import classes_on

NO_PLACE = "没有找到这个学校或班级，请从“学校”页面重新进入"
WINDOWS = {1: "期初", 2: "期中", 3: "期末"}


@dataclass(frozen=True)
class Place:
    """A school or one of its classes. `code` finds it again: school-<id>, klass-<id>."""

    kind: str
    id: UUID
    name: str
    school: UUID
    school_name: str

    @property
    def code(self) -> str:
        """The place's code in links, drafts and snapshots."""
        return f"{self.kind}-{self.id}"

    @property
    def full_name(self) -> str:
        """The name with the school's before it."""
        return self.school_name if self.kind == "school" else f"{self.school_name}{self.name}"


@dataclass(frozen=True)
class Period:
    """A term, a school year, a month or a visit window of one school.

    `as_at` is the day people are counted on: the last day, or today while it runs. `ref` is the day it is compared
    with: the end of the period of the same sort before it. Codes: t2026-1, y2026, m2026-11, t2026-1v2.
    """

    code: str
    label: str
    starts: date
    ends: date
    as_at: date
    ref: date
    before: str = ""  # code of the period before, "" when the calendar has none
    term: UUID | None = None  # the term it is or lies in; None for a school year
    visits: tuple[
        tuple[date, date, date], ...
    ] = ()  # of each visit owed in it: the term's start, its first and last day

    @property
    def running(self) -> bool:
        """Tell whether the period has not ended on the day it is counted."""
        return self.as_at < self.ends


def school_place(school: School) -> Place:
    """Make the place of a school."""
    return Place("school", school.pk, school.name, school.pk, school.name)


def klass_place(klass: Klass, school: School, on: date) -> Place:
    """Make the place of a class, named as it is called on a day."""
    return Place("klass", klass.pk, klass.name(on, school.primary_years), school.pk, school.name)


def place_in_reach(scope: Scope, code: str, need: Need = Need.FIGURES) -> Place:
    """Give the place of a code; raises Refused when the scope does not reach the whole of it with this need."""
    kind, _, key = code.partition("-")
    refused = Refused("no-place", NO_PLACE)
    try:
        wanted = UUID(key)
    except ValueError as error:
        raise refused from error
    schools = scope.ids(ArmKind.SCHOOL, need)
    if kind == "school" and wanted in schools:
        return school_place(School.objects.get(pk=wanted))
    if kind == "klass":
        klass = Klass.objects.select_related("school").filter(pk=wanted).first()
        if klass and (klass.school_id in schools or klass.pk in scope.ids(ArmKind.KLASS, need)):
            return klass_place(klass, klass.school, scope.on)
    raise refused


def must_reach(scope: Scope, place: Place, need: Need = Need.FIGURES) -> None:
    """Raise Refused unless the scope reaches the whole of a place with this need. Asks the database nothing."""
    single = place.kind == "klass" and place.id in scope.ids(ArmKind.KLASS, need)
    if not single and place.school not in scope.ids(ArmKind.SCHOOL, need):
        raise Refused("no-place", NO_PLACE)


def places_in_reach(scope: Scope, need: Need = Need.FIGURES) -> list[Place]:
    """Give every school the scope reaches with this need, its classes after it, then single classes."""
    whole = scope.ids(ArmKind.SCHOOL, need)
    found: list[Place] = []
    for school in School.objects.filter(pk__in=whole).order_by("name"):
        found.append(school_place(school))
        found += [klass_place(klass, school, scope.on) for klass in classes_on(school.pk, scope.on)]
    single = (
        Klass.objects.filter(pk__in=scope.ids(ArmKind.KLASS, need)).exclude(school__in=whole).select_related("school")
    )
    rows = sorted(single, key=lambda klass: (klass.stage != Klass.Stage.PRIMARY, -klass.entry_year, klass.number))
    return found + [klass_place(klass, klass.school, scope.on) for klass in rows]


class Calendar:
    """The terms of one school, and every period they give. One query."""

    def __init__(self, school: UUID, today: date) -> None:
        self.today = today
        self.terms = list(Term.objects.filter(school_id=school).order_by("starts_on"))

    def period(self, code: str) -> Period:
        """Give the period of a code; raises Refused when the school's calendar has none."""
        found = self._found(code)
        if found is None:
            raise Refused("no-period", "没有这个学期的数据，请先在设置里添加学期")
        return found

    def current(self) -> Period | None:
        """Give the term of today: the last that has begun, else the first."""
        begun = [term for term in self.terms if term.starts_on <= self.today]
        term = begun[-1] if begun else (self.terms[0] if self.terms else None)
        return self.of_term(term) if term else None

    def choices(self) -> list[Period]:
        """Give the periods a person may choose: begun terms, newest first, then school years."""
        begun = [term for term in reversed(self.terms) if term.starts_on <= self.today]
        years = dict.fromkeys(term.year for term in begun)
        return [self.of_term(term) for term in begun] + [y for year in years if (y := self._year(year))]

    def of_term(self, term: Term) -> Period:
        """Make the period of a term."""
        earlier = [other for other in self.terms if other.starts_on < term.starts_on]
        ref = earlier[-1].ends_on if earlier else term.starts_on - timedelta(days=1)
        before = _term_code(earlier[-1]) if earlier else ""
        made = self._made(_term_code(term), str(term), term.starts_on, term.ends_on, ref, before, term.pk)
        return replace(made, visits=_visits(term))

    def months(self, period: Period) -> list[Period]:
        """Give the months a period touches, up to the day it is counted."""
        found, first = [], month_start(period.starts)
        while first <= period.as_at:
            found.append(self._month(first))
            first = next_month(first)
        return found

    def windows(self, period: Period) -> list[Period]:
        """Give the visit windows of a term that have begun; none for other periods."""
        term = next((term for term in self.terms if _term_code(term) == period.code), None)
        made = [self._window(term, number) for number in WINDOWS] if term else []
        return [window for window in made if window.starts <= self.today]

    def _found(self, code: str) -> Period | None:
        kind, rest = code[:1], code[1:]
        year, _, part = rest.partition("-")
        try:
            if kind == "m":
                return self._month(date(int(year), int(part), 1)) if self.terms else None
            if kind == "y":
                return self._year(int(year))
            half, _, window = part.partition("v")
            term = next((t for t in self.terms if (t.year, t.half) == (int(year), int(half))), None)
            if term is None or kind != "t" or (window and int(window) not in WINDOWS):
                return None
            return self._window(term, int(window)) if window else self.of_term(term)
        except (ValueError, OverflowError):
            return None

    def _year(self, year: int) -> Period | None:
        terms = [term for term in self.terms if term.year == year]
        if not terms:
            return None
        earlier = [term for term in self.terms if term.year < year]
        ref = earlier[-1].ends_on if earlier else terms[0].starts_on - timedelta(days=1)
        before = f"y{earlier[-1].year}" if earlier else ""
        made = self._made(
            f"y{year}", f"{year}—{year + 1}学年", terms[0].starts_on, terms[-1].ends_on, ref, before, None
        )
        return replace(made, visits=tuple(visit for term in terms for visit in _visits(term)))

    def _month(self, first: date) -> Period:
        last, ref = next_month(first) - timedelta(days=1), first - timedelta(days=1)
        term = next((t for t in reversed(self.terms) if t.starts_on <= last), None)
        return self._made(
            _month_code(first), zh_month(first), first, last, ref, _month_code(ref), term.pk if term else None
        )

    def _window(self, term: Term, number: int) -> Period:
        visit = _visits(term)[number - 1]
        _, starts, ends = visit
        label = f"{term}{WINDOWS[number]}"
        made = self._made(f"{_term_code(term)}v{number}", label, starts, ends, starts - timedelta(days=1), "", term.pk)
        return replace(made, visits=(visit,))

    def _made(
        self, code: str, label: str, starts: date, ends: date, ref: date, before: str, term: UUID | None
    ) -> Period:
        return Period(code, label, starts, ends, max(starts, min(ends, self.today)), ref, before, term)


def _term_code(term: Term) -> str:
    return f"t{term.year}-{term.half}"


def _visits(term: Term) -> tuple[tuple[date, date, date], ...]:
    start, end = term.starts_on, term.ends_on
    return (
        (start, start, term.visit1_until), (start, term.visit2_from, term.visit2_until), (start, term.visit3_from, end),
    )  # fmt: skip


def _month_code(day: date) -> str:
    return f"m{day.year}-{day.month}"


@dataclass(frozen=True)
class Choice:
    """What a person looks at: one of the places in reach and one of its periods; None before the first term."""

    places: list[Place]
    place: Place
    calendar: Calendar
    period: Period | None


def choose(scope: Scope, place: str = "", period: str = "") -> Choice | None:
    """Give the place and period of these codes, by default the first place and its term of today.

    None when the scope reaches no place; raises Refused for a code out of reach.
    """
    places = places_in_reach(scope)
    if not places:
        return None
    chosen = next((one for one in places if one.code == place), None) if place else places[0]
    chosen = chosen or place_in_reach(scope, place)
    calendar = Calendar(chosen.school, scope.on)
    return Choice(places, chosen, calendar, calendar.period(period) if period else calendar.current())
