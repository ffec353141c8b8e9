"""Setting a cadence and letting a child off: works, refused by rule, refused by scope."""

from datetime import timedelta
from typing import Any

import pytest

from oasis.duties.actions import end_waiver, reset_cadence, set_cadence, waive
from oasis.duties.catalogue import ASSESS, CARE, CENSUS, CONSENT, DUTIES, HELPER, PLAN
from oasis.duties.queries import settings_of, waivers
from oasis.kit.refused import Refused
from oasis.people.models import Trail
from oasis.people.roles import ROLES
from oasis.records.kinds import KINDS
from tests.world import TODAY, World

MONTHLY: dict[str, Any] = {"duty": "carer-contact", "on": True, "every": 2, "grace": 5, "whom": ""}


def test_every_duty_is_settled_by_something_that_exists_and_owed_by_a_role() -> None:
    for duty in DUTIES:
        assert all(key in KINDS or key in {ASSESS, CARE, CENSUS, CONSENT, HELPER, PLAN} for key in duty.settled_by), (
            duty.code
        )
        assert duty.owes in ROLES
        assert (duty.asks in KINDS) != bool(duty.icon), duty.code


def test_a_cadence_is_set_changed_and_reset(world: World) -> None:
    scope, school = world.scope("wang"), world.schools["青河县"]
    set_cadence(scope, school=school, **MONTHLY)
    set_cadence(scope, school=school, **MONTHLY | {"every": 3})
    assert settings_of(scope, school.pk)["carer-contact"].every == 3
    reset_cadence(scope, school=school, duty="carer-contact")
    assert settings_of(scope, school.pk) == {}
    deeds = Trail.objects.everywhere(why="what was written").filter(deed__startswith="cadence")
    assert [line.deed for line in deeds.order_by("seq")] == ["cadence.set", "cadence.set", "cadence.reset"]


@pytest.mark.parametrize("wrong", [{"every": 0}, {"every": 9}, {"grace": 99}])
def test_a_cadence_out_of_bounds_is_refused(wrong: dict[str, int], world: World) -> None:
    with pytest.raises(Refused):
        set_cadence(world.scope("wang"), school=world.schools["青河县"], **MONTHLY | wrong)


@pytest.mark.parametrize("who", ["zhao", "feng", "wei", "zheng"])
def test_nobody_sets_another_schools_cadence(who: str, world: World) -> None:
    with pytest.raises(Refused):
        set_cadence(world.scope(who), school=world.schools["青河县"], **MONTHLY)


def test_an_exception_is_given_once_and_ended(world: World) -> None:
    scope, lin = world.scope("zhao"), world.children["lin"]
    given = waive(scope, child=lin, duty="visit-2", reason="父亲在家", until_on=None)
    with pytest.raises(Refused):
        waive(scope, child=lin, duty="visit-2", reason="父亲在家", until_on=None)
    later = world.scope("li", TODAY + timedelta(days=3))
    end_waiver(later, waiver=given)
    assert [row.until_on for row in waivers(scope, lin)] == [TODAY + timedelta(days=2)]


@pytest.mark.parametrize("wrong", [{"reason": "  "}, {"until_on": TODAY - timedelta(days=1)}])
def test_an_exception_needs_a_reason_and_an_end_to_come(wrong: dict[str, Any], world: World) -> None:
    fields = {"duty": "visit-2", "reason": "父亲在家", "until_on": None} | wrong
    with pytest.raises(Refused):
        waive(world.scope("zhao"), child=world.children["lin"], **fields)


@pytest.mark.parametrize("who", ["qian", "sun", "feng", "wang", "zheng"])
def test_nobody_lets_off_a_child_out_of_reach(who: str, world: World) -> None:
    given = waive(world.scope("zhao"), child=world.children["lin"], duty="visit-2", reason="父亲在家", until_on=None)
    with pytest.raises(Refused):
        waive(world.scope(who), child=world.children["lin"], duty="visit-3", reason="父亲在家", until_on=None)
    with pytest.raises(Refused):
        end_waiver(world.scope(who), waiver=given)
