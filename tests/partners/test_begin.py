"""An empty installation asks for its first programme and coordinator; after that it never asks again."""

import pytest
from django.urls import reverse

from intrek.ground.accounts.models import User
from intrek.ground.partners.models import Membership
from intrek.ground.programmes.models import Programme
from tests import factories

pytestmark = pytest.mark.django_db
BEGIN = {
    "start": "midden-west",
    "lead": "OCMW Roeselare",
    "coordinator": "Ann Coördinator",
    "email": "Ann@example.org",
    "password": "een goed en lang geheim",
}


def test_an_empty_installation_shows_the_way_to_begin(client):
    assert client.get("/").url == reverse("partners:begin")
    assert client.get(reverse("partners:begin")).status_code == 200


def test_a_shipped_programme_begins_with_its_coordinator_signed_in(client):
    assert client.post(reverse("partners:begin"), BEGIN).url == "/"
    member = Membership.objects.get()
    assert (member.role, member.programme.slug, member.user.email) == ("coordinator", "midden-west", "ann@example.org")
    assert client.get(reverse("programmes:settings")).url.startswith(reverse("mfa_index"))


def test_an_empty_programme_begins_with_a_name_of_its_own(client):
    answers = BEGIN | {"start": "blank", "name": "Wonen in Tielt", "municipality": "Tielt"}
    client.post(reverse("partners:begin"), answers)
    assert Programme.objects.get().name == "Wonen in Tielt"


def test_an_empty_programme_without_a_name_is_refused_and_nothing_is_made(client):
    assert client.post(reverse("partners:begin"), BEGIN | {"start": "blank"}).status_code == 200
    assert not Programme.objects.exists()
    assert not User.objects.exists()


@pytest.mark.parametrize("password", ["kort", "1234567890", "password123"])
def test_a_weak_password_is_refused_and_not_shown_again(password, client):
    page = client.post(reverse("partners:begin"), BEGIN | {"password": password})
    assert page.status_code == 200
    assert password not in page.content.decode()
    assert not Programme.objects.exists()


def test_once_there_is_a_programme_the_page_is_gone(client):
    factories.programme_brugge()
    assert client.get(reverse("partners:begin")).status_code == 404
    assert client.post(reverse("partners:begin"), BEGIN).status_code == 404
    assert client.get("/").url == reverse("account_login")
    assert not User.objects.exists()


def test_a_shipped_programme_knows_who_leads_it(client):
    client.post(reverse("partners:begin"), BEGIN | {"lead": "", "start": "brugge"})
    assert Membership.objects.get().organisation.name == Programme.objects.get().lead_name != ""


def test_an_empty_programme_does_not_and_is_refused_whole(client):
    answers = BEGIN | {"start": "blank", "name": "Wonen in Tielt", "municipality": "Tielt", "lead": ""}
    assert client.post(reverse("partners:begin"), answers).status_code == 200
    assert not Programme.objects.exists()
