"""A newcomer's first day with Oasis, from an empty house to the summary: one story, told in the order of the file."""

import re
from collections.abc import Callable, Iterator
from io import BytesIO
from pathlib import Path

import openpyxl
import pytest
from playwright.sync_api import Browser, Page, expect

from tests.browser import roster

Violations = Callable[[Page], list[str]]
SCHOOL, CLASS = "青河县石桥小学", "三年级1班"
ADMINISTRATOR, TEACHER = ("wanglixin", "river-stone-41"), ("liumin", "quiet-valley-72")
PHONE = {"width": 360, "height": 740}


@pytest.fixture(scope="module")
def page(browser: Browser) -> Iterator[Page]:
    """One window for the whole day."""
    context = browser.new_context(locale="zh-CN", accept_downloads=True)
    window = context.new_page()
    window.set_default_timeout(15_000)
    yield window
    context.close()


def log_in(page: Page, house: str, account: tuple[str, str]) -> None:
    """Come in as somebody else."""
    page.context.clear_cookies()
    page.goto(f"{house}/account/login/")
    page.fill("[name=login]", account[0])
    page.fill("[name=password]", account[1])
    page.click("form button[type=submit]")
    page.wait_for_url(lambda url: "/account/login" not in url)


def save(page: Page) -> None:
    """Press the page's one button."""
    page.locator("main form button[type=submit]").first.click()


def test_the_first_page_founds_the_school(page: Page, new_house: str) -> None:
    page.goto(new_house)
    expect(page).to_have_url(re.compile("/setup/"))
    page.get_by_label("学校名称").fill(SCHOOL)
    page.get_by_label("您的姓名").fill("王立新")
    page.get_by_label("登录名").fill(ADMINISTRATOR[0])
    page.get_by_label("密码", exact=True).fill(ADMINISTRATOR[1])
    page.get_by_label("再输一次密码").fill(ADMINISTRATOR[1])
    save(page)
    expect(page.locator("h1")).to_have_text("第一步")


def test_the_first_steps_lead_to_classes_and_people(page: Page, new_house: str) -> None:
    log_in(page, new_house, ADMINISTRATOR)
    page.goto(f"{new_house}/first-steps/")
    page.get_by_role("link", name="添加班级").click()
    page.get_by_label("三年级").fill("1")
    page.get_by_role("button", name="按这个数目建班").click()
    expect(page.get_by_text("已添加1个班")).to_be_visible()
    page.goto(f"{new_house}/first-steps/")
    expect(page.locator(".tick-done", has_text="添加班级")).to_be_visible()
    page.get_by_role("link", name="添加人员").click()
    page.get_by_role("link", name="添加人员").first.click()


def test_a_homeroom_teacher_is_invited_and_takes_her_own_password(page: Page, new_house: str) -> None:
    page.goto(f"{new_house}/settings/people/new/")
    page.get_by_label("姓名").fill("刘敏")
    page.get_by_label("岗位").select_option("homeroom")
    page.get_by_label("所带班级").select_option(index=1)
    save(page)
    username, once = page.locator(".secret").all_inner_texts()
    assert username == TEACHER[0]
    log_in(page, new_house, (username, once))
    expect(page.get_by_text("这是您第一次用这个密码登录")).to_be_visible()
    page.locator("[name=oldpassword]").fill(once)
    page.locator("[name=password1]").fill(TEACHER[1])
    page.locator("[name=password2]").fill(TEACHER[1])
    save(page)
    log_in(page, new_house, TEACHER)
    expect(page.get_by_text("这是您第一次用这个密码登录")).to_have_count(0)


def hand_in(page: Page, house: str, name: str = "三一班名单.xlsx") -> None:
    """Choose the teacher's file and let the columns be read."""
    page.goto(f"{house}/intake/")
    page.set_input_files(
        "#file", {"name": name, "mimeType": "application/octet-stream", "buffer": roster.messy_roster()}
    )
    page.get_by_role("button", name="读取文件").click()
    expect(page.locator("h1")).to_have_text("核对各列")


def test_her_own_list_is_understood_row_by_row(page: Page, new_house: str, violations: Violations) -> None:
    hand_in(page, new_house)
    assert violations(page) == []
    carer = page.get_by_label("“监护人—姓名”导入为").or_(page.locator("tr", has_text="吴桂英").locator("select"))
    expect(carer.first).to_have_value("carer.name")
    page.get_by_role("button", name="核对每一行").click()
    expect(page.locator("h1")).to_have_text("核对名册", timeout=30_000)
    expect(page.get_by_text(f"将新建 {len(roster.GOOD)} 名孩子的档案")).to_be_visible()
    bad = page.locator("tr", has_text=roster.REFUSED)
    expect(bad).to_contain_text("校验位不对")
    at_home = page.locator("tr", has_text="邓乐天")
    expect(at_home).to_contain_text("父亲 邓志强")
    expect(at_home).not_to_contain_text("外出")
    assert violations(page) == []


def test_the_good_rows_go_in_and_the_bad_one_comes_back_with_its_reason(page: Page) -> None:
    page.get_by_role("button", name="确认导入").click()
    expect(page.locator("h1")).to_have_text("导入结果", timeout=30_000)
    expect(page.get_by_text(f"新建了 {len(roster.GOOD)} 名孩子的档案")).to_be_visible()
    with page.expect_download() as waiting:
        page.get_by_role("link", name="下载有问题的行").click()
    sheet = openpyxl.load_workbook(BytesIO(Path(waiting.value.path()).read_bytes())).active
    assert sheet is not None
    text = "\n".join(str(cell) for row in sheet.iter_rows(values_only=True) for cell in row if cell is not None)
    assert roster.REFUSED in text
    assert "校验位不对" in text
    assert roster.GOOD[0] not in text


def test_the_same_file_again_changes_nothing(page: Page, new_house: str) -> None:
    hand_in(page, new_house)
    page.get_by_role("button", name="核对每一行").click()
    expect(page.get_by_text(f"将新建 0 名孩子的档案，更新 0 名；{len(roster.GOOD)} 名没有变化")).to_be_visible(
        timeout=30_000
    )
    expect(page.get_by_role("button", name="确认导入")).to_have_count(0)
