"""Each alarm of the law stands when it should and falls when it is mended; the list and the child's page agree."""

from datetime import date

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from oasis.children.actions import absence, care, family, phones
from oasis.children.actions.status import set_status
from oasis.children.alarms import ALARMS, standing
from oasis.children.models import Child, Phone
from oasis.children.search import Wanted, find
from tests.children.test_care import SAID
from tests.world import TODAY, World


def raised(world: World, child: str = "lin") -> set[str]:
    row = Child.objects.within(world.scope("zhao")).get(pk=world.children[child].pk)
    codes = {alarm.code for alarm in standing([row], TODAY)[row.pk]}
    for alarm in ALARMS:  # the list behind each alarm says the same
        assert (row in find(world.scope("zhao"), Wanted(marks=(f"alarm-{alarm.code}",))).rows) == (
            alarm.code in codes
        ), alarm.code
    return codes


def test_both_away_without_a_written_notice(world: World) -> None:
    assert raised(world) == {"no-notice"}
    made = care.arrange(world.scope("zhao"), world.children["lin"], carer=world.persons["lin_granny"], **SAID)
    assert raised(world) == set()
    care.end_arrangement(world.scope("zhao"), world.children["lin"], made, on=date(2026, 10, 1))
    assert raised(world) == {"notice-ended"}


def test_an_unfit_carer(world: World) -> None:
    made = care.arrange(world.scope("zhao"), world.children["lin"], carer=world.persons["lin_granny"], **SAID)
    care.found_unfit(world.scope("zhao"), world.children["lin"], made, unfit="violence")
    assert raised(world) == {"unfit"}


@pytest.mark.parametrize(
    ("born", "code"),
    [("2019-01-01", "alone-under-8"), ("2015-01-01", "alone-under-16"), ("2010-11-23", ""), ("", "alone-under-16")],
)
def test_a_child_alone(world: World, born: str, code: str) -> None:
    chenhao = world.children["chenhao"]
    Child.objects.within(world.scope("zhao")).filter(pk=chenhao.pk).update(
        birth_on=date.fromisoformat(born) if born else None, care="alone"
    )
    assert (raised(world, "chenhao") & {"alone-under-8", "alone-under-16"}) == ({code} if code else set())


def test_a_number_dead_twice_and_no_number(world: World) -> None:
    rows = Phone.objects.within(world.scope("zhao"))
    granny = rows.get(person=world.persons["lin_granny"])
    phones.failed(world.scope("zhao"), granny, TODAY)
    assert "dead-number" not in raised(world)
    phones.failed(world.scope("zhao"), granny, TODAY)
    assert raised(world) == {"no-notice", "dead-number"}
    for phone in rows.exclude(pk=granny.pk):
        phones.end_phone(world.scope("zhao"), world.children["lin"], phone, on=TODAY)
    assert raised(world) == {"no-notice", "dead-number", "no-phone"}


def test_nobody_named(world: World) -> None:
    assert {"no-guardian", "no-carer", "no-phone"} <= raised(world, "chenhao")
    family.add_person(
        world.scope("zhao"), world.children["chenhao"], relation="52", from_on=TODAY, name="何敏", number="19900000009",
        carer=True, standing="legal",
    )  # fmt: skip
    assert raised(world, "chenhao") == set()


def test_parents_gone_for_months_while_the_status_lags_behind(world: World) -> None:
    scope, lin = world.scope("zhao"), world.children["lin"]
    for who in ("lin_father", "lin_mother"):
        absence.went_away(scope, lin, world.persons[who], since_on=date(2026, 2, 20))
    set_status(scope, lin, on=TODAY, left_behind=1, civil=False)
    assert raised(world) == {"status-behind"}


def test_the_alarms_of_a_list_cost_one_query(world: World) -> None:
    scope = world.scope("li")
    children = list(Child.objects.within(scope))
    with CaptureQueriesContext(connection) as caught:
        rows = standing(children, TODAY)
    assert (len(rows), len(caught)) == (4, 1)
