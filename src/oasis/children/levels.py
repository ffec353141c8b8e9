"""Reading levels of care: what stands, what the school's scheme proposes, and where the two differ."""

from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import timedelta
from uuid import UUID

from oasis.children.assessments import DUE
from oasis.children.models import Assessment, Child, Hardship, Problem, RiskLevel, RiskScheme
from oasis.children.risks import Case, Level, Proposal, Weights, propose
from oasis.people.closed import ScopedQuerySet
from oasis.people.roles import Need
from oasis.people.scope import Scope

ORDER = {level: place for place, level in enumerate(Level.values)}
FRESH = timedelta(days=400)  # how old an assessment may be to speak for a level


@dataclass(frozen=True)
class Standing:
    """A child with the level that stands and the one that is proposed."""

    child: Child
    level: RiskLevel | None
    proposal: Proposal

    @property
    def waits(self) -> bool:
        """Tell whether a person should look: nothing was decided yet, or the facts changed since."""
        if self.level is None:
            return self.proposal.level != Level.PLAIN
        return self.proposal.level not in (self.level.level, self.level.proposed)

    @property
    def order(self) -> tuple[int, int, str]:
        """The weightiest proposal first."""
        return ORDER[self.proposal.level], -self.proposal.points, self.child.pinyin


def weights_of(schools: Iterable[UUID]) -> dict[UUID, Weights]:
    """Give the scheme in use of each school that has set its own. One query."""
    rows = RiskScheme.objects.everywhere(
        why="the scheme of a school holds for everybody who works there and tells nothing of a child"
    ).filter(school__in=list(schools))
    return {row.school_id: Weights(row.points, row.high, row.key, row.watch) for row in rows.order_by("at", "id")}


def standings(scope: Scope, need: Need, *, klass: UUID | None = None, trial: Weights | None = None) -> list[Standing]:
    """Give every child in reach whose needs are assessed, with level and proposal, weightiest first. Seven queries."""
    rows = Child.objects.within(scope, need).filter(DUE, state=Child.State.HERE)
    return _standings(scope, need, rows.filter(klass_id=klass) if klass else rows, trial)


def standing_of(scope: Scope, child: Child) -> Standing:
    """Give one child's level and proposal."""
    rows = Child.objects.within(scope, Need.CHILD_WRITE).filter(pk=child.pk)
    return _standings(scope, Need.CHILD_WRITE, rows, None)[0]


def past_levels(scope: Scope, child: Child) -> list[RiskLevel]:
    """Give every level ever decided for a child, newest first."""
    rows = RiskLevel.objects.within(scope, Need.CHILD_READ).filter(child=child).select_related("by")
    return list(rows.order_by("-on", "-pk"))


def _standings(scope: Scope, need: Need, rows: ScopedQuerySet[Child], trial: Weights | None) -> list[Standing]:
    children = list(rows.select_related("klass", "school"))
    ids = [child.pk for child in children]
    schemes = weights_of({child.school_id for child in children})
    levels = {row.child_id: row for row in _of(RiskLevel.objects.within(scope, need), ids).order_by("on", "pk")}
    scores = {
        row.child_id: row
        for row in _of(Assessment.objects.within(scope, need), ids)
        .filter(replaced=False, on__gte=scope.on - FRESH)
        .order_by("on", "pk")
    }
    hard: dict[UUID, set[str]] = {}
    for pk, kind in (
        _of(Hardship.objects.within(scope, need), ids).filter(to_on__isnull=True).values_list("child", "kind")
    ):
        hard.setdefault(pk, set()).add(kind)
    open_now = Counter(
        _of(Problem.objects.within(scope, need), ids).filter(closed_on__isnull=True).values_list("child", flat=True)
    )
    found = []
    for child in children:
        case = Case(child, scope.on, frozenset(hard.get(child.pk, ())), scores.get(child.pk), open_now[child.pk])
        weights = trial or schemes.get(child.school_id) or Weights()
        found.append(Standing(child, levels.get(child.pk), propose(case, weights)))
    return sorted(found, key=lambda one: one.order)


def _of(rows: ScopedQuerySet, ids: list[UUID]) -> ScopedQuerySet:  # type: ignore[type-arg]
    return rows.filter(child__in=ids)
