"""Reading of files."""

from collections.abc import Iterable
from uuid import UUID

from oasis.children.models import Child
from oasis.people.closed import ScopedQuerySet
from oasis.people.roles import Need
from oasis.people.scope import Scope


def here(scope: Scope) -> ScopedQuerySet[Child]:
    """Give the children in reach who are at school, by class and sound of name."""
    rows = Child.objects.within(scope, Need.NAMES).filter(state=Child.State.HERE)
    return rows.select_related("klass").order_by("klass__stage", "-klass__entry_year", "klass__number", "pinyin")


def named(scope: Scope, ids: Iterable[UUID]) -> dict[UUID, str]:
    """Give the names of those of these children who are in reach."""
    return dict(Child.objects.within(scope, Need.NAMES).filter(pk__in=ids).values_list("pk", "name"))
