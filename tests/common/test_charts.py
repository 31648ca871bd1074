"""Days and scores become places on paper."""

from datetime import date
from itertools import pairwise

import pytest

from intrek.ground.common import charts
from intrek.ground.common.charts import Domain, Moment, Span, StripRow

YEAR = {"starts_on": date(2026, 1, 1), "ends_on": date(2026, 12, 31)}
LEGEND = {"solid": "stay", "own": "own contract", "free": "free"}


def drawn(*spans, **options):
    return charts.strips([StripRow("Oliebaan 41", spans)], legend=LEGEND, **(YEAR | {"width": 365} | options))


def test_a_last_day_counts_in_full():
    (bar,) = drawn(Span("solid", date(2026, 1, 1), date(2026, 1, 10))).rows[0].bars
    assert (bar.x, bar.width) == (0.0, 10.0)


def test_what_lies_outside_the_picture_is_cut_at_its_edge_and_told_whole_in_the_table():
    row = drawn(Span("solid", date(2025, 6, 1), date(2027, 6, 1)), Span("free", date(2028, 1, 1), None)).rows[0]
    assert [(bar.x, bar.width) for bar in row.bars] == [(0.0, 365.0)]
    assert len(row.all_bars) == 2
    assert "2025" in row.all_bars[0].from_text


def test_a_span_without_a_last_day_runs_on():
    (bar,) = drawn(Span("free", date(2026, 12, 1), None)).rows[0].bars
    assert bar.x + bar.width == 365.0


def test_a_word_that_does_not_fit_is_left_out_of_the_picture_and_kept_in_words():
    row = drawn(Span("solid", date(2026, 1, 1), date(2026, 1, 5), "A very long name")).rows[0]
    assert row.bars[0].text == ""
    assert row.words.startswith("Oliebaan 41: stay")


def test_a_home_of_ones_own_has_a_sign_that_is_not_a_colour():
    stay, own = (
        drawn(Span("solid", date(2026, 1, 1), date(2026, 3, 31)), Span("own", date(2026, 4, 1), None)).rows[0].bars
    )
    assert own.path
    assert not stay.path


def test_a_day_outside_the_picture_draws_no_line():
    picture = drawn(today=date(2027, 1, 1), end=date(2025, 12, 31))
    assert picture.today_x is None
    assert picture.end_x is None


def test_labels_above_the_picture_never_lie_over_each_other():
    picture = drawn(width=640, today=date(2026, 6, 10), end=date(2026, 6, 20))
    places = sorted(label.x for label in picture.labels)
    assert min(after - before for before, after in pairwise(places)) > 30


@pytest.mark.parametrize(("on", "share"), [(date(2025, 1, 1), 0), (date(2026, 1, 1), 0), (date(2028, 1, 1), 1)])
def test_a_fraction_stays_between_nothing_and_all(on, share):
    assert charts.fraction(on, **YEAR) == share


def test_an_unknown_score_breaks_the_line_and_is_never_a_zero():
    moments = [Moment("Start", "May"), Moment("Evaluation 1", "Jul"), Moment("Evaluation 2", "Oct")]
    small = charts.multiples(moments, [Domain("Home", [1, None, 3], [2, 2, 2])]).smalls[0]
    assert small.resident.paths == []
    assert len(small.resident.dots) == 2
    assert small.unknown_at == [110.0]
    assert "0" not in small.cells[1].text


def test_one_evaluation_is_enough_for_a_picture():
    small = charts.multiples([Moment("Start", "May")], [Domain("Home", [4], [0])]).smalls[0]
    assert [dot.y for dot in small.resident.dots] == [10]


def test_two_funnels_can_share_a_scale():
    assert [row.width for row in charts.funnel([("Referred", 11, "", "")], scale=30)] == [36.7]
    assert [row.width for row in charts.funnel([("Referred", 0, "", "")])] == [0.0]


def test_the_clock_is_full_in_the_last_month():
    assert charts.clock_face(12, 12).is_full
    assert not charts.clock_face(11, 12).is_full
    assert charts.clock_face(0, 12).past == ""
