"""Opening and revising a file: works, refused by rule, refused by scope."""

from datetime import date

import pytest

from oasis.children.actions.files import open_file, revise
from oasis.children.actions.moves import place
from oasis.children.actions.status import set_risk, set_status
from oasis.children.models import Change, Child, ChildStatus, Enrolment
from oasis.kit.refused import Refused
from oasis.papers.files import files_of
from oasis.papers.forms import registration
from oasis.people.models import Trail
from oasis.people.roles import Need
from tests.world import BEGAN, World, demo_id


def test_a_file_is_opened_with_its_first_enrolment(world: World) -> None:
    scope = world.scope("zhao")
    child = open_file(scope, klass=world.klasses["三1"], school=world.schools["青河县"], on=BEGAN, name="宋佳", sex="2")
    assert (child.pinyin, child.initials) == ("songjia", "sj")
    assert Enrolment.objects.within(scope, Need.CHILD_READ).filter(child=child).count() == 1


def test_an_id_number_has_one_file_in_the_database(world: World) -> None:
    number = world.children["ma"].id_number  # of another county: one bit is all it tells
    with pytest.raises(Refused) as caught:
        open_file(
            world.scope("zhao"),
            klass=world.klasses["三1"],
            school=world.schools["青河县"],
            on=BEGAN,
            name="甲",
            id_number=number,
        )
    assert caught.value.code == "has-file"


def test_nobody_opens_a_file_in_another_class(world: World) -> None:
    with pytest.raises(Refused):
        open_file(world.scope("zhao"), klass=world.klasses["三2"], school=world.schools["青河县"], on=BEGAN, name="甲")


def test_each_changed_field_leaves_its_old_value(world: World) -> None:
    scope, lin = world.scope("zhao"), world.children["lin"]
    revise(scope, lin, address="柳溪村三组", village="柳溪村")
    found = Change.objects.within(scope, Need.CHILD_READ).filter(child=lin).order_by("field")
    assert [(c.field, c.old, c.new) for c in found] == [("address", "", "柳溪村三组"), ("village", "", "柳溪村")]
    revise(scope, lin, address="柳溪村三组")
    assert found.count() == 2


def test_a_helper_does_not_revise_the_file(world: World) -> None:
    with pytest.raises(Refused):
        revise(world.scope("sun"), world.children["lin"], address="别处")


def test_status_is_dated_and_never_overwritten(world: World) -> None:
    scope, yang = world.scope("zhao"), world.children["yang"]
    set_status(scope, yang, on=date(2026, 11, 1), left_behind=1, civil=False, care="one-parent")
    rows = ChildStatus.objects.within(scope, Need.CHILD_READ).filter(child=yang)
    assert [(row.from_on, row.left_behind) for row in rows] == [(BEGAN, 0), (date(2026, 11, 1), 1)]
    assert Child.objects.within(scope).get(pk=yang.pk).left_behind == 1


def test_the_civil_definition_needs_its_reason(world: World) -> None:
    with pytest.raises(Refused):
        set_status(world.scope("zhao"), world.children["yang"], on=BEGAN, left_behind=2, civil=True)


def test_moving_class_ends_the_old_enrolment(world: World) -> None:
    scope, lin = world.scope("li"), world.children["lin"]
    place(scope, lin, klass=world.klasses["三2"], boarding=True, on=date(2026, 11, 2), reason="调班")
    rows = Enrolment.objects.within(scope, Need.CHILD_READ).filter(child=lin)
    assert [(row.klass_id, row.to_on) for row in rows] == [
        (world.klasses["三1"].pk, date(2026, 11, 2)), (world.klasses["三2"].pk, None),
    ]  # fmt: skip


def test_a_risk_level_needs_reasons(world: World) -> None:
    with pytest.raises(Refused):
        set_risk(world.scope("zhao"), world.children["yang"], on=BEGAN, level="key", reasons=" ")
    set_risk(world.scope("zhao"), world.children["yang"], on=BEGAN, level="key", reasons="父母离异，情绪低落")
    assert Child.objects.within(world.scope("zhao")).get(pk=world.children["yang"].pk).key


def test_demo_numbers_pass_the_sums() -> None:
    from oasis.kit import idcard

    assert idcard.problem(demo_id(date(2017, 3, 5), "2", 11)) is None
    assert idcard.problem("11010519491231002X") is None
    assert "校验位" in (idcard.problem("110105194912310021") or "")


def test_a_second_file_refused_stays_on_the_trail(world: World) -> None:
    scope, he, yang = world.scope("zhao"), world.children["he"], world.children["yang"]
    asks = (
        lambda: open_file(
            scope, klass=world.klasses["三1"], school=he.school, on=BEGAN, name="甲", id_number=he.id_number
        ),
        lambda: revise(scope, yang, id_number=he.id_number),
    )
    for ask in asks:
        with pytest.raises(Refused):
            ask()
    lines = Trail.objects.everywhere(why="a test looks at everything").filter(deed="child.refused-second")
    assert list(lines.values_list("child", "actor")) == [(None, scope.actor)] * 2


def test_what_nobody_told_stays_empty(world: World) -> None:
    klass, scope = world.klasses["三1"], world.scope("zhao")
    child = open_file(scope, klass=klass, school=klass.school, on=BEGAN, name="方小舟")
    child.refresh_from_db()
    assert (child.ethnic, child.registered) == ("", None)
    (file,) = files_of(scope, [child], BEGAN)
    rows = registration.page(file, school="石桥小学", on=BEGAN).rows
    told = {entry.label: entry.value for row in rows for entry in row}
    assert (told["民族"], told["登记户口"]) == ("", "")
