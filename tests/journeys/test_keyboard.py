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

TOLD = {
    "housing_note": "Twee keer uit huis gezet na ruzie met de buren, sliep daarna bij vrienden en in de nachtopvang.",
    "mental_health_note": "Vermoeden van borderline; was in maart drie weken opgenomen en neemt sindsdien medicatie.",
    "support_need": "Post en rekeningen openen, structuur in de dag, leren koken en boodschappen doen binnen budget.",
    "goals": "Een eigen plek waar haar dochter in het weekend kan blijven slapen.",
}
STANDS_ON = "name => document.activeElement?.name === name"
HAS_FOCUS = "element => element === document.activeElement"
MOST_TABS = 60


# The keystroke-level model of Card, Moran and Newell (1980): somebody who is no typist needs 0.28 s for a key, 1.35 s to
# make up their mind over a question; and a page comes within a second.
KEY, MIND, PAGE = 0.28, 1.35, 1.0
EIGHT_MINUTES = 8 * 60


class Keys:
    """Somebody who has a keyboard and nothing else."""

    def __init__(self, page):
        self.page, self.keys, self.questions, self.pages = page, 0, 0, 0

    @property
    def seconds(self):
        """How long a practised person needs for what was done until now."""
        return KEY * self.keys + MIND * self.questions + PAGE * self.pages

    def strike(self, key):
        self.keys += 1
        self.page.keyboard.press(key)

    def to(self, name):
        """Tab on to a question."""
        for _number in range(MOST_TABS):
            if self.page.evaluate(STANDS_ON, name):
                self.questions += 1
                return self
            self.strike("Tab")
        raise AssertionError(f"{name} is not reached on {self.page.url}")

    def type(self, name, text):
        self.to(name).page.keyboard.type(text)
        self.keys += len(text)
        return self

    def choose(self, name, value):
        """Within a group of radio buttons the arrow keys choose."""
        self.to(name)
        chosen = self.page.locator(f"main [name='{name}'][value='{value}']")
        for _number in range(12):
            self.strike("Space")
            if chosen.is_checked():
                return self
            self.strike("ArrowDown")
        raise AssertionError(f"{value} of {name} is not chosen by arrow keys")

    def enter(self):
        """Enter in a question of one line sends the form to its main button."""
        before = self.page.url
        self.strike("Enter")
        self.page.wait_for_url(lambda url: url != before)
        self.pages += 1
        return self

    def press(self):
        """Tab on to the main button and press it."""
        button = self.page.locator(PRESSED).first
        for _number in range(MOST_TABS):
            if button.evaluate(HAS_FOCUS):
                return self.enter()
            self.strike("Tab")
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


def test_a_whole_referral_is_typed_within_eight_minutes_without_a_mouse(page, demo, sign_in):
    keys = Keys(sign_in(page, "ilse"))
    page.goto("/referrals/new/")
    keys.choose("track", "trial").type("known_since", "sinds een jaar").choose("commits", "yes").enter()
    keys.type("given_name", "Aline").type("family_name", "Toetsenbord").type("birth_on", "3/5/1988")
    keys.type("phone", "0470123456").type("contact_note", "liefst in de voormiddag").type(
        "language", "Nederlands"
    ).enter()
    keys.type("residences-0-since", "2019").type("residences-0-municipality", "Brugge")
    keys.choose("residences-0-domicile", "yes").choose("registered", "yes").type("where", "De Reie")
    keys.choose("repeated_housing", "yes").type("housing_note", TOLD["housing_note"]).press()
    keys.choose("mental_health", "suspected").type("mental_health_note", TOLD["mental_health_note"])
    keys.choose("addiction", "no").press()
    keys.type("support_need", TOLD["support_need"]).choose("accepts_support", "yes").type("goals", TOLD["goals"])
    keys.type("income", "leefloon").type("debts", "1.200 euro, afbetalingsplan").choose("budget_management", "yes")
    keys.type("services_running", "Mobiel Team, wekelijks").choose("informed", "yes").press()
    keys.press()
    Hands(page).open("/portal/").reads("Aline Toetsenbord")
    assert (keys.questions, keys.pages) == (27, 6)
    assert keys.seconds < EIGHT_MINUTES, f"{keys.keys} keys, {keys.seconds:.0f} seconds"


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


LATE_PART = """<html lang="nl"><title>x</title><main>{many}<div id="part" class="htmx-request"><button>first</button></div></main>
<script>setTimeout(() => {{ part.className = ''; part.innerHTML = '<button>{late}</button>'; }}, 150)</script></html>"""


def open_late(page, late):
    """A page with a part that comes while one is tabbing already."""
    many = "".join(f"<button>{number}</button>" for number in range(150))
    page.goto("about:blank")
    page.set_content(LATE_PART.format(many=many, late=late))


def test_what_a_late_part_replaced_is_not_looked_for(page, assert_reached_by_keyboard):
    open_late(page, "then")
    assert_reached_by_keyboard(page)


def test_what_a_late_part_brings_is_looked_for(page, assert_reached_by_keyboard):
    open_late(page, 'then</button><button tabindex="-1">never')
    with pytest.raises(AssertionError, match="never"):
        assert_reached_by_keyboard(page)
