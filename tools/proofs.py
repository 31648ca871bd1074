"""``make proofs``: what programs that know nothing of Intrek make of what it writes; figures in build/proofs.json.

A calendar of the example programme is read by real calendar programs. A program that is not there is named, and then the proof fails.
"""

import json
import os
import re
import shutil
import subprocess
import sys
import tempfile
from collections.abc import Callable
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
ADVICE = "Missing: {names}. On Debian or Ubuntu: apt-get install {names}"
MAKE_CALENDAR = """
from django.test import Client
from django.utils import timezone
from intrek.ground.common import wall
from intrek.ground.partners.models import Membership
from intrek.windows.exchange.actions import make_feed
with wall.throughout():
    today = timezone.localdate()
    member = Membership.objects.get(user__email="ruben@voorbeeld.be").standing_on(today)
    made = make_feed(member, name="proofs", on=today, by=member)
answer = Client().get("/" + made.address.partition("//")[2].partition("/")[2], headers={"host": "localhost"})
assert answer.status_code == 200, answer.status_code
open(OUT, "wb").write(answer.content)
"""


def run(*command: str, **options: object) -> str:
    """What a program says; it has to end well."""
    done = subprocess.run(command, cwd=ROOT, check=True, capture_output=True, text=True, **options)  # type: ignore[call-overload]
    return str(done.stdout)


def calendar_of_the_demo(folder: Path) -> Path:
    """The calendar that a support worker of the example programme gets by a link."""
    out, env = folder / "calendar.ics", {**os.environ, "INTREK_DATA": str(folder)}
    env.pop("DATABASE_URL", None)
    for arguments in (
        ("migrate", "--verbosity", "0"),
        ("demo",),
        ("shell", "--command", f"OUT = {str(out)!r}{MAKE_CALENDAR}"),
    ):
        run(sys.executable, "manage.py", *arguments, env=env)
    return out


def read_by_calcurse(calendar: Path) -> int:
    """How many entries calcurse takes over: appointments by the hour and events of a day."""
    with tempfile.TemporaryDirectory() as folder:
        told = run("calcurse", "--directory", folder, "--import", str(calendar))
    counted = {kind: int(count) for count, kind in re.findall(r"(\d+) (app|event|todo|skipped)", told)}
    if counted.get("skipped"):
        raise ValueError(told)
    return counted["app"] + counted["event"]


def read_by_khal(calendar: Path) -> int:
    """How many entries khal reads."""
    days = "\n".join(f"{kind}dateformat = %d/%m/%Y" for kind in ("", "long"))
    days += "\n" + "\n".join(f"{kind}datetimeformat = %d/%m/%Y %H:%M" for kind in ("", "long"))
    with tempfile.TemporaryDirectory() as folder:
        config = Path(folder) / "config"
        own = f"[calendars]\n[[own]]\npath = {folder}/own\n[sqlite]\npath = {folder}/khal.db\n"
        config.write_text(f"{own}[locale]\ntimeformat = %H:%M\n{days}\n")
        (Path(folder) / "own").mkdir()
        told = run("khal", "--config", str(config), "printics", "--format", "{uid}", str(calendar))
    return len([line for line in told.splitlines() if "@" in line])


READERS: dict[str, Callable[[Path], int]] = {"calcurse": read_by_calcurse, "khal": read_by_khal}


def main() -> int:
    """Each program reads every entry that is there."""
    if missing := [name for name in READERS if not shutil.which(name)]:
        print(ADVICE.format(names=" ".join(missing)))
        return 1
    with tempfile.TemporaryDirectory(prefix="intrek-proofs-") as name:
        calendar = calendar_of_the_demo(Path(name))
        report = {"entries": calendar.read_text("utf-8").count("BEGIN:VEVENT")}
        report |= {reader: read(calendar) for reader, read in READERS.items()}
    (ROOT / "build").mkdir(exist_ok=True)
    (ROOT / "build" / "proofs.json").write_text(json.dumps(report, indent=2) + "\n")
    print(json.dumps(report, indent=2))
    return 0 if report["entries"] > 0 and len(set(report.values())) == 1 else 1


if __name__ == "__main__":
    sys.exit(main())
