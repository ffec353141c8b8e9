"""Naming the carer: the law's rules, one at a time."""

from datetime import date
from typing import Any

import pytest

from oasis.children.actions import care, family, status
from oasis.children.models import CareArrangement, Change, Child, ChildStatus, Hardship, Person, Tie
from oasis.kit.refused import Refused
from oasis.people.roles import Need
from tests.world import TODAY, World

SAID: dict[str, Any] = {
    "kind": "notice", "signed": "paper", "signer": "林国平", "on": date(2026, 9, 3), "from_on": date(2026, 9, 3),
    "to_on": date(2027, 1, 22), "child_heard": True, "child_view": "愿意和奶奶住", "checked": True,
}  # fmt: skip


def arrange(world: World, carer: str = "lin_granny", who: str = "zhao", **other: Any) -> CareArrangement:
    return care.arrange(world.scope(who), world.children["lin"], carer=world.persons[carer], **(SAID | other))


def test_a_notice_names_the_carer(world: World) -> None:
    arrange(world)
    tie = Tie.objects.within(world.scope("zhao")).get(person=world.persons["lin_granny"])
    assert (tie.carer, tie.standing) == (True, "entrusted")


@pytest.mark.parametrize(
    ("code", "other"),
    [
        ("unfit", {"unfit": "addiction"}), ("unchecked", {"checked": False}), ("heard", {"child_heard": False}),
        ("witness", {"signed": "phone"}), ("signer", {"signer": " "}), ("order", {"to_on": date(2026, 9, 1)}),
        ("future", {"on": date(2026, 12, 1)}), ("parent", {"carer": "lin_father"}), ("parent", {"kind": "confirmed"}),
    ],
)  # fmt: skip
def test_what_the_law_forbids_is_refused(world: World, code: str, other: dict[str, Any]) -> None:
    with pytest.raises(Refused) as caught:
        arrange(world, **other)
    assert caught.value.code == code


def test_a_carer_under_age_is_refused(world: World) -> None:
    family.revise_person(
        world.scope("zhao"), world.children["lin"], world.persons["lin_granny"], birth_on=date(2010, 1, 1)
    )
    with pytest.raises(Refused) as caught:
        arrange(world)
    assert caught.value.code == "minor"


def test_a_parent_confirms_by_phone_with_a_witness(world: World) -> None:
    arrange(
        world, carer="lin_mother", kind="confirmed", signed="phone", witness="吴老师", child_heard=False, checked=False
    )


def test_the_next_arrangement_ends_the_one_before(world: World) -> None:
    first = arrange(world)
    arrange(world, from_on=date(2026, 11, 1), on=date(2026, 11, 1))
    first = CareArrangement.objects.within(world.scope("zhao")).get(pk=first.pk)
    assert first.to_on == date(2026, 11, 1)


def test_a_carer_found_unfit_is_noted_and_the_paper_received(world: World) -> None:
    scope, lin = world.scope("zhao"), world.children["lin"]
    made = arrange(world)
    care.receive(scope, lin, made, on=TODAY)
    assert care.found_unfit(scope, lin, made, unfit="addiction").unfit == "addiction"
    assert care.end_arrangement(scope, lin, made, on=TODAY).to_on == TODAY
    for wrong in (
        lambda: care.found_unfit(scope, lin, made, unfit="x"),
        lambda: care.end_arrangement(scope, lin, made, on=date(2020, 1, 1)),
    ):
        with pytest.raises(Refused):
            wrong()


def lins_aunt(world: World) -> Person:
    lin = world.children["lin"]
    tie = family.add_person(
        world.scope("zhao"), lin, from_on=TODAY, name="林秀兰", relation="90", standing="none", lives_with=False,
        carer=False, call_order=3, no_pickup=False,
    )  # fmt: skip
    return tie.person


def test_the_new_carer_relieves_the_one_before_and_the_care_type_follows(world: World) -> None:
    scope, lin = world.scope("zhao"), world.children["lin"]
    arrange(world)
    arrange_for = {**SAID, "from_on": date(2026, 11, 1), "on": date(2026, 11, 1)}
    care.arrange(scope, lin, carer=lins_aunt(world), **arrange_for)
    granny = Tie.objects.within(scope).get(person=world.persons["lin_granny"])
    assert (granny.carer, granny.standing) == (False, "none")
    father = Tie.objects.within(scope).get(person=world.persons["lin_father"])
    assert father.standing == "legal"
    now = Child.objects.within(scope).get(pk=lin.pk)
    assert (now.care, now.left_behind, now.civil) == ("elder-kin", 2, True)
    status_now = ChildStatus.objects.within(scope, Need.CHILD_READ).filter(child=lin).last()
    assert status_now is not None
    assert (status_now.care, status_now.civil_reason, status_now.from_on) == (
        "elder-kin",
        "both-away",
        date(2026, 11, 1),
    )
    changed = Change.objects.within(scope, Need.CHILD_READ).filter(row=granny.pk).values_list("field", flat=True)
    assert set(changed) == {"carer", "standing"}


def test_a_child_of_sixteen_or_without_a_reason_hinders_no_arrangement(world: World) -> None:
    scope, lin = world.scope("zhao"), world.children["lin"]
    aunt = lins_aunt(world)
    ChildStatus.objects.within(scope, Need.CHILD_READ).filter(child=lin).update(civil_reason="")
    care.arrange(scope, lin, carer=aunt, **SAID)
    Child.objects.within(scope).filter(pk=lin.pk).update(birth_on=date(2010, 1, 1))
    care.arrange(scope, lin, carer=world.persons["lin_granny"], **SAID)
    now = Child.objects.within(scope).get(pk=lin.pk)
    assert (now.care, now.civil) == ("grandparents", False)


def test_another_care_type_and_a_coming_arrangement_leave_things_as_they_are(world: World) -> None:
    scope, lin = world.scope("zhao"), world.children["lin"]
    aunt = lins_aunt(world)
    care.arrange(scope, lin, carer=aunt, **{**SAID, "from_on": date(2026, 12, 1)})
    assert Tie.objects.within(scope).get(person=world.persons["lin_granny"]).standing == "entrusted"
    Child.objects.within(scope).filter(pk=lin.pk).update(care="school")
    care.arrange(scope, lin, carer=aunt, **SAID)
    assert Child.objects.within(scope).get(pk=lin.pk).care == "school"


def test_a_helper_names_nobody(world: World) -> None:
    with pytest.raises(Refused):
        arrange(world, who="sun")


def test_a_hardship_is_known_once_and_ends(world: World) -> None:
    scope, lin = world.scope("zhao"), world.children["lin"]
    row = status.add_hardship(scope, lin, kind="low-income", from_on=TODAY)
    with pytest.raises(Refused):
        status.add_hardship(scope, lin, kind="low-income", from_on=TODAY)
    status.end_hardship(scope, lin, row, on=TODAY)
    with pytest.raises(Refused):
        status.end_hardship(scope, lin, row, on=TODAY)
    assert Hardship.objects.within(scope, Need.CHILD_READ).filter(child=lin).count() == 1
