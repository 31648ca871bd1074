"""One step of a measurement in a process of its own: ``python -m tools.bench.run fill|pages|import SIZE OUT``.

Filling and opening pages are two processes, as who has just made 100,000 pathways carries them about.
"""

import json
import os
import resource
import sys
import time
from datetime import date
from pathlib import Path
from typing import Any

import django

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "config.settings")
django.setup()

from django.core.management import call_command  # noqa: E402  the settings come first
from django.utils import timezone, translation  # noqa: E402

from intrek.ground.common import wall  # noqa: E402
from intrek.ground.partners.models import Membership  # noqa: E402
from intrek.ground.pathways.models import Pathway, Stage  # noqa: E402
from tools.bench import fill, floor, measure, sheet  # noqa: E402
from tools.bench.scratch import make_tables  # noqa: E402


def measured_pathway(worker: Membership) -> Any:
    """A pathway that the worker supports now; without one, the first there is."""
    own = Pathway.objects.filter(programme=worker.programme).order_by("-stage", "number")
    running = own.filter(stage=Stage.RUNNING, worker=worker.contact).first()
    return (running or own.first()).pk  # type: ignore[union-attr]


def filling(size: int) -> dict[str, Any]:
    """Fill an empty database."""
    make_tables()
    before = time.perf_counter()
    fill.fill(size, timezone.localdate())
    return {"size": size, "seconds": time.perf_counter() - before}


def pages(size: int) -> dict[str, Any]:
    """Open every page of a filled database; the floor beside it."""
    lookers = {name: fill.looker(name) for name in ("worker", "coordinator", "referrer")}
    pathway_id = measured_pathway(lookers["worker"])
    found: dict[str, Any] = measure.pages_of(lookers, pathway_id)
    for name, fetch in floor.floors(lookers, pathway_id).items():
        found[name]["floor_ms"] = measure.timed(fetch, measure.FLOOR_ROUNDS)[0]
    return {"size": size, "pages": found}


def importing(rows: int) -> dict[str, Any]:
    """Import a list of so many rows into an empty database: seconds, and the highest memory of the process."""
    make_tables()
    path = Path(os.environ["INTREK_DATA"]) / f"list-{rows}.xlsx"
    path.write_bytes(sheet.made_up(rows, date(2026, 11, 1)))
    before = time.perf_counter()
    call_command("import_referrals", str(path), programme="brugge", stdout=open(os.devnull, "w"))  # noqa: SIM115, PTH123
    seconds = time.perf_counter() - before
    made = Pathway.objects.count()
    if made != rows:
        raise RuntimeError(f"{rows} rows gave {made} pathways")
    peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
    return {"rows": rows, "seconds": seconds, "peak_mib": peak}


STEPS = {"fill": filling, "pages": pages, "import": importing}


def main(step: str, size: str, out: str) -> None:
    """Do this step, write what was found."""
    with wall.throughout(), translation.override("nl"):
        found = STEPS[step](int(size))
    Path(out).write_text(json.dumps(found))


if __name__ == "__main__":
    main(*sys.argv[1:])
