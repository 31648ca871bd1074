"""Mailing that a message is waiting: number, what, link; never a name (P24)."""

from django.conf import settings
from django.core.mail import send_mail
from django.urls import reverse
from django.utils import timezone, translation
from django.utils.translation import gettext as _
from django_tasks import task

from intrek.ground.common import wall
from intrek.ground.post.models import Message


@task()
def mail_message(message_id: str, programme_id: str) -> bool:
    """Mail that a message is waiting, once; False when there is no address or it went out before."""
    with wall.within(programme_id):
        return _mail(message_id)


def _mail(message_id: str) -> bool:
    message = (
        Message.objects.select_related("to", "to__user", "programme").filter(pk=message_id, mailed_at=None).first()
    )
    address = (message.to.user.email if message.to.user else message.to.email) if message else ""
    if message is None or not address or has_left(message):
        return False
    language = (message.to.user.language if message.to.user else "") or settings.LANGUAGE_CODE
    with translation.override(language):
        link = settings.ADDRESS + reverse("post:inbox")
        body = _("A message is waiting for you in Intrek. Sign in to read it: %(link)s") % {"link": link}
        send_mail(f"{message.programme}: {message}", body, None, [address])
    Message.objects.filter(pk=message.pk).update(mailed_at=timezone.now())
    return True


def has_left(message: Message) -> bool:
    """Whether the person no longer works there: nothing is mailed after them."""
    left = message.to.left_on
    return left is not None and left < timezone.localdate()
