"""Takes a letter apart: first a preview, then a file in a class of the new school, in one transaction."""

import json
from dataclasses import dataclass
from datetime import date
from typing import Any, TypeVar

from django.core.exceptions import ValidationError
from django.db import models

from oasis.children.actions.care import CIVIL_UNTIL
from oasis.children.actions.files import open_file
from oasis.children.actions.status import write_status
from oasis.children.models import Away, CareArrangement, Child, Hardship, Person, Phone, RiskLevel, Tie
from oasis.children.models.care import named
from oasis.children.models.child import KEY_LEVELS
from oasis.kit.dates import age_on
from oasis.kit.refused import Refused
from oasis.people.scope import Scope
from oasis.places.models import Klass
from oasis.records.handover.packing import CHILD, FORM, Values, columns_of
from oasis.records.models import Carried

M = TypeVar("M", bound=models.Model)
DATED = ("left_behind", "civil", "care", "key", "boarding")  # written by their own acts
UNREADABLE = "这个转学包里的内容看不明白，可能来自更新的版本。请把系统升级后再试。"


@dataclass(frozen=True)
class Preview:
    """What a letter holds, for who decides whether to take it in."""

    name: str
    sex: str
    birth_on: str
    facts: int
    family: tuple[tuple[str, int], ...]  # who, how many numbers
    past: tuple[Values, ...]


def preview(letter: Values) -> Preview:
    """Tell what a letter holds; raises Refused when it is not one that this version reads."""
    _must_read(letter)
    child = _row(Child, letter["child"], CHILD)
    family = tuple(
        (named(str(one["person"].get("name", "")), _row(Tie, one["tie"]).get_relation_display()), len(one["phones"]))
        for one in letter["family"]
    )
    return Preview(
        child.name, child.get_sex_display(), str(child.birth_on or ""), len(letter["child"]), family, tuple(letter["past"])
    )  # fmt: skip


def unpack(scope: Scope, letter: Values, *, klass: Klass, on: date, former: str) -> Child:
    """Open the file in a class. Call inside a transaction; raises Refused when the ID number has an open file here."""
    _must_read(letter)
    facts = _row(Child, letter["child"], CHILD)
    fields = {name: getattr(facts, name) for name in CHILD if name in letter["child"] and name not in DATED}
    child = open_file(scope, klass=klass, school=klass.school, on=on, boarding=False, **fields)
    write_status(
        scope, child, on=on, left_behind=facts.left_behind, civil=_civil(facts, on), civil_reason=_reason(facts), care=facts.care,
        since_on=None, source="file", note="转入时按原校登记，请核对",
    )  # fmt: skip
    people = [_person(scope, child, one) for one in letter["family"]]
    for care in letter["care"]:
        row = _row(CareArrangement, care)
        row.school, row.child, row.carer, row.by_id = child.school, child, people[care["carer"]], scope.actor
        row.save(force_insert=True)
    _dated(scope, child, letter)
    Carried.objects.bulk_create(
        Carried(
            school=child.school, child=child, on=date.fromisoformat(line["on"]), title=line["title"][:40], text=line["text"][:2000],
            writer=line["by"][:40], former=line.get("school", former)[:60],
        )
        for line in letter["past"]
    )  # fmt: skip
    return child


def _must_read(letter: Values) -> None:
    """Check the whole letter, to its last line, before anything of it is used; raises Refused."""
    try:
        read = _holds(letter) and all(map(_is_member, letter["family"])) and all(map(_is_line, letter["past"]))
        for model, name in ((Hardship, "hardships"), (RiskLevel, "risk"), (CareArrangement, "care")):
            for told in letter[name] if read else ():
                _row(model, told)
        carers = [care["carer"] for care in letter["care"]] if read else []
    except (AttributeError, KeyError, TypeError, ValueError, RecursionError) as error:
        raise Refused("letter", UNREADABLE) from error
    if not read or any(type(carer) is not int or not 0 <= carer < len(letter["family"]) for carer in carers):
        raise Refused("letter", UNREADABLE)


def _holds(letter: Any) -> bool:
    """Tell whether all parts are there, and no character that a database does not take."""
    wanted = {"child": dict, "family": list, "hardships": list, "risk": list, "care": list, "past": list}
    if not isinstance(letter, dict) or letter.get("form") != FORM:
        return False
    if any(not isinstance(letter.get(name), kind) for name, kind in wanted.items()):
        return False
    text = json.dumps(letter, ensure_ascii=False)
    text.encode()  # half a character raises ValueError
    return "\\u0000" not in text and bool(_row(Child, letter["child"], CHILD).name)


def _is_member(one: Values) -> bool:
    """Tell whether a person of the family is whole: itself, its tie, its numbers, its absence."""
    _row(Person, one["person"])
    _row(Tie, one["tie"])
    for phone in one["phones"]:
        _row(Phone, phone)
    if one["away"] is not None:
        _row(Away, one["away"])
    return isinstance(one["phones"], list)


def _is_line(line: Values) -> bool:
    """Tell whether a line of the past is whole; raises ValueError for a day that is none."""
    date.fromisoformat(line["on"])
    return all(isinstance(text, str) for text in (line["title"], line["text"], line["by"], line.get("school", "")))


def _civil(facts: Child, on: date) -> bool:
    return facts.civil and (facts.birth_on is None or age_on(facts.birth_on, on) < CIVIL_UNTIL)


def _reason(facts: Child) -> str:
    return ("both-away" if facts.left_behind == 2 else "one-unable") if facts.civil else ""


def _row(model: type[M], values: Values, columns: list[str] | None = None) -> M:
    """Make a row of the known columns; raises Refused for a value its column does not take."""
    known = columns if columns is not None else columns_of(model)
    row = model()
    if not isinstance(values, dict) or any(isinstance(values.get(name), list | dict) for name in known):
        raise Refused("letter", UNREADABLE)
    try:
        for name in known:
            if name in values:
                field: Any = model._meta.get_field(name)
                setattr(row, name, field.clean(values[name], row))
    except (ValidationError, AttributeError, TypeError, ValueError, ArithmeticError) as error:
        raise Refused("letter", UNREADABLE) from error
    if any(getattr(row, name) is None and not model._meta.get_field(name).null for name in known):
        raise Refused("letter", UNREADABLE)
    return row


def _person(scope: Scope, child: Child, one: Values) -> Person:
    person = _row(Person, one["person"])
    person.school = child.school
    person.save(force_insert=True)
    tie = _row(Tie, one["tie"])
    tie.school, tie.child, tie.person, tie.by_id = child.school, child, person, scope.actor
    tie.save(force_insert=True)
    for told in one["phones"]:
        phone = _row(Phone, told)
        phone.school, phone.person = child.school, person
        phone.save(force_insert=True)
    if one["away"]:
        away = _row(Away, one["away"])
        away.school, away.person, away.by_id = child.school, person, scope.actor
        away.save(force_insert=True)
    return person


def _dated(scope: Scope, child: Child, letter: Values) -> None:
    for told in letter["hardships"]:
        hard = _row(Hardship, told)
        hard.school, hard.child, hard.by_id = child.school, child, scope.actor
        hard.save(force_insert=True)
    for told in letter["risk"]:
        risk = _row(RiskLevel, told)
        risk.school, risk.child, risk.by_id = child.school, child, scope.actor
        risk.save(force_insert=True)
        child.key = risk.level in KEY_LEVELS
        child.save(update_fields=["key"])
