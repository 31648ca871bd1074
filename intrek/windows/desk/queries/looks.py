"""Who looked at whom: for the coordinator, the data protection officer, and the person who asks (GDPR art. 15)."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from typing import Any
from uuid import UUID

from django.apps import apps
from django.db.models import QuerySet
from django.utils import timezone

from intrek.ground.access.queries import in_words
from intrek.ground.journal.models import Look, Outcome
from intrek.ground.journal.queries import looks_at, looks_in, merged_into
from intrek.ground.partners.models import Role
from intrek.ground.pathways.models import Pathway
from intrek.ground.pathways.queries import find_number

MOST_ON_A_SHEET = 20_000


@dataclass(frozen=True)
class Looked:
    """A look as people read it."""

    at: datetime
    by: str
    whom_for: str
    role: str
    page: str
    kinds: str
    how_many: int
    is_refused: bool


def as_read(looks: Iterable[Look]) -> list[Looked]:
    """Looks in words; no query."""
    return [_looked(each) for each in looks]


def _looked(look: Look) -> Looked:
    roles = dict(Role.choices)
    return Looked(
        at=look.created_at,
        by=look.by_label,
        whom_for=look.for_label,
        role=str(roles.get(look.role, look.role)),
        page=page_words(look.page),
        kinds=in_words(look.kinds),
        how_many=len(look.seen),
        is_refused=look.outcome == Outcome.DENIED,
    )


def page_words(page: str) -> str:
    """The room of a page, as people call it."""
    room = page.partition(":")[0]
    names = {config.label: config.verbose_name for config in apps.get_app_configs()}
    return str(names.get(room, page))


def subjects_of(pathway: Pathway) -> list[UUID]:
    """Everything by which the record may name the person of a pathway."""
    every = Pathway.objects.filter(programme_id=pathway.programme_id, person_id=pathway.person_id)
    own = every.order_by("pk").values_list("pk", flat=True)
    return [pathway.person_id, *merged_into(pathway.programme_id, pathway.person_id), *own]


def looks(programme_id: UUID, asked: dict[str, Any], *, at: datetime) -> QuerySet[Look]:
    """The looks of a programme: of one pathway's person, by one colleague, between two days, refused ones only."""
    number = asked.get("number") or ""
    pathway = find_number(programme_id, number) if number else None
    rows = looks_at(programme_id, subjects_of(pathway), at=at) if pathway else looks_in(programme_id)
    rows = rows.none() if number and not pathway else rows
    if by := asked.get("by"):
        rows = rows.filter(by_label__icontains=by)
    if since := asked.get("since"):
        rows = rows.filter(created_at__gte=_begin_of(since))
    if until := asked.get("until"):
        rows = rows.filter(created_at__lt=_begin_of(until + timedelta(days=1)))
    return rows.filter(outcome=Outcome.DENIED) if asked.get("refused") else rows


def _begin_of(day: date) -> datetime:
    return timezone.make_aware(datetime.combine(day, time()))


@dataclass(frozen=True)
class Reader:
    """Somebody who looked at a person, summed up for that person: since when, until when, how often, at what."""

    by: str
    whom_for: str
    role: str
    first: date
    last: date
    times: int
    kinds: str


def readers_of(pathway: Pathway, *, at: datetime) -> list[Reader]:
    """Who looked at the person of a pathway, by organisation and name; what was refused showed nothing and is left out."""
    rows = looks_at(pathway.programme_id, subjects_of(pathway), at=at).filter(outcome=Outcome.SHOWN)
    found: dict[tuple[str, str, str], list[Look]] = {}
    for look in rows[:MOST_ON_A_SHEET]:
        found.setdefault((look.for_label, look.by_label, look.role), []).append(look)
    return [_reader(of, by, found[of, by, role]) for of, by, role in sorted(found)]


def _reader(whom_for: str, by: str, looked: list[Look]) -> Reader:
    days = [timezone.make_naive(each.created_at).date() for each in looked]
    kinds = {kind for each in looked for kind in each.kinds}
    role = str(dict(Role.choices).get(looked[0].role, looked[0].role))
    # A page with forty photos was opened once.
    pages = sum(each.method != Look.PICTURE for each in looked)
    return Reader(by, whom_for, role, min(days), max(days), max(pages, 1), in_words(kinds))
