"""Who tries the demo finds the accounts where one signs in; an installation in use says nothing of the kind."""

import pytest
from django.urls import reverse

from intrek.windows.demo.actions import make_demo
from intrek.windows.demo.cast import COLLEAGUES, PASSWORD
from tests.factories import programme_brugge

pytestmark = pytest.mark.django_db


def sign_in_page(client):
    return client.get(reverse("account_login")).content.decode()


def test_the_sign_in_page_of_the_demo_names_its_accounts(client, today):
    make_demo(today)
    page = sign_in_page(client)
    assert all(colleague.email in page and colleague.name in page for colleague in COLLEAGUES)
    assert PASSWORD in page


def test_an_installation_in_use_shows_no_accounts(client):
    programme_brugge()
    page = sign_in_page(client)
    assert PASSWORD not in page
    assert not any(colleague.email in page for colleague in COLLEAGUES)


def test_other_pages_ask_nothing_about_the_demo(client, today, assert_queries_at_most):
    make_demo(today)
    with assert_queries_at_most(0):
        assert PASSWORD not in client.get(reverse("account_reset_password")).content.decode()
