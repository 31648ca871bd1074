"""Finds a Chromium for the browser journeys, or fetches one with the system's package manager, or says what to do.

`python tools/browser.py` prints its path; the tests ask `find_browser()`. BROWSER=/path overrides the search.
"""

import os
import shutil
import subprocess
import sys
from pathlib import Path

# The one that draws no window around a page, and so takes two thirds of the time; then any other.
LIGHT = "chromium-headless-shell"
NAMES = (LIGHT, "chromium", "chromium-browser", "google-chrome-stable", "google-chrome", "chrome")
BUNDLED = "chromium-*/chrome-linux*/chrome"
# Nothing but the pages under test, beside what the driver turns off itself (whose list of features a second one would undo).
# A container has no sandbox for root.
FLAGS = (
    "--no-sandbox",
    "--disable-gpu",
    "--disable-domain-reliability",
    "--disable-client-side-phishing-detection",
    "--no-pings",
)
ADVICE = """No Chromium was found, and the browser journeys need one.
Install it as root, for instance on Debian or Ubuntu:
    apt-get update && apt-get install --no-install-recommends chromium
or on Fedora:
    dnf install chromium
or name one: BROWSER=/path/to/chromium make test"""


def find_browser() -> str | None:
    """The path of a Chromium on this machine."""
    named = os.environ.get("BROWSER")
    if named and Path(named).is_file():
        return named
    for name in NAMES:
        found = shutil.which(name)
        if found:
            return found
    cache = Path(os.environ.get("PLAYWRIGHT_BROWSERS_PATH") or Path.home() / ".cache" / "ms-playwright")
    bundled = sorted(cache.glob(BUNDLED)) if cache.is_dir() else []
    return str(bundled[-1]) if bundled else None


def install_browser() -> None:
    """Ask the system's package manager, when we may: the light one, else any; never long, as another may be there already."""
    if os.environ.get("BROWSER") or not shutil.which("apt-get") or os.geteuid() != 0:
        return
    print(f"Installing {LIGHT} with apt-get …", flush=True)
    asked("update", "-qq")
    if not asked("install", "-y", "-qq", "--no-install-recommends", LIGHT) and not find_browser():
        asked("install", "-y", "-qq", "--no-install-recommends", "chromium")


def asked(*arguments: str) -> bool:
    """Whether apt-get did as it was asked, in good time."""
    command = ["apt-get", "-o", "Acquire::Retries=0", "-o", "Acquire::http::Timeout=20", *arguments]
    environment = {**os.environ, "DEBIAN_FRONTEND": "noninteractive"}
    try:
        return subprocess.run(command, env=environment, check=False, capture_output=True, timeout=180).returncode == 0
    except subprocess.TimeoutExpired:
        return False


def main() -> int:
    """The command line."""
    if not shutil.which(LIGHT):
        install_browser()
    found = find_browser()
    if not found:
        print(ADVICE, file=sys.stderr)
        return 1
    print(f"Browser: {found}")
    return 0


if __name__ == "__main__":
    sys.exit(main())
