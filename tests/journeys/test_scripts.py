"""What people typed is text, whatever it looks like: a script in every field of every table, every page opened in a real browser."""

import re

import pytest
from django.utils import translation

from intrek.ground.access.policy import permissions_of
from intrek.ground.programmes.actions import install_definition
from tests.access.canaries import Aviary
from tests.access.story import tell
from tests.access.walk import Atlas, every_page
from tests.journeys.test_pages import NOT_A_PAGE

pytestmark = [pytest.mark.journey, pytest.mark.django_db(transaction=True)]
LEAST = 150
WORD = re.compile(r"Qz(\d{6})")
# Ways in which a text has run in somebody's browser: in text, in an attribute, in an address, in a style, in a template, in a script.
PAYLOADS = (
    "<script>ran({n})</script>",
    '"><script>ran({n})</script>',
    "'><img src=x onerror=ran({n})>",
    '"><svg onload=ran({n})>',
    "<svg><script>ran({n})</script></svg>",
    '" onfocus=ran({n}) autofocus x="',
    "' onmouseover='ran({n})' x='",
    "javascript:ran({n})//",
    "</textarea><script>ran({n})</script>",
    "</title><script>ran({n})</script>",
    "</style><script>ran({n})</script>",
    "</script><script>ran({n})</script>",
    "<iframe srcdoc='<script>parent.ran({n})</script>'>",
    "<details open ontoggle=ran({n})>",
    "<body onload=ran({n})>",
    "<input autofocus onfocus=ran({n})>",
    "<math><mtext><script>ran({n})</script></mtext></math>",
    "<template><script>ran({n})</script></template>",
    "<link rel=stylesheet href=data:text/css,*>",
    "<base href=//example.org/>",
    "<style>*{{background:url(//example.org)}}</style>",
    "{{{{ 7|ran:{n} }}}}{{% ran {n} %}}",
    "&lt;script&gt;ran({n})&lt;/script&gt;",
    "\\u003cscript\\u003eran({n})\\u003c/script\\u003e",
    "<!--><script>ran({n})</script>-->",
)
# A script that runs says so; what the policy of the page had to stop, too.
WATCH = """
window.told = [];
window.ran = number => window.told.push('ran ' + number);
document.addEventListener('securitypolicyviolation', at => window.told.push('stopped ' + at.violatedDirective + ' ' + at.sample));
"""


class Payloads(Aviary):
    """A payload before every word."""

    def _word(self, whole, name):
        word = super()._word(whole, name)
        number = len(self.known)
        return PAYLOADS[number % len(PAYLOADS)].format(n=number) + word


@pytest.fixture
def poisoned(transactional_db):
    """A programme full of rows, with a script in every text."""
    with translation.override("nl"):
        told = tell(install_definition("brugge"))
    made = Payloads()
    made.settle()
    return told


def pages_of(story, key):
    """The pages this colleague may open, some addresses of each."""
    held, atlas = permissions_of(story.cast.members[key].role), Atlas(story.programme)
    for page in every_page():
        if page.name not in NOT_A_PAGE and (page.permission in held or page.permission == "signed_in"):
            yield [url for url, _rows in list(atlas.addresses(page))[:3]]


def opened(page, urls):
    """The first of these addresses that answers with a page; nothing where one only sends."""
    return next((url for url in urls if page.goto(url).status == 200), None)


@pytest.mark.parametrize("width", [1280], indirect=True)
def test_no_stored_script_runs_or_even_has_to_be_stopped(page, poisoned, sign_in):
    page.add_init_script(WATCH)
    count, shown, told = 0, set(), []
    for key in ("an", "ilse", "hilde", "dirk"):
        sign_in(page, key)
        for urls in pages_of(poisoned, key):
            url = opened(page, urls)
            count += url is not None
            shown |= set(WORD.findall(page.content()))
            told += [f"{url}: {each}" for each in page.evaluate("window.told")]
    assert told == []
    assert count > 100
    assert len(shown) >= LEAST


def test_it_would_be_heard(chromium, live_server, monkeypatch):
    """Without this, silence would prove nothing: a script that stands in a page is stopped, and one that runs says so."""
    monkeypatch.setenv("DJANGO_ALLOW_ASYNC_UNSAFE", "1")
    context = chromium.new_context(base_url=live_server.url)
    page = context.new_page()
    page.add_init_script(WATCH)
    page.goto("/accounts/login/")
    page.evaluate("document.body.insertAdjacentHTML('beforeend', '<img src=x onerror=ran(1)>')")
    page.wait_for_function("window.told.length > 0")
    page.evaluate("ran(2)")
    stopped, ran = page.evaluate("window.told")
    context.close()
    assert stopped.startswith("stopped script-src")
    assert ran == "ran 2"
