"""Of two people at once the second finds what the first did: a row held while a form over it is weighed and written, and the mark
of what a page showed where somebody presses a button over it."""

from collections.abc import Callable
from typing import TypeVar

from django.db import models, transaction

from oasis.kit.refused import Refused
from oasis.kit.secrets import keyed_hash
from oasis.people.closed import ScopedModel
from oasis.people.roles import Need
from oasis.people.scope import Scope

M = TypeVar("M", bound=ScopedModel)
R = TypeVar("R", bound=models.Model)
T = TypeVar("T")


def while_held(scope: Scope, row: M, need: Need, act: Callable[[M], T]) -> T:
    """Do `act` with the row as it stands now, locked until it is done; out of reach it gets the row it knew, and refuses."""
    with transaction.atomic():
        rows = type(row).objects.within(scope, need).select_for_update(of=("self",))
        return act(rows.filter(pk=row.pk).first() or row)


def while_locked(row: R, act: Callable[[R], T]) -> T:
    """Do `act` with a row below no school's scope as it stands now, locked: a school for its settings, a person, a term."""
    with transaction.atomic():
        rows: models.QuerySet[R] = type(row)._default_manager.select_for_update(of=("self",))
        return act(rows.filter(pk=row.pk).first() or row)


def mark(*stands: object) -> str:
    """Give the mark of what a page shows where an act changes it; the page sends it back as `seen`. Empty where nothing stands."""
    told = ["" if one is None else str(one) for one in stands]
    return keyed_hash("\x1f".join(told), purpose="meanwhile")[:16] if any(told) else ""


def as_seen(seen: str | None, stands: str, happened: Callable[[], str], *, field: str = "") -> None:
    """Raise Refused where another mark stands now than the page showed, saying what happened; None: no page was looked at."""
    if seen is not None and seen != stands:
        raise Refused("meanwhile", f"您打开页面以后，{happened()}。请看过再定", field=field)
