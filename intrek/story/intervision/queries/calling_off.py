"""What stands in the way of calling a meeting off, and what follows from it."""

from typing import Any

from django.db.models import QuerySet
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from intrek.ground.common.refusals import Refusal, WayOut
from intrek.ground.common.wording import weekday
from intrek.ground.pathways.models import Stage
from intrek.story.intervision import rules
from intrek.story.intervision.models import AgendaItem, Invitation, Meeting
from intrek.story.intervision.queries.meetings import next_meeting


def left_on(meeting: Meeting) -> QuerySet[AgendaItem]:
    """What is not decided and would go to the next meeting, in order."""
    rows = AgendaItem.objects.filter(meeting=meeting, decision="").exclude(pathway__stage=Stage.CLOSED)
    return rows.order_by("position", "created_at", "pk")


def call_off_reasons(meeting: Meeting, why: str | None = None) -> list[Refusal]:
    """Why this meeting may not be called off: all of it; before anything is written, what stands in the way anyhow."""
    decided = AgendaItem.objects.filter(meeting=meeting).exclude(decision="").select_related("pathway__person")
    later = next_meeting(meeting.programme_id, meeting.on)
    return rules.call_off_reasons(
        meeting_on=meeting.on,
        closed_on=meeting.closed_on,
        why=why,
        decided=[each.pathway.person.name for each in decided.order_by("position", "pk")],
        plan=None
        if later or not left_on(meeting).exists()
        else WayOut(reverse("intervision:plan"), _("Plan a meeting")),
    )


def follows_calling_off(meeting: Meeting) -> list[tuple[Any, Any]]:
    """What happens when this meeting is called off: who hears it, and where the partners' agenda goes."""
    heard = [(_("Who is invited and hears it"), Invitation.objects.filter(meeting=meeting).count())]
    if meeting.is_of_steering_group:
        return heard
    later = next_meeting(meeting.programme_id, meeting.on)
    return [
        *heard,
        (_("On the agenda, not decided"), left_on(meeting).count()),
        (_("Where the agenda goes"), weekday(later.on) if later else _("no later meeting is planned")),
    ]
