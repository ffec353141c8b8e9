"""The growth bag: a book a child, with what went well and nothing of what did not."""

from io import BytesIO

import docx
import pytest

from oasis.campus.actions.growth import enter_marks, keep_growth, open_exam
from oasis.kit.refused import Refused
from oasis.papers.actions import export_child, export_place
from oasis.papers.shape import Export
from tests.world import TODAY, World


def words(made: Export) -> str:
    document = docx.Document(BytesIO(made.data))
    return "\n".join(node.text or "" for node in document.element.body.iter() if node.tag.endswith("}t"))


def kept(world: World) -> None:
    zhao, lin = world.scope("zhao"), world.children["lin"]
    for matter, fields in (
        ("honour", {"title": "县三好学生", "level": "county", "giver": "县教育局", "certificate": "", "sort": ""}),
        ("book", {"title": "昆虫记", "giver": "法布尔"}),
        ("bad", {"sort": "net", "words": "周末通宵玩手机"}),
    ):
        keep_growth(zhao, [lin], matter=matter, fields={"on": TODAY, "words": ""} | fields)
    exam = open_exam(zhao, school=lin.school, term=world.terms["青河县"], name="期中考试", on=TODAY, full=100)
    enter_marks(zhao, exam, marks={lin.pk: {"maths": 92}})


def test_a_book_tells_what_went_well_and_nothing_else(world: World) -> None:
    kept(world)
    lin = world.children["lin"]
    made = export_child(world.scope("zhao"), paper="growth", child=lin, link=str)
    told = words(made)
    for word in ("林晓晓", "县三好学生", "县（区）级", "《昆虫记》法布尔", "92", "爸爸妈妈的话"):
        assert word in told, word
    for word in ("手机", "留守", "奶奶", "19900000003"):
        assert word not in told, word
    document = docx.Document(BytesIO(made.data))
    assert round(document.sections[0].page_width.mm) == 148
    assert "林" not in made.name


def test_a_class_is_printed_at_once_and_another_class_not_at_all(world: World) -> None:
    kept(world)
    place = world.klasses["三1"].pk
    made = export_place(world.scope("zhao"), paper="growth", place=place, whom="all", purpose="contact", link=str)
    assert {"林晓晓", "陈浩", "杨帆"} <= set(words(made).splitlines())
    with pytest.raises(Refused, match="out-of-reach"):
        export_place(world.scope("qian"), paper="growth", place=place, whom="all", purpose="contact", link=str)
