"""Birthdays by the sun and by the moon, as families write them."""

from dataclasses import dataclass
from datetime import date

import pytest

from oasis.children.days import birthdays, lunar_day, lunar_words


@dataclass
class Somebody:
    """Anybody with a birthday."""

    birth_on: date | None = None
    lunar_birthday: str = ""


@pytest.mark.parametrize(
    ("said", "day"),
    [
        ("八月十五", (8, 15)), ("农历八月十五", (8, 15)), ("腊月初八", (12, 8)), ("十二月廿三", (12, 23)), ("冬月初一", (11, 1)),
        ("正月三十", (1, 30)), ("阴历3月5日", (3, 5)), ("五月二十三", (5, 23)), ("五月二十", (5, 20)), ("闰四月初五", (4, 5)),
        ("三月五", (3, 5)), ("不清楚", None), ("13月5日", None), ("五月卅", None), ("", None),
    ],
)  # fmt: skip
def test_a_lunar_day_is_read_as_families_write_it(said: str, day: tuple[int, int] | None) -> None:
    assert lunar_day(said) == day


def test_the_week_ahead_holds_both_calendars_and_the_turn_of_the_year() -> None:
    week = date(2026, 12, 29)
    sun, past, moon = Somebody(date(2017, 1, 2)), Somebody(date(2017, 12, 28)), Somebody(date(2017, 6, 1), "冬月廿四")
    assert lunar_words(date(2026, 12, 31)) == "农历冬月廿三"
    assert birthdays([sun, past, moon, Somebody()], week) == [
        (date(2027, 1, 1), moon, True),
        (date(2027, 1, 2), sun, False),
    ]


def test_29_february_is_kept_on_the_28th() -> None:
    leap = Somebody(date(2016, 2, 29))
    assert birthdays([leap], date(2027, 2, 25)) == [(date(2027, 2, 28), leap, False)]
    assert birthdays([leap], date(2028, 2, 25)) == [(date(2028, 2, 29), leap, False)]
