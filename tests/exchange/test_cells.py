"""What people write in a cell is understood, and what is not understood is never guessed."""

from datetime import date, datetime

import pytest
from hypothesis import given
from hypothesis import strategies as st

from intrek.ground.common.typed_days import NotADay
from intrek.windows.exchange.rules import cells
from intrek.windows.exchange.rules.cells import Asked, State

SOME_DAY = date(2026, 3, 3)
ANYTHING = st.one_of(
    st.none(), st.text(max_size=60), st.integers(), st.floats(), st.booleans(), st.dates(), st.datetimes()
)


@pytest.mark.parametrize(
    "cell",
    [SOME_DAY, datetime(2026, 3, 3, 14, 30), "3/3/2026", "03/03/2026", "3-3-26", "3 maart 2026", "2026-03-03 00:00:00",
     "3/3/2026 14:30", 46084, 46084.0, "46084", " 3 mrt 2026 "],
)  # fmt: skip
def test_a_day_is_a_day_however_it_is_written(cell):
    assert cells.day_of(cell) == SOME_DAY


@pytest.mark.parametrize("cell", ["", None, "?", "onbekend", "-", "n.v.t."])
def test_an_unknown_day_stays_unknown(cell):
    assert cells.day_of(cell) is None


@pytest.mark.parametrize("cell", ["31/02/2026", "begin maart", 2024, 1, -5, 1e9, "13/13/2026", "3/3", float("inf")])
def test_what_is_no_day_is_not_guessed(cell):
    with pytest.raises(NotADay):
        cells.day_of(cell)


def test_a_year_of_birth_in_two_figures_is_not_guessed():
    with pytest.raises(NotADay):
        cells.day_of("12/08/64", birth=True)


def day_or_fault(cell):
    try:
        return cells.day_of(cell)
    except NotADay as fault:
        return str(fault)


@given(ANYTHING)
def test_any_cell_gives_a_day_nothing_or_a_reason(cell):
    found = day_or_fault(cell)
    assert found is None or type(found) is date or (type(found) is str and found)


@given(ANYTHING)
def test_no_cell_breaks_the_other_readers(cell):
    readers = (cells.text_of, cells.long_text_of, cells.yes_no_of, cells.mental_health_of, cells.addiction_of)
    assert all(reader(cell) is not None for reader in readers)
    for reader in (cells.state_of, cells.track_of, cells.sector_of, cells.services_of):
        reader(cell)
    assert "\x00" not in cells.long_text_of(cell)


@pytest.mark.parametrize(
    ("cell", "answer"),
    [
        ("ja", "yes"),
        ("Neen", "no"),
        ("nee, nog niet", "no"),
        ("ja (sinds 2019)", "yes"),
        ("?", "unknown"),
        ("", "unknown"),
        (True, "yes"),
    ],
)
def test_yes_no_and_unknown(cell, answer):
    assert cells.yes_no_of(cell)[0] == answer


def test_what_is_neither_yes_nor_no_is_unknown_with_its_text_and_never_a_silent_no():
    assert cells.yes_no_of("wordt nagevraagd") == ("unknown", "wordt nagevraagd")


@pytest.mark.parametrize(
    ("cell", "answer"),
    [("neen", ("no", "")), ("?", ("unknown", "")), ("", ("unknown", "")), ("borderline", ("diagnosed", "borderline")),
     ("vermoeden", ("suspected", "vermoeden")), ("Vermoedelijk psychose", ("suspected", "Vermoedelijk psychose")),
     ("depressie?", ("suspected", "depressie?")), ("ja", ("diagnosed", ""))],
)  # fmt: skip
def test_a_problem_is_diagnosed_suspected_absent_or_unknown(cell, answer):
    assert cells.mental_health_of(cell) == answer


@pytest.mark.parametrize(
    ("cell", "answer"),
    [("neen", ("no", "")), ("?", ("unknown", "")), ("alcohol", ("yes", "alcohol")), ("ja", ("yes", ""))],
)
def test_an_addiction_is_there_absent_or_unknown(cell, answer):
    assert cells.addiction_of(cell) == answer


@pytest.mark.parametrize(
    ("word", "state"), [("Nieuw", State.NEW), ("WACHTLIJST", State.WAITING), ("beeindigd", State.COMPLETED)]
)
def test_states_are_known_without_case_and_accents(word, state):
    assert cells.state_of(word) == state


def test_a_word_that_nobody_agreed_on_is_no_state():
    assert cells.state_of("zie mail") is None


def test_services_are_parted_by_semicolons_and_some_wait():
    asked = cells.services_of("Mobiel Team (wachtlijst); poetshulp;; Poetshulp ; -")
    assert asked == (Asked("Mobiel Team", True), Asked("poetshulp", False))


SPELLINGS = {"Andere": "other", "uithuiszetting": "eviction", "geen domicilie": "domicile", "domicilie": "short"}


@pytest.mark.parametrize(
    ("text", "code"),
    [
        ("ANDERE", "other"),
        ("te weinig domicilie", "short"),
        ("geen domicilie meer", "domicile"),
        ("om te beginnen", ""),
        ("", ""),
    ],
)
def test_a_reason_is_recognised_by_its_words_and_else_not_at_all(text, code):
    assert cells.code_of(text, SPELLINGS) == code


def test_a_name_in_one_cell_is_parted_at_its_comma():
    assert cells.names_of("Van den Berghe, Jan", "") == ("Jan", "Van den Berghe")
    assert cells.names_of("Aerts", "Johan") == ("Johan", "Aerts")
