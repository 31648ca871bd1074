"""Taking a referral back, and recognising who it is about."""

from datetime import timedelta

import pytest

from intrek.ground.common.refusals import Refused
from intrek.ground.pathways.actions import await_, close_pathway, move
from intrek.ground.pathways.models import Awaited, Ending, Party, Pathway, Promise, Stage
from intrek.ground.people.actions import add_residence
from intrek.ground.people.models import Person
from intrek.ground.post.models import Kind, Message
from intrek.story.referral.actions import keep_apart, recognise_person, withdraw_referral
from intrek.story.referral.models import Referral
from intrek.story.referral.queries import look_alikes, own_referrals_alike
from tests.factories import member, organisation, person
from tests.referral.made import referral

pytestmark = pytest.mark.django_db


def taken_back(made, **facts):
    facts = {"withdrawn_by": "referrer", "why": "Vond zelf een woning.", "by": member("referrer")} | facts
    return withdraw_referral(made, **{"on": made.referred_on} | facts)


def codes(refused):
    return [each.code.value for each in refused.value.reasons]


@pytest.mark.parametrize(("who", "code"), [("referrer", "by_referrer"), ("client", "client_declined")])
def test_a_withdrawn_referral_closes_its_pathway_and_nobody_waits_any_more(who, code):
    made = taken_back(referral(), withdrawn_by=who)
    pathway = Pathway.objects.get(pk=made.pathway_id)
    assert (pathway.stage, pathway.ending, pathway.ended_how) == (Stage.CLOSED, Ending.WITHDRAWN, code)
    assert (pathway.hears_by, pathway.awaits) == (None, "")
    assert not Promise.objects.filter(kept_on=None).exists()


def test_a_withdrawal_asks_for_a_reason_and_a_possible_day(today):
    made = referral()
    with pytest.raises(Refused) as refused:
        taken_back(made, why=" ", on=today - timedelta(days=1))
    assert codes(refused) == ["withdrawn_early", "no_why"]
    with pytest.raises(Refused) as refused:
        taken_back(made, on=today + timedelta(days=1))
    assert codes(refused) == ["withdrawn_later"]


def test_what_the_team_withdraws_its_referrer_hears():
    made = referral()
    taken_back(made, by=member("coordinator"))
    told = Message.objects.get(kind=Kind.WITHDRAWN)
    assert (told.to, told.text) == (made.referrer, "Vond zelf een woning.")


def test_what_a_partner_withdraws_the_coordinators_hear_and_not_who_did_it():
    coordinator, made = member("coordinator"), referral()
    taken_back(made, by=made.referrer.memberships.get().standing_on(made.referred_on))
    assert [each.to for each in Message.objects.filter(kind=Kind.WITHDRAWN)] == [coordinator.contact]


def test_a_withdrawal_is_not_repeated():
    made = taken_back(referral())
    with pytest.raises(Refused) as refused:
        taken_back(Referral.objects.get(pk=made.pk))
    assert codes(refused) == ["withdrawn_already"]


@pytest.mark.parametrize(("stage", "code"), [(Stage.ALLOCATED, "allocated"), (Stage.RUNNING, "started")])
def test_what_has_gone_further_is_not_withdrawn(stage, code):
    made = referral()
    for each in (Stage.WAITING, stage):
        move(made.pathway, each)
    with pytest.raises(Refused) as refused:
        taken_back(made)
    assert codes(refused) == [code]
    assert Pathway.objects.get(pk=made.pathway_id).stage == stage


def test_a_likely_existing_person_is_found_under_another_spelling():
    known = person("Katrien", "Van den Berghe")
    made = referral(person("Katrien", "Vandenberghe"))
    assert [each.person for each in look_alikes(made)] == [known]


def test_recognised_the_older_entry_gets_the_pathway_and_what_was_not_known_of_it(today):
    known = person("Katrien", "Van den Berghe", phone="+3250123456")
    newer = person("Katrien", "Vandenberghe", phone="+32470000000", email="k@example.org")
    add_residence(newer, municipality="Brugge", still_there=True)
    made = recognise_person(referral(newer), as_person=known, on=today, by=member())
    kept = Person.objects.get(pathways=made.pathway_id)
    assert (kept, kept.phone, kept.email) == (known, "+3250123456", "k@example.org")
    assert kept.residences.count() == 1
    assert not Person.objects.filter(pk=newer.pk).exists()
    assert made.same_person_checked_on == today


def test_two_open_pathways_do_not_become_one_and_the_reason_leads_to_the_other(today):
    first, second = referral(person("Jan", "Peeters")), referral(person("Jan", "Peeters"))
    with pytest.raises(Refused) as refused:
        recognise_person(second, as_person=first.pathway.person, on=today, by=member())
    reason = refused.value.reasons[0]
    assert reason.code.value == "both_open"
    assert str(first.pathway_id) in reason.way_out.url
    assert Person.objects.filter(family_name="Peeters").count() == 2


def test_somebody_who_comes_back_after_years_keeps_one_entry_with_two_pathways(today):
    first = referral(person("Jan", "Peeters"))
    close_pathway(first.pathway, ending=Ending.DECLINED, on=today, by=None)
    second = recognise_person(referral(person("Jan", "Peeters")), as_person=first.pathway.person, on=today, by=member())
    assert second.pathway.person.pathways.count() == 2


def test_decided_once_it_is_not_asked_again(today):
    made = keep_apart(referral(), on=today, by=member())
    with pytest.raises(Refused) as refused:
        keep_apart(made, on=today, by=member())
    assert codes(refused) == ["checked_already"]


def test_a_referrer_is_told_only_of_the_referrals_of_their_own_organisation():
    by = member("referrer")
    elsewhere = member("referrer", at=organisation("Beschut Wonen"))
    facts = {"given_name": "Jan", "family_name": "Peeters"}
    own = referral(person(**facts), by=by)
    referral(person(**facts), by=elsewhere)
    assert own_referrals_alike(by, facts) == [own]


def test_an_open_referral_waits_for_somebody_until_it_is_taken_back():
    pathway = referral().pathway
    await_(pathway, Awaited.ANSWER, party=Party.REFERRER, by_day=None, question="Wat?")
    assert Pathway.objects.get(pk=pathway.pk).awaits == Awaited.ANSWER
