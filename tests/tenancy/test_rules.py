from dataclasses import replace
from datetime import date

from intrek.ground.common.refusals import WayOut
from intrek.story.tenancy import rules
from intrek.story.tenancy.rules import Contract, Reason, Stay

STAY = Stay(
    began_on=date(2026, 3, 1),
    has_keys=True,
    is_evaluated=True,
    is_positive=True,
    moves_on=True,
    evaluated_on=date(2026, 8, 20),
)
CONTRACT = Contract(date(2026, 9, 1), date(2026, 8, 28), "Vivendo", with_support=False)
TODAY = date(2026, 8, 29)


def ready(**facts):
    return [each.code for each in rules.ready_reasons(replace(STAY, **facts))]


def contract(stay=STAY, **facts):
    found = rules.contract_reasons(stay, replace(CONTRACT, **facts), today=TODAY)
    return [each.code for each in found]


def test_a_positive_final_evaluation_leads_to_a_tenancy():
    assert ready() == []
    assert contract() == []


def test_without_a_final_evaluation_there_is_no_tenancy_and_the_way_out_leads_to_it():
    way_out = WayOut("/evaluation/", "Hold it")
    (reason,) = rules.ready_reasons(replace(STAY, is_evaluated=False), way_out)
    assert (reason.code, reason.way_out) == (Reason.NO_FINAL_EVALUATION, way_out)


def test_a_final_evaluation_that_was_not_positive_or_decided_otherwise_leads_nowhere():
    assert ready(is_positive=False) == [Reason.NOT_POSITIVE]
    assert ready(moves_on=False) == [Reason.NOT_MOVING_ON]


def test_a_stay_without_keys_or_that_failed_becomes_no_tenancy():
    assert ready(has_keys=False) == [Reason.NO_KEYS]
    assert ready(is_ended=True, ended_on=date(2026, 5, 1), ended_words="Overlast") == [Reason.STAY_ENDED]
    assert ready(is_ended=True, ended_on=date(2026, 5, 1), ended_well=True) == []


def test_a_contract_is_signed_once():
    assert ready(is_signed=True, signed_on=date(2026, 9, 1)) == [Reason.SIGNED_ALREADY]


def test_a_dwelling_that_left_the_pool_cannot_leave_it_again():
    assert ready(offer_gone_on=date(2026, 5, 1)) == [Reason.OFFER_GONE]


def test_the_lease_follows_the_loan():
    assert contract(starts_on=date(2026, 3, 1)) == [Reason.BEFORE_STAY]
    ended = replace(STAY, is_ended=True, ended_on=date(2026, 9, 1), ended_well=True)
    assert contract(ended) == [Reason.BEFORE_END_OF_LOAN]
    assert contract(ended, starts_on=date(2026, 9, 2)) == []


def test_the_landlord_is_known_and_the_signature_not_of_tomorrow():
    assert contract(landlord=None, signed_on=date(2026, 8, 30)) == [Reason.NO_LANDLORD, Reason.SIGNED_LATER]


def test_support_that_was_made_a_condition_comes_with_the_contract():
    strict = replace(STAY, support_is_condition=True)
    assert contract(strict) == [Reason.SUPPORT_IS_CONDITION]
    assert contract(strict, with_support=True) == []


def test_without_a_stay_there_is_nothing_to_sign():
    assert [each.code for each in rules.ready_reasons(None)] == [Reason.NO_STAY]
