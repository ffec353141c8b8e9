"""Deciding a level on the screen, and the scheme's effect before it is saved."""

from collections.abc import Callable

from django.test import Client
from django.urls import reverse

from oasis.children.models import Child, RiskLevel
from oasis.children.risks import FACTORS
from tests.forms import fill
from tests.world import World

Login = Callable[[str], Client]
WHY = "a test looks"


def test_a_teacher_sees_the_reasons_and_decides(world: World, login: Login) -> None:
    client, lin = login("zhao"), world.children["lin"]
    assert "林晓晓" in client.get(reverse("klass-levels")).content.decode()
    where = reverse("child-level", kwargs={"pk": lin.pk})
    assert "父母双方外出" in client.get(where).content.decode()
    answer = client.post(where, {"level": "high", "reasons": "父母双方外出；照护人年迈"})
    assert answer["Location"] == reverse("child-help", kwargs={"pk": lin.pk})
    row = RiskLevel.objects.everywhere(why=WHY).get(child=lin)
    assert (row.level, row.proposed, row.points) == ("high", "plain", 3)
    assert Child.objects.everywhere(why=WHY).get(pk=lin.pk).key
    help_page = reverse("child-help", kwargs={"pk": lin.pk})
    assert "照护人年迈" in client.get(help_page).content.decode()
    helper = login("sun").get(help_page).content.decode()
    assert "高度关注" in helper
    assert "照护人年迈" not in helper
    assert "林晓晓" in client.get(reverse("klass-levels"), {"level": "high"}).content.decode()


def test_a_child_of_the_highest_level_is_a_key_child_and_never_called_by_the_other_level(
    world: World, login: Login
) -> None:
    client, lin = login("zhao"), world.children["lin"]
    client.post(reverse("child-level", kwargs={"pk": lin.pk}), {"level": "high", "reasons": "照护人年迈"})
    for where in (reverse("child", kwargs={"pk": lin.pk}), f"{reverse('children')}?only=key"):
        text = client.get(where).content.decode()
        assert "重点对象" in text
        assert "重点帮扶<" not in text


def test_the_effect_of_a_scheme_is_shown_before_it_is_saved(world: World, login: Login) -> None:
    client, where = login("li"), reverse("settings-levels")
    points = {one.code: str(one.points) for one in FACTORS}
    assert (
        "改后" in client.post(where, {**points, "high": "9", "key": "6", "watch": "1", "preview": "1"}).content.decode()
    )
    assert client.post(where, {**points, "high": "6", "key": "6", "watch": "1", "save": "1"}).status_code == 422
    assert fill(client, where, {**points, "high": "9", "key": "6", "watch": "1", "save": "1"}).status_code == 302
    assert login("wang").get(where).status_code == 200
