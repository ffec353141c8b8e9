"""Getting in and staying in: the second factor by role, rest, one-time codes, sessions, the server's own way back."""

import re
from collections.abc import Callable
from datetime import timedelta
from typing import Any

import pytest
import time_machine
from allauth.mfa.models import Authenticator
from allauth.mfa.totp.internal.auth import format_hotp_value, hotp_value, yield_hotp_counters_from_time
from django.core.cache import cache
from django.test import Client
from django.urls import reverse
from typer.testing import CliRunner

from oasis.campus.actions.screening import hold_screening
from oasis.config.commands import app
from oasis.kit.ids import new_id
from oasis.people import actions
from oasis.people.models import AccessRules, Post, Trail, User
from oasis.records.actions import correct_record, write_record
from tests.forms import drawn, fill
from tests.world import PASSWORD, TODAY, TOTP_SECRET, World

SET_UP = "/account/mfa/"


def rules(world: World, **values: object) -> None:
    AccessRules.objects.everywhere(why="a test").filter(school=world.schools["青河县"]).update(**values)


@pytest.fixture(autouse=True)
def _no_code_was_taken_before() -> None:
    """A code is taken once; time stands still in the tests, so each needs the same one."""
    cache.clear()


def came_in(client: Client, who: str, password: str = PASSWORD, **more: str) -> str:
    return client.post("/account/login/", {"login": who, "password": password, **more}, follow=True).content.decode()


def code() -> str:
    return format_hotp_value(hotp_value(TOTP_SECRET, next(yield_hotp_counters_from_time())))


def deeds() -> list[str]:
    return list(Trail.objects.everywhere(why="a test reads the trail").order_by("seq").values_list("deed", flat=True))


@pytest.mark.parametrize("who", ["li", "wu", "xu", "wang", "wei"])
def test_a_demanded_factor_comes_before_anything_else(who: str, world: World, login: Callable[[str], Client]) -> None:
    Authenticator.objects.filter(user=world.users[who]).delete()
    client = login(who)
    assert client.get("/")["Location"] == SET_UP
    assert client.get("/children/")["Location"] == SET_UP
    assert "要求有第二步验证" in client.get(SET_UP).content.decode()


def test_a_new_leader_has_the_days_of_grace_and_is_reminded(world: World, login: Callable[[str], Client]) -> None:
    han = world.users["han"]
    Post.objects.create(user=han, role="principal", school=world.schools["青河县"], from_on=TODAY - timedelta(days=7))
    assert "2026年11月23日以前" in login("han").get("/").content.decode()
    Post.objects.filter(user=han).update(from_on=TODAY - timedelta(days=8))
    assert login("han").get("/")["Location"] == SET_UP


def test_a_school_may_ask_it_of_more_roles(world: World, login: Callable[[str], Client]) -> None:
    rules(world, more_roles=["homeroom"], grace_days=0)
    assert login("zhao").get("/")["Location"] == SET_UP
    assert login("sun").get("/").status_code == 200


def test_setting_it_up_opens_the_way_at_once(world: World, django_capture_on_commit_callbacks: Any) -> None:
    Authenticator.objects.filter(user=world.users["li"]).delete()
    client = Client()
    came_in(client, "li")
    client.post(reverse("account_reauthenticate"), {"password": PASSWORD, "next": reverse("mfa_activate_totp")})
    client.get(reverse("mfa_activate_totp"))
    secret = client.session["mfa.totp.secret"]
    shown = format_hotp_value(hotp_value(secret, next(yield_hotp_counters_from_time())))
    with django_capture_on_commit_callbacks(execute=True):
        client.post(reverse("mfa_activate_totp"), {"code": shown})
    assert client.get("/children/").status_code == 200
    assert "factor.on" in deeds()
    refused = client.post(reverse("mfa_deactivate_totp")).content.decode()
    assert "最后一种方式不能关闭" in refused
    assert Authenticator.objects.filter(user=world.users["li"], type="totp").exists()


def test_a_wrong_second_factor_is_noted(world: World) -> None:
    client = Client()
    came_in(client, "li")
    client.post(reverse("mfa_authenticate"), {"code": "000000"})
    line = Trail.objects.everywhere(why="a test reads the trail").get(deed="factor.failed")
    assert line.actor == world.users["li"].pk
    assert client.get("/children/").status_code == 302


SAID = "想念外出的妈妈"


def test_history_asks_for_a_fresh_factor_and_writing_never(world: World) -> None:
    rules(world, fresh_minutes=15)
    client, lin = Client(), world.children["lin"].pk
    came_in(client, "li")
    client.post(reverse("mfa_authenticate"), {"code": code()})
    past = reverse("child-records", kwargs={"pk": lin})
    assert client.get(past).status_code == 200
    (row,) = write_record(
        world.scope("li"), id=new_id(), kind="talk", children=[world.children["lin"]],
        fields={"happened_on": "2026-11-23", "summary": SAID, "reason": "daily"},
    )  # fmt: skip
    fix = reverse("record-correct", kwargs={"pk": row.pk})
    assert SAID in client.get(reverse("child", kwargs={"pk": lin})).text
    with time_machine.travel("2026-11-23T02:20:00+00:00", tick=False):
        assert client.get(past)["Location"].startswith("/account/mfa/reauthenticate/?next=")
        assert client.get(reverse("record-new", kwargs={"kind": "talk"})).status_code == 200
        card = client.get(reverse("child", kwargs={"pk": lin}))
        assert card.status_code == 200
        assert SAID not in card.text
        assert SAID not in client.get(reverse("record")).text
        assert SAID not in client.get(reverse("record-new", kwargs={"kind": "talk"}), {"child": lin}).text
        shut = [reverse(name, kwargs={"pk": lin}) for name in ("child-history", "child-past")]
        for address in [*shut, reverse("record-mine"), fix]:
            assert client.get(address)["Location"].startswith("/account/mfa/reauthenticate/?next="), address
        fields = {"happened_on": "2026-11-23", "summary": "改", "reason": "daily", "based_on": "0", "why": "写错了"}
        assert SAID not in client.post(fix, fields).text
        client.post(reverse("mfa_reauthenticate"), {"code": code(), "next": past})
        assert client.get(past).status_code == 200


@pytest.mark.parametrize("trouble", ["invalid", "conflict", "parted"])
def test_a_correction_tells_no_other_child_of_the_act_while_the_factor_is_stale(trouble: str, world: World) -> None:
    rules(world, fresh_minutes=15)
    client, li = Client(), world.scope("li")
    came_in(client, "li")
    client.post(reverse("mfa_authenticate"), {"code": code()})
    fields = {"happened_on": "2026-11-23", "summary": SAID, "reason": "daily"}
    both = [world.children[name] for name in ("lin", "yang")]
    lin, yang = write_record(li, id=new_id(), kind="talk", children=both, fields=fields)
    fix = reverse("record-correct", kwargs={"pk": lin.pk})
    form = next(one for one in drawn(client.get(fix), fix) if "based_on" in one.fields)
    sent = form.sent() | {"summary": "" if trouble == "invalid" else "改"}
    hurt = {"conflict": lin, "parted": yang}.get(trouble)
    if hurt:
        correct_record(world.scope("zhao"), record=hurt.pk, based_on=1, fields=fields | {"summary": "班主任改的"})
    with time_machine.travel("2026-11-23T02:20:00+00:00", tick=False):
        for posted in (sent, {name: value for name, value in sent.items() if name not in ("extent", "mate")}):
            answer = client.post(fix, posted)
            if answer.status_code == 302:  # without the others there is nothing to part from
                continue
            assert answer.status_code == 422
            for word in ("杨帆", "名孩子都改", "班主任改的", "已经重新列出"):
                assert word not in answer.text
            assert (f"{yang.pk}:1" in answer.text) == ("mate" in posted), "what was drawn is sent again"


def test_the_sheet_of_a_screening_asks_for_a_fresh_factor_too(world: World) -> None:
    rules(world, fresh_minutes=15)
    client = Client()
    came_in(client, "xu")
    client.post(reverse("mfa_authenticate"), {"code": code()})
    told = {"scale": "MHT", "about": "全校", "organiser": "许安", "took": 4, "on": TODAY}
    row = hold_screening(world.scope("xu"), id=new_id(), school=world.schools["青河县"].pk, **told)
    sheet = reverse("slip", kwargs={"code": "screening", "pk": row.pk})
    assert client.get(sheet).status_code == 200
    with time_machine.travel("2026-11-23T02:20:00+00:00", tick=False):
        assert client.get(sheet)["Location"].startswith("/account/mfa/reauthenticate/?next=")


FACTOR_PAGES = (
    "mfa_view_recovery_codes", "mfa_generate_recovery_codes", "mfa_download_recovery_codes", "mfa_activate_totp", "mfa_deactivate_totp",
    "mfa_add_webauthn", "mfa_list_webauthn",
)  # fmt: skip


@pytest.mark.parametrize("minutes", [0, 15])
def test_a_password_alone_gets_at_no_factor(minutes: int, world: World) -> None:
    rules(world, fresh_minutes=minutes)
    client, li = Client(), world.users["li"]
    came_in(client, "li")
    client.post(reverse("mfa_authenticate"), {"code": code()})
    before = list(Authenticator.objects.filter(user=li).values())
    with time_machine.travel("2026-11-23T02:20:00+00:00", tick=False):
        client.post(reverse("account_reauthenticate"), {"password": PASSWORD, "next": "/"})
        for name in FACTOR_PAGES:
            for answer in (client.get(reverse(name)), client.post(reverse(name))):
                assert answer.get("Location", "").startswith("/account/mfa/reauthenticate/?next="), name
        assert client.get(SET_UP).status_code == 200
        assert list(Authenticator.objects.filter(user=li).values()) == before
        client.post(reverse("mfa_reauthenticate"), {"code": code(), "next": SET_UP})
        assert client.get(reverse("mfa_generate_recovery_codes")).status_code == 200
        assert client.post(reverse("mfa_generate_recovery_codes"))["Location"] == reverse("mfa_view_recovery_codes")
        assert client.get(reverse("mfa_view_recovery_codes")).status_code == 200


def test_who_has_no_factor_is_led_to_one_before_history(world: World, login: Callable[[str], Client]) -> None:
    rules(world, fresh_minutes=15)
    client = login("zhao")
    assert client.get(reverse("child-records", kwargs={"pk": world.children["lin"].pk}))["Location"] == SET_UP
    assert client.get("/").status_code == 200


def test_a_factor_removed_just_now_leads_to_setting_one_up(world: World) -> None:
    rules(world, fresh_minutes=15)
    client = Client()
    came_in(client, "li")
    client.post(reverse("mfa_authenticate"), {"code": code()})
    past = reverse("child-records", kwargs={"pk": world.children["lin"].pk})
    assert client.get(past).status_code == 200
    Authenticator.objects.filter(user=world.users["li"]).delete()
    with time_machine.travel("2026-11-23T02:20:00+00:00", tick=False):
        assert client.get(past)["Location"] == SET_UP


def test_rest_signs_out_and_leads_back_to_the_page(world: World) -> None:
    client = Client()
    came_in(client, "zhao")
    assert client.get("/children/").status_code == 200
    with time_machine.travel("2026-11-23T02:31:00+00:00", tick=False):
        answer = client.get("/children/")
    assert answer["Location"] == "/account/login/?next=%2Fchildren%2F&rest=1"
    assert "logout.rest" in deeds()
    assert "已自动退出" in client.get(answer["Location"]).content.decode()


def test_a_form_sent_after_rest_leads_back_to_the_form_where_the_draft_is(world: World) -> None:
    client = Client()
    came_in(client, "zhao")
    with time_machine.travel("2026-11-23T02:31:00+00:00", tick=False):
        came = "http://testserver/records/new/talk/?a=1"
        answer = client.post("/records/new/talk/", {"summary": "x"}, headers={"Referer": came})
        assert answer["Location"] == "/account/login/?next=%2Frecords%2Fnew%2Ftalk%2F%3Fa%3D1&rest=1"
    came_in(client, "zhao")
    with time_machine.travel("2026-11-23T02:31:00+00:00", tick=False):
        other = client.post("/records/new/talk/", {}, headers={"Referer": "http://evil.example/x"})
        assert other["Location"] == "/account/login/?next=%2F&rest=1"


def test_one_s_own_device_may_rest_longer_and_work_keeps_it_awake(world: World) -> None:
    own, shared = Client(), Client()
    came_in(own, "zhao", remember="on")
    came_in(shared, "zhao")
    for minute in (20, 40):
        with time_machine.travel(f"2026-11-23T02:{minute}:00+00:00", tick=False):
            assert shared.get("/").status_code == 200
    with time_machine.travel("2026-11-23T09:00:00+00:00", tick=False):
        assert own.get("/").status_code == 200
        assert shared.get("/").status_code == 302


def test_a_school_sets_the_rest(world: World) -> None:
    rules(world, shared_minutes=5)
    client = Client()
    came_in(client, "zhao")
    with time_machine.travel("2026-11-23T02:06:00+00:00", tick=False):
        assert client.get("/").status_code == 302


def test_a_one_time_password_runs_out(world: World) -> None:
    invitation = actions.reset_password(world.scope("wang"), user=world.users["zhao"])
    with time_machine.travel("2026-11-24T02:01:00+00:00", tick=False):
        client = Client()
        assert "已经用过或者过期" in came_in(client, "zhao", invitation.password)
        assert client.get("/children/").status_code == 302
    client = Client()
    came_in(client, "zhao", invitation.password)
    assert client.get("/children/")["Location"] == "/account/password/change/"


def test_a_reset_ends_the_sessions_and_leaves_the_factor(world: World, login: Callable[[str], Client]) -> None:
    client = login("li")
    assert client.get("/").status_code == 200
    actions.reset_password(world.scope("wang"), user=world.users["li"])
    assert client.get("/").status_code == 302
    assert Authenticator.objects.filter(user=world.users["li"], type="totp").exists()


def test_other_devices_are_seen_and_ended(world: World) -> None:
    here, there = Client(headers={"User-Agent": "Mozilla Windows Chrome"}), Client(headers={"User-Agent": "Android"})
    came_in(here, "zhao")
    came_in(there, "zhao")
    page = here.get("/mine/sessions/").content.decode()
    assert "Windows 电脑" in page
    assert "安卓手机" in page
    here.post("/mine/sessions/end/")
    assert there.get("/").status_code == 302
    assert here.get("/").status_code == 200
    assert "session.end" in deeds()


def test_nobody_ends_another_s_session_by_its_number(world: World) -> None:
    zhao, qian = Client(), Client()
    came_in(zhao, "zhao")
    came_in(qian, "qian")
    number = re.search(r'name="session" value="(\d+)"', zhao.get("/mine/sessions/").content.decode())
    assert number is None
    from allauth.usersessions.models import UserSession

    of_qian = UserSession.objects.get(user=world.users["qian"])
    zhao.post("/mine/sessions/end/", {"session": str(of_qian.pk)})
    assert qian.get("/").status_code == 200


def test_the_administrator_ends_a_person_s_sessions(world: World, login: Callable[[str], Client]) -> None:
    zhao = Client()
    came_in(zhao, "zhao")
    login("wang").post(reverse("settings-person-sign-out", kwargs={"pk": world.users["zhao"].pk}))
    assert zhao.get("/").status_code == 302


def test_wrong_passwords_lock_for_a_while_and_the_server_unlocks(world: World) -> None:
    cache.clear()
    client = Client()
    for _ in range(9):
        came_in(client, "zhao", "wrong")
    assert "失败次数过多" in came_in(client, "zhao")
    assert CliRunner().invoke(app, ["unlock"]).exit_code == 0
    came_in(client, "zhao")
    assert client.get("/children/").status_code == 200
    assert "server.unlock" in deeds()


def test_the_server_gives_a_code_even_to_a_stopped_account(world: World) -> None:
    User.objects.filter(username="wang").update(is_active=False)
    told = CliRunner().invoke(app, ["code", "wang"])
    assert told.exit_code == 0, told.output
    password = re.search(r"一次性密码：([\w-]+)", told.output)
    assert password
    wang = User.objects.get(username="wang")
    assert wang.is_active
    assert wang.check_password(password[1])
    assert Authenticator.objects.filter(user=wang).exists()
    assert "server.code" in deeds()
    assert CliRunner().invoke(app, ["code", "nobody"]).exit_code == 1


def test_the_server_lifts_a_second_factor_aloud(world: World, login: Callable[[str], Client]) -> None:
    assert CliRunner().invoke(app, ["code", "wang", "--lift"]).exit_code == 0
    assert not Authenticator.objects.filter(user=world.users["wang"]).exists()
    assert "解除了" in login("li").get("/").content.decode()


@pytest.mark.parametrize("address", ["signup", "mfa/webauthn/signup", "password/reset"])
def test_there_is_no_other_way_to_an_account(address: str, db: None) -> None:
    assert Client().get(f"/account/{address}/").status_code == 404
    assert Client().post(f"/account/{address}/", {"username": "neu"}).status_code == 404


def test_the_rules_are_set_by_the_administrator_and_told(world: World, login: Callable[[str], Client]) -> None:
    given = {
        "demand_factor": "on",
        "more_roles": "helper",
        "grace_days": "3",
        "shared_minutes": "10",
        "own_minutes": "60",
    }
    answer = fill(login("wang"), reverse("settings-access"), given | {"fresh_minutes": "0"})
    assert answer.status_code == 302
    kept = AccessRules.objects.everywhere(why="a test").get(school=world.schools["青河县"])
    assert (kept.more_roles, kept.since_on) == (["helper"], TODAY)
    assert "修改了登录规定" in login("li").get("/").content.decode()
    wrong = login("wang").post(reverse("settings-access"), given | {"fresh_minutes": "0", "shared_minutes": "1"})
    assert "5到720分钟" in wrong.content.decode()
