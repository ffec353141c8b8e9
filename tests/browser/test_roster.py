"""A homeroom teacher brings in her own roster: chosen, columns looked at, rows looked at, committed, taken back."""

from collections.abc import Callable
from pathlib import Path

import pytest
from playwright.sync_api import Page, expect

from tests.intake import ugly

Enter = Callable[..., Page]
Violations = Callable[[Page], list[str]]
HEADS = [
    ["本班学生花名册"],
    ["序号", "学生姓名", "性别", "出生年月", "父亲", None, "监护人", None],
    [None, None, None, None, "姓名", "电话", "姓名", "关系"],
]
ROWS = [
    [1, "欧阳 小禾", "女", "2017.3.5", "欧阳大江", "19911110001", "吴桂花", "奶奶"],
    [2, "上官云飞", "男", "2017年13月", "", "", "", ""],
    ["", "", "男", "2017.5.1", "", "", "", ""],
    ["合计", "2人"],
]


@pytest.fixture
def roster(tmp_path: Path) -> str:
    path = tmp_path / "班级名册.xlsx"
    path.write_bytes(
        ugly.xlsx(("Sheet1", [*HEADS, *ROWS]), merges=["A1:H1", "E2:F2", "G2:H2", "A2:A3", "B2:B3", "C2:C3", "D2:D3"])
    )
    return str(path)


def test_a_roster_comes_in_and_is_taken_back(village: str, enter: Enter, violations: Violations, roster: str) -> None:
    page = enter(village, "banzhuren")

    def fits() -> None:
        for width in (1280, 360):
            page.set_viewport_size({"width": width, "height": 740})
            assert violations(page) == []
            assert page.evaluate("document.documentElement.scrollWidth") <= width

    page.goto(f"{village}/intake/")
    fits()
    page.set_input_files("#file", roster)
    page.get_by_role("button", name="读取文件").click()
    expect(page.get_by_role("heading", name="核对各列")).to_be_visible()
    fits()
    page.get_by_role("button", name="核对每一行").click()
    expect(page.get_by_text("还没有改动任何档案")).to_be_visible()
    expect(page.get_by_text("没有写姓名")).to_be_visible()
    expect(page.get_by_text("欧阳小禾")).to_have_count(0)  # nothing to decide of her
    fits()
    page.get_by_role("link", name="全部").click()
    expect(page.get_by_text("欧阳小禾")).to_be_visible()
    fits()
    page.get_by_role("button", name="确认导入").click()
    expect(page.get_by_text("新建了 2 名孩子的档案")).to_be_visible()
    fits()
    with page.expect_download() as mended:
        page.get_by_role("link", name="下载有问题的行").click()
    assert mended.value.suggested_filename == "有问题的行.xlsx"
    page.goto(f"{village}/children/")
    expect(page.get_by_text("欧阳小禾").first).to_be_visible()
    page.goto(f"{village}/intake/")
    page.get_by_role("link", name="班级名册.xlsx").first.click()
    page.get_by_text("撤回这批").click()
    page.get_by_role("button", name="撤回", exact=True).click()
    expect(page.get_by_text("这批名册已经撤回")).to_be_visible()


@pytest.mark.parametrize("theme", ["light", "dark"])
def test_a_wrong_file_is_answered_on_the_page(
    theme: str, village: str, enter: Enter, violations: Violations, tmp_path: Path
) -> None:
    page = enter(village, "banzhuren")
    page.emulate_media(color_scheme=theme)  # type: ignore[arg-type]
    wrong = tmp_path / "名册.xlsx"
    wrong.write_bytes(b"%PDF-1.7")
    page.goto(f"{village}/intake/")
    page.set_input_files("#file", str(wrong))
    page.get_by_role("button", name="读取文件").click()
    expect(page.get_by_text("这是 PDF 文件")).to_be_visible()
    assert violations(page) == []
