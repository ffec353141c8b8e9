"""Every route against every stranger who writes: 404 or a refusal, and not a row more, less or other than before."""

import hashlib
from collections.abc import Callable
from typing import Any
from uuid import UUID

import pytest
from django.apps import apps
from django.db import connection
from django.test import Client
from django.urls import reverse

from oasis.people.models import Trail
from tests.house.samples import SAMPLES
from tests.world import TODAY, World

MEANT = {"handover-act": {"HandOver"}}  # the school that receives a child answers the one that sends it
ODD = ("PUT", "PATCH", "DELETE", "PROPFIND")
OURS = [model for model in apps.get_models() if model.__module__.startswith(("oasis.", "allauth.mfa"))]


def body(world: World) -> dict[str, Any]:
    """A body with an answer to most of what any form asks."""
    lin, he = world.children["lin"], world.children["he"]
    day = str(TODAY)
    return {
        "name": "陌生人", "yes": "1", "active": "0", "save": "1", "reset": "1", "purpose": "report", "answer": "好", "reason": "care",
        "words": "好", "why": "写错了", "from_on": day, "to_on": day, "on": day, "until_on": day, "happened_on": day, "since_on": day,
        "role": "dean", "klass": str(world.klasses["三1"].pk), "place": str(world.klasses["三1"].pk), "whom": "all", "summary": "好",
        "child": str(lin.pk), "children": [str(lin.pk), str(he.pk)], "staff": str(world.users["zhao"].pk), "left_behind": "2",
        "number": "19912345678", "relation": "51", "outcome": "done", "with_whom": "child", "channel": "face", "text": "好",
        "duty": "visit-2", "version": "1", "based_on": "1", "kind": "talk", "session": "1", "password": "long-enough-1", "close": "1",
    }  # fmt: skip


def stand(school: UUID | None = None) -> dict[str, str]:
    """Give what stands in every table of ours, or in the rows of one school there, as a digest a table.

    Without the models, which take ten times as long; what is sealed counts as it lies.
    """
    found = {}
    with connection.cursor() as cursor:
        for model in OURS:
            fields = {field.name: field for field in model._meta.concrete_fields}
            if ("school" not in fields) if school else (model.__name__ == "User"):  # logging in writes its moment
                continue
            where, given = "", []
            if school:
                where = f'WHERE "{fields["school"].column}" = %s'
                given = [fields["school"].get_db_prep_value(school, connection)]
            cursor.execute(f'SELECT * FROM "{model._meta.db_table}" {where} ORDER BY "{model._meta.pk.column}"', given)
            found[model.__name__] = hashlib.sha256(repr(cursor.fetchall()).encode()).hexdigest()
    return found


@pytest.mark.parametrize("name", sorted(SAMPLES))
def test_no_stranger_writes_by_any_method(name: str, world: World, at_work: Callable[[str], Client]) -> None:
    arguments, allowed = SAMPLES[name]
    address = reverse(name, kwargs=arguments(world))
    clients = {who: at_work(who) for who in world.users if who not in allowed}
    before, sent = stand(), body(world)
    for who, client in clients.items():
        assert client.post(address, sent).status_code in (403, 404, 405), who
        assert client.head(address).status_code == 404, who
    for who in list(clients)[:2]:
        for method in ODD:
            assert clients[who].generic(method, address, "a=1").status_code in (403, 404, 405), (who, method)
    anonymous = Client().post(address, sent)
    assert anonymous.status_code == 302
    assert anonymous["Location"].startswith("/account/login/")
    assert stand() == before


@pytest.mark.once
@pytest.mark.parametrize("name", sorted(SAMPLES))
def test_an_odd_method_writes_nothing_for_those_allowed_either(
    name: str, world: World, at_work: Callable[[str], Client]
) -> None:
    arguments, allowed = SAMPLES[name]
    address = reverse(name, kwargs=arguments(world))
    client = at_work(min(allowed))
    before = stand()
    for method in (*ODD, "OPTIONS", "TRACE", "HEAD"):
        assert client.generic(method, address, "a=1").status_code < 500, method
    after = stand()
    assert {name for name in after if after[name] != before[name]} <= {"Trail"}


@pytest.mark.parametrize("name", sorted(SAMPLES))
def test_who_is_allowed_elsewhere_changes_nothing_here(
    name: str, world: World, at_work: Callable[[str], Client]
) -> None:
    """The next school's principal and another county's teacher post to every route that opens for them, naming children here."""
    arguments, allowed = SAMPLES[name]
    address = reverse(name, kwargs=arguments(world))
    here = world.schools["青河县"].pk
    before = stand(here)
    for who in sorted(allowed & {"feng", "chen"}):
        assert at_work(who).post(address, body(world)).status_code < 500
    after = stand(here)
    assert {table for table in after if after[table] != before[table]} <= MEANT.get(name, set())


RUBBISH: tuple[dict[str, str], ...] = (
    {"form": "x"}, {"form": "status"}, {"form": "tie"}, {"version": "0", "based_on": "0", "since_on": "x", "on": "x"}, {},
)  # fmt: skip


@pytest.mark.once
@pytest.mark.parametrize("name", sorted(SAMPLES))
def test_what_leaves_a_line_when_shown_leaves_one_when_it_answers_rubbish(
    name: str, world: World, at_work: Callable[[str], Client]
) -> None:
    arguments, allowed = SAMPLES[name]
    address = reverse(name, kwargs=arguments(world))
    looks = Trail.objects.everywhere(why="a test reads the trail").filter(child__isnull=False)
    for who in sorted(allowed & {"zhao", "li"}):
        client, before = at_work(who), looks.count()
        if client.get(address).status_code != 200 or looks.count() == before:
            continue
        for body in RUBBISH:
            before = looks.count()
            if client.post(address, body).status_code in (200, 409, 422):
                assert looks.count() > before, (who, body)


HOSTILE = {
    "X-Forwarded-For": "'; DROP TABLE people_user; --, 256.256.256.256", "X-Forwarded-Host": "evil.example", "X-Real-IP": "x" * 500,
    "User-Agent": "<script>alert(1)</script>" * 50, "Referer": "https://evil.example/\t%0d%0aSet-Cookie: a=b",
    "Accept-Language": "zz-ZZ," * 2000, "HX-Request": "true", "HX-Current-URL": "javascript:alert(1)", "HX-Boosted": "maybe",
    "HX-Target": "../../etc/passwd", "Range": "bytes=0-1,5-2", "If-Modified-Since": "not a date", "X-HTTP-Method-Override": "DELETE",
}  # fmt: skip


@pytest.mark.once
@pytest.mark.parametrize("name", sorted(SAMPLES))
def test_hostile_headers_break_no_page_and_open_none(name: str, world: World, at_work: Callable[[str], Client]) -> None:
    arguments, allowed = SAMPLES[name]
    address = reverse(name, kwargs=arguments(world))
    answer = at_work(min(allowed)).get(address, headers=HOSTILE)
    assert answer.status_code < 500
    assert "evil.example" not in str(answer.headers)
    assert "<script>alert" not in answer.text if answer.get("Content-Type", "").startswith("text/html") else True
    stranger = next(who for who in [*world.users, ""] if who not in allowed)
    if stranger:
        assert at_work(stranger).get(address, headers=HOSTILE).status_code == 404


@pytest.mark.parametrize("name", ["today", "record-new", "papers-order", "settings-person-new", "trail", "intake"])
def test_a_foreign_host_is_refused(name: str, world: World, at_work: Callable[[str], Client]) -> None:
    address = reverse(name, kwargs=SAMPLES[name][0](world))
    client = at_work(min(SAMPLES[name][1]))
    assert client.get(address, headers={"Host": "evil.example"}).status_code == 400


@pytest.mark.once
@pytest.mark.parametrize("name", sorted(SAMPLES))
def test_bodies_of_any_size_and_shape_break_nothing(name: str, world: World, at_work: Callable[[str], Client]) -> None:
    arguments, allowed = SAMPLES[name]
    address = reverse(name, kwargs=arguments(world))
    client = at_work(min(allowed))
    long = {key: value if isinstance(value, list) else str(value) * 20_000 for key, value in body(world).items()}
    assert client.post(address, long).status_code < 500
    many = "&".join(f"a{n}=1" for n in range(6000))
    form = "application/x-www-form-urlencoded"
    assert client.post(address, many, content_type=form).status_code in (302, 400, 404, 405, 413)
    for shape in (
        "multipart/form-data",
        "multipart/form-data; boundary=",
        "application/json",
        "text/xml",
        "x/" + "y" * 5000,
    ):
        assert client.post(address, b"\xff\xfe{]not this", content_type=shape).status_code < 500, shape
