"""Fields read what people write, say precisely what is wrong, and show again what was typed."""

from datetime import date, time
from decimal import Decimal

import pytest
from django.core.exceptions import ValidationError
from django.utils.translation import override
from hypothesis import given
from hypothesis import strategies as st

from intrek.ground.common.choices import YesNoUnknown
from intrek.ground.common.dates import ImpreciseDay
from intrek.ground.common.fields import (
    CheckboxesField,
    DayField,
    ImpreciseDayField,
    MinutesField,
    MoneyField,
    PhoneField,
    RegisterNumberField,
    TimeOfDayField,
    YesNoUnknownField,
    phone_text,
)

languages = st.sampled_from(["nl", "fr", "en"])


def fault(field, typed):
    with override("en"), pytest.raises(ValidationError) as refused:
        field.clean(typed)
    with override("en"):
        return " ".join(refused.value.messages)


@pytest.mark.parametrize(
    ("typed", "amount"),
    [
        ("412,50", "412.50"), ("412.50", "412.50"), ("€ 412.50", "412.50"), ("412,5", "412.50"), ("412", "412.00"),
        ("412,-", "412.00"), ("412 euro", "412.00"), ("1.234,50", "1234.50"), ("1 234,50", "1234.50"), ("EUR 3", "3.00"),
        ("1,234.50", "1234.50"), ("1.234", "1234.00"), ("0", "0.00"), ("0,05", "0.05"), ("1.234.567,8", "1234567.80"),
    ],
)  # fmt: skip
def test_an_amount_may_be_written_as_people_write_it(typed, amount):
    assert MoneyField().clean(typed) == Decimal(amount)


@pytest.mark.parametrize("typed", ["1,234", "12,345", "veel", "12 34", "1.23.4", "412,505", "1e5", "€", "٤١٢", "12,,5"])
def test_what_is_no_amount_is_refused_in_words(typed):
    assert "is not an amount" in fault(MoneyField(), typed)


def test_an_amount_is_never_below_zero_nor_beyond_the_column():
    assert "below zero" in fault(MoneyField(), "-5")
    assert "at most € 10.00" in fault(MoneyField(most=Decimal(10)), "10,01")


@given(st.decimals(0, 9_999_999, places=2), languages)
def test_an_amount_as_we_show_it_is_read_back(amount, language):
    field = MoneyField()
    with override(language):
        assert field.clean(field.prepare_value(amount)) == amount


@given(st.dates(date(1900, 1, 1), date(2150, 1, 1)))
def test_a_stored_day_is_shown_so_that_it_is_read_back(day):
    field = DayField(birth=False)
    assert field.clean(field.prepare_value(day)) == day
    assert not field.has_changed(day, field.prepare_value(day))


@given(
    st.dates(date(1900, 1, 1), date(2150, 1, 1)),
    st.dates(date(1900, 1, 1), date(2150, 1, 1)),
    languages,
)
def test_a_stored_imprecise_day_is_shown_so_that_it_is_read_back(one, other, language):
    field = ImpreciseDayField()
    first, last = sorted([one, other])
    known = [ImpreciseDay(first, last), ImpreciseDay.of_month(one.year, one.month), ImpreciseDay.of_year(one.year)]
    with override(language):
        for day in [*known, ImpreciseDay()]:
            assert field.clean(field.prepare_value(day)) == day


def test_a_day_of_birth_lies_in_the_past_and_has_a_whole_year():
    field = DayField(birth=True)
    field.today = date(2026, 11, 23)
    assert field.clean("3/3/1984") == date(1984, 3, 3)
    assert field.clean("23/11/2026") == date(2026, 11, 23)
    assert "lies in the future" in fault(field, "24/11/2026")
    assert "four figures" in fault(field, "3/3/84")


def test_an_imprecise_day_is_in_the_future_only_when_all_of_it_is():
    field = ImpreciseDayField(past=True)
    field.today = date(2026, 11, 23)
    assert field.clean("2026") == ImpreciseDay.of_year(2026)
    assert "lies in the future" in fault(field, "2027")


def test_what_was_typed_comes_back_as_it_was_typed():
    assert DayField().prepare_value("31/2/2025") == "31/2/2025"
    assert MoneyField().prepare_value("veel") == "veel"


def test_an_empty_answer_is_no_answer_unless_it_is_asked():
    for field in (
        DayField,
        ImpreciseDayField,
        MoneyField,
        PhoneField,
        RegisterNumberField,
        MinutesField,
        TimeOfDayField,
    ):
        assert field(required=False).clean("  ") is None
        with pytest.raises(ValidationError):
            field().clean("")


@pytest.mark.parametrize("typed", ["85073003328", "85.07.30-033.28", "85 07 30 033 28", "17073003384"])
def test_a_national_register_number_is_read_with_and_without_dots(typed):
    assert len(RegisterNumberField().clean(typed)) == 11
    assert RegisterNumberField().prepare_value("85073003328") == "85.07.30-033.28"


@pytest.mark.parametrize(
    ("typed", "words"),
    [
        ("85.07.30-033.29", "last two figures do not fit"),
        ("85.07.30-033.2", "has 11 figures; “85.07.30-033.2” has 10"),
        ("abc", "has 0"),
        ("00000000000", "not a day of birth"),
    ],
)
def test_a_register_number_says_precisely_what_is_wrong(typed, words):
    assert words in fault(RegisterNumberField(), typed)


def test_a_telephone_number_is_belgian_unless_it_says_otherwise():
    assert PhoneField().clean("0470/12 34 56") == "+32470123456"
    assert PhoneField().clean("+33 1 42 68 53 00") == "+33142685300"
    assert phone_text("+32470123456") == "0470 12 34 56"
    assert phone_text("+33142685300").startswith("+33")
    assert phone_text("bellen na 5") == "bellen na 5"
    assert "is not a telephone number" in fault(PhoneField(), "0470 12 34")


@pytest.mark.parametrize(
    ("typed", "minutes"),
    [("45", 45), ("45 min", 45), ("1:30", 90), ("1u30", 90), ("1h", 60), ("2 uur", 120), ("1,5 uur", 90), ("0:05", 5)],
)
def test_a_length_of_time_in_minutes(typed, minutes):
    assert MinutesField().clean(typed) == minutes
    assert MinutesField().clean(MinutesField().prepare_value(minutes)) == minutes


@pytest.mark.parametrize("typed", ["14:30", "14.30", "14u30", "14h30", "14:30 u"])
def test_an_hour_of_the_day(typed):
    assert TimeOfDayField().clean(typed) == time(14, 30)
    assert TimeOfDayField().clean("9u") == time(9)


def test_times_that_do_not_exist_are_refused():
    assert "not an hour" in fault(TimeOfDayField(), "24:00")
    assert "not an hour" in fault(TimeOfDayField(), "9:60")
    assert "length of time" in fault(MinutesField(), "1:75")
    assert "length of time" in fault(MinutesField(), "lang")


def test_what_is_left_open_is_unknown_and_never_no():
    assert YesNoUnknownField().clean(None) == YesNoUnknown.UNKNOWN
    assert YesNoUnknownField().clean("") == YesNoUnknown.UNKNOWN
    assert YesNoUnknownField().clean("no") == YesNoUnknown.NO
    with pytest.raises(ValidationError):
        YesNoUnknownField(required=True).clean("")
    with pytest.raises(ValidationError):
        YesNoUnknownField().clean("perhaps")


def test_several_answers_stand_in_the_order_of_the_question_each_once():
    field = CheckboxesField(choices=[("a", "A"), ("Group", [("b", "B"), ("c", "C")])])
    assert field.clean(["c", "a", "c"]) == ["a", "c"]
    with pytest.raises(ValidationError):
        field.clean(["z"])


@given(st.text(max_size=20))
def test_no_text_whatever_breaks_a_field(text):
    for field in (DayField(), MoneyField(), PhoneField(), RegisterNumberField(), MinutesField(), TimeOfDayField()):
        try:
            field.clean(text)
        except ValidationError as refused:
            assert refused.messages  # noqa: PT017  # either outcome is fine; a crash is not
