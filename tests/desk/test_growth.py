"""Growth: kept for one or many, marks typed or imported, shown on one page; other classes see and write nothing."""

import io
from collections.abc import Callable
from datetime import date, timedelta
from decimal import Decimal
from typing import Any

import pytest
import xlsxwriter
from django.core import signing
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from django.urls import reverse

from oasis.campus.actions.growth import drop_growth, enter_marks, keep_growth, open_exam
from oasis.campus.growth import course
from oasis.campus.models import Absence, Exam, Growth, Mark
from oasis.children.models import Child
from oasis.desk.exams import SALT
from oasis.duties.queries import children_of
from oasis.intake.marks import Sitter, read_marks
from oasis.kit.refused import Refused
from oasis.people.roles import Need
from oasis.records.handover.packing import pack
from tests.alerts.test_alerts import found
from tests.world import TODAY, World

WHY = "a test looks"


def exam(world: World, name: str = "期中考试", on: date = TODAY) -> Exam:
    school, term = world.schools["青河县"], world.terms["青河县"]
    return open_exam(world.scope("zhao"), school=school, term=term, name=name, on=on, full=100)


def absent(world: World, *days: int, who: str = "zhao") -> None:
    for back in days:
        fields = {"on": TODAY - timedelta(days=back), "part": "day", "reason": "ill", "words": ""}
        keep_growth(world.scope(who), [world.children["lin"]], matter="absence", fields=fields)


def sheet(*rows: list[Any]) -> bytes:
    out = io.BytesIO()
    book = xlsxwriter.Workbook(out)
    page = book.add_worksheet()
    for at, row in enumerate(rows):
        page.write_row(at, 0, row)
    book.close()
    return out.getvalue()


def test_what_is_kept_stands_on_the_childs_page(world: World, login: Callable[[str], Client]) -> None:
    zhao, lin = login("zhao"), world.children["lin"]
    where = reverse("child-growth-add", kwargs={"pk": lin.pk, "code": "honour"})
    wrong = zhao.post(where, {"on": TODAY, "title": "县三好学生"})
    assert wrong.status_code == 422
    asked = {"on": TODAY, "title": "县三好学生", "level": "county", "sort": "three-good", "certificate": "QH-7"}
    zhao.post(where, asked)
    first = exam(world, "第一单元", TODAY - timedelta(days=30))
    for sat, points in ((first, "88"), (exam(world), "91.5")):
        enter_marks(world.scope("zhao"), sat, marks={lin.pk: {"maths": Decimal(points)}})
    body = login("sun").get(reverse("child-growth", kwargs={"pk": lin.pk})).content.decode()
    for words in ("县三好学生", "县（区）级", "证书QH-7", "91.5", "班平均", "历次成绩", 'data-chart="marks-data"'):
        assert words in body, words
    assert login("qian").get(reverse("child-growth", kwargs={"pk": lin.pk})).status_code == 404


def test_a_class_is_entered_at_once_and_only_ones_own(world: World, login: Callable[[str], Client]) -> None:
    where = reverse("klass-growth", kwargs={"pk": world.klasses["三1"].pk, "code": "absence"})
    chosen = [str(world.children[key].pk) for key in ("lin", "yang", "he")]
    asked = {"child": chosen, "on": TODAY, "part": "day", "reason": "ill"}
    assert login("zhao").post(where, asked).status_code == 302
    there = Absence.objects.everywhere(why=WHY).values_list("child__name", flat=True)
    assert set(there) == {"林晓晓", "杨帆"}, "he is of another class"
    assert login("zhao").post(where, asked).status_code == 422, "the same day twice"
    assert login("zhao").post(where, asked | {"child": []}).status_code == 422
    assert login("qian").post(where, asked).status_code == 404


@pytest.mark.parametrize(
    "told", [{"on": TODAY + timedelta(days=1)}, {"reason": ""}, {"on": TODAY - timedelta(days=2), "part": "am"}]
)
def test_a_day_to_come_without_reason_or_missed_twice_is_refused(world: World, told: dict[str, Any]) -> None:
    absent(world, 2)
    fields = {"on": TODAY, "part": "day", "reason": "ill", "words": ""} | told
    with pytest.raises(Refused):
        keep_growth(world.scope("zhao"), [world.children["lin"]], matter="absence", fields=fields)


def test_only_its_writer_and_the_homeroom_teacher_take_it_back(world: World) -> None:
    lin, book = world.children["lin"], {"on": TODAY, "title": "昆虫记", "giver": "", "words": ""}
    (row,) = keep_growth(world.scope("zhao"), [lin], matter="book", fields=book)
    for who in ("sun", "qian"):
        with pytest.raises(Refused):
            drop_growth(world.scope(who), row)
    drop_growth(world.scope("zhao"), row)
    assert not Growth.objects.everywhere(why=WHY).exists()
    with pytest.raises(Refused):
        keep_growth(world.scope("qian"), [lin], matter="book", fields=book)


def test_marks_out_of_range_or_of_anothers_class_are_refused(world: World) -> None:
    sat, lin = exam(world), world.children["lin"]
    for who, points in (("zhao", "101"), ("qian", "90"), ("sun", "90")):
        with pytest.raises(Refused):
            enter_marks(world.scope(who), sat, marks={lin.pk: {"maths": Decimal(points)}})
    enter_marks(world.scope("zhao"), sat, marks={lin.pk: {"maths": Decimal("90")}})
    assert enter_marks(world.scope("zhao"), sat, marks={lin.pk: {"maths": None}}) == 1
    assert not Mark.objects.everywhere(why=WHY).exists()
    with pytest.raises(Refused):
        exam(world)


def test_an_exam_is_opened_only_where_one_has_a_class(world: World) -> None:
    fields = {"term": world.terms["青河县"], "name": "期中考试", "on": TODAY, "full": 100}
    for who, key in (("zhao", "柳溪"), ("zhao", "白水县"), ("zhou", "青河县")):
        with pytest.raises(Refused) as refused:
            open_exam(world.scope(who), school=world.schools[key], **fields)
        assert refused.value.code == "out-of-reach", key
    assert open_exam(world.scope("li"), school=world.schools["青河县"], **fields).full == 100


def test_a_sheet_gives_good_rows_and_says_what_is_wrong_with_the_others(world: World) -> None:
    lin, yang = world.children["lin"], world.children["yang"]
    roll = [Sitter(child.pk, child.name, child.class_no) for child in (lin, yang)]
    data = sheet(
        ["三年级成绩表"], ["学号", "姓名", "语文成绩", "数学"], [1, "林 晓晓", 88, "缺考"], [2, "杨帆", "优", 90],
        [3, "何静怡", 90, 90], [1, "林晓晓", 70, 70], ["", "平均分", 80, 80],
        ["", "备注：缺考按0分", "", ""],
    )  # fmt: skip
    read = read_marks(data, roll, 100, largest=10**7)
    assert [(row.child, row.marks) for row in read.good] == [(lin.pk, {"chinese": "88.0"})]
    assert [(row.number, row.wrong[:8]) for row in read.refused] == [
        (4, "语文“优”不是0"), (5, "班里没有这个姓名"), (6, "这个孩子在表里出"), (8, "姓名“备注:缺考")
    ]  # fmt: skip
    with pytest.raises(Refused):
        read_marks(sheet(["甲", "乙"], [1, 2]), roll, 100, largest=10**7)


def test_a_sheet_is_looked_at_and_then_taken_in(world: World, login: Callable[[str], Client]) -> None:
    sat, zhao = exam(world), login("zhao")
    where = reverse("klass-exam-import", kwargs={"pk": world.klasses["三1"].pk, "exam": sat.pk})
    sent = SimpleUploadedFile("cj.xlsx", sheet(["姓名", "语文"], ["林晓晓", 93], ["无名", 3]))
    looked = zhao.post(where, {"file": sent})
    assert "班里没有这个姓名的孩子" in looked.content.decode()
    assert not Mark.objects.everywhere(why=WHY).exists()
    sealed = (
        looked.context["sealed"]
        if looked.context
        else looked.content.decode().split('name="marks" value="')[1].split('"')[0]
    )
    assert login("qian").post(where, {"marks": sealed}).status_code == 404
    zhao.post(where, {"marks": sealed + "x"})
    older = signing.dumps({"a child": {"chinese": "90"}}, salt=SALT, compress=True)
    assert "页面已过期" in zhao.post(where, {"marks": older}, follow=True).content.decode()
    assert not Mark.objects.everywhere(why=WHY).exists()
    li = world.scope("li")
    enter_marks(li, sat, marks={world.children["lin"].pk: {"chinese": Decimal(60)}})
    assert "请重新选择文件，再核对一遍" in zhao.post(where, {"marks": sealed}, follow=True).content.decode()
    enter_marks(li, sat, marks={world.children["lin"].pk: {"chinese": None}})
    zhao.post(where, {"marks": sealed})
    assert [str(mark.points) for mark in Mark.objects.everywhere(why=WHY)] == ["93.0"]
    typed = zhao.post(
        reverse("klass-exam", kwargs={"pk": world.klasses["三1"].pk, "exam": sat.pk}) + "?subject=maths",
        {str(world.children["yang"].pk): "77.5"},
    )
    assert typed.status_code == 302
    assert course(world.scope("zhao"), world.children["yang"]).sittings[0].points == {"maths": Decimal("77.5")}


def test_absence_runs_and_falling_marks_speak(world: World) -> None:
    absent(world, 3, 4)
    assert "absent" not in found(world)
    absent(world, 1)
    assert found(world)["absent"].since == TODAY - timedelta(days=1)
    first, last = exam(world, "第一单元", TODAY - timedelta(days=30)), exam(world)
    lin, yang = world.children["lin"].pk, world.children["yang"].pk
    for sat, mine, other in ((first, 90, 90), (last, 60, 60)):
        told = {lin: {"maths": Decimal(mine)}, yang: {"maths": Decimal(other)}}
        enter_marks(world.scope("zhao"), sat, marks=told)
    assert "marks" not in found(world), "all fell: a hard paper"
    enter_marks(world.scope("zhao"), last, marks={yang: {"maths": Decimal(95)}})
    assert "数学低了" in found(world)["marks"].why
    assert "marks" not in found(world, child="yang")


def test_nothing_is_left_of_a_child_that_is_erased(world: World) -> None:
    absent(world, 1)
    enter_marks(world.scope("zhao"), exam(world), marks={world.children["lin"].pk: {"maths": Decimal(9)}})
    Child.objects.everywhere(why=WHY).get(pk=world.children["lin"].pk).delete()
    assert not Absence.objects.everywhere(why=WHY).exists()
    assert not Mark.objects.everywhere(why=WHY).exists()
    assert len(children_of(world.scope("zhao"), Need.RECORD_READ)) == 2


def test_the_next_school_reads_what_went_well_and_not_what_was_wrong(world: World) -> None:
    lin, words = world.children["lin"], {"on": TODAY, "words": "周末通宵玩手机"}
    keep_growth(world.scope("zhao"), [lin], matter="bad", fields=words | {"sort": "net"})
    book = {"on": TODAY, "title": "昆虫记", "giver": "法布尔", "words": ""}
    keep_growth(world.scope("zhao"), [lin], matter="book", fields=book)
    enter_marks(world.scope("zhao"), exam(world), marks={lin.pk: {"maths": Decimal("91.5")}})
    told = str(pack(world.scope("li"), lin)["past"])
    assert "昆虫记，法布尔" in told
    assert "数学91.5（每科满分100）" in told
    assert "手机" not in told
