"""Mailing somebody that they may sign in, and how; and colleagues that somebody was let in again."""

from allauth.account.forms import default_token_generator
from allauth.account.utils import user_pk_to_url_str
from django.conf import settings
from django.core.mail import send_mail
from django.urls import reverse
from django.utils import timezone, translation
from django.utils.translation import gettext as _
from django_tasks import task

from intrek.ground.common import wall
from intrek.ground.partners.models import Membership, Reset
from intrek.ground.partners.queries import who_may_confirm


@task()
def mail_invitation(membership_id: str) -> bool:
    """Mail how to sign in: by a link that sets a password for who has none yet. False when the role is no longer there."""
    # The link is made here and not earlier, so that no job that waits holds a key to an account.
    held = Membership.objects.select_related("user", "programme", "organisation", "contact")
    member = held.filter(pk=membership_id).first()
    if member is None:
        return False
    with translation.override(member.user.language or settings.LANGUAGE_CODE):
        subject = _("You can sign in to Intrek for %(programme)s") % {"programme": member.programme}
        send_mail(subject, body_of(member), None, [member.user.email])
    return True


def body_of(member: Membership) -> str:
    """What the mail says: who one is in the programme, and how to get in."""
    facts = {
        "name": member.contact.name,
        "role": member.get_role_display(),
        "organisation": member.organisation,
        "programme": member.programme,
    }
    how = (
        _("Choose a password here. The link works once, for three days; after that, choose “I forgot my password”.")
        if is_new(member)
        else _("Sign in with the password that you have.")
    )
    hello = _("Hello %(name)s,") % facts
    what = _("You are %(role)s for %(organisation)s in %(programme)s.") % facts
    return "\n\n".join([hello, what, how, settings.ADDRESS + way_in(member)]) + "\n"


def is_new(member: Membership) -> bool:
    """Whether the person has no password yet."""
    return not member.user.has_usable_password()


def way_in(member: Membership) -> str:
    """The address where the person sets a password, or signs in when there is one."""
    if not is_new(member):
        return reverse("account_login")
    key = default_token_generator.make_token(member.user)
    return reverse("account_reset_password_from_key", args=[user_pk_to_url_str(member.user), key])


@task()
def mail_reset(reset_id: str, programme_id: str) -> int:
    """Tell who was let in again, and ask the colleagues who may confirm it; how many mails that were."""
    with wall.within(programme_id):
        return _mail_reset(reset_id)


def _mail_reset(reset_id: str) -> int:
    found = Reset.objects.select_related("membership__user", "membership__contact", "asked_by__contact", "programme")
    reset = found.filter(pk=reset_id, confirmed_at=None).first()
    if reset is None:
        return 0
    others = [each.user for each in who_may_confirm(reset, timezone.localdate())]
    for user in (reset.membership.user, *others):
        with translation.override(user.language or settings.LANGUAGE_CODE):
            send_mail(*letter_of(reset, is_to_them=user == reset.membership.user), None, [user.email])
    return 1 + len(others)


def letter_of(reset: Reset, *, is_to_them: bool) -> tuple[str, str]:
    """Subject and text; the code is in neither."""
    facts = {"name": reset.membership.contact.name, "who": reset.asked_by.contact.name, "programme": reset.programme}
    if is_to_them:
        subject = _("You were let in again in Intrek")
        what = _("%(who)s gave you a code to sign in without app or passkey.") % facts
        next_step = _("Was that not you? Call your coordinator at once.")
        return subject, "\n\n".join([_("Hello %(name)s,") % facts, what, next_step]) + "\n"
    subject = _("Confirm that %(name)s was let in again") % facts
    what = _("%(who)s called %(name)s back and gave a code to sign in without app or passkey.") % facts
    next_step = _("Do you know of it? Confirm it here within a day; otherwise the account locks.")
    return subject, "\n\n".join([what, next_step, settings.ADDRESS + reverse("partners:accounts")]) + "\n"
