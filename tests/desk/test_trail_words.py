"""The trail speaks in words, is sieved by person, child and deed, and becomes a yearly report."""

from collections.abc import Callable
from io import BytesIO

import docx
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from oasis.desk.nav import SETTINGS
from oasis.desk.trail_words import said
from oasis.kit.ids import new_id
from oasis.people import trail
from oasis.people.entrance import has_factor, with_factor
from oasis.people.models import Trail
from tests.world import World


def words(deed: str, detail: str) -> str:
    return said(Trail(deed=deed, detail=detail))


def test_codes_and_days_become_words() -> None:
    assert words("export.within", "roster") == "花名册"
    assert words("export.roster", "12 report") == "12名 按要求上报"
    assert words("post.end", "homeroom 2026-11-23") == "班主任 2026年11月23日"
    assert words("login.failed", "code-expired") == "一次性密码已用过或已过期"
    assert words("child.look", "child-plan-new") == "制定帮扶计划时"
    assert words("child.look", "photo") == "近照"
    assert words("problem.find", "net") == "沉迷手机、网络"
    assert words("plan.review", "mid") == "中期评估"
    assert words("summary.begin", "t2026-1") == "2026学年第1学期"
    assert words("summary.edit", "pairing.talks") == "结对帮扶，谈心关爱"
    assert words("summary.edit", f"extra-{new_id()}") == "自己加的一段"
    assert words("keep.set", "confidential=36 records=24 delete").startswith("保密记录36 老师的记录24")
    assert words("user.edit", "name email") == "姓名 邮箱"


def look(world: World, who: str, child: str, deed: str = "child.look", detail: str = "file") -> None:
    trail.note(world.scope(who), deed, school=world.schools["青河县"].pk, child=world.children[child].pk, detail=detail)


def test_a_leader_sieves_by_person_child_and_deed(world: World, login: Callable[[str], Client]) -> None:
    look(world, "zhao", "lin")
    look(world, "qian", "he", "record.look", "")
    li = login("li")
    assert "林晓晓" in li.get("/trail/").text
    assert "2026年11月23日 10:00" in li.get("/trail/").text
    only = li.get("/trail/", {"name": "林晓"}).text
    assert "child=" + str(world.children["lin"].pk) in only
    assert "child=" + str(world.children["he"].pk) not in only
    only = li.get("/trail/", {"actor": str(world.users["qian"].pk)}).text
    assert "child=" + str(world.children["lin"].pk) not in only
    only = li.get("/trail/", {"deed": "record.look"}).text
    assert "child=" + str(world.children["lin"].pk) not in only
    assert "没有符合的记录" in li.get("/trail/", {"name": "马小芳"}).text


def test_a_look_at_another_class_deserves_a_question_and_at_one_s_own_none(
    world: World, login: Callable[[str], Client]
) -> None:
    look(world, "zhao", "lin")
    look(world, "sun", "lin")
    look(world, "zheng", "chenhao")
    look(world, "li", "he")
    assert "没有结对" not in login("li").get("/trail/").text
    look(world, "shen", "lin")
    assert "查看了不是自己班、也没有结对的1名孩子" in login("li").get("/trail/").text


def test_the_yearly_report_is_filled_from_the_trail(world: World, login: Callable[[str], Client]) -> None:
    look(world, "zhao", "lin")
    look(world, "shen", "lin")
    answer = login("li").post("/trail/audit/2026/")
    text = "\n".join(line.text for line in docx.Document(BytesIO(answer.content)).paragraphs)
    assert "第三十七条" in text
    assert "查看档案2次" in text
    assert "沈静" in text
    assert "林晓晓" not in text
    assert "留守" not in answer["Content-Disposition"]
    assert login("zhao").post("/trail/audit/2026/").status_code == 404
    assert login("li").post("/trail/audit/2031/").status_code == 302


def test_settings_do_not_claim_the_trail() -> None:
    assert "trail" not in {place.route for place in SETTINGS}


def test_second_factors_are_asked_once_for_all(world: World) -> None:
    people = {user.pk for user in world.users.values()}
    with CaptureQueriesContext(connection) as caught:
        have = with_factor(people)
    assert len(caught) == 1
    assert have == {user.pk for user in world.users.values() if has_factor(user)}
