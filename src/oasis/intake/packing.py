"""Facts to text and back: a row waits as JSON between the preview and the commit."""

import json
from dataclasses import fields
from datetime import date
from decimal import Decimal
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


def packed_differences(found: list[Difference]) -> str:
    return json.dumps([[one.key, one.old, one.new] for one in found], ensure_ascii=False) if found else ""


def unpacked_differences(text: str) -> list[Difference]:
    return [Difference(key, old, new) for key, old, new in json.loads(text)] if text else []
