"""Somebody's own messages, and what of them they may still see."""

from dataclasses import dataclass
from typing import Any
from uuid import UUID

from django.db.models import QuerySet

from intrek.ground.access.models import OWN_GROUNDS
from intrek.ground.access.queries import grants_to
from intrek.ground.common import eyes
from intrek.ground.partners.models import Membership
from intrek.ground.post.models import Message


def messages_to(member: Membership) -> QuerySet[Message]:
    """The messages of this member, the latest first; nobody else's."""
    own = Message.objects.filter(programme_id=member.programme_id, to_id=member.contact_id)
    return own.order_by("-created_at", "pk")


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
