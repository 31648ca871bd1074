"""The pages of a person, for the team."""

import pytest
from django.urls import reverse

from intrek.ground.people.models import Consent, HouseholdMember, NetworkContact, Person, Registration, Residence
from tests.factories import member, pathway, person

pytestmark = pytest.mark.django_db
NAMES = ["of_pathway", "edit", "residences", "near", "registration", "consent"]
NO_ROWS = {f"{name}-{count}_FORMS": "0" for name in ("household", "network") for count in ("TOTAL", "INITIAL")}


@pytest.fixture
def made():
    return pathway(of=person("Tine", "Verlinde", phone="+32470123456"))


def send(client, name, made, answers):
    url = reverse(f"people:{name}", args=[made.pk])
    hidden = dict(client.get(url).context["work"].hidden)
    return client.post(url, hidden | answers)


@pytest.mark.parametrize("name", NAMES)
def test_the_team_opens_every_page_and_partners_none(sign_in, made, name):
    url = reverse(f"people:{name}", args=[made.pk])
    assert sign_in(member("support_worker")).get(url).status_code == 200
    assert sign_in(member("referrer")).get(url).status_code == 404
    assert sign_in(member("administrator")).get(url).status_code == 404


def test_facts_are_corrected(sign_in, made):
    answers = {"given_name": "Tine", "family_name": "Verlinden", "birth_on": "3 maart 1984", "phone": ""}
    assert send(sign_in(member()), "edit", made, answers).status_code == 302
    again = Person.objects.get(pk=made.person_id)
    assert (again.family_name, again.birth_on.isoformat(), again.phone) == ("Verlinden", "1984-03-03", "")


def test_a_birth_date_in_the_future_and_a_wrong_check_digit_are_refused_together(sign_in, made):
    answers = {"family_name": "Verlinde", "birth_on": "3/3/2999", "register_number": "85.07.30-033.29"}
    sent = send(sign_in(member()), "edit", made, answers)
    assert sent.context["form"].errors.keys() == {"birth_on", "register_number"}


def test_a_person_keeps_at_least_one_name(sign_in, made):
    assert send(sign_in(member()), "edit", made, {"given_name": " "}).status_code == 200
    assert Person.objects.get(pk=made.person_id).family_name == "Verlinde"


def test_periods_of_residence_replace_one_another(sign_in, made):
    rows = {"residences-TOTAL_FORMS": "1", "residences-INITIAL_FORMS": "0"}
    row = {"residences-0-since": "2024", "residences-0-municipality": "Brugge", "residences-0-domicile": "yes"}
    client = sign_in(member())
    assert send(client, "residences", made, rows | row).status_code == 302
    rows["residences-INITIAL_FORMS"] = "1"
    assert send(client, "residences", made, rows | row | {"residences-0-until": "3/3/2025"}).status_code == 302
    only = Residence.objects.get(person=made.person)
    assert (only.from_earliest.isoformat(), only.until_latest.isoformat()) == ("2024-01-01", "2025-03-03")


def test_two_people_at_once_both_keep_their_periods(sign_in, made):
    first, second = sign_in(member()), sign_in(member("support_worker"))
    url = reverse("people:residences", args=[made.pk])
    hidden = dict(second.get(url).context["work"].hidden)
    rows = {"residences-TOTAL_FORMS": "1", "residences-INITIAL_FORMS": "0"}
    send(first, "residences", made, rows | {"residences-0-municipality": "Brugge"})
    sent = second.post(url, hidden | rows | {"residences-0-municipality": "Damme"})
    clash = sent.context["work"].clashes[0]
    assert ("Damme" in clash.mine, "Brugge" in clash.theirs) == (True, True)
    assert Residence.objects.get(person=made.person).municipality == "Brugge"


def test_household_and_network(sign_in, made):
    rows = NO_ROWS | {"household-TOTAL_FORMS": "1", "household-0-name": "Noor", "network-TOTAL_FORMS": "1"}
    answers = rows | {"network-0-name": "Dr. Maes", "network-0-relation": "huisarts", "household_kind": "couple"}
    assert send(sign_in(member()), "near", made, answers).status_code == 302
    assert HouseholdMember.objects.get(person=made.person).name == "Noor"
    assert NetworkContact.objects.get(person=made.person).relation == "huisarts"
    assert Person.objects.get(pk=made.person_id).household_kind == "couple"


def test_the_newest_word_on_the_registration_holds_and_the_older_stays(sign_in, made):
    client = sign_in(member())
    for answer in ("no", "yes"):
        assert send(client, "registration", made, {"registered": answer}).status_code == 302
    assert Registration.objects.filter(person=made.person).count() == 2
    shown = client.get(reverse("people:of_pathway", args=[made.pk])).context["registration"]
    assert shown.registered == "yes"


def test_an_agreement_is_given_and_taken_back_but_not_before_it_was_given(sign_in, made):
    client = sign_in(member())
    send(client, "consent", made, {"given_on": "3/3/2024", "purpose": "Bespreking"})
    url = reverse("people:end_consent", args=[made.pk, Consent.objects.get().pk])
    assert client.post(url, {"withdrawn_on": "2/3/2024"}).status_code == 200
    assert client.post(url, {"withdrawn_on": "4/3/2024"}).status_code == 302
    assert Consent.objects.get().withdrawn_on.isoformat() == "2024-03-04"


def test_an_agreement_of_somebody_else_is_not_found(sign_in, made):
    other = Consent.objects.create(programme=made.programme, person=person(), purpose="Iets")
    assert sign_in(member()).get(reverse("people:end_consent", args=[made.pk, other.pk])).status_code == 404
