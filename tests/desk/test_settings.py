"""The settings screens: the administrator works through them, others never see them."""

import re
from collections.abc import Callable

from allauth.mfa.models import Authenticator
from django.test import Client
from django.urls import reverse

from oasis.people.models import Post, User
from oasis.places.models import Klass, School, SchoolDay, Term
from tests.forms import fill
from tests.world import TODAY, World

Login = Callable[[str], Client]


def test_the_school_s_phone_is_saved(world: World, login: Login) -> None:
    client = login("wang")
    page = client.get(reverse("settings-school")).content.decode()
    assert 'value="0000-1234567"' in page
    given = {"name": "青河县石桥小学", "system": "6-3", "duty_phone": "0000-7654321", "helplines": "110"}
    answer = fill(client, reverse("settings-school"), given, follow=True)
    assert "学校资料已保存" in answer.content.decode()
    assert School.objects.get(pk=world.schools["青河县"].pk).duty_phone == "0000-7654321"


def test_the_next_term_is_offered_with_dates(world: World, login: Login) -> None:
    client = login("wang")
    page = client.get(reverse("settings-term-new")).content.decode()
    given = dict(re.findall(r'name="(\w+)" id="[^"]*" class="[^"]*" value="(\d{4}-\d\d-\d\d)"', page))
    assert given["starts_on"] == "2027-02-24"
    answer = client.post(reverse("settings-term-new"), given | {"year": 2026, "half": 2})
    assert answer.status_code == 302
    assert Term.objects.filter(school=world.schools["青河县"]).count() == 2


def test_dates_out_of_order_say_what_to_mend(world: World, login: Login) -> None:
    term = world.terms["青河县"]
    given = {"year": 2026, "half": 1} | dict.fromkeys(
        ("starts_on", "ends_on", "visit1_until", "visit2_from", "visit2_until", "visit3_from"), "2026-09-01"
    )
    page = login("wang").post(reverse("settings-term", kwargs={"pk": term.pk}), given).content.decode()
    assert "日期要依次排列" in page
    assert "还不能保存" in page


def test_a_special_day_is_added_and_dropped(world: World, login: Login) -> None:
    client = login("wang")
    client.post(reverse("settings-terms"), {"on": "2026-11-28", "open": "1", "note": "补课"})
    day = SchoolDay.objects.get()
    assert day.open
    assert "补课" in client.get(reverse("settings-terms")).content.decode()
    client.post(reverse("settings-term-day-drop", kwargs={"pk": day.pk}))
    assert not SchoolDay.objects.exists()


def test_classes_are_made_many_at_once(world: World, login: Login) -> None:
    client = login("wang")
    client.post(reverse("settings-classes"), {"1": 2, "3": 2, "5": 1})
    assert Klass.objects.filter(school=world.schools["青河县"], entry_year=2026).count() == 2
    page = client.get(reverse("settings-classes")).content.decode()
    assert "一（2）班" in page
    assert "赵明霞" in page


def test_a_class_with_children_says_why_it_stays(world: World, login: Login) -> None:
    address = reverse("settings-class-drop", kwargs={"pk": world.klasses["三1"].pk})
    assert "这个班已经有学生或班主任" in login("wang").post(address, follow=True).content.decode()


def test_a_newcomer_logs_in_once_and_must_change_the_password(world: World, login: Login) -> None:
    given = {"name": "林国安", "role": "homeroom", "klass": world.klasses["五1"].pk, "from_on": "2026-11-23"}
    answer = login("wang").post(reverse("settings-person-new"), given)
    page = answer.content.decode()
    secret = re.findall(r'<p class="secret">(.+?)</p>', page)
    assert secret[0] == "linguoan"
    assert "no-store" in answer["Cache-Control"]
    newcomer = Client()
    newcomer.post(reverse("account_login"), {"login": secret[0], "password": secret[1]})
    assert newcomer.get(reverse("mine"))["Location"] == reverse("account_change_password")
    assert "一次性密码只能登录这一次" in newcomer.get(reverse("account_change_password")).content.decode()
    short = {"oldpassword": secret[1], "password1": "brook", "password2": "brook"}
    assert "密码至少要10个字符" in newcomer.post(reverse("account_change_password"), short).content.decode()
    change = {"oldpassword": secret[1], "password1": "willow-by-the-brook", "password2": "willow-by-the-brook"}
    newcomer.post(reverse("account_change_password"), change)
    assert newcomer.get(reverse("mine")).status_code == 200


def test_a_homeroom_teacher_needs_a_class(world: World, login: Login) -> None:
    given = {"name": "林国安", "role": "homeroom", "klass": "", "from_on": "2026-11-23"}
    assert "班主任要选择所带的班级" in login("wang").post(reverse("settings-person-new"), given).content.decode()


def test_a_person_s_posts_are_given_and_ended(world: World, login: Login) -> None:
    client, han = login("wang"), world.users["shen"]
    address = reverse("settings-person-post", kwargs={"pk": han.pk})
    client.post(address, {"role": "homeroom", "klass": world.klasses["五1"].pk, "from_on": "2026-11-01"})
    post = han.posts.get(role="homeroom")
    client.post(reverse("settings-post-end", kwargs={"pk": post.pk}), {"to_on": "2026-11-20"})
    post.refresh_from_db()
    assert str(post.to_on) == "2026-11-20"
    page = client.get(reverse("settings-person", kwargs={"pk": han.pk})).content.decode()
    assert "已结束" in page


def test_an_account_is_reset_and_stopped(world: World, login: Login) -> None:
    client, zhao = login("wang"), world.users["zhao"]
    page = client.post(reverse("settings-person-reset", kwargs={"pk": zhao.pk})).content.decode()
    assert "密码已重置" in page
    client.post(reverse("settings-person-switch", kwargs={"pk": zhao.pk}), {"active": "0"})
    assert not User.objects.get(pk=zhao.pk).is_active
    assert "账号已停用" in client.get(reverse("settings-people")).content.decode()


def test_a_person_of_another_school_is_not_found(world: World, login: Login) -> None:
    answer = login("wang").get(reverse("settings-person", kwargs={"pk": world.users["feng"].pk}))
    assert answer.status_code == 404
    assert "找不到这个页面" in answer.content.decode()


def test_the_first_steps_tick_themselves(world: World, login: Login) -> None:
    client = login("wang")
    before = client.get(reverse("first-steps")).content.decode().count("tick-done")
    School.objects.filter(pk=world.schools["青河县"].pk).update(duty_phone="")
    assert client.get(reverse("first-steps")).content.decode().count("tick-done") == before - 1


def test_mine_shows_my_posts_and_keeps_my_look(world: World, login: Login) -> None:
    client = login("zhao")
    page = client.get(reverse("mine")).content.decode()
    assert "班主任 · 三（1）班" in page
    client.post(reverse("mine-theme"), {"theme": "dark"})
    assert '<html lang="zh-CN" data-bs-theme="dark">' in client.get(reverse("mine")).content.decode()


def test_leaders_are_asked_to_turn_on_the_second_step(world: World, login: Login) -> None:
    Authenticator.objects.filter(user=world.users["li"]).delete()
    Post.objects.filter(user=world.users["li"]).update(from_on=TODAY)
    assert "开启第二步验证" in login("li").get(reverse("mine")).content.decode()
    assert "您的岗位权限较大" not in login("zhao").get(reverse("mine")).content.decode()
