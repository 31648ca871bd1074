"""Writing down what happened, in the transaction in which it happens."""

from collections.abc import Iterable
from datetime import date
from decimal import Decimal
from typing import Any, Protocol
from uuid import UUID

from intrek.ground.journal.models import Entry, Look
from intrek.ground.journal.rules import sealed
from intrek.ground.journal.verbs import wordings


class Actor(Protocol):
    """Somebody who acts in a programme; ``None`` stands for the installation itself (an import, the calendar)."""

    @property
    def pk(self) -> Any: ...
    @property
    def label(self) -> str: ...


def plain(value: Any) -> Any:
    """A fact as JSON can hold it: days as ``2027-03-03``, amounts as text, codes as their value."""
    if isinstance(value, date):
        return value.isoformat()
    if isinstance(value, Decimal | UUID):
        return str(value)
    if isinstance(value, list | tuple):
        return [plain(each) for each in value]
    return value if value is None or isinstance(value, bool | int | float | dict) else str(value)


def record(row: Any, verb: str, *, on: date | None, by: Actor | None, **facts: Any) -> Entry:
    """Write down that ``verb`` happened to ``row`` on day ``on`` (null: unknown). ``row`` carries its programme and, where it has one, its pathway.

    Raises KeyError for a verb without a wording: what the timeline cannot tell is not recorded.
    """
    wordings()[verb]
    pathway_id = row.pk if row._meta.label == "pathways.Pathway" else getattr(row, "pathway_id", None)
    person_id = row.pk if row._meta.label == "people.Person" else getattr(row, "person_id", None)
    return Entry.objects.create(
        programme_id=row.pk if row._meta.label == "programmes.Programme" else row.programme_id,
        pathway_id=pathway_id,
        person_id=person_id,
        subject_type=row._meta.label_lower,
        subject_id=row.pk,
        verb=verb,
        on=on,
        by_id=by.pk if by else None,
        by_label=by.label if by else "Intrek",
        **sealed("act", facts={name: plain(value) for name, value in facts.items()}),
    )


def note_look(*, seen: Iterable[UUID], kinds: Iterable[str], **who: Any) -> Look:
    """Write down that somebody was shown these persons, or was refused: one statement, so it is there or it is not."""
    return Look.objects.create(**who, **sealed("look", kinds=sorted(kinds), seen=sorted(map(str, seen))))
