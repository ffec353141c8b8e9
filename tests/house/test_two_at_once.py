"""Every form that changes a row, by two people at once: neither undoes the other in silence (design.md 7.2).

Forms are taken from the pages of every route, as they are drawn. One person changes fields and saves; another, whose page was
drawn before, changes the same fields, or saves the page as it was. What the first wrote must stand, or the second is asked.
A form that only adds rows changes no field of a row there was, and has nothing to show here. Two different forms of one page that
write to the same table are crossed: the first person saves one, the second the other. Not tried: a form that refuses whatever this
test knows to fill in; two_at_once.json lists those that are tried, by page.
"""

import json
import os
from collections import Counter
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


CROSSED = {  # what one form of a page may undo that another wrote: the earlier form, the later one, table and field
    # Who leaves the school leaves the class the child is in by then: its last day is the day of leaving.
    "child-place": {("child-place move", "child-place leave", "children_enrolment", "to_on")},
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


class Press(NamedTuple):
    """A form that somebody sends."""

    client: Client
    form: Form
    sent: Sent

    def __call__(self) -> tuple[int, set[str]]:
        """Send it; give the status and the tables of ours it wrote to."""
        with written() as tables:
            answer = self.client.post(self.form.target, self.sent)
        return answer.status_code, tables


def saved(client: Client, form: Form, sent: Sent) -> set[str]:
    """Send a form; give the tables of ours it wrote to, none where it was not taken."""
    with undone():
        status, tables = Press(client, form, sent)()
    return tables if status in (200, 302) else set()


class Way(NamedTuple):
    """A way of changing a form that is taken: every field at once (""), or one; with the tables it writes to."""

    form: Form
    second: Client
    old: Form
    only: str
    tables: set[str]


def ways(first: Client, form: Form, second: Client, old: Form) -> Iterator[Way]:
    """Give the ways of changing a form that are taken: every field at once, else field by field."""
    if whole := saved(first, form, form.sent(1)):
        yield Way(form, second, old, "", whole)
        return
    for name in form.fields:
        if form.sent(1, name) != form.sent() and (tables := saved(first, form, form.sent(1, name))):
            yield Way(form, second, old, name, tables)


def undid(early: Press, late: Press, tables: set[str]) -> list[Spot]:
    """Give what the early press wrote and the late one, from an older page, undid without being asked; looks at these tables."""
    with undone():
        before = stand(tables)
        _status, wrote = early()
        between = stand(tables)
        status, more = late()
        if status in ASKED or not wrote | more:
            return []
        after = stand(tables)
    if wrote - tables:  # it wrote somewhere else than when it was tried alone
        return undid(early, late, tables | wrote)
    new = [spot for spot, value in between.items() if before.get(spot, before) != value]
    return [spot for spot in new if after.get(spot, after) != between[spot]]


def name_of(target: str) -> str:
    """Give the route a form is sent to."""
    try:
        return resolve(target.partition("?")[0]).url_name or ""
    except Resolver404:
        return ""


def called(form: Form) -> str:
    """Give the route a form is sent to, with its own name where a page has several."""
    kind = form.fields.get("form")
    return " ".join([name_of(form.target), *(kind.held if kind else ())])


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


Found = set[tuple[str, ...]]


def tried(first: Client, way: Way) -> Found:
    """Give what of the first person's was undone by the second with the same form."""
    found: Found = set()
    form, second, old, only, tables = way
    for mine, theirs in ((2, 1), (1, 2), (0, 1)):
        for late in pressed(old, old.sent(mine, only)):
            for early in pressed(form, form.sent(theirs, only)):
                spots = undid(Press(first, form, early), Press(second, old, late), tables)
                found |= {(name_of(form.target), spot.table, spot.field) for spot in spots}
    return found


def crossed(first: Client, taken: list[Way]) -> Found:
    """Give what the first person wrote with one form and the second undid with another; of many alike two are crossed."""
    found: Found = set()
    shapes: Counter[tuple[str, ...]] = Counter()
    few = []
    for way in taken:
        shape = (called(way.form), *way.form.fields)
        shapes[shape] += 1
        few += [way] if shapes[shape] < 3 else []
    for one in few:
        for other in few:
            if one.form is other.form or not one.tables & other.tables:
                continue
            early = Press(first, one.form, one.form.sent(1, one.only))
            for late in pressed(other.old, other.old.sent(2, other.only)):
                spots = undid(early, Press(other.second, other.old, late), one.tables)
                found |= {(called(one.form), called(other.form), *spot[::2]) for spot in spots}
    return found


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
    taken: list[Way] = []
    for form in forms:
        pair = partner(people[1:], address, form)
        if pair is not None and name_of(form.target) not in SILENT:
            taken += ways(people[0], form, *pair)
    exercised = {name_of(way.form.target) for way in taken}
    assert not set().union(*(tried(people[0], way) for way in taken))
    assert crossed(people[0], taken) == CROSSED.get(name, set())
    if os.environ.get("REFRESH_COUNTS"):
        EXERCISED[name] = sorted(exercised)
        FILE.write_text(json.dumps({one: told for one, told in sorted(EXERCISED.items()) if told}, indent=1) + "\n")
    assert sorted(exercised) == EXERCISED.get(name, []), "REFRESH_COUNTS=1, then look which form is tried no longer"
