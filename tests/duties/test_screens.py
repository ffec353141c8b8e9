"""今日, 班级, the lists, cadences and exceptions as people see them."""

import re
from collections.abc import Callable
from datetime import date, timedelta

import pytest
from django.test import Client
from django.urls import reverse

from oasis.children.models import Away, Child
from oasis.desk.owing import FILED
from oasis.duties.catalogue import DUTIES
from oasis.duties.models import DutySetting
from oasis.kit.ids import new_id
from oasis.records.kinds import KINDS
from oasis.records.models import Record
from tests.forms import fill, press
from tests.world import TODAY, World

Login = Callable[[str], Client]


def text(client: Client, name: str, query: str = "", **kwargs: object) -> str:
    """Give a page's text."""
    answer = client.get(reverse(name, kwargs=kwargs) + query)
    assert answer.status_code == 200, name
    return answer.content.decode()


def test_a_teacher_sees_the_reason_and_a_way_to_record(world: World, login: Login) -> None:
    lin = world.children["lin"]
    shown = text(login("zhao"), "today")
    assert "期中家访还没有做，此前没有记录，请在11月30日前完成" in shown
    assert f"/record/visit/?child={lin.pk}" in shown
    assert "何静怡" not in shown


def test_a_call_row_opens_the_numbers_and_comes_back(world: World, login: Login) -> None:
    lin, client = world.children["lin"], login("zhao")
    address = reverse("call", kwargs={"kind": "family-call", "pk": lin.pk}) + "?next=%2F"
    assert address in text(client, "today")
    shown = client.get(address).content.decode()
    assert 'href="tel:19900000001"' in shown
    assert f"/record/family-call/?child={lin.pk}" in shown, "a letter or a visit is written in the whole form"
    sent = client.post(
        address, {"id": str(new_id()), "channel": "phone", "outcome": "no-answer", "with_whom": "father", "next": "/"}
    )
    assert sent["Location"] == "/"
    assert "今天打过，没接通，" in text(client, "today")


def test_without_contacts_a_call_row_opens_the_form(world: World, login: Login) -> None:
    assert reverse("call", kwargs={"kind": "talk", "pk": world.children["lin"].pk}) not in text(login("xu"), "today")


def test_a_call_goes_back_to_our_pages_only(world: World, login: Login) -> None:
    address = reverse("call", kwargs={"kind": "family-call", "pk": world.children["lin"].pk})
    typed = {
        "id": str(new_id()),
        "channel": "phone",
        "outcome": "no-answer",
        "with_whom": "father",
        "next": "https://evil.example/",
    }
    assert login("zhao").post(address, typed)["Location"].startswith("/calls/")


def test_yesterdays_failed_call_is_not_todays(world: World, login: Login) -> None:
    lin = world.children["lin"]
    Record.objects.create(
        school=lin.school, child=lin, kind="family-call", happened_on=TODAY - timedelta(days=1), by=world.users["zhao"],
        outcome="no-answer",
    )  # fmt: skip
    assert "今天打过" not in text(login("zhao"), "today")


def test_the_county_is_told_that_its_figures_come_later(world: World, login: Login) -> None:
    assert "县（区）汇总还没有开放" in text(login("wei"), "today")


def test_no_rest_is_promised_under_an_open_alarm(world: World, login: Login) -> None:
    for duty in DUTIES:
        DutySetting(school=world.schools["青河县"], duty=duty.code, on=False).save()
    shown = text(login("zhao"), "today")
    assert "请马上核实" in shown
    assert "孩子们的事都做了" not in shown


def test_every_duty_leads_to_where_it_is_done() -> None:
    for duty in DUTIES:
        assert duty.asks in KINDS or duty.code in FILED


def test_a_helper_sees_her_child_only(world: World, login: Login) -> None:
    shown = text(login("sun"), "today")
    assert "重点帮扶对象谈心" in shown
    assert "期中家访" not in shown
    assert "陈浩" not in shown


def test_a_principals_numbers_open_lists_that_agree(world: World, login: Login) -> None:
    client = login("li")
    shown = text(client, "today")
    found = re.findall(r'class="amount" href="(/duties/[^"]+)">(\d+)<', shown)
    assert len(found) > 8
    for address, number in found:
        listed = client.get(address.replace("&amp;", "&")).content.decode()
        assert listed.count('<li class="line">') == int(number), address


def test_the_matrix_counts_open_lists_that_agree(world: World, login: Login) -> None:
    Record.objects.create(
        id=new_id(), school=world.schools["青河县"], child=world.children["lin"], kind="family-call",
        happened_on=date(2026, 10, 9), by=world.users["zhao"],
    )  # fmt: skip
    client = login("zhao")
    for view in ("?view=term", "?month=2026-09", "?month=2026-10", ""):
        shown = text(client, "klass", view, pk=world.klasses["三1"].pk)
        found = re.findall(r'class="amount" href="(/duties/[^"]+)">(\d+)/(\d+)<', shown)
        assert found
        for address, done, total in found:
            listed = client.get(address.replace("&amp;", "&")).content.decode()
            assert listed.count('<li class="line">') == int(total), (view, address)
            assert listed.count("已做</span>") == int(done)


def test_birthdays_by_the_sun_and_the_moon(world: World, login: Login) -> None:
    rows = Child.objects.everywhere(why="birthdays of this week")
    rows.filter(pk=world.children["lin"].pk).update(birth_on=date(2017, 11, 25))
    rows.filter(pk=world.children["yang"].pk).update(lunar_birthday="农历十月十五")  # 23 November 2026
    shown = text(login("zhou"), "today")
    assert shown.index("杨帆") < shown.index("林晓晓")
    assert "（农历生日）" in shown
    assert "陈浩" not in shown


def test_a_parent_on_the_way_home_is_seen(world: World, login: Login) -> None:
    lin = world.children["lin"]
    Away.objects.create(
        school=lin.school, person=world.persons["lin_father"], since_on=date(2026, 2, 20),
        next_return_on=TODAY + timedelta(days=3),
    )  # fmt: skip
    assert "父亲11月26日 周四回来，3天后" in text(login("zhao"), "today-around")
    assert "父亲11月26日" not in text(login("qian"), "today")


@pytest.mark.parametrize(
    ("who", "words"),
    [
        ("zhou", "今天没有要记住的日子"),
        ("wang", "还没有班主任的班级：五（1）班"),
        ("wei", "汇总还没有开放"),
        ("zheng", "住校的孩子"),
    ],
)
def test_each_role_has_its_day(who: str, words: str, world: World, login: Login) -> None:
    assert words in text(login(who), "today")


def test_no_page_of_duties_says_in_its_title_what_a_pupil_should_not_read(world: World, login: Login) -> None:
    client = login("li")
    for name, kwargs in (
        ("today", {}),
        ("klasses", {}),
        ("klass", {"pk": world.klasses["三1"].pk}),
        ("klass-duty", {"code": "all"}),
    ):
        title = re.search(r"<title>(.*?)</title>", text(client, name, **kwargs))
        assert title is not None
        assert "留守" not in title[1]


def test_strange_questions_are_answered_calmly(world: World, login: Login) -> None:
    client = login("zhao")
    for query in ("?state=x&klass=y&month=2026-13&start=-1", "?month=1999-01", "?start=99999", "?month=9999-12"):
        assert text(client, "klass-duty", query, code="visit-2")
    assert client.get(reverse("klass-duty", kwargs={"code": "nothing"})).status_code == 404
    klass = reverse("klass", kwargs={"pk": world.klasses["三1"].pk})
    assert [client.get(f"{klass}?month={month}").status_code for month in ("2020-01", "9999-12", "x")] == [
        404,
        404,
        200,
    ]


def test_a_cadence_is_tried_and_saved(world: World, login: Login) -> None:
    client, address = login("wang"), reverse("settings-cadence", kwargs={"code": "carer-contact"})
    values = {"on": "on", "every": "2", "grace": "3", "whom": "left-behind"}
    tried = client.post(address, values | {"preview": "1"}).content.decode()
    assert "每两个月一次。还没有保存。" in tried
    assert "林晓晓" not in tried
    assert fill(client, address, values | {"save": "1"}).status_code == 302
    assert "学校已改" in text(client, "settings-cadences")
    press(client, address, "reset", seen="x")
    assert "学校已改" in text(client, "settings-cadences"), "somebody set another cadence since"
    press(client, address, "reset")
    assert "学校已改" not in text(client, "settings-cadences")


def test_a_cadence_out_of_bounds_is_explained(world: World, login: Login) -> None:
    address = reverse("settings-cadence", kwargs={"code": "carer-contact"})
    shown = login("wang").post(address, {"on": "on", "every": "9", "grace": "3", "whom": "key", "save": "1"})
    assert 'aria-invalid="true"' in shown.content.decode()


def test_an_exception_is_given_shown_and_ended(world: World, login: Login) -> None:
    client, lin = login("zhao"), world.children["lin"]
    address = reverse("child-waivers", kwargs={"pk": lin.pk})
    client.post(address, {"duty": "visit-2", "reason": "父亲在家", "until_on": "2026-12-20"})
    shown = text(client, "child-waivers", pk=lin.pk)
    assert "父亲在家" in shown
    assert "期中家访还没有做" not in text(client, "klass-duty", "?state=waived", code="visit-2")
    end = re.search(r'action="([^"]+/end/)"', shown)
    assert end is not None
    assert client.post(end[1]).status_code == 302
    assert "没有例外" in text(client, "child-waivers", pk=lin.pk)


def test_an_exception_needs_a_reason(world: World, login: Login) -> None:
    address = reverse("child-waivers", kwargs={"pk": world.children["lin"].pk})
    shown = login("zhao").post(address, {"duty": "visit-2", "reason": ""}).content.decode()
    assert "还不能保存" in shown
