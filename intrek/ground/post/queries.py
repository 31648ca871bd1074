"""Somebody's own messages, and what of them they may still see."""

from dataclasses import dataclass
from datetime import date
from typing import Any
from uuid import UUID

from django.db.models import Count, Q, QuerySet

from intrek.ground.access.models import OWN_GROUNDS
from intrek.ground.access.queries import grants_to
from intrek.ground.common import eyes
from intrek.ground.partners.models import Contact, Membership, Organisation, Role
from intrek.ground.post import rules
from intrek.ground.post.models import Announcement, Mail, MailChoice, MailState, Message, Pause
from intrek.ground.programmes.models import Programme


def messages_to(member: Membership) -> QuerySet[Message]:
    """The messages of this member, the latest first; nobody else's, and no announcement that was withdrawn."""
    own = Message.objects.filter(programme_id=member.programme_id, to_id=member.contact_id)
    return own.filter(announcement__withdrawn_on=None).order_by("-created_at", "pk")


@dataclass(frozen=True)
class Shown:
    """A message as its reader may see it today; a closed one says only that it came."""

    message: Message
    is_open: bool


def shown_to(member: Membership, received: list[Message]) -> list[Shown]:
    """The messages with what today's access leaves of them: one query for all (P24)."""
    about = {message.pathway_id for message in received if message.pathway_id}
    seen = seen_of(member, about)
    for pathway_id in about & seen:
        eyes.see(pathway_id)  # a message tells of somebody, and loads no person
    return [Shown(each, each.pathway_id is None or each.pathway_id in seen) for each in received]


def seen_of(member: Membership, pathway_ids: set[Any]) -> set[UUID]:
    """Which of these pathways the member may see today."""
    if member.is_staff_of_programme:
        return pathway_ids
    granted = grants_to(member, OWN_GROUNDS).filter(pathway_id__in=pathway_ids).values_list("pathway_id", flat=True)
    return set(granted) if pathway_ids else set()


READERS = (Role.REFERRER, Role.HOUSING_OFFICER)


def audience(
    programme: Programme, on: date, *, sector: str = "", organisation: Organisation | None = None
) -> list[Contact]:
    """Whom an announcement is for: who signs in for a partner on that day, all or of a sector or of an organisation."""
    held = Membership.objects.in_force(on).filter(programme=programme, role__in=READERS)
    held = held.filter(organisation__sector=sector) if sector else held
    held = held.filter(organisation=organisation) if organisation else held
    found = Contact.objects.filter(pk__in=held.order_by().values("contact"))
    return list(found.select_related("user", "organisation").order_by("name", "pk"))


def announcements_of(programme_id: UUID) -> QuerySet[Announcement]:
    """What was announced, the latest first, with how many got it and how many have not read it."""
    counted = Announcement.objects.filter(programme_id=programme_id).select_related("organisation")
    return counted.annotate(
        reader_count=Count("messages"), unread_count=Count("messages", filter=Q(messages__read_at=None))
    ).order_by("-on", "-created_at", "pk")


def unread_by(announcement: Announcement) -> list[Contact]:
    """Who has not read it yet."""
    left = announcement.messages.filter(read_at=None).select_related("to__organisation")
    return [each.to for each in left.order_by("to__name", "pk")]


def stuck_mails(programme_id: UUID) -> QuerySet[Mail]:
    """Mails that did not leave, or perhaps did: somebody must look."""
    stuck = Mail.objects.filter(programme_id=programme_id, state__in=[MailState.UNCERTAIN, MailState.GIVEN_UP])
    return stuck.select_related("to__organisation", "to__user").order_by("-due_at", "pk")


def chosen_by(contact: Contact, *, is_partner: bool) -> dict[str, str]:
    """When somebody is mailed, by kind of message: as they chose, or as holds for everybody."""
    choice = MailChoice.objects.filter(contact=contact).first()
    kept = choice.choices if choice else {}
    kinds = [kind for kind in rules.kinds_for(is_partner=is_partner) if kind not in rules.NEVER_OFF]
    return {kind: rules.when_of(kind, kept, is_paused=False).value for kind in kinds}


def pause_of(contact: Contact, pathway_id: UUID, on: date) -> Pause | None:
    """The pause that somebody set for a pathway, while it lasts."""
    return Pause.objects.filter(contact=contact, pathway_id=pathway_id, until_on__gte=on).first()
