"""A real school's first start; the whole of it is played in tests/config/test_installing.py."""

from datetime import date

import pytest

from oasis.kit.refused import Refused
from oasis.people.founding import found_school, nobody_here
from oasis.people.scope import Scope
from oasis.places.terms import new_term, usual_dates
from tests.world import TODAY, World

ANSWERS = {"name": "新溪小学", "administrator": "王立新", "username": "admin", "password": "river-stone-41"}


def test_a_house_with_people_refuses_a_second_founding(world: World) -> None:
    assert not nobody_here()
    with pytest.raises(Refused) as refused:
        found_school(Scope(None, "安装", TODAY), **ANSWERS)
    assert refused.value.code == "not-empty"


@pytest.mark.parametrize(
    ("on", "year", "half"),
    [
        (date(2026, 11, 23), 2026, 1),
        (date(2027, 1, 10), 2026, 1),
        (date(2027, 2, 1), 2026, 2),
        (date(2027, 6, 1), 2026, 2),
        (date(2027, 8, 20), 2027, 1),
    ],
)
def test_the_usual_term_is_the_one_of_the_day_or_the_next(on: date, year: int, half: int, world: World) -> None:
    found_year, found_half, starts_on, ends_on = usual_dates(on)
    assert (found_year, found_half) == (year, half)
    new_term(world.schools["青河县"].pk, year + 20, half, starts_on, ends_on).full_clean()
