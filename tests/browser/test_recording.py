"""A homeroom teacher records on her phone: three taps and a sentence; a slip taken back; an afternoon of calls."""

from collections.abc import Callable

import pytest
from playwright.sync_api import Locator, Page, expect

Enter = Callable[..., Page]
Violations = Callable[[Page], list[str]]
TEACHER = "laoshi2"  # of a class with many children to call
PHONE = {"width": 360, "height": 740}

# The moment in which a press does nothing lasts longer, so that it is seen on a slow machine, too.
LONGER = "const soon = setTimeout; window.setTimeout = (act, wait) => soon(act, wait === 1500 ? 6000 : wait)"


@pytest.fixture
def phone(village: str, enter: Enter) -> Page:
    """The homeroom teacher of the demo, on a phone."""
    page = enter(village, TEACHER)
    page.set_viewport_size(PHONE)  # type: ignore[arg-type]
    return page


def choose(page: Page, village: str, kind: str) -> str:
    """Go from the first tab to the form of a kind and choose the first child; give her name."""
    page.goto(f"{village}/record/")
    page.get_by_role("link", name=kind).first.click()
    chip = page.locator("#picker .chip").first
    chip.click()
    return str(chip.locator("span:last-child").evaluate("name => name.firstChild.data")).strip()


@pytest.mark.parametrize("theme", ["light", "dark"])
def test_the_pages_have_no_barriers(theme: str, village: str, enter: Enter, violations: Violations) -> None:
    page = enter(village, TEACHER)
    page.emulate_media(color_scheme=theme)  # type: ignore[arg-type]
    for width in (1280, 360):
        page.set_viewport_size({"width": width, "height": 740})
        for place in ("record", "record/talk", "record/visit", "record/family-call", "records", "calls"):
            page.goto(f"{village}/{place}/")
            assert violations(page) == [], place
            assert page.evaluate("document.documentElement.scrollWidth") <= width, place
        page.goto(f"{village}/records/")
        page.locator(".story a").first.click()
        assert violations(page) == []
        page.goto(f"{village}/calls/?kind=family-call")
        page.get_by_role("link", name="开始").or_(page.get_by_role("link", name="接着打")).first.click()
        assert violations(page) == []


def test_a_talk_takes_three_taps_and_a_sentence(phone: Page, village: str) -> None:
    name = choose(phone, village, "谈心")
    phone.get_by_label("内容要点").fill("说周末和爷爷去赶集，很高兴。")
    phone.get_by_role("button", name="保存").click()
    expect(phone.get_by_text(f"已记下：{name}，谈心")).to_be_visible()
    expect(phone.get_by_text("说周末和爷爷去赶集，很高兴。").first).to_be_visible()
    phone.get_by_role("button", name="撤销").click()
    expect(phone.get_by_text("已撤回")).to_be_visible()
    expect(phone.get_by_text("说周末和爷爷去赶集，很高兴。")).to_have_count(0)


def test_a_hasty_double_press_makes_one_record(phone: Page, village: str) -> None:
    choose(phone, village, "生活服务")
    phone.get_by_label("衣被").check()
    phone.get_by_label("做了什么").fill("帮他补好了书包带子。")
    phone.get_by_role("button", name="保存").dblclick()
    expect(phone.get_by_text("已记下")).to_be_visible()
    expect(phone.get_by_text("帮他补好了书包带子。")).to_have_count(1)


def test_the_way_back_after_saving_leads_to_an_empty_form_and_to_nobody_else_s(phone: Page, village: str) -> None:
    phone.on("dialog", lambda dialog: dialog.accept())
    phone.goto(f"{village}/record/talk/")
    chip = phone.locator("#picker .chip").nth(2)  # the children are in another order afterwards
    chip.click()
    phone.get_by_label("内容要点").fill("说想学画画。")
    phone.get_by_role("button", name="保存").click()
    expect(phone.get_by_text("已记下")).to_be_visible()
    phone.go_back()
    expect(phone.get_by_label("内容要点")).to_have_value("")
    assert phone.locator("#picker input[name=child]:checked").count() == 0


def test_what_was_sent_into_the_dark_is_on_today(phone: Page, village: str) -> None:
    phone.on("dialog", lambda dialog: dialog.accept())
    phone.goto(f"{village}/record/talk/")
    phone.locator("#picker .chip").first.click()
    phone.get_by_label("内容要点").fill("讲了过马路。")
    phone.context.set_offline(True)
    with phone.expect_event("requestfailed"):
        phone.get_by_role("button", name="保存").click()
    phone.context.set_offline(False)
    phone.goto(f"{village}/record/")
    phone.evaluate("""() => { for (const name of Object.keys(localStorage)) {
        const draft = JSON.parse(localStorage.getItem(name)); draft.at -= 60000; localStorage.setItem(name, JSON.stringify(draft)); } }""")
    phone.goto(village)
    expect(phone.get_by_text("不知道保存上没有，看一看")).to_be_visible()
    phone.get_by_role("link", name="不知道保存上没有，看一看").click()
    expect(phone.get_by_text("已恢复上次没有保存的内容")).to_be_visible()
    phone.get_by_role("button", name="保存").click()
    expect(phone.get_by_text("已记下")).to_be_visible()


def test_what_was_typed_waits_for_the_next_lesson(phone: Page, village: str) -> None:
    phone.on("dialog", lambda dialog: dialog.accept())
    choose(phone, village, "学习辅导")
    phone.get_by_label("怎样辅导的").fill("一起读了课文，写到一半上课了")
    phone.goto(f"{village}/children/")
    phone.goto(f"{village}/record/tutoring/")
    expect(phone.get_by_label("怎样辅导的")).to_have_value("一起读了课文，写到一半上课了")
    phone.get_by_label("语文").check()
    phone.get_by_role("button", name="保存").click()
    expect(phone.get_by_text("已记下")).to_be_visible()


def named(chip: Locator) -> str:
    """Give the name on a child's chip."""
    return str(chip.locator("span:last-child").evaluate("name => name.firstChild.data")).strip()


def test_a_draft_for_one_child_never_comes_into_the_form_of_another(phone: Page, village: str) -> None:
    phone.on("dialog", lambda dialog: dialog.accept())
    phone.goto(f"{village}/record/moral/")
    chips = phone.locator("#picker .chip")
    own, other = (chips.nth(place).locator("input").get_attribute("value") for place in (0, 1))
    phone.goto(f"{village}/record/moral/?child={own}")
    phone.locator("#picker details summary").click()
    folded = phone.locator("#picker details .chip").first
    third = named(folded)
    folded.click()
    phone.get_by_label("怎样教育的").fill("讲了不拿别人的东西。")
    phone.goto(f"{village}/record/moral/?child={other}")
    expect(phone.get_by_label("怎样教育的")).to_have_value("")
    assert phone.locator("#picker input:checked").count() == 1
    phone.goto(f"{village}/record/moral/?child={own}")
    expect(phone.get_by_label("怎样教育的")).to_have_value("讲了不拿别人的东西。")
    expect(phone.get_by_text("当时另外选的1名孩子没有选上")).to_be_visible()
    expect(phone.locator("[data-pick-count]")).not_to_contain_text(third)
    assert phone.locator("#picker input:checked").count() == 1
    phone.get_by_role("button", name="不要了").click()


def test_a_form_for_one_child_takes_no_other_child_from_a_draft(phone: Page, village: str) -> None:
    phone.on("dialog", lambda dialog: dialog.accept())
    phone.goto(f"{village}/record/talk/")
    chips = phone.locator("#picker .chip input")
    own, other = (chips.nth(place).get_attribute("value") for place in (0, 1))
    phone.goto(f"{village}/incidents/new/?child={own}")
    phone.locator("main form[data-draft] textarea").first.fill("课间在操场摔倒了。")
    phone.goto(f"{village}/incidents/new/?child={other}")
    expect(phone.locator("main form[data-draft] textarea").first).to_have_value("")
    expect(phone.locator("main form[data-draft] [name=child]")).to_have_value(str(other))
    phone.goto(f"{village}/incidents/new/?child={own}")
    expect(phone.locator("main form[data-draft] textarea").first).to_have_value("课间在操场摔倒了。")
    phone.get_by_role("button", name="不要了").click()


def test_whoever_is_chosen_is_named_and_stands_in_no_closed_fold(phone: Page, village: str) -> None:
    phone.on("dialog", lambda dialog: dialog.accept())
    phone.goto(f"{village}/record/moral/")
    phone.locator("#picker details summary").click()
    chip = phone.locator("#picker details .chip").last
    name = named(chip)
    chip.click()
    expect(phone.locator("[data-pick-count]")).to_have_text(f"已选1名：{name}")
    phone.get_by_label("怎样教育的").fill("讲了排队。")
    phone.goto(f"{village}/record/moral/")
    expect(phone.locator("[data-pick-count]")).to_have_text(f"已选1名：{name}")
    expect(phone.locator("#picker > .chips .chip", has_text=name).locator("input")).to_be_checked()
    assert phone.locator("#picker details .chip").count() == int(
        "".join(filter(str.isdigit, phone.locator("#picker details summary").inner_text()))
    )
    phone.get_by_role("button", name="不要了").click()


def test_what_the_server_refused_is_not_called_perhaps_saved(phone: Page, village: str) -> None:
    phone.on("dialog", lambda dialog: dialog.accept())
    choose(phone, village, "思想教育")
    phone.get_by_label("怎样教育的").fill("讲了过马路要走斑马线。")
    phone.get_by_label("日期").fill("2099-01-01")
    phone.locator("#record-form").evaluate("form => { form.noValidate = true }")
    phone.get_by_role("button", name="保存").click()
    expect(phone.get_by_role("alert")).to_contain_text("日期不能晚于今天")
    phone.get_by_label("怎样教育的").fill("讲了过马路要走斑马线，看信号灯。")
    phone.goto(village)
    phone.get_by_role("link", name="没有保存成功，接着改").click()
    expect(phone.get_by_text("上次没有保存成功，内容还在")).to_be_visible()
    expect(phone.get_by_text("不知道保存上没有")).to_have_count(0)
    expect(phone.get_by_label("怎样教育的")).to_have_value("讲了过马路要走斑马线，看信号灯。")
    phone.get_by_label("日期").fill("2026-11-24")
    phone.get_by_role("button", name="保存").click()
    expect(phone.get_by_text("已记下")).to_be_visible()
    phone.goto(f"{village}/record/moral/")
    expect(phone.get_by_label("怎样教育的")).to_have_value("")


def test_a_mistake_shows_where_and_keeps_the_rest(phone: Page, village: str) -> None:
    choose(phone, village, "思想教育")
    phone.get_by_label("怎样教育的").fill("讲了过马路要走斑马线。")
    phone.get_by_label("日期").fill("2099-01-01")
    phone.locator("#record-form").evaluate("form => { form.noValidate = true }")
    phone.get_by_role("button", name="保存").click()
    expect(phone.get_by_role("alert")).to_contain_text("日期不能晚于今天")
    expect(phone.get_by_label("怎样教育的")).to_have_value("讲了过马路要走斑马线。")


def test_an_afternoon_of_calls(phone: Page, village: str) -> None:
    phone.add_init_script(LONGER)
    phone.goto(f"{village}/calls/?kind=carer-contact")
    phone.get_by_role("link", name="开始").or_(phone.get_by_role("link", name="接着打")).first.click()
    first = phone.locator(".call-face h2").inner_text()
    assert phone.locator(".call-number a").first.get_attribute("href").startswith("tel:")  # type: ignore[union-attr]
    phone.get_by_role("button", name="没接").click()
    expect(phone.get_by_text(f"{first}：没接")).to_be_visible()
    enough = phone.get_by_role("link", name="先不打这家了")
    if enough.count():  # the child has another number
        enough.click()
    outcomes = phone.locator(".call-outcomes")
    expect(outcomes).to_have_attribute("inert", "")  # a second press is no outcome of the next child
    expect(outcomes).not_to_have_attribute("inert", "")
    number, foot = (
        phone.locator(place).first.bounding_box() for place in (".call-number:has(:checked) a", ".call-foot")
    )
    assert number
    assert foot
    assert number["y"] + number["height"] <= foot["y"], "the number to dial stands above the outcomes"
    second = phone.locator(".call-face h2").inner_text()
    assert second != first
    phone.get_by_label("说了什么").fill("奶奶说孩子近来睡得好。")
    phone.get_by_role("button", name="打通了").click()
    phone.get_by_role("link", name="结束，看看还有谁").click()
    expect(phone.get_by_text("没有联系上（")).to_be_visible()
    expect(phone.get_by_role("link", name=first).first).to_be_visible()


def test_records_are_written_without_script_too(village: str, enter: Enter, browser: object) -> None:
    context = browser.new_context(java_script_enabled=False)  # type: ignore[attr-defined]
    page = context.new_page()
    page.goto(f"{village}/account/login/?next=/record/talk/")
    page.fill("[name=login]", "banzhuren")
    page.fill("[name=password]", "oasis-demo-2026")
    page.click("form button[type=submit]")
    page.locator("#picker .chip").first.click()
    page.get_by_label("内容要点").fill("没有脚本也能记。")
    page.get_by_role("button", name="保存").click()
    expect(page.get_by_text("已记下")).to_be_visible()
    context.close()
