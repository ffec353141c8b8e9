"""Health: nil reports, findings, illnesses with who was told and who paid; and who is kept out."""

from collections.abc import Callable
from datetime import timedelta
from decimal import Decimal

import pytest
from django.test import Client
from django.urls import reverse

from oasis.campus import health as ask
from oasis.campus.actions.health import check_class, repay, revise_illness, tell
from oasis.campus.models import HealthCheck, HealthFinding, Illness
from oasis.kit.dates import now
from oasis.kit.refused import Refused
from oasis.records.actions.illness import back_in_class, open_illness
from oasis.records.models import Record
from tests.world import TODAY, World

WHY = "a test looks"
Login = Callable[[str], Client]


def ill(world: World) -> Illness:
    """Lin has a fever."""
    return open_illness(world.scope("zhao"), world.children["lin"], sort="ill", seen_at=now(), seen="发热38.4")


def code(act: Callable[[], object]) -> str:
    with pytest.raises(Refused) as caught:
        act()
    return caught.value.code


def test_a_class_without_anybody_ill_hands_in_a_nil_report(world: World, login: Login) -> None:
    where = reverse("health-check", kwargs={"pk": world.klasses["三1"].pk, "turn": "morning"})
    assert login("zhao").post(where).status_code == 302
    row = HealthCheck.objects.everywhere(why=WHY).get()
    assert (row.expected, row.present) == (3, 3)
    assert "3/3" in login("li").get(reverse("health")).content.decode()


def test_who_chose_nobody_is_told_what_to_do(world: World, login: Login) -> None:
    where = reverse("health-check", kwargs={"pk": world.klasses["三1"].pk, "turn": "morning"})
    zhao = login("zhao")
    assert "还没有选孩子" not in zhao.get(where).content.decode()
    assert "还没有选孩子" in zhao.get(where + "?asked=1").content.decode()


def test_a_report_made_again_takes_the_place_of_the_first(world: World, login: Login) -> None:
    zhao, lin, yang = login("zhao"), str(world.children["lin"].pk), str(world.children["yang"].pk)
    where = reverse("health-check", kwargs={"pk": world.klasses["三1"].pk, "turn": "morning"})
    assert "林晓晓" in zhao.get(where + f"?child={lin}").content.decode()
    assert zhao.post(where, {"child": lin}).status_code == 422
    zhao.post(where, {"child": lin, f"{lin}-absent": "on", f"{lin}-symptoms": ["fever"], f"{lin}-temperature": "38.5"})
    zhao.post(where, {"child": yang, f"{yang}-symptoms": ["cough"]})
    (row,) = HealthFinding.objects.everywhere(why=WHY).all()
    assert row.words() == "咳嗽"
    assert HealthCheck.objects.everywhere(why=WHY).get().present == 3


def test_an_illness_is_followed_until_the_money_is_back(world: World) -> None:
    zhao, row = world.scope("zhao"), ill(world)
    assert [one.pk for one in ask.running(zhao)] == [row.pk]
    mother = {"whom": "mother", "told_at": now()}
    tell(zhao, row, **mother, heard=False)
    assert not ask.illnesses(zhao).get().told
    tell(zhao, row, **mother, heard=True, answer="请老师先带去看")
    assert ask.illnesses(zhao).get().told
    money = {"cost": Decimal("80"), "advanced": Decimal("80")}
    assert code(lambda: revise_illness(zhao, row, **money)) == "advance"
    assert code(lambda: revise_illness(zhao, row, **money, advanced_by=str(world.users["feng"].pk))) == "lender"
    revise_illness(zhao, row, **money, advanced_by=str(world.users["sun"].pk), clinic="镇卫生院", diagnosis="感冒")
    back_in_class(zhao, row, on=TODAY, words="好了")
    assert code(lambda: back_in_class(zhao, row, on=TODAY)) == "back"
    (lender,) = ask.lenders(ask.owed(zhao))
    assert (lender.name, lender.total) == ("孙丽", Decimal("80"))
    repay(zhao, row, how="家长转账")
    assert code(lambda: repay(zhao, row, how="again")) == "nothing-owed"
    assert code(lambda: revise_illness(zhao, row, cost=None, advanced=None)) == "repaid"
    assert ask.running(zhao) == []
    told = Record.objects.everywhere(why=WHY).filter(kind="illness").order_by("pk")
    assert [one.details["stage"] for one in told] == ["seen", "back"]


def test_nothing_is_seen_before_it_happens(world: World) -> None:
    zhao, lin = world.scope("zhao"), world.children["lin"]
    later = now() + timedelta(hours=1)
    assert code(lambda: open_illness(zhao, lin, sort="ill", seen_at=later, seen="x")) == "seen_at"
    row = ill(world)
    assert code(lambda: tell(zhao, row, whom="carer", told_at=later, heard=True)) == "told_at"
    assert code(lambda: back_in_class(zhao, row, on=TODAY + timedelta(days=1))) == "day"


def test_other_classes_have_no_hand_in_it(world: World) -> None:
    row, klass = ill(world), world.klasses["三1"]
    for who in ("qian", "zheng", "feng", "zhou"):
        scope = world.scope(who)
        assert ask.running(scope) == []
        assert code(lambda: repay(scope, row, how="x")) == "out-of-reach"  # noqa: B023
        assert code(lambda: check_class(scope, klass, turn="noon", found={})) == "out-of-reach"  # noqa: B023
    he = world.children["he"].pk
    assert code(lambda: check_class(world.scope("zhao"), klass, turn="noon", found={he: {"absent": True}})) == "pupil"


def test_a_case_through_the_browser(world: World, login: Login) -> None:
    sun, lin = login("sun"), world.children["lin"]
    assert "林晓晓" in sun.get(reverse("health-new")).content.decode()
    told = {"child": str(lin.pk), "sort": "accident", "seen_at": "2026-11-23T09:10", "seen": "摔了一跤，手腕肿"}
    assert sun.post(reverse("health-new"), told | {"seen": ""}).status_code == 422
    where = sun.post(reverse("health-new"), told)["Location"]
    assert "还没有联系上家里" in sun.get(where).content.decode()
    assert "还没有告诉家里" in login("zhao").get(reverse("today-around")).content.decode()
    sun.post(where, {"form": "told", "whom": "carer", "told_at": "2026-11-23T09:20", "heard": "on"})
    money = {"cost": "35", "advanced": "35", "advanced_by": str(world.users["sun"].pk)}
    assert sun.post(where, {"form": "more", "cost": "35", "advanced": "35"}).status_code == 422
    sun.post(where, {"form": "more", "clinic": "镇卫生院", **money})
    assert "孙丽" in login("li").get(reverse("health-money")).content.decode()
    sun.post(where, {"form": "repaid", "how": "奶奶还的"})
    sun.post(where, {"form": "back", "on": "2026-11-23"})
    page = sun.get(where).content.decode()
    assert "已归还" in page
    assert "留守" not in page
    assert "手腕肿" in login("zhao").get(reverse("child-records", kwargs={"pk": lin.pk})).content.decode()
