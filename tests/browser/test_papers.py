"""A teacher writes the term's summary and prints her cards; a grandmother scans one."""

from collections.abc import Callable
from io import BytesIO

import docx
import pytest
from playwright.sync_api import Page, expect

Enter = Callable[..., Page]
Violations = Callable[[Page], list[str]]


def begin(page: Page, village: str) -> None:
    page.goto(f"{village}/papers/summary/new/")
    page.get_by_role("button", name="写出初稿").click()
    expect(page.locator(".sheet-head")).to_be_visible()


def test_a_summary_is_drafted_traced_edited_and_exported(village: str, enter: Enter) -> None:
    page = enter(village, "banzhuren")
    begin(page, village)
    number, summary = page.locator("a.cited").first, page.url
    shown = number.inner_text()
    number.click()
    expect(page).not_to_have_url(summary)
    expect(page.locator("main")).to_contain_text(shown)
    page.go_back()
    expect(page).to_have_url(summary)
    page.locator(".sheet-part").first.get_by_role("link", name="修改").click()
    page.get_by_label("这一段的文字").fill("这个学期，我把每个孩子的家都走了一遍。")
    page.get_by_role("button", name="保存").click()
    expect(page.get_by_text("这个学期，我把每个孩子的家都走了一遍。")).to_be_visible()
    with page.expect_download() as download:
        page.get_by_role("button", name="导出 Word").click()
    assert "留守" not in download.value.suggested_filename
    text = "\n".join(p.text for p in docx.Document(BytesIO(download.value.path().read_bytes())).paragraphs)
    assert "这个学期，我把每个孩子的家都走了一遍。" in text
    assert "一、基本情况" in text


def test_cards_are_printed_and_one_is_scanned(village: str, enter: Enter) -> None:
    page = enter(village, "banzhuren")
    page.goto(f"{village}/papers/cards/")
    with page.expect_download() as download:
        page.get_by_role("button", name="打印全部联系卡").click()
    assert download.value.path().read_bytes().startswith(b"%PDF")
    page.reload()
    expect(page.get_by_text("手里的卡片都是最新的。")).to_be_visible()


@pytest.mark.parametrize("theme", ["light", "dark"])
def test_the_pages_have_no_barriers(theme: str, village: str, enter: Enter, violations: Violations) -> None:
    page = enter(village, "xiaozhang")
    page.emulate_media(color_scheme=theme)  # type: ignore[arg-type]
    for width in (1280, 360):
        page.set_viewport_size({"width": width, "height": 740})
        for place in ("papers", "papers/cards", "papers/order/roster", "papers/summary/new"):
            page.goto(f"{village}/{place}/")
            assert violations(page) == [], place
            assert page.evaluate("document.documentElement.scrollWidth") <= width, place
        begin(page, village)
        assert violations(page) == []
        page.locator(".sheet-part").first.get_by_role("link", name="修改").click()
        assert violations(page) == []
