"""Meetings of the steering group: figures and rules, never a person."""

from django.db.models import QuerySet

from intrek.ground.journal.models import Entry
from intrek.ground.partners.models import Membership
from intrek.story.intervision.models import KeptFigures, Meeting, Resolution

# Changes of rules, terms, rhythms and conditions, as the programme's own pages record them.
OF_RULES = (
    "programmes.rule_changed",
    "programmes.track_rule_changed",
    "programmes.criterion_added",
    "programmes.criterion_changed",
    "programmes.criterion_ended",
)


def steering_meetings(member: Membership) -> QuerySet[Meeting]:
    """The meetings of the steering group, the latest first."""
    rows = Meeting.objects.of_steering_group().filter(programme_id=member.programme_id)
    return rows.select_related("programme", "chair__organisation").order_by("-on", "pk")


def resolutions_of(meeting: Meeting) -> list[Resolution]:
    """What was decided, in the order in which it was written."""
    rows = Resolution.objects.filter(meeting=meeting).select_related("owner__organisation", "change")
    return list(rows.order_by("created_at", "pk"))


def rule_changes(meeting: Meeting) -> QuerySet[Entry]:
    """The changes of rules that were made since that meeting: one of them may be what it caused."""
    made = Entry.objects.filter(programme_id=meeting.programme_id, verb__in=OF_RULES)
    return made.filter(created_at__date__gte=meeting.on).order_by("-created_at", "-pk")


def kept_with(meeting: Meeting) -> list[KeptFigures]:
    """The figures that were kept with these minutes."""
    return list(KeptFigures.objects.filter(meeting=meeting).order_by("created_at", "pk"))
