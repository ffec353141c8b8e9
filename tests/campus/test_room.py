"""The children's room through the browser's eyes: opened, books lent, works hung, things counted and written off."""

from collections.abc import Callable

import pytest
from django.test import Client
from django.urls import reverse

from oasis.campus.actions.room import count_items, decide_scrap, lend, open_room
from oasis.campus.models import Book, Item, ItemCount, Loan, Opening, Scrap, Visit, Work
from oasis.campus.room import summed
from oasis.kit.ids import new_id
from oasis.kit.refused import Refused
from tests.house.samples.work import a_scrap
from tests.world import BEGAN, TODAY, World

Login = Callable[[str], Client]
WHY = "a test looks"
DAY = str(TODAY)


def at(name: str, pk: object, **more: object) -> str:
    return reverse(name, kwargs={"pk": pk, **more})


def test_an_opening_takes_names_or_a_count_and_shows_each_only_his_own(world: World, login: Login) -> None:
    zhou, qian = login("zhou"), login("qian")
    hour = {"day": "0", "from_at": "16:00", "to_at": "17:00", "user": str(world.users["zhou"].pk)}
    assert zhou.post(reverse("room-hour-new"), hour | {"to_at": "15:00"}).status_code == 422
    zhou.post(reverse("room-hour-new"), hour)
    assert "今天按开放表要开放，还没有登记" in zhou.get(reverse("room")).text, "23 November is a Monday"
    lin, he = str(world.children["lin"].pk), str(world.children["he"].pk)
    sent = {"on": DAY, "what": "call", "user": str(world.users["zhou"].pk), "count": "0", "id": str(new_id())}
    assert zhou.post(reverse("room-open"), sent).status_code == 422
    sent |= {"children": [lin, he], "called": [lin], "safe": "on"}
    assert zhou.post(reverse("room-open"), sent).status_code == 302
    assert zhou.post(reverse("room-open"), sent).status_code == 302
    row = Opening.objects.everywhere(why=WHY).get()
    assert (row.count, row.safe) == (2, True)
    assert "林晓晓" in zhou.get(at("room-opening", row.pk)).text
    assert "林晓晓" not in qian.get(at("room-opening", row.pk)).text
    assert "何静怡" in qian.get(at("room-opening", row.pk)).text
    assert "何静怡" not in login("shen").get(at("room-opening", row.pk)).text
    assert (
        login("shen")
        .post(reverse("room-open"), sent | {"id": str(new_id()), "count": "9", "children": [lin]})
        .status_code
        == 302
    )
    assert Visit.objects.everywhere(why=WHY).count() == 2, "who sees no names writes none"
    told = summed(world.scope("zhou"), world.schools["青河县"], BEGAN, TODAY)
    assert (told.openings, told.came, told.calls, told.children) == (2, 11, 1, 2)


def test_nobody_opens_the_room_of_another_school(world: World) -> None:
    with pytest.raises(Refused):
        open_room(world.scope("feng"), id=new_id(), school=world.schools["青河县"].pk, user=world.users["zhou"].pk, children=[], called=[], count=3,
                  on=TODAY, what="play", theme="", from_at=None, to_at=None, safe=False, note="")  # fmt: skip


def test_a_book_is_lent_once_by_its_code_and_comes_back(world: World, login: Login) -> None:
    zhou, zhao = login("zhou"), login("zhao")
    zhou.post(reverse("room-book-new"), {"code": "T1", "title": "昆虫记"})
    assert zhou.post(reverse("room-book-new"), {"code": "T1", "title": "又一本"}).status_code == 422
    lending = {"form": "lend", "code": "T1", "child": str(world.children["lin"].pk)}
    assert zhao.post(reverse("room-books"), lending | {"code": "T9"}).status_code == 422
    assert zhao.post(reverse("room-books"), lending | {"child": str(world.children["he"].pk)}).status_code == 422
    assert zhao.post(reverse("room-books"), lending).status_code == 302
    answer = zhou.post(reverse("room-books"), lending)
    assert answer.status_code == 422
    assert "已经借出" in answer.text
    assert "一共借出1本，您看得到其中0本" in login("qian").get(reverse("room-books")).text
    assert login("shen").post(reverse("room-books"), {"form": "back", "code": "T1"}).status_code == 302
    assert login("shen").post(reverse("room-books"), {"form": "back", "code": "T1"}).status_code == 422
    assert Loan.objects.everywhere(why=WHY).get().back_on == TODAY


def test_a_child_holds_three_books_at_most(world: World) -> None:
    zhou, school, lin = world.scope("zhou"), world.schools["青河县"], world.children["lin"]
    for n in range(4):
        Book.objects.create(school=school, code=str(n), title=f"书{n}")
    for n in range(3):
        lend(zhou, id=new_id(), school=school.pk, code=str(n), child=lin.pk, on=TODAY)
    with pytest.raises(Refused):
        lend(zhou, id=new_id(), school=school.pk, code="3", child=lin.pk, on=TODAY)


def test_a_work_hangs_until_it_is_taken_down(world: World, login: Login) -> None:
    zhou = login("zhou")
    sent = {"kind": "painting", "title": "我的妈妈", "from_on": DAY, "child": str(world.children["lin"].pk)}
    assert zhou.post(reverse("room-work-new"), sent | {"child": str(world.children["liu"].pk)}).status_code == 422
    zhou.post(reverse("room-work-new"), sent)
    assert "我的妈妈" in login("zhao").get(reverse("room-works")).text
    assert "我的妈妈" not in login("qian").get(reverse("room-works")).text
    zhou.post(at("room-work-down", Work.objects.everywhere(why=WHY).get().pk))
    assert "我的妈妈" not in zhou.get(reverse("room-works")).text


def test_things_are_accepted_by_two_counted_and_written_off_by_three(world: World, login: Login) -> None:
    zhou, wu, li = login("zhou"), login("wu"), login("li")
    keeper = str(world.users["zhou"].pk)
    thing = {
        "name": "椅子",
        "quantity": "20",
        "unit": "把",
        "source": "given",
        "on": DAY,
        "state": "good",
        "keeper": keeper,
    }
    assert zhou.post(reverse("room-item-new"), thing | {"checker": keeper}).status_code == 422
    assert zhou.post(reverse("room-item-new"), thing | {"checker": str(world.users["wu"].pk)}).status_code == 302
    row = Item.objects.everywhere(why=WHY).get()
    zhou.post(reverse("room-count"), {f"found-{row.pk}": "18", f"state-{row.pk}": "worn"})
    assert "账上20，实有18" in login("sun").get(reverse("room-items")).text
    assert ItemCount.objects.everywhere(why=WHY).get().booked == 20
    assert zhou.post(at("room-scrap", row.pk), {"quantity": "19", "reason": "断腿"}).status_code == 422
    zhou.post(at("room-scrap", row.pk), {"quantity": "3", "reason": "断腿"})
    form = Scrap.objects.everywhere(why=WHY).get()
    wu.post(at("room-scrap-sign", form.pk, what="yes"))
    wu.post(at("room-scrap-sign", form.pk, what="yes"))
    assert Scrap.objects.everywhere(why=WHY).get().principal_id is None, "nobody signs twice"
    assert zhou.post(at("room-scrap-sign", form.pk, what="yes")).status_code == 404
    li.post(at("room-scrap-sign", form.pk, what="yes"))
    assert Item.objects.everywhere(why=WHY).get().quantity == 15
    assert "已报废" in zhou.get(reverse("room-items")).text


def test_the_principal_signs_last(world: World, login: Login) -> None:
    form = Scrap.objects.everywhere(why=WHY).get(pk=a_scrap(world)["pk"])
    wu, li = login("wu"), login("li")
    assert "签字同意" in wu.get(reverse("room-items")).text
    assert "签字同意" not in li.get(reverse("room-items")).text
    answer = li.post(at("room-scrap-sign", form.pk, what="yes"), follow=True)
    assert "请主管领导先签字" in answer.text
    assert Scrap.objects.everywhere(why=WHY).get().dean_id is None
    wu.post(at("room-scrap-sign", form.pk, what="yes"))
    assert "签字同意" in li.get(reverse("room-items")).text
    li.post(at("room-scrap-sign", form.pk, what="yes"))
    assert Scrap.objects.everywhere(why=WHY).get().principal_id == world.users["li"].pk


def test_a_second_count_of_a_day_keeps_the_shortage(world: World) -> None:
    form = Scrap.objects.everywhere(why=WHY).get(pk=a_scrap(world)["pk"])
    zhou, thing, school = world.scope("zhou"), form.item_id, world.schools["青河县"].pk
    counted = ItemCount.objects.everywhere(why=WHY)
    assert count_items(zhou, school=school, found={thing: (18, "good")}) == 1
    assert count_items(zhou, school=school, found={thing: (18, "worn")}) == 1
    assert (counted.get().booked, counted.get().found) == (20, 18)
    for who in ("wu", "li"):
        decide_scrap(world.scope(who), form, yes=True)
    assert count_items(zhou, school=school, found={thing: (16, "good")}) == 1
    assert (counted.get().booked, counted.get().found) == (18, 16), "two written off are not missing"


def test_a_form_refused_changes_nothing(world: World) -> None:
    form = Scrap.objects.everywhere(why=WHY).get(pk=a_scrap(world)["pk"])
    decide_scrap(world.scope("wu"), form, yes=False, why="还能修")
    with pytest.raises(Refused):
        decide_scrap(world.scope("li"), form, yes=True)
    assert Item.objects.everywhere(why=WHY).get().quantity == 20
