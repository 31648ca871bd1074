"""Who may be the same person, by name, birth date and register number."""

from datetime import date

import pytest

from intrek.ground.people.rules import Known, Likeness, Reason, likeness, person_reasons

BORN = date(1984, 11, 19)
KATRIEN = Known("Katrien", "Van den Berghe", BORN, "84111900112")


@pytest.mark.parametrize(
    "other",
    [
        Known("Katrien", "Vandenberghe", BORN),
        Known("KATRIEN", "van den berghe", BORN),
        Known("Van den Berghe", "Katrien", BORN),
        Known("Kátrien", "Van-den-Berghe", BORN),
    ],
)
def test_spelling_order_and_accents_do_not_hide_the_same_person(other):
    assert likeness(KATRIEN, other) == [Likeness.NAME_AND_BIRTH]


def test_the_register_number_tells_even_under_another_name():
    assert likeness(KATRIEN, Known("Kat", "Peeters", None, "84111900112")) == [Likeness.REGISTER_NUMBER]


def test_a_married_name_with_the_same_birth_date_and_given_name_is_likely():
    assert likeness(KATRIEN, Known("Katrien", "Peeters", BORN)) == [Likeness.BIRTH_AND_GIVEN]


def test_a_namesake_with_another_birth_date_is_somebody_else():
    assert likeness(KATRIEN, Known("Katrien", "Van den Berghe", date(1990, 1, 1))) == []


def test_a_namesake_without_birth_date_may_be_the_same():
    assert likeness(KATRIEN, Known("Katrien", "Van den Berghe", None)) == [Likeness.NAME]


def test_two_unknown_birth_dates_are_not_the_same_birth_date():
    assert likeness(Known("An", "Feys", None), Known("Jan", "Feys", None)) == []


def test_a_birth_date_in_the_future_and_no_name_are_both_refused():
    reasons = person_reasons(" ", "", date(2027, 1, 1), date(2026, 11, 23))
    assert [reason.code for reason in reasons] == [Reason.NO_NAME, Reason.BORN_LATER]
