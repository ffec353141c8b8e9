"""No child's name, number or phone leaves a page's body: not by address, header, file name, title, log line or error page."""

import logging
import re
from collections.abc import Callable, Iterator
from html import unescape
from urllib.parse import unquote

import pytest
from django.db import IntegrityError
from django.test import Client
from django.urls import reverse

from oasis.children.models import Phone
from oasis.config.logs import Wordless
from tests.house.samples import SAMPLES
from tests.world import World

pytestmark = pytest.mark.once
ADDRESSES = re.compile(r'(?:href|src|action|hx-(?:get|post)|formaction|data-[a-z-]*url)="([^"]*)"')
TITLE = re.compile(r"<title>(.*?)</title>", re.DOTALL)
EYES = ("zhao", "li", "sun", "zheng")
OPEN = ("text/html", "application/json", "text/plain")


def secrets(world: World) -> list[str]:
    """What must not get out: names and sounds of the children, their numbers, the numbers of their families."""
    children = world.children.values()
    phones = Phone.objects.everywhere(why="a test looks").filter(person__in=world.persons.values())
    told = [child.name for child in children] + [child.pinyin for child in children]
    told += [child.id_number for child in children] + [person.name for person in world.persons.values()]
    return told + [phone.number for phone in phones]


class Lines(logging.Handler):
    """Keeps every line any logger writes, as the console would show it."""

    def __init__(self) -> None:
        super().__init__(logging.DEBUG)
        self.setFormatter(Wordless("%(name)s %(message)s"))
        self.told: list[str] = []

    def emit(self, record: logging.LogRecord) -> None:
        if record.name != "django.db.backends":  # off in every installation: it would write the statements themselves
            self.told.append(self.format(record))


@pytest.fixture
def lines() -> Iterator[Lines]:
    """Listen to all loggers at their loudest."""
    root, kept = logging.getLogger(), Lines()
    before = root.level
    root.addHandler(kept)
    root.setLevel(logging.DEBUG)
    yield kept
    root.removeHandler(kept)
    root.setLevel(before)


def outside(answer: object) -> str:
    """What of an answer others than its reader may see: headers, addresses, the title; of an error the whole page."""
    headers = "\n".join(f"{name}: {value}" for name, value in answer.headers.items())  # type: ignore[attr-defined]
    if getattr(answer, "streaming", False) or not answer.headers.get("Content-Type", "").startswith(OPEN):  # type: ignore[attr-defined]
        return unquote(headers)
    body = answer.content.decode()  # type: ignore[attr-defined]
    if answer.status_code >= 400 and answer.status_code != 422:  # type: ignore[attr-defined]
        return unquote(headers + body)
    found = [address for address in ADDRESSES.findall(body) if not address.startswith("tel:")]
    return unescape(unquote("\n".join([headers, *found, *TITLE.findall(body)])))


@pytest.mark.parametrize("name", sorted(SAMPLES))
def test_a_route_lets_no_name_out(name: str, world: World, login: Callable[[str], Client], lines: Lines) -> None:
    told, address = secrets(world), reverse(name, kwargs=SAMPLES[name][0](world))
    for who in EYES:
        client = login(who)
        for answer in (client.get(address), client.post(address, {"name": "林晓晓", "q": "19900000003"})):
            seen = outside(answer)
            assert [word for word in told if word in seen] == [], f"{who} {answer.status_code}"
            assert "留守" not in "".join(TITLE.findall(seen))
    logged = unquote("\n".join(lines.told))
    assert [word for word in told if word in logged] == []


@pytest.mark.parametrize("name", sorted(SAMPLES))
def test_who_has_no_need_of_id_numbers_gets_none(name: str, world: World, login: Callable[[str], Client]) -> None:
    address = reverse(name, kwargs=SAMPLES[name][0](world))
    for who in ("sun", "zheng", "zhou", "xu"):
        body = login(who).get(address).content.decode(errors="ignore")
        for child in world.children.values():
            assert child.id_number not in body
            assert child.id_number[6:14] not in body, "not its birthday part either"
            assert f"{child.id_number[:4]}****" not in body, "nor a masked one"


def test_an_error_is_logged_without_its_words(lines: Lines) -> None:
    words = "DETAIL: Key (name)=(林晓晓, 19900000003) already exists."
    try:
        try:
            raise IntegrityError(words)
        except IntegrityError as error:
            raise ValueError(words) from error
    except ValueError:
        logging.getLogger("django.request").exception("Internal Server Error: /children/")
    (told,) = lines.told
    assert "林晓晓" not in told
    assert "19900000003" not in told
    assert "IntegrityError" in told
    assert "ValueError" in told
    assert "test_names_stay_in.py" in told
