"""The rows of one act for several children, seen from one of them."""

from collections.abc import Mapping
from copy import copy
from typing import Any

from oasis.people.scope import Scope
from oasis.records import sealed
from oasis.records.kinds.base import COLUMNS
from oasis.records.models import Record
from oasis.records.queries import correctable


def content(row: Record) -> dict[str, Any]:
    """Give columns and details of a row as JSON keeps them."""
    return {"columns": plain({name: getattr(row, name) for name in COLUMNS}), "details": row.details}


def plain(values: Mapping[str, Any]) -> dict[str, Any]:
    """Give values as JSON keeps them."""
    return {name: value.isoformat() if hasattr(value, "isoformat") else value for name, value in values.items()}


def alike(scope: Scope, row: Record) -> list[Record]:
    """Give the other children's rows of its act that the person may correct and that say the same.

    A row that was corrected by itself says something else: a correction of the others is not put over it.
    """
    if row.group is None:
        return []
    others = correctable(scope).filter(group=row.group, withdrawn=False).exclude(pk=row.pk)
    told = content(sealed.fill(copy(row)))
    rows = sealed.fill_all(list(others.select_related("child").order_by("child__pinyin")))
    return [other for other in rows if content(other) == told]
