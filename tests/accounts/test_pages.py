"""What somebody settles for themselves: name, language, colours, and in which role they work."""

import pytest
from django.urls import reverse

from intrek.ground.partners.actions import give_role
from intrek.ground.partners.models import Role
from tests import factories

pytestmark = pytest.mark.django_db


def test_the_chosen_language_and_colours_hold_on_the_next_page(sign_in):
    member = factories.member("referrer")
    client = sign_in(member)
    client.post(reverse("accounts:me"), {"name": "Ilse", "language": "fr", "theme": "dark"})
    page = client.get(reverse("accounts:me")).content.decode()
    assert '<html lang="fr" data-theme="dark">' in page
    assert "Ilse" in page


def test_the_language_in_the_foot_is_kept_with_the_account(sign_in):
    member = factories.member("referrer", language="nl")
    client = sign_in(member)
    client.post(reverse("set_language"), {"language": "fr", "next": "/me/"})
    assert '<html lang="fr"' in client.get(reverse("accounts:me")).content.decode()
    client.post(reverse("set_language"), {"language": "xx", "next": "/me/"})
    member.user.refresh_from_db()
    assert member.user.language == "fr"


def test_who_is_not_signed_in_chooses_a_language_too(client):
    client.post(reverse("set_language"), {"language": "fr", "next": reverse("account_login")})
    assert '<html lang="fr"' in client.get(reverse("account_login")).content.decode()


def test_who_holds_two_roles_chooses_in_which_one_to_work(sign_in, today):
    worker = factories.member("support_worker")
    second = give_role(worker.user, worker.contact, Role.COORDINATOR, from_on=today, by=None)
    client = sign_in(worker)
    assert client.get(reverse("programmes:settings")).status_code == 404
    assert str(second.pk) in client.get(reverse("accounts:me")).content.decode()
    client.post(reverse("access:switch"), {"membership": str(second.pk)})
    assert client.get(reverse("programmes:settings")).status_code == 200


def test_nobody_takes_the_role_of_somebody_else(sign_in):
    coordinator, referrer = factories.member("coordinator"), factories.member("referrer")
    client = sign_in(referrer)
    assert client.post(reverse("access:switch"), {"membership": str(coordinator.pk)}).status_code == 404
    assert client.get(reverse("programmes:settings")).status_code == 404


def test_who_holds_no_role_is_told_so(client):
    user = factories.User.objects.create_user("niemand@example.org", name="Niemand")
    client.force_login(user)
    assert client.get("/").status_code == 200
    assert client.get(reverse("accounts:me")).status_code == 200
    assert client.get(reverse("programmes:for_whom")).status_code == 404
