"""What a roster must not reach: parents, names and choices that are not the importer's."""

import io
import zipfile
from collections.abc import Callable
from datetime import date

import pytest
from django.test import Client
from django.urls import reverse

from oasis.children.models import Away, Change, Person, Phone, Tie
from oasis.intake import actions, commit, undo
from oasis.intake.models import Batch
from oasis.intake.reading import read
from oasis.kit.refused import Refused
from oasis.people.models import Trail
from oasis.people.scope import Scope
from oasis.places.models import School
from tests.intake import ugly
from tests.intake.acts import said, sent, states
from tests.world import World, demo_id

WHY = "a test looks at everything"
HEAD = ["姓名", "性别", "身份证号", "班级", "父亲姓名", "父亲电话", "父亲务工地", "父亲工作单位"]
FATHER = ["林国平", "19900000001/19900000077", "浙江宁波", "建筑工地"]


@pytest.fixture
def li(world: World) -> Scope:
    School.objects.filter(pk=world.schools["青河县"].pk).update(demo=True)
    return world.scope("li")


@pytest.fixture
def zhao(world: World, li: Scope) -> Scope:
    return world.scope("zhao")


@pytest.fixture
def qian(world: World, li: Scope) -> Scope:
    return world.scope("qian")


def child_of(klass: str, serial: int = 5, name: str = "林小弟") -> list[str]:
    return [name, "男", demo_id(date(2018, 1, 2), "1", serial), klass, *FATHER]


def of_person(person: Person) -> tuple[object, ...]:
    row = Person.objects.everywhere(why=WHY).filter(pk=person.pk).values().get()
    tables = (Phone.objects, Away.objects, Tie.objects)
    return row, *(list(table.everywhere(why=WHY).filter(person=person).values()) for table in tables)


def test_a_roster_gets_at_no_parent_of_another_class(world: World, qian: Scope) -> None:
    father = world.persons["lin_father"]
    before = of_person(father)
    commit.commit(qian, sent(qian, child_of("三2"), head=HEAD))
    assert of_person(father) == before
    assert not Person.objects.within(qian).filter(pk=father.pk).exists()
    assert Person.objects.within(qian).get(name="林国平").pk != father.pk
    assert not Change.objects.everywhere(why=WHY).filter(child=world.children["lin"]).exists()


def test_a_changed_file_gets_at_no_parent_of_another_class(world: World, qian: Scope) -> None:
    father, he = world.persons["lin_father"], world.children["he"]
    before = of_person(father)
    batch = sent(qian, [he.name, "女", he.id_number, "三2", *FATHER], head=HEAD)
    assert states(batch) == ["changed"]
    commit.commit(qian, batch)
    assert of_person(father) == before
    assert Tie.objects.within(qian).get(child=he, relation="51").person_id != father.pk


def test_a_principal_joins_brothers_and_sisters_across_classes(world: World, li: Scope) -> None:
    commit.commit(li, sent(li, child_of("三2"), head=HEAD))
    father = Person.objects.within(li).get(name="林国平")
    assert father == world.persons["lin_father"]
    assert Tie.objects.within(li).filter(person=father).count() == 2


def test_a_homeroom_teacher_joins_brothers_and_sisters_of_the_class(world: World, zhao: Scope) -> None:
    commit.commit(zhao, sent(zhao, child_of("三1"), head=HEAD))
    assert Person.objects.within(zhao).get(name="林国平") == world.persons["lin_father"]


@pytest.mark.parametrize("known", [True, False])
def test_what_a_parent_is_told_stands_in_the_sisters_file_until_taken_back(
    world: World, li: Scope, known: bool
) -> None:
    lin, he, father = world.children["lin"], world.children["he"], world.persons["lin_father"]
    before = of_person(father)
    row = [he.name, "女", he.id_number, "三2", *FATHER] if known else child_of("三2")
    batch = commit.commit(li, sent(li, row, head=HEAD))
    lines = Change.objects.within(li).filter(child=lin, batch=batch.pk)
    told = {(line.table, line.field): (line.old, line.new) for line in lines}
    assert told["person", "workplace"] == ("", "建筑工地")
    assert told["phone", "number"] == (None, "19900000077")
    assert told["away", "reason"] == (None, "work")
    undo.take_back(li, batch)
    assert of_person(father) == before
    assert not Change.objects.everywhere(why=WHY).filter(batch=batch.pk).exists()


def test_a_doubt_tells_of_nobody_in_another_class(world: World, qian: Scope, li: Scope) -> None:
    row = ["林小小", "女", demo_id(date(2017, 3, 5), "2", 99), "三2"]
    batch = sent(qian, row, head=HEAD[:4])
    assert list(batch.rows.everywhere(why=WHY).values_list("doubt", flat=True)) == [False]
    assert said(batch) == ""
    assert "林晓晓" in said(sent(li, row, head=HEAD[:4]))


def guessed(scope: Scope) -> str:
    head, row = ["姓名", "怪列"], ["周一飞", "19911110009"]
    batch = actions.receive(scope, name="b.xlsx", data=ugly.xlsx(("三(1)班", [head, row])))
    return str(batch.layouts[0]["columns"][1]["field"])


def choose(scope: Scope, code: str) -> Batch:
    batch = actions.receive(
        scope, name="a.xlsx", data=ugly.xlsx(("三(1)班", [["姓名", "怪列"], ["周一飞", "19911110009"]]))
    )
    return actions.choose(scope, batch, columns={batch.layouts[0]["signature"]: {0: "name", 1: code}})


def test_a_homeroom_teachers_choice_of_columns_is_that_persons_own(li: Scope, zhao: Scope, qian: Scope) -> None:
    choose(zhao, "father.phone")
    assert (guessed(zhao), guessed(qian), guessed(li)) == ("father.phone", "phone", "phone")
    choose(li, "mother.phone")
    assert (guessed(zhao), guessed(qian), guessed(li)) == ("father.phone", "mother.phone", "mother.phone")


def test_an_unknown_column_is_refused(li: Scope) -> None:
    with pytest.raises(Refused) as refused:
        choose(li, "zzz")
    assert refused.value.code == "no-such-field"


def test_two_unknown_columns_are_answered_in_words(li: Scope, login: Callable[[str], Client]) -> None:
    batch = actions.receive(
        li, name="a.xlsx", data=ugly.xlsx(("三(1)班", [["姓名", "甲", "乙"], ["周一飞", "1", "2"]]))
    )
    sign = batch.layouts[0]["signature"]
    answer = login("li").post(
        reverse("intake-columns", kwargs={"pk": batch.pk}),
        {f"{sign}-0": "name", f"{sign}-1": "zzz", f"{sign}-2": "zzz"},
    )
    assert "不在列表里" in answer.content.decode()


@pytest.mark.parametrize("after", ["²", "٣", "9" * 40, "-1", "x"])
def test_a_strange_page_is_the_first(li: Scope, login: Callable[[str], Client], after: str) -> None:
    batch = sent(li, child_of("三1"), head=HEAD)
    answer = login("li").get(reverse("intake-batch", kwargs={"pk": batch.pk}), {"after": after, "show": "all"})
    assert "林小弟" in answer.content.decode()


def test_refused_rows_taken_out_leave_a_line(li: Scope, login: Callable[[str], Client]) -> None:
    batch = sent(li, ["", "男", "", "三1"], head=HEAD[:4])
    assert login("li").get(reverse("intake-refused", kwargs={"pk": batch.pk})).status_code == 200
    line = Trail.objects.everywhere(why=WHY).order_by("seq").last()
    assert line is not None
    assert (line.deed, line.subject) == ("export.refused", str(batch.pk))


def test_a_bomb_in_many_small_parts_is_refused() -> None:
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as archive:
        for at in range(6):
            archive.writestr(f"xl/worksheets/sheet{at}.xml", b"0" * 5_000_000)
    with pytest.raises(Refused) as refused:
        read(out.getvalue())
    assert refused.value.code == "roster-bomb"
