"""Handing in: what was said is frozen, the pathway opens, and the referrer knows by when they hear."""

from datetime import date, timedelta

import pytest

from intrek.ground.access.models import Category, Grant
from intrek.ground.common.refusals import Refused
from intrek.ground.journal.models import Entry
from intrek.ground.partners.actions import add_contact
from intrek.ground.pathways.models import Awaited, Party, Pathway, Promise, Stage
from intrek.ground.people.actions import add_residence
from intrek.ground.post.models import Kind, Message
from intrek.ground.programmes.queries import track_of
from intrek.story.referral.actions import correct_referral, note_care, submit_referral
from intrek.story.referral.models import Referral, ReferralCare
from tests.factories import member, organisation, person, programme_brugge, real_today, second_programme
from tests.referral.made import ANSWERS, CARE, housing, referral

pytestmark = pytest.mark.django_db


def codes(refused):
    return [each.code.value for each in refused.value.reasons]


def test_the_pathway_opens_and_waits_for_the_agenda():
    pathway = referral().pathway
    assert (pathway.stage, pathway.awaits, pathway.awaits_party) == (Stage.NEW, Awaited.AGENDA, Party.COORDINATOR)


def test_the_referrer_is_promised_a_day_and_told_that_it_was_received(today):
    made = referral()
    promise = Promise.objects.get(pathway=made.pathway)
    assert promise.due_on == made.pathway.hears_by == made.pathway.awaits_by == today + timedelta(days=21)
    assert Message.objects.get(to=made.referrer).kind == Kind.REFERRAL_RECEIVED


def test_what_was_said_stays_as_it_was_said_when_answers_are_corrected(today):
    made, by = referral(), member("support_worker")
    correct_referral(made, support_need="Iets anders.", on=today, by=by)
    note_care(made, mental_health="diagnosed", on=today, by=by)
    again = Referral.objects.get(pk=made.pk)
    assert (again.support_need, again.care.mental_health) == ("Iets anders.", "diagnosed")
    assert (again.said["referral"]["support_need"], again.said["care"]["mental_health"]) == ("Papieren.", "suspected")


def test_where_the_person_lived_is_frozen_with_its_imprecision():
    somebody = person()
    add_residence(somebody, municipality="Izegem", since=(date(2024, 1, 1), date(2024, 12, 31)), still_there=True)
    told = referral(somebody).said["residences"][0]
    assert (told["from_earliest"], told["from_latest"]) == ("2024-01-01", "2024-12-31")


def test_a_referral_by_a_housing_partner_keeps_no_care_even_when_it_is_sent():
    made = referral(by=member("housing_officer"), care={**CARE, "justice_note": "Geheim"})
    care = ReferralCare.objects.get(referral=made)
    assert (care.mental_health, care.mental_health_note, care.justice_note) == ("unknown", "", "")
    assert "Geheim" not in str(made.said)


def test_the_housing_partner_gets_no_sight_of_care_and_the_welfare_partner_does():
    of_housing, of_welfare = referral(by=member("housing_officer")), referral()
    seen = {str(each.pathway_id): set(each.categories) for each in Grant.objects.filter(ground="own_referral")}
    assert not seen[str(of_housing.pathway_id)] & {Category.HEALTH, Category.ADDICTION, Category.JUSTICE}
    assert Category.HEALTH in seen[str(of_welfare.pathway_id)]


def test_imported_care_of_a_housing_partner_is_kept_for_the_team():
    made = submit_referral(
        person(),
        track=track_of(programme_brugge(), "trial"),
        organisation=housing(),
        referrer=None,
        referred_on=date(2014, 3, 3),
        answers=ANSWERS,
        care=CARE,
        by=None,
        history=True,
    )
    assert made.care.mental_health == "suspected"
    assert not Message.objects.exists()
    assert not Promise.objects.exists()


def test_history_without_a_day_stays_without_a_day():
    made = submit_referral(
        person(),
        track=track_of(programme_brugge(), "sitting"),
        organisation=organisation(),
        referrer=None,
        referred_on=None,
        answers={},
        care=None,
        by=None,
        history=True,
    )
    assert made.referred_on is None
    assert made.pathway.to_complete == ["referred_on"]
    assert made.pathway.awaits == Awaited.AGENDA


def test_every_reason_why_not_is_told_at_once(today):
    by, elsewhere = member("referrer"), organisation("Beschut Wonen")
    elsewhere.until_on = today - timedelta(days=9)
    elsewhere.save()
    with pytest.raises(Refused) as refused:
        referral(by=by, organisation=elsewhere, referrer=by.contact, on=today)
    assert codes(refused) == ["not_yours", "partner_left", "referrer_elsewhere"]
    assert not Pathway.objects.exists()


def test_a_referral_of_tomorrow_or_without_a_day_is_refused(today):
    with pytest.raises(Refused) as refused:
        referral(on=today + timedelta(days=1))
    assert codes(refused) == ["in_future"]
    with pytest.raises(Refused) as refused:
        referral(referred_on=None)
    assert codes(refused) == ["no_day"]


def test_a_person_has_one_open_pathway():
    somebody = referral().pathway.person
    with pytest.raises(Refused) as refused:
        referral(somebody)
    assert codes(refused) == ["already_open"]
    assert Referral.objects.count() == 1


def test_nothing_crosses_from_one_programme_into_another():
    with pytest.raises(Refused) as refused:
        referral(person(programme=second_programme()))
    assert codes(refused) == ["other_programme"]


def test_the_team_types_on_behalf_of_a_partner_and_the_record_says_so():
    partner, by = organisation("CGG"), member("coordinator")
    told = add_contact(partner, "Lies Boone")
    made = referral(by=by, organisation=partner, referrer=told, typed_by=by.contact)
    entry = Entry.objects.get(verb="referral.typed")
    assert (made.organisation, made.referrer, entry.facts["typed_by"]) == (partner, told, by.contact.name)


def test_the_referral_counts_its_day_not_the_day_of_writing():
    made = referral(on=real_today() - timedelta(days=30))
    assert made.pathway.referred_on == real_today() - timedelta(days=30)
