"""操作痕迹: a leader sees who did what, may sieve it, and is told of unusual looks."""

from collections.abc import Callable
from datetime import UTC, datetime

import pytest
import time_machine
from django.test import Client

from oasis.desk.trail_words import said
from oasis.people import trail
from oasis.people.models import Trail
from tests.world import World


def look(world: World, who: str, child: str) -> None:
    trail.note(world.scope(who), "record.look", school=world.schools["青河县"].pk, child=world.children[child].pk)


def test_the_leader_reads_who_looked_at_whom(world: World, login: Callable[[str], Client]) -> None:
    look(world, "zhao", "lin")
    text = login("li").get("/trail/").text
    assert "赵明霞" in text
    assert "林晓晓" in text
    assert "查看记录" in text


def test_the_sieve_lets_only_the_asked_lines_through(world: World, login: Callable[[str], Client]) -> None:
    look(world, "zhao", "lin")
    look(world, "qian", "he")
    client = login("li")
    assert "何静怡" not in client.get(f"/trail/?actor={world.users['zhao'].pk}").text
    assert "林晓晓" not in client.get("/trail/?sort=account").text
    assert client.get("/trail/?since=nonsense&actor=x").status_code == 200


def test_another_school_stays_out_of_sight(world: World, login: Callable[[str], Client]) -> None:
    look(world, "zhao", "lin")
    assert "林晓晓" not in login("feng").get("/trail/").text


def test_a_look_at_night_deserves_a_question(world: World, login: Callable[[str], Client]) -> None:
    with time_machine.travel(datetime(2026, 11, 20, 18, 30, tzinfo=UTC), tick=False):
        look(world, "sun", "lin")
    text = login("li").get("/trail/").text
    assert "零点到六点之间查看档案" in text


def test_the_proof_names_a_changed_line(world: World, login: Callable[[str], Client]) -> None:
    look(world, "zhao", "lin")
    assert "全部相连" in login("li").get("/trail/proof/").text
    from oasis.people.models import Trail

    Trail.objects.everywhere(why="an attacker writes into the file").update(detail="x")
    assert "第 1 行" in login("li").get("/trail/proof/").text


@pytest.mark.parametrize(
    ("deed", "detail", "words"),
    [
        ("record.write", "talk 3", "谈心 3名孩子"), ("record.open", "danger 晚上接到电话", "处理突发情况 晚上接到电话"), ("post.give", "homeroom", "班主任"),
        ("post.end", "homeroom 2026-11-30", "班主任 2026年11月30日"), ("child.look", "record", "写记录时"), ("child.search", "letters 2", "按拼音 2名"),
        ("export.roster", "12 inspection", "12名 迎接检查"), ("export.statistics", "statistics t2026-1 outside", "2026学年第1学期 报送校外，不足5人的数不显示"),
        ("child.revise", "address,health", "现住址 健康状况"), ("pair.begin", "volunteer", "志愿者"), ("user.active", "False", "停用"),
        ("roster.commit", "new=2,changed=1,same=0,refused=3", "新增2 改动1 不变0 退回3"), ("phone.mark", "wrong", "空号或错号"),
        ("census.enter", "changed", "类型变化"), ("school.edit", "duty_phone,name", "学校值班电话 学校名称"),
    ],
)  # fmt: skip
def test_details_read_as_words(deed: str, detail: str, words: str) -> None:
    assert said(Trail(deed=deed, detail=detail)) == words


def test_a_duty_is_named_by_its_words() -> None:
    assert said(Trail(deed="waiver.give", subject="visit-2", detail="visit-2")) == "期中家访"
