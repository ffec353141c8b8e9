"""Several remembered queries asked in one statement: a page that wants many small answers goes to the database once.

Each query keeps its own SQL, order and limit; a row holds the columns of one of them.
"""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from functools import lru_cache
from typing import Any, Generic, TypeVar

from django.db import connection

from oasis.people.remembered import remembered

T = TypeVar("T")
Rows = list[tuple[Any, ...]]


@dataclass(frozen=True)
class Question(Generic[T]):
    """A remembered query with what it is asked for, and how its rows are read."""

    known: remembered[Any]
    given: tuple[Any, ...]
    read: Callable[[Rows], T]

    def answer(self) -> T:
        """Ask it alone. One query."""
        return self.read(self.known(*self.given))


def together(questions: Mapping[str, Question[Any] | None]) -> dict[str, Any]:
    """Give the answer to each question; None stays None. One query."""
    asked = {name: one.known.worded(*one.given) for name, one in questions.items() if one}
    legs = [(name, wording, values) for name, (wording, values) in asked.items() if not wording.empty]
    found: dict[str, Rows] = {name: [] for name in asked}
    if legs:
        widths = tuple(wording.width for _name, wording, _values in legs)
        sql, starts = _beside(tuple(wording.sql for _name, wording, _values in legs), widths, connection.vendor)
        with connection.cursor() as cursor:
            cursor.execute(sql, [value for _name, _wording, values in legs for value in values])
            for row in cursor.fetchall():
                start = starts[row[0]]
                if row[start - 1] is not None:
                    found[legs[row[0]][0]].append(row[start : start + widths[row[0]]])
    return {name: one and one.read(asked[name][0].rows(found[name])) for name, one in questions.items()}


@lru_cache(maxsize=300)
def _beside(queries: tuple[str, ...], widths: tuple[int, ...], vendor: str) -> tuple[str, tuple[int, ...]]:
    """Put queries into one statement; give it with the place in a row at which the columns of each begin."""
    return _stacked(queries, widths) if vendor == "sqlite" else _joined(queries, widths)


def _stacked(queries: tuple[str, ...], widths: tuple[int, ...]) -> tuple[str, tuple[int, ...]]:
    """One below the other: SQLite does not mind what kind of value a column holds, and gives them in this order.

    The driver reads a column by the kind of the first part; that one is blank, so that all comes as it is stored.
    """
    most = max(widths)
    parts = [
        f"SELECT {n}, own_{n}.*{', NULL' * (most - widths[n])} FROM ({sql}) own_{n}"  # noqa: S608
        for n, sql in enumerate(queries)
    ]
    return " UNION ALL ".join([f"SELECT -1{', NULL' * most} WHERE 0", *parts]), (1,) * len(queries)


def _joined(queries: tuple[str, ...], widths: tuple[int, ...]) -> tuple[str, tuple[int, ...]]:
    """Beside each other, for a column has one type; the number of a row keeps the order and is blank where nothing was found."""
    numbers = " UNION ALL ".join(f"SELECT {n} AS n" for n in range(len(queries)))
    joins = " ".join(
        f"LEFT JOIN (SELECT ROW_NUMBER() OVER () AS at_{n}, own_{n}.* FROM ({sql}) own_{n}) leg_{n} ON leg.n = {n}"  # noqa: S608
        for n, sql in enumerate(queries)
    )
    columns = ", ".join(f"leg_{n}.*" for n in range(len(queries)))
    order = ", ".join(f"at_{n}" for n in range(len(queries)))
    starts = tuple(2 + n + sum(widths[:n]) for n in range(len(queries)))
    return f"SELECT leg.n, {columns} FROM ({numbers}) leg {joins} ORDER BY leg.n, {order}", starts  # noqa: S608
