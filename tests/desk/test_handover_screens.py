"""The screens of hand-over: out, look, take in; a package that is none is refused in words."""

import re
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from django.urls import reverse

from oasis.children.models import Child
from oasis.kit import envelope
from oasis.records.models import HandOver
from tests.world import World

Login = Callable[[str], Client]
OUT = {"on": "2026-11-23", "told": "当面告知父亲"}


@pytest.fixture(autouse=True)
def _home(settings: Any, tmp_path: Path) -> None:
    settings.HOME = tmp_path


def told(answer: Any) -> str:
    return str(answer.content.decode())


def package(client: Client, look: str) -> str:
    """The print of the package in the form, as the browser sends it."""
    found = re.search(r'name="package" value="([0-9a-f]{64})"', told(client.get(look)))
    assert found
    return found[1]


def test_from_one_school_to_the_next(world: World, login: Login) -> None:
    li, feng, lin = login("li"), login("feng"), world.children["lin"]
    where = reverse("child-handover", kwargs={"pk": lin.pk})
    assert "随孩子走的" in told(li.get(where))
    assert li.post(where, {"to": str(world.schools["柳溪"].pk), "on": "2026-11-23"}).status_code == 422
    done = li.post(where, OUT | {"to": str(world.schools["柳溪"].pk)})
    assert "等对方接收" in told(li.get(done["Location"]))
    assert feng.get(done["Location"]).status_code == 404
    page = told(feng.get(reverse("handovers")))
    row = HandOver.objects.within(world.scope("feng")).get(outgoing=False)
    look = reverse("handover", kwargs={"pk": row.pk})
    assert look in page
    assert look in told(feng.get("/"))
    assert "林晓晓" not in page
    assert "林晓晓" in told(feng.get(look))
    assert li.get(look).status_code == 404
    sent = {"klass": str(world.klasses["柳三1"].pk), "on": "2026-11-23"}
    assert feng.post(look, sent).status_code == 422, "nothing says what was looked at"
    answer = feng.post(look, sent | {"package": package(feng, look)})
    assert "林晓晓" in told(feng.get(answer["Location"]))
    assert li.get(answer["Location"]).status_code == 404
    assert "已接收" in told(li.get(done["Location"]))


def test_a_package_out_and_a_false_one_in(world: World, login: Login, tmp_path: Path) -> None:
    (tmp_path / "there").mkdir()
    there = envelope.keys_in(tmp_path / "there")
    li, lin = login("li"), world.children["lin"]
    where = reverse("child-handover", kwargs={"pk": lin.pk})
    assert "接收码不对" in told(li.post(where, OUT | {"other": "某校", "card": "OASIS1-X"}))
    done = li.post(where, OUT | {"other": "某校", "card": there.card.text})
    row = HandOver.objects.within(world.scope("li")).get()
    sent = li.post(reverse("handover-act", kwargs={"pk": row.pk, "what": "file"}))
    letter, sender = envelope.opened(sent.content, there)
    assert letter["file"]["child"]["name"] == "林晓晓"
    assert "attachment" in sent["Content-Disposition"]
    assert sender.fingerprint in told(li.get(reverse("handovers")))
    assert "导出转学包" in told(li.get(done["Location"]))
    upload = lambda data: login("feng").post(reverse("handovers"), {"file": SimpleUploadedFile("x", data)})  # noqa: E731
    assert "给别的系统" in told(upload(sent.content))
    assert "被改动过" in told(upload(sent.content[:-2] + b"xx"))
    assert "不是绿洲的转学包" in told(upload(b"hello"))
    assert "请选择" in told(login("feng").post(reverse("handovers")))


def test_a_package_is_taken_in_once_the_fingerprints_were_compared(world: World, login: Login, tmp_path: Path) -> None:
    (tmp_path / "there").mkdir()
    there, here = envelope.keys_in(tmp_path / "there"), envelope.keys_in(tmp_path)
    facts = {"name": "周小满", "sex": "2", "birth_on": "2017-05-06", "left_behind": 1}
    file = {"form": 1, "child": facts, "family": [], "hardships": [], "risk": [], "care": [], "past": []}
    letter = {"package": "01a20a92-135b-7336-8307-c83eb7f1b2ca", "from": "远山小学", "on": "2026-11-20", "file": file}
    feng = login("feng")
    data = SimpleUploadedFile("x", envelope.seal(letter, to=here.card, keys=there))
    look = feng.post(reverse("handovers"), {"file": data})["Location"]
    assert there.card.fingerprint in told(feng.get(look))
    sent = {"klass": str(world.klasses["柳三1"].pk), "on": "2026-11-23"}
    assert feng.post(look, sent).status_code == 422
    assert feng.post(look, sent | {"compared": "on"}).status_code == 422, "not bound to the package that was looked at"
    assert feng.post(look, sent | {"compared": "on", "package": package(feng, look)}).status_code == 302
    child = Child.objects.within(world.scope("feng")).get(name="周小满")
    assert (child.left_behind, child.klass) == (1, world.klasses["柳三1"])
