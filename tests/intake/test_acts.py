"""Preview and commit: what rows would do, what they do, and nothing twice."""

from datetime import UTC, date, datetime
from typing import Any
from uuid import UUID

import pytest

from oasis.children.actions.files import revise
from oasis.children.actions.phones import add_phone
from oasis.children.actions.roster_undo import first_id
from oasis.children.days import comings
from oasis.children.models import Away, Change, Child, ChildStatus, Enrolment, Hardship, Pairing, Person, Phone, Tie
from oasis.intake import actions, commit
from oasis.intake.models import Batch, Page
from oasis.intake.queries import batch_in_reach
from oasis.kit.refused import Refused
from oasis.papers.models import CardIssue
from oasis.people.models import Trail
from oasis.people.scope import Scope
from oasis.places.models import Klass, School
from oasis.records.models import Record
from tests.intake import ugly
from tests.world import World, demo_id

WHY = "a test looks at everything"
HEAD = [
    "姓名",
    "性别",
    "身份证号",
    "班级",
    "是否寄宿",
    "留守类型",
    "父亲姓名",
    "父亲务工地",
    "父亲电话",
    "监护人",
    "与学生关系",
    "监护人电话",
    "困境类别",
    "家庭住址",
]
NEW_ID = demo_id(date(2017, 4, 2), "1", 77)
ROW = [
    "方 小舟",
    "男",
    NEW_ID,
    "三（1）班",
    "住校",
    "双亲留守儿童",
    "方大江",
    "浙江省宁波市",
    "19911110001",
    "吴桂花",
    "奶奶",
    "19911110002",
    "低保",
    "柳树村3组",
]


@pytest.fixture
def li(world: World) -> Scope:
    School.objects.filter(pk=world.schools["青河县"].pk).update(demo=True)
    return world.scope("li")


@pytest.fixture
def zhao(world: World, li: Scope) -> Scope:
    return world.scope("zhao")


def sent(scope: Scope, *rows: list[Any], head: list[str] = HEAD, sheet: str = "名单") -> Batch:
    batch = actions.receive(scope, name="名册.xlsx", data=ugly.xlsx((sheet, [head, *rows])))
    return actions.preview(scope, batch)


def states(batch: Batch) -> list[str]:
    return list(batch.rows.everywhere(why=WHY).values_list("state", flat=True))


def said(batch: Batch) -> str:
    return "\n".join(batch.rows.everywhere(why=WHY).values_list("said", flat=True))


def everything() -> dict[str, int]:
    return {
        m.__name__: m.objects.everywhere(why=WHY).count()
        for m in (Child, Enrolment, ChildStatus, Person, Tie, Phone, Away, Hardship, Change)
    }  # type: ignore[attr-defined]


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
    assert (child.pinyin, child.initials, child.id_tail) == ("fangxiaozhou", "fxz", NEW_ID[-4:])
    ties = {tie.person.name: tie for tie in Tie.objects.within(li).filter(child=child).select_related("person")}
    assert (ties["方大江"].relation, ties["方大江"].standing) == ("51", "legal")
    assert (ties["吴桂花"].relation, ties["吴桂花"].standing, ties["吴桂花"].carer) == ("62", "none", True)
    assert Phone.objects.within(li).get(person=ties["吴桂花"].person).number == "19911110002"
    away = Away.objects.within(li).get(person=ties["方大江"].person)
    assert (away.province, away.city, away.since_on) == ("浙江", "宁波市", li.on)
    assert Hardship.objects.within(li).get(child=child).kind == "low-income"
    status = ChildStatus.objects.within(li).get(child=child)
    assert (status.left_behind, status.civil_reason, status.source) == (2, "both-away", "import")
    assert not Page.objects.everywhere(why=WHY).filter(batch=batch).exists()
    assert not any(batch.rows.everywhere(why=WHY).values_list("facts", flat=True))


def test_one_batch_leaves_one_line_in_the_trail(li: Scope) -> None:
    before = Trail.objects.everywhere(why=WHY).count()
    commit.commit(li, sent(li, ROW))
    lines = Trail.objects.everywhere(why=WHY).order_by("seq")
    assert lines.count() == before + 1
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


def test_what_changed_after_the_preview_is_not_overwritten(li: Scope, world: World) -> None:
    lin = world.children["lin"]
    batch = sent(li, ["林晓晓", lin.id_number, "新村8号"], [ROW[0], NEW_ID, ""], head=["姓名", "身份证号", "家庭住址"])
    batch = actions.choose(li, batch, columns={}, klass=world.klasses["三1"].pk)
    batch = actions.preview(li, batch)
    revise(li, lin, address="老街1号")
    batch = commit.commit(li, batch)
    assert states(batch) == ["refused", "new"]
    assert "有人改过" in said(batch)
    lin.refresh_from_db()
    assert lin.address == "老街1号"
    assert batch.counts["refused"] == 1


def test_a_child_opened_by_somebody_after_the_preview_is_not_doubled(li: Scope) -> None:
    first, second = sent(li, ROW), sent(li, ROW)
    commit.commit(li, first)
    assert states(commit.commit(li, second)) == ["refused"]


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
    assert states(batch) == ["refused"] * 5 + ["new", "refused"]
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
    assert states(batch) == ["new", "refused", "refused", "refused"]
    assert "不是您负责的班级" in said(batch)
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


def test_a_batch_is_taken_back_as_if_it_had_never_been(li: Scope, world: World) -> None:
    before = everything()
    lin = world.children["lin"]
    changed = [
        "林晓晓",
        "女",
        lin.id_number,
        "三2",
        "住校",
        "单亲留守儿童",
        "林国平",
        "江苏苏州",
        "19900000009",
        "李叔叔",
        "叔叔",
        "19900000008",
        "低保",
        "新村8号",
    ]
    batch = commit.commit(li, sent(li, [*ROW[:3], "四（3）班", *ROW[4:]], changed))
    assert batch.counts["new"] == batch.counts["changed"] == 1
    commit.take_back(li, batch)
    assert everything() == before
    assert not Klass.objects.filter(number=3).exists()
    now = Child.objects.everywhere(why=WHY).get(pk=lin.pk)
    for name in ("klass_id", "boarding", "left_behind", "civil", "care", "address", "pinyin"):
        assert getattr(now, name) == getattr(lin, name), name
    assert Enrolment.objects.within(li).filter(child=lin, to_on__isnull=True).get().klass == lin.klass


def test_a_batch_that_somebody_built_on_stays(li: Scope, world: World) -> None:
    import time_machine as clock

    batch = commit.commit(li, sent(li, ROW))
    child = Child.objects.everywhere(why=WHY).get(name="方小舟")
    with clock.travel("2026-11-23T05:00:00+00:00", tick=False):
        Record.objects.create(school=child.school, child=child, kind="talk", happened_on=li.on, by=world.users["li"])
        with pytest.raises(Refused) as refused:
            commit.take_back(li, batch)
    assert refused.value.code == "built-on"
    assert "方小舟" in refused.value.message
    assert Child.objects.everywhere(why=WHY).filter(pk=child.pk).exists()


def test_a_commit_begun_meanwhile_stops_a_preview(li: Scope, monkeypatch: pytest.MonkeyPatch) -> None:
    batch = sent(li, ROW)

    def looked_up_just_before(scope: Scope, pk: UUID) -> Batch:
        seen = batch_in_reach(scope, pk)
        commit.begin(scope, batch)
        return seen

    monkeypatch.setattr(actions, "batch_in_reach", looked_up_just_before)
    with pytest.raises(Refused) as refused:
        actions.preview(li, batch)
    assert refused.value.code == "too-late"
    assert states(batch) == ["new"]


def test_a_number_added_by_hand_keeps_a_batch(li: Scope) -> None:
    import time_machine as clock

    batch = commit.commit(li, sent(li, ROW))
    child = Child.objects.everywhere(why=WHY).get(name="方小舟")
    father = Person.objects.everywhere(why=WHY).get(name="方大江")
    with clock.travel("2026-11-23T05:00:00+00:00", tick=False):
        add_phone(li, child, father, number="19911110077", on=li.on)
        with pytest.raises(Refused) as refused:
            commit.take_back(li, batch)
    assert refused.value.code == "built-on"
    assert "方小舟" in refused.value.message


def test_columns_chosen_by_a_person_are_remembered(li: Scope, world: World) -> None:
    head, row = ["姓名", "怪列"], ["周一飞", "19911110009"]
    batch = actions.receive(li, name="a.xlsx", data=ugly.xlsx(("三(1)班", [head, row])))
    signature = batch.layouts[0]["signature"]
    assert batch.layouts[0]["columns"][1]["field"] == "phone"
    actions.choose(li, batch, columns={signature: {0: "name", 1: "father.phone"}})
    again = actions.receive(li, name="b.xlsx", data=ugly.xlsx(("三(1)班", [head, row])))
    assert again.layouts[0]["columns"][1]["field"] == "father.phone"
    assert again.layouts[0]["columns"][1]["why"] == "上次的选择"


def test_a_commit_stopped_halfway_goes_on(li: Scope, monkeypatch: pytest.MonkeyPatch) -> None:
    rows = [
        ["方小" + sign, "男", demo_id(date(2017, 4, 2), "1", at), "三1"] for at, sign in enumerate("一二三四五", 20)
    ]
    batch = sent(li, *rows, head=HEAD[:4])
    monkeypatch.setattr(commit, "CHUNK", 2)
    commit.begin(li, batch)
    assert commit.commit_chunk(li, batch, commit.KlassKeys(li, batch), 2) == 2
    assert commit.commit(li, batch).counts["new"] == 5
    assert Child.objects.within(li).filter(name__startswith="方小").count() == 5
    with pytest.raises(Refused):
        commit.commit(li, batch)


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


def test_others_work_between_the_chunks(li: Scope, world: World, monkeypatch: pytest.MonkeyPatch) -> None:
    rows = [
        ["方小" + sign, "男", demo_id(date(2017, 4, 2), "1", at), "三1"] for at, sign in enumerate("一二三四五", 20)
    ]
    batch = sent(li, *rows, ["杨帆", "男", world.children["yang"].id_number, "三2"], head=HEAD[:4])
    monkeypatch.setattr(commit, "CHUNK", 2)
    monkeypatch.setattr(commit, "SMALL", 0)
    written: list[int] = []

    def somebody_writes(_batch: Batch) -> None:
        written.append(len(written))
        revise(world.scope("zhao"), world.children["lin"], address=f"老街{len(written)}号")

    monkeypatch.setattr(commit, "breathe", somebody_writes)
    assert commit.commit(li, batch).counts["new"] == 5
    assert len(written) >= 3
    world.children["lin"].refresh_from_db()
    assert world.children["lin"].address == f"老街{len(written)}号"


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


def test_a_classmate_of_the_old_class_stops_helping_until_it_is_taken_back(li: Scope, world: World) -> None:
    lin, yang = world.children["lin"], world.children["yang"]
    pair = Pairing.objects.create(
        school=lin.school, child=lin, classmate=yang, role="classmate", from_on=date(2026, 9, 2)
    )
    Pairing.objects.within(li).filter(pk=pair.pk).update(at="2026-09-02T00:00:00+00:00")
    batch = commit.commit(li, sent(li, ["林晓晓", lin.id_number, "三2"], head=["姓名", "身份证号", "班级"]))
    pair.refresh_from_db()
    assert pair.to_on == li.on
    commit.take_back(li, batch)
    pair.refresh_from_db()
    assert (pair.to_on, pair.end_reason) == (None, "")


def test_no_is_an_answer(li: Scope) -> None:
    rows = ["方小舟", NEW_ID, "三1", "否", "否", "2公里"]
    head = ["姓名", "身份证号", "班级", "是否独生子女", "是否孤儿", "上学距离"]
    commit.commit(li, sent(li, rows, head=head))
    assert Child.objects.within(li).get(name="方小舟").only_child is False
    assert states(sent(li, rows, head=head)) == ["same"]


def test_a_card_issued_before_the_roster_does_not_keep_it(li: Scope, world: World) -> None:
    lin = world.children["lin"]
    CardIssue.objects.create(
        id=first_id(datetime(2026, 9, 2, tzinfo=UTC)), school=lin.school, child=lin, issued_on=date(2026, 9, 2),
        issued_by=world.users["li"],
    )  # fmt: skip
    batch = commit.commit(li, sent(li, ["林晓晓", lin.id_number, "新村"], head=["姓名", "身份证号", "家庭住址"]))
    assert commit.take_back(li, batch).state == "taken-back"


def test_nobody_is_said_to_have_left_on_the_day_of_the_roster(li: Scope) -> None:
    commit.commit(li, sent(li, ROW))
    assert [one.name for one in comings(li, li.on)] == []
