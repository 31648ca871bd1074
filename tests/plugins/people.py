"""Who looks, and on what day."""

import pytest
from django.test import Client
from django.utils import timezone

from intrek.ground.accounts.factors import as_shown
from intrek.ground.accounts.queries import APP, PASSKEY, SHOWN
from tests.factories import real_today

password_alone = Client.force_login


def with_second_step(client, user, backend=None):
    """Signed in as a test asks it, the second step taken: what happens without is for tests/accounts/test_second_step.py."""
    password_alone(client, user, backend)
    session = client.session
    session[SHOWN] = as_shown(user, [APP, PASSKEY], at=timezone.now())
    session.save()


@pytest.fixture(autouse=True, scope="session")
def _second_step_taken():
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(Client, "force_login", with_second_step)
        yield


@pytest.fixture
def today(db):
    """The day it is, as pages ask the clock."""
    return real_today()


@pytest.fixture
def sign_in(db):
    """`sign_in(member)`: a browser in which that member is signed in, working under that membership."""

    def enter(member, **options):
        client = Client(**options)
        client.force_login(member.user)
        session = client.session
        session["membership"] = str(member.pk)
        session.save()
        return client

    return enter
