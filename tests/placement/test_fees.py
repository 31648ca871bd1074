"""The usage fee, month by month: to the day and the cent (P9)."""

import random
from collections import Counter
from datetime import date, timedelta
from decimal import Decimal
from fractions import Fraction

import pytest
from stdnum.be import ogm_vcs

from intrek.story.placement.rules import (
    FEE_PARTS,
    FeeSpan,
    charge_of,
    cover_reasons,
    days_charged,
    in_cents,
    is_arrears,
    months_between,
    reference_of,
)

MONTH = date(2026, 11, 1)
FEE = FeeSpan(date(2026, 1, 1), {"stay": Decimal(240), "water": Decimal("25.50"), "gas": Decimal("40.01")})


def charged(first, last=None, pauses=(), fees=(FEE,), month=MONTH):
    return charge_of(month, days_charged(month, first, last, pauses), fees)


def test_a_whole_month_costs_what_the_statement_says():
    charge = charged(date(2026, 10, 3))
    assert (charge.days, charge.of_days, charge.total) == (30, 30, Decimal("305.51"))
    assert {name: amount for name, amount in charge.parts.items() if amount} == FEE.parts


def test_the_first_and_the_last_month_are_reckoned_by_days():
    assert charged(date(2026, 11, 16)).days == 15
    assert charged(date(2026, 11, 16)).parts["stay"] == Decimal("120.00")
    assert charged(date(2026, 1, 1), date(2026, 11, 10)).parts["stay"] == Decimal("80.00")
    assert charged(date(2026, 11, 30), date(2026, 11, 30)).days == 1
    assert charged(date(2026, 12, 1)).total == 0


def test_february_is_reckoned_by_its_own_days():
    assert charged(date(2028, 2, 15), month=date(2028, 2, 1)).of_days == 29


def test_days_on_which_support_rests_cost_nothing_where_the_fee_rests_with_it():
    pause = (date(2026, 11, 6), date(2026, 11, 20))
    assert charged(date(2026, 1, 1), pauses=[pause]).days == 15
    assert charged(date(2026, 1, 1), pauses=[(date(2026, 11, 6), None)]).days == 5


def test_a_fee_that_changes_in_a_month_counts_from_its_day():
    later = FeeSpan(date(2026, 11, 16), {"stay": Decimal(300)})
    charge = charged(date(2026, 1, 1), fees=(FEE, later))
    assert charge.parts["stay"] == Decimal("270.00")
    assert charge.parts["water"] == Decimal("12.75")


def test_days_before_the_first_fee_cost_nothing():
    assert charged(date(2026, 1, 1), fees=(FeeSpan(date(2026, 11, 30), FEE.parts),)).parts["stay"] == Decimal("8.00")


def test_the_parts_add_up_to_the_rounded_whole_in_ten_thousand_cases():
    rng = random.Random(20261129)
    for _ in range(10_000):
        month = date(rng.randint(2020, 2030), rng.randint(1, 12), 1)
        first = month + timedelta(days=rng.randint(-20, 27))
        last = rng.choice([None, first + timedelta(days=rng.randint(0, 60))])
        spans = [
            FeeSpan(first + timedelta(days=at * 9), {name: Decimal(rng.randint(0, 90_000)) / 100 for name in FEE_PARTS})
            for at in range(rng.randint(1, 3))
        ]
        days = days_charged(month, first, last, [])
        charge = charge_of(month, days, spans)
        held = Counter(max(at for at, s in enumerate(spans) if s.from_on <= each) for each in days)
        whole = [sum(span.parts.values()) for span in spans]
        exact = sum(Fraction(whole[at]) * count / charge.of_days for at, count in held.items())
        assert charge.total == sum(charge.parts.values())
        assert abs(Fraction(charge.total) - exact) <= Fraction(1, 200)
        assert all(amount.as_tuple().exponent >= -2 and amount >= 0 for amount in charge.parts.values())


def test_half_a_cent_is_rounded_up_and_goes_to_the_part_that_was_cut_most():
    told = in_cents({"stay": Fraction(1, 300), "water": Fraction(1, 600), "gas": Fraction(0)})
    assert told == {"stay": Decimal("0.01"), "water": Decimal("0.00"), "gas": Decimal("0.00")}
    assert sum(in_cents(dict.fromkeys(FEE_PARTS, Fraction(1, 300))).values()) == Decimal("0.02")


def test_months_run_over_the_end_of_a_year():
    found = months_between(date(2026, 11, 30), date(2027, 2, 1))
    assert found == [date(2026, 11, 1), date(2026, 12, 1), date(2027, 1, 1), date(2027, 2, 1)]


@pytest.mark.parametrize("number", ["2026000001", "2026000097", "2026999999", "0000000000"])
def test_the_communication_is_one_that_a_bank_accepts(number):
    assert ogm_vcs.is_valid(reference_of(number))
    assert reference_of(number).startswith("+++")


def test_more_than_the_cost_cover_is_said_and_none_set_says_nothing():
    parts = {"stay": Decimal(400), "gas": Decimal(101)}
    assert len(cover_reasons(parts, Decimal(500), str)) == 1
    assert cover_reasons(parts, Decimal(501), str) == []
    assert cover_reasons(parts, Decimal(0), str) == []


@pytest.mark.parametrize(
    ("amount", "weeks_ago", "signal"),
    [(401, None, True), (400, None, False), (1, 7, True), (1, 6, False), (0, 20, False)],
)
def test_a_sum_or_a_time_is_a_signal(amount, weeks_ago, signal):
    since = None if weeks_ago is None else MONTH - timedelta(weeks=weeks_ago)
    assert is_arrears(Decimal(amount), since, on=MONTH, most=Decimal(400), weeks=6) is signal
