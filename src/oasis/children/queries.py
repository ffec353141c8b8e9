"""Reading of files."""

from oasis.children.models import Child
from oasis.people.closed import ScopedQuerySet
from oasis.people.roles import Need
from oasis.people.scope import Scope


def here(scope: Scope) -> ScopedQuerySet[Child]:
    """Give the children in reach who are at school, by class and sound of name."""
    rows = Child.objects.within(scope, Need.NAMES).filter(state=Child.State.HERE)
    return rows.select_related("klass").order_by("klass__stage", "-klass__entry_year", "klass__number", "pinyin")
