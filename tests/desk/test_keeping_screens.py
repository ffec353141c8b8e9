"""The screen of retention: preview, confirmation, proof."""

from collections.abc import Callable

from django.test import Client
from django.urls import reverse

from oasis.children.models import Child
from tests.forms import fill
from tests.records.test_keeping import gone, left_long_ago
from tests.world import World

Login = Callable[[str], Client]


def test_preview_confirm_proof(world: World, login: Login) -> None:
    lin, li = left_long_ago(world), login("li")
    page = li.get(reverse("settings-keeping")).content.decode()
    assert "林晓晓" in page
    assert "2023年7月1日已满期限" in page
    where = reverse("settings-keeping-confirm")
    assert login("zhao").post(where, {"child": [str(lin.pk)]}).status_code == 404
    login("feng").post(where, {"child": [str(lin.pk)]})
    li.post(where, {"child": ["x"]})
    assert not gone(lin)
    li.post(where, {"child": [str(lin.pk)]})
    assert gone(lin)
    page = li.get(reverse("settings-keeping")).content.decode()
    assert "林晓晓" not in page
    assert "删除档案1份" in page
    assert li.get(reverse("trail")).status_code == 200


def test_the_periods_are_set_on_the_screen(world: World, login: Login) -> None:
    li, sent = login("li"), {"records": "12", "confidential": "24", "file": "60", "way": "anonymise"}
    assert fill(li, reverse("settings-keeping"), sent | {"file": "6"}).status_code == 422
    assert fill(li, reverse("settings-keeping"), sent).status_code == 302
    assert 'value="60"' in li.get(reverse("settings-keeping")).content.decode()
    assert Child.objects.within(world.scope("li")).exists()
