"""Eighteen months of a dwelling, without a gap while it is in the pool (P8)."""

from datetime import date

from intrek.story.allocation.rules import Given, Lived, OfferFacts, State, Stretch, state_of, stretches

JAN, MAR, MAY, JUL, SEP = (date(2026, month, 1) for month in (1, 3, 5, 7, 9))
OFFER = OfferFacts("Lange Rei 88", offered_on=JAN)


def told(*found):
    return [(each.kind, each.from_on, each.until_on) for each in found]


def test_a_dwelling_that_nobody_holds_is_free_since_its_offer():
    assert stretches([OFFER], [], []) == [Stretch("free", JAN, None)]


def test_before_it_is_available_it_is_offered_only():
    offer = OfferFacts("x", offered_on=JAN, available_from=MAR)
    assert told(*stretches([offer], [], [])) == [("wait", JAN, date(2026, 2, 28)), ("free", MAR, None)]


def test_from_acceptance_to_keys_it_is_prepared_then_lived_in_then_free_again():
    given = [Given(JAN, MAR, JUL, None)]
    stays = [Lived(is_lease=False, from_on=MAY, until_on=date(2026, 6, 30))]
    kinds = told(*stretches([OFFER], given, stays))
    assert kinds == [("free", JAN, date(2026, 4, 30)), ("solid", MAY, date(2026, 6, 30)), ("free", JUL, None)]


def test_while_the_candidate_decides_the_dwelling_says_so():
    free, asked = stretches([OFFER], [Given(MAR, None, None, None)], [])
    assert (free.kind, free.text, asked.kind, asked.text) == ("free", "", "free", "candidate decides")


def test_a_planned_stay_stands_ahead():
    found = stretches([OFFER], [Given(JAN, MAR, None, MAY, "Nora")], [])
    assert told(*found) == [("free", JAN, date(2026, 2, 28)), ("ready", MAR, date(2026, 4, 30)), ("planned", MAY, None)]


def test_a_success_leaves_the_pool_as_somebodys_home():
    offer = OfferFacts("x", offered_on=JAN, used_up_on=JUL)
    stays = [Lived(False, JAN, date(2026, 6, 30)), Lived(is_lease=True, from_on=JUL, until_on=None)]
    assert told(*stretches([offer], [], stays)) == [("solid", JAN, date(2026, 6, 30)), ("own", JUL, None)]
    assert state_of(offer, None, stays, SEP) == State.TENANCY


def test_a_running_trial_stay_ends_on_its_agreed_last_day_and_the_dwelling_is_free_after_it():
    stays = [Lived(is_lease=False, from_on=JAN, until_on=None, expected_until=date(2026, 6, 30))]
    assert told(*stretches([OFFER], [], stays)) == [("solid", JAN, date(2026, 6, 30)), ("free", JUL, None)]


def test_after_it_was_withdrawn_nothing_is_free():
    offer = OfferFacts("x", offered_on=JAN, withdrawn_on=MAR)
    assert told(*stretches([offer], [], [])) == [("free", JAN, date(2026, 2, 28))]
    assert state_of(offer, None, [], MAY) == State.WITHDRAWN


def test_what_a_dwelling_does_on_a_day():
    later = OfferFacts("x", offered_on=JAN, available_from=JUL)
    asked, accepted = Given(JAN, None, None, None), Given(JAN, MAR, None, None)
    assert state_of(later, None, [], MAR) == State.OFFERED
    assert state_of(OFFER, None, [], MAR) == State.FREE
    assert state_of(OFFER, asked, [], MAR) == State.CANDIDATE
    assert state_of(OFFER, accepted, [], MAR) == State.PREPARED
    assert state_of(OFFER, accepted, [Lived(False, MAR, None)], MAY) == State.TRIAL
