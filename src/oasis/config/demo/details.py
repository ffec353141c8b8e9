"""Details of a kind for the demo: drawn from the choices its own form offers, the rest from its sample."""

from functools import cache
from random import Random
from typing import Any

from django import forms

from oasis.records.kinds import KINDS
from oasis.records.kinds.base import COLUMNS

REPORT = "report"  # a duty by law: nothing to be drawn by chance


@cache
def _asked(kind: str) -> tuple[tuple[str, tuple[Any, ...], bool, bool], ...]:
    """Name each field of the kind's own with the values it may take whether several may stand, and whether it must."""
    entry = KINDS.get(kind)
    found = []
    for name, field in entry.Form.base_fields.items():
        if name in COLUMNS:
            continue
        if isinstance(field, forms.ChoiceField):
            values = tuple(value for value, _label in list(field.choices) if value and value != REPORT)  # type: ignore[arg-type]
            found.append((name, values, isinstance(field, forms.MultipleChoiceField), field.required))
        elif field.required and name in entry.sample:
            found.append((name, (entry.sample[name],), False, True))
    return tuple(found)


def drawn(random: Random, kind: str, given: dict[str, Any], *, done: bool = True) -> dict[str, Any]:
    """Give details that the kind's form would accept; `given` wins. A contact that failed tells nothing more."""
    details: dict[str, Any] = {}
    for name, values, several, must in _asked(kind):
        if not (must or done):
            continue
        pick = values[min(int(random.random() ** 2 * len(values)), len(values) - 1)] if values else ""
        if pick:
            details[name] = [pick] if several else pick
    return details | given
