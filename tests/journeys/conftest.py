"""The demo's people at their own devices. After signing in they use nothing but pages."""

from datetime import timedelta

import pytest
from django.utils import timezone, translation

from intrek.windows.demo.actions import make_demo
from intrek.windows.demo.cast import DOMAIN, PASSWORD
from tests.factories import real_today
from tests.journeys.hands import Hands


@pytest.fixture
def demo(transactional_db):
    """The demo programme as it stands today, told in Dutch."""
    with translation.override("nl"):
        return make_demo(real_today())


@pytest.fixture
def sign_in():
    """`sign_in(page, "an")`: a colleague of the demo types an address and a password."""

    def enter(page, key):
        page.goto("/accounts/login/")
        page.get_by_label("E-mailadres").fill(f"{key}@{DOMAIN}")
        page.get_by_label("Wachtwoord", exact=True).fill(PASSWORD)
        page.get_by_role("button", name="Aanmelden").click()
        page.wait_for_url(lambda url: "/accounts/login" not in url)
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
    settings.SIGNED_IN_AT_MOST = settings.SESSION_COOKIE_AGE = 3 * 365 * 24 * 60 * 60
    told, now = Story(open_page, sign_in), timezone.now
    monkeypatch.setattr(timezone, "now", lambda: now() + told.passed)
    return told
