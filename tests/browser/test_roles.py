"""A morning of each role at the village school, by clicks: night round, room, talk in confidence, plan, export, account."""

import re
from datetime import timedelta
from pathlib import Path

from playwright.sync_api import expect

from tests.browser.conftest import DAY
from tests.browser.steps import DESK, GRADES, PHONE, Come, Sound, fill, go, homeroom_of, open_child

SECRET = "说夜里常常醒，想妈妈，不想让别人知道。"
RESOLVED = "给活动室的书柜加一把锁"


def test_a_fever_of_the_night_stands_on_the_childs_timeline_in_the_morning(come: Come, sound: Sound) -> None:
    page = come("shengguan")
    go(page, "宿舍")
    page.locator(".turns button").first.click()  # in the morning the night that ends: its last round is still open
    expect(page.locator("html")).to_have_attribute("data-bs-theme", "dark")
    sound(page)
    bed = page.locator(".night-bed").first
    name = re.sub(r"^\d+\s*", "", bed.locator(".night-who span").first.inner_text())
    bed.locator("summary").click()
    bed.get_by_role("button", name=f"{name} 发热").click()
    expect(bed.locator(".night-who")).to_contain_text("发热")
    page.get_by_role("button", name="其余都在").first.click()
    expect(page.locator("#seen")).to_contain_text(re.compile(r"(\d+)\s*/\s*\1"))
    page.get_by_label("门窗水电都查过").check()
    page.get_by_role("button", name="全部看完，结束").click()
    page.get_by_role("link", name=re.compile(name)).first.click()
    klass = page.locator(".lead-line").inner_text()

    teacher = come(homeroom_of(klass))
    open_child(teacher, name)
    expect(teacher.locator(".story > li").filter(has_text="发热").first).to_be_visible()
    sound(teacher)


def test_a_helper_writes_a_talk_with_the_child_entrusted_to_her(come: Come, sound: Sound) -> None:
    page = come("bangfu")
    go(page, "记一笔")
    page.get_by_role("link", name="谈心").first.click()
    chip = page.locator("#picker .chip").first
    name = str(chip.locator("span:last-child").evaluate("name => name.firstChild.data")).strip()
    chip.click()
    fill(page, summary="一起把借的书读完了一章，说下周想借昆虫的。")
    page.get_by_role("button", name="保存").click()
    expect(page.get_by_text(f"已记下：{name}，谈心")).to_be_visible()
    open_child(page, name)
    expect(page.get_by_text("一起把借的书读完了一章").first).to_be_visible()
    sound(page)


def test_a_homeroom_teacher_reports_that_her_class_is_well(come: Come, sound: Sound) -> None:
    page = come("laoshi4")
    go(page, "健康")
    row = page.locator("main tbody tr").first
    row.get_by_role("link").first.click()
    sound(page)
    page.get_by_role("button", name="零报告").click()
    expect(page.get_by_text("已报：零报告，全班都好。")).to_be_visible()
    expect(page.locator("main tbody tr").first).to_contain_text("已报")


def test_a_counsellors_talk_is_known_to_exist_and_not_read(come: Come, sound: Sound) -> None:
    page = come("xinli")
    go(page, "孩子")
    name = page.locator("#found .line-link").first.inner_text()
    page.locator("#found .line-link").first.click()
    klass = page.locator("main").inner_text()
    page.get_by_role("link", name="记一笔").first.click()
    page.get_by_role("link", name="谈心").first.click()
    fill(page, summary=SECRET)
    page.get_by_text("再多记几项").click()
    page.get_by_label("保密").check()
    page.get_by_role("button", name="保存").click()
    expect(page.get_by_text("已记下")).to_be_visible()
    sound(page)

    found = re.search(rf"[{GRADES}]（\d）班", klass)
    assert found is not None
    teacher = come(homeroom_of(found.group()))
    open_child(teacher, name)
    first = teacher.locator(".story > li").first
    expect(first).to_contain_text("谈心")
    expect(first).to_contain_text("内容保密")
    assert SECRET not in teacher.content()
    first.get_by_role("link").first.click()
    expect(teacher.get_by_text("内容保密，只有写的人、心理教师和校领导能打开。")).to_be_visible()
    assert SECRET not in teacher.content()


def test_the_room_is_opened_a_book_lent_and_places_given_out(come: Come, sound: Sound) -> None:
    page = come("fudaoyuan")
    go(page, "活动室")
    page.get_by_role("link", name="登记开放").click()
    page.locator("[name=what]").select_option("reading")
    for at in range(3):
        page.locator("fieldset").filter(has_text="谁来了").locator(".chip").nth(at).click()
    page.get_by_label("走时检查过门窗水电").check()
    sound(page)
    page.get_by_role("button", name="登记", exact=True).click()
    expect(page.get_by_text("3人")).to_be_visible()
    go(page, "活动室")
    page.get_by_role("link", name="图书", exact=True).click()
    free = page.locator("tr").filter(has_text="在架").first.locator("td, th").first.inner_text()
    page.get_by_label("书的编号", exact=True).fill(re.sub(r"^编号\s*", "", free))
    page.get_by_label("借给谁").select_option(index=1)
    page.get_by_role("button", name="借出").click()
    expect(page.get_by_text("已登记。")).to_be_visible()

    go(page, "活动")
    page.get_by_role("link", name="象棋、跳棋小组").click()
    page.get_by_role("link", name="报名", exact=True).click()
    chips = page.locator("main .chips .chip:visible")
    chips.first.click()
    chips.last.click()
    page.get_by_role("button", name="报名", exact=True).click()
    page.get_by_text("分配名额", exact=True).click()
    page.get_by_role("button", name="分配", exact=True).click()
    expect(page.get_by_text("有名额", exact=True).first).to_be_visible()
    assert "留守" not in page.locator("main").inner_text()
    sound(page)


def test_the_dean_closes_a_plan_after_its_review(come: Come, sound: Sound) -> None:
    page = come("dezhu", DESK)
    page.goto(f"{page.url}children/?mark=key")
    for at in range(page.locator("#found .line-link").count()):
        page.locator("#found .line-link").nth(at).click()
        page.get_by_role("link", name="帮扶", exact=True).first.click()
        plans = page.locator(".line-link[href^='/plans/']")
        if plans.count():
            break
        page.go_back()
        page.go_back()
    page.locator(".line-link[href^='/plans/']").first.click()
    page.get_by_text("做评估", exact=True).click()
    page.locator("#review_part").select_option("end")
    page.locator("#review_progress").select_option("good")
    page.locator("#review_words").fill("孩子会主动找老师说话了，作业按时交。")
    page.get_by_role("button", name="保存评估").click()
    page.get_by_text("结案（德育主任、校长）").click()
    page.locator("#close_closing").fill("目标达到，改为一般关爱，继续按月联系家里。")
    sound(page)
    page.get_by_role("button", name="结案", exact=True).click()
    expect(page.locator("main")).to_contain_text("已结案，")


def test_a_resolution_stands_on_the_day_of_the_one_who_owes_it(come: Come, sound: Sound) -> None:
    page = come("dezhu", DESK)
    go(page, "组织")
    page.get_by_role("link", name="会议", exact=True).click()
    page.get_by_role("link", name="登记会议").click()
    fill(page, topic="十二月工作安排", place="会议室", minutes="说了活动室的书和冬天取暖。")
    page.locator("[name=came]").first.check()
    page.locator("main form button[type=submit]").first.click()
    page.get_by_role("link", name="加一条决议").click()
    fill(page, words=RESOLVED)
    fill(page, due_on=(DAY + timedelta(days=5)).date().isoformat())
    keeper = come("fudaoyuan").locator("body").get_attribute("data-user") or ""
    page.locator("[name=owner]").select_option(keeper)
    page.locator("main form button[type=submit]").first.click()
    expect(page.get_by_role("link", name=RESOLVED)).to_be_visible()
    sound(page)

    phone = come("fudaoyuan")
    phone.locator("summary", has_text="学校工作").click()
    phone.get_by_role("link", name=RESOLVED).click()
    phone.locator("main textarea, main input[type=text]").first.fill("锁装好了，钥匙在值班室。")
    phone.locator("main form button[type=submit]").first.click()
    phone.goto(page.url.split("/org")[0])
    phone.wait_for_load_state("networkidle")  # what is around comes after the page; folded parts count too
    expect(phone.locator("a", has_text=RESOLVED)).to_have_count(0)
    page.reload()
    expect(page.locator("main")).to_contain_text("锁装好了，钥匙在值班室。")


def test_the_principal_lets_a_list_out_and_reads_who_took_it(come: Come, sound: Sound) -> None:
    teacher = come("laoshi6", DESK)
    go(teacher, "文书")
    teacher.get_by_role("link", name=re.compile("花名册")).first.click()
    teacher.get_by_label("按要求上报").check()
    teacher.get_by_role("button", name="申请或下载").click()
    expect(teacher).to_have_url(re.compile("/approvals/"))

    page = come("xiaozhang", DESK)
    page.get_by_role("link", name="去答复").click()
    card = (
        page.locator(".box")
        .filter(has=page.get_by_role("button", name="同意", exact=True))
        .filter(has_text="花名册")
        .first
    )
    expect(card).to_contain_text("按要求上报")
    sound(page)
    card.get_by_role("button", name="同意", exact=True).click()

    teacher.goto(f"{page.url.split('/approvals')[0]}/approvals/")
    teacher.get_by_role("link", name="去下载").first.click()
    teacher.get_by_label("按要求上报").check()
    with teacher.expect_download() as download:
        teacher.get_by_role("button", name="申请或下载").click()
    assert Path(download.value.path()).read_bytes()[:2] == b"PK"
    assert "留守" not in download.value.suggested_filename

    go(page, "操作痕迹")
    row = page.locator("main tbody tr").filter(has_text="花名册").first
    expect(row).to_be_visible()
    sound(page)


def test_the_administrator_invites_a_teacher_and_gives_a_new_password(come: Come, sound: Sound) -> None:
    page = come("guanli", DESK)
    go(page, "设置")
    page.locator("main, aside, nav").get_by_role("link", name="人员与岗位").first.click()
    page.get_by_role("link", name="添加人员").click()
    page.get_by_label("姓名").fill("田小雨")
    page.get_by_label("岗位").select_option("helper")
    page.locator("main form button[type=submit]").click()
    expect(page.locator("h1")).to_have_text("账号已建好")
    first = page.locator(".secret").last.inner_text()
    page.get_by_role("link", name="我抄好了").click()
    page.get_by_text("重置密码", exact=True).first.click()
    page.locator("details[open]").get_by_role("button", name="重置密码").click()
    expect(page.locator("h1")).to_have_text("密码已重置")
    username, second = page.locator(".secret").all_inner_texts()
    assert second != first
    sound(page)
    newcomer = come(username, PHONE, second)
    expect(newcomer.get_by_text("一次性密码只能登录这一次")).to_be_visible()
