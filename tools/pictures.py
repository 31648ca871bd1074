"""``make pictures``: the pictures of the README, taken of the demo programme in a real browser, at a desk and on a phone."""

import os
import socket
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any
from urllib.request import urlopen

import django
from playwright.sync_api import Browser, ViewportSize, sync_playwright

ROOT = Path(__file__).resolve().parent.parent
sys.path.insert(0, str(ROOT))
os.environ.setdefault("DJANGO_SETTINGS_MODULE", "config.settings")
django.setup()

from intrek.windows.demo.cast import DOMAIN, PASSWORD  # noqa: E402  the project's folder comes first
from tools.browser import ADVICE, FLAGS, find_browser  # noqa: E402

OUT = ROOT / "docs" / "pictures"
DESK, TABLET, PHONE = (1280, 900), (820, 1180), (390, 844)
STAY = "Verblijf"
WAIT = 60


@dataclass(frozen=True)
class Picture:
    """One picture: its name, whose page, which address, the links to follow from there, and how wide."""

    name: str
    who: str
    path: str
    follow: str | tuple[str, ...] = ()
    size: tuple[int, int] = DESK
    whole: bool = False


PICTURES = (
    Picture("my-day", "ruben", "/day/"),
    Picture("pathway", "ruben", "/residents/", "Linda Dhondt", whole=True),
    Picture("waiting-list", "an", "/waiting/"),
    Picture("stock", "an", "/allocation/stock/"),
    Picture("figures", "an", "/steering/", whole=True),
    Picture("portal", "ilse", "/portal/"),
    Picture("papers", "an", "/search/?q=Amrani", ("Fatima El Amrani", STAY, "Papieren tekenen"), whole=True),
    Picture(
        "signing",
        "an",
        "/search/?q=Wyffels",
        ("Bart Wyffels", STAY, "Papieren tekenen", "Bart Wyffels (1)"),
        size=TABLET,
        whole=True,
    ),
    Picture(
        "condition-phone", "ruben", "/residents/", ("Linda Dhondt", STAY, "De woning bij intrede"), PHONE, whole=True
    ),
    Picture("texts", "an", "/documents/texts/"),
    Picture("usage-fees", "an", "/placement/payments/"),
    Picture("referral-talk", "bram", "/portal/", "Nadia Hoornaert", whole=True),
    Picture("landlord", "hilde", "/portal/dwellings/"),
    Picture("meetings", "an", "/intervision/", whole=True),
    Picture("my-day-phone", "ruben", "/day/", size=PHONE),
    Picture("pathway-phone", "ruben", "/residents/", "Linda Dhondt", size=PHONE),
)


def free_port() -> int:
    """A port nobody listens on."""
    with socket.socket() as asked:
        asked.bind(("127.0.0.1", 0))
        return int(asked.getsockname()[1])


@contextmanager
def demo() -> Iterator[tuple[str, dict[str, str]]]:
    """The demo programme, served from a scratch folder; gives its address and its surroundings."""
    with tempfile.TemporaryDirectory(prefix="intrek-pictures-") as folder:
        port = free_port()
        env = {**os.environ, "INTREK_DATA": folder, "PORT": str(port)}
        for command in (["migrate", "--verbosity", "0"], ["collectstatic", "--noinput", "--verbosity", "0"], ["demo"]):
            subprocess.run([sys.executable, "manage.py", *command], cwd=ROOT, env=env, check=True)
        server = subprocess.Popen([sys.executable, "tools/serve.py"], cwd=ROOT, env=env)
        address = f"http://localhost:{port}"
        try:
            until = time.monotonic() + WAIT
            while not _answers(address) and time.monotonic() < until:
                time.sleep(0.3)
            yield address, env
        finally:
            server.terminate()
            server.wait()


def _answers(address: str) -> bool:
    try:
        with urlopen(f"{address}/accounts/login/", timeout=2) as answer:  # noqa: S310  our own server
            return bool(answer.status == 200)
    except OSError:
        return False


def sign_in(browser: Browser, address: str, env: dict[str, str], who: str) -> Any:
    """What the browser keeps of somebody who signed in with a password and a code."""
    context = browser.new_context(base_url=address)
    page = context.new_page()
    page.goto("/accounts/login/")
    page.fill("input[name=login]", f"{who}@{DOMAIN}")
    page.fill("input[name=password]", PASSWORD)
    page.press("input[name=password]", "Enter")
    page.wait_for_selector("input[name=code]")
    asked = [sys.executable, "manage.py", "demo_code", f"{who}@{DOMAIN}"]
    told = subprocess.run(asked, cwd=ROOT, env=env, check=True, capture_output=True, text=True)
    page.fill("input[name=code]", told.stdout.split()[0])
    page.press("input[name=code]", "Enter")
    page.wait_for_url(lambda url: "/accounts/" not in url)
    state = context.storage_state()
    context.close()
    return state


def take(browser: Browser, address: str, state: Any, picture: Picture) -> None:
    """Go to the page, look."""
    width, height = picture.size
    viewport = ViewportSize(width=width, height=height)
    context = browser.new_context(
        base_url=address, viewport=viewport, locale="nl-BE", reduced_motion="reduce", storage_state=state
    )
    page = context.new_page()
    page.goto(picture.path)
    for link in [picture.follow] if isinstance(picture.follow, str) else picture.follow:
        page.get_by_role("link", name=link).first.click()
        page.wait_for_load_state("networkidle")
    page.screenshot(path=OUT / f"{picture.name}.png", full_page=picture.whole)
    context.close()
    print(f"docs/pictures/{picture.name}.png")


def main() -> None:
    """Take them all, or those named."""
    path = find_browser()
    if not path:
        sys.exit(ADVICE)
    OUT.mkdir(parents=True, exist_ok=True)
    wanted = [each for each in PICTURES if not sys.argv[1:] or each.name in sys.argv[1:]]
    with demo() as (address, env), sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=path, args=list(FLAGS))
        signed_in = {who: sign_in(browser, address, env, who) for who in {each.who for each in wanted}}
        for picture in wanted:
            take(browser, address, signed_in[picture.who], picture)
        browser.close()


if __name__ == "__main__":
    main()
