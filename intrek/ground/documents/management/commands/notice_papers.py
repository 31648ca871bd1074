"""manage.py notice_papers"""

from typing import Any

from django.utils import timezone

from intrek.ground.common.commands import InstallationCommand
from intrek.ground.documents.actions import notice_untrue
from intrek.ground.documents.queries import stays_signed


class Command(InstallationCommand):
    help = "Look whether the signed papers of running stays are still true, so that what is not stands in My day (P13)."

    def handle(self, *args: Any, **options: Any) -> None:
        today = timezone.localdate()
        changed = sum(notice_untrue(stay_id, on=today) for stay_id in stays_signed())
        self.stdout.write(f"{changed} papers became untrue, or true again.")
