"""What is typed is kept on the device under a key of its own: no form's draft may land in another form."""

import re
from collections.abc import Callable

from django.db import transaction
from django.test import Client
from django.urls import reverse

from tests.house.samples import SAMPLES
from tests.world import World

FORM = re.compile(r"<form [^>]*data-draft[^>]*>")
NAME = re.compile(r'data-draft="([^"]+)"')
ID = re.compile(r' id="([^"]+)"')


def keys(page: str) -> list[str]:
    """Give the keys of a page's drafts, as static/desk/drafts.js makes them."""
    found = [(NAME.search(form), ID.search(form)) for form in FORM.findall(page)]
    return [(name or id_)[1] if name or id_ else "" for name, id_ in found]  # type: ignore[index]


def test_no_two_forms_of_a_page_share_a_draft(world: World, login: Callable[[str], Client]) -> None:
    several = set()
    for name, (arguments, allowed) in sorted(SAMPLES.items()):
        client = login(min(allowed & {"li", "zhao"} or allowed))
        with transaction.atomic():
            answer = client.get(reverse(name, kwargs=arguments(world)))
            held = keys(answer.text) if answer.get("Content-Type", "").startswith("text/html") else []
            transaction.set_rollback(True)
        assert len(held) == len(set(held)), name
        several |= {name} if len(held) > 1 else set()
    assert "child-plan" in several
