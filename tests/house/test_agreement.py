"""What is owed and what is counted say the same: neighbours on one floor, so the house looks at both."""

import pytest

from oasis.duties.judging import PENDING, State
from oasis.duties.queries import owed
from oasis.figures.queries import behind, periods
from oasis.figures.where import school_place
from oasis.people.roles import Need
from tests.figures.chance import fill
from tests.world import TODAY, World

PAIRS = (
    ("guardian-confirmed", "unconfirmed", "t2026-1"),
    ("pairing", "unpaired", "t2026-1"),
    ("visit-2", "lacking-visit", "t2026-1v2"),
    ("carer-contact", "lacking-carer", "m2026-11"),
    ("family-contact", "lacking-parents", "m2026-11"),
)


@pytest.mark.parametrize(("duty", "figure", "period"), PAIRS)
@pytest.mark.parametrize("seed", range(2))
def test_who_is_still_owed_is_who_is_lacking(duty: str, figure: str, period: str, seed: int, world: World) -> None:
    fill(world, seed)
    scope, place = world.scope("li"), school_place(world.schools["青河县"])
    lines = owed(scope, TODAY, codes=(duty,), need=Need.FIGURES).lines
    states = {line.pupil.id: line.state for line in lines}
    lacking = {child.pk for child in behind(scope, figure, place, periods(place, TODAY).period(period)).children}
    assert {child for child, state in states.items() if state in (*PENDING, State.MISSED)} <= lacking
    assert lacking.isdisjoint(child for child, state in states.items() if state == State.DONE)
