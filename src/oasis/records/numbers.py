"""The numbers of a child's people: whose each is, in which order to ring them, and what came of it today (peers.md c3)."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any
from uuid import UUID

from django.db.models import F, FilteredRelation, Q, QuerySet

from oasis.children.models import Child, Person, Phone, Tie
from oasis.children.models.care import NAMELESS
from oasis.kit import codes
from oasis.kit.columns import Columns
from oasis.kit.refused import Refused
from oasis.people.remembered import remembered
from oasis.people.roles import Need
from oasis.people.scope import Scope
from oasis.people.together import Question, Rows
from oasis.records.kinds import KINDS
from oasis.records.models import Record

WHOM = {
    codes.Relation.FATHER: Record.Whom.FATHER, codes.Relation.STEPFATHER: Record.Whom.FATHER,
    codes.Relation.MOTHER: Record.Whom.MOTHER, codes.Relation.STEPMOTHER: Record.Whom.MOTHER,
}  # fmt: skip
TIES, PERSONS, PHONES = Columns(Tie), Columns(Person, "person"), Columns(Phone, "in_use")


@dataclass(frozen=True)
class Number:
    """A number to call for a child: whose it is, in which words the record names that person, and in which it might (`fits`)."""

    phone: Phone
    person: str
    relation: str
    whom: str
    fits: tuple[str, ...]
    unsaid: bool = False  # nobody has said whose number it is

    @property
    def nameless(self) -> bool:
        """Whether the name is still to be asked for: the relation stands in its place."""
        return self.person.endswith(NAMELESS)

    @property
    def words(self) -> str:
        """Whose it is: 母亲周玉兰; somebody without a name has the relation in its place."""
        return self.person if self.nameless else f"{self.relation}{self.person}"


def numbers(scope: Scope, children: Iterable[Child], kind: str) -> dict[UUID, list[Number]]:
    """Give each child's numbers, always in the same order, whatever came of a call. One query."""
    return numbers_asked(scope, children, kind).answer()


def numbers_asked(scope: Scope, children: Iterable[Child], kind: str) -> Question[dict[UUID, list[Number]]]:
    """Ask for the same."""
    ids = tuple(dict.fromkeys(child.pk for child in children))

    def read(rows: Rows) -> dict[UUID, list[Number]]:
        found: dict[UUID, list[Number]] = {pk: [] for pk in ids}
        for tie, phone in sorted(map(_read, rows), key=lambda row: _rank(row[0], kind)):
            found[tie.child_id].append(_number(tie, phone, kind))
        return {pk: _fitting(told, kind) for pk, told in found.items()}

    return Question(_held, (scope, ids), read)


def _read(row: tuple[Any, ...]) -> tuple[Tie, Phone]:
    tie = TIES.sure(row)
    tie.person = PERSONS.sure(row, len(TIES))
    return tie, PHONES.sure(row, len(TIES) + len(PERSONS))


@remembered
def _held(scope: Scope, ids: tuple[UUID, ...]) -> QuerySet[Tie, tuple[Any, ...]]:
    """Each tie of these children with its person, once for every number in use, the latest told first."""
    on = scope.on
    ties = Tie.objects.within(scope, Need.CONTACTS).filter(
        Q(from_on__isnull=True) | Q(from_on__lte=on), Q(to_on__isnull=True) | Q(to_on__gte=on), child_id__in=ids,
        person__alive=True,
    )  # fmt: skip
    in_use = FilteredRelation("person__phone", condition=Q(person__phone__to_on__isnull=True))
    rows = ties.annotate(in_use=in_use).filter(in_use__isnull=False)
    newest = F("in_use__from_on").desc(nulls_last=True)
    ordered = rows.order_by("call_order", "relation", "pk", newest, "in_use__pk")
    return ordered.values_list(*TIES.paths, *PERSONS.paths, *PHONES.paths)


def _fitting(told: list[Number], kind: str) -> list[Number]:
    """For a call with the parents their numbers suffice, where there are any."""
    parents = [number for number in told if number.whom in (Record.Whom.FATHER, Record.Whom.MOTHER)]
    return parents if kind == "family-call" and parents else told


def _rank(tie: Tie, kind: str) -> tuple[bool, bool, bool, int]:
    """Who is tried first; a number of which nobody has said whose it is comes last."""
    parent = tie.relation in codes.PARENTS
    if kind == "family-call":
        return tie.unsaid, not parent, tie.lives_with, tie.call_order
    return tie.unsaid, not tie.carer, not tie.lives_with, tie.call_order


def _number(tie: Tie, phone: Phone, kind: str) -> Number:
    carer = tie.carer and not tie.unsaid
    kin = WHOM.get(codes.Relation(tie.relation))
    whom = kin or (Record.Whom.CARER if carer else Record.Whom.OTHER)
    if carer and kind != "family-call":
        whom = Record.Whom.CARER
    if kind == "family-call" and whom == Record.Whom.CARER:
        whom = Record.Whom.OTHER
    fits = (whom, kin) if kin and kin != whom else (whom,)  # a mother who cares for the child is a carer and a mother
    return Number(phone, tie.person.name, tie.get_relation_display(), whom, fits, tie.unsaid)


def rung(
    scope: Scope, kind: str, children: Sequence[Child], fields: Mapping[str, Any], phone: UUID | None
) -> UUID | None:
    """Give the number by which one child's contact went, none where it went another way or the number is no longer known.

    Raises Refused when the number is somebody else's than the person the contact was with.
    """
    if phone is None or len(children) != 1 or fields.get("channel") != Record.Channel.PHONE:
        return None
    told = numbers(scope, children, kind)[children[0].pk]
    known = next((number for number in told if number.phone.pk == phone), None)
    if known and fields.get("with_whom") not in known.fits:
        raise Refused("whom", f"选的号码登记的是{known.words}，和上面选的人对不上，请改一处再保存", field="with_whom")
    return known.phone.pk if known else None


@dataclass(frozen=True)
class Tries:
    """Today's tries to reach a child's family: the numbers that were last rung in vain, each with what came of it; whether any was reached."""

    vain: dict[UUID, str] = field(default_factory=dict)
    reached: bool = False


def tries(scope: Scope, child: Child) -> Tries:
    """Give what came of today's contacts with a child's family. One query."""
    kinds = [kind.code for kind in KINDS if kind.can_fail()]
    rows = Record.objects.within(scope, Need.RECORD_WRITE).filter(
        child=child, happened_on=scope.on, withdrawn=False, kind__in=kinds
    )
    told = list(rows.order_by("at", "id").values_list("channel", "phone", "outcome"))
    last = {phone: outcome for channel, phone, outcome in told if phone and channel == Record.Channel.PHONE}
    done = Record.Outcome.DONE
    vain = {phone: outcome for phone, outcome in last.items() if outcome != done}
    return Tries(vain, any(outcome == done for _channel, _phone, outcome in told))


def untried(told: Iterable[Number], tried: Mapping[UUID, str]) -> Number | None:
    """Give the first living number that was not rung in vain today, under nobody's name."""
    known = list(told)
    rung = {number.phone.number for number in known if number.phone.pk in tried}
    return next((one for one in known if not one.phone.dead and one.phone.number not in rung), None)


def to_mend(told: dict[UUID, list[Number]]) -> dict[UUID, list[Number]]:
    """Give the numbers that are dead, by child, and an empty list for a child with none at all."""
    found = {pk: [number for number in numbers if number.phone.dead] for pk, numbers in told.items()}
    return {pk: dead for pk, dead in found.items() if dead or not told[pk]}
