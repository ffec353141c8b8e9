"""One story for each part of the school's work that no role's morning touches: needs, alerts, letters, notices, goods, net."""

import re
from datetime import timedelta

from playwright.sync_api import Browser, expect

from tests.browser.conftest import DAY
from tests.browser.steps import DESK, Come, Sound, fill, go, open_child

TOLD = "早上没有吃饭就来了，课间趴在桌上。"


def test_five_needs_are_scored_in_a_few_taps(come: Come, sound: Sound) -> None:
    page = come("laoshi1")
    go(page, "班级")
    page.get_by_role("link", name="五项需求").first.click()
    page.locator(".box-more").first.click()
    page.locator("main .line-link").first.click()
    name = page.locator(".census-face h2").inner_text()
    for group in page.locator("form[data-once]").last.locator("fieldset").all():
        group.locator(".chip").first.click()
    sound(page)
    page.get_by_role("button", name=re.compile("^保存")).click()
    expect(page.get_by_text(f"{name}的评估已保存")).to_be_visible()


def test_an_alert_says_why_and_a_teacher_takes_it_up(come: Come, sound: Sound) -> None:
    page = come("dezhu", DESK)
    go(page, "预警")
    first = page.locator("main .box").first.locator(".line").first
    words = first.locator(".line-link").inner_text()
    assert first.locator("small").inner_text()
    first.locator(".line-link").click()
    page.locator("main [name=reason]").first.fill("明天放学陪他走一段，问问家里。")
    sound(page)
    page.get_by_role("button", name="我来跟进").click()
    go(page, "预警")
    taken = page.locator(".box").filter(has_text="已有人接手")
    expect(taken.get_by_role("link", name=words)).to_be_visible()


def test_a_letter_is_written_once_drafted_for_each_child_and_sent(come: Come, sound: Sound) -> None:
    dean = come("dezhu", DESK)
    go(dean, "家校联系")
    dean.get_by_role("link", name="写期末的信").click()
    dean.get_by_role("button", name="写好了，发给各班").click()

    page = come("laoshi4")
    go(page, "家校联系")
    page.locator(".box").filter(has_text="期末").locator(".line-link").click()
    page.get_by_role("button", name="按记录起草孩子的情况").click()
    expect(page.locator(".line small").filter(has_text=re.compile("同学.*情况")).first).to_be_visible()
    page.locator("[name=copies]").first.check()
    sound(page)
    page.get_by_role("button", name="这些已经发出").click()
    expect(page.locator(".meter, .meter-words").filter(has_text="已经发出").first).to_contain_text(
        re.compile(r"[1-9]\d*\s*/")
    )


def test_parents_are_ticked_at_the_door_and_who_missed_it_is_owed(come: Come, sound: Sound) -> None:
    page = come("laoshi2")
    go(page, "家校联系")
    page.get_by_role("link", name="家长会、家长学校").click()
    page.get_by_role("link", name="安排一次").click()
    fill(page, topic="冬天在家怎样取暖", room="二（1）班教室", tell_by=(DAY + timedelta(days=7)).date().isoformat())
    page.get_by_role("button", name="保存").click()
    page.locator(".chip").nth(0).click()
    page.locator(".chip").nth(1).click()
    sound(page)
    page.get_by_role("button", name="会开完了，其余的没有到").click()
    expect(page.get_by_text("还没告知").first).to_be_visible()
    assert page.locator("[name=came]:checked").count() == 2


def test_a_pupil_tells_by_a_code_and_reads_nothing_back(
    come: Come, sound: Sound, village: str, browser: Browser
) -> None:
    page = come("laoshi5")
    go(page, "同学反映")
    page.locator(".box").filter(has_text="班里的码").locator(".line-link").click()
    code = page.locator(".slip-code").first.inner_text()
    go(page, "孩子")
    name = page.locator("#found .line-link").first.inner_text()

    pupil = browser.new_context(viewport={"width": 360, "height": 740}, locale="zh-CN").new_page()
    pupil.goto(f"{village}/tell/")
    assert "留守" not in pupil.content()
    fill(pupil, code=code, about=name, words=TOLD)
    sound(pupil)
    pupil.get_by_role("button", name="告诉老师").click()
    expect(pupil.get_by_text("老师会看的。谢谢你关心同学。")).to_be_visible()
    assert TOLD not in pupil.content()
    pupil.context.close()

    go(page, "同学反映")
    page.locator(".box").filter(has_text="等您看的").get_by_role("link", name=name).first.click()
    expect(page.get_by_text(TOLD).first).to_be_visible()
    page.locator("[name=child]").select_option(label=name)
    page.locator(".chip").first.click()
    page.get_by_role("button", name="记为关注").click()
    open_child(page, name)
    expect(page.locator(".story > li").first).to_contain_text(TOLD)


def test_gifts_are_given_to_many_at_once_and_leave_a_list_to_sign(come: Come, sound: Sound) -> None:
    page = come("fudaoyuan")
    go(page, "物资")
    page.get_by_role("link", name="棉被", exact=True).first.click()
    names = [page.locator(".chip-face").nth(at) for at in range(2)]
    for one in names:
        one.click()
    sound(page)
    page.get_by_role("button", name="发放，打印签领表").click()
    page.locator("tr").filter(has_text="发放").get_by_role("link").first.click()
    expect(page.locator(".sign-table tbody tr")).to_have_count(2)
    assert "留守" not in page.locator("main").inner_text()


def test_the_net_of_care_is_drawn_and_the_table_says_the_same(come: Come, sound: Sound) -> None:
    page = come("xiaozhang", DESK)
    go(page, "组织")
    page.get_by_role("link", name="关爱网络").click()
    expect(page.locator(".chart-canvas canvas").first).to_be_visible()
    assert page.locator("main table tbody tr").count() > 5
    sound(page)
    page.get_by_role("link", name="迎检缺项").click()
    expect(page.locator("main")).to_contain_text("领导小组")
    sound(page)


def test_the_inspection_package_is_put_together_while_one_works(come: Come, sound: Sound) -> None:
    page = come("xiaozhang", DESK)
    go(page, "文书")
    page.locator("main a[href$='/inspection/']").first.click()
    fill(page, purpose="县督导检查")
    page.get_by_role("button", name="开始整理").click()
    sound(page)
    ready = page.get_by_role("button", name="下载 PDF").first
    expect(ready).to_be_visible(timeout=120_000)
    with page.expect_download() as download:
        ready.click()
    assert download.value.path().read_bytes().startswith(b"%PDF")
