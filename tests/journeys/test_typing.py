"""What is typed in a real browser is kept while one types, and is there again whatever happens in between."""

import re

import pytest
from django.contrib.sessions.models import Session
from playwright.sync_api import expect

from intrek.ground.accounts.actions import change_account
from intrek.ground.accounts.models import Draft, User

pytestmark = [pytest.mark.journey, pytest.mark.django_db(transaction=True)]
WIDTHS = pytest.mark.parametrize("width", [390], indirect=True)
NAME = "input[name=name]"


@pytest.fixture
def sofie():
    return User.objects.create_user("sofie@example.org", "een goed wachtwoord", name="Sofie", language="nl")


@pytest.fixture
def sign_in(sofie):
    def enter(page):
        page.fill("input[name=login]", sofie.email)
        page.fill("input[name=password]", "een goed wachtwoord")
        page.locator("main button[type=submit]").first.click()

    return enter


@pytest.fixture
def me(page, sign_in):
    page.goto("/me/")
    sign_in(page)
    expect(page.locator(NAME)).to_have_value("Sofie")
    return page


def hold(page, address):
    """The requests for an address from now on, each held back until `continue_()`."""
    held = []

    def keep(route):
        held.append(route)

    page.route(address, keep)
    return held


def test_what_is_typed_is_kept_without_pressing_anything(me):
    me.locator(NAME).fill("Sofie Maes")
    expect(me.locator("[data-draft-text]")).to_contain_text("Bewaard om")
    expect(me.locator("[data-draft-keep]")).to_be_hidden()
    me.reload()
    expect(me.locator(NAME)).to_have_value("Sofie Maes")
    me.get_by_role("button", name="Weggooien").click()
    expect(me.locator(NAME)).to_have_value("Sofie")


@WIDTHS
def test_what_is_typed_before_the_script_has_come_is_kept(me, sofie):
    held = hold(me, "**/js/drafts*.js")
    me.goto("/me/", wait_until="commit")
    me.locator(NAME).fill("Sofie Maes")
    me.wait_for_timeout(200)
    assert len(held) == 1, "the page is to be typed in before its script has come"
    held[0].continue_()
    expect(me.locator("[data-draft-text]")).to_contain_text("Bewaard om")
    me.unroute_all()
    me.reload()
    expect(me.locator(NAME)).to_have_value("Sofie Maes")


@WIDTHS
def test_what_is_thrown_away_while_it_is_being_kept_stays_away(me):
    me.locator(NAME).fill("Sofie Maes")
    expect(me.locator("[data-draft-text]")).to_contain_text("Bewaard om")
    me.reload()
    expect(me.locator(NAME)).to_have_value("Sofie Maes")
    held = hold(me, re.compile(r"/drafts/[^/]+/$"))
    me.locator(NAME).fill("Sofie Maesen")
    me.get_by_role("button", name="Weggooien").click()
    me.wait_for_timeout(300)
    assert len(held) == 1, "the page is to be thrown away while it is being kept"
    held[0].continue_()
    expect(me.locator(NAME)).to_have_value("Sofie")
    me.unroute_all()


@WIDTHS
def test_what_is_typed_just_before_leaving_is_kept(me):
    me.locator(NAME).fill("Sofie M")
    me.goto("/me/")
    expect(me.locator(NAME)).to_have_value("Sofie M")


@WIDTHS
def test_what_the_server_gets_just_after_it_made_the_next_page_is_kept(me):
    made = me.request.get("/me/").text()
    me.locator(NAME).fill("Sofie M")
    expect(me.locator("[data-draft-text]")).to_contain_text("Bewaard om")
    me.route("**/me/", lambda route: route.fulfill(body=made, content_type="text/html"), times=1)
    me.goto("/me/")
    expect(me.locator(NAME)).to_have_value("Sofie M")


@WIDTHS
def test_a_session_that_dies_loses_nothing(me, sign_in, sofie):
    Session.objects.filter(expire_date__isnull=False).delete()
    me.locator(NAME).fill("Sofie Maes")
    me.get_by_role("button", name="Bewaren", exact=True).click()
    expect(me.locator("[data-draft-text]")).to_contain_text("U bent afgemeld")
    me.goto("/me/")
    sign_in(me)
    expect(me.locator(NAME)).to_have_value("Sofie Maes")
    me.get_by_role("button", name="Bewaren", exact=True).click()
    expect(me.get_by_text("Bewaard.", exact=True)).to_be_visible()
    me.goto("/me/")
    expect(me.locator(NAME)).to_have_value("Sofie Maes")
    assert not Draft.objects.filter(user=sofie).exists()


@WIDTHS
def test_a_saved_form_leaves_nothing_behind(me, sofie):
    me.locator(NAME).fill("Sofie Maes")
    me.get_by_role("button", name="Bewaren", exact=True).click()
    expect(me.get_by_text("Bewaard.", exact=True)).to_be_visible()
    me.wait_for_timeout(1200)
    assert not Draft.objects.filter(user=sofie).exists()
    assert not [key for key in me.evaluate("() => Object.keys(sessionStorage)") if key.startswith("draft:")]


def test_a_conflict_is_settled_on_the_page(me, sofie, assert_accessible):
    change_account(User.objects.get(pk=sofie.pk), name="Sofie M.", language="nl", theme="", by="Els")
    me.locator(NAME).fill("Sofie Maes")
    me.get_by_role("button", name="Bewaren", exact=True).click()
    expect(me.get_by_role("heading", name="Els bewaarde dit om")).to_be_visible()
    assert_accessible(me)
    me.reload()
    me.get_by_role("radio", name="Van mij").check()
    me.get_by_role("button", name="Bewaren", exact=True).click()
    expect(me.get_by_text("Bewaard.", exact=True)).to_be_visible()
    sofie.refresh_from_db()
    assert (sofie.name, sofie.version) == ("Sofie Maes", 3)
