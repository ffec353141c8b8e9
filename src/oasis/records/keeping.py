"""What is due to be erased after children have left: who, what, why, and what stands in the way."""

from collections import Counter
from dataclasses import dataclass
from datetime import date
from uuid import UUID

from django.db.models import Count, Q

from oasis.children.models import Child, Petition
from oasis.people.keeping import Keeping, ends_on, keeping_of
from oasis.people.roles import Need
from oasis.people.scope import Scope
from oasis.places.models import School, Term
from oasis.records.models import Erasure, Record


@dataclass(frozen=True)
class Due:
    """One child who left: what is due, when it fell due, how many rows, and why it cannot go yet."""

    child: Child
    left_on: date
    kinds: tuple[Keeping, ...]
    since: date
    records: int
    obstacle: str

    @property
    def whole(self) -> bool:
        """Tell whether the file itself is due."""
        return any(kind.code == "file" for kind in self.kinds)


def kinds_due(rules: tuple[Keeping, ...], left_on: date, on: date) -> tuple[Keeping, ...]:
    """Give the kinds of data whose period is over."""
    return tuple(kind for kind in rules if ends_on(left_on, kind.months) <= on)


def due(scope: Scope, school: School) -> list[Due]:
    """Give every child who left and of whom something is due, the longest due first."""
    rules = keeping_of(school)
    rows = Child.objects.within(scope, Need.LAW).filter(
        school=school, state__in=Child.GONE, closed_on__isnull=False, erased_on__isnull=True
    )
    children = list(rows.order_by("closed_on", "pk"))
    numbers = _numbers(scope, [child.pk for child in children])
    asking = _asking(scope, school)
    terms = list(Term.objects.filter(school=school, closed_at__isnull=True))
    found = []
    for child in children:
        left_on = child.closed_on or scope.on
        kinds = tuple(
            kind for kind in kinds_due(rules, left_on, scope.on) if kind.code == "file" or numbers[child.pk, kind.code]
        )
        if kinds:
            since = min(ends_on(left_on, kind.months) for kind in kinds)
            records = sum(numbers[child.pk, kind] for kind in ("records", "confidential"))
            obstacle = _obstacle(child, left_on, asking, terms)
            found.append(Due(child, left_on, kinds, since, records, obstacle))
    return sorted(found, key=lambda one: (one.since, str(one.child.pk)))


def _numbers(scope: Scope, children: list[UUID]) -> Counter[tuple[UUID, str]]:
    rows = Record.objects.within(scope, Need.LAW).filter(child__in=children).order_by()
    counted = rows.values_list("child_id", "confidential").annotate(n=Count("pk"))
    return Counter({(child, "confidential" if shut else "records"): n for child, shut, n in counted})


def _asking(scope: Scope, school: School) -> frozenset[UUID]:
    rows = Petition.objects.within(scope, Need.LAW).filter(school=school, state=Petition.State.OPEN)
    return frozenset(rows.values_list("child_id", flat=True))


def _obstacle(child: Child, left_on: date, asking: frozenset[UUID], terms: list[Term]) -> str:
    if child.pk in asking:
        return "家长的申请还没有答复"
    open_terms = [term for term in terms if term.starts_on <= left_on and term.ends_on >= child.opened_on]
    return f"{open_terms[0]}还没有结账，统计数字要先定下来" if open_terms else ""


def proofs(scope: Scope, school: School) -> list[Erasure]:
    """Give what was erased before, the latest first."""
    return list(Erasure.objects.within(scope, Need.LAW).filter(school=school).select_related("by")[:50])


def frozen(scope: Scope, school: School) -> int:
    """Count the files that are frozen and wait for their period to end."""
    rows = Child.objects.within(scope, Need.LAW).filter(Q(state__in=Child.GONE), school=school, erased_on__isnull=True)
    return rows.count()
