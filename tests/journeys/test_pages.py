"""Every page of every role, as it is reached by its links: nothing for axe to find, nothing that sticks out sideways, and
everything on it, the links to the other pages first, reached by the keyboard alone."""

import re
from collections import Counter, deque
from urllib.parse import urlsplit

import pytest
from django.urls import Resolver404, resolve

from tests.plugins.browser import DESK, HEIGHTS, PHONE

pytestmark = [pytest.mark.journey, pytest.mark.django_db(transaction=True)]

# One of each role, and the fewest pages that are known to be open to them. The worker, who sees the coordinator's pages,
# sees them on a phone only.
ROLES = {"an": 110, "ruben": 90, "ilse": 12, "hilde": 18, "greet": 7, "dirk": 6, "els": 20}
WIDTHS = {"ruben": (PHONE,)}
# Pages that look different for people at different stages are opened more often than once.
OFTEN = 4
OF_MANY_SHAPES = {
    "desk:pathway",
    "support:of_pathway",
    "evaluation:of_pathway",
    "placement:stay",
    "intervision:item",
    "allocation:of_pathway",
    "allocation:of_dwelling",
    "aftercare:of_pathway",
    "referral:of_pathway",
}
NOT_A_PAGE = {"account_logout", "intervision:in_calendar"}
LINKS = "() => [...document.querySelectorAll('a[href]')].map(a => a.href)"
PLACES = re.compile(r"[0-9a-f]{8}-[0-9a-f-]{27}|\d+")


def page_name(address):
    """Which page of the house an address leads to; nothing for what is no page, such as a download."""
    parts = urlsplit(address)
    if "format=xlsx" in parts.query:
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


@pytest.mark.parametrize("width", [DESK], indirect=True, ids=["both"])
@pytest.mark.parametrize("key", ROLES)
def test_every_page_of_this_role_is_accessible(key, page, demo, sign_in, assert_accessible, assert_reached_by_keyboard):
    walk, faults = Walk(sign_in(page, key)), []
    for address, answer in walk.pages():
        if answer.status != 200:
            faults.append(f"{address} answered {answer.status}")
            continue
        for width in WIDTHS.get(key, (DESK, PHONE)):
            page.set_viewport_size({"width": width, "height": HEIGHTS[width]})
            for check in (assert_accessible, *[assert_reached_by_keyboard] * (width == DESK)):
                try:
                    check(page)
                except AssertionError as fault:
                    faults.append(f"at {width}: {fault}")
    assert not faults, "\n\n".join(faults)
    assert len(walk.seen) >= ROLES[key], sorted(walk.seen)
