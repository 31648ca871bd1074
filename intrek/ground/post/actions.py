"""Sending somebody a message; the mail about it stands in the outbox and leaves after the transaction, by the worker."""

from datetime import date, datetime
from functools import partial
from typing import Any, Protocol
from uuid import UUID

from django.db import transaction
from django.db.models import QuerySet
from django.utils import timezone
from django.utils.timezone import make_naive

from intrek.ground.common.refusals import Refusal, refuse_if
from intrek.ground.journal.actions import Actor
from intrek.ground.partners.models import Contact, Membership, Organisation
from intrek.ground.post import rules
from intrek.ground.post.models import Announcement, Kind, Mail, MailChoice, MailState, Message, Pause
from intrek.ground.post.queries import audience, pause_of
from intrek.ground.post.rules import When
from intrek.ground.post.tasks import deliver_mail


class Numbered(Protocol):
    """What a message is about: post stands before the pathways and knows them by number only."""

    @property
    def pk(self) -> Any: ...

    number: Any


@transaction.atomic
def send(
    to: Contact,
    kind: Kind,
    *,
    pathway: Numbered | None = None,
    text: str = "",
    path: str = "",
    calendar: str = "",
    announcement: Announcement | None = None,
    by: Actor | None,
) -> Message:
    """Lay a message in somebody's inbox and, as they chose, mail that it is there: no name in the mail (P24).

    ``calendar`` is an entry for a calendar (iCalendar) that goes with the mail.
    """
    message = Message(
        programme_id=to.programme_id,
        to=to,
        kind=kind,
        pathway_id=pathway.pk if pathway else None,
        number=pathway.number if pathway else "",
        text=text,
        path=path,
        calendar=calendar,
        announcement=announcement,
        by_label=by.label if by else "",
    )
    message.mail = _mail_for(message, at=timezone.now())
    message.save(force_insert=True)
    return message


def _mail_for(message: Message, *, at: datetime) -> Mail | None:
    """The mail that tells of this message: one that tells of the same already, the digest, or one of its own."""
    to = message.to
    if not (to.user_id or to.email):
        return None
    choice = MailChoice.objects.filter(contact=to).first()
    about, on = message.pathway_id, make_naive(at).date()
    is_paused = about is not None and pause_of(to, about, on) is not None
    when = rules.when_of(message.kind, choice.choices if choice else {}, is_paused=is_paused)
    if when == When.OFF:
        return None
    if when == When.AT_ONCE:
        return _told_already(message) or _at_once(message, at)
    return _digest(message, rules.leaves_at(when, at))


def _told_already(message: Message) -> Mail | None:
    """One thing to do gives one mail: who has not read of it yet is not mailed of it again."""
    if message.pathway_id is None:
        return None
    unread = Message.objects.filter(to=message.to, pathway_id=message.pathway_id, kind=message.kind, read_at=None)
    fresh = unread.filter(mail__state__in=[MailState.WAITING, MailState.SENT], mail__is_digest=False)
    same = fresh.select_related("mail").order_by("-created_at", "pk").first()
    return same.mail if same else None


def _at_once(message: Message, at: datetime) -> Mail:
    mail = Mail.objects.create(programme_id=message.programme_id, to=message.to, due_at=at)
    transaction.on_commit(partial(deliver_mail.enqueue, str(mail.pk), str(mail.programme_id)))
    return mail


def _digest(message: Message, due_at: datetime) -> Mail:
    """The digest that is open; what is wanted sooner pulls it forward."""
    is_open = {"is_digest": True, "state": MailState.WAITING, "claimed_until": None, "tries": 0}
    mail, made = Mail.objects.select_for_update().get_or_create(
        to=message.to, **is_open, defaults={"programme_id": message.programme_id, "due_at": due_at}
    )
    if not made and due_at < mail.due_at:
        mail.due_at = due_at
        mail.save(update_fields=["due_at"])
    return mail


@transaction.atomic
def mark_read(received: QuerySet[Message], *, at: datetime) -> int:
    """These messages were read by whom they are for; how many were new. Nobody else is told."""
    return received.filter(read_at=None).order_by().update(read_at=at)


@transaction.atomic
def announce(
    *, title: str, text: str, sector: str = "", organisation: Organisation | None = None, on: date, by: Membership
) -> Announcement:
    """Tell all referrers, those of a sector, or those of an organisation; each finds it in the inbox."""
    readers = audience(by.programme, on, sector=sector, organisation=organisation)
    refuse_if(rules.announce_reasons(title, text, readers=len(readers)))
    said = {"title": title.strip(), "text": text.strip(), "sector": sector, "organisation": organisation}
    made = Announcement.objects.create(programme=by.programme, on=on, by_label=by.label, **said)
    for each in readers:
        if each.pk != by.contact_id:
            send(each, Kind.ANNOUNCEMENT, text=f"{made.title}\n\n{made.text}", announcement=made, by=by)
    return made


@transaction.atomic
def withdraw_announcement(announcement: Announcement, *, on: date) -> Announcement:
    """It was a mistake, or is over: it disappears from every inbox, and no mail tells of it any more."""
    gone = announcement.withdrawn_on
    refuse_if([Refusal(rules.Reason.WITHDRAWN, {"on": gone})] if gone else [])
    announcement.withdrawn_on = on
    announcement.save(update_fields=["withdrawn_on"])
    return announcement


@transaction.atomic
def choose_mails(contact: Contact, choices: dict[str, str]) -> MailChoice:
    """When somebody wants mails from now on, by kind."""
    kept = {kind: When(when).value for kind, when in choices.items() if kind not in rules.NEVER_OFF}
    chosen, _made = MailChoice.objects.update_or_create(
        contact=contact, defaults={"programme_id": contact.programme_id, "choices": kept}
    )
    return chosen


@transaction.atomic
def pause_mails(contact: Contact, pathway_id: UUID, *, until_on: date | None, on: date) -> Pause | None:
    """No mails about one pathway until a day; without a day they come again."""
    if until_on is None:
        Pause.objects.filter(contact=contact, pathway_id=pathway_id).delete()
        return None
    refuse_if(rules.pause_reasons(until_on, on))
    made, _new = Pause.objects.update_or_create(
        contact=contact,
        pathway_id=pathway_id,
        defaults={"programme_id": contact.programme_id, "until_on": until_on},
    )
    return made


@transaction.atomic
def try_again(mail: Mail, *, at: datetime) -> Mail:
    """A mail that is stuck is handed to the mail server once more: somebody says so, knowing that it may have arrived."""
    stuck = Mail.objects.filter(pk=mail.pk, state__in=[MailState.UNCERTAIN, MailState.GIVEN_UP])
    fresh = {"state": MailState.WAITING, "handed_at": None, "claimed_until": None, "due_at": at, "error": ""}
    # Its tries stay counted, so that one that fails again is soon given up again, and no second digest is opened.
    refuse_if([] if stuck.update(**fresh) else [Refusal(rules.Reason.NOT_STUCK)])
    transaction.on_commit(partial(deliver_mail.enqueue, str(mail.pk), str(mail.programme_id)))
    mail.refresh_from_db()
    return mail
