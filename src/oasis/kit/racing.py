"""Two presses at the same moment: the first one wins, the second gets what the first has made."""

from collections.abc import Callable
from typing import TypeVar

from django.db import IntegrityError, transaction

T = TypeVar("T")
UNIQUE = "23505"  # PostgreSQL's code for a unique key that is there already


def is_double(error: IntegrityError) -> bool:
    """Tell whether a unique key was there already; any other broken rule is a fault of ours."""
    cause = error.__cause__
    return getattr(cause, "sqlstate", "") == UNIQUE or str(error).startswith("UNIQUE constraint failed")


def first_wins(make: Callable[[], T], theirs: Callable[[], T | None]) -> T:
    """Give what is there already (`theirs`), else make it in one transaction; of two at once the second finds the first's."""
    if (found := theirs()) is not None:
        return found
    try:
        with transaction.atomic():
            return make()
    except IntegrityError as error:
        if not is_double(error) or (found := theirs()) is None:
            raise
        return found
