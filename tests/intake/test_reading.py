"""Files of all sorts are read, or refused in words that say what to do next."""

from datetime import date

import pytest

from oasis.intake.reading import read
from oasis.kit.refused import Refused
from tests.intake import ugly

ROWS = [["姓名", "出生日期", "电话"], ["林晓晓", "2017-03-05", "19900000001"], ["陈浩", "2017-05-21", "19900000002"]]


def cells(data: bytes) -> list[list[str]]:
    return [line.cells for sheet in read(data).sheets for line in sheet.lines()]


@pytest.mark.parametrize(
    "data",
    [
        ugly.xlsx(("一班", ROWS)),
        ugly.xls("一班", ROWS),
        ugly.csv(ROWS),
        ugly.csv(ROWS, "utf-8-sig"),
        ugly.csv(ROWS, "gbk"),
        ugly.csv(ROWS, "gb18030"),
        ugly.csv(ROWS, "utf-16"),
        ugly.csv(ROWS).replace(b",", b"\t"),
        ugly.csv(ROWS).replace(b",", b";"),
    ],
    ids=["xlsx", "xls", "utf-8", "bom", "gbk", "gb18030", "utf-16", "tabs", "semicolons"],
)
def test_every_format_gives_the_same_text(data: bytes) -> None:
    assert cells(data) == ROWS


def test_numbers_and_dates_come_as_a_person_sees_them() -> None:
    rows = [["姓名", 301, 301.0, 1.5, True, date(2017, 3, 5), 341203201503051234]]
    assert cells(ugly.xlsx(("表", rows))) == [["姓名", "301", "301", "1.5", "是", "2017-03-05", "3.41203201503051E+17"]]
    assert cells(ugly.xls("表", rows))[0][5] == "2017-03-05"


def test_empty_lines_are_left_out_and_numbers_of_rows_stay() -> None:
    (sheet,) = read(ugly.xlsx(("一班", [[], ROWS[0], [], [" "], ROWS[1]]))).sheets
    assert [line.number for line in sheet.lines()] == [2, 5]


def test_separators_hidden_in_a_cell_do_no_harm() -> None:
    assert cells(ugly.csv([["姓名", "备注"], ["林晓晓", '"甲\x1f乙\x1e丙"']]))[1] == ["林晓晓", "甲 乙 丙"]


@pytest.mark.parametrize(
    ("data", "code"),
    [
        (b"", "empty"),
        (b"  \r\n ", "empty"),
        (b"%PDF-1.7 ...", "pdf"),
        (b"\x89PNG\r\n\x1a\n", "picture"),
        (b"\xff\xd8\xff\xe0", "picture"),
        (b"PK\x03\x04 cut off", "damaged"),
        (ugly.xlsx(("一班", ROWS))[:-700], "damaged"),
        (ugly.bomb(), "bomb"),
        (ugly.ole("EncryptedPackage"), "password"),
        (ugly.ole("WordDocument"), "word"),
        (ugly.ole("Something"), "not-a-table"),
        (ugly.ole("Workbook"), "damaged"),
        (b"<html><table><tr><td>1</td></tr></table></html>", "web"),
        (b"\x00\x01\x02\x03" * 100, "not-a-table"),
        (ugly.xlsx(("一班", [])), "no-rows"),
    ],
)
def test_what_is_no_roster_is_refused_with_a_reason(data: bytes, code: str) -> None:
    with pytest.raises(Refused) as refused:
        read(data)
    assert refused.value.code == f"roster-{code}"
    assert len(refused.value.message) > 10


def test_a_file_too_large_is_refused_unread() -> None:
    with pytest.raises(Refused) as refused:
        read(b"a,b\n" * 1000, largest=1024 * 1024 // 1024)
    assert refused.value.code == "roster-too-large"


def test_too_many_rows_are_refused() -> None:
    with pytest.raises(Refused) as refused:
        read(ugly.csv(ROWS * 10), most_rows=20)
    assert refused.value.code == "roster-too-many-rows"
    assert "20" in refused.value.message


def test_a_word_file_renamed_is_told() -> None:
    import io

    import docx

    out = io.BytesIO()
    docx.Document().save(out)
    with pytest.raises(Refused) as refused:
        read(out.getvalue())
    assert refused.value.code == "roster-word"


def test_macros_and_formulas_are_said_and_never_run() -> None:
    data = ugly.with_macro(ugly.xlsx(("一班", [*ROWS, ["=A2", "", ""]])))
    assert set(read(data).remarks) == {"macros", "formulas"}


def test_a_cell_at_the_end_of_the_world_does_not_hurt() -> None:
    import openpyxl

    book = openpyxl.Workbook()
    book.active["A1"] = "姓名"
    book.active["XFD1048576"] = "远"
    import io

    out = io.BytesIO()
    book.save(out)
    with pytest.raises(Refused) as refused:
        read(out.getvalue())
    assert refused.value.code in ("roster-too-heavy", "roster-damaged")


def test_hidden_sheets_and_merged_cells_are_told() -> None:
    book = read(ugly.xlsx(("一班", ROWS), ("字典", [["男"], ["女"]]), merges=["A1:B1"], hidden=["字典"]))
    assert [(sheet.name, sheet.hidden) for sheet in book.sheets] == [("一班", False), ("字典", True)]
    assert book.sheets[0].merges == ((0, 0, 0, 1),)
