"""Facts to text and back: a row waits as JSON between the preview and the commit."""

import json
from collections.abc import Iterable, Sequence
from dataclasses import fields
from datetime import date
from decimal import Decimal
from itertools import zip_longest
from typing import Any

from oasis.children.rosters import Difference, Kin, Told

DATES = frozenset({"birth_on", "entered_on", "since_on"})
KEPT = tuple(f.name for f in fields(Told) if f.name not in ("fields", "kin", "klass"))
BLANK = {name: getattr(Told({}), name) for name in KEPT}


def packed(told: Told, klass: str) -> str:
    """Write facts as JSON; `klass` is the id of a class, or stage:year:number of one to be made."""
    out: dict[str, Any] = {"f": told.fields, "k": klass}
    out |= {name: value for name in KEPT if (value := getattr(told, name)) != BLANK[name]}
    if told.kin:
        out["kin"] = [[kin.relation, kin.name, kin.phones, kin.facts, kin.carer, kin.away] for kin in told.kin]
    return json.dumps(out, ensure_ascii=False, separators=(",", ":"), default=str)


def unpacked(text: str) -> tuple[Told, str]:
    """Read facts back, with their types, and the key of the class."""
    given = json.loads(text)
    told = Told(typed(given.pop("f")))
    klass: str = given.pop("k")
    told.kin = [
        Kin(relation, name, tuple(phones), typed(facts), carer, typed(away))
        for relation, name, phones, facts, carer, away in given.pop("kin", ())
    ]
    for name, value in typed(given).items():
        setattr(told, name, tuple(value) if isinstance(value, list) else value)
    return told, klass


def typed(values: dict[str, Any]) -> dict[str, Any]:
    """Turn texts of dates and decimals back into what they were."""
    for name in values.keys() & DATES:
        if isinstance(values[name], str):
            values[name] = date.fromisoformat(values[name])
    if isinstance(values.get("distance_km"), str):
        values["distance_km"] = Decimal(values["distance_km"])
    return values


def packed_differences(found: Sequence[Difference], days: Sequence[date | None] = ()) -> str:
    """Write differences as JSON, each with the day on which the file was changed since the roster, if it was."""
    if not found:
        return ""
    rows = [
        [one.key, one.old, one.new, *([str(day)] if day else [])] for one, day in zip_longest(found, days[: len(found)])
    ]
    return json.dumps(rows, ensure_ascii=False)


def unpacked_differences(text: str) -> list[Difference]:
    """Read differences back."""
    return [Difference(key, old, new) for key, old, new, *_day in json.loads(text)] if text else []


def unpacked_days(text: str) -> list[date | None]:
    """Read back, for each difference, the day of a newer change."""
    return [date.fromisoformat(day[0]) if day else None for _key, _old, _new, *day in json.loads(text)] if text else []


def packed_places(places: Iterable[int]) -> str:
    """Write the places of differences left out: 0,3."""
    return ",".join(map(str, sorted(places)))


def unpacked_places(text: str) -> set[int]:
    """Read the places of differences left out."""
    return {int(place) for place in text.split(",") if place}
