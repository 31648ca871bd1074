"""Every page of every role, as it is reached by its links: nothing for axe to find, nothing that sticks out sideways, and
everything on it, the links to the other pages first, reached by the keyboard alone."""

import re
from collections import Counter, deque
from functools import partial
from urllib.parse import urlsplit

import pytest
from django.urls import Resolver404, resolve

from intrek.ground.access.policy import EVERYONE, PERMISSIONS, TEAM
from tests.plugins.browser import AXE, DESK, HEIGHTS, PHONE

pytestmark = [pytest.mark.journey, pytest.mark.django_db(transaction=True)]

# One of each role, and the fewest pages that are known to be open to them. The pages of the team are seen by the coordinator at
# a desk and by the worker on a phone; those of one of the two alone at both. What everybody opens alike is looked at by these two alone.
ROLES = {"an": 110, "ruben": 90, "ilse": 12, "hilde": 18, "greet": 7, "dirk": 6, "els": 20}
OF_THE_TEAM = {"an": (DESK,), "ruben": (PHONE,)}
# Pages that look different for people at different stages are opened more often than once.
OFTEN = 4
OF_MANY_SHAPES = {
    "desk:pathway",
    "documents:of_stay",
    "support:of_pathway",
    "evaluation:of_pathway",
    "placement:stay",
    "intervision:item",
    "allocation:of_pathway",
    "allocation:of_dwelling",
    "aftercare:of_pathway",
    "referral:of_pathway",
}
FRAME = ("header.bar", "footer.foot")
NOT_A_PAGE = {
    "account_logout",
    "documents:example",
    "documents:example_page",
    "documents:file",
    "documents:logo_picture",
    "documents:page",
    "documents:scan",
    "documents:sealed",
    "exchange:refused",
    "intervision:in_calendar",
    "intervision:minutes_paper",
    "intervision:our_minutes_paper",
    "placement:photo",
    "placement:request_paper",
    "placement:small_photo",
    "placement:statement",
    "referral:file",
    "referral:small",
    "rights:as_data",
}
LINKS = "() => [...document.querySelectorAll('a[href]')].map(a => a.href)"
PLACES = re.compile(r"[0-9a-f]{8}-[0-9a-f-]{27}|\d+")


def page_name(address):
    """Which page of the house an address leads to; nothing for what is no page, such as a download."""
    parts = urlsplit(address)
    if "format=" in parts.query:
        return None
    try:
        name = resolve(parts.path).view_name
    except Resolver404:
        return f"no page at {PLACES.sub('…', parts.path)}"
    return None if name in NOT_A_PAGE else name + ("?" if parts.query else "")


def own_links(page):
    """The addresses of this site that the page links to, without their places on the page."""
    here = urlsplit(page.url).netloc
    links = [link.partition("#")[0] for link in page.evaluate(LINKS)]
    return [link for link in dict.fromkeys(links) if urlsplit(link).netloc == here]


def widths_for(key, address):
    """At which widths this person looks at this page."""
    permission = getattr(resolve(urlsplit(address).path).func, "permission", "signed_in")
    held = set(PERMISSIONS.get(permission, EVERYONE))
    if held == set(EVERYONE):
        return OF_THE_TEAM.get(key, ())
    return OF_THE_TEAM.get(key, (DESK, PHONE)) if set(TEAM) <= held else (DESK, PHONE)


class Walk:
    """Somebody who opens every page, following links."""

    def __init__(self, page):
        self.page, self.seen, self.known = page, Counter(), set()
        self.ahead = deque()

    def note(self, links):
        for link in links:
            if link not in self.known:
                self.known.add(link)
                self.ahead.append(link)

    def pages(self):
        """Opens page after page; gives the answer of each."""
        self.note([self.page.url, *own_links(self.page)])
        while self.ahead:
            address = self.ahead.popleft()
            name = page_name(address)
            if name is None or self.seen[name] >= (OFTEN if name in OF_MANY_SHAPES else 1):
                continue
            self.seen[name] += 1
            answer = self.page.goto(address)
            yield address, answer
            self.note(own_links(self.page))


@pytest.fixture
def faults_of(page, assert_accessible, assert_reached_by_keyboard):
    """`faults_of(width)`: what is wrong with the open page at this width, in words.

    What frames every page is looked at on the first that is opened at a width.
    """
    framed = set()

    def found(width):
        page.set_viewport_size({"width": width, "height": HEIGHTS[width]})
        known = width in framed
        framed.add(width)
        checks = [partial(assert_accessible, without=FRAME if known else ())]
        if width == DESK:
            checks.append(partial(assert_reached_by_keyboard, from_="main" if known else "body"))
        for check in checks:
            try:
                check(page)
            except AssertionError as fault:
                yield f"at {width}: {fault}"

    return found


@pytest.mark.parametrize("width", [DESK], indirect=True, ids=["both"])
@pytest.mark.parametrize("key", ROLES)
def test_every_page_of_this_role_is_accessible(key, page, demo, sign_in, faults_of):
    page.context.add_init_script(path=AXE)
    walk, faults = Walk(sign_in(page, key)), []
    for address, answer in walk.pages():
        if answer.status == 200:
            faults += [fault for width in widths_for(key, address) for fault in faults_of(width)]
        else:
            faults.append(f"{address} answered {answer.status}")
    assert not faults, "\n\n".join(faults)
    assert len(walk.seen) >= ROLES[key], sorted(walk.seen)
