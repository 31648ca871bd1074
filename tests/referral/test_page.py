"""The page of a referral: each reads what is open to them; care is never open to a housing partner."""

import pytest
from django.urls import reverse

from intrek.ground.access.actions import grant
from intrek.ground.access.models import Category, Ground
from intrek.ground.people.models import Person
from intrek.ground.programmes.queries import track_of
from intrek.story.referral.actions import correct_referral, submit_referral
from intrek.story.referral.models import Referral, ReferralCare
from tests.factories import member, organisation, person, programme_brugge
from tests.referral.made import ANSWERS, CARE, housing, referral

pytestmark = pytest.mark.django_db
SECRET = {"mental_health": "diagnosed", "mental_health_note": "Zorggeheim", "addiction_note": "Dranksecreet"}


def page(client, name, made):
    return client.get(reverse(f"referral:{name}", args=[made.pathway_id]))


def test_the_referrer_reads_what_was_said_and_by_when_they_hear(sign_in):
    by = member("referrer")
    text = page(sign_in(by), "of_pathway", referral(by=by, care=CARE | SECRET)).content.decode()
    assert "Zorggeheim" in text
    assert "Papieren." in text


def test_another_partner_finds_nothing(sign_in):
    made = referral()
    assert page(sign_in(member("referrer", at=organisation("CGG"))), "of_pathway", made).status_code == 404


def test_imported_care_is_hidden_from_the_housing_partner_and_shown_to_the_team(sign_in):
    officer = member("housing_officer")
    made = submit_referral(
        person(),
        track=track_of(programme_brugge(), "trial"),
        organisation=officer.organisation,
        referrer=officer.contact,
        referred_on=None,
        answers=ANSWERS,
        care=SECRET,
        by=None,
        history=True,
    )
    grant(
        made.pathway_id, officer.organisation, ground=Ground.OWN_REFERRAL, categories=Category, from_on=officer.from_on
    )
    for name in ("of_pathway", "said"):
        shown = page(sign_in(officer), name, made).content.decode()
        assert "Papieren." in shown
        assert "Zorggeheim" not in shown
        assert "Dranksecreet" not in shown
        assert "Zorggeheim" in page(sign_in(member()), name, made).content.decode()


def test_a_dwelling_opens_nothing_of_what_was_referred(sign_in):
    officer, made = member("housing_officer"), referral()
    seen = (Category.IDENTITY, Category.TENANCY)
    grant(made.pathway_id, officer.organisation, ground=Ground.OWN_DWELLING, categories=seen, from_on=officer.from_on)
    assert page(sign_in(officer), "of_pathway", made).status_code == 404


def test_corrections_of_the_team_are_not_shown_to_the_partner(sign_in, today):
    officer = member("housing_officer")
    made = referral(by=officer, care=None)
    correct_referral(made, support_need="Depressie vermoed.", on=today, by=member())
    assert "Depressie" not in page(sign_in(officer), "of_pathway", made).content.decode()
    assert "Depressie" in page(sign_in(member()), "of_pathway", made).content.decode()


@pytest.mark.parametrize("name", ["care", "correct", "same_person"])
def test_only_the_team_fills_in_and_decides(sign_in, name):
    by = member("referrer")
    made = referral(by=by)
    assert page(sign_in(by), name, made).status_code == 404
    assert page(sign_in(member("support_worker")), name, made).status_code == 200


def test_the_worker_fills_in_the_care_of_a_housing_partners_referral(sign_in):
    made = referral(by=member("housing_officer"))
    client, url = sign_in(member("support_worker")), reverse("referral:care", args=[made.pathway_id])
    assert client.post(url, {"mental_health": "diagnosed", "addiction": "no"}).status_code == 302
    assert ReferralCare.objects.get(referral=made).mental_health == "diagnosed"
    assert Referral.objects.get(pk=made.pk).said["care"] is None


def test_two_people_who_correct_at_once_both_keep_their_words(sign_in, today):
    made = referral()
    client, url = sign_in(member("support_worker")), reverse("referral:correct", args=[made.pathway_id])
    hidden = dict(client.get(url).context["work"].hidden)
    answers = client.get(url).context["work"].base
    correct_referral(made, goals="Van de ander.", on=today, by=member())
    sent = client.post(url, answers | hidden | {"goals": "Van mij."})
    assert sent.status_code == 200
    assert [(each.mine, each.theirs) for each in sent.context["work"].clashes] == [("Van mij.", "Van de ander.")]
    assert Referral.objects.get(pk=made.pk).goals == "Van de ander."


def test_a_look_alike_is_shown_at_intake_and_decided(sign_in):
    known = person("Tine", "Verlinde")
    made = referral(person("Tine", "Verlinde"))
    client = sign_in(member())
    assert reverse("referral:same_person", args=[made.pathway_id]) in page(client, "of_pathway", made).content.decode()
    assert known.name in page(client, "same_person", made).content.decode()
    sent = client.post(reverse("referral:same_person", args=[made.pathway_id]), {"person": str(known.pk)})
    assert sent.status_code == 302
    assert Person.objects.get(pathways=made.pathway_id) == known


def test_a_person_of_whom_nothing_speaks_for_being_the_same_cannot_be_chosen(sign_in):
    stranger, made = person(), referral()
    url = reverse("referral:same_person", args=[made.pathway_id])
    assert sign_in(member()).post(url, {"person": str(stranger.pk)}).status_code == 200
    assert Person.objects.filter(pk=stranger.pk).exists()


def test_a_referrer_sees_no_look_alike(sign_in):
    by = member("referrer")
    person("Tine", "Verlinde")
    made = referral(person("Tine", "Verlinde"), by=by)
    url = reverse("referral:same_person", args=[made.pathway_id])
    assert url not in page(sign_in(by), "of_pathway", made).content.decode()


def test_the_referrer_takes_back_their_own_with_a_reason(sign_in, today):
    by = member("referrer")
    made, client = referral(by=by), sign_in(by)
    url, day = reverse("referral:withdraw", args=[made.pathway_id]), f"{today.day}/{today.month}/{today.year}"
    assert client.post(url, {"withdrawn_by": "client", "on": day, "why": ""}).status_code == 200
    assert client.post(url, {"withdrawn_by": "client", "on": day, "why": "Wil niet meer."}).status_code == 302
    assert Referral.objects.get(pk=made.pk).withdrawn_why == "Wil niet meer."
    assert client.get(url).status_code == 404


def test_a_partner_that_reads_the_referral_of_another_does_not_take_it_back(sign_in):
    other, made = member("referrer", at=organisation("CGG")), referral()
    grant(made.pathway_id, other.organisation, ground=Ground.OWN_REFERRAL, categories=Category, from_on=other.from_on)
    client = sign_in(other)
    assert page(client, "of_pathway", made).status_code == 200
    assert page(client, "withdraw", made).status_code == 404


def test_housing_does_not_know_the_other_housing(sign_in):
    made = referral(by=member("housing_officer", at=housing("SVK Sovekans")))
    assert page(sign_in(member("housing_officer")), "of_pathway", made).status_code == 404
