"""Sending somebody a message; the mail itself leaves after the transaction, by the worker."""

from datetime import datetime
from functools import partial
from typing import Any, Protocol

from django.db import transaction
from django.db.models import QuerySet

from intrek.ground.journal.actions import Actor
from intrek.ground.partners.models import Contact
from intrek.ground.post.models import Kind, Message
from intrek.ground.post.tasks import mail_message


class Numbered(Protocol):
    """What a message is about: post stands before the pathways and knows them by number only."""

    @property
    def pk(self) -> Any: ...

    number: Any


@transaction.atomic
def send(
    to: Contact, kind: Kind, *, pathway: Numbered | None = None, text: str = "", path: str = "", by: Actor | None
) -> Message:
    """Lay a message in somebody's inbox and, when they have an address, mail that it is there: no name in the mail (P24)."""
    message = Message.objects.create(
        programme_id=to.programme_id,
        to=to,
        kind=kind,
        pathway_id=pathway.pk if pathway else None,
        number=pathway.number if pathway else "",
        text=text,
        path=path,
        by_label=by.label if by else "",
    )
    transaction.on_commit(partial(mail_message.enqueue, str(message.pk), str(message.programme_id)))
    return message


@transaction.atomic
def mark_read(received: QuerySet[Message], *, at: datetime) -> int:
    """These messages were read by whom they are for; how many were new. Nobody else is told."""
    return received.filter(read_at=None).order_by().update(read_at=at)
