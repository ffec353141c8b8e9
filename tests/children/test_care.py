"""Naming the carer: the law's rules, one at a time."""

from datetime import date
from typing import Any

import pytest

from oasis.children.actions import care, family, status
from oasis.children.models import CareArrangement, Hardship, Tie
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
