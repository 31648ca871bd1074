from datetime import date, timedelta

import pytest
from django.utils.translation import override
from hypothesis import given
from hypothesis import strategies as st

from intrek.ground.common.dates import ImpreciseDay, NotADay, Precision, parse_day
from intrek.ground.common.typed_days import Fault
from intrek.ground.common.wording import short_day

TODAY = date(2026, 11, 23)
languages = st.sampled_from(["nl", "fr", "en"])
days = st.dates(date(1900, 1, 1), date(2150, 12, 31))


@pytest.mark.parametrize(
    "typed",
    [
        "3 maart 2027", "3 mrt 2027", "3 mrt. 2027", "3 Maart 2027", "3maart2027", "woensdag 3 maart 2027", "wo 3/3/2027",
        "3/3/2027", "03/03/2027", "3-3-27", "3.3.2027", "3 3 2027", "3 / 3 / 2027", "2027-03-03", "2027/3/3", "3-mrt-2027",
        "3 mars 2027", "mercredi, 3 mars 2027", "3 March 2027", "3rd March 2027", "March 3, 2027", "  3/3/2027 ",
    ],
)  # fmt: skip
def test_a_day_may_be_written_as_people_write_it(typed):
    assert parse_day(typed) == date(2027, 3, 3)


@pytest.mark.parametrize(
    ("typed", "day"),
    [
        ("1er février 2027", date(2027, 2, 1)),
        ("15 août 2026", date(2026, 8, 15)),
        ("15 déc. 2026", date(2026, 12, 15)),
        ("29/2/2028", date(2028, 2, 29)),
        ("5/6/69", date(2069, 6, 5)),
        ("5/6/70", date(1970, 6, 5)),
        ("vandaag", TODAY),
        ("Morgen", date(2026, 11, 24)),
        ("gisteren", date(2026, 11, 22)),
        ("aujourd’hui", TODAY),
        ("today", TODAY),
    ],
)
def test_words_accents_and_leap_days_are_understood(typed, day):
    assert parse_day(typed, today=TODAY) == day


@given(days, languages)
def test_a_day_as_we_write_it_is_read_back_in_every_language(day, language):
    with override(language):
        written = str(ImpreciseDay.exact(day))
        short = short_day(day)
    assert parse_day(written) == parse_day(short) == day


@pytest.mark.parametrize(
    ("typed", "fault"),
    [
        ("31/2/2025", Fault.NO_SUCH_DAY),
        ("29 februari 2027", Fault.NO_SUCH_DAY),
        ("0/5/2027", Fault.NO_SUCH_DAY),
        ("3/13/2027", Fault.NO_SUCH_MONTH),
        ("3/0/2027", Fault.NO_SUCH_MONTH),
        ("3/3", Fault.NO_YEAR),
        ("3 maart", Fault.NO_YEAR),
        ("3 maart 1500", Fault.STRANGE_YEAR),
        ("3 maart 9999", Fault.STRANGE_YEAR),
        ("3 smart 2027", Fault.UNREADABLE),
        ("volgende week", Fault.UNREADABLE),
        ("46000", Fault.UNREADABLE),
        ("3/3/20277", Fault.UNREADABLE),
        ("٣/٣/٢٠٢٧x", Fault.UNREADABLE),
        ("vandaag", Fault.UNREADABLE),
        ("2027", Fault.UNREADABLE),
    ],
)
def test_what_is_not_a_day_is_refused_with_the_precise_fault(typed, fault):
    with pytest.raises(NotADay) as refused:
        parse_day(typed)
    assert refused.value.fault == fault
    assert "%(" not in str(refused.value)


def test_a_day_of_birth_asks_four_figures_for_the_year():
    with pytest.raises(NotADay) as refused:
        parse_day("3-3-48", short_years=False)
    assert refused.value.fault == Fault.SHORT_YEAR
    assert parse_day("3-3-1948", short_years=False) == date(1948, 3, 3)


def outcome(text):
    try:
        return ImpreciseDay.parse(text, today=TODAY)
    except NotADay as refused:
        return str(refused)


@given(st.text(max_size=30) | st.from_regex(r"[0-9/. -]{1,12}", fullmatch=True))
def test_no_text_whatever_breaks_the_reader(text):
    assert isinstance(outcome(text), ImpreciseDay | str)
    assert outcome(text) != ""


@pytest.mark.parametrize(
    ("typed", "earliest", "latest", "precision"),
    [
        ("2024", date(2024, 1, 1), date(2024, 12, 31), Precision.YEAR),
        ("sinds 2024", date(2024, 1, 1), date(2024, 12, 31), Precision.YEAR),
        ("03/2024", date(2024, 3, 1), date(2024, 3, 31), Precision.MONTH),
        ("februari 2024", date(2024, 2, 1), date(2024, 2, 29), Precision.MONTH),
        ("2024-02", date(2024, 2, 1), date(2024, 2, 29), Precision.MONTH),
        ("depuis février 2024", date(2024, 2, 1), date(2024, 2, 29), Precision.MONTH),
        ("3/3/2024", date(2024, 3, 3), date(2024, 3, 3), Precision.DAY),
        ("onbekend", None, None, Precision.UNKNOWN),
        ("?", None, None, Precision.UNKNOWN),
    ],
)
def test_an_imprecise_day_stays_as_imprecise_as_it_was_said(typed, earliest, latest, precision):
    day = ImpreciseDay.parse(typed)
    assert (day.earliest, day.latest, day.precision) == (earliest, latest, precision)


@given(days, st.sampled_from(["exact", "month", "year", "unknown"]), languages)
def test_an_imprecise_day_as_we_write_it_is_read_back_with_the_same_precision(day, kind, language):
    known = {
        "exact": ImpreciseDay.exact(day),
        "month": ImpreciseDay.of_month(day.year, day.month),
        "year": ImpreciseDay.of_year(day.year),
        "unknown": ImpreciseDay(),
    }[kind]
    with override(language):
        assert ImpreciseDay.parse(str(known)) == known


def test_an_open_side_is_said_in_words_and_is_not_a_day():
    with override("en"):
        assert str(ImpreciseDay(date(2024, 1, 1), None)) == "on or after 1 January 2024"
        assert str(ImpreciseDay(None, date(2024, 1, 1))) == "on or before 1 January 2024"
    assert ImpreciseDay(date(2024, 1, 1), None).day is None
    assert not ImpreciseDay()
    with pytest.raises(ValueError, match="is before"):
        ImpreciseDay(TODAY, TODAY - timedelta(days=1))


def test_a_thirteenth_month_is_not_a_month():
    with pytest.raises(NotADay) as refused:
        ImpreciseDay.parse("13/2024")
    assert refused.value.fault == Fault.NO_SUCH_MONTH
