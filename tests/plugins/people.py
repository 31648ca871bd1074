"""Who looks, and on what day."""

import pytest
from django.test import Client

from tests.factories import real_today


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
