"""Who is invited to a meeting and what they said."""

from datetime import date
from typing import Any
from uuid import UUID

from django.db.models import QuerySet

from intrek.ground.partners.models import Contact, Membership
from intrek.story.intervision.models import Answer, Attendance, Invitation, Meeting
from intrek.story.intervision.queries.meetings import contacts_of


def invited_to(meeting: Meeting) -> list[Invitation]:
    """Everybody who is invited, by organisation, with whether the mail arrived."""
    rows = Invitation.objects.filter(meeting=meeting).select_related("contact__organisation", "message__mail")
    return list(rows.order_by("contact__organisation__name", "contact__name", "pk"))


def still_to_invite(meeting: Meeting) -> list[Contact]:
    """Everybody of the partners who is not invited yet."""
    known = set(Invitation.objects.filter(meeting=meeting).values_list("contact_id", flat=True))
    return [each for each in contacts_of(meeting.programme) if each.pk not in known]


def invited_before(meeting: Meeting) -> set[UUID]:
    """Whom the last meeting before this one invited: most often the same people."""
    before = Meeting.objects.filter(programme_id=meeting.programme_id, kind=meeting.kind, on__lt=meeting.on)
    last = before.filter(invitations__isnull=False).order_by("-on", "pk").first()
    return set(Invitation.objects.filter(meeting=last).values_list("contact_id", flat=True)) if last else set()


def invitations_of(member: Membership) -> QuerySet[Invitation]:
    """The member's own invitations; nobody else's."""
    own = Invitation.objects.filter(programme_id=member.programme_id, contact_id=member.contact_id)
    return own.select_related("meeting__programme", "meeting__chair__organisation", "contact", "message")


def coming_meetings(member: Membership, on: date) -> list[Invitation]:
    """The meetings ahead to which this member is invited, the nearest first."""
    ahead = invitations_of(member).filter(meeting__on__gte=on, meeting__closed_on=None)
    return list(ahead.order_by("meeting__on", "pk"))


def who_came(meeting: Meeting) -> dict[Any, bool]:
    """Who was there and who was not; before that is written down, what people answered."""
    told = Invitation.objects.filter(meeting=meeting).exclude(answer="").values_list("contact_id", "answer")
    seen = Attendance.objects.filter(meeting=meeting).values_list("contact_id", "is_present")
    noted = dict(seen.order_by("pk"))
    return noted or {contact_id: answer == Answer.COMES for contact_id, answer in told.order_by("pk")}
