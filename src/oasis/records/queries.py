"""Reading of records."""

from oasis.children.models import Child
from oasis.people.closed import ScopedQuerySet
from oasis.people.roles import Need
from oasis.people.scope import Scope
from oasis.records.models import Record


def timeline(scope: Scope, child: Child) -> ScopedQuerySet[Record]:
    """Give a child's records, newest first; confidential ones without their text."""
    rows = Record.objects.within(scope, Need.RECORD_READ).filter(
        school_id=child.school_id, child=child, withdrawn=False
    )
    return rows.select_related("by").order_by("-happened_on", "-id")
