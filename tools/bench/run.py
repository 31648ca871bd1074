"""One measurement in a process of its own: ``python -m tools.bench.run pages SIZE OUT`` or ``… import ROWS OUT``."""

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
from intrek.ground.pathways.models import Pathway, Stage  # noqa: E402
from tools.bench import fill, floor, measure, sheet  # noqa: E402
from tools.bench.scratch import make_tables  # noqa: E402


def measured_pathway(filled: fill.Filled) -> Any:
    """A pathway that the worker supports now; without one, the first there is."""
    own = Pathway.objects.filter(programme=filled.programme).order_by("-stage", "number")
    running = own.filter(stage=Stage.RUNNING, worker=filled.worker.contact).first()
    return (running or own.first()).pk  # type: ignore[union-attr]


def pages(size: int) -> dict[str, Any]:
    """Fill a database that was just made and open every page; the floor beside it."""
    before = time.perf_counter()
    filled = fill.fill(size, timezone.localdate())
    taken = time.perf_counter() - before
    pathway_id = measured_pathway(filled)
    found: dict[str, Any] = measure.pages_of(filled, pathway_id)
    for name, fetch in floor.floors(filled, pathway_id).items():
        found[name]["floor_ms"] = measure.timed(fetch, measure.FLOOR_ROUNDS)[0]
    return {"size": size, "fill_seconds": taken, "pages": found}


def importing(rows: int) -> dict[str, Any]:
    """Import a list of so many rows into an empty database: seconds, and the highest memory of the process."""
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


def main(kind: str, size: str, out: str) -> None:
    """Make the tables, measure, write what was found."""
    make_tables()
    with wall.throughout(), translation.override("nl"):
        found = pages(int(size)) if kind == "pages" else importing(int(size))
    Path(out).write_text(json.dumps(found))


if __name__ == "__main__":
    main(*sys.argv[1:])
