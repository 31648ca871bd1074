"""``make proofs``: what programs that know nothing of Intrek make of what it writes; figures in build/proofs.json.

A calendar of the example programme is read by real calendar programs, and the seal over one of its papers by poppler's ``pdfsig``. A
program that is not there is named, and then the proof fails.
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
ADVICE = "Missing: {names}. On Debian or Ubuntu: apt-get install {packages}"
PACKAGES = {"pdfsig": "poppler-utils"}
SEAL_PAPER = """
from django.utils import timezone
from intrek.ground.common import wall
from intrek.ground.documents import sealing, store
from intrek.ground.documents.models import PaperFile
with wall.throughout():
    found = PaperFile.objects.exclude(signatures=None).order_by("pk").first()
assert sealing.seal_file(found.pk, found.programme_id, at=timezone.now())
with wall.throughout():
    found.refresh_from_db()
open(OUT, "wb").write(store.fetch(found.sealed))
"""
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


def demo_in(folder: Path) -> Callable[[str, str], Path]:
    """The example programme in a folder, and who writes a file of it: by a name and what makes it."""
    env = {**os.environ, "INTREK_DATA": str(folder)}
    env.pop("DATABASE_URL", None)
    for arguments in (("migrate", "--verbosity", "0"), ("demo",)):
        run(sys.executable, "manage.py", *arguments, env=env)

    def write(name: str, code: str) -> Path:
        out = folder / name
        run(sys.executable, "manage.py", "shell", "--command", f"OUT = {str(out)!r}{code}", env=env)
        return out

    return write


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


def seal_by_pdfsig(paper: Path) -> bool:
    """Whether poppler finds that the seal holds, and lies over the whole file."""
    told = run("pdfsig", "-nocert", str(paper))
    return "Signature is Valid" in told and "Total document signed" in told


def main() -> int:
    """Each program reads every entry that is there; the seal holds, and no longer with one byte changed."""
    if missing := [name for name in (*READERS, "pdfsig") if not shutil.which(name)]:
        packages = " ".join(PACKAGES.get(name, name) for name in missing)
        print(ADVICE.format(names=" ".join(missing), packages=packages))
        return 1
    with tempfile.TemporaryDirectory(prefix="intrek-proofs-") as name:
        write = demo_in(Path(name))
        calendar, paper = write("calendar.ics", MAKE_CALENDAR), write("paper.pdf", SEAL_PAPER)
        report: dict[str, int] = {"entries": calendar.read_text("utf-8").count("BEGIN:VEVENT")}
        report |= {reader: read(calendar) for reader, read in READERS.items()}
        seal = {"holds": seal_by_pdfsig(paper)}
        paper.write_bytes(paper.read_bytes().replace(b"/Title", b"/Tytle", 1))
        seal["breaks"] = not seal_by_pdfsig(paper)
    (ROOT / "build").mkdir(exist_ok=True)
    (ROOT / "build" / "proofs.json").write_text(json.dumps(report | {"seal": seal}, indent=2) + "\n")
    print(json.dumps(report | {"seal": seal}, indent=2))
    return 0 if report["entries"] > 0 and len(set(report.values())) == 1 and all(seal.values()) else 1


if __name__ == "__main__":
    sys.exit(main())
