"""What takes past records out asks for a fresh second factor where the school wants one; everything else never does."""

from collections.abc import Callable

import pytest
from allauth.mfa.models import Authenticator
from django.test import Client
from django.urls import reverse

from oasis.papers.forms import PAPERS
from oasis.papers.ledgers import LEDGERS, SLIPS
from oasis.people.models import AccessRules
from tests.house.samples import SAMPLES
from tests.world import World

Login = Callable[[str], Client]
PROOF, SET_UP = "/account/mfa/reauthenticate/", "/account/mfa/"
PAST = {
    "growth", "visit-form", "talk-form", "contact-log", "carer-log", "tutoring-log", "help-log", "dropout-ledger", "honours", "changes",
}  # fmt: skip
PAST_LEDGERS = {
    "hazards-home", "incidents", "health-absent", "health-ill", "dorm-calls", "dorm-rounds", "dorm-leaves", "dorm-weekends", "dorm-visitors",
}  # fmt: skip


@pytest.fixture
def guarded(world: World) -> World:
    AccessRules.objects.everywhere(why="a test").update(fresh_minutes=15)
    return world


def test_every_paper_says_whether_it_tells_of_the_past() -> None:
    assert {paper.code for paper in PAPERS if paper.history} == PAST
    assert {ledger.code for ledger in LEDGERS if ledger.history} == PAST_LEDGERS
    assert {slip.code for slip in SLIPS if slip.history} == {"incident", "screening"}


@pytest.mark.parametrize("paper", [paper.code for paper in PAPERS])
def test_a_paper_of_past_records_is_kept_until_the_factor_is_fresh(paper: str, guarded: World, login: Login) -> None:
    li, lin = login("li"), guarded.children["lin"].pk
    order = reverse("papers-order", kwargs={"paper": paper})
    fields = {"place": str(guarded.klasses["三1"].pk), "whom": "cared", "purpose": "report"}
    answers = [li.get(order), li.post(order, fields)]
    answers.append(li.post(reverse("papers-child", kwargs={"pk": lin, "paper": paper})))
    for answer in answers:
        led = answer.status_code == 302 and answer["Location"].startswith(PROOF)
        assert led == (paper in PAST)


@pytest.mark.parametrize("code", [ledger.code for ledger in LEDGERS])
def test_a_ledger_of_children_s_past_is_kept_too(code: str, guarded: World, login: Login) -> None:
    li = login("li")
    order = reverse("ledger", kwargs={"code": code})
    fields = {
        "school": str(guarded.schools["青河县"].pk),
        "from_on": "2026-09-01",
        "to_on": "2026-11-23",
        "ending": "xlsx",
    }
    for answer in (li.get(order), li.post(order, fields)):
        assert (answer.status_code == 302 and answer["Location"].startswith(PROOF)) == (code in PAST_LEDGERS)


@pytest.mark.parametrize(
    ("name", "who", "sends"),
    [("paper-inspection-take", "li", True), ("inspect-open", "du", True), ("paper-summary-stories", "li", False),
     ("petition", "li", False), ("petition-act", "li", True), ("handover", "feng", False), ("handover-act", "feng", True),
     ("incident", "li", False), ("incident", "li", True), ("schooling-case", "li", False), ("schooling-case", "li", True)],
)  # fmt: skip
def test_packages_and_chosen_records_are_kept_too(
    name: str, who: str, sends: bool, guarded: World, login: Login
) -> None:
    make, _seen = SAMPLES[name]
    address = reverse(name, kwargs=make(guarded))
    client = login(who)
    answer = client.post(address) if sends else client.get(address)
    assert answer.status_code == 302
    assert answer["Location"].startswith(PROOF)


def test_who_has_no_factor_is_led_to_one_and_comes_back_to_the_child(guarded: World, login: Login) -> None:
    lin = guarded.children["lin"].pk
    address = reverse("papers-child", kwargs={"pk": lin, "paper": "growth"})
    assert login("zhao").post(address)["Location"] == SET_UP
    assert login("zhao").get(address)["Location"] == reverse("child", kwargs={"pk": lin})
    assert Authenticator.objects.filter(user=guarded.users["zhao"]).count() == 0
