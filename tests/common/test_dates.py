from datetime import date, timedelta
from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from intrek.ground.common.dates import (
    Period,
    add_months,
    days_covered,
    joined,
    month_of_term,
    months_in,
    months_later,
    window_back,
)

days = st.dates(date(1990, 1, 1), date(2060, 12, 31))
some_months = st.integers(1, 60)


@st.composite
def periods(draw, ends=True):
    starts_on = draw(st.dates(date(2023, 1, 1), date(2023, 3, 31)))
    length = draw(st.integers(0, 40) if ends else st.none() | st.integers(0, 40))
    return Period(starts_on, None if length is None else starts_on + timedelta(days=length))


@pytest.mark.parametrize(
    ("starts_on", "months", "last"),
    [
        (date(2026, 8, 31), 6, date(2027, 2, 28)),
        (date(2027, 8, 31), 6, date(2028, 2, 29)),
        (date(2027, 3, 1), 6, date(2027, 8, 31)),
        (date(2026, 8, 30), 6, date(2027, 2, 28)),
        (date(2026, 8, 29), 6, date(2027, 2, 28)),
        (date(2026, 8, 28), 6, date(2027, 2, 27)),
        (date(2024, 2, 29), 12, date(2025, 2, 28)),
        (date(2026, 1, 1), 12, date(2026, 12, 31)),
        (date(2026, 11, 23), 12, date(2027, 11, 22)),
    ],
)
def test_the_last_day_of_a_term_is_inclusive_and_follows_the_calendar(starts_on, months, last):
    assert months_later(starts_on, months) == last


@given(days, some_months)
def test_a_later_start_never_ends_earlier(starts_on, months):
    assert months_later(starts_on, months) <= months_later(starts_on + timedelta(days=1), months)


@given(days, some_months)
def test_a_longer_term_ends_later(starts_on, months):
    assert months_later(starts_on, months) < months_later(starts_on, months + 1)


@given(days, some_months)
def test_the_month_of_a_term_turns_on_the_day_after_its_last_day(starts_on, months):
    last = months_later(starts_on, months)
    assert month_of_term(starts_on, last) == months
    assert month_of_term(starts_on, last + timedelta(days=1)) == months + 1
    assert months_in(starts_on, last) == months


@given(days, some_months)
def test_a_term_one_day_short_is_a_month_short(starts_on, months):
    assert months_in(starts_on, months_later(starts_on, months) - timedelta(days=1)) == months - 1


def test_month_seven_of_twelve():
    assert month_of_term(date(2026, 5, 1), date(2026, 11, 23)) == 7
    assert month_of_term(date(2026, 12, 1), date(2026, 11, 23)) == 0
    assert month_of_term(date(2026, 11, 23), date(2026, 11, 23)) == 1


def test_the_three_years_that_end_on_the_day_of_referral_include_that_day():
    assert window_back(date(2026, 11, 23), 3) == Period(date(2023, 11, 24), date(2026, 11, 23))
    assert window_back(date(2028, 2, 29), 3) == Period(date(2025, 3, 1), date(2028, 2, 29))


def test_a_period_cannot_end_before_it_starts_but_may_last_one_day():
    with pytest.raises(ValueError, match="before it starts"):
        Period(date(2026, 2, 2), date(2026, 2, 1))
    assert Period(date(2026, 2, 2), date(2026, 2, 2)).days == 1


def test_a_period_that_still_runs_has_no_number_of_days_until_it_is_cut():
    running = Period(date(2026, 11, 1))
    with pytest.raises(ValueError, match="still runs"):
        _ = running.days
    assert running.days_in(Period(date(2026, 1, 1), date(2026, 11, 23))) == 23


def test_periods_that_share_one_day_overlap_and_neighbours_do_not():
    january = Period(date(2026, 1, 1), date(2026, 1, 31))
    assert january.overlaps(Period(date(2026, 1, 31), None))
    assert not january.overlaps(Period(date(2026, 2, 1), None))
    assert date(2026, 1, 31) in january
    assert date(2026, 2, 1) not in january


@given(st.lists(periods(ends=False), max_size=6), periods())
def test_days_in_several_periods_are_counted_once(some, window):
    every_day = [window.starts_on + timedelta(days=n) for n in range(window.days)]
    assert days_covered(some, window) == sum(any(day in each for each in some) for day in every_day)


@given(st.lists(periods(ends=False), max_size=6))
def test_joined_periods_hold_the_same_days_and_never_touch(some):
    result = joined(some)
    for day in (date(2023, 1, 1) + timedelta(days=n) for n in range(140)):
        assert any(day in each for each in some) == any(day in each for each in result)
    assert all(one.ends_on + timedelta(days=1) < later.starts_on for one, later in pairwise(result))


@given(days, st.integers(-60, 60))
def test_adding_months_keeps_the_day_or_takes_the_last_of_a_short_month(day, months):
    later = add_months(day, months)
    assert later.day == day.day or (later.day < day.day and (later + timedelta(days=1)).day == 1)
