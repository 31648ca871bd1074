"""The pathway line is drawn from plain facts: no database, no clock."""

from datetime import date

import pytest

from intrek.ground.pathways import rules
from intrek.ground.pathways.models import Stage, Station

TODAY = date(2026, 11, 23)
NAMES = dict(Station.choices)
CLOCK = {
    "starts_on": "2026-05-18",
    "ends_on": "2027-05-17",
    "pauses": [["2026-08-03", "2026-08-16"]],
    "evaluations": [
        {"due_on": "2026-07-18", "held_on": "2026-07-16"},
        {"due_on": "2026-10-02", "held_on": "2026-10-01"},
        {"due_on": "2026-12-02", "held_on": None},
    ],
}


def facts(
    track="trial",
    stage="running",
    steps=None,
    clock=None,
    awaits=("Answer", "Vivendo", date(2026, 12, 11)),
    continued=False,
):
    return rules.Facts("Linda", track, stage, continued, NAMES, steps or {}, clock or {}, awaits)


def done(*stations):
    return {station: ("done", date(2026, 1, 12), None) for station in stations}


def test_a_trial_resident_has_nine_stations_and_a_sitting_tenant_seven():
    assert len(rules.draw_line(facts(), TODAY).stations) == 9
    assert len(rules.draw_line(facts("sitting"), TODAY).stations) == 7


def test_a_trial_resident_who_goes_on_gets_a_second_term_after_the_tenancy():
    codes = [each.code for each in rules.draw_line(facts(continued=True), TODAY).stations]
    assert codes[-4:] == ["tenancy", "support", "second_final_evaluation", "aftercare"]


@pytest.mark.parametrize("track", ["trial", "sitting"])
@pytest.mark.parametrize("passed", range(10))
def test_an_open_pathway_stands_at_exactly_one_station(track, passed):
    stations = rules.stations_of(track, continued=False)
    line = rules.draw_line(facts(track, steps=done(*stations[:passed])), TODAY)
    assert [each.state for each in line.stations].count("now") == 1


def test_a_closed_pathway_stands_nowhere_and_awaits_nobody():
    line = rules.draw_line(facts(stage="closed", steps=done("referral", "eligibility")), TODAY)
    assert "now" not in [each.state for each in line.stations]
    assert line.awaits is None


def test_an_open_pathway_that_awaits_nobody_shows_that_as_a_fault():
    assert rules.draw_line(facts(awaits=("", "", None)), TODAY).awaits.missing


def test_what_is_awaited_past_its_day_is_late():
    awaits = rules.draw_line(facts(awaits=("Answer", "Vivendo", date(2026, 11, 20))), TODAY).awaits
    assert awaits.is_late
    assert not rules.draw_line(facts(), TODAY).awaits.is_late


def test_the_running_term_shows_a_cell_a_month_with_pauses_and_evaluations():
    months = rules.month_cells(CLOCK, TODAY)
    assert [month.state for month in months] == ["done"] * 2 + ["paused"] + ["done"] * 3 + ["now"] + ["todo"] * 5
    assert [month.evaluation for month in months][:7] == ["", "held", "", "", "held", "", "due"]


def test_the_clock_says_month_seven_of_twelve():
    clock = rules.clock_of(CLOCK, TODAY)
    assert (clock.month, clock.months, clock.next_evaluation) == (7, 12, date(2026, 12, 2))


def test_before_its_first_day_a_term_is_in_no_month():
    assert rules.clock_of(CLOCK, date(2026, 5, 17)).month == 0
    assert rules.clock_of(CLOCK, date(2026, 5, 18)).month == 1


def test_a_stopped_station_stays_visible_as_where_it_ended():
    steps = done("referral", "eligibility") | {"intervision": ("stopped", date(2026, 2, 1), None)}
    line = rules.draw_line(facts(stage="closed", steps=steps), TODAY)
    assert line.now.code == "intervision"
    assert line.now.state == "stopped"


def test_a_station_passed_on_an_unknown_day_says_so():
    line = rules.draw_line(facts(steps={"referral": ("done", None, None)}), TODAY)
    assert line.stations[0].when


@pytest.mark.parametrize(
    ("stage", "target"), [("new", "running"), ("closed", "new"), ("waiting", "aftercare"), ("aftercare", "waiting")]
)
def test_moves_the_table_does_not_know_are_refused_in_words(stage, target):
    (reason,) = rules.move_reasons(stage, target, labels=dict(Stage.choices))
    assert reason.code == rules.Reason.NO_SUCH_MOVE
    assert str(dict(Stage.choices)[target]) in str(reason)


def test_the_table_knows_every_stage_and_every_stage_can_be_left():
    assert set(rules.TRANSITIONS) == set(Stage.values)
    assert all(rules.TRANSITIONS.values())


def test_a_former_client_comes_back_from_aftercare_or_from_a_closed_pathway():
    for stage in ("aftercare", "closed"):
        assert rules.move_reasons(stage, "running", labels=dict(Stage.choices)) == []


def test_days_that_a_suspension_added_make_no_thirteenth_month():
    longer = CLOCK | {"ends_on": "2027-05-31"}
    clock = rules.clock_of(longer, date(2027, 5, 25))
    assert (clock.month, clock.months, len(clock.segments)) == (12, 12, 12)
