"""记一笔 in the browser's words: kinds, children, one form, once."""

from collections.abc import Callable
from typing import Any

import pytest
from django.test import Client
from django.urls import reverse
from pytest_django.fixtures import DjangoAssertNumQueries

from oasis.kit.ids import new_id
from oasis.kit.refused import Refused
from oasis.people.models import Trail
from oasis.people.roles import Need
from oasis.records.actions import correct_record, open_sealed, write_record
from oasis.records.kinds import KINDS
from oasis.records.models import Record
from oasis.records.queries import timeline
from tests.forms import drawn
from tests.world import TODAY, World

Login = Callable[[str], Client]


def fields(world: World, *children: str, kind: str = "talk", **more: Any) -> dict[str, Any]:
    asked = [str(world.children[name].pk) for name in children]
    return {"id": str(new_id()), "child": asked, "happened_on": str(TODAY), **KINDS.get(kind).sample, **more}


def address(kind: str = "talk") -> str:
    return reverse("record-new", kwargs={"kind": kind})


def wrote(world: World) -> list[Record]:
    return list(Record.objects.within(world.scope("zhao"), Need.RECORD_READ).filter(withdrawn=False))


@pytest.mark.parametrize("kind", [kind.code for kind in KINDS if kind.offered])
def test_every_kind_is_offered_shown_and_saved(kind: str, world: World, login: Login) -> None:
    client, lin = login("zhao"), world.children["lin"]
    offered = client.get(reverse("record"), {"child": str(lin.pk)}).content.decode()
    assert f"{address(kind)}?child={lin.pk}" in offered
    form = client.get(address(kind), {"child": str(lin.pk)}).content.decode()
    assert lin.name in form
    assert "checked" in form
    answer = client.post(address(kind), fields(world, "lin", kind=kind), follow=True)
    assert "已记下" in answer.content.decode()
    assert [row.kind for row in timeline(world.scope("zhao"), lin)] == [kind]


def test_a_double_press_makes_one_record(world: World, login: Login) -> None:
    client, sent = login("zhao"), fields(world, "lin", "yang")
    for _ in range(2):
        assert client.post(address(), sent).status_code == 302
    assert len(wrote(world)) == 2
    assert len({row.group for row in wrote(world)}) == 1


def test_two_tabs_make_two_records(world: World, login: Login) -> None:
    client = login("zhao")
    for _ in range(2):
        client.post(address(), fields(world, "lin"))
    assert len(wrote(world)) == 2


def test_after_saving_the_children_are_named(world: World, login: Login) -> None:
    page = login("zhao").post(address(), fields(world, "lin", "yang"), follow=True).text
    assert f"已记下：{world.children['lin'].name}、{world.children['yang'].name}，谈心" in page


def test_plain_words_of_harm_remind_of_the_duty_to_report(world: World, login: Login) -> None:
    client, lin = login("zhao"), world.children["lin"]
    way = f"{reverse('reports')}?child={lin.pk}"
    page = client.post(address(), fields(world, "lin", summary="说爸爸喝了酒用皮带打他，腿上有淤青"), follow=True).text
    assert "写到的情况可能要强制报告" in page
    assert f'href="{way}"' in page
    assert "child=" + str(lin.pk) in client.get(way).text
    assert "可能要强制报告" not in client.get(reverse("record")).text
    assert (
        "可能要强制报告" not in client.post(address(), fields(world, "lin", summary="妈妈打他电话"), follow=True).text
    )
    several = client.post(address(), fields(world, "lin", "yang", words="不想活了"), follow=True).text
    assert f'href="{reverse("reports")}"' in several


def test_mistakes_keep_what_was_typed(world: World, login: Login) -> None:
    answer = login("zhao").post(address(), fields(world, "lin", happened_on="2027-01-01", summary="说了很多心里话"))
    page = answer.content.decode()
    assert answer.status_code == 422
    assert "日期不能晚于今天" in page
    assert "说了很多心里话" in page
    assert world.children["lin"].name in page
    assert not wrote(world)


def test_without_a_child_nothing_is_lost(world: World, login: Login) -> None:
    page = login("zhao").post(address(), fields(world, summary="说了很多心里话")).content.decode()
    assert "请至少选择一个孩子" in page
    assert "说了很多心里话" in page


def test_children_out_of_reach_are_not_written_about(world: World, login: Login) -> None:
    page = login("zhao").post(address(), fields(world, "lin", "he")).content.decode()
    assert "不在您负责的范围内" in page
    assert world.children["he"].name not in page
    assert login("zhao").get(address(), {"child": str(world.children["he"].pk)}).status_code == 404


def test_words_changed_after_saving_are_not_swallowed(world: World, login: Login) -> None:
    client, sent = login("zhao"), fields(world, "lin")
    client.post(address(), sent)
    page = client.post(address(), sent | {"summary": "后来改的话"}).content.decode()
    assert "已经保存过了" in page
    assert "后来改的话" in page
    assert sent["id"] not in page.split('name="id"')[1][:60]


def test_undo_takes_it_back(world: World, login: Login) -> None:
    client = login("zhao")
    page = client.post(address(), fields(world, "lin"), follow=True).content.decode()
    undo = reverse("record-undo", kwargs={"pk": wrote(world)[0].pk})
    assert undo in page
    assert client.post(undo).status_code == 302
    assert not wrote(world)


def test_a_search_finds_by_initials_and_keeps_the_chosen(world: World, login: Login) -> None:
    where = reverse("record-children", kwargs={"kind": "talk"})
    chosen = str(world.children["yang"].pk)
    page = login("zhao").post(where, {"words": "lxx", "child": chosen}, headers={"HX-Request": "true"}).content.decode()
    assert "<html" not in page
    assert world.children["lin"].name in page
    assert f'value="{chosen}" checked' in page
    assert world.children["chenhao"].name not in page


def test_every_search_for_a_child_leaves_one_line_without_its_words(world: World, login: Login) -> None:
    lines = Trail.objects.everywhere(why="a test reads the trail").filter(deed="child.search").order_by("seq")
    zhao = login("zhao")
    picker = reverse("record-children", kwargs={"kind": "talk"})
    zhao.post(picker, {"words": "lxx", "child": str(world.children["yang"].pk)}, headers={"HX-Request": "true"})
    zhao.post(picker, {"words": "没有这个人"})
    zhao.post(picker, {"words": " "})
    zhao.post(reverse("children"), {"q": "林晓晓"})
    zhao.post(reverse("children"), {"q": ""})
    login("li").post(reverse("child-doubles"), {"name": "林国平"})
    assert [line.detail for line in lines] == ["letters 1", "name 0", "name 1", "parent 1"]
    assert {line.school_key for line in lines} == {world.schools["青河县"].pk}


def test_after_saving_one_returns_where_one_came_from(world: World, login: Login) -> None:
    client = login("zhao")
    assert client.post(address(), fields(world, "lin", next="/children/"))["Location"] == "/children/"
    assert (
        client.post(address(), fields(world, "lin", next="https://elsewhere.example/"))["Location"]
        == "/record/?done=talk"
    )


def test_the_next_child_to_whom_the_same_is_owed_comes_up(world: World, login: Login) -> None:
    page = login("zhao").post(address("visit"), fields(world, "lin", kind="visit"), follow=True).content.decode()
    assert f"{address('visit')}?child={world.children['chenhao'].pk}" in page
    assert "期中家访还没有做" in page


def test_the_record_tells_its_history(world: World, login: Login) -> None:
    client = login("zhao")
    client.post(address(), fields(world, "lin", summary="第一稿"))
    row = wrote(world)[0]
    where = reverse("record-correct", kwargs={"pk": row.pk})
    assert "第一稿" in client.get(where).content.decode()
    sent = fields(world, summary="第二稿", based_on="1", why="写错了")
    page = client.post(where, sent, follow=True).content.decode()
    assert all(words in page for words in ("第一稿", "第二稿", "写错了"))


def test_the_second_to_correct_sees_both(world: World, login: Login) -> None:
    client = login("zhao")
    client.post(address(), fields(world, "lin", summary="第一稿"))
    row = wrote(world)[0]
    told = {"happened_on": str(TODAY), "reason": "daily", "summary": "校长改的"}
    correct_record(world.scope("li"), record=row.pk, based_on=1, fields=told)
    where = reverse("record-correct", kwargs={"pk": row.pk})
    answer = client.post(where, fields(world, summary="我改的", based_on="1"))
    page = answer.content.decode()
    assert answer.status_code == 409
    assert "校长改的" in page
    assert "我改的" in page
    assert 'name="based_on" value="2"' in page


def test_sealed_text_opens_with_a_reason_only(world: World, login: Login) -> None:
    told = {"happened_on": str(TODAY), "reason": "mood", "summary": "只说给老师听的话", "confidential": "on"}
    row = write_record(world.scope("xu"), id=new_id(), kind="talk", children=[world.children["lin"]], fields=told)[0]
    show, opened = (reverse(name, kwargs={"pk": row.pk}) for name in ("record-show", "record-open"))
    for who in ("zhao", "li", "xu"):
        assert "只说给老师听的话" not in login(who).get(show).content.decode()
    assert login("zhao").post(opened, {"reason": "care"}).status_code == 404
    assert "只说给老师听的话" not in login("li").post(opened, {"reason": ""}).content.decode()
    assert "只说给老师听的话" in login("li").post(opened, {"reason": "care"}).content.decode()


def test_the_writer_rereads_her_own_sealed_words_with_one_tap_and_nobody_else(world: World, login: Login) -> None:
    told = {"happened_on": str(TODAY), "reason": "mood", "summary": "只说给老师听的话", "confidential": "on"}
    row = write_record(world.scope("sun"), id=new_id(), kind="talk", children=[world.children["lin"]], fields=told)[0]
    show, opened = (reverse(name, kwargs={"pk": row.pk}) for name in ("record-show", "record-open"))
    client = login("sun")
    form = next(form for form in drawn(client.get(show), show) if form.target == opened)
    assert form.sent()["reason"] == ["own"]
    assert "只说给老师听的话" in client.post(opened, form.sent()).text
    line = Trail.objects.within(world.scope("li"), Need.TRAIL).filter(deed="record.open").get()
    assert (line.detail, line.actor) == ("own", world.users["sun"].pk)
    leader = login("li")
    assert 'value="own"' not in leader.get(show).text
    assert "只说给老师听的话" not in leader.post(opened, {"reason": "own"}).text
    with pytest.raises(Refused):
        open_sealed(world.scope("li"), record=row.pk, reason="own")


def test_the_life_care_teacher_reads_back_only_what_is_hers(world: World, login: Login) -> None:
    mine = write_record(
        world.scope("zheng"), id=new_id(), kind="life-service", children=[world.children["chenhao"]],
        fields={"happened_on": str(TODAY), **KINDS.get("life-service").sample},
    )[0]  # fmt: skip
    other = write_record(
        world.scope("zhao"), id=new_id(), kind="talk", children=[world.children["chenhao"]],
        fields={"happened_on": str(TODAY), **KINDS.get("talk").sample},
    )[0]  # fmt: skip
    assert login("zheng").get(reverse("record-show", kwargs={"pk": mine.pk})).status_code == 200
    assert login("zheng").get(reverse("record-show", kwargs={"pk": other.pk})).status_code == 404
    page = login("zheng").get(reverse("record-mine")).content.decode()
    assert str(mine.pk) in page
    assert str(other.pk) not in page


def test_long_lists_turn_their_pages(world: World, login: Login) -> None:
    for _ in range(25):
        login("zhao").post(address(), fields(world, "lin"))
    client, seen = login("zhao"), set[str]()
    where = reverse("record-mine")
    first = client.get(where).content.decode()
    assert "更早的记录" in first
    onward = first.split('rel="next"')[0].rsplit('href="', 1)[1].split('"')[0].replace("&amp;", "&")
    second = client.get(onward).content.decode()
    for page in (first, second):
        seen |= {str(row.pk) for row in wrote(world) if str(row.pk) in page}
    assert len(seen) == 25


@pytest.mark.parametrize(
    ("name", "most"), [("record", 9), ("record-mine", 7)]
)  # three end the message of the post before
def test_pages_ask_the_database_little(
    name: str, most: int, world: World, login: Login, django_assert_max_num_queries: DjangoAssertNumQueries
) -> None:
    client = login("zhao")
    for _ in range(12):
        client.post(address(), fields(world, "lin", "yang"))
    with django_assert_max_num_queries(most):
        client.get(reverse(name))


def test_the_form_asks_the_database_little(
    world: World, login: Login, django_assert_max_num_queries: DjangoAssertNumQueries
) -> None:
    client = login("zhao")
    for _ in range(12):
        client.post(address(), fields(world, "lin", "yang"))
    with django_assert_max_num_queries(16):
        client.get(address(), {"child": str(world.children["lin"].pk)})
