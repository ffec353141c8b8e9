"""A text that is too long is never cut in silence: the browser says so, and the server refuses in words and keeps it."""

from collections.abc import Callable

import pytest
from django.test import Client
from django.urls import reverse

from oasis.kit.ids import new_id
from oasis.kit.refused import Refused
from oasis.kit.text import fitting
from oasis.records.actions import correct_record, write_record
from tests.world import TODAY, World

Login = Callable[[str], Client]


def test_a_form_says_its_limit_to_the_script_and_lets_the_browser_cut_nothing(world: World, login: Login) -> None:
    page = login("zhao").get(reverse("record-new", kwargs={"kind": "talk"})).content.decode()
    assert 'data-limit="1000"' in page
    assert "maxlength" not in page


@pytest.mark.parametrize("name", ["tell", "account_login"])
def test_a_page_outside_the_desk_says_it_too(name: str, world: World) -> None:
    page = Client().get(reverse(name)).content.decode()
    assert "data-limit=" in page
    assert "desk/limit.js" in page
    assert "maxlength" not in page


def test_too_long_a_text_comes_back_whole_with_the_reason(world: World, login: Login) -> None:
    told = {"id": str(new_id()), "child": str(world.children["lin"].pk), "happened_on": str(TODAY), "reason": "daily"}
    long = "聊" * 1004
    answer = login("zhao").post(reverse("record-new", kwargs={"kind": "talk"}), told | {"summary": long})
    page = answer.content.decode()
    assert "最多1000个字，现在是1004个，请删短" in page
    assert long in page


def test_a_reason_that_is_too_long_is_refused_and_not_shortened(world: World) -> None:
    zhao = world.scope("zhao")
    fields = {"happened_on": str(TODAY), "summary": "聊了聊", "reason": "daily"}
    (row,) = write_record(zhao, id=new_id(), kind="talk", children=[world.children["lin"]], fields=fields)
    with pytest.raises(Refused) as refused:
        correct_record(zhao, record=row.pk, based_on=row.version, fields=fields | {"summary": "改"}, reason="因" * 121)
    assert refused.value.message == "原因最多120个字，现在是121个，请删短"
    assert fitting(" 因 ", 1, "原因") == "因"
