"""What was done for children, read in one query: dates only, never a word, so that sealed records count too."""

from collections.abc import Collection
from datetime import date, timedelta
from typing import Any
from uuid import UUID

from django.db.models import Case, CharField, Exists, F, Max, OuterRef, Q, QuerySet, Subquery, Value, When
from django.db.models.functions import Cast, Coalesce, Concat

from oasis.campus.models import LetterCopy, ParentSeat
from oasis.children.access import current
from oasis.children.consents import STANDS
from oasis.children.models import (
    KEY_LEVELS,
    Assessment,
    CareArrangement,
    CensusEntry,
    Child,
    ChildStatus,
    Consent,
    Pairing,
    Plan,
    PlanAction,
    PlanReview,
    RiskLevel,
    Tie,
)
from oasis.children.populations import CONFIRMS, HELPS
from oasis.duties.catalogue import ASSESS, CARE, CENSUS, CONSENT, HELPER, PLAN
from oasis.duties.judging import Facts, Item
from oasis.duties.models import Waiver
from oasis.kit import codes
from oasis.people.remembered import remembered
from oasis.people.together import Question, Rows
from oasis.places.models import Term
from oasis.records.also import BESIDES, besides
from oasis.records.models import Record

A_WEEK, PARTED_BACK = timedelta(days=7), timedelta(days=28)
PARTING = "parting-talk"
LOOK_BACK = timedelta(days=300)  # how old a last contact may be to be named
MOST = 200  # more children than this are asked for as the school's, not one by one
# The kind, by no index of it: SQLite would read the term of a whole school for one class.
NOT_BY_KIND = Coalesce(F("kind"), Value(""))
# The kind of a record, with what else it stands for.
SORT = Case(
    *(When(besides(kind), then=Value(f"{own}&{kind}")) for kind, (own, _also) in BESIDES.items()),
    default=F("kind"),
    output_field=CharField(),
)
WHY = "a duty tells a date, never a word; the children were read within the scope"
Row = tuple[UUID, str, date | None]


def gather(
    ids: Collection[UUID], term: Term, kinds: Collection[str], on: date, *, full: bool = False
) -> dict[UUID, Facts]:
    """Give the facts of children of one school: the last day of each kind, and with `full` every day of the term too."""
    return gathering(ids, term, kinds, on, full=full).answer() if ids else {}


def gathering(
    ids: Collection[UUID], term: Term, kinds: Collection[str], on: date, *, full: bool = False
) -> Question[dict[UUID, Facts]]:
    """Ask for the same of at least one child."""
    named = tuple(ids) if len(ids) <= MOST else ()
    begun = term.starts_on.replace(day=1) if full else None
    given = (named, term.school_id, term.pk, tuple(sorted(kinds)), on, begun)
    return Question(_deeds, given, lambda rows: _facts(ids, rows))


def _facts(ids: Collection[UUID], rows: Rows) -> dict[UUID, Facts]:
    found = {child: Facts() for child in ids}
    for child, key, day in rows:
        if (facts := found.get(child)) is not None:
            _put(facts, key, day)
    return found


@remembered
def _deeds(
    ids: tuple[UUID, ...], school: UUID, term: UUID, kinds: tuple[str, ...], on: date, begun: date | None
) -> QuerySet[Any, Row]:
    whose = Q(school_id=school, child_id__in=ids) if ids else Q(school_id=school, child__state=Child.State.HERE)
    legs = [
        *_records(whose, Q(school_id=school), kinds, on, begun, NOT_BY_KIND if ids else F("kind")),
        *_tables(whose, term, on),
        *_spells(whose),
        *_plans(whose, term),
        *_letters(whose, term),
        _parted(whose, on),
        _missed(whose, term),
    ]
    return legs[0].union(*legs[1:], all=True)


def _put(facts: Facts, key: str, day: date | None) -> None:
    if key[0] == "~":
        facts.waived[key[1:]] = day
    elif key[0] == "&" and day is not None:
        duty, owner, area = key[1:].split("|")
        due = day + A_WEEK if duty == PARTING else day
        facts.items.append(Item(duty, UUID(owner) if owner else None, area, due))
    elif key[0] == "!":
        facts.tried.add(key[1:])
    elif key[0] == "+" and day is not None:
        facts.spells.setdefault(key[2:], []).append((day, key[1] == "y"))
    elif day is not None:
        for kind in key.split("&"):
            facts.deeds.setdefault(kind, []).append(day)


def _records(
    whose: Q, school: Q, kinds: Collection[str], on: date, begun: date | None, told: Any
) -> list[QuerySet[Any, Row]]:
    """What was done, and what failed today: that is little in a school, and found by its day, not child by child."""
    asked = {*kinds, *(BESIDES[kind][0] for kind in BESIDES.keys() & set(kinds))}
    rows = Record.objects.everywhere(why=WHY).filter(
        whose, outcome=Record.Outcome.DONE, withdrawn=False
    ).alias(told=told).filter(told__in=sorted(asked)).order_by()  # fmt: skip
    until = begun - timedelta(days=1) if begun else on
    failed = Record.objects.everywhere(why=WHY).filter(kind__in=kinds, happened_on=on, withdrawn=False)
    tried = failed.exclude(outcome=Record.Outcome.DONE)
    legs = [_by_kind(rows.filter(happened_on__range=(on - LOOK_BACK, until)), Max("happened_on"))]
    legs.append(_leg(tried, school, Concat(Value("!"), F("kind"), output_field=CharField()), "happened_on"))
    return [*legs, _by_kind(rows.filter(happened_on__range=(begun, on)), F("happened_on"))] if begun else legs


def _by_kind(rows: Any, day: Any) -> QuerySet[Any, Row]:
    sorts = rows.annotate(sort=SORT).values("child_id", "sort")
    named: QuerySet[Any, Row] = sorts.annotate(day=day).values_list("child_id", "sort", "day")
    return named


def _tables(whose: Q, term: UUID, on: date) -> list[QuerySet[Any, Row]]:
    census = CensusEntry.objects.everywhere(why=WHY).filter(term_id=term)
    assessed = Assessment.objects.everywhere(why=WHY).filter(term_id=term, replaced=False)
    care = CareArrangement.objects.everywhere(why=WHY).filter(CONFIRMS, current(on))
    pairs = Pairing.objects.everywhere(why=WHY).filter(HELPS, current(on))
    told = Consent.objects.everywhere(why=WHY).filter(STANDS)
    waivers = Waiver.objects.everywhere(why=WHY).filter(Q(until_on__isnull=True) | Q(until_on__gte=on), from_on__lte=on)
    return [
        _leg(census, whose, Value(CENSUS, CharField()), "on"),
        _leg(assessed, whose, Value(ASSESS, CharField()), "on"),
        _leg(care, whose, Value(CARE, CharField()), "from_on"),
        _leg(pairs, whose, Value(HELPER, CharField()), "from_on"),
        _leg(told, whose, Value(CONSENT, CharField()), "on"),
        _leg(waivers, whose, Concat(Value("~"), F("duty"), output_field=CharField()), "until_on"),
    ]


def _spells(whose: Q) -> list[QuerySet[Any, Row]]:
    left = Q(left_behind__gt=0) | Q(civil=True)
    return [
        _leg(ChildStatus.objects.everywhere(why=WHY), whose, _yes(left, "status"), "from_on"),
        _leg(RiskLevel.objects.everywhere(why=WHY), whose, _yes(Q(level__in=KEY_LEVELS), "risk"), "on"),
    ]


def _plans(whose: Q, term: UUID) -> list[QuerySet[Any, Row]]:
    """Whether there is a plan this term; what of running plans is still to be done or reviewed."""
    runs = Plan.objects.everywhere(why=WHY).filter(closed_on__isnull=True)
    made = Plan.objects.everywhere(why=WHY).filter(Q(closed_on__isnull=True) | Q(term_id=term))
    actions = PlanAction.objects.everywhere(why=WHY).filter(done_on__isnull=True, plan__closed_on__isnull=True)
    legs = [
        _leg(made, whose, Value(PLAN, CharField()), "from_on"),
        _leg(actions, whose, _item("plan-action", "owner_id", F("area")), "due_on"),
    ]
    for part in PlanReview.Part.values:
        reviewed = PlanReview.objects.filter(plan=OuterRef("pk"), part=part)
        legs.append(
            _leg(runs.filter(~Exists(reviewed)), whose, _item("plan-review", "lead_id", Value(part)), f"{part}_on")
        )
    return legs


def _letters(whose: Q, term: UUID) -> list[QuerySet[Any, Row]]:
    """Letters of the term that have not gone out, or have not been answered; whoever leads the class owes them."""
    rows = LetterCopy.objects.everywhere(why=WHY).filter(letter__term_id=term, answered_on__isnull=True)
    part = F("letter__part")
    return [
        _leg(rows.filter(sent_on__isnull=True), whose, _item("letter-send", "", part), "letter__send_by"),
        _leg(rows.filter(sent_on__isnull=False), whose, _item("letter-reply", "", part), "letter__reply_by"),
    ]


def _missed(whose: Q, term: UUID) -> QuerySet[Any, Row]:
    """Meetings of the term to which nobody of the family came, and of which nobody told them yet."""
    begun = Term.objects.filter(pk=term).values("starts_on")
    rows = ParentSeat.objects.everywhere(why=WHY).filter(
        meeting__ended=True, meeting__on__gte=Subquery(begun), came=False, told_on__isnull=True
    )
    return _leg(rows, whose, _item("meeting-told", "", F("meeting__kind")), "meeting__tell_by")


def _parted(whose: Q, on: date) -> QuerySet[Any, Row]:
    """The parents who left in the last weeks, as long as nobody has talked with the child since."""
    talks = Record.objects.everywhere(why=WHY).filter(
        child=OuterRef("child"), kind="talk", outcome=Record.Outcome.DONE, withdrawn=False, happened_on__lte=on,
        happened_on__gte=OuterRef("person__away__since_on"),
    )  # fmt: skip
    gone = Tie.objects.everywhere(why=WHY).filter(
        ~Exists(talks), relation__in=codes.PARENTS, to_on__isnull=True, person__away__to_on__isnull=True,
        person__away__since_on__range=(on - PARTED_BACK, on),
    )  # fmt: skip
    return _leg(gone, whose, Value(f"&{PARTING}||", CharField()), "person__away__since_on")


def _item(duty: str, owner: str, area: Any) -> Concat:
    return Concat(
        Value(f"&{duty}|"), Cast(owner, CharField()) if owner else Value(""), Value("|"), area, output_field=CharField()
    )


def _yes(q: Q, name: str) -> Case:
    return Case(When(q, then=Value(f"+y{name}")), default=Value(f"+n{name}"), output_field=CharField())


def _leg(rows: Any, whose: Q, key: Any, day: str) -> QuerySet[Any, Row]:
    chosen = rows.filter(whose).order_by()
    named: QuerySet[Any, Row] = chosen.annotate(about=key).values_list("child_id", "about", day)
    return named
