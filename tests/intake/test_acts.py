"""Preview and commit: what rows would do, what they do, and nothing twice."""

from datetime import date

import pytest

from oasis.children.days import comings
from oasis.children.models import Away, Change, Child, ChildStatus, Enrolment, Hardship, Person, Phone, Tie
from oasis.children.search import Wanted, find
from oasis.intake import actions, commit
from oasis.intake.models import Page
from oasis.kit.refused import Refused
from oasis.people.models import Trail
from oasis.people.scope import Scope
from oasis.places.models import Klass
from tests.intake import ugly
from tests.intake.acts import HEAD, NEW_ID, ROW, WHY, everything, said, sent, states
from tests.world import World, demo_id


def test_a_preview_changes_nothing(li: Scope) -> None:
    before = everything()
    assert states(sent(li, ROW)) == ["new"]
    assert everything() == before


def test_a_new_child_comes_with_family_class_and_status(li: Scope, world: World) -> None:
    batch = commit.commit(li, sent(li, ROW))
    assert (batch.state, batch.counts["new"]) == ("done", 1)
    child = Child.objects.everywhere(why=WHY).get(name="方小舟")
    assert (child.klass, child.boarding, child.left_behind, child.civil) == (world.klasses["三1"], True, 2, True)
    assert (child.birth_on, child.sex, child.care, child.address) == (
        date(2017, 4, 2),
        "1",
        "grandparents",
        "柳树村3组",
    )
    assert (child.pinyin, child.initials) == ("fangxiaozhou", "fxz")
    assert [one.pk for one in find(li, Wanted(text=NEW_ID[-4:])).rows] == [child.pk]
    ties = {tie.person.name: tie for tie in Tie.objects.within(li).filter(child=child).select_related("person")}
    assert (ties["方大江"].relation, ties["方大江"].standing) == ("51", "legal")
    assert (ties["吴桂花"].relation, ties["吴桂花"].standing, ties["吴桂花"].carer) == ("62", "none", True)
    assert Phone.objects.within(li).get(person=ties["吴桂花"].person).number == "19911110002"
    away = Away.objects.within(li).get(person=ties["方大江"].person)
    assert (away.province, away.city, away.since_on) == ("浙江", "宁波市", None)
    assert Hardship.objects.within(li).get(child=child).kind == "low-income"
    status = ChildStatus.objects.within(li).get(child=child)
    assert (status.left_behind, status.civil_reason, status.source) == (2, "both-away", "import")
    assert not Page.objects.everywhere(why=WHY).filter(batch=batch).exists()
    assert not any(batch.rows.everywhere(why=WHY).values_list("facts", flat=True))


def test_a_batch_leaves_a_line_for_each_child_and_one_for_itself(li: Scope) -> None:
    before = Trail.objects.everywhere(why=WHY).count()
    commit.commit(li, sent(li, ROW))
    lines = Trail.objects.everywhere(why=WHY).order_by("seq")
    assert [line.deed for line in lines][before:] == ["roster.preview", "roster.child", "roster.commit"]
    assert "方" not in lines.last().detail  # type: ignore[union-attr]


def test_the_same_file_twice_changes_nothing(li: Scope) -> None:
    second = [*ROW]
    second[0], second[2], second[1] = "方小帆", demo_id(date(2018, 1, 2), "2", 5), "女"
    commit.commit(li, sent(li, ROW, second))
    before = everything()
    again = sent(li, ROW, second)
    assert states(again) == ["same", "same"]
    commit.commit(li, again)
    assert everything() == before


def test_siblings_share_their_parents(li: Scope) -> None:
    second = [*ROW]
    second[0], second[2], second[1] = "方小帆", demo_id(date(2018, 1, 2), "2", 5), "女"
    commit.commit(li, sent(li, ROW, second))
    assert Person.objects.within(li).filter(name="方大江").count() == 1
    assert Tie.objects.within(li).filter(person__name="方大江").count() == 2


def test_changes_show_old_and_new_and_are_kept_in_the_history(li: Scope, world: World) -> None:
    lin = world.children["lin"]
    row = [
        "林晓晓",
        "女",
        lin.id_number,
        "三2",
        "住校",
        "单亲留守儿童",
        "林国平",
        "江苏苏州",
        "19900000009",
        "黄桂英",
        "奶奶",
        "19900000003",
        "",
        "新村8号",
    ]
    batch = sent(li, row)
    found = {one[0]: one[1:] for one in __import__("json").loads(batch.rows.everywhere(why=WHY).get().differences)}
    assert found["child.address"] == ["", "新村8号"]
    assert found["left_behind"] == [2, 1]
    assert found["kin.0.phone"] == [None, "19900000009"]
    commit.commit(li, batch)
    lin.refresh_from_db()
    assert (lin.klass, lin.boarding, lin.left_behind, lin.address) == (world.klasses["三2"], True, 1, "新村8号")
    lines = Change.objects.within(li).filter(batch=batch.pk)
    assert {"address", "klass_id", "boarding", "left_behind", "number", "city"} <= set(
        lines.values_list("field", flat=True)
    )
    assert Enrolment.objects.within(li).filter(child=lin, to_on__isnull=True).get().klass == world.klasses["三2"]
    assert states(sent(li, row)) == ["same"]


def test_bad_rows_say_why_and_never_block_good_ones(li: Scope) -> None:
    batch = sent(
        li,
        ["", "男", "", "三1"],
        ["甲乙", "男", "1.10105194912310E+17", "三1"],
        ["丙丁", "男", "110105194912310021", "三1"],
        ["戊己", "男", "", "十三年级"],
        ["庚辛", "男", "", "高一1班"],
        ROW[:4],
        ["方小舟", "男", NEW_ID, "三1"],
        head=HEAD[:4],
    )
    assert states(batch) == ["refused", "new", "new", "refused", "refused", "new", "refused"]
    assert (batch.counts["waits"], batch.counts["out-new"]) == (2, 2)
    for word in ("没有写姓名", "丢失", "校验位", "看不懂", "高中", "同一个孩子"):
        assert word in said(batch)
    assert commit.commit(li, batch).counts["new"] == 1


def test_a_name_and_birth_date_find_the_file_without_a_number(li: Scope, world: World) -> None:
    batch = sent(li, ["林晓晓", "2017.3.5", "三1", "新村"], head=["姓名", "出生日期", "班级", "住址"])
    row = batch.rows.everywhere(why=WHY).get()
    assert (row.state, row.child) == ("changed", world.children["lin"].pk)


def test_doubles_are_doubted(li: Scope, world: World) -> None:
    batch = sent(
        li,
        ["林小小", "女", demo_id(date(2017, 3, 5), "2", 99), "三1"],
        ["杨帆", "男", demo_id(date(2016, 12, 30), "1", 98), "三1"],
        head=HEAD[:4],
    )
    assert list(batch.rows.everywhere(why=WHY).values_list("doubt", flat=True)) == [True, True]
    assert "读音相同" in said(batch)
    assert "身份证号不同" in said(batch)


def test_classes_that_are_not_there_are_made_and_told(li: Scope, world: World) -> None:
    batch = sent(li, [*ROW[:3], "四（3）班"], head=HEAD[:4])
    assert batch.counts["klasses"] == ["四（3）班"]
    assert not Klass.objects.filter(number=3).exists()
    commit.commit(li, batch)
    assert Klass.objects.get(school=world.schools["青河县"], number=3).entry_year == 2023


def test_a_homeroom_teacher_fills_only_the_own_class(zhao: Scope, world: World) -> None:
    he = world.children["he"]
    batch = sent(
        zhao,
        ROW[:4],
        ["李四光", "男", "", "三2"],
        ["王五六", "男", "", "四5班"],
        ["何静怡", "女", he.id_number, "三1"],
        head=HEAD[:4],
    )
    assert states(batch) == ["new", "refused", "refused", "new"]  # whose file the number has is not for her to know
    assert "不是您负责的班级" in said(batch)
    commit.commit(zhao, batch)
    assert states(batch) == ["new", "refused", "refused", "refused"]
    batch = sent(zhao, ["周一飞", "男"], head=["姓名", "性别"])
    assert states(batch) == ["new"]
    commit.commit(zhao, batch)
    assert Child.objects.everywhere(why=WHY).get(name="周一飞").klass == world.klasses["三1"]


def test_a_stranger_cannot_commit_a_batch(li: Scope, world: World) -> None:
    batch = sent(li, ROW)
    for who in ("feng", "chen", "qian", "sun", "zheng"):
        with pytest.raises(Refused):
            commit.commit(world.scope(who), batch)
    with pytest.raises(Refused):
        actions.receive(world.scope("sun"), name="x.csv", data=ugly.csv([HEAD, ROW]))


def test_columns_chosen_by_a_person_are_remembered(li: Scope, world: World) -> None:
    head, row = ["姓名", "怪列"], ["周一飞", "19911110009"]
    batch = actions.receive(li, name="a.xlsx", data=ugly.xlsx(("三(1)班", [head, row])))
    signature = batch.layouts[0]["signature"]
    assert batch.layouts[0]["columns"][1]["field"] == "phone"
    actions.choose(li, batch, columns={signature: {0: "name", 1: "father.phone"}})
    again = actions.receive(li, name="b.xlsx", data=ugly.xlsx(("三(1)班", [head, row])))
    assert again.layouts[0]["columns"][1]["field"] == "father.phone"
    assert again.layouts[0]["columns"][1]["why"] == "上次的选择"


def test_the_national_template_comes_in_whole(li: Scope) -> None:
    from oasis.intake.sheets import SHEETS

    values = {"姓名": "方小舟", "性别": "男", "出生日期": "20170402", "民族": "汉族", "身份证件号": NEW_ID, "班号": "三(1)班", "就读方式": "住校", "是否留守儿童": "单亲留守儿童",
              "上下学距离": "2公里", "是否孤儿": "否", "入学年月": "202409", "成员1姓名": "方大江", "成员1关系": "父亲", "成员1联系电话": "19911110001", "成员1是否监护人": "是",
              "成员2姓名": "吴桂花", "成员2关系": "祖父母或外祖父母", "成员2联系电话": "19911110002", "联系电话": "19911110001"}  # fmt: skip
    heads = [heading.group + heading.words for heading in SHEETS.get("national").headings]
    commit.commit(li, sent(li, [values.get(head, "") for head in heads], head=heads))
    child = Child.objects.within(li).get(name="方小舟")
    assert (child.left_behind, child.civil, str(child.distance_km), child.entered_on) == (
        1,
        False,
        "2.0",
        date(2024, 9, 1),
    )
    assert set(Tie.objects.within(li).filter(child=child).values_list("person__name", "relation")) == {
        ("方大江", "51"),
        ("吴桂花", "97"),
    }


def test_a_parent_known_from_a_sibling_is_completed_not_doubled(li: Scope, world: World) -> None:
    head = ["姓名", "性别", "身份证号", "班级", "父亲姓名", "父亲电话", "父亲务工地", "父亲工作单位"]
    row = [
        "林小弟",
        "男",
        demo_id(date(2018, 1, 2), "1", 5),
        "三1",
        "林国平",
        "19900000001/19900000077",
        "浙江宁波",
        "建筑工地",
    ]
    commit.commit(li, sent(li, row, head=head))
    father = Person.objects.within(li).get(name="林国平")
    assert father.workplace == "建筑工地"
    assert set(Phone.objects.within(li).filter(person=father).values_list("number", flat=True)) == {
        "19900000001",
        "19900000077",
    }
    assert Away.objects.within(li).get(person=father).city == "宁波"
    assert states(sent(li, row, head=head)) == ["same"]


def test_no_is_an_answer(li: Scope) -> None:
    rows = ["方小舟", NEW_ID, "三1", "否", "否", "2公里"]
    head = ["姓名", "身份证号", "班级", "是否独生子女", "是否孤儿", "上学距离"]
    commit.commit(li, sent(li, rows, head=head))
    assert Child.objects.within(li).get(name="方小舟").only_child is False
    assert states(sent(li, rows, head=head)) == ["same"]


def test_nobody_is_said_to_have_left_on_the_day_of_the_roster(li: Scope) -> None:
    commit.commit(li, sent(li, ROW))
    assert [one.name for one in comings(li, li.on)] == []
