"""What the signals look at, read for many children at once: dates and short codes, in two queries."""

from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import date, timedelta
from typing import Any, Protocol
from uuid import UUID

from django.db.models import (
    CharField,
    DateField,
    F,
    Max,
    Q,
    QuerySet,
    UUIDField,
    Value,
)
from django.db.models.functions import Cast, Concat

from oasis.alerts.marks import Scale, legs
from oasis.alerts.models import AlertDecision, AlertSetting
from oasis.campus.models import Absence
from oasis.children.alarms import OFTEN
from oasis.children.lacks import LACKS
from oasis.children.models import Assessment, Child, Tie
from oasis.kit import codes
from oasis.people.remembered import remembered
from oasis.people.together import Question, Rows
from oasis.places.models import Term
from oasis.records.coverage import COVERAGES
from oasis.records.kinds import KINDS
from oasis.records.models import Record

WHY = "a signal reads dates and codes of children that were read within the scope"
LOOK_BACK, MOODS_BACK, TRIES_BACK, LEFT_BACK = (timedelta(days=days) for days in (300, 60, 60, 70))
SCORES_BACK = timedelta(days=400)
ABSENT_BACK, MARKS_BACK = timedelta(days=30), timedelta(days=300)
MOST = 200  # more children than this are asked for as the school's, not one by one
CONTACTS = tuple(kind.code for kind in KINDS if kind.contact)
FAMILY = tuple(
    sorted(
        frozenset().union(*(COVERAGES.get(code).settled_by for code in ("parents", "carer", "visit"))) | {"feedback"}
    )
)
NEAR = Q(carer=True) | Q(standing=Tie.Standing.LEGAL)
# Of the numbers joined to a tie: in use; dead; alive. A list of all dead numbers would be read whole for each page.
OPEN = Q(person__phone__to_on__isnull=True)
LOST = Q(person__phone__wrong=True) | Q(person__phone__failed_times__gte=OFTEN)
WORKING = Q(person__phone__wrong=False, person__phone__failed_times__lt=OFTEN)
LISTS = ("left", "absent", "failed")
Row = tuple[UUID | None, str, date | None]


class Kid(Protocol):
    """A child as whoever asks already read it within a scope."""

    @property
    def id(self) -> UUID: ...
    @property
    def school_id(self) -> UUID: ...
    @property
    def klass_id(self) -> UUID | None: ...
    @property
    def klass(self) -> str: ...
    @property
    def name(self) -> str: ...
    @property
    def opened_on(self) -> date: ...
    @property
    def belongs(self) -> frozenset[str]: ...


@dataclass(frozen=True)
class Said:
    """What a person decided about a signal of a child, as far as it still stands."""

    state: str
    who: str
    on: date


@dataclass
class Facts:
    """What is known of one child on a day. `begun`: the first day of the running term or of the file, None in the holidays."""

    begun: date | None = None
    contact: date | None = None
    family: date | None = None
    talk: date | None = None
    failed: list[date] = field(default_factory=list)
    concerns: list[tuple[date, str]] = field(default_factory=list)
    moods: list[tuple[date, str]] = field(default_factory=list)
    left: list[date] = field(default_factory=list)
    scores: list[tuple[date, int]] = field(default_factory=list)
    absent: list[date] = field(default_factory=list)
    marks: dict[str, list[tuple[date, int]]] = field(default_factory=dict)
    dead_phones: int = 0
    live_phones: int = 0
    said: dict[str, Said] = field(default_factory=dict)

    def counted(self, day: date | None) -> date:
        """Give the day from which waiting is counted: the last deed, at the earliest the beginning."""
        begun = self.begun or date.max
        return max(day, begun) if day else begun


@dataclass
class Ways:
    """A school's own limits by signal, and which are switched off."""

    limits: dict[str, int] = field(default_factory=dict)
    off: set[str] = field(default_factory=set)


def gather(kids: Sequence[Kid], school: UUID, on: date) -> tuple[dict[UUID, Facts], Ways]:
    """Give the facts of children of one school, and the school's ways. Two queries."""
    ids = sorted({kid.id for kid in kids})
    return facts_of(kids, signs_asked(ids, school, on).answer(), words_asked(ids, school, on).answer())


def signs_asked(ids: Sequence[UUID], school: UUID, on: date) -> Question[Rows]:
    """Ask for the days and codes behind the signals."""
    return Question(_rows, (tuple(ids) if len(ids) <= MOST else (), school, on), list)


def words_asked(ids: Sequence[UUID], school: UUID, on: date) -> Question[Rows]:
    """Ask for the talks and concerns behind them."""
    return Question(_words, (tuple(ids) if len(ids) <= MOST else (), school, on), list)


def facts_of(kids: Sequence[Kid], signs: Rows, words: Rows) -> tuple[dict[UUID, Facts], Ways]:
    """Read the answers to both."""
    found, ways, term = {kid.id: Facts() for kid in kids}, Ways(), None
    scale = Scale()
    for child, key, day in scale.taken(signs):
        if child is None:
            term = day if key == "@term" else term
            _set(ways, key)
        elif child in found:
            _put(found[child], key, day)
    for child, subject, day, over in scale.weighed([(kid.id, kid.klass_id) for kid in kids]):
        found[child].marks.setdefault(subject, []).append((day, over))
    for child, kind, day, shut, details in words:
        if child in found:
            _tell(found[child], kind, day, {} if shut else details)
    for kid in kids:
        found[kid.id].begun = max(term, kid.opened_on) if term else None
    return found, ways


def _set(ways: Ways, key: str) -> None:
    if key[0] == "=":
        code, on, limit = key[1:].split("|")
        ways.limits[code] = int(limit)
        if on == "off":
            ways.off.add(code)


def _put(facts: Facts, key: str, day: date | None) -> None:
    sort, _, rest = key.partition("|")
    if sort == "phone":
        facts.dead_phones, facts.live_phones = (
            facts.dead_phones + (rest == "dead"),
            facts.live_phones + (rest == "live"),
        )
    elif day is None:
        return
    elif sort == "~":
        code, state, who = rest.split("|", 2)
        facts.said[code] = Said(state, who, day)
    elif sort == "score":
        facts.scores.append((day, int(rest)))
    elif sort in LISTS:
        getattr(facts, sort).append(day)
    else:
        setattr(facts, sort, day)


def _tell(facts: Facts, kind: str, day: date, details: dict[str, Any]) -> None:
    if kind == "concern":
        facts.concerns.append((day, str(details.get("weight", ""))))
    elif mood := details.get("mood"):
        facts.moods.append((day, str(mood)))


@remembered
def _words(ids: tuple[UUID, ...], school: UUID, on: date) -> QuerySet[Any, Any]:
    """Talks and concerns of the last weeks; of confidential ones the day alone, for their words stand elsewhere."""
    rows = Record.objects.everywhere(why=WHY).filter(
        _whose(ids, school), kind__in=("talk", "concern"), happened_on__range=(on - MOODS_BACK, on),
        outcome=Record.Outcome.DONE, withdrawn=False,
    )  # fmt: skip
    return rows.order_by().values_list("child_id", "kind", "happened_on", "confidential", "details")


def _whose(ids: tuple[UUID, ...], school: UUID) -> Q:
    return Q(school_id=school, child_id__in=ids) if ids else Q(school_id=school, child__state=Child.State.HERE)


@remembered
def _rows(ids: tuple[UUID, ...], school: UUID, on: date) -> QuerySet[Any, Row]:
    whose = _whose(ids, school)
    rows = [*_records(whose, on), *_family(whose, on), *_files(whose, on), *_growth(whose, on), *_school(school, on)]
    return rows[0].union(*rows[1:], all=True)


def _records(whose: Q, on: date) -> list[QuerySet[Any, Row]]:
    rows = Record.objects.everywhere(why=WHY).filter(whose, withdrawn=False).order_by()
    done = rows.filter(outcome=Record.Outcome.DONE, happened_on__range=(on - LOOK_BACK, on))
    failed = rows.filter(kind__in=FAMILY, happened_on__range=(on - TRIES_BACK, on)).exclude(outcome=Record.Outcome.DONE)
    found = [_leg(failed, "failed", "happened_on")]
    for name, kinds in (("contact", CONTACTS), ("family", FAMILY), ("talk", ("talk",))):
        last = done.filter(kind__in=kinds).values("child_id").annotate(day=Max("happened_on"))
        found.append(last.annotate(about=_word(name)).values_list("child_id", "about", "day"))
    return found


def _family(whose: Q, on: date) -> list[QuerySet[Any, Row]]:
    ties = Tie.objects.everywhere(why=WHY).filter(whose, to_on__isnull=True).order_by()
    gone = ties.filter(
        relation__in=codes.PARENTS, person__away__to_on__isnull=True, person__away__since_on__range=(on - LEFT_BACK, on)
    )
    dead, live = ties.filter(NEAR, OPEN & LOST), ties.filter(NEAR, OPEN & WORKING)
    return [
        _leg(gone, "left", "person__away__since_on"), _leg(dead, "phone|dead", "from_on"), _leg(live, "phone|live", "from_on"),
    ]  # fmt: skip


def _files(whose: Q, on: date) -> list[QuerySet[Any, Row]]:
    scored = Assessment.objects.everywhere(why=WHY).filter(whose, replaced=False, on__range=(on - SCORES_BACK, on))
    total = sum((F(lack.code) for lack in list(LACKS)[1:]), F(next(iter(LACKS)).code))
    said = AlertDecision.objects.everywhere(why=WHY).filter(whose, ended_on__isnull=True, on__lte=on)
    standing = said.filter(Q(state=AlertDecision.State.TAKEN) | Q(until_on__gte=on))
    words = Concat(
        Value("~|"), F("signal"), Value("|"), F("state"), Value("|"), F("by__name"), output_field=CharField()
    )
    score = Concat(Value("score|"), Cast(total, CharField()), output_field=CharField())
    return [_leg(scored.order_by(), score, "on"), _leg(standing.order_by(), words, "on")]


def _growth(whose: Q, on: date) -> list[QuerySet[Any, Row]]:
    """Days missed, and marks with the means of their classes."""
    absent = Absence.objects.everywhere(why=WHY).filter(whose, on__range=(on - ABSENT_BACK, on))
    return [_leg(absent, "absent", "on"), *legs(whose, on - MARKS_BACK, on)]


def _school(school: UUID, on: date) -> list[QuerySet[Any, Row]]:
    """What is asked along: the running term and the school's own limits."""
    none, nobody = Cast(Value(None), DateField()), Cast(Value(None), UUIDField())
    terms = Term.objects.filter(school_id=school, starts_on__lte=on, ends_on__gte=on).order_by()
    term = terms.annotate(child_id=nobody, about=_word("@term")).values_list("child_id", "about", "starts_on")
    rows = AlertSetting.objects.everywhere(
        why="the limits of a school hold for everybody who works there and tell nothing of a child"
    ).filter(school_id=school)
    told = Concat(
        Value("="),
        F("signal"),
        Value("|"),
        F("state"),
        Value("|"),
        Cast(F("limit"), CharField()),
        output_field=CharField(),
    )
    ways = rows.order_by().annotate(child_id=nobody, about=told, day=none).values_list("child_id", "about", "day")
    return [term, ways]


def _word(name: str) -> Value:
    return Value(name, CharField())


def _leg(rows: Any, about: Any, day: str) -> QuerySet[Any, Row]:
    key = _word(about) if isinstance(about, str) else about
    named: QuerySet[Any, Row] = rows.order_by().annotate(about=key).values_list("child_id", "about", day)
    return named
