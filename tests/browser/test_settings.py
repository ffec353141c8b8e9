"""An administrator's morning: settings, a newcomer's account, a draft that survives, a look that is kept."""

import re
from collections.abc import Callable

import pytest
from playwright.sync_api import Page, expect

Enter = Callable[..., Page]
Violations = Callable[[Page], list[str]]
PLACES = (
    "first-steps",
    "settings/school",
    "settings/terms",
    "settings/terms/new",
    "settings/classes",
    "settings/people",
    "settings/people/new",
    "mine",
)


@pytest.mark.parametrize("theme", ["light", "dark"])
def test_the_settings_have_no_barriers(theme: str, village: str, enter: Enter, violations: Violations) -> None:
    page = enter(village, "guanli")
    page.emulate_media(color_scheme=theme)
    for width in (1280, 360):
        page.set_viewport_size({"width": width, "height": 740})
        for place in PLACES:
            page.goto(f"{village}/{place}/")
            assert violations(page) == [], place
            assert page.evaluate("document.documentElement.scrollWidth") <= width, place


def test_a_newcomer_gets_a_password_shown_once(village: str, enter: Enter, violations: Violations) -> None:
    page = enter(village, "guanli")
    page.goto(f"{village}/settings/people/new/")
    page.get_by_label("姓名").fill("何晓燕")
    page.get_by_label("岗位").select_option("subject")
    page.locator("main form button[type=submit]").click()
    expect(page.locator("h1")).to_have_text("账号已建好")
    secrets = page.locator(".secret").all_inner_texts()
    assert re.fullmatch(r"hexiaoyan\d*", secrets[0])
    assert re.fullmatch(r"[a-z2-9]{4}(-[a-z2-9]{4}){2}", secrets[1])
    assert violations(page) == []
    page.get_by_role("link", name="我抄好了").click()
    assert secrets[1] not in page.content()


def test_a_draft_survives_leaving_and_goes_when_saved(village: str, enter: Enter) -> None:
    page = enter(village, "guanli")
    page.on("dialog", lambda dialog: dialog.accept())
    page.goto(f"{village}/settings/school/")
    page.get_by_label("地址").fill("河边路一号")
    page.goto(f"{village}/mine/")
    page.goto(f"{village}/settings/school/")
    expect(page.get_by_text("已恢复上次没有保存的内容")).to_be_visible()
    expect(page.get_by_label("地址")).to_have_value("河边路一号")
    page.locator("main form button[type=submit]").click()
    expect(page.get_by_text("学校资料已保存")).to_be_visible()
    page.goto(f"{village}/settings/school/")
    expect(page.get_by_text("已恢复上次没有保存的内容")).to_have_count(0)


def test_the_look_changes_at_once_and_stays(village: str, enter: Enter) -> None:
    page = enter(village, "guanli")
    page.goto(f"{village}/mine/")
    page.get_by_label("深色").check()
    expect(page.locator("html")).to_have_attribute("data-bs-theme", "dark")
    page.reload()
    expect(page.locator("html")).to_have_attribute("data-bs-theme", "dark")


def test_a_dangerous_act_asks_first_and_works_by_keyboard(village: str, enter: Enter) -> None:
    page = enter(village, "guanli")
    page.goto(f"{village}/settings/classes/")
    first = page.locator("details.confirm").first
    first.locator("summary").focus()
    page.keyboard.press("Enter")
    expect(first.get_by_text("确定删除")).to_be_visible()
    first.get_by_role("button", name="取消").click()
    expect(first.get_by_text("确定删除")).to_be_hidden()
