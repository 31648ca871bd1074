"""Without a mouse: every main part is reached by the Tab key, and the forms that matter most are filled in and sent."""

import pytest
from playwright.sync_api import expect

from tests.journeys.hands import ID, PRESSED, Hands
from tests.plugins.browser import DESK

pytestmark = [
    pytest.mark.journey,
    pytest.mark.django_db(transaction=True),
    pytest.mark.parametrize("width", [DESK], indirect=True, ids=["desk"]),
]

STANDS_ON = "name => document.activeElement?.name === name"
HAS_FOCUS = "element => element === document.activeElement"
MOST_TABS = 60


class Keys:
    """Somebody who has a keyboard and nothing else."""

    def __init__(self, page):
        self.page = page

    def to(self, name):
        """Tab on to a question."""
        for _number in range(MOST_TABS):
            if self.page.evaluate(STANDS_ON, name):
                return self
            self.page.keyboard.press("Tab")
        raise AssertionError(f"{name} is not reached on {self.page.url}")

    def type(self, name, text):
        self.to(name).page.keyboard.type(text)
        return self

    def choose(self, name, value):
        """Within a group of radio buttons the arrow keys choose."""
        self.to(name)
        chosen = self.page.locator(f"main [name='{name}'][value='{value}']")
        for _number in range(12):
            self.page.keyboard.press("Space")
            if chosen.is_checked():
                return self
            self.page.keyboard.press("ArrowDown")
        raise AssertionError(f"{value} of {name} is not chosen by arrow keys")

    def enter(self):
        """Enter in a question of one line sends the form to its main button."""
        before = self.page.url
        self.page.keyboard.press("Enter")
        self.page.wait_for_url(lambda url: url != before)
        return self

    def press(self):
        """Tab on to the main button and press it."""
        button = self.page.locator(PRESSED).first
        for _number in range(MOST_TABS):
            if button.evaluate(HAS_FOCUS):
                return self.enter()
            self.page.keyboard.press("Tab")
        raise AssertionError(f"The main button is not reached on {self.page.url}")


@pytest.mark.parametrize("roles", ["an ilse hilde", "greet dirk els"])
def test_the_way_to_every_part_is_open_to_the_keyboard(roles, open_page, demo, sign_in, tab_to):
    for key in roles.split():
        page = sign_in(open_page(), key)
        page.keyboard.press("Tab")
        focus = page.locator(":focus")
        expect(focus).to_have_attribute("href", "#content")
        expect(focus).to_be_in_viewport()
        links = page.locator("nav.main-nav a[href]").locator("visible=true")
        assert links.count() >= 1
        for at in range(links.count()):
            tab_to(page, links.nth(at))
            outlined = links.nth(at).evaluate("e => getComputedStyle(e).outlineStyle + getComputedStyle(e).boxShadow")
            assert outlined != "nonenone", f"The focus on {links.nth(at).inner_text()} cannot be seen."


def test_a_referral_is_typed_and_handed_in_without_a_mouse(page, demo, sign_in):
    keys = Keys(sign_in(page, "ilse"))
    page.goto("/referrals/new/")
    keys.choose("track", "trial").type("known_since", "sinds een jaar").enter()
    keys.type("given_name", "Aline").type("family_name", "Toetsenbord").type("birth_on", "3/5/1988").enter()
    keys.type("residences-0-since", "2019").type("residences-0-municipality", "Brugge")
    keys.choose("registered", "yes").type("where", "De Reie").enter()
    keys.choose("mental_health", "suspected").press()
    keys.type("support_need", "Post openen").choose("informed", "yes").press()
    keys.press()
    Hands(page).open("/portal/").reads("Aline Toetsenbord")


def test_a_visit_is_noted_without_a_mouse(page, demo, sign_in):
    keys, hands = Keys(sign_in(page, "ruben")), Hands(page)
    hands.find("Linda Dhondt").follow("/visits/new/")
    keys.choose("state", "done").choose("duration", "60").type("note", "Zonder muis genoteerd.")
    keys.press()
    hands.find("Linda Dhondt").reads("Zonder muis genoteerd.")


def test_a_decision_is_written_down_without_a_mouse(story):
    hands = story.day(2).of("an").open("/intervision/").follow(f"/meeting/{ID}/").follow(f"/item/{ID}/", "Vanhecke")
    keys = Keys(hands.page)
    keys.choose("decision", "accept").type("motive", "Unaniem, met het toetsenbord.")
    keys.press()
    hands.find("Marc Vanhecke").reads("de start van de begeleiding")


def test_an_evaluation_is_held_without_a_mouse(page, demo, sign_in):
    keys, hands = Keys(sign_in(page, "ruben")), Hands(page)
    hands.find("Linda Dhondt").follow(f"/evaluation/of/{ID}/").follow(f"/hold/{ID}/")
    keys.choose("resident_money", "3").choose("worker_money", "2").type("agreed", "Zonder muis afgesproken.")
    keys.press()
    hands.find("Linda Dhondt").follow(f"/evaluation/of/{ID}/").reads("Zonder muis afgesproken.")
