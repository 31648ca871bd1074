"""Mailing somebody that they may sign in, and how."""

from allauth.account.forms import default_token_generator
from allauth.account.utils import user_pk_to_url_str
from django.conf import settings
from django.core.mail import send_mail
from django.urls import reverse
from django.utils import translation
from django.utils.translation import gettext as _
from django_tasks import task

from intrek.ground.partners.models import Membership


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
