"""The minutes of a meeting: all of them for the team, and for each partner what it is told of its own referrals (P17, P24)."""

from dataclasses import dataclass

from django.db.models import Count, Prefetch, Q, QuerySet

from intrek.ground.access.models import Ground
from intrek.ground.partners.models import Membership, Organisation
from intrek.story.intervision.models import REFERRALS, ActionPoint, AgendaItem, Meeting

# A partner is told as the one that referred, whatever else it may see of a person.
REFERRED = frozenset({Ground.OWN_REFERRAL.value})
# Of a referral it hears what was decided; of who is waiting or supported already only what was written for it.
TOLD = ~Q(decision="") & (Q(why__in=REFERRALS) | ~Q(motive_for_referrer=""))


@dataclass(frozen=True)
class Minutes:
    """What was decided of each item, with what was agreed; ``organisation``: as this partner reads it, null: all of it."""

    meeting: Meeting
    organisation: Organisation | None
    items: list[AgendaItem]


def minutes_of(meeting: Meeting, organisation: Organisation | None) -> Minutes:
    """The minutes for the team: all of them, or those that this partner reads."""
    items = AgendaItem.objects.filter(meeting=meeting)
    return _minutes(meeting, items, organisation)


def minutes_for(member: Membership, meeting: Meeting) -> Minutes:
    """The minutes as this partner's member reads them: of their organisation's referrals that they may see today."""
    items = AgendaItem.objects.visible_to(member, grounds=REFERRED).filter(meeting=meeting)
    return _minutes(meeting, items, member.organisation)


def _minutes(meeting: Meeting, items: QuerySet[AgendaItem], organisation: Organisation | None) -> Minutes:
    points = ActionPoint.objects.select_related("owner__organisation").order_by("due_on", "pk")
    if organisation:
        items = items.filter(TOLD, pathway__referred_by=organisation)
        points = points.filter(owner__organisation=organisation)
    rows = items.select_related("pathway__person", "pathway__track", "pathway__referred_by", "owner")
    found = list(rows.prefetch_related(Prefetch("action_points", queryset=points)).order_by("position", "created_at"))
    for each in found:
        each.programme = meeting.programme  # one programme for all rows, so that its code lists are read once
    return Minutes(meeting, organisation, found)


def partners_at(meeting: Meeting) -> list[Organisation]:
    """The partners that are told something of this meeting."""
    told = AgendaItem.objects.filter(TOLD, meeting=meeting).values("pathway__referred_by")
    return list(Organisation.objects.filter(programme_id=meeting.programme_id, pk__in=told).order_by("name", "pk"))


def our_meetings(member: Membership) -> QuerySet[Meeting]:
    """The meetings of which this partner is told something, the latest first, with how many of its referrals."""
    told = AgendaItem.objects.visible_to(member, grounds=REFERRED).filter(
        TOLD, pathway__referred_by=member.organisation_id
    )
    counted = Count("items", filter=Q(items__in=told.values("pk")))
    rows = Meeting.objects.filter(programme_id=member.programme_id).annotate(told_count=counted)
    return rows.filter(told_count__gt=0).order_by("-on", "pk")
