"""孩子, 一个孩子, 家里人: found, shown to whom it may be, changed, both values shown when two changed the same."""

import re
from collections.abc import Callable

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from oasis.children.actions.family import add_person
from oasis.children.actions.files import open_file, revise
from oasis.children.models import Away, Child, Phone, Tie
from oasis.people.models import Trail
from oasis.people.roles import Need
from tests.forms import fill
from tests.world import TODAY, World, agree, demo_id

Login = Callable[[str], Client]
GRANNY = "19900000003"


def at(name: str, world: World, child: str = "lin", **more: str) -> str:
    return reverse(name, kwargs={"pk": world.children[child].pk, **more})


def told(answer: object) -> str:
    return answer.content.decode()  # type: ignore[attr-defined, no-any-return]


def deeds(world: World) -> list[str]:
    rows = Trail.objects.within(world.scope("li"), Need.TRAIL).order_by("seq")
    return list(rows.values_list("deed", flat=True))


def granny(world: World) -> Tie:
    return Tie.objects.within(world.scope("zhao")).get(person=world.persons["lin_granny"])


def lin(world: World) -> Child:
    return Child.objects.within(world.scope("li")).get(pk=world.children["lin"].pk)


def test_a_search_finds_and_leaves_a_line_without_words(world: World, login: Login) -> None:
    page = told(login("zhao").post(reverse("children"), {"q": "lxx"}))
    assert "林晓晓" in page
    assert "陈浩" not in page
    assert deeds(world) == ["child.search"]
    assert "没有找到" in told(login("qian").post(reverse("children"), {"q": "林晓晓"}))


def test_filters_lead_to_their_list(world: World, login: Login) -> None:
    page = told(login("zhao").get(reverse("children"), {"mark": "boards"}))
    assert "陈浩" in page
    assert "林晓晓" not in page
    assert "林晓晓" in told(login("zhao").get(reverse("children"), {"mark": "quiet"}))
    assert login("zhao").get(reverse("children"), {"klass": "x", "after": "y", "mark": "z"}).status_code == 200


def test_the_keeper_sees_names_only(world: World, login: Login) -> None:
    page = told(login("zhou").get(reverse("children")))
    assert "林晓晓" in page
    assert "双方外出" not in page
    assert at("child", world) not in page


def test_numbers_are_masked_until_asked_for(world: World, login: Login) -> None:
    client = login("zhao")
    page = told(client.get(at("child", world)))
    assert GRANNY not in page
    assert "199****0003" in page
    shown = told(client.post(at("child-numbers", world, what="phones")))
    assert f"tel:{GRANNY}" in shown
    assert deeds(world) == ["child.look", "child.phones"]


def test_the_id_number_is_asked_for_by_who_may(world: World, login: Login) -> None:
    number = world.children["lin"].id_number
    client = login("zhao")
    assert number not in told(client.get(at("child-file", world)))
    assert number in told(client.post(at("child-numbers", world, what="id")))
    assert login("sun").post(at("child-numbers", world, what="id")).status_code == 404
    assert login("zhao").post(at("child-numbers", world, what="everything")).status_code == 404


def test_a_helper_sees_the_card_but_no_id_and_no_family_history(world: World, login: Login) -> None:
    client = login("sun")
    assert "黄桂英" in told(client.get(at("child", world)))
    page = told(client.get(at("child-file", world)))
    assert "身份证号" not in page
    assert "家庭经济来源" not in page
    assert client.get(at("child-history", world)).status_code == 404


@pytest.mark.parametrize(
    ("who", "reads"), [("zhao", "开朗 近来低落 爱帮忙 勿外传"), ("li", "开朗 近来低落 爱帮忙 勿外传"), ("sun", "开朗"), ("xu", "开朗 近来低落")]
)  # fmt: skip
def test_what_is_most_inward_is_for_who_answers_for_the_file(who: str, reads: str, world: World, login: Login) -> None:
    scope = world.scope("zhao")
    agree(world, scope)
    revise(scope, world.children["lin"], character="开朗", mind="近来低落", conduct="爱帮忙", remark="勿外传")
    page = told(login(who).get(at("child-file", world)))
    assert {words for words in ("开朗", "近来低落", "爱帮忙", "勿外传") if words in page} == set(reads.split())


def test_life_care_sees_a_boarders_contacts_and_no_file(world: World, login: Login) -> None:
    page = told(login("zheng").get(at("child", world, "chenhao")))
    assert "怎么联系" in page
    assert "照护约定" not in page
    assert login("zheng").get(at("child-file", world, "chenhao")).status_code == 404


def test_the_law_speaks_on_the_childs_page(world: World, login: Login) -> None:
    assert "没有委托照护书面告知" in told(login("zhao").get(at("child", world)))


def edit(client: Client, world: World, group: str = "home", **fields: str) -> tuple[object, dict[str, str]]:
    page = told(client.get(at("child-edit", world, group=group)))
    found = re.search(r'name="drawn" value="([^"]+)"', page)
    assert found
    sent = {"drawn": found[1], "registered": "on", **fields}
    return client.post(at("child-edit", world, group=group), sent), sent


def test_a_group_is_saved_with_its_history(world: World, login: Login) -> None:
    answer, _ = edit(login("zhao"), world, address="石桥村三组", village="石桥村")
    assert answer.status_code == 302  # type: ignore[attr-defined]
    assert lin(world).address == "石桥村三组"
    assert "石桥村三组" in told(login("zhao").get(at("child-history", world)))


def test_two_people_change_the_same_field_and_the_second_chooses(world: World, login: Login) -> None:
    client, where = login("zhao"), at("child-edit", world, group="home")
    mark = re.compile(r'name="drawn" value="([^"]+)"')
    mine = {"drawn": mark.findall(told(client.get(where)))[0], "registered": "on", "address": "二组2号"}
    revise(world.scope("li"), lin(world), address="一组1号")
    asked = client.post(where, mine)
    assert asked.status_code == 422
    assert "用别人改的：一组1号" in told(asked)
    assert lin(world).address == "一组1号"
    again = mine | {"drawn": mark.findall(told(asked))[0], "village": "石桥村"}
    client.post(where, again | {"keep-address": "theirs"})
    assert (lin(world).address, lin(world).village) == ("一组1号", "石桥村")
    client.post(where, again | {"keep-address": "mine"})
    assert lin(world).address == "二组2号"


def test_a_form_without_a_mark_or_with_a_broken_one_undoes_nothing(world: World, login: Login) -> None:
    revise(world.scope("li"), lin(world), address="一组1号")
    for mark in ("", "x", "a:b:c"):
        answer = login("zhao").post(at("child-edit", world, group="home"), {"drawn": mark, "address": "乱"})
        assert answer.status_code == 422
        assert "用别人改的：一组1号" in told(answer)
    assert lin(world).address == "一组1号"


def test_an_id_number_that_cannot_be_is_explained(world: World, login: Login) -> None:
    answer, _ = edit(login("zhao"), world, "identity", name="林晓晓", ethnic="01", id_number="110105194912310021")
    assert "校验位" in told(answer)
    answer, _ = edit(
        login("zhao"), world, "identity", name="林晓晓", ethnic="01", sex="1", id_number=world.children["lin"].id_number
    )
    assert "性别和身份证号不一致" in told(answer)


def test_a_new_file_warns_of_a_namesake_first(world: World, login: Login) -> None:
    client = login("zhao")
    sent = {
        "name": "林晓晓", "sex": "2", "ethnic": "01", "klass": str(world.klasses["三1"].pk), "on": "2026-11-20",
        "id_number": demo_id(TODAY.replace(year=2017), "2", 77),
    }  # fmt: skip
    assert "同名" in told(client.post(reverse("child-new"), sent))
    assert client.post(reverse("child-new"), sent | {"sure": "on"}).status_code == 302
    assert Child.objects.within(world.scope("zhao")).filter(name="林晓晓").count() == 2
    other = sent | {"name": "新来", "klass": str(world.klasses["三2"].pk), "id_number": ""}
    assert client.post(reverse("child-new"), other).status_code == 422


def test_a_number_known_for_a_sibling_offers_that_person(world: World, login: Login) -> None:
    client, sent = (
        login("zhao"),
        {"name": "黄桂英", "relation": "62", "standing": "none", "call_order": "1", "number": GRANNY},
    )
    asked = client.post(at("child-person-new", world, "yang"), sent)
    assert "是同一个人吗" in told(asked)
    person = str(world.persons["lin_granny"].pk)
    assert client.post(at("child-person-new", world, "yang"), sent | {"person": person}).status_code == 302
    assert Tie.objects.within(world.scope("zhao")).filter(person=person, to_on=None).count() == 2


def test_a_family_member_goes_away_comes_home_and_is_called(world: World, login: Login) -> None:
    client, tie = login("zhao"), granny(world)
    where = reverse("child-person", kwargs={"pk": tie.pk})
    away = {"since_on": "2026-02-20", "reason": "work", "city": "东莞"}
    assert client.post(reverse("child-person-away", kwargs={"pk": tie.pk}), away).status_code == 302
    assert "东莞" in told(client.get(where))
    assert Away.objects.within(world.scope("zhao")).get(person=tie.person_id).city == "东莞"
    act = lambda what, **f: client.post(reverse("child-person-act", kwargs={"pk": tie.pk, "what": what}), f)  # noqa: E731
    assert act("home", on="2026-11-01").status_code == 302
    assert Away.objects.within(world.scope("zhao")).get(person=tie.person_id).to_on is not None
    phone = Phone.objects.within(world.scope("zhao")).get(person=tie.person_id)
    act("phone-wrong", phone=str(phone.pk))
    assert Phone.objects.within(world.scope("zhao")).get(pk=phone.pk).wrong
    act("phone-add", number="13800000000")
    act("phone-end", phone=str(phone.pk))
    assert [p.number for p in Phone.objects.within(world.scope("zhao")).filter(person=tie.person_id, to_on=None)] == [
        "13800000000"
    ]
    assert act("nonsense").status_code == 404
    act("end", on="2026-11-20", reason="改由姑姑照顾")
    assert client.get(where).status_code == 404


def test_a_mothers_return_leads_to_the_childs_status_filled_in(world: World, login: Login) -> None:
    client, scope = login("zhao"), world.scope("zhao")
    tie = Tie.objects.within(scope).get(person=world.persons["lin_mother"])
    client.post(reverse("child-person-away", kwargs={"pk": tie.pk}), {"since_on": "2026-02-20", "reason": "work"})
    home = reverse("child-person-act", kwargs={"pk": tie.pk, "what": "home"})
    onward = client.post(home, {"on": "2026-11-01"})
    assert onward["Location"].startswith(at("child-status", world))
    page = told(client.get(onward["Location"]))
    assert "请核对" in page
    assert re.search(r'name="left_behind" value="1"[^>]*checked', page)
    assert 'value="2026-11-01"' in page
    assert re.search(r'value="one-parent" selected', page)
    assert lin(world).left_behind == 2  # nothing is saved before it was checked
    assert client.get(at("child-status", world) + "?left_behind=9&on=x").status_code == 200


def test_another_childs_number_cannot_be_marked_through_this_family(world: World, login: Login) -> None:
    phone = Phone.objects.within(world.scope("zhao")).get(person=world.persons["lin_granny"])
    he = open_file(world.scope("qian"), klass=world.klasses["三2"], school=world.schools["青河县"], on=TODAY, name="甲")
    client = login("qian")
    client.post(
        reverse("child-person-new", kwargs={"pk": he.pk}),
        {"name": "父", "relation": "51", "standing": "legal", "call_order": "1"},
    )
    tie = Tie.objects.within(world.scope("qian")).get(child=he)
    where = reverse("child-person-act", kwargs={"pk": tie.pk, "what": "phone-wrong"})
    assert client.post(where, {"phone": str(phone.pk)}).status_code == 404


def test_the_file_of_a_past_day_is_shown(world: World, login: Login) -> None:
    revise(world.scope("zhao"), lin(world), address="新地址九号")
    client = login("zhao")
    assert "新地址九号" not in told(client.get(at("child-past", world), {"day": "2026-10-01"}))
    assert "新地址九号" in told(client.get(at("child-past", world), {"day": TODAY.isoformat()}))
    assert client.get(at("child-past", world), {"day": "x"}).status_code == 200


def test_leaders_see_who_looked(world: World, login: Login) -> None:
    login("sun").get(at("child", world))
    assert "孙丽" in told(login("li").get(at("child-eyes", world))).split("谁看过")[1]
    assert "谁看过" not in told(login("zhao").get(at("child-eyes", world)))


def test_status_level_and_hardship_are_kept(world: World, login: Login) -> None:
    client, where = login("zhao"), at("child-status", world)
    fill(client, where, {"form": "status", "left_behind": "1", "care": "one-parent", "on": "2026-11-01"})
    client.post(at("child-level", world), {"level": "plain", "reasons": "情况平稳"})
    client.post(where, {"form": "hardship", "kind": "single"})
    row = lin(world)
    assert (row.left_behind, row.civil, row.key) == (1, False, False)
    assert "单亲家庭" in told(client.get(where))
    assert client.post(at("child-level", world), {"level": "key", "reasons": ""}).status_code == 422


def test_a_child_moves_leaves_and_returns(world: World, login: Login) -> None:
    client, where = login("li"), at("child-place", world)
    fill(client, where, {"form": "move", "klass": str(world.klasses["三2"].pk), "on": "2026-11-20", "boarding": "on"})
    assert (lin(world).klass_id, lin(world).boarding) == (world.klasses["三2"].pk, True)
    fill(client, where, {"form": "leave", "state": "moved", "on": "2026-11-21"})
    assert lin(world).state == "moved"
    assert "林晓晓" not in told(client.get(reverse("children")))
    assert "林晓晓" in told(client.get(reverse("children"), {"gone": "1"}))
    fill(client, where, {"form": "move", "klass": str(world.klasses["三1"].pk), "on": "2026-11-22", "boarding": None})
    assert lin(world).state == "here"


@pytest.mark.parametrize(("name", "most"), [("children", 7), ("child", 19)])
def test_pages_ask_a_steady_number_of_questions(world: World, login: Login, name: str, most: int) -> None:
    client = login("zhao")
    where = reverse(name) if name == "children" else at(name, world)
    client.get(where)

    def asked() -> int:
        with CaptureQueriesContext(connection) as caught:
            client.get(where)
        return len(caught)

    before = asked()
    for n in range(12):
        open_file(
            world.scope("zhao"), klass=world.klasses["三1"], school=world.schools["青河县"], on=TODAY, name=f"张{n}"
        )
    assert asked() == before <= most, before


def test_a_search_goes_on_after_its_first_forty(world: World, login: Login) -> None:
    for at in range(45):
        klass = world.klasses["三1"]
        open_file(world.scope("li"), klass=klass, school=klass.school, on=TODAY, name=f"柳{chr(0x4E00 + at)}")
    zhao, seen = login("zhao"), list[str]()
    before = Trail.objects.everywhere(why="a test looks").filter(deed="child.search").count()
    first = told(zhao.post(reverse("children"), {"q": "柳"}))
    assert "找到 45 名" in first
    (after,) = re.findall(r'name="after" value="([0-9a-f-]{36})"', first)
    second = told(zhao.post(reverse("children"), {"q": "柳", "after": after}))
    for page in (first, second):
        seen += re.findall(r">(柳.)<", page)
    assert len(seen) == len(set(seen)) == 45
    assert "回到开头" in second
    assert Trail.objects.everywhere(why="a test looks").filter(deed="child.search").count() == before + 2


def test_who_has_no_name_yet_is_called_by_the_relation_once(world: World, login: Login) -> None:
    """Where the relation stands beside a name it is nothing more beside 奶奶（待补姓名）, on every page that names the family."""
    yang, client = world.children["yang"], login("zhao")
    for relation, name in (("62", "奶奶"), ("51", "父亲"), ("97", "家长")):
        add_person(
            world.scope("zhao"),
            yang,
            relation=relation,
            from_on=TODAY,
            name=f"{name}（待补姓名）",
            carer=relation == "62",
        )
    for route in ("child", "child-past", "child-care", "child-petitions", "child-consent"):
        page = re.sub(r"<[^>]+>|\s", "", told(client.get(at(route, world, "yang"))))
        again = re.search("（待补姓名）（?(奶奶|父亲|家长|其他亲属)(?!（待补姓名）)", page)
        assert again is None, (route, again)
    assert "奶奶（待补姓名）" in told(client.get(at("child", world, "yang")))
    tie = Tie.objects.within(world.scope("zhao")).get(child=yang, relation="62")
    assert tie.named == "奶奶（待补姓名）"
    tie.relation = "64"
    assert tie.named == "奶奶（待补姓名）（外婆）", "a name that says another relation hides nothing"
    assert granny(world).named == "黄桂英（奶奶）"
