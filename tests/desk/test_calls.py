"""通话台: one by one, an outcome in one tap, numbers that age."""

from collections.abc import Callable

import pytest
import time_machine
from django.test import Client
from django.urls import reverse
from pytest_django.fixtures import DjangoAssertNumQueries

from oasis.children.models import Phone
from oasis.duties.calling import call_desk
from oasis.kit.ids import new_id
from oasis.people.roles import Need
from oasis.records.actions import withdraw
from oasis.records.calling import OWN, queue
from oasis.records.models import Record
from oasis.records.numbers import numbers
from tests.forms import drawn
from tests.world import World

Login = Callable[[str], Client]


def number(world: World, key: str) -> Phone:
    return Phone.objects.within(world.scope("zhao"), Need.CONTACTS).get(person=world.persons[key])


def tap(client: Client, world: World, outcome: str, key: str = "lin_mother", kind: str = "family-call") -> str:
    where = reverse("call", kwargs={"kind": kind, "pk": world.children["lin"].pk})
    sent = {
        "id": str(new_id()), "phone": str(number(world, key).pk), "channel": "phone", "outcome": outcome,
        "place": str(world.klasses["三1"].pk),
    }  # fmt: skip
    return str(client.post(where, sent)["Location"])


def press(client: Client, address: str, outcome: str) -> str:
    """Press an outcome on the page at an address, as it is drawn; give where that leads."""
    form = next(form for form in drawn(client.get(address), address) if "channel" in form.fields)
    return str(client.post(form.target, form.sent() | {"outcome": outcome})["Location"])


def wrote(world: World) -> list[Record]:
    rows = Record.objects.within(world.scope("zhao"), Need.RECORD_READ).filter(withdrawn=False)
    return list(rows.order_by("id"))


def test_words_of_harm_at_the_call_desk_remind_of_the_duty_to_report(world: World, login: Login) -> None:
    client, lin = login("zhao"), world.children["lin"]
    where = reverse("call", kwargs={"kind": "carer-contact", "pk": lin.pk})
    sent = {"phone": str(number(world, "lin_granny").pk), "channel": "phone", "outcome": "done"}
    plain = client.post(where, sent | {"id": str(new_id()), "summary": "说孩子饭量好"}, follow=True).text
    assert "可能要强制报告" not in plain
    told = client.post(
        where, sent | {"id": str(new_id()), "summary": "说他爸喝了酒打孩子，腿上有淤青"}, follow=True
    ).text
    assert "写到的情况可能要强制报告" in told
    assert f'href="{reverse("reports")}?child={lin.pk}"' in told
    assert "已记下" in told


def test_the_next_child_follows_and_the_end_lists_who_was_missed(world: World, login: Login) -> None:
    client, chenhao = login("zhao"), world.children["chenhao"]
    onward = tap(client, world, "refused")
    for _ in range(2):  # the other parent, then the grandmother
        onward = press(client, onward, "no-answer")
    assert str(chenhao.pk) in onward
    assert "：没接。" in client.get(onward).content.decode()
    page = client.get(reverse("calls"), {"kind": "family-call"}).content.decode()
    assert "没有联系上（1名）" in page
    assert "没有登记电话号码" in page  # chenhao has none: to mend
    row = wrote(world)[0]
    assert (row.kind, row.with_whom, row.outcome, row.channel) == ("family-call", "mother", "refused", "phone")


def test_who_was_reached_this_month_need_not_be_called(world: World, login: Login) -> None:
    client = login("zhao")
    before = client.get(reverse("calls"), {"kind": "family-call"}).content.decode()
    assert "还没有和父母通话或通信" in before
    tap(client, world, "done")
    page = client.get(reverse("calls"), {"kind": "family-call"}).content.decode()
    assert "今天打通了（1名）" in page
    with time_machine.travel("2026-11-24T02:00:00+00:00", tick=False):
        page = login("zhao").get(reverse("calls"), {"kind": "family-call"}).content.decode()
    assert "现在不用打（1名）" in page


def test_numbers_age_with_the_outcome(world: World, login: Login) -> None:
    client = login("zhao")
    tap(client, world, "no-answer")
    tap(client, world, "no-answer")
    assert number(world, "lin_mother").dead
    tap(client, world, "done")
    told = number(world, "lin_mother")
    assert (told.failed_times, told.wrong, told.last_worked_on) == (0, False, world.scope("zhao").on)
    tap(client, world, "wrong-number", "lin_father")
    assert number(world, "lin_father").wrong


def test_a_slip_taken_back_leaves_the_number_alone(world: World, login: Login) -> None:
    tap(login("zhao"), world, "wrong-number", "lin_father")
    withdraw(world.scope("zhao"), record=wrote(world)[0].pk)
    assert not number(world, "lin_father").wrong


def test_a_double_press_ages_the_number_once(world: World, login: Login) -> None:
    client, where = login("zhao"), reverse("call", kwargs={"kind": "family-call", "pk": world.children["lin"].pk})
    sent = {
        "id": str(new_id()),
        "phone": str(number(world, "lin_mother").pk),
        "channel": "phone",
        "outcome": "no-answer",
    }
    for _ in range(2):
        client.post(where, sent)
    assert len(wrote(world)) == 1
    assert number(world, "lin_mother").failed_times == 1


def test_whom_to_call_first_depends_on_the_call(world: World) -> None:
    lin = world.children["lin"]
    for kind, first, whom in (("family-call", "林国平", "father"), ("carer-contact", "黄桂英", "carer")):
        told = numbers(world.scope("zhao"), [lin], kind)[lin.pk][0]
        assert (told.person, told.whom) == (first, whom)


def test_the_numbers_keep_their_order_and_a_dead_one_is_not_chosen(world: World, login: Login) -> None:
    lin = world.children["lin"]
    before = [one.person for one in numbers(world.scope("zhao"), [lin], "family-call")[lin.pk]]
    Phone.objects.within(world.scope("li"), Need.CONTACTS).filter(person=world.persons["lin_father"]).update(wrong=True)
    assert [one.person for one in numbers(world.scope("zhao"), [lin], "family-call")[lin.pk]] == before
    where = reverse("call", kwargs={"kind": "family-call", "pk": lin.pk})
    page = login("zhao").get(where).content.decode()
    assert f'data-name="周玉兰" value="{number(world, "lin_mother").pk}" checked' in page
    assert page.count('class="whole" data-who></span>') == 4, "the buttons name the chosen person"


def test_after_a_number_in_vain_the_next_one_of_the_child_is_offered_in_the_same_place(
    world: World, login: Login
) -> None:
    client, lin = login("zhao"), world.children["lin"]
    onward = tap(client, world, "no-answer", "lin_father")
    assert reverse("call", kwargs={"kind": "family-call", "pk": lin.pk}) in onward
    page = client.get(onward).content.decode()
    assert "接着打给母亲周玉兰。" in page
    assert "今天没接" in page
    assert f'data-name="周玉兰" value="{number(world, "lin_mother").pk}" checked' in page
    assert reverse("call", kwargs={"kind": "family-call", "pk": world.children["chenhao"].pk}) in page, "or go on"
    assert str(world.children["chenhao"].pk) in press(client, onward, "done")


def test_behind_the_parents_numbers_comes_whoever_cares_for_the_child(world: World, login: Login) -> None:
    client, chenhao = login("zhao"), world.children["chenhao"]
    onward = press(client, tap(client, world, "wrong-number", "lin_father"), "no-answer")
    assert reverse("call", kwargs={"kind": "carer-contact", "pk": world.children["lin"].pk}) in onward
    assert f'data-name="黄桂英" value="{number(world, "lin_granny").pk}" checked' in client.get(onward).content.decode()
    after = press(client, onward, "done")
    assert reverse("call", kwargs={"kind": "family-call", "pk": chenhao.pk}) in after
    assert [row.with_whom for row in wrote(world)] == ["father", "mother", "carer"]


def test_a_number_of_two_people_is_rung_once_and_a_dead_one_is_not_offered(world: World, login: Login) -> None:
    rows = Phone.objects.within(world.scope("li"), Need.CONTACTS)
    rows.filter(person=world.persons["lin_granny"]).update(wrong=True)
    mother = rows.get(person=world.persons["lin_mother"])
    mother.number = number(world, "lin_father").number
    mother.save()
    onward = tap(login("zhao"), world, "no-answer", "lin_father")
    assert str(world.children["chenhao"].pk) in onward


def test_a_slip_taken_back_makes_the_number_the_next_again(world: World, login: Login) -> None:
    client = login("zhao")
    onward = tap(client, world, "no-answer", "lin_father")
    withdraw(world.scope("zhao"), record=wrote(world)[0].pk)
    assert "今天没接" not in client.get(onward).content.decode()


def test_a_family_reached_today_is_not_called_unreached(world: World, login: Login) -> None:
    client, where = login("zhao"), reverse("call", kwargs={"kind": "family-call", "pk": world.children["lin"].pk})
    tap(client, world, "no-answer", "lin_father")
    tap(client, world, "no-answer")
    page = client.get(where).content.decode()
    assert "今天还没有联系上" in page
    assert page.count("今天没接") == 2
    tap(client, world, "done")
    page = client.get(where).content.decode()
    assert "今天还没有联系上" not in page
    assert "先不打这家了" in page, "the way on stays while a number of the family was rung in vain"
    assert page.count("今天没接") == 1, "the mother's number: its last word of today"
    assert "今天还没有联系上" not in client.get(where, {"again": "1"}).content.decode()


def test_own_children_are_those_paired_or_boarding(world: World) -> None:
    assert [turn.child.name for turn in queue(world.scope("sun"), "family-call", OWN, {}).turns] == ["林晓晓"]
    assert [turn.child.name for turn in queue(world.scope("zheng"), "family-call", OWN, {}).turns] == ["陈浩"]


def test_a_child_without_numbers_can_be_noted_too(world: World, login: Login) -> None:
    where = reverse("call", kwargs={"kind": "carer-contact", "pk": world.children["chenhao"].pk})
    assert "没有登记电话号码" in login("zhao").get(where).content.decode()
    sent = {"id": str(new_id()), "with_whom": "mother", "channel": "wechat", "outcome": "done"}
    assert login("zhao").post(where, sent).status_code == 302
    assert wrote(world)[0].with_whom == "mother"


def test_a_mistake_keeps_the_sentence(world: World, login: Login) -> None:
    where = reverse("call", kwargs={"kind": "carer-contact", "pk": world.children["lin"].pk})
    sent = {"id": str(new_id()), "phone": "x", "channel": "phone", "outcome": "done", "summary": "奶奶说都好"}
    answer = login("zhao").post(where, sent)
    assert answer.status_code == 422
    assert "奶奶说都好" in answer.content.decode()


@pytest.mark.parametrize("who", ["qian", "zheng", "feng"])
def test_others_reach_nobody(who: str, world: World, login: Login) -> None:
    where = reverse("call", kwargs={"kind": "family-call", "pk": world.children["lin"].pk})
    assert login(who).post(where, {"outcome": "done"}).status_code == 404


def test_the_desk_asks_the_database_little(
    world: World, login: Login, django_assert_max_num_queries: DjangoAssertNumQueries
) -> None:
    client = login("zhao")
    for outcome in ("done", "no-answer"):
        tap(client, world, outcome)
    with django_assert_max_num_queries(16):
        client.get(reverse("calls"))


def test_the_numbers_of_a_class_stand_in_the_order_of_the_queue(world: World, login: Login) -> None:
    scope, place, orders = world.scope("zhao"), str(world.klasses["三1"].pk), []
    for outcome in ("", "done"):
        if outcome:
            tap(login("zhao"), world, outcome, "lin_granny", "carer-contact")
        standing, told = call_desk(scope, "carer-contact", place)
        assert list(told) == [turn.child.pk for turn in standing.turns]
        orders.append(list(told))
    assert orders[0] != orders[1]
