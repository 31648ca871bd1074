"""The demo's people at their own devices. After signing in they use nothing but pages."""

import pytest

from intrek.windows.demo.actions import make_demo
from intrek.windows.demo.cast import DOMAIN, PASSWORD
from tests.factories import real_today


@pytest.fixture
def demo(transactional_db):
    """The demo programme as it stands today."""
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
