"""The bureau's own form: guessed, corrected, tried, filled; what is not known is named."""

import io
import zipfile

import openpyxl
import pytest

from oasis.kit.refused import Refused
from oasis.papers.bureau import actions
from oasis.papers.bureau.export import export_form, paper_of, ready
from oasis.papers.bureau.guessing import guess
from oasis.papers.bureau.queries import usable
from oasis.papers.leave import ask_leave
from oasis.papers.models import Template
from oasis.papers.places import place_of
from oasis.people import approvals
from oasis.people.models import AccessRules, Trail
from tests.papers.bureau import one, received, settle, ties, wanted, words_of
from tests.papers.forms import census_book, plain_book, registration, roster_book
from tests.world import TODAY, World


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


def test_a_form_may_ask_who_is_counted_for_the_first_time_apart_from_who_is_new(world: World) -> None:
    heads = ("留守儿童总数", "新增人数", "首次登记人数", "首次建档人数")
    template = received(world, plain_book(*((head, "") for head in heads)), kind="figures")
    told = [ties(world, template)[head].field for head in heads]
    assert told == ["figure.left", "figure.new", "figure.begun", "figure.begun"]


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
        world.scope("zhao"), paper=paper_of(template), place=place, whom="cared", purpose="按要求上报", until_on=TODAY
    )
    approvals.decide(world.scope("li"), approval=row.pk, yes=True)
    assert export_form(world.scope("zhao"), wanted=wanted(world, template), purpose="report").data
