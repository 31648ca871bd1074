"""Days, durations and money as people say them."""

from datetime import UTC, date, datetime
from decimal import Decimal

import pytest
from django.utils import translation

from intrek.ground.common import wording

TODAY = date(2026, 11, 23)


@pytest.mark.parametrize(
    ("language", "words"),
    [
        ("nl", ["3 maart 2027", "3 mrt 2027", "woensdag 3 maart"]),
        ("fr", ["3 mars 2027", "3 mars 2027", "mercredi 3 mars"]),
        ("en", ["3 March 2027", "3 Mar 2027", "Wednesday 3 March"]),
    ],
)
def test_a_day_is_written_as_people_write_it(language, words):
    on = date(2027, 3, 3)
    with translation.override(language):
        assert [wording.day(on), wording.short_day(on), wording.weekday(on)] == words


@pytest.mark.parametrize(
    ("on", "words"),
    [
        (date(2026, 12, 2), "over 9 dagen"),
        (date(2026, 11, 24), "morgen"),
        (TODAY, "vandaag"),
        (date(2026, 11, 22), "1 dag te laat"),
        (date(2026, 11, 20), "3 dagen te laat"),
        (None, ""),
    ],
)
def test_how_far_a_promised_day_is(on, words):
    with translation.override("nl"):
        assert wording.until_words(on, TODAY) == words


def test_how_long_something_lasts():
    with translation.override("nl"):
        assert wording.since_words(date(2026, 11, 15), TODAY) == "sinds 8 dagen"
        assert wording.ago_words(date(2026, 11, 15), TODAY) == "8 dagen geleden"
        assert wording.days_words(1) == "1 dag"
        assert wording.days_words(1200) == "1.200 dagen"
        assert wording.month_of(7, 12) == "maand 7 van 12"


def test_an_instant_is_told_on_the_day_it_is_here():
    assert wording.as_day(datetime(2026, 11, 23, 23, 30, tzinfo=UTC)) == date(2026, 11, 24)


def test_unknown_stays_unknown():
    with translation.override("nl"):
        assert wording.period(None, None) == "data onbekend"
        assert wording.period(date(2026, 5, 18), None) == "sinds 18 mei 2026"
    assert wording.day(None) == wording.money(None) == wording.hour(None) == ""


def test_money_is_written_with_its_cents():
    with translation.override("nl"):
        assert wording.money(Decimal("1412.5")) == "€\N{NO-BREAK SPACE}1.412,50"
