"""Values as JSON keeps them: dates, numbers and ids as text, rows as their id."""

from typing import Any


def plain(value: Any) -> Any:
    """Give a value as JSON keeps it."""
    if value is None or isinstance(value, str | bool | int | float | list | dict):
        return value
    return str(getattr(value, "pk", value))
