"""Reading for papers: which children, which cards."""

from dataclasses import dataclass

from oasis.children.models import Child
from oasis.papers.cards.issuing import blanks, card_of, digest, issued
from oasis.papers.files import files_of
from oasis.papers.models import CardIssue
from oasis.papers.places import Place
from oasis.people.closed import ScopedQuerySet
from oasis.people.roles import ArmKind, Need
from oasis.people.scope import Scope

CARED, ALL = "cared", "all"
WHOM = ((CARED, "关爱对象"), (ALL, "全班（全校）学生"))


def children_for(scope: Scope, place: Place, whom: str) -> ScopedQuerySet[Child]:
    """Give the children of a place who are at school: those cared for, or all; by class and name."""
    rows = Child.objects.within(scope, Need.EXPORT).filter(school=place.school, state=Child.State.HERE)
    if place.klass:
        rows = rows.filter(klass=place.klass)
    if whom != ALL:
        rows = rows.exclude(left_behind=0, civil=False)
    order = ("klass__stage", "-klass__entry_year", "klass__number", "pinyin", "id")
    return rows.select_related("klass", "school").order_by(*order)


@dataclass(frozen=True)
class CardState:
    """A child and how the card at home stands."""

    child: Child
    issue: CardIssue | None
    current: bool
    missing: list[str]

    @property
    def words(self) -> str:
        if self.issue is None:
            return "还没有发卡"
        return "是最新的" if self.current else "信息有变动，请换发"


def card_states(scope: Scope, children: list[Child]) -> list[CardState]:
    """Compare the cards handed out with what the files say today."""
    known = {one.child_id: one for one in issued(scope, children)}
    states = []
    for child, file in zip(children, files_of(scope, children, scope.on), strict=True):
        issue, card = known.get(child.pk), card_of(file, scope.on)
        states.append(CardState(child, issue, issue is not None and issue.digest == digest(card), blanks(file, card)))
    return states


def stale_cards(scope: Scope) -> list[Child]:
    """Give the children of one's own classes whose card at home says something that is no longer so."""
    own = scope.ids(ArmKind.KLASS, Need.EXPORT)
    held = CardIssue.objects.within(scope, Need.EXPORT).filter(child__klass__in=own, ended_on__isnull=True)
    rows = Child.objects.within(scope, Need.EXPORT).filter(
        state=Child.State.HERE, klass__in=own, pk__in=held.values("child")
    )
    children = list(rows.select_related("klass", "school").order_by("pinyin", "pk"))
    return [one.child for one in card_states(scope, children) if not one.current] if children else []
