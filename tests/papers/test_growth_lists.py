"""The list of honours and the list of changes: filled from the files, no number of a phone on them, nil when nothing is there."""

from datetime import timedelta
from io import BytesIO
from typing import Any

import openpyxl

from oasis.campus.actions.growth import keep_growth
from oasis.children.actions.phones import add_phone
from oasis.children.actions.status import set_status
from oasis.papers.actions import export_place
from tests.world import TODAY, World


def printed(world: World, paper: str) -> str:
    told: dict[str, Any] = {
        "place": world.klasses["三1"].pk,
        "whom": "all",
        "purpose": "report",
        "link": str,
        "ending": "xlsx",
    }
    data = export_place(world.scope("zhao"), paper=paper, **told).data
    return " ".join(str(cell.value or "") for row in openpyxl.load_workbook(BytesIO(data)).active for cell in row)


def test_honours_of_the_term_stand_in_the_list(world: World) -> None:
    assert "本学期没有登记荣誉" in printed(world, "honours")
    fields = {
        "on": TODAY,
        "title": "县三好学生",
        "level": "county",
        "sort": "three-good",
        "giver": "县教育局",
        "certificate": "07",
        "words": "",
    }
    keep_growth(world.scope("zhao"), [world.children["lin"]], matter="honour", fields=fields)
    old = fields | {"on": TODAY - timedelta(days=200), "title": "校三好学生"}
    keep_growth(world.scope("zhao"), [world.children["lin"]], matter="honour", fields=old)
    said = printed(world, "honours")
    assert "林晓晓 县三好学生 县（区）级 三好学生 县教育局 07" in said
    assert "校三好学生" not in said


def test_changes_are_told_without_a_number(world: World) -> None:
    zhao, lin = world.scope("zhao"), world.children["lin"]
    add_phone(zhao, lin, world.persons["lin_granny"], number="19912345678", on=TODAY)
    before = printed(world, "changes")
    assert "杨帆" in before
    assert "解除" not in before, "who was never left behind has not changed"
    set_status(zhao, lin, on=TODAY, left_behind=0, civil=False, care="parents", note="父亲回来了")
    said = printed(world, "changes")
    assert "解除、父母在家" in said
    assert "父亲回来了" in said
    assert "联系电话已更新" in said
    assert "19912345678" not in said
