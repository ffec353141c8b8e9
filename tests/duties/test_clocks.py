"""Clocks: tables of days against windows; holidays stop them."""

from datetime import date, timedelta
from itertools import pairwise

import pytest

from oasis.duties.clocks import Clock, EachTerm, Every, Monthly, OnceATerm, TermStart, TermTime

START, END = date(2026, 9, 1), date(2027, 1, 22)
HOLIDAY = {date(2026, 10, day) for day in range(1, 9)}
VISITS = ((START, date(2026, 9, 30)), (date(2026, 10, 25), date(2026, 11, 30)), (date(2026, 12, 25), END))


def term(off: set[date] = HOLIDAY) -> TermTime:
    """An autumn term: Monday to Friday, without the days off."""
    days = [START + timedelta(days=n) for n in range((END - START).days + 1)]
    return TermTime(START, END, VISITS, tuple(day for day in days if day.weekday() < 5 and day not in off))


@pytest.mark.parametrize(
    ("part", "opens", "presses", "due", "closes"),
    [
        (1, date(2026, 9, 1), date(2026, 9, 21), date(2026, 9, 30), date(2026, 10, 24)),
        (2, date(2026, 10, 25), date(2026, 11, 19), date(2026, 11, 30), date(2026, 12, 24)),
        (3, date(2026, 12, 25), date(2027, 1, 13), END, END),
    ],
)
def test_a_visit_is_due_in_its_window_and_made_good_until_the_next(
    part: int, opens: date, presses: date, due: date, closes: date
) -> None:
    (window,) = EachTerm(part=part).windows(term(), START)
    assert (window.opens, window.presses, window.due, window.closes) == (opens, presses, due, closes)


def test_who_comes_after_a_window_owes_nothing_for_it() -> None:
    assert EachTerm(part=1).windows(term(), date(2026, 10, 1)) == ()
    assert [window.label for window in Monthly().windows(term(), date(2026, 11, 5))] == ["11月", "12月", "1月"]


@pytest.mark.parametrize(("since", "owes"), [(date(2026, 11, 17), True), (date(2026, 11, 18), False)])
def test_a_newcomer_owes_only_what_leaves_two_weeks(since: date, owes: bool) -> None:
    """A child that came last week is not late with the month that ends on Monday."""
    assert bool(EachTerm(part=2).windows(term(), since)) is owes
    assert ("11月" in [window.label for window in Monthly().windows(term(), since)]) is owes


def test_months_press_in_their_last_school_days() -> None:
    november = Monthly(grace=3).windows(term(), START)[2]
    assert (november.opens, november.presses, november.due, november.closes) == (
        date(2026, 11, 1), date(2026, 11, 26), date(2026, 11, 30), date(2026, 11, 30),
    )  # fmt: skip


def test_a_month_that_is_mostly_holiday_is_no_month_of_duty() -> None:
    empty = {date(2026, 10, 1) + timedelta(days=n) for n in range(20)}
    assert [window.label for window in Monthly().windows(term(empty), START)] == ["9月", "11月", "12月", "1月"]


def test_two_months_may_be_one() -> None:
    assert [window.label for window in Monthly(every=2).windows(term(), START)] == ["9月、10月", "11月、12月", "1月"]


def test_two_weeks_are_ten_school_days_and_holidays_do_not_count() -> None:
    clock, last = Every(every=2), date(2026, 9, 25)
    with_holiday = clock.at(term(), START, date(2026, 10, 12), last)
    without = clock.at(term(set()), START, date(2026, 10, 12), last)
    assert with_holiday is not None
    assert without is not None
    assert (without.due, with_holiday.due) == (date(2026, 10, 9), date(2026, 10, 19))


def test_without_a_last_time_the_clock_runs_from_the_terms_start_or_the_childs() -> None:
    found = [Every(every=2).at(term(), since, date(2026, 11, 23), None) for since in (START, date(2026, 11, 16))]
    assert [window and window.due for window in found] == [date(2026, 9, 14), date(2026, 11, 27)]


def test_the_terms_start_gives_a_late_child_as_much_time() -> None:
    windows = [TermStart(every=20).windows(term(), since)[0] for since in (START, date(2026, 11, 23))]
    assert [window.due for window in windows] == [date(2026, 9, 28), date(2026, 12, 18)]


def test_once_a_term_presses_towards_its_end() -> None:
    (window,) = OnceATerm(grace=5).windows(term(), START)
    assert (window.presses, window.due) == (date(2027, 1, 18), END)


@pytest.mark.parametrize("clock", [EachTerm(part=2), Monthly(), Monthly(every=3), Every(), OnceATerm(), TermStart()])
@pytest.mark.parametrize("since", [START, date(2026, 9, 30), date(2026, 12, 31), END])
def test_windows_are_in_order_and_inside_the_term(clock: Clock, since: date) -> None:
    windows = clock.windows(term(), since)
    for window in windows:
        assert window.opens <= window.presses <= window.due <= window.closes <= END
    assert all(a.closes < b.opens for a, b in pairwise(windows))


def test_a_school_sets_values_not_clocks() -> None:
    assert Every().set_to(4, None) == Every(every=4)
    assert [clock.words() for clock in (Every(every=1), Monthly(every=2), EachTerm(part=3), TermStart(every=5))] == [
        "每周一次", "每两个月一次", "每学期末一次", "每学期开学后5个上课日内",
    ]  # fmt: skip
