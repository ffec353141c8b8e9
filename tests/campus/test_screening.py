"""Screenings of the mind: the counsellor alone reads a result; others see that a confidential row exists; sealed; followed to its end."""

from collections.abc import Callable
from datetime import timedelta
from typing import Any

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from oasis.campus import screening as ask
from oasis.campus.actions.screening import correct_result, end_result, follow, hold_screening, revise_result
from oasis.campus.models import Screening, ScreenResult
from oasis.campus.waiting import waits
from oasis.kit.ids import new_id
from oasis.kit.refused import Refused
from oasis.papers.ledgers.handing import export_slip
from oasis.people.models import AccessRules, Post, Trail
from oasis.records.actions.screening import add_result
from oasis.records.models import Record
from tests.forms import fill
from tests.house.test_at_rest import clear
from tests.world import TODAY, World

WHY = "a test looks"
SCORE, TALK = "总分61孤独9", "晚上想妈妈睡不着"
Login = Callable[[str], Client]


def held(world: World, who: str = "xu", **more: Any) -> Screening:
    told = {
        "scale": "MHT",
        "about": "三年级",
        "organiser": "许安",
        "took": 4,
        "red": 0,
        "orange": 1,
        "yellow": 0,
        "blue": 0,
        "on": TODAY,
    }
    return hold_screening(world.scope(who), **{"id": new_id(), "school": world.schools["青河县"].pk} | told | more)


def found(world: World, who: str = "xu", child: str = "lin", **more: Any) -> ScreenResult:
    told = {"grade": "orange", "score": SCORE, "talk": TALK} | more
    return add_result(world.scope(who), held(world), world.children[child], **told)


def code(act: Callable[[], object]) -> str:
    with pytest.raises(Refused) as caught:
        act()
    return caught.value.code


def test_a_result_is_followed_until_it_may_end(world: World) -> None:
    xu, row = world.scope("xu"), found(world)
    assert code(lambda: end_result(xu, row, on=TODAY)) == "open"
    assert code(lambda: revise_result(xu, row, reviewed_on=TODAY, reviewer="")) == "reviewer"
    assert code(lambda: revise_result(xu, row, told_on=TODAY + timedelta(days=1))) == "day"
    revise_result(xu, row, reviewed_on=TODAY, reviewer="王医生", told_on=TODAY, told_whom="奶奶")
    assert code(lambda: follow(xu, row, id=new_id(), on=TODAY, words="好些", next_on=TODAY)) == "next"
    follow(xu, row, id=new_id(), on=TODAY, words="好些", next_on=TODAY + timedelta(days=2))
    assert [one.what for one in waits(xu)] == ["林晓晓：追踪"]
    end_result(xu, row, on=TODAY)
    assert waits(xu) == []
    assert code(lambda: follow(xu, row, id=new_id(), on=TODAY, words="x")) == "closed"


def test_nobody_ends_or_goes_on_over_what_another_wrote_meanwhile(world: World) -> None:
    xu, row = world.scope("xu"), found(world)
    revise_result(xu, row, reviewed_on=TODAY, reviewer="王医生", told_on=TODAY, told_whom="奶奶")
    seen = ask.mark_of(xu, row)
    follow(xu, row, id=new_id(), on=TODAY, words="说不想上学", seen=seen)
    assert code(lambda: end_result(xu, row, on=TODAY, seen=seen)) == "meanwhile"
    assert code(lambda: follow(xu, row, id=new_id(), on=TODAY, words="好些", seen=seen)) == "meanwhile"
    with CaptureQueriesContext(connection) as asked:
        stands = ask.mark_of(xu, row)
    assert [query["sql"].startswith("SELECT COUNT(*)") for query in asked] == [True]
    with CaptureQueriesContext(connection) as asked:
        follow(xu, row, id=new_id(), on=TODAY, words="好些")
    counted = [query["sql"] for query in asked if "COUNT" in query["sql"]]
    assert not [sql for sql in counted if "campus_screenfollow" in sql], "no page was looked at"
    assert stands != ask.mark_of(xu, row)
    end_result(xu, row, on=TODAY, seen=ask.mark_of(xu, row))


def test_red_cannot_wait(world: World) -> None:
    found(world, grade="red")
    assert [one.due_on for one in waits(world.scope("xu"))] == [TODAY + timedelta(days=1)] * 2


def test_numbers_add_up_and_a_child_stands_in_a_screening_once(world: World) -> None:
    assert code(lambda: held(world, took=0)) == "not-valid"
    assert code(lambda: held(world, on=TODAY + timedelta(days=1))) == "day"
    xu, row = world.scope("xu"), held(world)
    add_result(xu, row, world.children["lin"], grade="blue")
    assert code(lambda: add_result(xu, row, world.children["lin"], grade="red")) == "twice"


def test_nobody_but_the_counsellor_reads_it_and_others_see_that_it_exists(world: World, login: Login) -> None:
    row = found(world)
    for who in set(world.users) - {"xu", "han"}:
        scope = world.scope(who)
        assert list(ask.results(scope)) == []
        assert list(ask.screenings(scope)) == []
        assert export_slip(scope, code="screening", pk=row.screening_id, ending="pdf") is None
        assert code(lambda: held(world, who)) == "out-of-reach"  # noqa: B023
        assert code(lambda: revise_result(scope, row, talk="x")) == "out-of-reach"  # noqa: B023
    assert code(lambda: found(world, child="yang")) == "out-of-reach", "only the children referred"
    line = Record.objects.everywhere(why=WHY).get(kind="screening")
    assert line.confidential
    page = login("zhao").get(reverse("child-records", kwargs={"pk": world.children["lin"].pk})).text
    assert "心理筛查" in page
    for secret in (SCORE, TALK, "橙色"):
        assert secret not in page


def test_no_result_lies_in_clear(world: World) -> None:
    found(world, talk=TALK)
    everything = clear()
    for secret in (SCORE, TALK):
        assert secret not in everything
    with pytest.raises(TypeError):
        ScreenResult.objects.everywhere(why=WHY).filter(grade="orange").exists()


def test_the_sheet_is_for_the_counsellor(world: World) -> None:
    row = found(world)
    for ending in ("pdf", "docx"):
        made = export_slip(world.scope("xu"), code="screening", pk=row.screening_id, ending=ending)
        assert made
        assert len(made.data) > 3000


def test_a_screening_in_the_browser(world: World, login: Login) -> None:
    xu, lin = login("xu"), world.children["lin"]
    sent = {
        "id": str(new_id()),
        "on": str(TODAY),
        "scale": "MHT",
        "about": "三年级",
        "organiser": "许安",
        "took": "1",
        "red": "2",
    }
    sent |= {"orange": "0", "yellow": "0", "blue": "0"}
    assert xu.post(reverse("screening-new"), sent).status_code == 422
    assert xu.post(reverse("screening-new"), sent | {"red": "1"}).status_code == 302
    row = Screening.objects.everywhere(why=WHY).get()
    where = reverse("screening-show", kwargs={"pk": row.pk})
    assert xu.post(where, {"child": str(lin.pk), "score": SCORE, "talk": ""}).status_code == 422
    assert xu.post(where, {"child": str(lin.pk), "grade": "red", "score": SCORE, "talk": ""}).status_code == 302
    result = ScreenResult.objects.everywhere(why=WHY).get()
    where = reverse("screening-result", kwargs={"pk": result.pk})
    assert "不要让孩子一个人" in xu.get(where).text
    assert fill(xu, where, {"on": str(TODAY), "words": "陪着", "next_on": ""}).status_code == 302
    assert xu.post(where, {"form": "end", "on": str(TODAY)}).status_code == 422
    assert "林晓晓" in xu.get(reverse("screening")).text


@pytest.mark.parametrize("page", ["screening", "screening-show", "screening-result"])
def test_what_was_found_asks_for_a_fresh_factor_where_the_school_wants_one(
    world: World, login: Login, page: str
) -> None:
    row = found(world)
    AccessRules.objects.everywhere(why=WHY).update(fresh_minutes=15)
    pk = {"screening": {}, "screening-show": {"pk": row.screening_id}, "screening-result": {"pk": row.pk}}[page]
    answer = login("xu").get(reverse(page, kwargs=pk))
    assert answer.status_code == 302
    assert "林晓晓" not in answer.text


def test_each_child_whose_grade_is_listed_leaves_a_line(world: World, login: Login) -> None:
    row = found(world)
    client, looks = login("xu"), Trail.objects.everywhere(why=WHY).filter(deed="child.look", child=row.child_id)
    for address in (reverse("screening"), reverse("screening-show", kwargs={"pk": row.screening_id})):
        before = looks.count()
        assert client.get(address).status_code == 200
        assert looks.count() == before + 1


def test_a_counsellor_who_teaches_elsewhere_sees_no_screening_there(world: World, login: Login) -> None:
    other = world.schools["柳溪"]
    there = Screening.objects.create(
        school=other, on=TODAY, scale="MHT", about="六年级", organiser="别人", took=9, red=2
    )
    Post.objects.create(user=world.users["xu"], role="subject", school=other, from_on=TODAY)
    xu = world.scope("xu")
    assert list(ask.screenings(xu)) == []
    assert ask.screening_of(xu, there.pk) is None
    assert export_slip(xu, code="screening", pk=there.pk, ending="pdf") is None
    assert code(lambda: held(world, school=other.pk)) == "out-of-reach"
    assert login("xu").get(reverse("screening-show", kwargs={"pk": there.pk})).status_code == 404
    assert held(world).school == world.schools["青河县"]


def test_a_grade_is_corrected_and_what_stood_there_stays(world: World, login: Login) -> None:
    row = found(world)
    xu, where = login("xu"), reverse("screening-result", kwargs={"pk": row.pk})
    sent = {"form": "fix", "grade": "yellow", "score": SCORE, "why": "录入时点错了", "based_on": "0"}
    assert xu.post(where, sent | {"why": ""}).status_code == 422
    assert xu.post(where, sent).status_code == 302
    again = xu.post(where, sent | {"grade": "blue"})
    assert again.status_code == 422
    assert "刚才已经更正过" in again.text
    assert 'name="based_on" value="1"' in again.text
    shown = xu.get(where).text
    assert "黄色" in shown
    assert "以前是橙色" in shown
    assert "录入时点错了" in shown
    for secret in ("录入时点错了", SCORE):
        assert secret not in clear()
    for who in set(world.users) - {"xu", "han"}:
        scope = world.scope(who)
        assert list(ask.versions(scope, row)) == []
        told = {"based_on": 1, "grade": "red", "score": "", "why": "x"}
        assert code(lambda: correct_result(scope, row, **told)) == "out-of-reach"  # noqa: B023
    scope = world.scope("xu")
    assert code(lambda: correct_result(scope, row, based_on=1, grade="yellow", score=SCORE, why="x")) == "same"
