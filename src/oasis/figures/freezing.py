"""Packs the sources of a term into bytes and back, so that a closed term's lists can be opened as long as its numbers."""

import json
import zlib
from collections.abc import Callable, Iterable
from datetime import date
from typing import Any
from uuid import UUID

from oasis.figures.own import Deed
from oasis.figures.sources import Act, ChildRow, Mark, Sources, Status, Stay
from oasis.figures.where import Place

DATES = {"birth_on", "opened_on", "closed_on", "from_on", "to_on", "on"}
IDS = {"id", "klass", "group", "ref"}


def pack(sources: Sources) -> bytes:
    """Give the sources as compressed JSON; children appear by id, nowhere by name."""
    told = {
        "today": str(sources.today),
        "first": str(sources.first or ""),
        "newcomers": sources.newcomers,
        "begins": sources.begins,
        "filed": {str(key): str(day) for key, day in sources.filed.items()},
        "grades": {str(key): value for key, value in sources.grades.items()},
        "children": [_plain(child) for child in sources.children],
        "stays": _packed(sources.stays),
        "statuses": _packed(sources.statuses),
        "marks": _packed(sources.marks),
        "acts": _packed(sources.acts),
        "own": [_plain(deed) for deed in sources.own],
    }
    return zlib.compress(json.dumps(told, ensure_ascii=False, separators=(",", ":")).encode())


def unpack(data: bytes, place: Place) -> Sources:
    """Give the sources back, for the school or for one of its classes."""
    told = json.loads(zlib.decompress(data))
    return Sources(
        place=place,
        today=date.fromisoformat(told["today"]),
        first=date.fromisoformat(told["first"]) if told.get("first") else None,
        newcomers=told.get("newcomers", False),
        begins=told.get("begins", False),
        filed={UUID(key): date.fromisoformat(day) for key, day in told.get("filed", {}).items()},
        grades={UUID(key): (name, entered, added) for key, (name, entered, added) in told["grades"].items()},
        children=tuple(ChildRow(**_typed(ChildRow, row)) for row in told["children"]),
        stays=_unpacked(Stay, told["stays"]),
        statuses=_unpacked(Status, told["statuses"]),
        marks=_unpacked(Mark, told["marks"]),
        acts=_unpacked(Act, told["acts"]),
        own=tuple(Deed(**_typed(Deed, row)) for row in told.get("own", ())),  # closed before there were any
    )


def _plain(row: Iterable[Any]) -> list[Any]:
    return [str(value) if isinstance(value, date | UUID) else value for value in row]


def _packed(rows: dict[UUID, list[Any]]) -> dict[str, list[list[Any]]]:
    return {str(child): [_plain(row) for row in held] for child, held in rows.items()}


def _typed(made: Any, row: list[Any]) -> dict[str, Any]:
    """Name the values of a row; one of an older program ends earlier, and the rest is as its kind of row begins."""
    return {name: _value(name, value) for name, value in zip(made._fields, row, strict=False)}


def _value(name: str, value: Any) -> Any:
    if value is None:
        return None
    if name in DATES:
        return date.fromisoformat(value)
    return UUID(value) if name in IDS else tuple(value) if name == "there" else value


def _unpacked(made: Callable[..., Any], rows: dict[str, list[list[Any]]]) -> dict[UUID, list[Any]]:
    return {UUID(child): [made(**_typed(made, row)) for row in held] for child, held in rows.items()}
