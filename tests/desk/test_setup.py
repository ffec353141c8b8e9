"""The first page of an empty installation."""

import pytest
from django.apps import apps
from django.test import Client
from django.urls import reverse

from oasis.people.models import User
from oasis.places.models import School
from tests.world import World

GIVEN = {
    "name": "新溪小学", "system": "6-3", "year": 2026, "half": 1, "starts_on": "2026-09-01", "ends_on": "2027-01-20",
    "administrator": "何文", "also": "principal", "username": "hewen", "password": "river-stone-41", "again": "river-stone-41",
}  # fmt: skip


@pytest.fixture
def empty(db: None) -> None:
    """A database without anybody; rolled back with the test."""
    for model in apps.get_models():
        if model.__module__.startswith(("oasis.", "allauth.")):
            model._base_manager.all()._raw_delete("default")


def test_the_page_is_closed_once_anybody_is_there(world: World) -> None:
    assert Client().get(reverse("setup")).status_code == 404
    assert Client().post(reverse("setup"), GIVEN).status_code == 404


@pytest.mark.usefixtures("empty")
def test_a_school_is_founded_and_the_administrator_is_in() -> None:
    client = Client()
    assert client.get(reverse("account_login"))["Location"] == reverse("setup")
    assert "开始使用绿洲" in client.get(reverse("setup")).content.decode()
    answer = client.post(reverse("setup"), GIVEN, follow=True)
    assert "做完一项，这里会自动打钩" in answer.content.decode()
    assert School.objects.get().name == "新溪小学"
    assert {post.role for post in User.objects.get().posts.all()} == {"administrator", "principal"}
    assert client.get(reverse("setup")).status_code == 404


@pytest.mark.usefixtures("empty")
@pytest.mark.parametrize(
    ("change", "words"),
    [
        ({"again": "other-stone-41"}, "两次输入的密码不一样"),
        ({"password": "12345678901", "again": "12345678901"}, "密码"),
        ({"ends_on": "2026-08-01"}, "日期要依次排列"),
    ],
)
def test_what_is_wrong_is_said_and_nothing_is_made(change: dict[str, str], words: str) -> None:
    answer = Client().post(reverse("setup"), GIVEN | change)
    assert words in answer.content.decode()
    assert not User.objects.exists()
