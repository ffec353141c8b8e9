"""What comes up once or twice a term: holidays, an exam's marks, places, stocktaking, a form from above, a child who stays away."""

import re
from datetime import timedelta
from io import BytesIO

import docx
from playwright.sync_api import Page, expect

from tests.browser.conftest import DAY
from tests.browser.steps import DESK, Come, Sound, fill, go, open_child

TODAY = DAY.date()
FORM = "镇民政办走访登记表"
WHY = "说跟表哥去了镇上，电话没打通，奶奶在家。"


def blank() -> bytes:
    """Make the form the township sent: what the program knows, and a size of shoes that it does not."""
    document = docx.Document()
    document.add_paragraph(FORM)
    table = document.add_table(3, 4, style="Table Grid")
    heads = (("姓名", "性别"), ("监护人姓名", "联系电话"), ("年级班级", "鞋码"))
    for row, pair in zip(table.rows, heads, strict=True):
        for at, head in zip((0, 2), pair, strict=True):
            row.cells[at].text = head
    out = BytesIO()
    document.save(out)
    return out.getvalue()


def klass_of(page: Page) -> None:
    """Open the class of a homeroom teacher."""
    go(page, "班级")
    page.locator("main .line-link").first.click()


def test_holidays_are_asked_child_by_child_and_handed_to_the_village(come: Come, sound: Sound) -> None:
    page = come("laoshi2")
    klass_of(page)
    page.get_by_role("link", name="假期去向").click()
    line = page.locator(".line").first
    name = line.locator(".line-link").inner_text()
    line.locator(".line-link").click()
    page.locator("[name=with_whom]").select_option("nobody")
    fill(page, place="柳溪村三组自己家", home_on="2027-02-12", leave_on="2027-02-20")
    page.get_by_role("button", name="保存").click()
    expect(page.get_by_text("没有人照看的，请写明怎么办").first).to_be_visible()
    fill(page, note="父亲去借车来接，定不下来就请村主任安排。")
    sound(page)
    page.get_by_role("button", name="保存").click()
    first = page.locator(".line").first  # who has nobody stands first
    expect(first).to_contain_text(name)
    expect(first).to_contain_text("没有人照看")
    expect(page.get_by_text("名孩子假期没有人照看，请放假前和家长")).to_be_visible()

    first.locator(".line-link").click()
    page.locator("[name=with_whom]").select_option("kin")
    fill(page, handed_on=TODAY.isoformat(), note="住姑姑家，姑姑答应每天接送。")
    page.get_by_role("button", name="保存").click()
    told = page.locator(".line").filter(has_text=name).first
    expect(told).to_contain_text("其他亲友")
    expect(told).to_contain_text("已告诉儿童主任")
    sound(page)


def test_an_exams_marks_come_from_a_sheet_and_stand_on_the_childs_growth(come: Come, sound: Sound) -> None:
    page = come("laoshi6", DESK)
    klass_of(page)
    page.get_by_role("link", name="成长与成绩").click()
    fill(page, name="第三单元测验")
    page.get_by_role("button", name="添加，去填成绩").click()
    names = [label.inner_text() for label in page.locator("form[data-draft] .field label").all()[:2]]
    sheet = f"六年级成绩,,\n姓名,语文,数学\n{names[0]},91,88.5\n{names[1]},缺考,140\n赵不在,80,80\n"
    page.locator("#marks-file").set_input_files(
        {"name": "成绩.csv", "mimeType": "text/csv", "buffer": sheet.encode("gbk")}
    )
    page.get_by_role("button", name="看一看").click()
    refused = page.locator(".box").filter(has_text="不能导入的行")
    expect(refused).to_contain_text("赵不在")
    expect(refused).to_contain_text(names[1])
    sound(page)
    page.get_by_role("button", name="导入", exact=True).click()
    expect(page.get_by_text("成绩已导入，改动2项。")).to_be_visible()
    expect(page.locator("tr").filter(has_text=names[0]).last).to_contain_text("88.5")
    open_child(page, names[0])
    page.get_by_role("link", name="成长", exact=True).click()
    expect(page.locator("main")).to_contain_text("第三单元测验")


def test_one_place_goes_to_one_child_and_the_list_says_no_reason(come: Come, sound: Sound) -> None:
    page = come("laoshi5")
    go(page, "辅导名额")
    fill(page, title="英语单词小组", hours="周三 16:10—16:50", seats="1")
    page.get_by_role("button", name="开名单").click()
    page.get_by_role("link", name="英语单词小组").click()
    for at in range(2):
        page.locator("main .chips .chip:visible").nth(at).click()
    page.get_by_role("button", name="报名", exact=True).click()
    expect(page.locator(".line")).to_have_count(2)
    page.get_by_role("button", name="定名额").click()
    expect(page.get_by_text("有名额", exact=True)).to_have_count(1)
    expect(page.get_by_text("候补", exact=True)).to_have_count(1)
    assert "留守" not in page.locator("main").inner_text()
    sound(page)
    go(page, "辅导名额")
    expect(page.locator(".line").filter(has_text="英语单词小组")).to_contain_text("报名2，名额1")
    sound(page)


def test_stock_is_taken_and_a_thing_is_written_off_by_three_hands(come: Come, sound: Sound) -> None:
    keeper = come("fudaoyuan")
    go(keeper, "活动室")
    keeper.get_by_role("link", name="物品", exact=True).click()
    keeper.get_by_role("link", name="盘点", exact=True).click()
    keeper.get_by_label("跳绳实有").fill("12")
    sound(keeper)
    keeper.get_by_role("button", name="登记盘点").click()
    expect(keeper.get_by_text(re.compile("跳绳（账上15，实有12）"))).to_be_visible()
    row = keeper.locator("tr").filter(has=keeper.get_by_text("跳绳", exact=True))
    expect(row).to_contain_text("12根")
    row.get_by_role("link", name="报废").click()
    fill(keeper, quantity="2", reason="磨断了，接不上")
    keeper.get_by_role("button", name="申报").click()
    slip = keeper.locator(".line").filter(has_text="磨断了，接不上")
    expect(slip).to_contain_text("等主管签")
    for who, words in (("dezhu", "等校长签"), ("xiaozhang", "已报废")):
        leader = come(who, DESK)
        go(leader, "活动室")
        leader.get_by_role("link", name="物品", exact=True).click()
        line = leader.locator(".line").filter(has_text="磨断了，接不上")
        line.get_by_role("button", name="签字同意").click()
        expect(line).to_contain_text(words)
        sound(leader)
    keeper.reload()
    expect(row).to_contain_text("10根")


def test_a_form_from_above_is_tied_once_and_filled_for_a_child(come: Come, sound: Sound) -> None:
    dean = come("dezhu", DESK)
    go(dean, "设置")
    dean.locator("main, aside, nav").get_by_role("link", name="上级表格").first.click()
    fill(dean, title=FORM)
    dean.locator("[name=file]").set_input_files(
        {"name": "走访表.docx", "mimeType": "application/octet-stream", "buffer": blank()}
    )
    dean.get_by_role("button", name="读取这张表").click()
    expect(dean.locator(".note").filter(has_text="格还没有认出：")).to_contain_text("鞋码")
    sound(dean)
    shoes = dean.locator(".tie-row").filter(has_text="鞋码")
    shoes.locator("select").first.select_option("fixed")
    shoes.locator("input").fill("由家长填")
    dean.get_by_role("button", name="保存并试填").click()
    expect(dean.get_by_text("试填成功：每一格都写进去了。")).to_be_visible()
    dean.get_by_role("button", name="启用这张表").click()
    expect(dean.get_by_text("已启用。")).to_be_visible()

    page = come("laoshi4")
    go(page, "文书")
    page.get_by_role("link", name=FORM).click()
    page.get_by_role("button", name="看一看缺什么").click()
    expect(page.locator("#wanting")).to_be_visible()
    child = page.locator("[name=child] option").nth(1)
    name = re.sub("^只给|填一张$", "", child.inner_text())
    page.locator("[name=child]").select_option(index=1)
    sound(page)
    with page.expect_download() as download:
        page.get_by_role("button", name=re.compile("下载$")).click()
    table = docx.Document(BytesIO(download.value.path().read_bytes())).tables[0]
    words = [cell.text for row in table.rows for cell in row.cells]
    assert name in words
    assert "由家长填" in words
    assert name not in download.value.suggested_filename


def test_a_child_who_stays_away_is_followed_until_it_is_back(come: Come, sound: Sound) -> None:
    page = come("laoshi1")
    go(page, "控辍保学")
    page.get_by_role("link", name="登记一名孩子").click()
    page.locator("main .chip").first.click()
    name = page.locator("h1").inner_text()
    fill(page, absent_from=(TODAY - timedelta(days=4)).isoformat(), words=WHY)
    page.locator("[name=reason]").select_option("weary")
    sound(page)
    page.get_by_role("button", name="登记").click()
    expect(page.get_by_text("今天就上门了解")).to_be_visible()
    fill(page, met="奶奶")
    page.locator("#try_words").fill("奶奶答应晚上给孩子父亲打电话，约好明天一起去找。")
    page.locator(".chip").filter(has_text="还在犹豫").click()
    page.get_by_role("button", name="记下").click()
    expect(page.locator(".plain-list")).to_contain_text("还在犹豫")
    sound(page)

    dean = come("dezhu", DESK)
    go(dean, "控辍保学")
    dean.locator(".line").filter(has_text=name).locator(".line-link").first.click()
    dean.get_by_role("button", name="认定为辍学").click()
    expect(dean.get_by_text("已认定为辍学。")).to_be_visible()
    dean.get_by_text("登记报告日期").click()
    fill(dean, bureau_on=TODAY.isoformat(), bureau_no="第9号", township_on=TODAY.isoformat(), township_no="第10号")
    dean.get_by_role("button", name="保存", exact=True).click()
    expect(dean.locator("main")).to_contain_text("第9号")
    sound(dean)

    page.reload()
    expect(page.locator("main")).to_contain_text("第10号")
    page.locator("#end_words").fill("编回原班，同桌帮着补课。")
    page.get_by_role("button", name="了结").click()
    expect(page.get_by_text("已复学", exact=True).first).to_be_visible()
    open_child(page, name)
    expect(page.locator(".story")).to_contain_text("控辍保学")

    go(dean, "控辍保学")
    dean.locator("aside .line-link").first.click()
    expect(dean.locator("main")).to_contain_text("本月复学")
    sound(dean)
