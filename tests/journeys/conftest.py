"""The demo's people at their own devices. After signing in they use nothing but pages."""

from datetime import timedelta

import pytest
from django.conf import settings
from django.core.cache import cache
from django.test import Client
from django.utils import timezone, translation

from intrek.ground.access import door
from intrek.ground.accounts.models import User
from intrek.ground.programmes.models import Programme
from intrek.windows.demo.actions import SLUG, make_demo
from intrek.windows.demo.cast import DOMAIN
from tests.factories import real_today
from tests.journeys.hands import Hands
from tests.plugins.tables import filled_once

YEARS = 3 * 365 * 24 * 60 * 60


@pytest.fixture
def demo(transactional_db):
    """The demo programme as it stands today, told in Dutch."""
    filled_once(f"demo-{real_today()}", in_dutch)
    cache.clear()  # the same people as in the journey before, who used no code yet
    return Programme.objects.get(slug=SLUG)


def in_dutch():
    with translation.override("nl"):
        make_demo(real_today())


@pytest.fixture
def sign_in(live_server):
    """`sign_in(page, "an")`: a colleague of the demo who signed in on this device. How one signs in is in test_signing_in."""

    def enter(page, key):
        client = Client()
        client.force_login(User.objects.get(email=f"{key}@{DOMAIN}"))
        address = live_server.url.replace("127.0.0.1", "localhost")
        session = {"name": settings.SESSION_COOKIE_NAME, "value": client.session.session_key, "url": address}
        page.context.add_cookies([session])
        page.goto("/")
        return page

    return enter


class Story:
    """The demo's people, each at a device of their own, over days that pass."""

    def __init__(self, open_page, sign_in):
        self.open_page, self.sign_in = open_page, sign_in
        self.first_day, self.passed, self.devices = real_today(), timedelta(0), {}

    @property
    def today(self):
        return self.first_day + self.passed

    def date(self, number):
        """The day with this number."""
        return self.first_day + timedelta(days=number)

    def day(self, number):
        """It is that day of the story, also for the server."""
        self.passed = timedelta(days=number)
        return self

    def of(self, key):
        """The hands of a colleague, who signs in once."""
        if key not in self.devices:
            self.devices[key] = Hands(self.sign_in(self.open_page(), key))
        return self.devices[key]


@pytest.fixture
def story(open_page, sign_in, demo, settings, monkeypatch):
    """`story.day(14).of("an")`: the coordinator, two weeks on. Nobody has to sign in again as the days pass."""
    settings.SIGNED_IN_AT_MOST = settings.SESSION_COOKIE_AGE = YEARS
    monkeypatch.setattr(door, "idle_seconds", lambda _request: YEARS)
    told, now = Story(open_page, sign_in), timezone.now
    monkeypatch.setattr(timezone, "now", lambda: now() + told.passed)
    return told
