"""The screens of papers: order a file, print cards, scan one."""

from collections.abc import Callable

import pytest
from django.test import Client
from django.urls import reverse

from oasis.papers.models import CardIssue
from tests.world import World

Login = Callable[[str], Client]


def order(client: Client, world: World, paper: str, **change: str) -> "object":
    fields = {"place": str(world.klasses["三1"].pk), "whom": "cared", "purpose": "contact"} | change
    return client.post(reverse("papers-order", kwargs={"paper": paper}), fields)


@pytest.mark.parametrize(("paper", "begins"), [("roster", b"PK"), ("registration", b"PK"), ("cards", b"%PDF")])
def test_a_teacher_orders_a_file(paper: str, begins: bytes, world: World, login: Login) -> None:
    answer = order(login("zhao"), world, paper)
    assert answer.content.startswith(begins)
    assert "attachment" in answer["Content-Disposition"]
    assert "%E7%95%99%E5%AE%88" not in answer["Content-Disposition"]
    assert "no-store" in answer["Cache-Control"]


def test_without_a_purpose_the_form_asks_again(world: World, login: Login) -> None:
    answer = order(login("zhao"), world, "roster", purpose="")
    assert answer.status_code == 200
    assert "还不能保存" in answer.content.decode()


def test_another_class_cannot_be_chosen(world: World, login: Login) -> None:
    answer = order(login("zhao"), world, "roster", place=str(world.klasses["三2"].pk))
    assert answer["Content-Type"].startswith("text/html")


def test_an_unknown_paper_is_not_found(world: World, login: Login) -> None:
    assert login("zhao").get(reverse("papers-order", kwargs={"paper": "nothing"})).status_code == 404


def test_one_child_gets_a_form(world: World, login: Login) -> None:
    address = reverse("papers-child", kwargs={"pk": world.children["lin"].pk, "paper": "registration"})
    assert login("zhao").post(address).content.startswith(b"PK")
    assert login("qian").post(address).status_code == 404


def test_the_page_of_a_card_shows_the_school_and_no_child(world: World, login: Login) -> None:
    order(login("zhao"), world, "cards")
    token = CardIssue.objects.everywhere(why="a test looks").get(child=world.children["lin"]).token
    text = Client().get(reverse("card", kwargs={"token": token})).content.decode()
    assert "这张联系卡是最新的" in text
    assert "赵明霞" in text
    assert not any(word in text for word in ("林晓晓", "黄桂英", "19900000003", "留守"))
    assert Client().get(reverse("card", kwargs={"token": "no-such"})).status_code == 404


def test_a_lost_card_says_so_when_scanned(world: World, login: Login) -> None:
    zhao = login("zhao")
    order(zhao, world, "cards")
    token = CardIssue.objects.everywhere(why="a test looks").get(child=world.children["lin"]).token
    zhao.post(reverse("papers-card-lost", kwargs={"pk": world.children["lin"].pk}))
    assert "已经停用" in Client().get(reverse("card", kwargs={"token": token})).content.decode()
    assert "还没有发卡" in zhao.get(reverse("papers-cards")).content.decode()


@pytest.mark.parametrize(("paper", "ending"), [("roster", "docx"), ("roster", "xlsx"), ("registration", "xlsx")])
def test_a_paper_comes_in_the_chosen_file_type(paper: str, ending: str, world: World, login: Login) -> None:
    answer = order(login("zhao"), world, paper, ending=ending)
    assert answer["Content-Disposition"].endswith(f".{ending}")
    assert answer["Content-Type"].split(".")[-1] == {"docx": "document", "xlsx": "sheet"}[ending]


def test_a_file_type_a_paper_does_not_come_in_is_refused(world: World, login: Login) -> None:
    assert order(login("zhao"), world, "roster", ending="pdf")["Content-Type"].startswith("text/html")
    address = reverse("papers-child", kwargs={"pk": world.children["lin"].pk, "paper": "registration"})
    assert login("zhao").post(address, {"ending": "pdf"}).status_code == 302
    assert login("zhao").post(address, {"ending": "xlsx"}).content.startswith(b"PK")
