"""A newcomer's first day with Oasis, from an empty house to the summary: one story, told in the order of the file."""

import re
from collections.abc import Callable, Iterator
from io import BytesIO
from pathlib import Path

import docx
import openpyxl
import pytest
from playwright.sync_api import Browser, Page, expect

from tests.browser import roster

Violations = Callable[[Page], list[str]]
SCHOOL, CLASS = "青河县石桥小学", "三年级1班"
ADMINISTRATOR, TEACHER = ("wanglixin", "river-stone-41"), ("liumin", "quiet-valley-72")
HELPER = "何晓燕"
PHONE = {"width": 360, "height": 740}
CARED = ("安小满", "白一鸣", "程雨桐", "高远航")
TALKED, VISITED, CALLED = CARED[:3]


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
    page.get_by_role("link", name="再添加一个人").click()
    page.get_by_label("姓名").fill(HELPER)
    page.get_by_label("岗位").select_option("helper")
    save(page)
    expect(page.locator("h1")).to_have_text("账号已建好")
    log_in(page, new_house, (username, once))
    expect(page.get_by_text("一次性密码只能登录这一次")).to_be_visible()
    page.locator("[name=password1]").fill(TEACHER[1])
    page.locator("[name=password2]").fill(TEACHER[1])
    save(page)
    log_in(page, new_house, TEACHER)
    expect(page.get_by_text("一次性密码只能登录这一次")).to_have_count(0)


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
    expect(page.locator("h1")).to_have_text("核对名册")
    expect(page.get_by_text(f"将新建 {len(roster.GOOD)} 名孩子的档案")).to_be_visible()
    bad = page.locator("tr", has_text=roster.REFUSED)
    expect(bad).to_contain_text("校验位不对")
    page.get_by_role("link", name="全部").click()
    at_home = page.locator("tr", has_text="邓乐天")
    expect(at_home).to_contain_text("父亲 邓志强")
    expect(at_home).not_to_contain_text("外出")
    assert violations(page) == []


def test_the_good_rows_go_in_and_the_bad_one_comes_back_with_its_reason(page: Page) -> None:
    page.get_by_role("button", name="确认导入").click()
    expect(page.locator("h1")).to_have_text("导入结果")
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


def test_the_census_goes_child_by_child_on_a_phone(page: Page, new_house: str, violations: Violations) -> None:
    page.set_viewport_size(PHONE)  # type: ignore[arg-type]
    page.goto(new_house)
    page.get_by_role("link", name="学期摸底排查").click()
    page.get_by_role("link", name="去摸底").click()
    page.get_by_role("link", name="进入").click()
    page.get_by_role("link", name="开始", exact=True).click()
    for turn in range(len(roster.GOOD)):
        name = page.locator("main h2").first.inner_text()
        if turn == 0:
            assert violations(page) == []
            assert page.evaluate("document.documentElement.scrollWidth") <= PHONE["width"]
        page.get_by_role("button", name="双方外出" if name in CARED else "父母在家").click()
        expect(page.get_by_text(f"{name}：")).to_be_visible()
    expect(page.get_by_text(f"已排查（{len(roster.GOOD)}名）")).to_be_visible()
    expect(page.get_by_text("还没排查")).to_have_count(0)


def child(page: Page, house: str, name: str) -> None:
    """Open a child's page by way of the search."""
    page.goto(f"{house}/children/")
    page.locator("main input[type=search], main [name=q], main [name=words]").first.fill(name)
    page.keyboard.press("Enter")
    page.get_by_role("link", name=name).first.click()
    expect(page.locator("h1")).to_contain_text(name)


def test_a_helper_is_paired(page: Page, new_house: str) -> None:
    page.goto(f"{new_house}/klasses/")
    page.get_by_role("link", name="结对帮扶").click()
    page.get_by_role("link", name=f"给{TALKED}结对").click()
    helper = page.get_by_label(re.compile("^教师"))
    helper.select_option(helper.locator("option", has_text=HELPER).get_attribute("value"))
    page.get_by_role("button", name="结对", exact=True).click()
    expect(page.locator("tr", has_text=TALKED)).to_contain_text(HELPER)


def test_the_carer_is_confirmed_by_phone_before_a_witness(page: Page, new_house: str) -> None:
    child(page, new_house, TALKED)
    page.locator("section, .card, .box").filter(has=page.get_by_role("heading", name="照护约定")).last.get_by_role(
        "link", name="登记"
    ).click()
    carer = page.get_by_label("照护人", exact=True)
    carer.select_option(carer.locator("option", has_text="吴桂英").get_attribute("value"))
    page.get_by_label("方式", exact=True).select_option("notice")
    page.get_by_label("确认方式").select_option("phone")
    page.get_by_label("已听取孩子意见").check()
    page.get_by_label("已核对无不得委托的情形").check()
    page.get_by_role("button", name="登记").click()
    expect(page.get_by_text("见证人").first).to_be_visible()
    page.get_by_label("见证人").fill("王立新")
    page.get_by_role("button", name="登记").click()
    expect(page.get_by_text("已登记照护约定")).to_be_visible()
    expect(page.get_by_text("吴桂英").first).to_be_visible()


def due(page: Page, house: str, duty: str) -> set[str]:
    """Follow 今日 to the list of a duty; give who is still waiting."""
    page.goto(house)
    page.locator("details[data-fold]").evaluate_all("all => all.forEach((box) => { box.open = true; })")
    named = page.get_by_role("heading", name=duty, exact=True)
    card = page.locator("section, .card, .box").filter(has=named).last
    (card.get_by_role("link", name="全部") if named.count() else page.get_by_role("link", name=duty)).click()
    expect(page.locator("h1")).to_have_text(duty)
    return set(page.locator(".line", has_text=re.compile("过期|该做|未到")).locator(".line-link").all_inner_texts())


def record(page: Page, house: str, kind: str, name: str) -> None:
    """Go from the first page to the form of a kind and choose the child: three taps."""
    page.goto(house)
    page.locator(".tabbar").get_by_role("link", name="记一笔").click()
    page.locator(".big-choice", has_text=kind).first.click()
    page.locator("#picker .chip", has_text=name).first.click()


def keep(page: Page, name: str) -> None:
    """Save a record and see it confirmed."""
    page.get_by_role("button", name="保存").click()
    expect(page.get_by_text(f"已记下：{name}")).to_be_visible()


def test_today_says_what_is_due_for_whom_and_why(page: Page, new_house: str, violations: Violations) -> None:
    assert due(page, new_house, "亲情通话或书信") == set(CARED)
    assert violations(page) == []
    expect(page.locator("main")).to_contain_text("还没有和父母通话或通信")
    assert due(page, new_house, "期中家访") == set(CARED)
    assert due(page, new_house, "结对帮扶") == set(CARED) - {TALKED}
    assert due(page, new_house, "监护人确认") == set(CARED) - {TALKED}


def test_a_talk_and_a_visit_are_three_taps_and_a_sentence(page: Page, new_house: str) -> None:
    record(page, new_house, "谈心", TALKED)
    page.get_by_label("内容要点").fill("说想学画画，周末会和奶奶一起去赶集。")
    keep(page, TALKED)
    record(page, new_house, "家访", VISITED)
    page.get_by_label("家里的情况").fill("爷爷身体硬朗，屋里收拾得干净，孩子有自己的书桌。")
    keep(page, VISITED)


def test_a_call_that_failed_leaves_the_line_and_one_that_worked_takes_it_away(page: Page, new_house: str) -> None:
    duty = "亲情通话或书信"
    record(page, new_house, "亲情通话", CALLED)
    page.locator("#record-form").get_by_label("没接", exact=True).check()
    keep(page, CALLED)
    assert CALLED in due(page, new_house, duty)
    record(page, new_house, "亲情通话", CALLED)
    keep(page, CALLED)
    assert due(page, new_house, duty) == set(CARED) - {CALLED}


def test_the_call_desk_goes_through_the_class(page: Page, new_house: str) -> None:
    page.goto(new_house)
    page.get_by_role("link", name="通话台").first.click()
    page.get_by_role("link", name="监护人联系").first.click()
    page.locator(".call-start a").click()
    for outcome in ("没接", "打通了"):
        name = page.locator(".call-face h2").inner_text()
        if outcome == "打通了":
            page.get_by_label("说了什么").fill("奶奶说孩子近来睡得好，饭也吃得香。")
        page.get_by_role("button", name=outcome).click()
        expect(page.get_by_text(f"{name}：")).to_be_visible()
        enough = page.get_by_role("link", name="先不打这家了")
        if enough.count():  # the child has another number
            enough.click()
    page.get_by_role("link", name="结束，看看还有谁").click()
    expect(page.get_by_text("没有联系上（1名）")).to_be_visible()
    expect(page.get_by_text("今天打通了（1名）")).to_be_visible()


def test_contact_cards_are_printed(page: Page, new_house: str) -> None:
    page.goto(f"{new_house}/klasses/")
    page.get_by_role("link", name="联系卡").click()
    with page.expect_download() as waiting:
        page.get_by_role("button", name="打印全部联系卡").click()
    data = Path(waiting.value.path()).read_bytes()
    assert waiting.value.suggested_filename.endswith(".pdf")
    assert "留守" not in waiting.value.suggested_filename
    assert len(re.findall(rb"/Type\s*/Page\b", data)) > 0


PLAIN = """all => all.map(one => {
  const copy = one.cloneNode(true);
  copy.querySelectorAll(".unseen").forEach(hidden => hidden.remove());
  return copy.textContent.replace(/\\s/g, "");
})"""
OWN = "本学期我们把每个孩子的电话都核对了一遍。"


def test_the_summary_is_drafted_edited_and_exported(page: Page, new_house: str) -> None:
    page.set_viewport_size({"width": 1280, "height": 800})
    page.goto(f"{new_house}/papers/")
    page.get_by_role("link", name="写一份工作总结").click()
    page.get_by_role("button", name="写出初稿").click()
    expect(page.locator(".sheet-head")).to_be_visible()
    page.locator(".sheet-part").first.get_by_role("link", name="修改").click()
    text = page.get_by_label("这一段的文字")
    text.fill(f"{text.input_value()}{OWN}")
    page.get_by_role("button", name="保存").click()
    expect(page.get_by_text("这一段已保存")).to_be_visible()
    shown = page.locator(".sheet-text:not(.sheet-empty)").evaluate_all(PLAIN)
    with page.expect_download() as waiting:
        page.get_by_role("button", name="导出 Word").click()
    assert "留守" not in waiting.value.suggested_filename
    paper = docx.Document(str(waiting.value.path()))
    written = re.sub(r"\s", "", "".join(paragraph.text for paragraph in paper.paragraphs))
    assert SCHOOL in written
    assert OWN in written
    for paragraph in shown:
        assert paragraph in written
    assert paper.tables
