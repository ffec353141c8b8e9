"""操作痕迹: a leader sees who did what, may sieve it, and is told of unusual looks."""

from collections.abc import Callable
from datetime import UTC, datetime

import time_machine
from django.test import Client

from oasis.people import trail
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
