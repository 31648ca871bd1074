from datetime import date

import pytest

from intrek.story.aftercare import rules
from intrek.story.aftercare.rules import Reason, Standing

ENDED = Standing("running", term_ended_on=date(2026, 8, 31))
START = {
    "has_anchor": True,
    "from_on": date(2026, 9, 1),
    "until_on": date(2027, 8, 31),
    "for_resident": True,
    "for_landlord": True,
}


def start(standing=ENDED, **facts):
    return [each.code for each in rules.start_reasons(standing, **{**START, **facts})]


def test_aftercare_begins_after_support():
    assert start() == []
    assert start(from_on=date(2026, 8, 30)) == [Reason.BEFORE_END_OF_SUPPORT]


def test_while_support_runs_there_is_no_aftercare():
    assert start(Standing("running", term_runs=True)) == [Reason.SUPPORT_RUNS]


def test_who_was_never_supported_has_nothing_that_comes_after():
    assert start(Standing("waiting")) == [Reason.NEVER_SUPPORTED]


def test_every_reason_against_aftercare_is_told_at_once():
    told = start(
        Standing("aftercare", anchor="Mia"),
        has_anchor=False,
        for_resident=False,
        for_landlord=False,
        until_on=date(2026, 1, 1),
    )
    assert told == [Reason.RUNS_ALREADY, Reason.NO_ANCHOR, Reason.FOR_NOBODY, Reason.ENDS_BEFORE_START]


def test_talks_are_planned_every_three_months_up_to_the_last_day():
    days = rules.review_days(date(2026, 9, 1), date(2027, 8, 31), 3)
    assert days == [date(2026, 12, 1), date(2027, 3, 1), date(2027, 6, 1)]


def test_a_short_aftercare_has_one_talk_at_its_end():
    assert rules.review_days(date(2026, 9, 1), date(2026, 10, 1), 3) == [date(2026, 10, 1)]


@pytest.mark.parametrize("stage", ["aftercare", "closed"])
def test_a_knock_is_heard_in_aftercare_and_after_it(stage):
    told = {"who": "Vivendo", "what": "Lawaai.", "on": date(2026, 9, 9), "today": date(2026, 9, 9)}
    assert rules.knock_reasons(Standing(stage), **told) == []


def test_a_knock_says_who_and_what_and_not_in_the_future():
    told = {"who": " ", "what": "", "on": date(2026, 9, 10), "today": date(2026, 9, 9)}
    found = rules.knock_reasons(Standing("running", term_runs=True), **told)
    assert [each.code for each in found] == [Reason.SUPPORT_HEARS, Reason.NO_NAME, Reason.NO_TEXT, Reason.IN_FUTURE]


def close(standing=ENDED, **facts):
    told = {"on": date(2026, 9, 9), "has_ending": True, "has_home_answer": True, "unknown_help": [], "today": None}
    return [each.code for each in rules.close_reasons(standing, **{**told, **facts})]


def test_closing_asks_both_outcomes():
    assert close() == []
    assert close(has_ending=False, has_home_answer=False) == [Reason.NO_ENDING, Reason.NO_HOME_ANSWER]


def test_closing_a_closed_pathway_is_refused():
    assert close(Standing("closed", closed_on=date(2026, 9, 1))) == [Reason.CLOSED_ALREADY]


def test_closing_waits_for_the_end_of_support_and_of_the_stay():
    assert close(Standing("running", term_runs=True)) == [Reason.SUPPORT_RUNS]
    assert close(Standing("running", stay_runs=True)) == [Reason.STAY_OPEN]


def test_lessons_are_about_the_programmes_own_kinds_of_help():
    assert close(unknown_help=["magic"]) == [Reason.UNKNOWN_HELP]
