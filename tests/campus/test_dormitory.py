"""The boarding house: beds, nights, leave, the search; and who is kept out."""

from collections.abc import Callable
from datetime import timedelta

import pytest
import time_machine
from django.test import Client
from django.urls import reverse

from oasis.campus import dormitory as ask
from oasis.campus.actions import leaves
from oasis.campus.actions.dormitory import give_bed, open_house, open_room, take_bed_back
from oasis.campus.actions.nights import all_in, begin_check, begin_search, close_check, end_search, take_step
from oasis.campus.models import BedStay, House, Missing, NightCheck
from oasis.campus.searching import standing
from oasis.children.models import Child
from oasis.desk.trail_words import said
from oasis.kit.dates import now
from oasis.kit.refused import Refused
from oasis.people.models import Trail
from oasis.records.actions.nights import mark_bed
from oasis.records.models import Record
from tests.world import World

WHY = "a test looks"
EVENING, AFTER_MIDNIGHT = "2026-11-23T13:30:00+00:00", "2026-11-23T17:30:00+00:00"


def bedded(world: World) -> NightCheck:
    """Chenhao in a bed, and the roll call of his house begun."""
    zheng = world.scope("zheng")
    house = open_house(zheng, school=world.schools["青河县"], name="男生楼", sex="1")
    room = open_room(zheng, house, name="101", beds=2)
    give_bed(zheng, world.children["chenhao"], room=room.pk, bed=1)
    return begin_check(zheng, house, turn="call")


def code(act: Callable[[], object]) -> str:
    with pytest.raises(Refused) as caught:
        act()
    return caught.value.code


def test_a_bed_holds_one_boarder_and_moves_are_kept(world: World) -> None:
    check, zheng, chenhao = bedded(world), world.scope("zheng"), world.children["chenhao"]
    room = ask.rooms(zheng, [check.house_id])[check.house_id][0].room
    give_bed(zheng, chenhao, room=room.pk, bed=2)
    rows = BedStay.objects.everywhere(why=WHY).filter(child=chenhao).order_by("bed")
    assert [(row.bed, row.to_on is None) for row in rows] == [(1, False), (2, True)]
    assert code(lambda: give_bed(zheng, world.children["lin"], room=room.pk, bed=1)) == "out-of-reach", "no boarder"
    assert code(lambda: give_bed(zheng, chenhao, room=room.pk, bed=3)) == "bed"
    assert code(lambda: open_room(zheng, room.house, name="101", beds=1)) == "slept-in"
    other = world.children["yang"]
    Child.objects.everywhere(why=WHY).filter(pk=other.pk).update(boarding=True)
    assert code(lambda: give_bed(zheng, other, room=room.pk, bed=2)) == "taken"
    Child.objects.everywhere(why=WHY).filter(pk=chenhao.pk).update(boarding=False)
    give_bed(zheng, other, room=room.pk, bed=2)
    take_bed_back(zheng, other)
    assert [child.pk for child in ask.bedless(zheng)] == [other.pk]


def test_girls_do_not_sleep_in_the_house_of_the_boys(world: World) -> None:
    zheng, lin = world.scope("zheng"), world.children["lin"]
    Child.objects.everywhere(why=WHY).filter(pk=lin.pk).update(boarding=True)
    house = open_house(zheng, school=world.schools["青河县"], name="男生楼", sex="1")
    room = open_room(zheng, house, name="101", beds=2)
    assert code(lambda: give_bed(zheng, lin, room=room.pk, bed=1)) == "sex"


def test_one_tap_at_a_bed_stands_on_the_timeline_and_a_slip_is_taken_back(world: World) -> None:
    check, zheng, chenhao = bedded(world), world.scope("zheng"), world.children["chenhao"]
    mark_bed(zheng, check=check.pk, child=chenhao.pk, state="in", care="fever")
    mark_bed(zheng, check=check.pk, child=chenhao.pk, state="in", care="fever")
    rows = Record.objects.everywhere(why=WHY).filter(child=chenhao, kind="night-care", withdrawn=False)
    assert [row.details["care"] for row in rows] == ["fever"]
    mark_bed(zheng, check=check.pk, child=chenhao.pk, state="in", care="quilt")
    assert [row.details["care"] for row in rows.all()] == ["quilt"]
    mark_bed(zheng, check=check.pk, child=chenhao.pk, state="in")
    assert not rows.all().exists()
    assert code(lambda: mark_bed(zheng, check=check.pk, child=world.children["lin"].pk, state="in")) == "out-of-reach"


def test_a_night_ends_only_when_every_bed_is_seen_and_the_missing_are_looked_for(world: World) -> None:
    check, zheng, chenhao = bedded(world), world.scope("zheng"), world.children["chenhao"]
    end = lambda: close_check(zheng, check=check.pk, safe=True, note="安静")  # noqa: E731
    assert code(end) == "unmarked"
    mark_bed(zheng, check=check.pk, child=chenhao.pk, state="absent")
    assert code(end) == "missing"
    begin_search(zheng, chenhao)
    end()
    assert code(lambda: mark_bed(zheng, check=check.pk, child=chenhao.pk, state="in")) == "closed"


def test_every_mark_is_on_the_trail(world: World) -> None:
    check, zheng, chenhao = bedded(world), world.scope("zheng"), world.children["chenhao"]
    room = ask.rooms(zheng, [check.house_id])[check.house_id][0].room
    assert all_in(zheng, check=check.pk, room=room.pk) == 1
    assert all_in(zheng, check=check.pk, room=room.pk) == 0
    mark_bed(zheng, check=check.pk, child=chenhao.pk, state="absent")
    rows = Trail.objects.everywhere(why=WHY).filter(child=chenhao.pk, subject=str(check.pk)).order_by("seq")
    assert [(row.deed, said(row)) for row in rows] == [("dorm.all-in", ""), ("dorm.mark", "不在")]


def test_a_search_that_still_runs_lets_the_next_turn_end_and_one_that_ended_does_not(world: World) -> None:
    zheng, chenhao = world.scope("zheng"), world.children["chenhao"]
    with time_machine.travel(EVENING, tick=False):
        check = bedded(world)
        mark_bed(zheng, check=check.pk, child=chenhao.pk, state="absent")
        search = begin_search(zheng, chenhao)
        close_check(zheng, check=check.pk, safe=True)
    with time_machine.travel(AFTER_MIDNIGHT, tick=False):
        first, second = (begin_check(zheng, check.house, turn=turn) for turn in ("first", "second"))
        for turn in (first, second):
            mark_bed(zheng, check=turn.pk, child=chenhao.pk, state="absent")
        close_check(zheng, check=first.pk, safe=True)
        end_search(zheng, search, result="在教室，平安")
        assert code(lambda: close_check(zheng, check=second.pk, safe=True)) == "missing"


def test_the_night_goes_on_after_midnight(world: World) -> None:
    with time_machine.travel(EVENING, tick=False):
        check = bedded(world)
    with time_machine.travel(AFTER_MIDNIGHT, tick=False):
        assert begin_check(world.scope("zheng"), check.house, turn="call").pk == check.pk
        assert check.on.day == 23


def test_a_search_has_its_clocks_and_ends_with_words(world: World) -> None:
    bedded(world)
    zheng, chenhao = world.scope("zheng"), world.children["chenhao"]
    row = begin_search(zheng, chenhao)
    assert begin_search(zheng, chenhao).pk == row.pk
    take_step(zheng, row, step="search", words="操场、厕所都找了")
    assert code(lambda: take_step(zheng, row, step="search")) == "taken"
    later = standing(row, ask.steps_of(zheng, row), now() + timedelta(minutes=20))
    assert [(one.step.code, one.late) for one in later] == [
        ("search", False), ("leader", True), ("parents", True), ("police", False),
    ]  # fmt: skip
    assert code(lambda: end_search(zheng, row, result=" ")) == "result"
    end_search(zheng, row, result="在教室睡着了，平安")
    assert code(lambda: take_step(zheng, row, step="police")) == "found"


def test_nobody_barred_fetches_a_child(world: World) -> None:
    zheng, chenhao = world.scope("zheng"), world.children["chenhao"]
    from_now = {"left_at": now(), "due_at": now() + timedelta(days=2), "reason": "weekend", "approver": "赵明霞"}
    stranger = {"name": "陈大力", "relation": "叔叔"}
    assert code(lambda: leaves.begin_leave(zheng, chenhao, who="other", **stranger, **from_now)) == "unknown"
    assert code(lambda: leaves.begin_leave(zheng, chenhao, who="p1", **from_now)) == "who"
    leaves.let_collect(zheng, chenhao, name="陈大力", relation="叔叔", agreed="父亲电话同意")
    (one,) = ask.fetchers(zheng, chenhao)
    leaves.begin_leave(zheng, chenhao, who=one.key, **from_now)
    assert code(lambda: leaves.begin_leave(zheng, chenhao, who=one.key, **from_now)) == "away"
    check = bedded(world)
    assert ask.night(zheng, check)[0].taken[0].mark.state == "leave"  # type: ignore[union-attr]
    kept = Child.objects.everywhere(why=WHY).filter(pk=chenhao.pk)
    kept.update(state=Child.State.MOVED)
    assert ask.on_leave(zheng) == []
    kept.update(state=Child.State.HERE)
    leaves.confirm_home(zheng, chenhao)
    leaves.come_back(zheng, chenhao)
    assert code(lambda: leaves.come_back(zheng, chenhao)) == "here"


def test_the_same_name_as_a_barred_one_is_refused(world: World) -> None:
    zheng, lin = world.scope("zheng"), world.children["lin"]
    Child.objects.everywhere(why=WHY).filter(pk=lin.pk).update(boarding=True)
    lin.tie_set.everywhere(why=WHY).filter(person=world.persons["lin_father"]).update(no_pickup=True)
    times = {"left_at": now(), "due_at": now() + timedelta(days=2), "reason": "weekend", "approver": "赵明霞"}
    asked = {"who": "other", "name": "林国平", "checked": "说母亲同意"}
    assert code(lambda: leaves.begin_leave(zheng, lin, **asked, **times)) == "barred"
    assert code(lambda: leaves.let_collect(zheng, lin, name="林国平", relation="父亲", agreed="自己说的")) == "barred"
    for spelled in ("林 国平", "林　国平", "林\u200b国平", "林国平（父亲）", "林国平爸爸", "林国平."):
        told = {"name": spelled, "relation": "叔叔", "agreed": "自己说的"}
        assert code(lambda: leaves.let_collect(zheng, lin, **told)) == "barred"  # noqa: B023
    assert code(lambda: leaves.let_visit(zheng, lin, name="林国平", relation="父亲", why="看孩子")) == "barred"


def test_others_have_no_hand_in_the_house(world: World) -> None:
    check, chenhao = bedded(world), world.children["chenhao"]
    for who in ("zhao", "sun", "feng", "zhou"):
        scope = world.scope(who)
        assert code(lambda: begin_check(scope, check.house, turn="call")) == "out-of-reach"  # noqa: B023
        assert code(lambda: mark_bed(scope, check=check.pk, child=chenhao.pk, state="in")) == "out-of-reach"  # noqa: B023
        assert code(lambda: begin_search(scope, chenhao)) == "out-of-reach"  # noqa: B023
    assert code(lambda: open_house(world.scope("feng"), school=check.school, name="x")) == "out-of-reach"


def test_a_night_on_the_phone_without_script(world: World, login: Callable[[str], Client]) -> None:
    zheng, chenhao = login("zheng"), world.children["chenhao"]
    zheng.post(reverse("dormitory"), {"name": "男生楼", "sex": "1"})
    house = House.objects.everywhere(why=WHY).get()
    where = reverse("dormitory-house", kwargs={"pk": house.pk})
    zheng.post(where, {"name": "101", "beds": "4"})
    room = ask.rooms(world.scope("zheng"), [house.pk])[house.pk][0].room.pk
    bed = reverse("dormitory-bed", kwargs={"pk": house.pk})
    zheng.post(bed, {"child": str(chenhao.pk), "room": str(room), "bed": "2", "head": "1"})
    assert "陈浩" in zheng.get(where).content.decode()
    begun = zheng.post(reverse("dormitory-begin", kwargs={"pk": house.pk}), {"turn": "call"})
    page = zheng.get(begun["Location"]).content.decode()
    assert 'data-bs-theme="dark"' in page
    assert "留守" not in page
    mark = f"{begun['Location']}mark/"
    sent = {"child": str(chenhao.pk), "room": str(room)}
    assert zheng.post(mark, sent | {"what": "absent"})["Location"].endswith(f"#room-{room}")
    assert "陈浩不在" in zheng.get(begun["Location"]).content.decode()
    search = zheng.post(reverse("dormitory-seek", kwargs={"pk": chenhao.pk}))["Location"]
    assert "马上报警" in zheng.get(search).content.decode()
    zheng.post(search, {"form": "step", "step": "parents", "words": "奶奶说没回家"})
    assert "正在找陈浩" in zheng.get(reverse("dormitory")).content.decode()
    assert zheng.post(search, {"form": "found", "result": ""}).status_code == 422
    zheng.post(search, {"form": "found", "result": "在教室"})
    assert Missing.objects.everywhere(why=WHY).get().found_at
    zheng.post(mark, sent | {"what": "all"})
    zheng.post(mark, sent | {"what": "in"})
    assert zheng.post(begun["Location"], {"safe": "on", "note": "好"}).status_code == 302
    assert "点名" in zheng.get(reverse("dormitory")).content.decode()


def test_leave_visitors_and_who_may_fetch_on_one_page(world: World, login: Callable[[str], Client]) -> None:
    bedded(world)
    zheng, chenhao = login("zheng"), world.children["chenhao"]
    where = reverse("dormitory-child", kwargs={"pk": chenhao.pk})
    zheng.post(where, {"form": "collector", "name": "陈大力", "relation": "叔叔", "agreed": "父亲电话同意"})
    zheng.post(where, {"form": "visitor", "name": "陈小美", "relation": "姑姑", "id_tail": "1234", "why": "送棉衣"})
    page = zheng.get(where).content.decode()
    assert "陈大力" in page
    assert "送棉衣" in page
    leave = {
        "form": "leave", "who": "other", "name": "王五", "checked": "母亲微信同意", "reason": "family", "approver": "赵明霞",
        "left_at": "2026-11-23T10:00", "due_at": "2026-11-24T18:00",
    }  # fmt: skip
    assert zheng.post(where, leave | {"due_at": "2026-11-22T18:00"}).status_code == 422
    assert zheng.post(where, leave).status_code == 302
    note = reverse("dormitory-note", kwargs={"pk": chenhao.pk})
    zheng.post(note, {"what": "home"})
    zheng.post(note, {"what": "back"})
    assert "返校" in zheng.get(where).content.decode()
    assert zheng.post(note, {"what": "gone", "row": "x"}).status_code == 302
