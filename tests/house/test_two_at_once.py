"""Every form that changes a row, by two people at once: neither undoes the other in silence (design.md 7.2).

Forms are taken from the pages of every route, as they are drawn. One person changes fields and saves; another, whose page was
drawn before, changes the same fields, or saves the page as it was. What the first wrote must stand, or the second is asked.
A form that only adds rows changes no field of a row there was, and has nothing to show here. Not tried: two different forms of
one page, and a form that refuses whatever this test knows to fill in; two_at_once.json lists those that are tried, by page.
"""

import json
import os
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any, NamedTuple

import pytest
from django.apps import apps
from django.db import connection, transaction
from django.test import Client
from django.urls import Resolver404, resolve, reverse

from tests.forms import Form, Sent, drawn
from tests.house.samples import SAMPLES
from tests.world import World

FILE = Path(__file__).with_name("two_at_once.json")
EXERCISED: dict[str, list[str]] = json.loads(FILE.read_text())
ASIDE = {"people_user", "people_trail", "people_trailhead", "django_session"}  # moments of a log-in, lines of the trail
STAMPS = {"version", "by_id", "at", "id_hash", "id_tail"}  # follow from any save
ASKED = (400, 403, 404, 409, 422)
SILENT = {  # routes whose later press may undo an earlier one, and why
    "child-person-act": "a call is counted each time it is made; what it says of the number is what was last heard",
    "dormitory-mark": "a round in the night: who looked last has seen what is so now, and each look is a line on the trail",
    "intake-columns": "a preview of one file: nothing stands in a child's file until it is taken in, and the preview is drawn anew",
    "intake-pick": "a preview of one file: which rows to take in, shown once more with their number before they are",
    "notices-code": "a new code for the classmates' form: the button says that it ends the one before",
}


class Spot(NamedTuple):
    """A field of a row."""

    table: str
    pk: Any
    field: str


def stand(tables: set[str]) -> dict[Spot, Any]:
    """Give every field of every row of these tables."""
    found: dict[Spot, Any] = {}
    for model in apps.get_models():
        if model._meta.db_table in tables:
            names = [f.attname for f in model._meta.concrete_fields if f.attname not in STAMPS]
            for row in model._base_manager.all():
                found |= {Spot(model._meta.db_table, row.pk, name): getattr(row, name) for name in names}
    return found


@contextmanager
def undone() -> Iterator[None]:
    """Take back whatever is done within."""
    with transaction.atomic():
        yield
        transaction.set_rollback(True)


@contextmanager
def written() -> Iterator[set[str]]:
    """Collect the tables that are written to."""
    tables: set[str] = set()

    def watch(execute: Any, sql: str, params: Any, many: bool, context: Any) -> Any:
        words = sql.split(maxsplit=3)
        if words[0].upper() in ("UPDATE", "DELETE", "INSERT"):
            tables.add(words[1 if words[0].upper() == "UPDATE" else 2].strip('"'))
        return execute(sql, params, many, context)

    with connection.execute_wrapper(watch):
        yield tables
    tables -= ASIDE


def saved(client: Client, form: Form, sent: Sent) -> bool:
    """Send a form; tell whether it was taken and wrote something of ours."""
    with written() as tables:
        answer = client.post(form.target, sent)
    return answer.status_code in (200, 302) and bool(tables)


def changes(client: Client, form: Form) -> Iterator[str]:
    """Give the ways of changing a form that are taken: every field at once (""), else field by field."""
    with undone():
        whole = saved(client, form, form.sent(1))
    if whole:
        yield ""
        return
    for name in form.fields:
        with undone():
            if form.sent(1, name) != form.sent() and saved(client, form, form.sent(1, name)):
                yield name


def undid(first: Client, second: Client, form: Form, old: Form, mine: Sent, theirs: Sent) -> list[Spot]:
    """Give what the first wrote and the second's older page undid without being asked."""
    with undone():
        with written() as tables:
            first.post(form.target, theirs)
            answer = second.post(old.target, mine)
        if answer.status_code in ASKED or not tables:
            return []
    with undone():
        before = stand(tables)
        first.post(form.target, theirs)
        between = stand(tables)
        second.post(old.target, mine)
        after = stand(tables)
    wrote = [spot for spot, value in between.items() if before.get(spot, before) != value]
    return [spot for spot in wrote if after.get(spot, after) != between[spot]]


def name_of(target: str) -> str:
    """Give the route a form is sent to."""
    try:
        return resolve(target.partition("?")[0]).url_name or ""
    except Resolver404:
        return ""


def pressed(form: Form, sent: Sent) -> Iterator[Sent]:
    """Give what is sent with each button of a form that does more than one thing; as it is where there is one button."""
    named = [(name, value) for name, value in form.buttons if name]
    if len(named) < 2:
        yield sent
        return
    rest = {name: value for name, value in sent.items() if name not in {name for name, _value in named}}
    for name, value in named:
        yield rest | {name: [value]}


def partner(clients: list[Client], address: str, form: Form) -> tuple[Client, Form] | None:
    """Give somebody else who is shown the same form, with what it holds for her."""
    for client in clients:
        with undone():
            shown = drawn(client.get(address), address)
        for old in shown:
            if (old.target, old.fields.keys(), old.buttons) == (form.target, form.fields.keys(), form.buttons):
                return client, old
    return None


def tried(first: Client, second: Client, form: Form, old: Form) -> tuple[bool, set[tuple[str, str, str]]]:
    """Tell whether the form was taken at all, and what of the first person's was undone."""
    taken = False
    found: set[tuple[str, str, str]] = set()
    for only in changes(first, form):
        taken = True
        for mine, theirs in ((2, 1), (1, 2), (0, 1)):
            for late in pressed(old, old.sent(mine, only)):
                for early in pressed(form, form.sent(theirs, only)):
                    spots = undid(first, second, form, old, late, early)
                    found |= {(name_of(form.target), spot.table, spot.field) for spot in spots}
    return taken, found


@pytest.mark.once
@pytest.mark.parametrize("name", sorted(SAMPLES))
def test_nobody_undoes_anothers_words_in_silence(name: str, world: World, login: Callable[[str], Client]) -> None:
    arguments, allowed = SAMPLES[name]
    address = reverse(name, kwargs=arguments(world))
    names = sorted(allowed, key=lambda who: (who not in ("li", "zhao", "wu", "wang"), who))
    people = [
        login(who) for who in (*names, names[0])
    ]  # where nobody else is shown a form: one person at two computers
    with undone():
        forms = drawn(people[0].get(address), address)
    found: set[tuple[str, str, str]] = set()
    exercised: set[str] = set()
    for form in forms:
        pair = partner(people[1:], address, form)
        if pair is None or name_of(form.target) in SILENT:
            continue
        taken, undone_ = tried(people[0], pair[0], form, pair[1])
        found |= undone_
        exercised |= {name_of(form.target)} if taken else set()
    assert not found
    if os.environ.get("REFRESH_COUNTS"):
        EXERCISED[name] = sorted(exercised)
        FILE.write_text(json.dumps({one: told for one, told in sorted(EXERCISED.items()) if told}, indent=1) + "\n")
    assert sorted(exercised) == EXERCISED.get(name, []), "REFRESH_COUNTS=1, then look which form is tried no longer"
