"""Which children a screen offers for a record: the chosen, the recent, one's own, the class; or a search."""

from collections.abc import Iterable
from dataclasses import dataclass
from uuid import UUID

from django.db.models import F, Q

from oasis.children.models import Child
from oasis.kit.refused import Refused
from oasis.people.closed import ScopedQuerySet
from oasis.people.roles import Need
from oasis.people.scope import Scope
from oasis.records.queries import written_by_me

MOST = 80  # more children than this are searched for, not listed
CHIP = (
    "name", "state", "left_behind", "pinyin", "school__system", "klass__school", "klass__stage", "klass__entry_year", "klass__number",
)  # fmt: skip
LONGEST = 40  # characters of a search: no name is longer, and SQLite matches no pattern of 50,000
NEAR = 12  # so many stand open; the rest is folded


@dataclass(frozen=True)
class Offer:
    """Children to choose from: `near` stand open, `rest` is folded, `many` says that there are more to search for."""

    near: list[Child]
    rest: list[Child]
    chosen: frozenset[UUID]
    many: bool
    classes: bool
    found: int  # how many a search has found, before the chosen are put to them

    def small(self, child: Child, scope: Scope) -> str:
        """Give the words under a name: the class, where there are several."""
        return child.klass.name(scope.on, child.school.primary_years) if self.classes and child.klass else ""


def in_reach(scope: Scope) -> ScopedQuerySet[Child]:
    """Give the children about whom a person may write, those looked after first."""
    rows = Child.objects.within(scope, Need.RECORD_WRITE).select_related("klass", "school")
    return rows.order_by(F("left_behind").desc(), "klass__stage", "-klass__entry_year", "klass__number", "pinyin")


def children_by_id(scope: Scope, ids: Iterable[UUID]) -> list[Child]:
    """Give these children in the order asked for; raises Refused when one is out of reach."""
    wanted = list(dict.fromkeys(ids))
    found = in_reach(scope).in_bulk(wanted)
    if len(found) != len(wanted):
        raise Refused("out-of-reach", "有的孩子不在您负责的范围内，请重新选择")
    return [found[pk] for pk in wanted]


def offered(scope: Scope, chosen: Iterable[UUID], words: str = "") -> Offer:
    """Give the children to choose from; of `chosen` only those in reach. With words: those whose name, its sound or its initials begin so."""
    marked = list(dict.fromkeys(chosen))
    within = in_reach(scope).only(*CHIP)
    here = within.filter(state=Child.State.HERE)
    rows = list((here.filter(_called(words)) if words else here)[: MOST + 1])
    many = len(rows) > MOST or bool(words)
    first = [] if words else _recent(scope)
    by_id = {child.pk: child for child in rows[:MOST]}
    if missing := [pk for pk in (*marked, *first) if pk not in by_id]:
        by_id = within.in_bulk(missing) | by_id
    order = [by_id[pk] for pk in dict.fromkeys((*marked, *first, *by_id)) if pk in by_id]
    near = max(len([child for child in order if child.pk in marked]), 0 if marked and not words else NEAR)
    classes = len({child.klass_id for child in order}) > 1
    return Offer(order[:near], order[near:], frozenset(marked) & by_id.keys(), many, classes, len(rows))


def _recent(scope: Scope) -> list[UUID]:
    latest = written_by_me(scope).select_related(None).values_list("child_id", flat=True)[:20]
    return list(dict.fromkeys(latest))[:6]


def _called(words: str) -> Q:
    plain = words.strip()[:LONGEST]
    spelled = plain.lower().replace(" ", "")
    return (
        Q(name__startswith=plain) | Q(given_name__startswith=plain) | Q(pinyin__startswith=spelled)
        | Q(initials__startswith=spelled) | Q(given_pinyin__startswith=spelled)
    )  # fmt: skip
