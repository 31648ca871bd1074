"""Who sits at the table sees what lies on it, on that day and until its minutes are closed (P7)."""

from django.db import transaction

from intrek.ground.access.actions import grant_for_meeting
from intrek.ground.partners.models import Sector
from intrek.story.intervision.models import REFERRALS, AgendaItem, Attendance, Meeting


@transaction.atomic
def seat(meeting: Meeting) -> None:
    """Everybody of a partner who is present sees the items of this meeting while it lasts; the lead's own team sees them anyhow."""
    if meeting.is_of_steering_group:
        return
    here = Attendance.objects.filter(meeting=meeting, is_present=True).exclude(contact=None)
    here = here.none() if meeting.closed_on else here
    guests = here.exclude(organisation__sector=Sector.LEAD).select_related("contact__organisation")
    contacts = [each.contact for each in guests.order_by("pk") if each.contact]
    items = AgendaItem.objects.filter(meeting=meeting).order_by("pk").values_list("pathway_id", "why")
    agenda = {pathway_id: why in REFERRALS for pathway_id, why in items}
    grant_for_meeting(meeting.programme_id, contacts, agenda, on=meeting.on)
