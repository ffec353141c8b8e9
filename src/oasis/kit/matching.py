"""Conditions on a piece of text without LIKE: SQLite compiles a statement with LIKE and a bound value anew at every look.

For statements that are kept (`people.remembered`); upper and lower case differ, as for PostgreSQL's LIKE.
"""

from django.db.models import Value
from django.db.models.functions import Right, StrIndex
from django.db.models.lookups import Exact, GreaterThan


def ends_with(column: str, words: str) -> Exact:
    """The condition that a column ends with these words."""
    return Exact(Right(column, len(words)), words)


def contains(column: str, words: str) -> GreaterThan:
    """The condition that a column contains these words."""
    return GreaterThan(StrIndex(column, Value(words)), 0)
