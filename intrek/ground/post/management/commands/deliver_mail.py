"""manage.py deliver_mail"""

from typing import Any

from django.core.management.base import BaseCommand
from django.utils import timezone

from intrek.ground.post.outbox import deliver_due


class Command(BaseCommand):
    help = "Send what is due in the outbox: digests, and mails that could not be handed over before."

    def handle(self, *args: Any, **options: Any) -> None:
        self.stdout.write(f"{deliver_due(at=timezone.now())} mails gone through.")
