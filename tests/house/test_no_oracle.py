"""What is out of sight answers as what does not exist: the same page, the same heads, the same questions to the database.

A clock would make a flaky test; equal questions in equal order leave nothing for a clock to tell (design.md 5, issue 3 part 5).
"""

import re
import uuid
from collections.abc import Callable
from typing import Any

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from tests.house.samples import SAMPLES
from tests.world import World

EACH = re.compile(r"csrfmiddlewaretoken\" value=\"[^\"]+|nonce-[^\"']+|'[^']*'|\b[0-9a-f]{32}\b|[0-9a-f-]{36}|\b\d+\b")
BY_ID = sorted(name for name, (_arguments, allowed) in SAMPLES.items() if {"qian", "feng"} - allowed)
SEEN = frozenset({"letter-klass"})  # the letter is the whole school's, only the class is out of sight


def shape(words: str) -> str:
    """Give a text without the ids, tokens and numbers that differ each time."""
    return EACH.sub("?", words)


def told(client: Client, method: str, address: str) -> tuple[Any, ...]:
    """Give everything a person, or a clock beside her, can tell one answer from another by."""
    with CaptureQueriesContext(connection) as asked:
        answer = client.generic(method, address)
    heads = {name: shape(value) for name, value in answer.headers.items() if name != "Content-Length"}
    return answer.status_code, shape(answer.content.decode()), heads, [shape(line["sql"]) for line in asked]


@pytest.mark.parametrize("name", BY_ID)
def test_out_of_sight_and_not_there_cannot_be_told_apart(
    name: str, world: World, login: Callable[[str], Client]
) -> None:
    arguments, allowed = SAMPLES[name]
    real = arguments(world)
    ids = [key for key, value in real.items() if isinstance(value, uuid.UUID)]
    if not ids:
        return
    made_up = real | {key: uuid.uuid4() for key in (ids[-1:] if name in SEEN else ids)}
    for who in sorted({"qian", "feng"} - allowed):
        client = login(who)
        client.get(reverse("mine"))  # the first page of a minute asks what holds for the log-in
        for method in ("GET", "POST"):
            there = told(client, method, reverse(name, kwargs=real))
            nowhere = told(client, method, reverse(name, kwargs=made_up))
            assert there == nowhere, (who, method)


def test_a_search_for_a_child_of_another_class_is_a_search_for_nobody(
    world: World, login: Callable[[str], Client]
) -> None:
    client, he = login("zhao"), world.children["he"]
    client.get(reverse("mine"))
    for real, nobody in (("何静怡", "欧阳不在"), ("hejingyi", "ouyangbuzai"), (he.id_number[-4:], "000X")):
        answers = []
        for words in (real, nobody):
            with CaptureQueriesContext(connection) as asked:
                answer = client.post(reverse("children"), {"words": words})
            page = shape(answer.content.decode().replace(words, "?"))
            answers.append((answer.status_code, page, len(asked)))
        assert answers[0] == answers[1], real


def test_an_id_that_is_taken_out_of_sight_answers_as_one_s_own(world: World, login: Callable[[str], Client]) -> None:
    client, answers = login("zhao"), []
    client.get(reverse("mine"))
    typed = {"name": "宋佳", "sex": "2", "klass": str(world.klasses["三1"].pk), "on": "2026-09-01", "sure": "on"}
    for who in ("lin", "he"):
        with CaptureQueriesContext(connection) as asked:
            answer = client.post(reverse("child-new"), typed | {"id": str(world.children[who].pk)})
        answers.append((answer.status_code, shape(answer.content.decode()), [shape(line["sql"]) for line in asked]))
    assert answers[0][0] == 422
    assert answers[0] == answers[1]
