"""What a process of ``make bench-record`` does: ``python -m tools.bench.record_parts fill|read|keep-sealing|verify|long [NUMBER]``."""

import json
import os
import sys
import time
from typing import Any
from uuid import UUID

import django

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "config.settings")
django.setup()

from django.db import OperationalError  # noqa: E402  the settings come first
from django.urls import reverse  # noqa: E402
from django.utils import timezone  # noqa: E402

from intrek.ground.common import wall  # noqa: E402
from intrek.ground.journal import sealing  # noqa: E402
from intrek.ground.journal.models import Look, Outcome  # noqa: E402
from intrek.ground.journal.rules import sealed  # noqa: E402
from intrek.ground.partners.models import Membership, Role  # noqa: E402
from intrek.ground.pathways.models import Pathway  # noqa: E402
from tools.bench import fill  # noqa: E402
from tools.bench.measure import signed_in  # noqa: E402
from tools.bench.scratch import make_tables  # noqa: E402

PATHWAYS = 100
WRITTEN_AT_ONCE = 5_000


def fill_in() -> dict[str, Any]:
    """A programme with some pathways."""
    make_tables()
    fill.fill(PATHWAYS, timezone.localdate())
    return {}


def read(seconds: int) -> dict[str, Any]:
    """Open pages of people at full speed, as a support worker."""
    worker = Membership.objects.filter(role=Role.SUPPORT_WORKER).select_related("user").order_by("pk")[0]
    client, pathway_ids = signed_in(worker), list(Pathway.objects.order_by("pk").values_list("pk", flat=True)[:20])
    addresses = [reverse("desk:referrals"), *(reverse("people:of_pathway", args=[each]) for each in pathway_ids)]
    pages = locked = 0
    slowest, end = 0.0, time.monotonic() + seconds
    while time.monotonic() < end:
        before = time.monotonic()
        try:
            answer = client.get(addresses[pages % len(addresses)])
            if answer.status_code != 200:
                raise RuntimeError(f"{addresses[pages % len(addresses)]} answers {answer.status_code}")
        except OperationalError:
            locked += 1
        slowest, pages = max(slowest, time.monotonic() - before), pages + 1
    return {"pages": pages, "locked": locked, "slowest_ms": round(slowest * 1000)}


def keep_sealing(seconds: int) -> dict[str, Any]:
    """Seal every few seconds, as the sealer of an installation."""
    locked, end = 0, time.monotonic() + seconds
    while time.monotonic() < end:
        time.sleep(3)
        try:
            sealing.seal(at=timezone.now())
        except OperationalError:
            locked += 1
    return {"locked": locked}


def verify() -> dict[str, Any]:
    """Seal the rest and go through all of it."""
    while sealing.seal(at=timezone.now()):
        pass
    return {"looks": Look.objects.count(), "faults": len(sealing.verify(at=timezone.now()).faults)}


def long(rows: int) -> dict[str, Any]:
    """Write so many looks, seal them, verify them: seconds of each."""
    make_tables()
    programme_id, began = UUID(int=1), time.monotonic()
    for _ in range(0, rows, WRITTEN_AT_ONCE):
        Look.objects.bulk_create(_look(programme_id) for _number in range(WRITTEN_AT_ONCE))
    written = time.monotonic()
    sealing.AT_A_TIME = WRITTEN_AT_ONCE
    while sealing.seal(at=timezone.now()):
        pass
    sealed = time.monotonic()
    found = sealing.verify(at=timezone.now())
    return {
        "rows": found.links,
        "faults": len(found.faults),
        "write_seconds": round(written - began, 1),
        "seal_seconds": round(sealed - written, 1),
        "verify_seconds": round(time.monotonic() - sealed, 1),
    }


def _look(programme_id: UUID) -> Look:
    told = sealed("look", kinds=["identity"], seen=[str(UUID(int=7))])
    who = {"by_label": "Ruben", "for_label": "OCMW", "role": "support_worker", "page": "desk:pathway", "method": "GET"}
    ids = {"programme_id": programme_id, "member_id": UUID(int=2), "outcome": Outcome.SHOWN}
    return Look(**ids, **who, **told)


PARTS = {"fill": fill_in, "read": read, "keep-sealing": keep_sealing, "verify": verify, "long": long}


if __name__ == "__main__":
    name, *numbers = sys.argv[1:]
    with wall.throughout():
        told = PARTS[name](*map(int, numbers))  # type: ignore[operator]  # each takes as many numbers as it is given
    print(json.dumps(told))
