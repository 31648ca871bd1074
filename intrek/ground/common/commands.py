"""What the commands of an installation have in common."""

from typing import Any

from django.core.management.base import BaseCommand

from intrek.ground.common import wall


class InstallationCommand(BaseCommand):
    """A command of who runs the installation: it works on every programme, and only who is on the machine can give it."""

    def execute(self, *args: Any, **options: Any) -> str | None:
        """As always, with every programme in sight."""
        with wall.throughout():
            return super().execute(*args, **options)
