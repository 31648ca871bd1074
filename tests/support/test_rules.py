"""How the days of support are counted, in the words of the programme."""

from datetime import date

from intrek.story.support import rules
from intrek.story.support.rules import Rest, Term

YEAR = Term(6, 12)
MARCH = date(2026, 3, 2)


def test_an_evaluation_is_due_every_two_months_and_the_last_day_is_the_final_one():
    days = rules.evaluation_days(MARCH, date(2027, 3, 1), 2)
    assert days == [date(2026, 5, 1), date(2026, 7, 1), date(2026, 9, 1), date(2026, 11, 1), date(2027, 1, 1)]


def test_months_that_are_too_short_do_not_drift():
    days = rules.evaluation_days(date(2026, 8, 31), date(2027, 8, 30), 2)
    assert days[:3] == [date(2026, 10, 30), date(2026, 12, 30), date(2027, 2, 28)]


def test_a_suspension_moves_the_evaluations_after_it_and_leaves_those_before():
    pause = (date(2026, 6, 1), date(2026, 6, 10))
    days = rules.evaluation_days(MARCH, date(2027, 3, 11), 2, [pause])
    assert days[:3] == [date(2026, 5, 1), date(2026, 7, 11), date(2026, 9, 11)]
    assert days[-1] == date(2027, 1, 11)


def test_an_evaluation_due_on_the_first_day_of_a_suspension_moves_with_it():
    assert rules.evaluation_days(MARCH, date(2026, 9, 6), 2, [(date(2026, 5, 1), date(2026, 5, 5))])[0] == date(
        2026, 5, 6
    )


def test_two_suspensions_add_up_in_whatever_order_they_come():
    one, two = (date(2026, 4, 1), date(2026, 4, 10)), (date(2026, 5, 5), date(2026, 5, 9))
    forward = rules.evaluation_days(MARCH, date(2026, 12, 31), 2, [one, two])
    assert forward == rules.evaluation_days(MARCH, date(2026, 12, 31), 2, [two, one])
    # 1 May becomes 11 May by the first, and falls after the start of the second.
    assert forward[0] == date(2026, 5, 16)


def test_while_nobody_knows_when_a_suspension_ends_no_evaluation_after_it_has_a_day():
    assert rules.evaluation_days(MARCH, date(2027, 3, 1), 2, [(date(2026, 6, 1), None)]) == [date(2026, 5, 1)]


def test_an_evaluation_never_held_is_passed_over_once_the_next_one_is_due():
    days = [date(2026, 5, 1), date(2026, 7, 1)]
    last = date(2026, 9, 1)
    assert rules.next_evaluation(days, 0, date(2026, 6, 30), last) == (1, date(2026, 5, 1))
    assert rules.next_evaluation(days, 0, date(2026, 7, 1), last) == (2, date(2026, 7, 1))
    assert rules.next_evaluation(days, 2, date(2026, 7, 2), last) == (3, None)
    assert rules.next_evaluation(days, 0, date(2026, 9, 1), last) == (3, None)


def test_a_suspension_moves_the_last_day_only_where_the_track_says_so():
    pause = [(date(2026, 4, 1), date(2026, 4, 10))]
    agreed = date(2026, 9, 1)
    moved = rules.last_day_after(agreed, MARCH, YEAR, pause, Rest(True, False), days=10)
    assert moved == date(2026, 9, 11)
    assert rules.last_day_after(agreed, MARCH, YEAR, pause, Rest(False, False), days=10) == agreed


def test_a_suspension_that_counts_never_moves_the_last_day_past_the_longest_term():
    pause = [(date(2026, 4, 1), date(2026, 4, 10))]
    full = date(2027, 3, 1)
    assert rules.last_day_after(full, MARCH, YEAR, pause, Rest(True, True), days=10) == full
    assert rules.last_day_after(full, MARCH, YEAR, pause, Rest(True, False), days=10) == date(2027, 3, 11)


def test_every_reason_is_told_when_support_may_not_start():
    reasons = rules.start_reasons(
        stage="new",
        stage_label="new",
        may_start=False,
        closed_on=None,
        running_since=None,
        runs=True,
        has_worker=False,
        agreement_on=None,
        term=YEAR,
        starts_on=MARCH,
        last_day=date(2026, 8, 1),
    )
    found = [each.code.value for each in reasons]
    assert found == ["not_accepted", "runs_already", "no_worker", "no_agreement", "too_short"]


def test_a_suspension_is_refused_with_every_reason():
    reasons = rules.suspend_reasons(
        starts_on=MARCH,
        last_day=date(2026, 9, 1),
        ended_on=date(2026, 8, 1),
        others=[(date(2026, 1, 1), date(2026, 2, 1))],
        from_on=date(2026, 2, 1),
        until_on=date(2026, 2, 9),
        is_known_code=False,
    )
    assert [each.code.value for each in reasons] == [
        "term_ended",
        "pause_outside",
        "pause_overlaps",
        "no_pause_reason",
    ]
