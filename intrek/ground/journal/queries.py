"""Reading the record back, as sentences."""

from collections.abc import Collection
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from uuid import UUID

from django.db.models import Exists, F, OuterRef, Q, QuerySet

from intrek.ground.common.wording import day
from intrek.ground.journal.models import Entry, Link, Look, LookedAt
from intrek.ground.journal.verbs import wordings


@dataclass(frozen=True)
class Line:
    """One line of a timeline, ready to show."""

    on: date | None
    at: datetime
    text: str
    by: str
    verb: str


class _Facts(dict[str, object]):
    """The facts of an entry; those that an erasure emptied are a dash."""

    def __missing__(self, _name: str) -> str:
        return "–"


def sentence(entry: Entry) -> str:
    """The entry's wording with its facts filled in; a day among them is written as people write it."""
    facts = _Facts({name: _shown(value) for name, value in entry.facts.items()})
    return str(wordings().get(entry.verb, entry.verb)) % facts


def _shown(value: object) -> object:
    if isinstance(value, str) and len(value) == 10 and value[4] == value[7] == "-":
        try:
            return day(date.fromisoformat(value))
        except ValueError:
            return value
    return "–" if value is None else value


def timeline(programme_id: UUID, pathway_id: UUID, *, person_id: UUID, limit: int = 200) -> list[Line]:
    """What happened on one pathway and to its person, latest first; what has no day stands at the day it was written down."""
    about = Q(pathway_id=pathway_id) | Q(pathway_id=None, person_id=person_id)
    newest = Entry.objects.filter(about, programme_id=programme_id)
    newest = newest.order_by(F("on").desc(nulls_last=True), "-created_at", "-pk")[:limit]
    return [Line(each.on, each.created_at, sentence(each), each.by_label, each.verb) for each in newest]


# How long back a look can still be without its index: sealing finds it within a minute.
NOT_SEALED_YET = timedelta(days=1)


def looks_in(programme_id: UUID) -> QuerySet[Look]:
    """Every look in a programme, the latest first."""
    return Look.objects.filter(programme_id=programme_id).order_by("-created_at", "-pk")


def looks_at(programme_id: UUID, subject_ids: Collection[UUID], *, at: datetime) -> QuerySet[Look]:
    """The looks at one person, also those of the last minute; refused ones count by what they asked for."""
    wanted = {str(each) for each in subject_ids}
    fresh = looks_in(programme_id).filter(
        ~Exists(Link.objects.filter(row_id=OuterRef("pk"))), created_at__gte=at - NOT_SEALED_YET
    )
    unsealed = [look_id for look_id, seen in fresh.values_list("pk", "seen") if wanted & set(seen)]
    known = LookedAt.objects.filter(subject_id__in=list(subject_ids)).values("look_id")
    return looks_in(programme_id).filter(Q(pk__in=known) | Q(pk__in=unsealed))


def merged_into(programme_id: UUID, person_id: UUID) -> list[UUID]:
    """Under which other ids this person was known before entries were merged."""
    merged = Entry.objects.filter(programme_id=programme_id, person_id=person_id, verb="people.merged")
    return [UUID(facts["was"]) for facts in merged.order_by("pk").values_list("facts", flat=True) if "was" in facts]
