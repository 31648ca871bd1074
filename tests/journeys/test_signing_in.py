"""Signing in as people do: a password and a code, a passkey of the device, a screen that locked."""

import pytest
from django.utils import timezone
from playwright.sync_api import expect

from intrek.ground.accounts.limiter import take_try
from intrek.ground.accounts.models import User
from intrek.ground.accounts.queries import codes_of
from intrek.windows.demo.cast import DOMAIN, PASSWORD

pytestmark = [pytest.mark.journey, pytest.mark.django_db(transaction=True)]
PHONE = pytest.mark.parametrize("width", [390], indirect=True)


@pytest.fixture
def device(page):
    """A device that keeps passkeys and opens them with a finger that is always there."""
    wire = page.context.new_cdp_session(page)
    wire.send("WebAuthn.enable")
    told = {"protocol": "ctap2", "transport": "internal", "hasResidentKey": True, "hasUserVerification": True}
    options = {**told, "isUserVerified": True, "automaticPresenceSimulation": True}
    wire.send("WebAuthn.addVirtualAuthenticator", {"options": options})
    return page


def type_password(page, key):
    page.goto("/accounts/login/")
    page.get_by_label("E-mailadres").fill(f"{key}@{DOMAIN}")
    page.get_by_label("Wachtwoord", exact=True).fill(PASSWORD)
    page.get_by_role("button", name="Aanmelden", exact=True).click()


def type_code(page, key, which=1):
    page.get_by_label("Code uit uw app").fill(codes_of(User.objects.get(email=f"{key}@{DOMAIN}"))[which])


def heading(page, name):
    return page.get_by_role("heading", name=name)


def test_a_password_and_a_code_open_the_day(page, demo, assert_accessible):
    assert_accessible(page.goto("/accounts/login/") and page)
    type_password(page, "an")
    expect(heading(page, "De tweede stap")).to_be_visible()
    assert_accessible(page)
    type_code(page, "an")
    page.get_by_role("button", name="Aanmelden", exact=True).click()
    expect(heading(page, "Mijn dag")).to_be_visible()
    page.goto("/accounts/second-step/")
    expect(heading(page, "De tweede stap van het aanmelden")).to_be_visible()
    assert_accessible(page)


@PHONE
def test_a_passkey_is_added_and_from_then_on_one_touch_is_enough(device, demo, assert_accessible):
    page = device
    type_password(page, "ruben")
    type_code(page, "ruben")
    page.get_by_role("button", name="Aanmelden", exact=True).click()
    expect(heading(page, "Mijn dag")).to_be_visible()
    page.goto("/accounts/second-step/passkey/add/")
    assert_accessible(page)
    page.get_by_role("button", name="Een toegangssleutel toevoegen").click()
    expect(page.get_by_text("De toegangssleutel is toegevoegd.")).to_be_visible()
    assert_accessible(page)
    page.goto("/accounts/logout/")
    page.get_by_role("main").get_by_role("button").first.click()
    # Somebody guesses at his password; that keeps the password out, and not him.
    while take_try(f"ruben@{DOMAIN}", at=timezone.now()):
        pass
    type_password(page, "ruben")
    expect(page.get_by_role("alert")).to_contain_text("Te veel")
    page.get_by_role("button", name="Aanmelden met een toegangssleutel").click()
    expect(heading(page, "Mijn dag")).to_be_visible()
    # The screen locks; one touch, and one is back in the field one was in.
    page.goto("/me/")
    page.get_by_label("Naam").click()
    page.evaluate("() => document.getElementById('lock').submit()")
    expect(page.get_by_label("Naam")).to_be_focused()


@PHONE
def test_a_screen_that_nobody_touches_locks_itself(page, demo, sign_in, assert_accessible):
    page.clock.install()
    sign_in(page, "an")
    page.clock.fast_forward("29:00")
    page.keyboard.press("Tab")
    page.clock.fast_forward("29:00")
    expect(heading(page, "Mijn dag")).to_be_visible()
    page.clock.fast_forward("02:00")
    expect(heading(page, "Bent u er nog?")).to_be_visible()
    assert_accessible(page)
    type_code(page, "an")
    page.get_by_role("button", name="Verder").click()
    expect(heading(page, "Mijn dag")).to_be_visible()


@PHONE
def test_setting_up_an_app_by_hand(page, demo, assert_accessible):
    User.objects.get(email=f"hilde@{DOMAIN}").authenticator_set.all().delete()
    type_password(page, "hilde")
    expect(page.get_by_text("Eerst dit, dan de rest")).to_be_visible()
    assert_accessible(page)
    page.get_by_role("link", name="Een app instellen").click()
    expect(page.get_by_label("Code uit uw app")).to_be_visible()
    assert_accessible(page)
    page.get_by_label("Code uit uw app").fill("000000")
    page.get_by_role("button", name="Het werkt, bewaren").click()
    expect(page.get_by_role("alert")).to_contain_text("Deze code klopt niet")
