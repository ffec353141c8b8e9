"""学校: every number of the page opens a list that says the same."""

import re
from collections.abc import Callable
from html import unescape

import pytest
from django.test import Client
from django.urls import reverse

from oasis.campus.models import Hazard
from oasis.figures.models import Snapshot
from oasis.people.roles import Need
from oasis.places.models import Term
from tests.figures.chance import fill, spring
from tests.world import TODAY, World

Login = Callable[[str], Client]
LINK = re.compile(r'<a class="num-link" href="([^"]+)">(\d+)<')
NUMBER = re.compile(r'<p class="list-number"><strong>(\d+|—)</strong>')


@pytest.mark.parametrize("page", ["school", "school-classes", "school-makeup", "school-work", "school-daily"])
def test_every_linked_number_is_the_number_of_its_list(page: str, world: World, login: Login) -> None:
    spring(world)
    fill(world, 11, count=25)
    client = login("li")
    links = LINK.findall(client.get(reverse(page)).content.decode())
    assert len(links) > 10
    for href, number in links[:: max(1, len(links) // 15)]:
        answer = client.get(unescape(href))
        assert NUMBER.findall(answer.content.decode()) == [number], href


@pytest.mark.parametrize("period", ["t2025-2", "y2026", "m2026-10", "t2026-1v2"])
def test_other_periods_open_too(period: str, world: World, login: Login) -> None:
    spring(world)
    fill(world, 2, count=10)
    for page in ("school", "school-makeup", "school-work", "school-export"):
        assert login("li").get(reverse(page), {"period": period}).status_code == 200


def test_a_teacher_sees_her_class_and_no_other(world: World, login: Login) -> None:
    client = login("zhao")
    own = client.get(reverse("school")).content.decode()
    assert "三（1）班" in own
    assert "三（2）班" not in own
    for place in (f"klass-{world.klasses['三2'].pk}", f"school-{world.schools['青河县'].pk}", "school-x", "x"):
        for page, known in (("school", {}), ("school-export", {}), ("figure", {"code": "left"})):
            assert client.get(reverse(page, kwargs=known), {"place": place}).status_code == 404


def test_a_list_names_the_children_and_what_their_files_lack(world: World, login: Login) -> None:
    text = login("zhao").get(reverse("figure", kwargs={"code": "files-open"})).content.decode()
    assert "林晓晓" in text
    assert "缺：" in text
    assert "杨帆" not in text


def test_an_unknown_number_or_period_is_not_found(world: World, login: Login) -> None:
    client = login("li")
    assert client.get(reverse("figure", kwargs={"code": "nothing"})).status_code == 404
    assert client.get(reverse("figure", kwargs={"code": "left"}), {"period": "t1999-1"}).status_code == 404


def test_without_a_term_the_page_says_what_to_do(world: World, login: Login) -> None:
    Term.objects.filter(school=world.schools["青河县"]).delete()
    assert "还没有学期" in login("li").get(reverse("school")).content.decode()
    assert login("li").get(reverse("school-export")).status_code == 404


def test_a_principal_closes_a_term_and_the_page_says_so(world: World, login: Login) -> None:
    term, client = spring(world), login("li")
    address = {"period": "t2025-2"}
    assert "给本学期结账" in client.get(reverse("school"), address).content.decode()
    client.post(reverse("school-close", kwargs={"pk": term.pk}))
    assert Snapshot.objects.within(world.scope("li"), Need.FIGURES).count() == 1
    assert "本学期已经结账" in client.get(reverse("school"), address).content.decode()
    assert "结账" not in login("zhao").get(reverse("school")).content.decode()
    assert login("zhao").post(reverse("school-close", kwargs={"pk": term.pk})).status_code == 404


def test_no_title_says_the_word(world: World, login: Login) -> None:
    for page, known in (("school", {}), ("school-work", {}), ("figure", {"code": "left"})):
        text = login("zhao").get(reverse(page, kwargs=known)).content.decode()
        assert "留守" not in re.findall(r"<title>(.*?)</title>", text)[0]


def test_the_list_behind_many_records_has_pages(world: World, login: Login) -> None:
    fill(world, 4, count=60)
    place = f"school-{world.schools['青河县'].pk}"
    address = reverse("figure", kwargs={"code": "pupils"})
    assert login("li").get(address, {"place": place, "from": "100"}).status_code == 200
    assert login("li").get(address, {"place": place, "from": "abc"}).status_code == 200


def test_daily_life_is_folded_and_says_what_is_open(world: World, login: Login) -> None:
    school, user = world.schools["青河县"], world.users["li"]
    found = {"found_on": TODAY, "due_on": TODAY, "sort": "water", "where": "池塘", "owner": user}
    Hazard.objects.create(school=school, by=user, **found)
    text = login("li").get(reverse("school-daily")).content.decode()
    folded = text.partition("学校工作")[2].partition("</summary>")[0]
    assert "校园安全隐患1处" in folded
    assert "校园隐患还没有销号1处" in folded
    assert "<details" in text
    assert " open>" not in text
    assert " open>" in login("li").get(reverse("school-daily"), {"all": "1"}).content.decode()


def test_whoever_has_one_class_chooses_at_once_and_a_leader_opens_a_class_first(world: World, login: Login) -> None:
    for route in ("schooling-new", "hazard-home", "incident-new", "health-new"):
        own, whole = (login(who).get(reverse(route)).content.decode() for who in ("zhao", "li"))
        assert "林晓晓" in own
        assert "fold" not in own
        assert whole.count('class="box fold"') == 2, route
        assert "林晓晓" in whole
