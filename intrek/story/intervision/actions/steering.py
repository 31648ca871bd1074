"""The steering group decides on rules, and keeps the figures it saw with its minutes."""

from collections.abc import Mapping
from datetime import date
from typing import Any

from django.db import transaction

from intrek.ground.common.refusals import refuse_if
from intrek.ground.common.rows import save_version
from intrek.ground.journal.actions import Actor, record
from intrek.ground.journal.models import Entry
from intrek.ground.partners.models import Contact
from intrek.story.intervision import rules
from intrek.story.intervision.models import KeptFigures, Meeting, Resolution
from intrek.story.intervision.queries import rule_changes


@transaction.atomic
def resolve(
    meeting: Meeting,
    *,
    text: str,
    motive: str = "",
    owner: Contact | None = None,
    change: Entry | None = None,
    on: date,
    by: Actor | None,
    known: Resolution | None = None,
    expected_version: int | None = None,
) -> Resolution:
    """The steering group decides, or what it decided is written better; ``change`` is the dated change of a rule it caused."""
    refuse_if(_reasons(meeting, text=text, change=change, on=on))
    told = {"text": text.strip(), "motive": motive.strip(), "owner": owner, "change": change, "decided_on": meeting.on}
    if known:
        save_version(known, fields=told, expected_version=expected_version, by=by)
        return known
    made = Resolution.objects.create(programme_id=meeting.programme_id, meeting=meeting, **told)
    record(made, "intervision.resolved", on=meeting.on, by=by, meeting_on=meeting.on)
    return made


def _reasons(meeting: Meeting, *, text: str, change: Entry | None, on: date) -> list[Any]:
    return rules.resolve_reasons(
        is_steering=meeting.is_of_steering_group,
        meeting_on=meeting.on,
        closed_on=meeting.closed_on,
        text=text,
        is_later_change=change is None or rule_changes(meeting).filter(pk=change.pk).exists(),
        on=on,
    )


@transaction.atomic
def keep_figures(
    meeting: Meeting,
    counts: Mapping[str, Any],
    *,
    from_on: date | None = None,
    until_on: date | None = None,
    on: date,
    by: Actor | None,
) -> KeptFigures:
    """The figures of this period stay with the minutes as they are now."""
    refuse_if(
        rules.keep_reasons(
            is_steering=meeting.is_of_steering_group, meeting_on=meeting.on, closed_on=meeting.closed_on, on=on
        )
    )
    kept = KeptFigures.objects.create(
        programme_id=meeting.programme_id,
        meeting=meeting,
        from_on=from_on,
        until_on=until_on,
        kept_on=on,
        counts=counts,
    )
    record(kept, "intervision.figures_kept", on=on, by=by, meeting_on=meeting.on)
    return kept
