"""Activities through the browser's eyes: planned, signed up for in order, agreed to, held, counted."""

from collections.abc import Callable
from datetime import timedelta

import pytest
from django.test import Client
from django.urls import reverse

from oasis.campus.actions.activities import allot, sign_up
from oasis.campus.activities import shares
from oasis.campus.models import Activity, ActivityKlass, ActivityPart
from oasis.campus.organisation import owed_by
from oasis.children.models import Child
from oasis.kit.refused import Refused
from oasis.records.actions.keeping import _loose, _rows
from tests.forms import fill
from tests.house.samples.work import an_activity
from tests.world import BEGAN, TODAY, World

Login = Callable[[str], Client]
WHY = "a test looks"
DAY = str(TODAY)
CHESS = {"kind": "interest", "title": "象棋小组", "on": DAY, "seats": "1"}


def at(name: str, pk: object, **more: object) -> str:
    return reverse(name, kwargs={"pk": pk, **more})


def planned(world: World, login: Login, **fields: object) -> Activity:
    answer = login("zhou").post(reverse("activity-new"), CHESS | {"lead": str(world.users["zhou"].pk)} | fields)
    assert answer.status_code == 302
    return Activity.objects.everywhere(why=WHY).order_by("at").last()


def names(world: World, *keys: str) -> list[str]:
    return [str(world.children[key].pk) for key in keys]


def parts() -> dict[str, ActivityPart]:
    return {row.child.name: row for row in ActivityPart.objects.everywhere(why=WHY).select_related("child")}


def test_a_place_goes_first_to_whose_parents_are_away_and_no_page_says_so(world: World, login: Login) -> None:
    zhou, zhao = login("zhou"), login("zhao")
    row = planned(world, login)
    zhao.post(at("activity-sign", row.pk), {"children": names(world, "yang")})
    zhao.post(at("activity-sign", row.pk), {"children": names(world, "lin")})
    zhou.post(at("activity-places", row.pk))
    assert {name: part.placed for name, part in parts().items()} == {"杨帆": False, "林晓晓": True}
    for who in ("zhou", "zhao"):
        page = login(who).get(at("activity", row.pk)).text
        assert "留守" not in page
        assert "候补" in page
    assert "别班的" in login("qian").get(at("activity", row.pk)).text
    assert "林晓晓" not in login("qian").get(at("activity", row.pk)).text
    assert "林晓晓" not in login("shen").get(at("activity", row.pk)).text


def test_who_left_the_school_gets_no_place(world: World) -> None:
    row = Activity.objects.everywhere(why=WHY).get(pk=an_activity(world)["pk"])
    sign_up(world.scope("zhao"), row, children=[world.children[key].pk for key in ("lin", "yang")])
    ActivityPart.objects.everywhere(why=WHY).update(placed=True)
    Child.objects.everywhere(why=WHY).filter(pk=world.children["lin"].pk).update(state=Child.State.MOVED)
    assert allot(world.scope("zhou"), row) == 1
    assert {name: part.placed for name, part in parts().items()} == {"杨帆": True, "林晓晓": False}


def test_nobody_signs_up_a_child_out_of_reach_or_too_late(world: World, login: Login) -> None:
    row = planned(world, login)
    assert login("zhao").post(at("activity-sign", row.pk), {"children": names(world, "he")}).status_code == 422
    with pytest.raises(Refused):
        sign_up(world.scope("zhao"), row, children=[world.children["he"].pk])
    with pytest.raises(Refused):
        sign_up(world.scope("feng"), row, children=[world.children["liu"].pk])
    Activity.objects.everywhere(why=WHY).update(sign_until=TODAY - timedelta(days=1))
    with pytest.raises(Refused):
        sign_up(world.scope("zhao"), row, children=[world.children["lin"].pk])
    assert login("zhao").post(reverse("activity-new"), CHESS).status_code == 404


def test_off_campus_needs_a_plan_for_risks_and_the_parents_word(world: World, login: Login) -> None:
    zhou, zhao = login("zhou"), login("zhao")
    trip = CHESS | {"lead": str(world.users["zhou"].pk), "off_campus": "on", "seats": ""}
    assert zhou.post(reverse("activity-new"), trip).status_code == 422
    row = planned(world, login, off_campus="on", seats="", risk_plan="两名教师带队")
    zhao.post(at("activity-sign", row.pk), {"children": names(world, "lin", "yang")})
    lin = parts()["林晓晓"]
    came = {
        f"came-{lin.pk}": "on",
        f"came-{parts()['杨帆'].pk}": None,
        f"award-{lin.pk}": "first",
        f"result-{lin.pk}": "航模",
    }
    answer = fill(zhou, at("activity-hold", row.pk), came)
    assert answer.status_code == 422
    assert "家长还没有同意" in answer.text
    assert parts()["林晓晓"].came is None
    zhao.post(at("activity-part", lin.pk, what="agree"))
    assert zhao.post(at("activity-part", lin.pk, what="agreed")).status_code == 404
    assert parts()["林晓晓"].agreed_on == TODAY
    assert fill(zhou, at("activity-hold", row.pk), came).status_code == 302
    held = parts()
    assert (held["林晓晓"].came, held["林晓晓"].award, held["杨帆"].came) == (True, "first", False)
    assert "参观" not in login("qian").get(at("activity", row.pk)).text
    assert zhao.post(at("activity-part", held["林晓晓"].pk, what="off")).status_code == 302
    assert len(parts()) == 2, "who came stays"
    assert login("qian").post(at("activity-part", held["林晓晓"].pk, what="off")).status_code == 404


def test_whole_classes_do_not_leave_the_school(world: World, login: Login) -> None:
    zhou, klass = login("zhou"), str(world.klasses["三1"].pk)
    trip = {"lead": str(world.users["zhou"].pk), "off_campus": "on", "seats": "", "risk_plan": "两名教师带队"}
    answer = zhou.post(reverse("activity-new"), CHESS | trip | {"klasses": [klass]})
    assert answer.status_code == 422
    assert "按名字给孩子报名" in answer.text
    row = planned(world, login, **trip)
    edit = at("activity-edit", row.pk)
    assert zhou.post(edit, CHESS | trip | {"klasses": [klass]}).status_code == 422
    assert fill(zhou, edit, CHESS | trip | {"off_campus": None, "klasses": [klass]}).status_code == 302
    Activity.objects.everywhere(why=WHY).update(off_campus=True)
    answer = zhou.post(at("activity-hold", row.pk), {"story": "去了"})
    assert answer.status_code == 422
    assert "按名字给孩子报名" in answer.text
    assert fill(zhou, edit, CHESS | trip | {"klasses": None}).status_code == 302
    assert zhou.post(at("activity-hold", row.pk), {"story": "去了"}).status_code == 302


def test_what_was_held_or_dropped_is_not_changed(world: World, login: Login) -> None:
    zhou, row = login("zhou"), planned(world, login)
    sent = CHESS | {"lead": str(world.users["zhou"].pk), "title": "别的"}
    kept = Activity.objects.everywhere(why=WHY)
    for over in ({"held_on": TODAY, "dropped": False}, {"held_on": None, "dropped": True}):
        kept.update(**over)
        assert zhou.post(at("activity-edit", row.pk), sent).status_code == 422
        zhou.post(at("activity-drop", row.pk))
        assert (kept.get().title, kept.get().dropped) == ("象棋小组", over["dropped"])


def test_shares_are_counted_for_who_may_read_figures(world: World, login: Login) -> None:
    row = planned(world, login, seats="")
    login("zhao").post(at("activity-sign", row.pk), {"children": names(world, "lin")})
    lin = parts()["林晓晓"]
    login("zhou").post(at("activity-hold", row.pk), {f"came-{lin.pk}": "on", f"award-{lin.pk}": "first"})
    whole, rows = shares(world.scope("li"), world.schools["青河县"], BEGAN, TODAY)
    assert (whole.took, whole.left_took, whole.wins, whole.left_wins) == (1, 1, 1, 1)
    assert {child.name for child in whole.never} == {"陈浩", "杨帆", "何静怡"}
    own, _ = shares(world.scope("zhao"), world.schools["青河县"], BEGAN, TODAY)
    assert own.pupils == 3
    assert len(rows) == 2
    assert login("zhou").get(reverse("activity-shares")).status_code == 404
    assert "陈浩" in login("zhao").get(reverse("activity-shares")).text
    assert "象棋小组" in login("zhao").get(at("child-help", world.children["lin"].pk)).text


def test_a_lesson_reaches_classes_and_is_owed_until_it_is_written_down(world: World, login: Login) -> None:
    klass = world.klasses["三1"]
    row = planned(world, login, kind="drill", title="疏散演练", seats="", klasses=[str(klass.pk)])
    assert ActivityKlass.objects.everywhere(why=WHY).get().count == 3
    assert [one.what for one in owed_by(world.scope("zhou"))] == ["疏散演练"]
    assert "疏散演练" in login("zhou").get(reverse("today-around")).text
    login("zhou").post(at("activity-hold", row.pk), {"story": "两分钟到操场"})
    assert owed_by(world.scope("zhou")) == []
    page = login("shen").get(reverse("activities")).text
    assert "到1个班，还没有到：三（2）班、五（1）班" in page


def test_erasing_a_child_takes_its_parts_along(world: World, login: Login) -> None:
    row, lin = planned(world, login), world.children["lin"]
    sign_up(world.scope("zhao"), row, children=[lin.pk])
    _loose(lin.pk)
    _rows(Child).filter(pk=lin.pk).delete()
    assert not ActivityPart.objects.everywhere(why=WHY).exists()
