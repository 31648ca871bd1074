"""Reading the record back, as sentences."""

from dataclasses import dataclass
from datetime import date, datetime
from uuid import UUID

from django.db.models import F, Q

from intrek.ground.common.wording import day
from intrek.ground.journal.models import Entry
from intrek.ground.journal.verbs import wordings


@dataclass(frozen=True)
class Line:
    """One line of a timeline, ready to show."""

    on: date | None
    at: datetime
    text: str
    by: str
    verb: str


def sentence(entry: Entry) -> str:
    """The entry's wording with its facts filled in; a day among them is written as people write it."""
    facts = {name: _shown(value) for name, value in entry.facts.items()}
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
