"""Reading the holiday list: whom each child stays with, who has nobody, who was not asked."""

from dataclasses import dataclass
from uuid import UUID

from django.db.models import Q

from oasis.campus.models import HolidayStay
from oasis.children.models import Child
from oasis.people.roles import Need
from oasis.people.scope import Scope
from oasis.places.models import Term
from oasis.places.queries import term_on

ASKED = Q(left_behind__gt=0) | Q(civil=True) | Q(key=True)


@dataclass(frozen=True)
class Stay:
    """A child and what is known of its holidays."""

    child: Child
    stay: HolidayStay | None

    @property
    def order(self) -> tuple[int, str]:
        """Who has nobody first, then who was not asked."""
        nobody = self.stay is not None and self.stay.with_whom == HolidayStay.Whom.NOBODY
        return (0 if nobody else 1 if self.stay is None else 2), self.child.pinyin


def stays(scope: Scope, klass: UUID | None = None) -> tuple[Term | None, list[Stay]]:
    """Give the term whose holidays come next, or run, and the list for the children in reach. Three queries."""
    rows = Child.objects.within(scope, Need.CHILD_WRITE).filter(ASKED, state=Child.State.HERE)
    children = list((rows.filter(klass=klass) if klass else rows).select_related("klass", "school"))
    term = term_on(children[0].school_id, scope.on) if children else None
    told = HolidayStay.objects.within(scope, Need.CHILD_WRITE).filter(term=term) if term else []
    known = {row.child_id: row for row in told}
    return term, sorted((Stay(child, known.get(child.pk)) for child in children), key=lambda one: one.order)


def stay_of(scope: Scope, child: Child, term: Term) -> HolidayStay | None:
    """Give what is known of one child's holidays."""
    return HolidayStay.objects.within(scope, Need.CHILD_WRITE).filter(child=child, term=term).first()
