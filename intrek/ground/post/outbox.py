"""Mails leave the outbox: each once, tried again when the mail server was not given it, given up where people can see it."""

import logging
import smtplib
from dataclasses import dataclass
from datetime import datetime
from typing import Any
from uuid import UUID

from django.conf import settings
from django.core.mail import EmailMessage, get_connection
from django.db.models import F, Q
from django.urls import reverse
from django.utils import timezone, translation
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from intrek.ground.common import wall
from intrek.ground.partners.models import Contact, Membership
from intrek.ground.partners.queries import language_of
from intrek.ground.post import rules
from intrek.ground.post.models import Mail, MailState, Message
from intrek.ground.post.queries import seen_of

logger = logging.getLogger(__name__)
# As many in one round as a slow mail server takes in a few minutes.
IN_A_ROUND = 200
LINES = 20


@dataclass(frozen=True)
class Tried:
    """How handing a mail over went: ``is_certain`` says whether the server surely was not given it when it went wrong."""

    error: Exception | None = None
    is_certain: bool = True


def deliver(mail_id: UUID | str, programme_id: UUID | str, *, at: datetime) -> MailState | None:
    """Send one mail that is due; None when somebody else is at it or it is not due.

    Nothing is written while the mail server is spoken to, and that it will be is written first: whoever dies on the way
    leaves a mail of which nobody knows whether it arrived, and never one that is sent twice.
    """
    with wall.within(programme_id):
        mail = _take_up(mail_id, at)
        letter = letter_of(mail, at) if mail and not mail.handed_at else None
        if mail and letter:
            _write(mail, handed_at=at)
        elif mail:
            # Whoever sent it died before saying how it went; else nothing is left to tell.
            state = MailState.UNCERTAIN if mail.handed_at else MailState.DROPPED
            return _settle(mail, state, error="interrupted" if mail.handed_at else "")
    if mail is None or letter is None:
        return None
    tried = _hand_over(letter)
    with wall.within(programme_id):
        return _note(mail, tried, at)


def _take_up(mail_id: UUID | str, at: datetime) -> Mail | None:
    free = Q(claimed_until=None) | Q(claimed_until__lt=at)
    due = Mail.objects.filter(free, pk=mail_id, state=MailState.WAITING, due_at__lte=at)
    # One statement, so that of two workers one takes it up.
    if not due.update(claimed_until=at + rules.CLAIM, tries=F("tries") + 1):
        return None
    return Mail.objects.select_related("to__user", "programme").get(pk=mail_id)


def _hand_over(letter: EmailMessage) -> Tried:
    connection = letter.connection = get_connection()
    try:
        letter.send()
    except smtplib.SMTPResponseException as refused:
        return Tried(refused)
    except (OSError, smtplib.SMTPException) as lost:
        return Tried(lost, is_certain=not getattr(connection, "handed_over", False))
    return Tried()


def _note(mail: Mail, tried: Tried, at: datetime) -> MailState:
    if tried.error is None:
        return _settle(mail, MailState.SENT)
    error = _words(tried.error)
    if not tried.is_certain:
        return _settle(mail, MailState.UNCERTAIN, error=error)
    later = None if _is_final(tried.error) else rules.tried_again_at(mail.tries, at)
    if later is None:
        return _settle(mail, MailState.GIVEN_UP, error=error)
    _write(mail, due_at=later, claimed_until=None, handed_at=None, error=error)
    return MailState.WAITING


def _is_final(error: Exception) -> bool:
    """The address does not exist: trying again would change nothing."""
    refused = error.recipients.values() if isinstance(error, smtplib.SMTPRecipientsRefused) else ()
    return bool(refused) and all(code >= 500 for code, _text in refused)


def _settle(mail: Mail, state: MailState, *, error: str = "") -> MailState:
    _write(mail, state=state, claimed_until=None, error=error)
    if state in {MailState.UNCERTAIN, MailState.GIVEN_UP}:
        logger.warning("A mail was not delivered (%s).", state)
    return state


def _write(mail: Mail, **facts: Any) -> None:
    Mail.objects.filter(pk=mail.pk).update(**facts)


def _words(error: Exception) -> str:
    """What went wrong, without an address: that stands beside it for who may see it."""
    if isinstance(error, smtplib.SMTPRecipientsRefused):
        codes = " ".join(sorted({str(code) for code, _text in error.recipients.values()}))
    else:
        codes = str(getattr(error, "smtp_code", ""))
    return f"{type(error).__name__} {codes}".strip()[:200]


# ---- what it says ----


def letter_of(mail: Mail, at: datetime) -> EmailMessage | None:
    """The mail as it may be read today: numbers, never a name, nothing of what was read or may not be seen any more (P24)."""
    to = mail.to
    messages = open_messages(mail, at) if mail.address else []
    if not messages:
        return None
    with translation.override(language_of(to)):
        lines = [str(message) for message in messages]
        subject = lines[0] if len(lines) == 1 else _several(len(lines))
        link = settings.ADDRESS + reverse("post:inbox")
        told = [f"- {line}" for line in lines[:LINES]] if len(lines) > 1 else []
        body = _("A message is waiting for you in Intrek. Sign in to read it: %(link)s") % {"link": link}
        choose = _("When you get mails you choose here: %(link)s") % {
            "link": settings.ADDRESS + reverse("post:choices")
        }
        text = "\n\n".join(filter(None, ["\n".join(told), body, choose]))
    # The same name at each try, so that a mail server can tell two copies apart.
    host = settings.ADDRESS.rpartition("/")[2].partition(":")[0]
    letter = EmailMessage(
        f"{mail.programme}: {subject}", text, None, [mail.address], headers={"Message-ID": f"<{mail.pk}@{host}>"}
    )
    for number, entry in enumerate((each.calendar for each in messages if each.calendar), start=1):
        letter.attach(f"agenda-{number}.ics", entry, "text/calendar")
    return letter


def _several(count: int) -> str:
    return ngettext("%(count)d message waits for you", "%(count)d messages wait for you", count) % {"count": count}


def open_messages(mail: Mail, at: datetime) -> list[Message]:
    """What a mail still has to tell: unread, not withdrawn, and of what its reader may see today."""
    on = timezone.localdate(at)
    unread = Message.objects.filter(mail=mail, read_at=None, announcement__withdrawn_on=None).order_by(
        "created_at", "pk"
    )
    messages = list(unread)
    if not messages or _has_left(mail.to, on):
        return []
    about = {each.pathway_id for each in messages if each.pathway_id}
    seen = _seen_by(mail.to, about, on)
    return [each for each in messages if each.pathway_id is None or each.pathway_id in seen]


def _has_left(to: Contact, on: Any) -> bool:
    return to.left_on is not None and to.left_on < on


def _seen_by(to: Contact, about: set[Any], on: Any) -> set[Any]:
    """Of these pathways, what one of somebody's roles of today shows. Who does not sign in is told numbers of their own."""
    if not to.user_id:
        return about
    held = Membership.objects.filter(contact=to).select_related("programme", "organisation", "contact", "user")
    seen: set[Any] = set()
    for member in held.order_by("pk"):
        if member.holds_on(on):
            seen |= seen_of(member.standing_on(on), about)
    return seen


def deliver_due(*, at: datetime) -> int:
    """Take up everything that is due, of every programme; how many mails were settled or tried."""
    with wall.throughout():
        due = Mail.objects.filter(state=MailState.WAITING, due_at__lte=at).order_by("due_at", "pk")
        found = list(due.values_list("pk", "programme_id")[:IN_A_ROUND])
    return sum(deliver(mail_id, programme_id, at=timezone.now()) is not None for mail_id, programme_id in found)
