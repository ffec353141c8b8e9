"""A morning at the village school of the demo, on phones: the due list, the principal's figures, what a helper sees."""

import re
from collections.abc import Callable

import pytest
from playwright.sync_api import Locator, Page, expect

Enter = Callable[..., Page]
PHONE = {"width": 360, "height": 740}
TEACHER = "laoshi5"  # of the class with most children to call
SENTENCE = "放学后在操场聊了一会儿，说夜里睡得不太好。"


@pytest.fixture
def phone(village: str, enter: Enter) -> Callable[[str], Page]:
    """Somebody of the demo on a phone, at the first page."""

    def come_in(username: str) -> Page:
        page = enter(village, username)
        page.set_viewport_size(PHONE)  # type: ignore[arg-type]
        page.goto(village)
        return page

    return come_in


def section(page: Page, duty: str) -> Locator:
    """Give the part of 今日 about one duty, unfolded."""
    page.wait_for_load_state()
    page.locator("details[data-fold]").evaluate_all("all => all.forEach((box) => { box.open = true; })")
    return page.locator("section, .card, .box").filter(has=page.get_by_role("heading", name=duty, exact=True)).last


def left(page: Page, duty: str) -> int:
    """Read how many children a duty still waits for."""
    words = section(page, duty).get_by_role("link", name=re.compile(r"全部\d+名"))
    if not words.count():  # nothing presses any more: one line of 接下来
        words = page.locator(".line").filter(has=page.get_by_role("link", name=duty, exact=True)).locator(".tag")
    return int(re.sub(r"\D", "", words.inner_text())) if words.count() else 0


def test_one_call_shortens_the_list_and_undo_brings_the_line_back(phone: Callable[[str], Page]) -> None:
    page = phone(TEACHER)
    duty = "亲情通话或书信"
    before = left(page, duty)
    first = section(page, duty).locator(".line").first
    name = first.locator(".line-link").inner_text()
    expect(first).to_contain_text(re.compile("还没有和父母通话或通信"))
    first.locator(".line-link").click()
    expect(page.locator("a[href^='tel:']").first).to_be_visible()
    page.get_by_role("button", name="打通了").click()
    expect(page.get_by_text(f"{name}：打通了")).to_be_visible()
    expect(page.get_by_role("heading", level=1)).to_have_text(re.compile("月.*日"))
    assert left(page, duty) == before - 1
    expect(section(page, duty).get_by_role("link", name=name, exact=True)).to_have_count(0)
    page.get_by_role("button", name="撤销").click()
    page.goto(page.url.split("/record")[0])
    assert left(page, duty) == before
    expect(section(page, duty).get_by_role("link", name=name, exact=True)).to_be_visible()


def test_a_call_nobody_answered_settles_nothing(phone: Callable[[str], Page]) -> None:
    page = phone(TEACHER)
    duty = "亲情通话或书信"
    before = left(page, duty)
    section(page, duty).locator(".line-link").first.click()
    page.get_by_role("button", name="没接").click()
    expect(page.get_by_text("：没接。")).to_be_visible()
    enough = page.get_by_role("link", name="先不打这家了")
    if enough.count():  # the child has another number
        enough.click()
    expect(section(page, duty).get_by_text("今天打过，没接通").first).to_be_visible()
    assert left(page, duty) == before


@pytest.mark.parametrize("tab", ["概况", "各班", "构成", "工作"])
def test_a_number_of_the_principal_opens_its_list_and_the_two_agree(phone: Callable[[str], Page], tab: str) -> None:
    page = phone("xiaozhang")
    page.goto(f"{page.url.rstrip('/')}/school/")
    page.get_by_role("link", name=tab, exact=True).click()
    tables = page.url
    numbers = page.locator("main a.num-link, main a.stat")
    assert numbers.count() > 3
    for at in range(0, min(numbers.count(), 40), 13):
        words = numbers.nth(at).locator("xpath=descendant-or-self::*[contains(@class, 'num')]").first
        shown = re.search(r"\d+", words.inner_text() or numbers.nth(at).inner_text())
        assert shown is not None
        numbers.nth(at).click()
        expect(page.locator(".list-number strong")).to_have_text(shown.group())
        if int(shown.group()) <= 100:
            assert page.locator("main tbody tr").count() >= 1
        page.goto(tables)


def test_a_helper_sees_only_the_paired_child(phone: Callable[[str], Page], village: str) -> None:
    page = phone("bangfu")
    page.goto(f"{village}/record/talk/")
    names = page.locator("#picker .chip").evaluate_all(
        "all => all.map(c => c.querySelector('span:last-child').firstChild.data)"
    )
    assert 1 <= len(names) <= 20, "of ninety pupils a helper sees those who were entrusted to her"
    page.goto(f"{village}/children/")
    for name in names:
        expect(page.get_by_text(name.strip()).first).to_be_visible()
    answer = page.goto(f"{village}/school/")
    assert answer is not None
    assert answer.status == 404


def test_what_is_confidential_asks_for_a_reason_and_the_look_stays_on_the_trail(
    phone: Callable[[str], Page], village: str, enter: Enter
) -> None:
    page = phone("banzhuren")
    page.goto(f"{village}/record/talk/")
    page.locator("#picker .chip").first.click()
    page.get_by_label("内容要点").fill(SENTENCE)
    page.get_by_text("再多记几项").click()
    page.get_by_label("保密").check()
    page.get_by_role("button", name="保存").click()
    expect(page.get_by_text("已记下")).to_be_visible()
    expect(page.get_by_text(SENTENCE)).to_have_count(0)
    page.goto(f"{village}/records/")
    page.locator(".story a").first.click()
    record = page.url
    page.context.clear_cookies()

    enter(village, "xiaozhang")
    page.goto(record)
    expect(page.get_by_role("heading", name="内容保密")).to_be_visible()
    expect(page.get_by_text(SENTENCE)).to_have_count(0)
    page.get_by_role("button", name="打开内容").click()
    page.locator("[name=reason]").first.check()
    page.get_by_role("button", name="打开内容").click()
    expect(page.get_by_text(SENTENCE)).to_be_visible()
    page.goto(f"{village}/trail/")
    expect(page.locator("main :is(li, td, p, span)").filter(has_text="打开保密内容").first).to_be_visible()
