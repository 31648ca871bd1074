"""manage.py tell_overdue"""

from typing import Any

from django.utils import timezone

from intrek.ground.common.commands import InstallationCommand
from intrek.windows.desk.actions import tell_overdue


class Command(InstallationCommand):
    help = "Tell referrers who would have heard by now that they were not forgotten, once for each promise (P24)."

    def handle(self, *args: Any, **options: Any) -> None:
        self.stdout.write(f"{tell_overdue(on=timezone.localdate())} referrers told.")
