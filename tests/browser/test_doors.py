"""The first page of an empty installation, and the log-in of every role."""

from collections.abc import Callable

import pytest
from playwright.sync_api import Page, expect

Enter = Callable[..., Page]
Violations = Callable[[Page], list[str]]
DEMO = ("xiaozhang", "dezhu", "banzhuren", "bangfu", "shengguan", "xinli", "fudaoyuan", "keren", "guanli", "xianju")


def test_a_newcomer_founds_the_school_in_the_browser(page: Page, empty_house: str, violations: Violations) -> None:
    page.goto(f"{empty_house}/account/login/")
    expect(page).to_have_url(f"{empty_house}/setup/")
    assert violations(page) == []
    page.get_by_label("学校名称").fill("新溪小学")
    page.get_by_label("您的姓名").fill("王立新")
    page.get_by_label("登录名").fill("wanglixin")
    page.get_by_label("密码", exact=True).fill("river-stone-41")
    page.get_by_label("再输一次密码").fill("river-stone-41")
    page.locator("main form button[type=submit]").click()
    expect(page.get_by_role("heading", name="导入花名册")).to_be_visible()
    assert violations(page) == []
    closed = page.goto(f"{empty_house}/setup/")
    assert closed is not None
    assert closed.status == 404, "the door is closed behind the founder"


@pytest.mark.parametrize("username", DEMO)
def test_every_role_of_the_demo_comes_in_to_a_page_without_barriers(
    username: str, village: str, enter: Enter, violations: Violations
) -> None:
    page = enter(village, username)
    assert page.locator("h1").count() == 1
    assert violations(page) == []
    page.set_viewport_size({"width": 360, "height": 740})
    assert page.evaluate("document.documentElement.scrollWidth") <= 360, "nothing scrolls sideways on a phone"
