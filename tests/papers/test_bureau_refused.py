"""The bureau's forms refused: what bites, fetches, is damaged or already filled in."""

import io
import zipfile

import docx
import pytest

from oasis.kit.refused import Refused
from oasis.papers.bureau import opening
from oasis.papers.bureau.blanks import blanks_in
from oasis.papers.bureau.excel_rows import moved
from tests.papers.bureau import LARGE, received
from tests.papers.forms import plain_book, registration
from tests.world import World


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


def test_a_fault_of_ours_is_never_called_a_damaged_file(caplog: pytest.LogCaptureFixture) -> None:
    with pytest.raises(Refused) as refused:
        opening.fill(registration(), "docx", [{"words": {"林晓晓": "林晓晓"}}])
    assert refused.value.code == "form-broken"
    assert "不是您的文件有问题" in refused.value.message
    assert "word_file.py:" in caplog.text
    assert "林晓晓" not in caplog.text


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
