"""Every form of every screen, sent back wrong: no answer is an error of ours, and a refused form leaves nothing half-written.

OASIS_FUZZ sets how many forms are sent in all (10,000 before a release); the suite sends a sample, another one for each route.
"""

import os
import random
import uuid
from collections.abc import Callable, Iterator
from html.parser import HTMLParser
from typing import Any

import pytest
from django.apps import apps
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import connection, transaction
from django.http import HttpResponse
from django.test import Client
from django.urls import reverse

from tests.house.samples import SAMPLES
from tests.world import World

FORMS = int(os.environ.get("OASIS_FUZZ", "600"))
APART = {"people_trail", "django_session", "account_emailaddress"}  # a line for the attempt, the session's own row
HOSTILE = (
    "", " ", "\x00", "a\x00b", "\u202e反", "<script>alert(1)</script>", "'; DROP TABLE people_user;--", "9" * 400, "-1", "1e309", "NaN",
    "2026-02-30", "0001-01-01", "9999-12-31", "99999-01-01", "٣", "１２", "[]", "{}", "null", "../../etc/passwd", "=cmd|' /C calc'!A0",
    "长" * 20_000, "👩‍👩‍👧", "\r\nSet-Cookie: a=b", "%00", "00000000-0000-0000-0000-000000000000", "true", "2026-11-23T25:61", "\ufeff",
)  # fmt: skip


class Forms(HTMLParser):
    """Collects the forms of a page: address, method, fields with their values."""

    def __init__(self) -> None:
        super().__init__()
        self.found: list[tuple[str, str, list[tuple[str, str]]]] = []
        self.select = ""

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        """Read one tag."""
        told = {name: value or "" for name, value in attrs}
        if tag == "form":
            self.found.append((told.get("action", ""), told.get("method", "get").lower(), []))
        elif self.found and tag in ("input", "textarea", "select", "button") and told.get("name"):
            self.select = told["name"] if tag == "select" else ""
            self.found[-1][2].append((told["name"], told.get("value", "")))
        elif tag == "option" and self.select and self.found:
            self.found[-1][2].append((self.select, told.get("value", "")))


def mutated(rng: random.Random, fields: list[tuple[str, str]], strange: list[str]) -> dict[str, Any]:
    """Give the fields of a form with one to four things wrong."""
    sent: dict[str, Any] = {}
    for name, value in fields:
        sent.setdefault(name, []).append(value)
    sent = {name: rng.sample(values, min(len(values), rng.choice((1, 1, 2)))) for name, values in sent.items()}
    for _n in range(rng.randint(1, 4)):
        name = rng.choice([*sent, "unheard-of"])
        value = rng.choice((*HOSTILE, *strange))
        way = rng.randrange(6)
        if way == 0:
            sent.pop(name, None)
        elif way == 1:
            sent[name] = [*sent.get(name, []), value, value]
        elif way == 2:
            sent[name] = [SimpleUploadedFile("x.xlsx", os.urandom(40))]
        elif way == 3:
            sent[f"keep-{name}"] = ["theirs"]  # the choice of a form that two people changed
        else:
            sent[name] = [value]
    return {name: values if len(values) != 1 else values[0] for name, values in sent.items()}


def counts() -> dict[str, int]:
    """Count the rows of every table of ours."""
    tables = [model._meta.db_table for model in apps.get_models() if model._meta.db_table not in APART]
    with connection.cursor() as cursor:
        cursor.execute(" UNION ALL ".join(f"SELECT '{table}', count(*) FROM \"{table}\"" for table in tables))
        return dict(cursor.fetchall())


def forms_of(client: Client, address: str) -> Iterator[tuple[str, list[tuple[str, str]]]]:
    """Give where each form of a page is sent, and its fields; a page that takes only POST has one without fields."""
    page: HttpResponse = client.get(address)
    if page.status_code == 405:
        yield address, [("id", str(uuid.uuid4()))]
        return
    reader = Forms()
    if "html" in page.get("Content-Type", ""):
        reader.feed(page.content.decode())
    for action, method, fields in reader.found:
        target = action or address
        if method == "post" and target.startswith("/") and "logout" not in target:
            yield target, fields


@pytest.mark.parametrize("name", sorted(SAMPLES))
def test_a_form_sent_back_wrong_is_answered_and_leaves_nothing_half_done(
    name: str, world: World, login: Callable[[str], Client]
) -> None:
    arguments, allowed = SAMPLES[name]
    address = reverse(name, kwargs=arguments(world))
    rng = random.Random(name)
    strange = [str(child.pk) for child in world.children.values()] + [str(user.pk) for user in world.users.values()]
    who = sorted(allowed)[0]
    client = login(who)
    forms = list(forms_of(client, address)) or [(address, [])]
    for _n in range(max(1, FORMS // len(SAMPLES))):
        target, fields = rng.choice(forms)
        body = mutated(rng, fields, strange)
        before = counts()
        with transaction.atomic():
            answer = client.post(target, body)
            assert answer.status_code < 500, (target, body)
            if answer.status_code not in (200, 302, 303):
                assert counts() == before, (target, body)
            transaction.set_rollback(True)
