"""Every component, at both widths, by day and by night: axe finds nothing and nothing sticks out."""

import re

import pytest
from django.urls import reverse
from playwright.sync_api import expect

from intrek.ground.common.look import PARTS

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def _shown(settings):
    settings.SHOW_LOOK = True


@pytest.mark.parametrize("scheme", ["light", "dark"])
@pytest.mark.parametrize("part", PARTS)
def test_every_component_is_accessible(open_page, assert_accessible, part, scheme):
    page = open_page(color_scheme=scheme)
    page.goto(reverse("common:look_part", args=[part]))
    assert_accessible(page)


@pytest.mark.parametrize("name", ["account_login", "account_reset_password", "account_reset_password_done"])
def test_signing_in_is_accessible(page, assert_accessible, name):
    page.goto(reverse(name))
    assert_accessible(page)


def test_a_form_that_came_back_has_the_focus_on_what_to_mend(page):
    page.goto(reverse("common:look_part", args=["forms"]))
    summary = page.locator(".error-summary")
    expect(summary).to_be_focused()
    summary.get_by_role("link", name=re.compile("Registered")).click()
    expect(page.get_by_role("group", name="Registered?").first.get_by_label("Yes")).to_be_focused()


@pytest.mark.parametrize("width", [390], indirect=True)
def test_on_a_phone_the_main_button_is_under_the_thumb(page):
    page.goto(reverse("common:look_part", args=["task"]))
    expect(page.locator(".main-nav")).to_be_hidden()
    expect(page.get_by_role("button", name="Save the visit")).to_be_in_viewport()


@pytest.mark.parametrize("width", [390], indirect=True)
def test_on_a_phone_what_one_presses_is_large_enough(page):
    page.goto(reverse("common:look_part", args=["small"]))
    small = page.eval_on_selector_all(
        "main .button, main .chip, main .table-link, .main-nav li:not(.only-wide) a, .foot a, .foot button",
        "all => all.filter(e => e.offsetParent && e.getBoundingClientRect().height < 43.5).map(e => e.outerHTML)",
    )
    assert small == []


def test_the_look_is_not_shown_in_an_installation(client, settings):
    settings.SHOW_LOOK = False
    assert client.get(reverse("common:look")).status_code == 404


def test_a_page_that_is_not_there_says_where_to_go(client):
    answer = client.get("/common/nowhere/")
    assert answer.status_code == 404
    assert 'href="/"' in answer.content.decode()
