"""Several remembered queries asked in one statement: a page that wants many small answers goes to the database once.

Each query keeps its own SQL, order and limit; a row holds the columns of one of them.
"""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from functools import lru_cache
from typing import Any, Generic, TypeVar

from django.db import connection

from oasis.kit.asking import rows_of
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


def whether(known: remembered[Any], *given: Any) -> Question[bool]:
    """Ask whether a remembered query finds anything: what is nearly always empty is read in full only where it is not."""
    return Question(known, given, bool)


def together(questions: Mapping[str, Question[Any] | None]) -> dict[str, Any]:
    """Give the answer to each question; None stays None. One query."""
    beside = connection.vendor != "sqlite"
    asked = {
        name: (one.known.numbered if beside else one.known.worded)(*one.given) for name, one in questions.items() if one
    }
    legs = [(name, wording, values) for name, (wording, values) in asked.items() if not wording.empty]
    found: dict[str, Rows] = {name: [] for name in asked}
    if legs:
        widths = tuple(wording.width for _name, wording, _values in legs)
        put = _joined if beside else _stacked
        sql, places = put(tuple(wording.sql for _name, wording, _values in legs), widths)
        for row in rows_of(sql, [value for _name, _wording, values in legs for value in values]):
            start, mark = places[row[0]]
            if row[mark] is not None:
                found[legs[row[0]][0]].append(row[start : start + widths[row[0]]])
    return {name: one and one.read(asked[name][0].rows(found[name])) for name, one in questions.items()}


Places = tuple[
    tuple[int, int], ...
]  # of each query: where its columns begin, and the one that is blank where nothing was found


@lru_cache(maxsize=300)
def _stacked(queries: tuple[str, ...], widths: tuple[int, ...]) -> tuple[str, Places]:
    """One below the other: SQLite does not mind what kind of value a column holds, and gives them in this order.

    The driver reads a column by the kind of the first part; that one is blank, so that all comes as it is stored.
    """
    most = max(widths)
    parts = [
        f"SELECT {n}, own_{n}.*{', NULL' * (most - widths[n])} FROM ({sql}) own_{n}"  # noqa: S608
        for n, sql in enumerate(queries)
    ]
    return " UNION ALL ".join([f"SELECT -1{', NULL' * most} WHERE 0", *parts]), ((1, 0),) * len(queries)


@lru_cache(maxsize=300)
def _joined(queries: tuple[str, ...], widths: tuple[int, ...]) -> tuple[str, Places]:
    """Beside each other, for a column has one type; each query numbers its own rows, and the numbers keep their order."""
    numbers = " UNION ALL ".join(f"SELECT {n} AS n" for n in range(len(queries)))
    joins = " ".join(f"LEFT JOIN ({sql}) leg_{n} ON leg.n = {n}" for n, sql in enumerate(queries))
    columns = ", ".join(f"leg_{n}.*" for n in range(len(queries)))
    order = ", ".join(f"leg_{n}.at_row" for n in range(len(queries)))
    starts = [1 + n + sum(widths[:n]) for n in range(len(queries))]
    places = tuple((start, start + width) for start, width in zip(starts, widths, strict=True))
    return f"SELECT leg.n, {columns} FROM ({numbers}) leg {joins} ORDER BY leg.n, {order}", places  # noqa: S608
