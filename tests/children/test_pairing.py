"""Pairing: who fits which role, ending and handing over with a reason."""

from datetime import date

import pytest

from oasis.children.access import scope_of
from oasis.children.actions import moves, pairing
from oasis.children.actions.files import open_file
from oasis.children.load import fair_share
from oasis.children.models import Child, Pairing
from oasis.kit.refused import Refused
from oasis.people.roles import Need
from tests.world import TODAY, World, agree


def running(world: World, child: str) -> list[str]:
    rows = Pairing.objects.within(world.scope("li"), Need.PAIR).filter(child=world.children[child], to_on=None)
    return sorted(rows.values_list("role", flat=True))


def test_a_teacher_paired_sees_the_child_from_then_on(world: World) -> None:
    shen, yang = world.users["shen"], world.children["yang"]
    pairing.begin(world.scope("zhao"), yang, role="proxy-parent", staff=shen, from_on=TODAY)
    arms = scope_of(shen, TODAY).reach(Need.CHILD_READ)
    assert arms["child"] == {yang.pk}  # type: ignore[index]


def test_who_does_not_fit_the_role_is_refused(world: World) -> None:
    scope, lin = world.scope("zhao"), world.children["lin"]
    for code, fields in (
        ("helper", {"role": "helper"}),
        ("helper", {"role": "helper", "staff": world.users["shen"], "outsider": "某人"}),
        ("role", {"role": "classmate", "staff": world.users["shen"]}),
        ("role", {"role": "volunteer", "staff": world.users["shen"]}),
        ("not-staff", {"role": "helper", "staff": world.users["feng"]}),
        ("not-staff", {"role": "helper", "staff": world.users["han"]}),
        ("counsellor", {"role": "counsellor", "staff": world.users["shen"]}),
        ("known", {"role": "proxy-parent", "staff": world.users["sun"]}),
        ("classmate", {"role": "classmate", "classmate": lin}),
        ("classmate", {"role": "classmate", "classmate": world.children["he"]}),
        ("unchecked", {"role": "volunteer", "outsider": "县青年志愿者 何某"}),
    ):
        with pytest.raises(Refused) as caught:
            pairing.begin(scope, lin, from_on=TODAY, **fields)  # type: ignore[arg-type]
        assert caught.value.code == code, fields


def test_a_classmate_and_an_outsider_may_help(world: World) -> None:
    scope, lin = world.scope("zhao"), world.children["lin"]
    pairing.begin(scope, lin, role="classmate", classmate=world.children["yang"], from_on=TODAY)
    with pytest.raises(Refused, match="no-consent"):
        pairing.begin(scope, lin, role="volunteer", outsider="县志愿者", checked_on=date(2026, 9, 3), from_on=TODAY)
    agree(world, scope)
    pairing.begin(scope, lin, role="volunteer", outsider="县志愿者", checked_on=date(2026, 9, 3), from_on=TODAY)
    assert running(world, "lin") == ["classmate", "counsellor", "helper", "volunteer"]


def test_a_pairing_is_handed_over_with_a_reason(world: World) -> None:
    scope = world.scope("zhao")
    old = Pairing.objects.within(scope, Need.PAIR).get(child=world.children["lin"], role="helper")
    with pytest.raises(Refused):
        pairing.change(scope, old, staff=world.users["shen"], on=TODAY, reason=" ")
    new = pairing.change(scope, old, staff=world.users["shen"], on=TODAY, reason="孙老师休产假")
    assert (new.role, new.staff, running(world, "lin")) == ("helper", world.users["shen"], ["counsellor", "helper"])
    with pytest.raises(Refused):
        pairing.end(scope, old, on=TODAY, reason="再次")


def test_another_class_does_not_pair(world: World) -> None:
    with pytest.raises(Refused):
        pairing.begin(
            world.scope("qian"), world.children["lin"], role="helper", staff=world.users["shen"], from_on=TODAY
        )


def test_whoever_leaves_school_no_longer_helps_or_is_helped(world: World) -> None:
    scope, yang = world.scope("zhao"), world.children["yang"]
    pairing.begin(scope, world.children["lin"], role="classmate", classmate=yang, from_on=TODAY)
    moves.leave(scope, yang, state="moved", on=TODAY, reason="随父母转学")
    assert running(world, "lin") == ["counsellor", "helper"]
    with pytest.raises(Refused):
        moves.leave(scope, yang, state="moved", on=TODAY)
    with pytest.raises(Refused) as caught:
        moves.place(scope, yang, klass=world.klasses["三2"], boarding=False, on=TODAY)
    assert caught.value.code == "not-here"
    back = moves.come_back(scope, yang, klass=world.klasses["三1"], boarding=False, on=TODAY)
    assert (back.state, back.closed_on) == ("here", None)


def test_a_classmate_of_the_old_class_stops_helping(world: World) -> None:
    scope = world.scope("li")
    pairing.begin(scope, world.children["lin"], role="classmate", classmate=world.children["yang"], from_on=TODAY)
    moves.place(scope, world.children["lin"], klass=world.klasses["三2"], boarding=False, on=TODAY, reason="调班")
    assert running(world, "lin") == ["counsellor", "helper"]


def test_what_is_much_follows_from_the_school(world: World) -> None:
    school = world.schools["青河县"]
    assert fair_share(school.pk, TODAY) == 3
    li = world.scope("li")
    for n in range(60):
        klass = world.klasses["三1"]
        child = open_file(li, klass=klass, school=school, on=TODAY, name=f"柳{chr(0x4E00 + n)}")
        Child.objects.within(li).filter(pk=child.pk).update(left_behind=2)
    assert fair_share(school.pk, TODAY) > 3
