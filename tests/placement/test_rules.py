"""When a stay may be, in the words of the programme."""

from datetime import date
from decimal import Decimal

import pytest

from intrek.story.placement import rules
from intrek.story.placement.rules import OtherStay, PaperFacts, Term

TRIAL = Term(6, 12)
MARCH = date(2026, 3, 1)


def codes(reasons):
    return [each.code.value for each in reasons]


@pytest.mark.parametrize(
    ("last", "found"),
    [
        (date(2026, 7, 31), ["too_short"]),
        (date(2026, 8, 31), []),
        (date(2027, 2, 28), []),
        (date(2027, 3, 1), ["too_long"]),
        (date(2027, 3, 31), ["too_long"]),
        (date(2026, 2, 28), ["ends_before_start"]),
    ],
)
def test_a_trial_lasts_six_months_at_least_and_a_year_at_most(last, found):
    assert codes(rules.term_reasons(TRIAL, MARCH, last)) == found


def test_days_of_rest_make_room_for_a_longer_term():
    assert codes(rules.term_reasons(TRIAL, MARCH, date(2027, 3, 10), rested_days=10)) == []
    assert codes(rules.term_reasons(TRIAL, MARCH, date(2027, 3, 11), rested_days=10)) == ["too_long"]


def test_every_reason_is_told_when_a_stay_may_not_be_prepared():
    reasons = rules.prepare_reasons(
        accepted_on=None,
        released_on=MARCH,
        term=TRIAL,
        starts_on=MARCH,
        ends_on=date(2026, 7, 31),
        others=[OtherStay("Jan", "Kaai 1", True, False), OtherStay("Mia", "Straat 2", False, True)],
    )
    assert codes(reasons) == ["not_accepted", "released", "too_short", "has_stay", "dwelling_taken"]


def test_each_missing_paper_is_a_reason_of_its_own():
    papers = [
        PaperFacts("Akte", None, False),
        PaperFacts("Reglement", MARCH, True),
        PaperFacts("Staat", date(2026, 3, 9), True),
        PaperFacts("Toestemming", None, True),
    ]
    reasons = rules.key_reasons(keys_on=None, ended_on=None, papers=papers, on=date(2026, 3, 2))
    assert codes(reasons) == ["paper_missing", "paper_too_late"]


def test_keys_on_another_day_keep_the_months():
    assert rules.moved_last_day(MARCH, date(2026, 8, 31), date(2026, 3, 10)) == date(2026, 9, 9)
    assert rules.moved_last_day(MARCH, date(2026, 9, 5), date(2026, 3, 3)) == date(2026, 9, 7)


def test_the_usage_fee_is_the_sum_of_its_parts_and_nothing_else():
    parts = {"stay": Decimal(240), "water": Decimal("25.50"), "rent": Decimal(999)}
    assert rules.fee_total(parts) == Decimal("265.50")


def test_a_fee_below_zero_before_the_stay_is_refused_for_both():
    reasons = rules.fee_reasons({"stay": Decimal(-1)}, date(2026, 2, 1), MARCH)
    assert codes(reasons) == ["fee_negative", "fee_before_stay"]
    assert codes(rules.fee_reasons({}, MARCH, MARCH)) == ["fee_empty"]


def test_a_reference_address_asks_for_contact_once_a_quarter():
    assert rules.next_contact_on(MARCH, None, 3) == date(2026, 6, 1)
    assert rules.next_contact_on(MARCH, date(2026, 5, 31), 3) == date(2026, 8, 31)


def test_the_record_of_no_domicile_needs_reason_address_and_days_in_order():
    reasons = rules.no_domicile_reasons(reason=" ", real_address="", from_on=MARCH, until_on=date(2026, 2, 1))
    assert codes(reasons) == ["no_reason", "no_address", "days_reversed"]
