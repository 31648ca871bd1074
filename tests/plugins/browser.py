"""A real browser for the journeys: at a desk and on a phone, in Dutch, with nothing that escapes notice.

`page` is the first person's; `open_page()` gives another person, with a browser of their own. Errors on the console
(a blocked inline script, a missing file) fail the test that caused them.
"""

from pathlib import Path

import pytest
from django.conf import settings
from playwright.sync_api import expect, sync_playwright

from tools.browser import ADVICE, FLAGS, find_browser

DESK, TABLET, PHONE = 1280, 820, 390
HEIGHTS = {DESK: 900, TABLET: 1180, PHONE: 844}
SECONDS = 10
AXE = settings.BASE_DIR / "vendor" / "tests" / "axe.min.js"
RUN_AXE = """async without => {
  const found = await axe.run({exclude: without}, {resultTypes: ['violations']});
  return found.violations.flatMap(v => v.nodes.map(n => `${v.id} (${v.impact}): ${v.help}\\n    ${n.html}`));
}"""
# A refused form answers 4xx on purpose; a story cuts the line; whoever goes on to the next page does not wait for a part of the former.
EXPECTED_REMARKS = ("status of 4", "ERR_INTERNET_DISCONNECTED", "htmx:sendAbort", "htmx:afterRequest")
NAME_OF_FOCUS = """() => {
  const element = document.activeElement;
  return element && element !== document.body ? element.outerHTML.slice(0, 200) : '';
}"""

# What a hand can use on the page as it stands; of a group of radio buttons the Tab key reaches one, the arrow keys the rest.
LISTEN_TO_FOCUS = """from => {
  document.activeElement.blur();
  window.getSelection().removeAllRanges();
  if (from !== 'body') document.querySelector(from).focus();
  const wanted = [...document.querySelector(from).querySelectorAll('a[href], button, input, select, textarea, summary')]
    .filter(e => !e.disabled && e.type !== 'hidden' && !e.closest('[aria-hidden=true]') && e.checkVisibility({visibilityProperty: true}));
  const reached = new Set();
  document.addEventListener('focusin', event => reached.add(event.target));
  const group = e => e.type === 'radio' && e.name ? e.name : e;
  window.notReached = () => {
    const groups = new Set([...reached].map(group));
    return wanted.filter(e => !groups.has(group(e))).map(e => e.outerHTML.slice(0, 200));
  };
  return wanted.length;
}"""


# Words that stand letter under letter, because what is beside them left no room: broken over three lines or more. A long word may be
# broken once; what is no word (an address, a digest) breaks where it must.
BROKEN_WORDS = """() => {
  const found = [], walk = document.createTreeWalker(document.body, NodeFilter.SHOW_TEXT), range = document.createRange();
  for (let text = walk.nextNode(); text; text = walk.nextNode()) {
    if (!text.parentElement.checkVisibility() || text.parentElement.closest('.visually-hidden')) continue;
    for (const word of text.data.matchAll(/\\p{L}{3,24}/gu)) {
      range.setStart(text, word.index);
      range.setEnd(text, word.index + word[0].length);
      const lines = new Set([...range.getClientRects()].map(each => Math.round(each.top)));
      if (lines.size > 2) found.push(`${word[0]}, in ${text.parentElement.outerHTML.slice(0, 160)}`);
    }
  }
  return found;
}"""


@pytest.fixture(scope="session")
def chromium():
    """The one browser of this run."""
    path = find_browser()
    assert path, ADVICE
    expect.set_options(timeout=SECONDS * 1000)
    with pytest.MonkeyPatch.context() as patch, sync_playwright() as playwright:
        # The driver runs a loop in this thread, also while the database is emptied after a test.
        patch.setenv("DJANGO_ALLOW_ASYNC_UNSAFE", "1")
        browser = playwright.chromium.launch(executable_path=path, args=list(FLAGS), headless=True)
        yield browser
        browser.close()


@pytest.fixture(params=[DESK, PHONE], ids=["desk", "phone"])
def width(request):
    """Both widths, unless a test chooses: `@pytest.mark.parametrize("width", [PHONE], indirect=True)`."""
    return request.param


class Devices:
    """The devices that people in one test sit at, and what their consoles complained of."""

    def __init__(self, browser, address, width):
        self.browser, self.address, self.width = browser, address, width
        self.contexts, self.complaints = [], []

    def open_page(self, **options):
        context = self.browser.new_context(
            base_url=self.address,
            viewport={"width": self.width, "height": HEIGHTS[self.width]},
            locale="nl-BE",
            timezone_id="Europe/Brussels",
            reduced_motion="reduce",
            **options,
        )
        context.set_default_timeout(SECONDS * 1000)
        self.contexts.append(context)
        page = context.new_page()
        page.on("console", self.listen)
        page.on("pageerror", lambda error: self.complaints.append(str(error)))
        return page

    def listen(self, message):
        if message.type in {"error", "warning"} and not any(each in message.text for each in EXPECTED_REMARKS):
            self.complaints.append(f"{message.location.get('url', '')}: {message.text}")


@pytest.fixture
def open_page(chromium, live_server, width, monkeypatch):
    """`open_page()`: another person at another device of the same width; not signed in."""
    monkeypatch.setenv("DJANGO_ALLOW_ASYNC_UNSAFE", "1")  # the driver runs a loop in this thread
    devices = Devices(chromium, live_server.url.replace("127.0.0.1", "localhost"), width)
    yield devices.open_page
    for context in devices.contexts:
        context.close()
    assert not devices.complaints, "\n".join(devices.complaints)


@pytest.fixture
def page(open_page):
    """The first person's page, at 1280 and at 390 pixels."""
    return open_page()


# A part of a page that the server is asked for as it opens takes the place of what was there first.
HAS_SETTLED = "() => !document.querySelector('.htmx-request, .htmx-swapping, .htmx-settling')"


def settle(page):
    """Wait until all parts of the page are there; most pages have all of them."""
    if not page.evaluate(HAS_SETTLED):
        page.wait_for_function(HAS_SETTLED)


def axe_violations(page, without=()):
    """What axe finds on the page once all its parts are there; `without` what was looked at before."""
    settle(page)
    # By the driver, not by a script element: the page's own policy refuses foreign scripts, and should.
    if page.evaluate("() => typeof axe === 'undefined'"):
        page.evaluate(Path(AXE).read_text(encoding="utf-8"))
    return page.evaluate(RUN_AXE, [*without])


@pytest.fixture
def assert_accessible():
    """`assert_accessible(page)`: axe finds nothing, nothing sticks out sideways, and no word stands letter under letter."""

    def check(page, without=()):
        found = axe_violations(page, without)
        assert not found, page.url + "\n" + "\n".join(found)
        beyond = page.evaluate("() => document.documentElement.scrollWidth - document.documentElement.clientWidth")
        assert beyond <= 0, f"{page.url} is {beyond} pixels too wide."
        broken = page.evaluate(BROKEN_WORDS)
        assert not broken, f"{page.url}: no room for\n" + "\n".join(broken)

    return check


@pytest.fixture
def tab_to():
    """`tab_to(page, locator)`: reach an element by the Tab key alone, as somebody without a mouse does."""

    def travel(page, locator, at_most=120):
        for _ in range(at_most):
            page.keyboard.press("Tab")
            if locator.evaluate("element => element === document.activeElement"):
                return
        raise AssertionError(f"{locator} is not reached by keyboard; the focus is on {page.evaluate(NAME_OF_FOCUS)}")

    return travel


@pytest.fixture
def assert_reached_by_keyboard():
    """`assert_reached_by_keyboard(page)`: the Tab key, pressed from the top, comes to everything that a hand can use.

    `from_="main"`: pressed from where the first link of every page skips to, when what is above it is known.
    """

    def check(page, from_="body"):
        settle(page)
        for _ in range(page.evaluate(LISTEN_TO_FOCUS, from_) + 1):
            page.keyboard.press("Tab")
        missed = page.evaluate("() => window.notReached()")
        assert not missed, f"{page.url}: the keyboard does not reach\n" + "\n".join(missed)

    return check
