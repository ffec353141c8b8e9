"""Reading the census: how far each class is, who is missing, and of whom nobody has ever asked."""

from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any
from uuid import UUID

from django.db.models import Count, Exists, OuterRef, Q, QuerySet

from oasis.children.models import CensusEntry, Child, ChildStatus
from oasis.kit.columns import Columns
from oasis.people.closed import ScopedQuerySet
from oasis.people.meanwhile import mark
from oasis.people.remembered import remembered
from oasis.people.roles import ArmKind, Need
from oasis.people.scope import Scope
from oasis.places.models import Klass, School, Term

KLASS, SCHOOL = Columns(Klass), Columns(School, "school")


@dataclass(frozen=True)
class Progress:
    """How far the census of a class is, and what it found."""

    klass: Klass
    name: str
    children: int
    found: Counter[str]

    @property
    def entered(self) -> int:
        """How many children have been entered."""
        return sum(self.found.values())

    @property
    def missing(self) -> int:
        """How many are still to be entered."""
        return self.children - self.entered


def classes_of(scope: Scope, need: Need) -> list[tuple[Klass, str]]:
    """Give the classes a person reaches with a need and their names today, lowest grade first; left classes are out."""
    klasses = []
    for row in _classes(scope, need):
        klass = KLASS.sure(row)
        klass.school = SCHOOL.sure(row, len(KLASS))
        klasses.append(klass)
    named = [(klass, klass.name(scope.on, klass.school.primary_years)) for klass in klasses]
    here = [one for one in named if one[1] != str(one[0])]
    return sorted(here, key=lambda one: (one[0].grade(scope.on, one[0].school.primary_years), one[0].number))


@remembered
def _classes(scope: Scope, need: Need) -> QuerySet[Klass, tuple[Any, ...]]:
    rows = Klass.objects.filter(
        Q(school__in=scope.ids(ArmKind.SCHOOL, need)) | Q(pk__in=scope.ids(ArmKind.KLASS, need))
    )
    return rows.values_list(*KLASS.paths, *SCHOOL.paths)


def progress(scope: Scope, terms: dict[UUID, Term]) -> list[Progress]:
    """Give the progress of every class in reach that has children, for the terms by school. Three queries."""
    here = Q(state=Child.State.HERE)
    counted = Child.objects.within(scope, Need.CENSUS).filter(here).values_list("klass").annotate(n=Count("pk"))
    children = dict(counted.order_by())
    rows = CensusEntry.objects.within(scope, Need.CENSUS).filter(term__in=terms.values(), child__state=Child.State.HERE)
    found: dict[UUID, Counter[str]] = {}
    for klass, finding, n in rows.values_list("child__klass", "finding").annotate(n=Count("pk")).order_by():
        found.setdefault(klass, Counter())[finding] += n
    return [
        Progress(klass, name, children[klass.pk], found.get(klass.pk, Counter()))
        for klass, name in classes_of(scope, Need.CENSUS)
        if children.get(klass.pk)
    ]


def entries(scope: Scope, klass: Klass, term: Term) -> dict[UUID, CensusEntry]:
    """Give the entries of a class in a term by child."""
    rows = CensusEntry.objects.within(scope, Need.CENSUS).filter(term=term, child__klass=klass)
    return {row.child_id: row for row in rows}


def mark_of(child: Child, entry: CensusEntry | None) -> str:
    """Give the mark of what a page shows of a child: this term's entry and the status it stands on."""
    return mark(entry.pk if entry else None, child.left_behind, child.civil, child.care)


def roll(scope: Scope, klass: Klass) -> ScopedQuerySet[Child]:
    """Give the children of a class in the order the census goes: those with parents away first."""
    rows = Child.objects.within(scope, Need.CENSUS).filter(klass=klass, state=Child.State.HERE)
    return rows.order_by("-left_behind", "pinyin", "pk")


def unasked() -> Q:
    """The condition that nobody has ever said of a child whether the parents are away: no roster, no file, no census."""
    statuses = ChildStatus.objects.filter(child=OuterRef("pk"))
    told = Exists(statuses.exclude(source=ChildStatus.UNTOLD)) | Exists(
        CensusEntry.objects.filter(child=OuterRef("pk"))
    )
    return Q(left_behind=0) & Q(Exists(statuses)) & ~Q(told)


def of_these_unasked(scope: Scope, children: Iterable[UUID], need: Need = Need.CHILD_READ) -> set[UUID]:
    """Give those of these children of whom nobody has ever asked whether the parents are away."""
    rows = Child.objects.within(scope, need).filter(unasked(), pk__in=set(children))
    return set(rows.values_list("pk", flat=True))


def not_asked(scope: Scope, klass: Klass) -> set[UUID]:
    """Give the children of a class of whom nobody has ever asked whether the parents are away."""
    return set(roll(scope, klass).filter(unasked()).values_list("pk", flat=True))
