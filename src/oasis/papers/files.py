"""Gathers what papers say about children, in plain values, with a fixed number of queries."""

from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from datetime import date
from typing import TypeVar
from uuid import UUID

from oasis.children.access import current
from oasis.children.census import of_these_unasked
from oasis.children.household import running
from oasis.children.models import Away, CareArrangement, Child, ChildStatus, Hardship, Pairing, Phone, Tie
from oasis.kit.dates import zh_month
from oasis.people.models import Post
from oasis.people.roles import Need
from oasis.people.scope import Scope

_OfChild = TypeVar("_OfChild", CareArrangement, ChildStatus)

FATHERS, MOTHERS = {"51", "57"}, {"52", "58"}
_HELPERS = ("helper", "proxy-parent", "caring-mother", "caring-father", "party", "retired")


@dataclass(frozen=True)
class Adult:
    """A teacher: name and phone."""

    name: str = ""
    phone: str = ""


@dataclass(frozen=True)
class Relative:
    """A person tied to the child, as papers name one."""

    tie: Tie
    phones: tuple[Phone, ...] = ()
    away: Away | None = None

    @property
    def name(self) -> str:
        return self.tie.person.name

    @property
    def relation(self) -> str:
        return self.tie.get_relation_display()

    @property
    def called(self) -> str:
        """Name and relation: 吴桂花（奶奶）."""
        return self.tie.named

    @property
    def given(self) -> str:
        """The name for a cell beside the relation's; one still to be asked for is left for the hand."""
        return "" if self.tie.person.nameless else self.name

    @property
    def phone(self) -> str:
        """The number most likely to work; a dead one is still on file."""
        return self.phones[0].number if self.phones else ""

    @property
    def reachable(self) -> str:
        """The number to print for a carer to call: one that works, else one not answered; a wrong one is left for the hand."""
        right = sorted((phone for phone in self.phones if not phone.wrong), key=lambda phone: phone.dead)
        return right[0].number if right else ""

    @property
    def place(self) -> str:
        return f"{self.away.province}{self.away.city}" if self.away else ""

    @property
    def away_since(self) -> str:
        """Since when, as the form says it; empty for somebody at home."""
        if self.away is None:
            return ""
        return zh_month(self.away.since_on) if self.away.since_on else "不详"


@dataclass(frozen=True)
class ChildFile:
    """Everything a roster, a form or a card may need of one child."""

    child: Child
    klass: str
    relatives: tuple[Relative, ...] = ()
    homeroom: Adult = field(default_factory=Adult)
    helper: Adult = field(default_factory=Adult)
    hardships: tuple[str, ...] = ()
    arrangement: CareArrangement | None = None
    status: ChildStatus | None = None
    unasked: bool = False  # nobody has ever said whether the parents are away

    def parent(self, relations: set[str]) -> Relative | None:
        """Give the first living tie of these relations."""
        return next((one for one in self.relatives if one.tie.relation in relations), None)

    @property
    def father(self) -> Relative | None:
        return self.parent(FATHERS)

    @property
    def mother(self) -> Relative | None:
        return self.parent(MOTHERS)

    @property
    def carer(self) -> Relative | None:
        """Give who cares day by day: the marked carer, one with a name before one only known as 姐姐, else the entrusted one."""
        marked = [one for one in self.relatives if one.tie.carer and not one.tie.unsaid]
        marked.sort(key=lambda one: one.tie.person.nameless)
        entrusted = [one for one in self.relatives if one.tie.standing == Tie.Standing.ENTRUSTED]
        return next(iter(marked + entrusted), None)


def files_of(scope: Scope, children: Sequence[Child], on: date) -> list[ChildFile]:
    """Give the files of children already opened within the scope, in their order."""
    ids = [child.pk for child in children]
    relatives = _relatives(scope, ids, on)
    homerooms = _homerooms({child.klass_id for child in children if child.klass_id}, on)
    helpers = _helpers(scope, ids, on)
    hardships = _hardships(scope, ids, on)
    arrangements = _newest(
        CareArrangement.objects.within(scope, Need.CONTACTS)
        .filter(current(on), child__in=ids)
        .order_by("from_on", "id")
    )
    statuses = _newest(
        ChildStatus.objects.within(scope).filter(child__in=ids, from_on__lte=on).order_by("from_on", "id")
    )
    untold = of_these_unasked(scope, ids, Need.NAMES)
    return [
        ChildFile(
            child=child,
            klass=child.klass.name(on, child.school.primary_years) if child.klass else "",
            relatives=tuple(relatives.get(child.pk, ())),
            homeroom=homerooms.get(child.klass_id, Adult()) if child.klass_id else Adult(),
            helper=helpers.get(child.pk, Adult()),
            hardships=tuple(hardships.get(child.pk, ())),
            arrangement=arrangements.get(child.pk),
            status=statuses.get(child.pk),
            unasked=child.pk in untold,
        )
        for child in children
    ]


def _relatives(scope: Scope, ids: list[UUID], on: date) -> dict[UUID, list[Relative]]:
    ties = list(
        Tie.objects.within(scope, Need.CONTACTS).filter(running(on), child__in=ids, person__alive=True)
        .select_related("person").order_by("call_order", "relation", "id")
    )  # fmt: skip
    persons = {tie.person_id for tie in ties}
    phones = defaultdict(list)
    for phone in Phone.objects.within(scope, Need.CONTACTS).filter(person__in=persons, to_on__isnull=True):
        phones[phone.person_id].append(phone)
    away = {
        one.person_id: one
        for one in Away.objects.within(scope, Need.CONTACTS).filter(running(on, "since_on"), person__in=persons)
    }
    found: dict[UUID, list[Relative]] = defaultdict(list)
    for tie in ties:
        found[tie.child_id].append(Relative(tie, _best_first(phones[tie.person_id]), away.get(tie.person_id)))
    return found


def _best_first(phones: list[Phone]) -> tuple[Phone, ...]:
    return tuple(sorted(phones, key=lambda one: (one.dead, -_good_on(one).toordinal(), str(one.pk))))


def _good_on(phone: Phone) -> date:
    """The day on which a number was last known to be good: it was answered, or the family told it."""
    return max(phone.last_worked_on or date.min, phone.from_on or date.min)


def _homerooms(klasses: set[UUID], on: date) -> dict[UUID, Adult]:
    posts = (
        Post.objects.held_on(on).filter(role="homeroom", klass__in=klasses).select_related("user").order_by("from_on")
    )
    return {post.klass_id: Adult(post.user.name, post.user.phone) for post in posts if post.klass_id}


def _helpers(scope: Scope, ids: list[UUID], on: date) -> dict[UUID, Adult]:
    pairs = Pairing.objects.within(scope).filter(current(on), child__in=ids, role__in=_HELPERS, staff__isnull=False)
    return {
        pair.child_id: Adult(pair.staff.name, pair.staff.phone)
        for pair in pairs.select_related("staff").order_by("from_on")
        if pair.staff
    }


def _hardships(scope: Scope, ids: list[UUID], on: date) -> dict[UUID, list[str]]:
    found: dict[UUID, list[str]] = defaultdict(list)
    for one in Hardship.objects.within(scope, Need.FAMILY).filter(current(on), child__in=ids).order_by("kind"):
        found[one.child_id].append(one.get_kind_display())
    return found


def _newest(rows: Iterable[_OfChild]) -> dict[UUID, _OfChild]:
    """Keep the last row of each child; the rows come oldest first."""
    return {row.child_id: row for row in rows}
