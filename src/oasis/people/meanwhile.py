"""A row held while a form over it is weighed and written: of two people saving at once the second finds the first's values."""

from collections.abc import Callable
from typing import TypeVar

from django.db import models, transaction

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
