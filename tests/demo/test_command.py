"""The command makes the demo once; an installation in use gets none, and says nothing of its accounts."""

from io import StringIO

import pytest
from django.core.management import call_command
from django.urls import reverse

from intrek.ground.pathways.models import Pathway
from intrek.ground.programmes.models import Programme
from intrek.windows.demo.actions import SLUG
from intrek.windows.demo.cast import COLLEAGUES, PASSWORD
from tests.factories import programme_brugge

pytestmark = pytest.mark.django_db


def told(*arguments):
    out = StringIO()
    call_command("demo", *arguments, stdout=out)
    return out.getvalue()


@pytest.mark.once
def test_the_command_makes_the_demo_once_and_says_who_may_sign_in():
    assert "Nobody" in told("--who")
    assert "was made" in told()
    made = Pathway.objects.count()
    assert "left as it is" in told()
    assert "left as it is" in told("--if-empty")
    assert (Programme.objects.get().slug, Pathway.objects.count()) == (SLUG, made)
    who = told("--who")
    assert all(colleague.email in who for colleague in COLLEAGUES)
    assert PASSWORD in who


def test_an_installation_in_use_gets_no_demo(db):
    Programme.objects.create(slug="elders", name="Elders")
    assert "left as it is" in told("--if-empty")
    assert not Programme.objects.filter(slug=SLUG).exists()


def test_an_installation_in_use_shows_no_accounts(client):
    programme_brugge()
    page = client.get(reverse("account_login")).content.decode()
    assert PASSWORD not in page
    assert not any(colleague.email in page for colleague in COLLEAGUES)
