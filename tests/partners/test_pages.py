"""Partners change name and merge; their people get a role, a mail, and so a way in (P7)."""

import re
from datetime import timedelta

import pytest
from django.core import mail
from django.test import Client
from django.urls import reverse

from intrek.ground.accounts.models import User
from intrek.ground.partners.actions import invite
from intrek.ground.partners.models import Membership, Organisation, Role, Sector
from intrek.ground.partners.queries import find_organisation
from tests import factories

pytestmark = pytest.mark.django_db


def typed(on):
    return f"{on.day}/{on.month}/{on.year}"


@pytest.fixture
def coordinator():
    return factories.member("coordinator")


@pytest.fixture
def client(coordinator, sign_in):
    return sign_in(coordinator)


@pytest.fixture
def caw(coordinator):
    return factories.organisation("CAW RegioBrugge")


def test_partners_stand_under_their_side(client, caw):
    factories.organisation("Vivendo", sector=Sector.HOUSING)
    page = client.get(reverse("partners:organisations")).content.decode()
    assert page.index("OCMW Brugge") < page.index("CAW RegioBrugge") < page.index("Vivendo")


@pytest.mark.parametrize("role", ["referrer", "housing_officer", "steering_member", "protection_officer"])
def test_partners_do_not_read_the_address_book(role, sign_in, caw):
    client = sign_in(factories.member(role))
    pages = [("organisations", []), ("accounts", []), ("organisation", [caw.pk]), ("add", [])]
    assert {client.get(reverse(f"partners:{name}", args=args)).status_code for name, args in pages} == {404}


def test_a_support_worker_reads_partners_and_changes_none(sign_in, caw):
    client = sign_in(factories.member("support_worker"))
    page = client.get(reverse("partners:organisation", args=[caw.pk]))
    assert page.status_code == 200
    assert reverse("partners:rename", args=[caw.pk]) not in page.content.decode()
    assert client.get(reverse("partners:rename", args=[caw.pk])).status_code == 404
    assert client.post(reverse("partners:add"), {"name": "Nieuw", "sector": "welfare"}).status_code == 404


def test_a_partner_of_another_programme_is_not_found(client):
    foreign = factories.organisation("CAW Centraal", programme=factories.second_programme())
    for name in ("organisation", "change", "rename", "merge", "add_person"):
        assert client.get(reverse(f"partners:{name}", args=[foreign.pk])).status_code == 404
    assert "CAW Centraal" not in client.get(reverse("partners:organisations")).content.decode()


def test_a_partner_known_under_another_spelling_is_not_added_twice(client, caw):
    page = client.post(reverse("partners:add"), {"name": "c.a.w. regiobrugge", "sector": "welfare"})
    assert page.status_code == 200
    assert "CAW RegioBrugge" in page.content.decode()
    assert Organisation.objects.filter(name__icontains="regiobrugge").count() == 1


def test_a_partner_joins(client, coordinator):
    client.post(reverse("partners:add"), {"name": "Mobiel Team", "sector": "welfare", "phone": "050 12 34 56"})
    found = find_organisation(coordinator.programme, "mobiel team")
    assert (found.sector, found.phone) == ("welfare", "+3250123456")


def test_a_renamed_partner_is_found_on_both_names(client, coordinator, caw, today):
    answers = {"name": "CAW Noord-West-Vlaanderen", "from_on": typed(today)}
    client.post(reverse("partners:rename", args=[caw.pk]), answers)
    assert find_organisation(coordinator.programme, "caw regiobrugge") == caw
    assert find_organisation(coordinator.programme, "CAW Noord West Vlaanderen") == caw
    page = client.get(reverse("partners:organisation", args=[caw.pk])).content.decode()
    assert "CAW RegioBrugge" in page
    assert "CAW Noord-West-Vlaanderen" in page


def test_a_merged_partner_points_at_its_successor(client, today):
    old = factories.organisation("SVK Sovekans", sector=Sector.HOUSING)
    new = factories.organisation("Vivendo", sector=Sector.HOUSING)
    client.post(reverse("partners:merge", args=[old.pk]), {"into": str(new.pk), "on": typed(today)})
    old.refresh_from_db()
    assert (old.successor, old.until_on) == (new, today - timedelta(days=1))
    assert "SVK Sovekans" in client.get(reverse("partners:organisation", args=[new.pk])).content.decode()


def test_a_partner_merges_only_into_one_of_its_programme(client, caw, today):
    foreign = factories.organisation("CAW Centraal", programme=factories.second_programme())
    answers = {"into": str(foreign.pk), "on": typed(today)}
    assert client.post(reverse("partners:merge", args=[caw.pk]), answers).status_code == 200
    caw.refresh_from_db()
    assert caw.successor is None


def test_facts_about_people_are_corrected(client, caw):
    client.post(reverse("partners:add_person", args=[caw.pk]), {"name": "Lies Maertens"})
    lies = caw.people.get()
    client.post(reverse("partners:change_person", args=[lies.pk]), {"name": "Lies Maertens", "function": "onthaal"})
    lies.refresh_from_db()
    assert lies.function == "onthaal"


def test_who_leaves_holds_no_role_any_more(client, caw, today):
    lies = factories.member("referrer", caw)
    yesterday = today - timedelta(days=1)
    answers = {"name": lies.contact.name, "left_on": typed(yesterday)}
    client.post(reverse("partners:change_person", args=[lies.contact_id]), answers)
    lies.refresh_from_db()
    assert lies.until_on == yesterday
    assert not Membership.objects.in_force(today).filter(pk=lies.pk).exists()


@pytest.mark.parametrize("role", ["coordinator", "support_worker", "housing_officer"])
def test_somebody_of_a_welfare_partner_gets_no_role_of_the_lead(role, client, caw, today):
    lies = factories.contact("Lies Maertens", at=caw)
    answers = {"email": "lies@example.org", "role": role, "from_on": typed(today)}
    assert client.post(reverse("partners:give_role", args=[lies.pk]), answers).status_code == 200
    assert not Membership.objects.filter(contact=lies).exists()
    assert not User.objects.filter(email="lies@example.org").exists()


@pytest.mark.django_db(transaction=True)
def test_who_is_invited_sets_a_password_and_is_in(client, caw, today, run_jobs):
    lies = factories.contact("Lies Maertens", at=caw)
    answers = {"email": "Lies@Example.org", "role": "referrer", "from_on": typed(today)}
    client.post(reverse("partners:give_role", args=[lies.pk]), answers)
    assert not mail.outbox
    run_jobs()
    [letter] = mail.outbox
    assert letter.to == ["lies@example.org"]
    link = re.search(r"https?://[^/]+(/\S+)", letter.body)[1]
    visitor = Client()
    page = visitor.get(link, follow=True)
    chosen = {"password1": "een nieuw en lang geheim", "password2": "een nieuw en lang geheim"}
    visitor.post(page.redirect_chain[-1][0], chosen)
    assert visitor.login(request=None, email="lies@example.org", password="een nieuw en lang geheim")
    assert visitor.get(reverse("programmes:for_whom")).url.startswith(reverse("mfa_index"))
    assert Client().get(link, follow=True).context["token_fail"]


@pytest.mark.django_db(transaction=True)
def test_the_mail_is_whole_and_names_no_client(client, caw, today, run_jobs):
    factories.pathway(of=factories.person("Olga", "Geheim"))
    invite(factories.contact("Lies & Co", at=caw), Role.REFERRER, email="l@example.org", from_on=today, by=None)
    run_jobs()
    letter = mail.outbox[0]
    assert "Lies & Co" in letter.body
    assert "Geheim" not in letter.body + letter.subject


def test_one_person_with_an_account_gets_a_second_role_on_it(client, caw, today):
    lies = factories.member("referrer", caw)
    answers = {"role": "steering_member", "from_on": typed(today)}
    client.post(reverse("partners:give_role", args=[lies.contact_id]), answers)
    assert sorted(lies.user.memberships.values_list("role", flat=True)) == ["referrer", "steering_member"]


def test_a_role_ends_and_its_pages_close(client, caw, today, sign_in):
    lies = factories.member("referrer", caw)
    theirs = sign_in(lies)
    assert theirs.get(reverse("programmes:for_whom")).status_code == 200
    yesterday = {"last_day": typed(today - timedelta(days=1))}
    client.post(reverse("partners:end_role", args=[lies.pk]), yesterday)
    assert theirs.get(reverse("programmes:for_whom")).status_code == 404
    assert theirs.get("/").status_code == 200


def test_a_programme_keeps_a_coordinator(client, coordinator, today):
    url = reverse("partners:end_role", args=[coordinator.pk])
    page = client.post(url, {"last_day": typed(today)})
    assert page.status_code == 200
    coordinator.refresh_from_db()
    assert coordinator.until_on is None
    factories.member("coordinator")
    assert client.post(url, {"last_day": typed(today)}).status_code == 302


def test_the_list_of_accounts_takes_no_query_more_for_more_people(client, assert_same_queries):
    factories.member("referrer")
    grow = lambda: [factories.member("referrer") for _ in range(29)]  # noqa: E731
    assert_same_queries(lambda: client.get(reverse("partners:accounts")), grow, at_most=10)


def test_a_partner_with_more_people_takes_no_query_more(client, caw, assert_same_queries):
    factories.member("referrer", caw)
    url = reverse("partners:organisation", args=[caw.pk])
    grow = lambda: [factories.member("referrer", caw) for _ in range(29)]  # noqa: E731
    assert_same_queries(lambda: client.get(url), grow, at_most=10)


def test_the_list_of_partners_takes_no_query_more_for_more_partners(client, assert_same_queries):
    grow = lambda: [factories.organisation(f"Dienst {number}") for number in range(29)]  # noqa: E731
    assert_same_queries(lambda: client.get(reverse("partners:organisations")), grow, at_most=10)


@pytest.mark.parametrize("name", ["change", "rename", "merge", "add_person"])
def test_every_form_about_a_partner_opens(name, client, caw):
    assert client.get(reverse(f"partners:{name}", args=[caw.pk])).status_code == 200


def test_every_form_about_people_opens(client, caw):
    lies = factories.member("referrer", caw)
    for name in ("change_person", "give_role"):
        assert client.get(reverse(f"partners:{name}", args=[lies.contact_id])).status_code == 200
    assert client.get(reverse("partners:end_role", args=[lies.pk])).status_code == 200
    assert client.get(reverse("partners:add")).status_code == 200
    assert client.post(reverse("partners:invite_again", args=[lies.pk])).status_code == 302
