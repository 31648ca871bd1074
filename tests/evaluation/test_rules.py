from datetime import date

from intrek.story.evaluation import rules
from intrek.story.evaluation.rules import Reason, Said, Term

DOMAINS = ("home_care", "money")
TERM = Term(date(2026, 3, 1), is_ended=False, ended_on=None, is_trial=True)
SAID = {"held_on": date(2026, 4, 30), "scores": {"home_care": (2, None)}}


def codes(term=TERM, today=date(2026, 5, 1), **said):
    found = rules.hold_reasons(term, Said(**{**SAID, **said}), DOMAINS, today=today)
    return [each.code for each in found]


def test_an_evaluation_within_the_term_is_written_down():
    assert codes() == []


def test_an_evaluation_of_a_closed_term_is_refused():
    ended = Term(date(2026, 3, 1), is_ended=True, ended_on=date(2026, 4, 1), is_trial=True)
    assert codes(ended) == [Reason.TERM_CLOSED]


def test_a_term_of_which_history_does_not_know_the_last_day_is_closed_all_the_same():
    assert codes(Term(None, is_ended=True, ended_on=None, is_trial=True)) == [Reason.TERM_CLOSED_UNKNOWN]


def test_an_evaluation_before_the_start_is_refused():
    assert codes(held_on=date(2026, 2, 28)) == [Reason.BEFORE_START]


def test_an_evaluation_of_tomorrow_is_refused():
    assert codes(held_on=date(2026, 5, 2)) == [Reason.IN_FUTURE]


def test_a_second_evaluation_on_one_day_is_refused():
    held = Term(date(2026, 3, 1), is_ended=False, ended_on=None, is_trial=True, held={date(2026, 4, 30): 1})
    assert codes(held) == [Reason.SAME_DAY]


def test_unknown_is_a_score_but_an_evaluation_says_something():
    assert codes(scores={"home_care": (None, None)}) == [Reason.NOTHING_SAID]
    assert codes(scores={"home_care": (None, None)}, has_words=True) == []


def test_a_score_is_of_the_programmes_own_domains_from_0_to_4():
    assert codes(scores={"music": (1, 1), "money": (5, 0)}) == [Reason.UNKNOWN_DOMAIN, Reason.NO_SUCH_SCORE]


def test_a_final_evaluation_says_whether_it_is_positive_and_what_comes_next():
    assert codes(is_final=True) == [Reason.NO_VERDICT, Reason.NO_NEXT_STEP]


def test_only_the_final_evaluation_decides():
    assert codes(next_step="stop") == [Reason.ONLY_FINAL_DECIDES]


def test_an_extension_says_until_when():
    assert codes(is_final=True, is_positive=True, next_step="extend") == [Reason.NO_NEW_LAST_DAY]


def test_support_as_a_condition_belongs_to_a_positive_trial_stay_that_moves_on():
    told = {"is_final": True, "next_step": "move_on", "support_goes_on": True}
    sitting = Term(date(2026, 3, 1), is_ended=False, ended_on=None, is_trial=False)
    assert codes(is_positive=True, **told) == []
    assert codes(is_positive=False, **told) == [Reason.CONDITION_WITHOUT_TENANCY]
    assert codes(sitting, is_positive=True, **told) == [Reason.CONDITION_WITHOUT_TENANCY]


def test_every_reason_is_told_at_once():
    ended = Term(date(2026, 3, 1), is_ended=True, ended_on=date(2026, 4, 1), is_trial=True)
    found = codes(ended, held_on=date(2026, 9, 1), is_final=True, scores={"money": (7, 1)})
    assert found == [
        Reason.TERM_CLOSED,
        Reason.IN_FUTURE,
        Reason.NO_SUCH_SCORE,
        Reason.NO_VERDICT,
        Reason.NO_NEXT_STEP,
    ]
