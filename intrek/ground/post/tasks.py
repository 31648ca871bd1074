"""Jobs of the worker."""

from django.utils import timezone
from django_tasks import task

from intrek.ground.post import outbox


@task()
def deliver_mail(mail_id: str, programme_id: str) -> str:
    """Send one mail now; when that fails, ``manage.py deliver_mail`` tries again. What became of it."""
    return outbox.deliver(mail_id, programme_id, at=timezone.now()) or ""
