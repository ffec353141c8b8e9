"""Hazards of places and around a child: given to somebody, mended, looked at again by another; who is kept out; the ledgers."""

import io
from collections.abc import Callable
from datetime import timedelta
from typing import Any

import openpyxl
import pytest
from django.test import Client
from django.urls import reverse

from oasis.campus import hazards as ask
from oasis.campus.actions.hazards import fix_hazard, give_hazard, report_place
from oasis.campus.models import Hazard
from oasis.campus.waiting import waits
from oasis.kit.ids import new_id
from oasis.kit.refused import Refused
from oasis.papers.ledgers.handing import export_ledger
from oasis.people.models import Approval
from oasis.records.actions.hazards import check_hazard, report_home
from oasis.records.models import Record
from tests.house.test_at_rest import clear
from tests.world import TODAY, World

WHY = "a test looks"
Login = Callable[[str], Client]


def told(world: World, owner: str = "zhao", **more: Any) -> dict[str, Any]:
    due = TODAY + timedelta(days=3)
    first = {"id": new_id(), "owner": world.users[owner].pk, "found_on": TODAY, "due_on": due, "where": "东侧楼梯"}
    return first | {"sort": "building", "level": "large", "words": "台阶崩缺", "measure": "补水泥"} | more


def stairs(world: World, who: str = "zhou", **more: Any) -> Hazard:
    return report_place(world.scope(who), school=world.schools["青河县"].pk, **told(world, **more))


def pond(world: World, who: str = "zhao", child: str = "lin", **more: Any) -> Hazard:
    fields = told(world, **({"where": "家里", "sort": "water", "words": "屋后有池塘"} | more))
    return report_home(world.scope(who), world.children[child], **fields)


def code(act: Callable[[], object]) -> str:
    with pytest.raises(Refused) as caught:
        act()
    return caught.value.code


def test_a_hazard_goes_from_its_finder_to_its_owner_and_is_closed_by_another(world: World) -> None:
    zhao, wu, row = world.scope("zhao"), world.scope("wu"), stairs(world)
    assert [one.what for one in waits(zhao)] == ["隐患整改：东侧楼梯"]
    assert code(lambda: check_hazard(wu, row, on=TODAY, passed=True, words="")) == "unfixed"
    assert code(lambda: fix_hazard(world.scope("qian"), row, on=TODAY, words="好了")) == "owner"
    fix_hazard(zhao, row, on=TODAY, words="补好了")
    assert code(lambda: fix_hazard(zhao, row, on=TODAY, words="again")) == "fixed"
    assert waits(zhao) == []
    assert code(lambda: check_hazard(zhao, row, on=TODAY, passed=True, words="")) == "check"
    assert "隐患复查：东侧楼梯" in [one.what for one in waits(wu)]
    assert code(lambda: check_hazard(wu, row, on=TODAY, passed=False, words="不平")) == "due"
    check_hazard(wu, row, on=TODAY, passed=False, words="不平", due_on=TODAY + timedelta(days=5))
    assert [one.due_on for one in waits(zhao)] == [TODAY + timedelta(days=5)]
    fix_hazard(zhao, row, on=TODAY, words="磨平了")
    check_hazard(wu, row, on=TODAY, passed=True, words="合格")
    assert ask.places(zhao).get().state == "已销号"
    assert [one.passed for one in ask.checks(zhao, row)] == [False, True]
    assert code(lambda: fix_hazard(zhao, row, on=TODAY, words="x")) == "closed"


def test_a_press_twice_makes_one_row_and_days_are_in_order(world: World) -> None:
    pressed = new_id()
    stairs(world, id=pressed)
    stairs(world, id=pressed)
    assert ask.places(world.scope("wang")).count() == 1
    assert code(lambda: stairs(world, found_on=TODAY + timedelta(days=1))) == "day"
    assert code(lambda: stairs(world, due_on=TODAY - timedelta(days=1))) == "due"
    assert code(lambda: stairs(world, owner="feng")) == "not-staff"
    assert code(lambda: stairs(world, who="feng")) == "out-of-reach"


def test_a_hazard_at_home_stays_among_those_who_see_the_child(world: World) -> None:
    row = pond(world, owner="sun")
    assert [one.pk for one in ask.homes(world.scope("sun"))] == [row.pk]
    for who in ("qian", "zhou", "zheng", "feng", "shen", "wang"):
        scope = world.scope(who)
        assert list(ask.homes(scope)) == []
        assert ask.hazard_of(scope, row.pk) is None
        assert code(lambda: pond(world, who)) == "out-of-reach"  # noqa: B023
        assert code(lambda: fix_hazard(scope, row, on=TODAY, words="x")) == "out-of-reach"  # noqa: B023
    assert list(ask.places(world.scope("zhou"))) == []
    assert code(lambda: pond(world, owner="qian")) == "owner"
    assert code(lambda: give_hazard(world.scope("sun"), row, owner=world.users["zhao"].pk, due_on=TODAY)) == "lead"
    give_hazard(world.scope("zhao"), row, owner=world.users["zhao"].pk, due_on=TODAY)
    assert [one.what for one in waits(world.scope("zhao"))] == ["隐患整改：林晓晓"]


def test_what_may_be_a_crime_is_confidential_and_sealed(world: World) -> None:
    secret = "夜里叔叔进她房间"
    row = pond(world, sort="assault", words=secret)
    assert {who for who in world.users if who != "han" and ask.hazard_of(world.scope(who), row.pk)} == {
        "zhao",
        "li",
        "wu",
    }
    assert list(ask.homes(world.scope("sun"))) == []
    assert [one.pk for one in ask.homes(world.scope("zhao"))] == [row.pk]
    record = Record.objects.everywhere(why=WHY).get(kind="hazard")
    assert record.confidential
    assert record.summary == ""
    pond(world, sort="water", words="屋后有深塘")
    assert secret not in clear()
    assert "屋后有深塘" not in clear()
    assert row.words == secret


def test_who_mended_it_does_not_hand_it_on_to_take_the_second_look(world: World) -> None:
    wu, row = world.scope("wu"), stairs(world, owner="wu")
    fix_hazard(wu, row, on=TODAY, words="补好了")
    assert code(lambda: give_hazard(wu, row, owner=world.users["zhao"].pk, due_on=TODAY)) == "fixed"
    assert code(lambda: check_hazard(wu, row, on=TODAY, passed=True, words="")) == "check"


def test_what_may_be_a_crime_is_not_told_to_every_helper(world: World, login: Login) -> None:
    """As on the timeline and with incidents: its finder, its owner, and who writes the child's file."""
    row = pond(world, sort="assault", words="夜里叔叔进她房间")
    Approval.objects.create(
        school=row.school, kind=Approval.Kind.READ, asked_by=world.users["qian"], child=world.children["lin"].pk, granted=True, until_on=TODAY,
    )  # fmt: skip
    where = reverse("hazard", kwargs={"pk": row.pk})
    for who in ("sun", "xu", "qian"):
        assert ask.hazard_of(world.scope(who), row.pk) is None
        assert "侵害" not in login(who).get(reverse("hazards")).text
        assert login(who).get(where).status_code == 404
        assert code(lambda: fix_hazard(world.scope(who), row, on=TODAY, words="x")) == "out-of-reach"  # noqa: B023
    for who in ("zhao", "li", "wu"):
        assert "夜里叔叔" in login(who).get(where).text
    give_hazard(world.scope("zhao"), row, owner=world.users["sun"].pk, due_on=TODAY)
    assert "夜里叔叔" in login("sun").get(where).text
    assert login("xu").get(where).status_code == 404
    own = pond(world, "sun", sort="violence", words="后背有伤")
    assert "后背有伤" in login("sun").get(reverse("hazard", kwargs={"pk": own.pk})).text


def test_the_ledger_tells_no_second_look_at_what_may_be_a_crime(world: World) -> None:
    row = pond(world, owner="sun", sort="assault")
    fix_hazard(world.scope("sun"), row, on=TODAY, words="换了锁")
    check_hazard(world.scope("zhao"), row, on=TODAY, passed=True, words="叔叔搬走了")
    days = {"from_on": TODAY, "to_on": TODAY}
    made = export_ledger(world.scope("li"), code="hazards-home", school=row.school_id, ending="xlsx", **days)
    told = "".join(str(cell.value) for line in openpyxl.load_workbook(io.BytesIO(made.data)).active for cell in line)
    assert "合格" in told
    assert "叔叔" not in told


def test_the_ledger_in_the_browser(world: World, login: Login) -> None:
    zhou, zhao, li = login("zhou"), login("zhao"), login("li")
    sent = {
        "id": str(new_id()),
        "found_on": str(TODAY),
        "where": "食堂后门",
        "sort": "fire",
        "level": "major",
        "words": "灭火器过期",
        "measure": "",
    }
    sent |= {"owner": str(world.users["zhao"].pk), "due_on": str(TODAY)}
    answer = zhou.post(reverse("hazard-new"), sent)
    assert answer.status_code == 422
    assert "灭火器过期" in answer.text
    assert zhou.post(reverse("hazard-new"), sent | {"measure": "更换"}).status_code == 302
    row = Hazard.objects.everywhere(why=WHY).get()
    assert "食堂后门" in zhao.get(reverse("hazards")).text
    where = reverse("hazard", kwargs={"pk": row.pk})
    assert zhao.post(where, {"form": "fix", "on": str(TODAY), "words": ""}).status_code == 422
    zhao.post(where, {"form": "fix", "on": str(TODAY), "words": "换了两具"})
    li.post(where, {"form": "check", "on": str(TODAY), "passed": "on", "words": "合格", "due_on": ""})
    assert "已销号" in zhou.get(where).text
    home = reverse("hazard-home") + f"?child={world.children['lin'].pk}"
    assert zhao.post(home, sent | {"id": str(new_id()), "sort": "water", "measure": "围上"}).status_code == 302
    assert "林晓晓" in zhao.get(reverse("hazards")).text
    assert "林晓晓" not in zhou.get(reverse("hazards")).text
    assert "留守" not in zhou.get(reverse("hazards")).text


@pytest.mark.parametrize("ending", ["xlsx", "docx", "pdf"])
def test_the_ledger_prints_for_leaders_alone(world: World, login: Login, ending: str) -> None:
    stairs(world)
    where = reverse("ledger", kwargs={"code": "hazards"})
    sent = {
        "school": str(world.schools["青河县"].pk),
        "from_on": str(TODAY - timedelta(days=9)),
        "to_on": str(TODAY),
        "ending": ending,
    }
    answer = login("li").post(where, sent)
    assert answer.status_code == 200
    assert len(answer.content) > 3000
    assert login("li").post(where, sent | {"to_on": "2026-01-01"}).status_code == 422
    for who in ("zhao", "zhou", "zheng"):
        assert login(who).get(where).status_code == 404


def test_who_says_for_the_owner_that_it_is_mended_does_not_look_again_either(world: World, login: Login) -> None:
    li, wu, row = world.scope("li"), world.scope("wu"), stairs(world)
    fix_hazard(wu, row, on=TODAY, words="补好了")
    assert code(lambda: check_hazard(wu, row, on=TODAY, passed=True, words="")) == "check"
    assert waits(wu) == [one for one in waits(wu) if not one.what.startswith("隐患复查")]
    shown = login("wu").get(reverse("hazard", kwargs={"pk": row.pk})).text
    assert "吴秀英登记" in shown
    assert "请另一位校领导" in shown
    check_hazard(li, row, on=TODAY, passed=False, words="不平", due_on=TODAY)
    fix_hazard(world.scope("zhao"), row, on=TODAY, words="磨平了")
    check_hazard(wu, row, on=TODAY, passed=True, words="合格")
    assert ask.places(li).get().closed_on == TODAY


def test_nobody_says_for_an_owner_that_it_is_mended_where_nobody_is_left_to_look(world: World) -> None:
    row = stairs(world, owner="wu")
    assert code(lambda: fix_hazard(world.scope("li"), row, on=TODAY, words="补好了")) == "alone"
    fix_hazard(world.scope("wu"), row, on=TODAY, words="补好了")
    check_hazard(world.scope("li"), row, on=TODAY, passed=True, words="合格")


def test_a_homeroom_teacher_may_look_at_what_a_leader_said_is_mended_at_home(world: World) -> None:
    row = pond(world, owner="sun")
    fix_hazard(world.scope("li"), row, on=TODAY, words="围上了")
    assert code(lambda: check_hazard(world.scope("li"), row, on=TODAY, passed=True, words="")) == "check"
    check_hazard(world.scope("zhao"), row, on=TODAY, passed=True, words="合格")


def test_an_inspector_owns_no_hazard_and_reports_none(world: World) -> None:
    assert code(lambda: stairs(world, owner="du")) == "not-staff"
    assert code(lambda: stairs(world, who="du")) == "out-of-reach"
