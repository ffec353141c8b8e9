"""Staff are checked every year, helpers from outside before they begin (未成年人保护法 62)."""

from collections.abc import Callable
from datetime import date, timedelta

import pytest
from django.test import Client
from django.urls import reverse

from oasis.children.actions import pairing
from oasis.children.pairs import outsiders_of
from oasis.kit.dates import months_after
from oasis.kit.refused import Refused
from oasis.people import actions, vetting
from oasis.people.looks import loud
from oasis.people.models import StaffCheck
from oasis.people.vetting import State
from tests.children.test_pairing import agree
from tests.forms import fill
from tests.world import TODAY, World

Login = Callable[[str], Client]


def states(world: World, who: str = "li") -> dict[str, State]:
    """How everybody stands, by name."""
    school = world.schools["青河县"]
    return {
        one.name: one.state for one in vetting.standings(world.scope(who), school.pk, outsiders_of(school.pk, TODAY))
    }


def check(world: World, whom: str = "zhao", days: int = 0, result: str = "clear", who: str = "wang") -> StaffCheck:
    """A check so many days ago."""
    return vetting.record_check(
        world.scope(who), school=world.schools["青河县"], user=world.users[whom], done_on=TODAY - timedelta(days=days), result=result,
    )  # fmt: skip


@pytest.mark.parametrize(("days", "state"), [(0, "clear"), (340, "soon"), (366, "overdue")])
def test_a_check_holds_for_a_year(days: int, state: str, world: World) -> None:
    check(world, days=days)
    assert states(world)["赵明霞"] == state
    assert states(world)["钱志远"] == "missing"
    assert "褚文" not in states(world), "who has left is not checked"


def test_a_person_with_a_record_comes_first(world: World) -> None:
    check(world, result="withheld")
    assert next(iter(states(world))) == "赵明霞"


def test_the_same_check_twice_is_one(world: World) -> None:
    assert check(world).pk == check(world).pk


def test_a_new_account_that_sees_children_is_told_aloud_and_so_is_its_maker_who_clears_it(world: World) -> None:
    school = world.schools["青河县"]
    made = actions.invite(
        world.scope("wang"), name="林国安", role="homeroom", from_on=TODAY, school=school, klass=world.klasses["三2"]
    ).user
    vetting.record_check(world.scope("wang"), school=school, user=made, done_on=TODAY, result="clear")
    check(world)
    said = [one.words for one in loud(world.scope("li"), TODAY)]
    assert "王立新添加了账号：林国安（班主任）" in said
    assert "王立新给林国安安排了班主任岗位" in said
    assert [words for words in said if "记录查询" in words] == [
        "王立新登记了林国安的违法犯罪记录查询，这个账号也是王立新添加的"
    ]


@pytest.mark.parametrize("who", ["zhao", "wu", "feng", "wei"])
def test_only_principal_and_administrator_write_it(who: str, world: World) -> None:
    with pytest.raises(Refused, match="other-school"):
        check(world, who=who)
    assert vetting.standings(world.scope(who), world.schools["青河县"].pk, {}) == []


def test_nobody_vouches_for_himself(world: World) -> None:
    with pytest.raises(Refused, match="oneself"):
        check(world, "wang")
    with pytest.raises(Refused, match="ahead"):
        check(world, days=-1)
    with pytest.raises(Refused, match="not-staff"):
        check(world, "chen")


def test_the_law_allows_no_longer_than_a_year(world: World) -> None:
    school = world.schools["青河县"]
    with pytest.raises(Refused, match="months"):
        vetting.set_checks(world.scope("li"), school=school, months=24, warn_days=30, outsiders="refuse")
    vetting.set_checks(world.scope("li"), school=school, months=6, warn_days=10, outsiders="refuse")
    check(world, days=200)
    assert states(world)["赵明霞"] == "overdue"


def volunteer(world: World, checked_on: date | None = None) -> None:
    """Zhao asks a volunteer to help Lin, whose father agrees to help from outside."""
    scope, lin = world.scope("zhao"), world.children["lin"]
    agree(world, scope)
    pairing.begin(scope, lin, role="volunteer", from_on=TODAY, outsider="方志愿", checked_on=checked_on)


@pytest.mark.parametrize("day", [None, date(2025, 9, 1)])
def test_a_volunteer_nobody_checked_this_year_does_not_begin(day: date | None, world: World) -> None:
    with pytest.raises(Refused, match="unchecked"):
        volunteer(world, day)


def test_a_volunteer_on_the_list_begins(world: World) -> None:
    school = world.schools["青河县"]
    vetting.record_check(world.scope("li"), school=school, outsider="方志愿", done_on=TODAY, result="clear")
    volunteer(world)
    assert states(world)["方志愿"] == "clear"


def test_a_day_told_when_pairing_counts(world: World) -> None:
    volunteer(world, TODAY - timedelta(days=340))
    assert states(world)["方志愿"] == "soon"


def test_a_volunteer_with_a_record_never_begins(world: World) -> None:
    school = world.schools["青河县"]
    vetting.set_checks(world.scope("li"), school=school, months=12, warn_days=30, outsiders="warn")
    vetting.record_check(world.scope("li"), school=school, outsider="方志愿", done_on=TODAY, result="withheld")
    with pytest.raises(Refused, match="withheld"):
        volunteer(world, TODAY)


def test_where_the_school_only_warns_he_begins_and_stands_on_the_list(world: World, login: Login) -> None:
    school, lin = world.schools["青河县"], world.children["lin"]
    vetting.set_checks(world.scope("li"), school=school, months=12, warn_days=30, outsiders="warn")
    agree(world, world.scope("zhao"))
    client, address = login("zhao"), reverse("child-pair", kwargs={"pk": lin.pk}) + "?sort=outsider"
    sent = client.post(address, {"role": "volunteer", "outsider": "方志愿", "on": str(TODAY)})
    assert sent.status_code == 302
    assert "还没有查询违法犯罪记录" in client.get(sent["Location"]).content.decode()
    assert states(world)["方志愿"] == "missing"


def test_the_list_is_on_the_day_of_principal_and_administrator(world: World, login: Login) -> None:
    for who, there in (("li", True), ("wang", True), ("wu", False), ("zhao", False)):
        assert ("工作人员查询" in login(who).get(reverse("today-around")).content.decode()) is there, who


def test_a_check_is_written_on_its_page(world: World, login: Login) -> None:
    client, address = login("wang"), reverse("settings-check", kwargs={"pk": world.users["zhao"].pk})
    typed = {"done_on": "2026-11-20", "result": "clear", "reference": "青河县公安局2026-77"}
    assert client.post(address, typed | {"done_on": "2026-12-01"}).status_code == 422
    assert client.post(address, typed).status_code == 302
    assert "青河县公安局2026-77" in client.get(reverse("settings-checks")).content.decode()
    assert "2026年11月20日" in client.get(address).content.decode()
    client.post(reverse("settings-check-outsider"), typed | {"outsider": "方志愿"})
    assert StaffCheck.objects.everywhere(why="test").filter(outsider="方志愿").exists()
    assert (
        client.post(
            reverse("settings-checks-set"), {"months": "24", "warn_days": "30", "outsiders": "warn"}
        ).status_code
        == 422
    )
    assert fill(client, reverse("settings-checks-set"), {"months": "6", "warn_days": "30"}).status_code == 302


def test_dates_are_counted_in_months() -> None:
    assert months_after(date(2026, 1, 31), 1) == date(2026, 2, 28)
    assert months_after(date(2026, 11, 23), 12) == date(2027, 11, 23)
