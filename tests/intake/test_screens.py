"""The way through the browser: choose, confirm columns, look, commit, take back; with and without rights."""

import io
from collections.abc import Callable
from datetime import date

import openpyxl
import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client, override_settings
from django.urls import reverse

from oasis.children.models import Child
from oasis.intake.models import Batch, Row
from oasis.intake.sheets import SHEETS
from oasis.places.models import School
from tests.intake import ugly
from tests.intake.acts import HEAD, ROW
from tests.world import World, demo_id

WHY = "a test looks at everything"


@pytest.fixture
def li(world: World, login: Callable[[str], Client]) -> Client:
    School.objects.update(demo=True)
    return login("li")


def send(client: Client, data: bytes, name: str = "名册.xlsx") -> Batch:
    answer = client.post(reverse("intake"), {"file": SimpleUploadedFile(name, data)})
    assert answer.status_code == 302, answer.content.decode()
    return Batch.objects.everywhere(why=WHY).latest("at")


def to(name: str, batch: Batch, **more: str) -> str:
    return reverse(name, kwargs={"pk": batch.pk, **more})


def test_a_roster_goes_from_the_file_to_the_files_and_back(li: Client) -> None:
    batch = send(li, ugly.xlsx(("名单", [HEAD, ROW, ["甲乙", "男", "1.1E+17", "三1"]])))
    shown = li.get(to("intake-columns", batch)).content.decode()
    assert "父亲务工地" in shown
    assert li.post(to("intake-columns", batch), {}).status_code == 302
    preview = li.get(to("intake-batch", batch) + "?show=all").content.decode()
    assert "还没有改动任何档案" in preview
    assert "方小舟" in preview
    assert "丢失" in preview
    assert li.post(to("intake-act", batch, what="commit")).status_code == 302
    assert Child.objects.everywhere(why=WHY).filter(name="方小舟").exists()
    done = li.get(to("intake-batch", batch)).content.decode()
    assert "新建了 1 名孩子" in done
    li.post(to("intake-act", batch, what="take-back"))
    assert not Child.objects.everywhere(why=WHY).filter(name="方小舟").exists()
    assert "已经撤回" in li.get(to("intake-batch", batch)).content.decode()


def test_refused_rows_come_back_with_reasons_and_go_in_when_mended(li: Client) -> None:
    batch = send(
        li,
        ugly.xlsx(
            (
                "三(1)班",
                [
                    ["姓名", "性别", "身份证号"],
                    ["=1+1", "男", ""],
                    ["甲乙", "男", "110105194912310021"],
                    ["周一飞", "男", ""],
                ],
            )
        ),
    )
    li.post(to("intake-columns", batch), {})
    li.post(to("intake-act", batch, what="commit"))
    answer = li.get(to("intake-refused", batch))
    book = openpyxl.load_workbook(io.BytesIO(answer.content))
    rows = list(book.worksheets[0].values)
    assert rows[0] == ("导入问题", "姓名", "性别", "身份证号", "班级")
    assert "校验位" in rows[-1][0]
    assert rows[-1][4] == "3年级1班"
    assert all(cell.data_type != "f" for row in book.worksheets[0].iter_rows() for cell in row)
    sheet = book.worksheets[0]
    sheet.cell(row=sheet.max_row, column=4).value = ""
    out = io.BytesIO()
    book.save(out)
    again = send(li, out.getvalue())
    li.post(to("intake-columns", again), {})
    assert "new" in again.rows.everywhere(why=WHY).values_list("state", flat=True)


@pytest.mark.parametrize(
    "data", [b"", b"%PDF-1.4", b"PK\x03\x04", ugly.bomb(), ugly.ole("EncryptedPackage"), b"a,b\n1,2\n"]
)
def test_a_wrong_file_is_answered_in_words(li: Client, data: bytes) -> None:
    answer = li.post(reverse("intake"), {"file": SimpleUploadedFile("x.xlsx", data)})
    assert answer.status_code == 422
    assert "没有导入" in answer.content.decode()


def test_no_file_and_a_file_too_large_are_answered_in_words(li: Client) -> None:
    assert "请先选择" in li.post(reverse("intake"), {}).content.decode()
    with override_settings(OASIS_UPLOAD_LIMIT=1024 * 1024):
        answer = li.post(reverse("intake"), {"file": SimpleUploadedFile("x.csv", b"a,b\n" * 400_000)})
    assert "超过 1 MB" in answer.content.decode()


def test_a_corrected_column_is_kept(li: Client) -> None:
    batch = send(li, ugly.xlsx(("三(1)班", [["姓名", "联系电话"], ["周一飞", "19911110009"]])))
    (layout,) = batch.layouts
    li.post(to("intake-columns", batch), {f"{layout['signature']}-1": "mother.phone"})
    batch.refresh_from_db()
    assert batch.layouts[0]["columns"][1]["field"] == "mother.phone"
    answer = li.post(to("intake-columns", batch), {f"{layout['signature']}-1": "name"})
    assert "有两列都选了" in answer.content.decode()


def test_filters_and_pages_of_the_preview(li: Client) -> None:
    rows = [[f"周{a}{b}", "男"] for a in "一二三四五六七八" for b in "甲乙丙丁戊己庚辛"]
    batch = send(li, ugly.xlsx(("三(1)班", [["姓名", "性别"], *rows])))
    li.post(to("intake-columns", batch), {})
    first = li.get(to("intake-batch", batch) + "?show=new").content.decode()
    assert "周一甲" in first
    assert "周八辛" not in first
    assert 'value="49"' in first
    ticks = {"shown": list(range(50)), "row": list(range(1, 50)), "show": "new", "after": "-1", "go": "49"}
    answer = li.post(to("intake-pick", batch), ticks)
    assert "after=49" in answer["Location"]
    assert "1 行没有勾选" in li.get(answer["Location"]).content.decode()
    assert "周八辛" in li.get(to("intake-batch", batch) + "?show=new&after=49").content.decode()
    assert "没有这样的行" in li.get(to("intake-batch", batch) + "?show=refused").content.decode()


def test_a_large_roster_goes_on_in_the_background(li: Client, world: World) -> None:
    rows = [[f"周{chr(0x4E00 + at // 60)}{chr(0x5B50 + at % 60)}", "男"] for at in range(3_100)]
    batch = send(li, ugly.csv([["姓名", "性别"], *rows]), "大.csv")
    li.post(to("intake-columns", batch), {"klass": str(world.klasses["三1"].pk)})
    batch.refresh_from_db()
    assert (batch.state, batch.counts["new"]) == ("preview", 3_100)
    Batch.objects.filter(pk=batch.pk).everywhere(why=WHY).update(state="committing", done=0, moved_at=None)
    busy = li.get(to("intake-batch", batch)).content.decode()
    assert "可以离开" in busy
    assert "继续" in busy
    li.post(to("intake-act", batch, what="commit"))
    batch.refresh_from_db()
    assert batch.state == "done"
    assert batch.rows.everywhere(why=WHY).filter(state=Row.State.NEW, done=True).count() == 3_100


@pytest.mark.parametrize("kind", SHEETS.codes)
def test_a_blank_roster_is_read_back_column_by_column(li: Client, kind: str) -> None:
    answer = li.get(reverse("intake-blank", kwargs={"kind": kind}))
    book = openpyxl.load_workbook(io.BytesIO(answer.content))
    sheet = book.worksheets[0]
    for column in range(1, sheet.max_column + 1):
        sheet.cell(row=2, column=column).value = (
            "林晓晓" if "姓名" in str(sheet.cell(row=1, column=column).value) else "1"
        )
    out = io.BytesIO()
    book.save(out)
    found = {c["at"]: c["field"] for c in send(li, out.getvalue()).layouts[0]["columns"]}
    for at, heading in enumerate(SHEETS.get(kind).headings):
        assert found[at] == heading.field, heading


def test_somebody_elses_batch_is_not_there(li: Client, login: Callable[[str], Client]) -> None:
    batch = send(li, ugly.xlsx(("三(1)班", [HEAD, ROW])))
    for who in ("zhao", "qian", "feng", "chen"):
        for name in ("intake-batch", "intake-columns", "intake-refused"):
            assert login(who).get(to(name, batch)).status_code == 404
        assert login(who).post(to("intake-act", batch, what="commit")).status_code == 404


def test_the_last_page_of_ticks_is_kept_and_the_batch_goes_in(li: Client) -> None:
    other = ["周一飞", "男", demo_id(date(2017, 6, 2), "1", 78), *ROW[3:]]
    batch = send(li, ugly.xlsx(("名单", [HEAD, ROW, other])))
    li.post(to("intake-columns", batch), {"made_on": "2026-11-01"})
    assert li.post(to("intake-pick", batch), {"shown": [0, 1], "row": [1], "go": "commit"}).status_code == 302
    assert "1 行没有选" in li.get(to("intake-batch", batch)).content.decode()
    assert set(
        Child.objects.everywhere(why=WHY).filter(name__in=["方小舟", "周一飞"]).values_list("name", flat=True)
    ) == {"周一飞"}


def test_another_school_cannot_pick(li: Client, login: Callable[[str], Client]) -> None:
    batch = send(li, ugly.xlsx(("名单", [HEAD, ROW])))
    li.post(to("intake-columns", batch), {})
    assert login("feng").post(to("intake-pick", batch), {"shown": [0]}).status_code == 404
    assert batch.rows.everywhere(why=WHY).filter(skip=True).count() == 0


def test_a_row_left_out_does_not_look_as_if_it_had_gone_in(li: Client, world: World) -> None:
    lin = world.children["lin"]
    rows = [["姓名", "身份证号", "班级", "家庭住址"], [lin.name, lin.id_number, "三1", "新村8号"]]
    batch = send(li, ugly.xlsx(("名单", rows)))
    li.post(to("intake-columns", batch), {})
    li.post(to("intake-pick", batch), {"shown": [0], "field-0": [0], "go": "commit"})
    shown = li.get(to("intake-batch", batch)).content.decode()
    assert "现住址：没有导入" in shown
    assert "新村8号" not in shown
