"""The screens of the work summary: begin, edit, meet somebody else's edit, export."""

import html
import re
from collections.abc import Callable

from django.test import Client
from django.urls import reverse

from oasis.papers.models import Draft, Paragraph
from oasis.people.roles import Need
from tests.world import World

Login = Callable[[str], Client]


def begun(client: Client, world: World) -> Draft:
    fields = {"place": str(world.klasses["三1"].pk), "period": "t2026-1"}
    answer = client.post(reverse("paper-summary-new"), fields)
    assert answer.status_code == 302
    return Draft.objects.within(world.scope("zhao"), Need.SUMMARY).get()


def foreword(world: World) -> Paragraph:
    return Paragraph.objects.within(world.scope("zhao"), Need.SUMMARY).get(key="foreword")


def test_a_teacher_begins_edits_and_exports(world: World, login: Login) -> None:
    zhao = login("zhao")
    draft = begun(zhao, world)
    show = reverse("paper-summary", kwargs={"pk": draft.pk})
    text = zhao.get(show).content.decode()
    assert "一、基本情况" in text
    assert "<mark>【待补" in text
    edit = reverse("paper-paragraph", kwargs={"pk": foreword(world).pk})
    assert zhao.post(edit, {"version": 1, "text": "本学期的开头由我自己写。"}).status_code == 302
    text = zhao.get(show).content.decode()
    assert "本学期的开头由我自己写。" in text
    left = text.count("<mark>【待")
    assert f"还有 {left} 处要您补上或核对" in text
    zhao.post(edit, {"version": 2, "text": "本学期的开头由我自己写【待核对：人数】。"})
    text = zhao.get(show).content.decode()
    assert "<mark>【待核对：人数】</mark>" in text
    assert f"还有 {left + 1} 处" in text
    assert "改过" in text
    answer = zhao.post(reverse("paper-summary-word", kwargs={"pk": draft.pk}))
    assert answer.content.startswith(b"PK")
    assert "%E7%95%99%E5%AE%88" not in answer["Content-Disposition"]


def test_every_number_opens_a_list_of_that_length(world: World, login: Login) -> None:
    zhao = login("zhao")
    draft = begun(zhao, world)
    text = zhao.get(reverse("paper-summary", kwargs={"pk": draft.pk})).content.decode()
    links = re.findall(r'class="cited" href="([^"]+)" title="[^"]*">(\d+)</a>', text)
    assert len(links) > 5
    for address, number in links:
        answer = zhao.get(html.unescape(address))
        assert answer.status_code == 200
        assert number in answer.content.decode()


def test_who_comes_second_sees_both_texts(world: World, login: Login) -> None:
    begun(login("zhao"), world)
    edit = reverse("paper-paragraph", kwargs={"pk": foreword(world).pk})
    login("zhao").post(edit, {"version": 1, "text": "赵老师写的"})
    answer = login("li").post(edit, {"version": 1, "text": "校长写的"})
    text = answer.content.decode()
    assert answer.status_code == 409
    assert "赵明霞刚刚改过这一段" in text
    assert "赵老师写的" in text
    assert "校长写的" in text
    login("li").post(edit, {"version": 2, "text": "校长写的"})
    assert foreword(world).text == "校长写的"


def test_an_earlier_wording_is_one_press_away(world: World, login: Login) -> None:
    zhao = login("zhao")
    begun(zhao, world)
    row = foreword(world)
    zhao.post(reverse("paper-paragraph", kwargs={"pk": row.pk}), {"version": 1, "text": "改过的"})
    assert "换回这一版" in zhao.get(reverse("paper-paragraph", kwargs={"pk": row.pk})).content.decode()
    zhao.post(reverse("paper-paragraph-back", kwargs={"pk": row.pk}), {"version": 2, "to": 1})
    assert foreword(world).text == row.text
    zhao.post(reverse("paper-paragraph-anew", kwargs={"pk": row.pk}), {"version": 3})
    assert foreword(world).version == 4


def test_own_paragraph_heading_and_refresh(world: World, login: Login) -> None:
    zhao = login("zhao")
    draft = begun(zhao, world)
    zhao.post(reverse("paper-summary-add", kwargs={"pk": draft.pk}), {"section": "results", "text": "自己加的一段"})
    heading = {"title": "本班工作总结", "signature": "三（1）班 赵明霞", "signed_on": "2027-01-08"}
    where = reverse("paper-summary-heading", kwargs={"pk": draft.pk})
    mark = re.search(r'name="drawn" value="([^"]+)"', zhao.get(where).content.decode())
    assert mark is not None
    zhao.post(where, heading | {"drawn": mark[1]})
    zhao.post(reverse("paper-summary-refresh", kwargs={"pk": draft.pk}))
    text = zhao.get(reverse("paper-summary", kwargs={"pk": draft.pk})).content.decode()
    assert all(words in text for words in ("自己加的一段", "本班工作总结", "2027年1月8日"))


def test_the_list_names_place_and_period_only(world: World, login: Login) -> None:
    zhao = login("zhao")
    begun(zhao, world)
    text = zhao.get(reverse("papers")).content.decode()
    assert "三（1）班 2026—2027学年度第一学期" in text
    assert "留守" not in text[: text.index("表册和卡片")], "the forms below say what they are about"
