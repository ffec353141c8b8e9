"""The disk is full, the database is away: a clear page says what to do (what is kept then: tests/storm)."""

from collections.abc import Callable
from typing import Any

import pytest
from django.contrib.sessions.exceptions import SessionInterrupted
from django.core.exceptions import BadRequest
from django.db import DatabaseError, InterfaceError, OperationalError
from django.test import Client, RequestFactory
from django.urls import reverse

from oasis.desk.failing import failed, refused


@pytest.mark.parametrize(
    ("error", "status", "words"),
    [
        (OperationalError("could not extend file: No space left on device"), 503, "硬盘满了"),
        (OperationalError("database is locked"), 503, "过一会儿返回"),
        (InterfaceError("connection already closed"), 503, "过一会儿返回"),
        (DatabaseError("a mistake of ours"), 500, "没有完成"),
        (ValueError("a mistake of ours"), 500, "没有完成"),
    ],
)
def test_each_failure_has_its_page(error: Exception, status: int, words: str) -> None:
    try:
        raise error
    except Exception:
        answer = failed(RequestFactory().get("/"))
    assert answer.status_code == status
    assert words in answer.content.decode()


def test_a_session_that_could_not_be_written_asks_to_press_again() -> None:
    assert refused(RequestFactory().get("/"), SessionInterrupted("gone")).status_code == 503
    assert refused(RequestFactory().get("/"), BadRequest("odd")).status_code == 400


@pytest.mark.parametrize("sent", [{"summary": "a\0b"}, {"\0": ["x"], "child": "\0"}])
def test_a_nul_character_is_refused_before_anything_reads_it(
    login: Callable[[str], Client], sent: dict[str, Any]
) -> None:
    address = reverse("record-new", kwargs={"kind": "talk"})
    assert login("zhao").post(address, sent).status_code == 400
    assert login("zhao").get(address, sent).status_code == 400


def test_a_search_as_long_as_a_book_finds_nothing_and_fails_nowhere(login: Callable[[str], Client]) -> None:
    sent = {"words": "长" * 20_000}
    assert login("zhao").post(reverse("record-children", kwargs={"kind": "talk"}), sent).status_code == 200
    assert login("zhao").post(reverse("children"), sent).status_code == 200
