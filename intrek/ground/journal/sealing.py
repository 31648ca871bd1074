"""The chain over the record: the worker seals what was written, in batches; a signed checkpoint beside the database says how far."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime, timedelta
from pathlib import Path
from typing import Any
from uuid import UUID

from django.conf import settings
from django.core import signing
from django.db import models, transaction
from django.db.models import Exists, OuterRef

from intrek.ground.journal import rules
from intrek.ground.journal.models import Entry, Link, Look, LookedAt

KINDS: dict[str, type[models.Model]] = {"act": Entry, "look": Look}
AT_A_TIME = 1000
# A row is seen when its transaction ends: an import may take long. What is older and still not sealed, verifying names.
LONGEST_TRANSACTION = timedelta(days=1)
SIGNED_AS = "intrek.journal.checkpoint"


def columns(kind: str) -> list[str]:
    """What of a row a seal needs."""
    return [*rules.FIXED[kind], *rules.PAYLOAD[kind], "salt"]


def unsealed(kind: str, programme_id: UUID | None = None, *, since: datetime | None = None) -> Any:
    """The rows of a kind that no link holds, as values, in the order they were made."""
    rows: Any = KINDS[kind]._base_manager.filter(~Exists(Link.objects.filter(row_id=OuterRef("pk"))))
    rows = rows.filter(programme_id=programme_id) if programme_id else rows
    rows = rows.filter(created_at__gte=since) if since else rows
    return rows.order_by("created_at", "pk").values(*columns(kind))


def seal(*, at: datetime) -> int:
    """Seal what was written since the last time, of every programme; how many rows. Two at once: one waits, or tries later."""
    found: dict[UUID, list[tuple[str, dict[str, Any]]]] = {}
    for kind in KINDS:
        for row in unsealed(kind, since=at - LONGEST_TRANSACTION)[:AT_A_TIME]:
            found.setdefault(row["programme_id"], []).append((kind, row))
    for programme_id, rows in found.items():
        _seal_rows(programme_id, sorted(rows, key=lambda each: (each[1]["created_at"], str(each[1]["id"]))))
    if found:
        write_checkpoint()
    return sum(map(len, found.values()))


@transaction.atomic
def _seal_rows(programme_id: UUID, rows: list[tuple[str, dict[str, Any]]]) -> None:
    last = Link.objects.filter(programme_id=programme_id).order_by("-position").first()
    position, before = (last.position, last.digest) if last else (0, rules.START)
    links, looked = [], []
    for kind, row in rows:
        position, before = position + 1, rules.link_digest(before, kind, row)
        links.append(Link(programme_id=programme_id, position=position, kind=kind, row_id=row["id"], digest=before))
        looked += [
            LookedAt(programme_id=programme_id, look_id=row["id"], subject_id=UUID(each))
            for each in row.get("seen", ())
        ]
    Link.objects.bulk_create(links)
    LookedAt.objects.bulk_create(looked)


# ---- the checkpoint ----


def checkpoint_file() -> Path:
    """Where the checkpoint lies: better on another disk than the database (INTREK_CHECKPOINT)."""
    path: Path = settings.JOURNAL_CHECKPOINT
    return path


def heads() -> dict[str, list[Any]]:
    """The last link of every programme."""
    tops = Link.objects.values("programme_id").annotate(top=models.Max("position")).order_by("programme_id")
    found = {}
    for top in tops:
        link = Link.objects.get(programme_id=top["programme_id"], position=top["top"])
        found[str(link.programme_id)] = [link.position, link.digest]
    return found


def read_checkpoint() -> dict[str, list[Any]]:
    """How far the chain of each programme was; empty when there is no checkpoint yet. Raises BadSignature for a forged one."""
    path = checkpoint_file()
    told: dict[str, list[Any]] = signing.loads(path.read_text(), salt=SIGNED_AS) if path.exists() else {}
    return told


def write_checkpoint(*, anew: bool = False) -> None:
    """Move the checkpoint on. It never goes back: an older database under a newer checkpoint is what it is there to show."""
    try:
        known = {} if anew else read_checkpoint()
    except signing.BadSignature:
        return
    now = heads()
    if any(faults_against(known)):
        return
    path = checkpoint_file()
    path.parent.mkdir(parents=True, exist_ok=True)
    scratch = path.with_suffix(".new")
    scratch.write_text(signing.dumps(known | now, salt=SIGNED_AS))
    scratch.replace(path)


# ---- verifying ----


@dataclass(frozen=True)
class Fault:
    """Something that is not as it was written, where it begins."""

    programme_id: str
    position: int
    what: str

    def __str__(self) -> str:
        return f"programme {self.programme_id}, link {self.position}: {self.what}"


@dataclass(frozen=True)
class Verdict:
    """What verifying found: links that hold, rows not sealed yet, and what is wrong."""

    links: int
    tail: int
    faults: list[Fault]


def faults_against(checkpoint: dict[str, list[Any]]) -> Iterator[Fault]:
    """Where the chain is shorter than the checkpoint, or another."""
    for programme_id, (position, digest) in checkpoint.items():
        link = Link.objects.filter(programme_id=programme_id, position=position).first()
        if link is None:
            yield Fault(
                programme_id,
                position,
                "the checkpoint was here; the chain ends before: rows were cut off, or an older file was put back",
            )
        elif link.digest != digest:
            yield Fault(
                programme_id,
                position,
                "the chain is another than the checkpoint saw: an older file was put back and went on",
            )


def verify(*, at: datetime) -> Verdict:
    """Go through every chain from its first link; of each programme the first fault is named."""
    faults, links = [], 0
    for programme_id in sorted(set(Link.objects.values_list("programme_id", flat=True).order_by().distinct())):
        fault, count = _verify_chain(programme_id)
        faults += [fault] if fault else []
        links += count
    try:
        faults += faults_against(read_checkpoint())
    except signing.BadSignature:
        faults.append(Fault("-", 0, f"the checkpoint {checkpoint_file()} is not signed by this installation"))
    faults += [
        Fault(str(row["programme_id"]), 0, f"{kind} {row['id']} was written long ago and is not sealed")
        for kind in KINDS
        for row in unsealed(kind).filter(created_at__lt=at - LONGEST_TRANSACTION)[:1]
    ]
    tail = sum(unsealed(kind, since=at - LONGEST_TRANSACTION).count() for kind in KINDS)
    return Verdict(links, tail, faults)


def _verify_chain(programme_id: UUID) -> tuple[Fault | None, int]:
    before, count = rules.START, 0
    for batch in _batches(programme_id):
        rows = _rows_of(programme_id, batch[0][0], batch[-1][0])
        for position, kind, row_id, digest in batch:
            what = _fault_of(kind, rows.get(row_id), before, digest) if position == count + 1 else "a link is missing"
            if what:
                return Fault(str(programme_id), count + 1, f"{kind} {row_id}: {what}"), count
            before, count = digest, count + 1
    return None, count


def _fault_of(kind: str, row: dict[str, Any] | None, before: str, digest: str) -> str:
    if row is None:
        return "the row is gone"
    if rules.link_digest(before, kind, row) != digest:
        return "the row or its link was changed"
    return "" if rules.is_whole(kind, row) else "the content was changed"


def _batches(programme_id: UUID) -> Iterator[list[tuple[int, str, UUID, str]]]:
    last = 0
    links = Link.objects.filter(programme_id=programme_id).order_by("position")
    while batch := list(
        links.filter(position__gt=last).values_list("position", "kind", "row_id", "digest")[:AT_A_TIME]
    ):
        yield batch
        last = batch[-1][0]


def _rows_of(programme_id: UUID, first: int, last: int) -> dict[UUID, dict[str, Any]]:
    """What the links of these places seal; found by their places, as thousands of ids in a question take longer than the answer."""
    links = Link.objects.filter(programme_id=programme_id, position__range=(first, last))
    found: dict[UUID, dict[str, Any]] = {}
    for kind, table in KINDS.items():
        ids = links.filter(kind=kind).values("row_id")
        found |= {
            row["id"]: row for row in table._base_manager.filter(pk__in=ids).order_by("pk").values(*columns(kind))
        }
    return found
