"""Reading consent: what the guardians of a child answered to each use, who has not answered, how many said yes."""

from collections import Counter, defaultdict
from collections.abc import Iterable
from dataclasses import dataclass, field
from uuid import UUID

from django.db.models import Exists, F, OuterRef, Q

from oasis.children.census import classes_of
from oasis.children.household import household
from oasis.children.models import Child, Consent, Tie
from oasis.kit import codes
from oasis.kit.dates import age_on
from oasis.people.closed import ScopedQuerySet
from oasis.people.consenting import since
from oasis.people.models import ConsentText
from oasis.people.roles import Need
from oasis.people.scope import Scope
from oasis.people.uses import ASKED
from oasis.places.models import Klass

YES, NO = "yes", "no"
OWN_AGE = 14  # from this age a child answers for itself (PIPL 31)
_LATER = ConsentText.objects.filter(school=OuterRef("school"), asks_again=True, number__gt=OuterRef("text__number"))
STANDS = Q(act=Consent.Act.ANSWER, school=F("child__school")) & ~Q(Exists(_LATER))  # an answer to a text still in force


@dataclass
class Answered:
    """How a child's guardians answered: the row that counts for each use, and whether they were asked at all."""

    rows: dict[str, Consent] = field(default_factory=dict)
    asked: Consent | None = None

    def says(self, use: str) -> str:
        """Give yes, no, or nothing for a use never answered."""
        row = self.rows.get(use)
        return str(row.answers.get(use, "")) if row else ""

    def allows(self, use: str) -> bool:
        """Tell whether a guardian said yes and did not take it back."""
        return self.says(use) == YES

    @property
    def given(self) -> list[str]:
        """The uses allowed, in the order of the catalogue."""
        return [use.code for use in ASKED if self.allows(use.code)]


def _answered(rows: Iterable[Consent], number: int) -> Answered:
    """Put answers together, the oldest first; those to a text that was replaced by another kind of text do not count."""
    found = Answered()
    for row in rows:
        if row.text.number < number and row.act == Consent.Act.ANSWER:
            continue
        found.rows.update(dict.fromkeys(row.answers, row))
        if row.act == Consent.Act.ANSWER:
            found.asked = row
    return found


def answered(scope: Scope, child: Child) -> Answered:
    """Give how the guardians of one child answered its present school."""
    rows = history(scope, child).filter(school_id=child.school_id)
    return _answered(reversed(list(rows)), since(child.school_id))


def history(scope: Scope, child: Child) -> ScopedQuerySet[Consent]:
    """Give every answer and withdrawal of a child, the newest first."""
    rows = Consent.objects.within(scope, Need.CHILD_WRITE).filter(child=child)
    return rows.select_related("text", "by").order_by("-on", "-at", "-id")


def answers_of(scope: Scope, children: Iterable[Child]) -> dict[UUID, Answered]:
    """Give how the guardians of several children answered. One query, and one a school."""
    held = {child.pk: child for child in children}
    rows = Consent.objects.within(scope, Need.CHILD_WRITE).filter(child__in=held, school=F("child__school"))
    by_child: dict[UUID, list[Consent]] = defaultdict(list)
    for row in rows.select_related("text").order_by("on", "at", "id"):
        by_child[row.child_id].append(row)
    numbers = {school: since(school) for school in {child.school_id for child in held.values()}}
    return {pk: _answered(by_child[pk], numbers[child.school_id]) for pk, child in held.items()}


def may_use(scope: Scope, child: Child, use: str) -> bool:
    """Tell whether a use that needs a yes has one."""
    return answered(scope, child).allows(use)


@dataclass(frozen=True)
class Guardian:
    """Somebody who may answer for a child; `tie` is None for the child itself."""

    key: str
    name: str
    relation: str
    tie: Tie | None = None

    @property
    def named(self) -> str:
        """Name and relation: 林国平（父亲）."""
        return self.tie.named if self.tie else f"{self.name}（本人）"


def guardians(scope: Scope, child: Child) -> list[Guardian]:
    """Give who may answer: parents and legal guardians, never a carer or teacher; a child of 14 for itself too."""
    found = [
        Guardian(str(member.person.pk), member.person.name, member.tie.relation, member.tie)
        for member in household(scope, child, scope.on, Need.CHILD_WRITE)
        if member.person.alive and (member.tie.standing == Tie.Standing.LEGAL or member.tie.relation in codes.PARENTS)
    ]
    if child.birth_on and age_on(child.birth_on, scope.on) >= OWN_AGE:
        found.append(Guardian("self", child.name, ""))
    return found


@dataclass(frozen=True)
class Progress:
    """How far a class is: how many children, how many answered, how many said yes to each use."""

    klass: Klass
    name: str
    children: int
    asked: int
    given: Counter[str]

    @property
    def missing(self) -> int:
        """How many have not answered."""
        return self.children - self.asked


def progress(scope: Scope) -> list[Progress]:
    """Give how far every class in reach is."""
    rows = Child.objects.within(scope, Need.CHILD_WRITE).filter(state=Child.State.HERE, klass__isnull=False)
    by_class: dict[UUID, list[Child]] = defaultdict(list)
    for child in rows.only("pk", "klass_id", "school_id"):
        by_class[child.klass_id or child.pk].append(child)
    told = answers_of(scope, [child for children in by_class.values() for child in children])
    found = []
    for klass, name in classes_of(scope, Need.CHILD_WRITE):
        here = by_class.get(klass.pk, [])
        given = Counter(use for child in here for use in told[child.pk].given)
        asked = sum(told[child.pk].asked is not None for child in here)
        if here:
            found.append(Progress(klass, name, len(here), asked, given))
    return found
