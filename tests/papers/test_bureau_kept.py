"""The bureau's forms kept: out of reach, replaced, corrected, retired, and the screens from upload to file."""

import io
from collections.abc import Callable
from typing import Any
from uuid import UUID

import openpyxl
import pytest
from django.test import Client
from django.urls import reverse

from oasis.kit.refused import Refused
from oasis.papers.bureau import actions
from oasis.papers.bureau.export import export_form
from oasis.papers.bureau.queries import kept, opened_for_filling, opened_for_setting, usable
from oasis.papers.models import TemplateFile
from tests.papers.bureau import LARGE, one, received, settle, ties, wanted
from tests.papers.forms import plain_book, registration
from tests.papers.test_bureau_refused import HOLD
from tests.world import World


def test_out_of_reach_nothing_is_filled_or_set(world: World) -> None:
    template = received(world, registration())
    settle(world, template)
    for who, place in (("qian", "三1"), ("chen", "三1"), ("feng", "三1")):
        with pytest.raises(Refused) as refused:
            export_form(
                world.scope(who), wanted=wanted(world, template, place=world.klasses[place].pk), purpose="report"
            )
        assert refused.value.code == "out-of-reach"
    assert opened_for_setting(world.scope("zhao"), template.pk) is None
    assert opened_for_filling(world.scope("feng"), template.pk) is None
    with pytest.raises(Refused):
        actions.retire_form(world.scope("zhao"), template=template.pk)
    assert kept(world.scope("feng")) == []


def test_a_newer_file_keeps_what_was_tied_where_the_words_are_the_same(world: World) -> None:
    template = received(world, registration())
    settle(world, template, 民族=("fixed", "", "", "汉"), 鞋码=("hand", "", "", ""))
    actions.replace_form(
        world.scope("li"),
        template=template.pk,
        data=registration(also=[("籍贯", 1), ("", 2), ("胎次", 1), ("", 2)]),
        largest=LARGE,
    )
    told = ties(world, template)
    assert (told["民族"].what, told["民族"].text) == ("fixed", "汉")
    assert told["家庭成员 · 鞋码"].what == "hand"
    assert told["籍贯"].field == "native_place"
    assert told["胎次"].what == ""
    assert one(world, template)[0].data, "until the new one is in use, the old one serves"
    settle(world, template)
    states = TemplateFile.objects.everywhere(why="a test").filter(template=template).order_by("number")
    assert [file.state for file in states] == ["old", "used"]


def test_a_correction_of_a_form_in_use_waits_until_it_is_tried(world: World) -> None:
    template = received(world, plain_book(("姓名", ""), ("班级", "")))
    settle(world, template)
    li = world.scope("li")
    actions.tie_form(
        li,
        template=template.pk,
        number=1,
        chosen={"t0r1c1": ("fixed", "", "", "三班")},
        empties="dash",
        title="县里的表",
    )
    pk = world.children["lin"].pk
    before = export_form(world.scope("zhao"), wanted=wanted(world, template, child=pk), purpose="report").data
    assert openpyxl.load_workbook(io.BytesIO(before)).active["B2"].value != "三班"
    actions.try_form(li, template=template.pk)
    actions.use_form(li, template=template.pk)
    after = export_form(world.scope("zhao"), wanted=wanted(world, template, child=pk), purpose="report").data
    assert openpyxl.load_workbook(io.BytesIO(after)).active["B2"].value == "三班"


def test_retired_forms_are_kept_and_not_offered(world: World) -> None:
    template = received(world, plain_book(("姓名", ""), ("班级", "")))
    settle(world, template)
    actions.retire_form(world.scope("li"), template=template.pk)
    assert usable(world.scope("zhao")) == []
    assert [row.pk for row, _file in kept(world.scope("li"))] == [template.pk]
    actions.retire_form(world.scope("li"), template=template.pk, back=True)
    assert usable(world.scope("zhao"))


def test_words_that_begin_like_a_formula_stay_words(world: World) -> None:
    template = received(world, plain_book(("姓名", ""), ("备注", "")))
    settle(world, template, 备注=("fixed", "", "", "=cmd|' /C calc'!A0"))
    data = export_form(
        world.scope("zhao"), wanted=wanted(world, template, child=world.children["lin"].pk), purpose="report"
    ).data
    cell = openpyxl.load_workbook(io.BytesIO(data)).active["B2"]
    assert (cell.data_type, cell.quotePrefix) == ("s", True)


def test_screens_walk_from_upload_to_file(world: World, login: Callable[[str], Client]) -> None:
    li = login("li")
    sent = li.post(
        reverse("settings-templates"), {"title": "县局登记表", "kind": "", "file": io.BytesIO(registration())}
    )
    assert sent.status_code == 302
    address = sent["Location"]
    page = li.get(address).content.decode()
    assert "这1格还没有认出" in page
    assert "鞋码" in page
    body: dict[str, str] = {"number": "1", "title": "县局登记表", "empties": "dash", "go": "try"}
    refused = li.post(address, body | {"w-t0r13c1": "fixed"})
    assert refused.status_code == 422
    assert "请填上要写的文字" in refused.content.decode()
    assert li.post(address, body | {"w-t0r13c1": "hand"}).status_code == 302
    assert "试填成功" in li.get(address).content.decode()
    pk = UUID(address.rstrip("/").rpartition("/")[2])
    act = reverse("settings-template-act", kwargs={"pk": pk})
    assert li.post(act, {"act": "sample"})["Content-Disposition"].startswith("attachment")
    assert li.post(act, {"act": "use"}).status_code == 302
    zhao = login("zhao")
    assert "县局登记表" in zhao.get(reverse("papers")).content.decode()
    fill = reverse("paper-template", kwargs={"pk": pk})
    assert zhao.get(fill).status_code == 200
    query = f"{fill}?place={world.klasses['三1'].pk}&whom=all"
    listed = zhao.get(query).content.decode()
    assert "没有登记" in listed
    lin = world.children["lin"]
    got = zhao.post(query, {"child": str(lin.pk), "purpose": "report"})
    assert got["Content-Type"].endswith("document")
    assert zhao.post(query, {"child": "", "purpose": ""}).status_code == 422
    assert zhao.get(f"{fill}?place={world.klasses['三2'].pk}&whom=all").status_code == 422
    wrong = li.post(reverse("settings-templates"), {"title": "旧表", "kind": "", "file": io.BytesIO(HOLD["old-word"])})
    assert (wrong.status_code, "另存为" in wrong.content.decode()) == (422, True)
    assert login("zhao").get(reverse("settings-templates")).status_code == 404


def test_a_try_out_holds_only_for_the_ties_it_tried(world: World, monkeypatch: pytest.MonkeyPatch) -> None:
    """While the samples are filled in, outside the lock, somebody ties a cell otherwise."""
    template, li = received(world, plain_book(("姓名", ""), ("班级", ""))), world.scope("li")
    real = actions.tried

    def meanwhile(*given: Any) -> bytes:
        chosen = {"t0r1c1": ("fixed", "", "", "三班")}
        actions.tie_form(world.scope("wu"), template=template.pk, number=1, chosen=chosen, empties="dash", title="表")
        return real(*given)

    monkeypatch.setattr(actions, "tried", meanwhile)
    with pytest.raises(Refused) as refused:
        actions.try_form(li, template=template.pk)
    assert refused.value.code == "meanwhile"
    assert TemplateFile.objects.everywhere(why="a test").get(template=template).tried_at is None


def test_a_form_comes_back_only_where_there_is_room(world: World, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(actions, "MOST", 1)
    template = received(world, plain_book(("姓名", ""), ("班级", "")))
    actions.retire_form(world.scope("li"), template=template.pk)
    received(world, plain_book(("姓名", ""), ("性别", "")), title="另一张")
    with pytest.raises(Refused) as refused:
        actions.retire_form(world.scope("li"), template=template.pk, back=True)
    assert refused.value.code == "many"
